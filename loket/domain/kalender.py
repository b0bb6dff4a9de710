"""A moment as an iCalendar file. Pure: values in, bytes out.

One moment keeps one UID; every mail about it raises SEQUENCE, so that calendars replace the old
entry (RFC 5546).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from loket.domain.berichten import Bijlage

if TYPE_CHECKING:
    from uuid import UUID

    from loket.models import Loket

BRUSSEL = ZoneInfo("Europe/Brussels")
Methode: TypeAlias = Literal["PUBLISH", "REQUEST", "CANCEL"]


def maak_punt(
    uuid: UUID,
    titel: str,
    *,
    versie: int,
    begint_op: dt.datetime,
    eindigt_op: dt.datetime,
    waar: str,
    url: str,
    loket: Loket,
    nu: dt.datetime,
) -> Event:
    """Give the entry of a moment that the loket calls together."""
    punt = Event()
    punt.add("uid", str(uuid))
    punt.add("sequence", versie)
    punt.add("dtstamp", nu.astimezone(dt.UTC))
    punt.add("dtstart", begint_op.astimezone(BRUSSEL))
    punt.add("dtend", eindigt_op.astimezone(BRUSSEL))
    punt.add("summary", titel)
    if waar:
        punt.add("location", waar)
    if url:
        punt.add("url", url)
    if loket.email:
        punt.add("organizer", maak_adres(loket.email, loket.naam))
    return punt


def maak_adres(email: str, naam: str) -> vCalAddress:
    adres = vCalAddress(f"mailto:{email}")
    adres.params["CN"] = vText(naam)
    return adres


def als_bestand(punt: Event, *, naam: str, wat: str, methode: Methode) -> Bijlage:
    """Make the file of one entry; `wat` names in it what kind of moment this is."""
    punt.add("status", "CANCELLED" if methode == "CANCEL" else "CONFIRMED")
    kalender = Calendar()
    kalender.add("prodid", f"-//Lokaal Loket Kinderopvang//{wat}//NL")
    kalender.add("version", "2.0")
    kalender.add("method", methode)
    kalender.add_component(punt)
    kalender.add_missing_timezones()
    return Bijlage(
        naam=f"{naam}.ics",
        type=f"text/calendar; method={methode}",
        inhoud=kalender.to_ical(),
    )
