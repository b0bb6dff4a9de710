"""How many wait at a location and how long it took: what a parent may know, and no more."""

from __future__ import annotations

import datetime as dt
import statistics
from dataclasses import dataclass

from aanvragen.models import Aanmelding, Plaatsing
from aanvragen.workflow import LOPENDE_VRAGEN, WACHT_OP_ANTWOORD, Aanmeldingstatus
from opvang.models import Opvanglocatie

#: How far back a waiting time says something about now, and how many make it more than chance.
TERUGBLIK = dt.timedelta(days=2 * 365)
MINSTE_PLAATSINGEN = 10


@dataclass(frozen=True, slots=True)
class Wachttijd:
    """Days from the request to the accepted place, of those who got one: half took less."""

    aantal: int
    kwart: int
    helft: int
    driekwart: int


@dataclass(frozen=True, slots=True)
class Wachtlijstfeiten:
    """`wachtend` is None where it is more than nothing and less than `kleinste`."""

    wachtend: int | None
    kleinste: int
    wachttijd: Wachttijd | None


def wachtlijstfeiten(locatie: Opvanglocatie, *, nu: dt.datetime, kleinste: int) -> Wachtlijstfeiten:
    """Count who waits here for an answer or a place, and how long the placed ones waited.

    Own measures, not official ones: Flanders has no waiting time for child care (domein.md §7.5,
    measure c). Who holds a better place elsewhere does not wait here meanwhile. Small numbers are
    not said, so that nobody is recognised.
    """
    wachtend = (
        Aanmelding.objects.niet_opgeschort()
        .filter(
            locatie=locatie,
            status__in=[*WACHT_OP_ANTWOORD, Aanmeldingstatus.WACHTLIJST],
            opvangvraag__status__in=LOPENDE_VRAGEN,
        )
        .count()
    )
    rijen = Plaatsing.objects.filter(
        locatie=locatie,
        beeindigd_op=None,
        gemaakt_op__gt=nu - TERUGBLIK,
        gemaakt_op__lte=nu,
    ).values_list("opvangvraag__ingediend_op", "gemaakt_op")
    dagen = [(gemaakt - gevraagd).days for gevraagd, gemaakt in rijen if gevraagd]
    return Wachtlijstfeiten(
        wachtend=None if 0 < wachtend < kleinste else wachtend,
        kleinste=kleinste,
        wachttijd=wachttijd_van(dagen, minstens=max(MINSTE_PLAATSINGEN, kleinste)),
    )


def wachttijd_van(dagen: list[int], *, minstens: int) -> Wachttijd | None:
    """Give the quartiles, or nothing when it were too few to say. Pure."""
    if len(dagen) < minstens:
        return None
    kwart, helft, driekwart = statistics.quantiles(dagen, n=4, method="inclusive")
    return Wachttijd(len(dagen), round(kwart), round(helft), round(driekwart))
