"""A meeting as an iCalendar file. We ask no reply by calendar (RSVP=FALSE): members answer through
their link.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from icalendar import vText

from loket.domain.berichten import Bijlage
from loket.domain.kalender import als_bestand, maak_adres, maak_punt

if TYPE_CHECKING:
    from lok_overleg.models import Agendapunt, LokLid, Vergadering


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
    punt = maak_punt(
        vergadering.uuid,
        vergadering.titel,
        versie=vergadering.uitnodiging,
        begint_op=vergadering.begint_op,
        eindigt_op=vergadering.eindigt_op,
        waar=vergadering.plaats,
        url=url,
        loket=vergadering.loket,
        nu=nu,
    )
    if agenda or url:
        regels = [f"{nr}. {een.titel}" for nr, een in enumerate(agenda, start=1)]
        punt.add("description", "\n".join([*regels, *([url] if url else [])]))
    if lid.email:
        genodigde = maak_adres(lid.email, lid.naam)
        genodigde.params["ROLE"] = vText("REQ-PARTICIPANT")
        genodigde.params["PARTSTAT"] = vText("NEEDS-ACTION")
        genodigde.params["RSVP"] = vText("FALSE")
        punt.add("attendee", genodigde, encode=False)
    return als_bestand(punt, naam="vergadering", wat="Lokaal overleg", methode=methode)
