"""The day on which the family has its answers: when that is, and as an entry for its calendar."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from aanvragen.domain.passen import is_opgeschort
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import WACHT_OP_ANTWOORD, Vraagstatus

PRODUCT = "-//Lokaal Loket Kinderopvang//Opvangvraag//NL"
DAG = dt.timedelta(days=1)


def antwoorddag(vraag: Opvangvraag, aanmeldingen: list[Aanmelding]) -> dt.date | None:
    """Give the last day on which an answer is due; None when nothing is waited for.

    `aanmeldingen` come with their offers: a wish that a held offer suspends promises no answer.
    """
    if vraag.status != Vraagstatus.ACTIEF:
        return None
    wachten = [
        een.antwoord_voor
        for een in aanmeldingen
        if een.status in WACHT_OP_ANTWOORD and not is_opgeschort(een, aanmeldingen)
    ]
    return max(wachten, default=None)


def maak_kalenderdag(
    vraag: Opvangvraag, dag: dt.date, *, titel: str, uitleg: str, url: str, nu: dt.datetime
) -> bytes:
    """Make an iCalendar file (RFC 5545) of one whole day, which leaves that day free.

    One question keeps one UID, so that fetching it again moves the day instead of doubling it. It
    names no child: people share their calendars.
    """
    kalender = Calendar()
    kalender.add("prodid", PRODUCT)
    kalender.add("version", "2.0")
    kalender.add("method", "PUBLISH")
    post = Event()
    post.add("uid", f"antwoord-{vraag.referentie}")
    post.add("sequence", dag.toordinal())
    post.add("dtstamp", nu.astimezone(dt.UTC))
    post.add("dtstart", dag)
    post.add("dtend", dag + DAG)
    post.add("summary", titel)
    post.add("description", f"{uitleg}\n{url}")
    post.add("url", url)
    post.add("transp", "TRANSPARENT")
    kalender.add_component(post)
    return bytes(kalender.to_ical())
