"""The appointment as an iCalendar file. Pure: a meeting in, bytes out.

One meeting keeps one UID; every mail about it raises SEQUENCE, so that calendars replace the old
appointment (RFC 5546). We ask no reply by calendar (RSVP=FALSE): members answer through their link.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from loket.domain.berichten import Bijlage

if TYPE_CHECKING:
    from lok_overleg.models import Agendapunt, LokLid, Vergadering

BRUSSEL = ZoneInfo("Europe/Brussels")
PRODUCT = "-//Lokaal Loket Kinderopvang//Lokaal overleg//NL"


def maak_afspraak(
    vergadering: Vergadering,
    *,
    nu: dt.datetime,
    lid: LokLid,
    agenda: Sequence[Agendapunt] = (),
    url: str = "",
    methode: Literal["REQUEST", "CANCEL"] = "REQUEST",
) -> Bijlage:
    """Make the file that travels with an invitation, a change or a cancellation."""
    kalender = Calendar()
    kalender.add("prodid", PRODUCT)
    kalender.add("version", "2.0")
    kalender.add("method", methode)

    afspraak = Event()
    afspraak.add("uid", str(vergadering.uuid))
    afspraak.add("sequence", vergadering.uitnodiging)
    afspraak.add("dtstamp", nu.astimezone(dt.UTC))
    afspraak.add("dtstart", vergadering.begint_op.astimezone(BRUSSEL))
    afspraak.add("dtend", vergadering.eindigt_op.astimezone(BRUSSEL))
    afspraak.add("summary", vergadering.titel)
    afspraak.add("location", vergadering.plaats)
    afspraak.add("status", "CANCELLED" if methode == "CANCEL" else "CONFIRMED")
    if agenda or url:
        regels = [f"{nr}. {punt.titel}" for nr, punt in enumerate(agenda, start=1)]
        afspraak.add("description", "\n".join([*regels, *([url] if url else [])]))
    if url:
        afspraak.add("url", url)
    if vergadering.loket.email:
        afspraak.add("organizer", _adres(vergadering.loket.email, vergadering.loket.naam))
    if lid.email:
        genodigde = _adres(lid.email, lid.naam)
        genodigde.params["ROLE"] = vText("REQ-PARTICIPANT")
        genodigde.params["PARTSTAT"] = vText("NEEDS-ACTION")
        genodigde.params["RSVP"] = vText("FALSE")
        afspraak.add("attendee", genodigde, encode=False)
    kalender.add_component(afspraak)
    kalender.add_missing_timezones()
    return Bijlage(
        naam="vergadering.ics",
        type=f"text/calendar; method={methode}",
        inhoud=kalender.to_ical(),
    )


def _adres(email: str, naam: str) -> vCalAddress:
    adres = vCalAddress(f"mailto:{email}")
    adres.params["CN"] = vText(naam)
    return adres
