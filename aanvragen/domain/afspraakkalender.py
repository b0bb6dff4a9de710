"""An appointment as an iCalendar file. It names no child: a calendar is often shared."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from loket.domain.berichten import Bijlage
from loket.domain.kalender import als_bestand, maak_punt

if TYPE_CHECKING:
    from aanvragen.models import Afspraak


def als_kalender(
    afspraak: Afspraak,
    *,
    nu: dt.datetime,
    url: str = "",
    methode: Literal["PUBLISH", "CANCEL"] = "PUBLISH",
) -> Bijlage:
    """Make the file that travels with the mail about an appointment, and that one can download."""
    loket = afspraak.opvangvraag.loket
    punt = maak_punt(
        afspraak.uuid,
        f"{afspraak.get_soort_display()} ({loket.naam})",
        versie=afspraak.versie,
        begint_op=afspraak.begint_op,
        eindigt_op=afspraak.eindigt_op,
        waar=afspraak.waar,
        url=url,
        loket=loket,
        nu=nu,
    )
    return als_bestand(punt, naam="afspraak", wat="Afspraak", methode=methode)
