"""An appointment as an iCalendar file. Pure: an appointment in, bytes out.

One appointment keeps one UID; every mail about it raises SEQUENCE, so that calendars replace the
old entry (RFC 5546). It names no child: a calendar is often shared.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from loket.domain.berichten import Bijlage

if TYPE_CHECKING:
    from aanvragen.models import Afspraak

BRUSSEL = ZoneInfo("Europe/Brussels")
PRODUCT = "-//Lokaal Loket Kinderopvang//Afspraak//NL"


def als_kalender(
    afspraak: Afspraak,
    *,
    nu: dt.datetime,
    url: str = "",
    methode: Literal["PUBLISH", "CANCEL"] = "PUBLISH",
) -> Bijlage:
    """Make the file that travels with the mail about an appointment, and that one can download."""
    loket = afspraak.opvangvraag.loket
    kalender = Calendar()
    kalender.add("prodid", PRODUCT)
    kalender.add("version", "2.0")
    kalender.add("method", methode)
    punt = Event()
    punt.add("uid", str(afspraak.uuid))
    punt.add("sequence", afspraak.versie)
    punt.add("dtstamp", nu.astimezone(dt.UTC))
    punt.add("dtstart", afspraak.begint_op.astimezone(BRUSSEL))
    punt.add("dtend", afspraak.eindigt_op.astimezone(BRUSSEL))
    punt.add("summary", f"{afspraak.get_soort_display()} ({loket.naam})")
    if afspraak.waar:
        punt.add("location", afspraak.waar)
    punt.add("status", "CANCELLED" if methode == "CANCEL" else "CONFIRMED")
    if url:
        punt.add("url", url)
    if loket.email:
        adres = vCalAddress(f"mailto:{loket.email}")
        adres.params["CN"] = vText(loket.naam)
        punt.add("organizer", adres)
    kalender.add_component(punt)
    kalender.add_missing_timezones()
    return Bijlage(
        naam="afspraak.ics",
        type=f"text/calendar; method={methode}",
        inhoud=kalender.to_ical(),
    )
