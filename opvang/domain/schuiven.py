"""What opens up when a family can move something: a day, the start, the distance. Reads only.

Nothing is changed or promised: each suggestion is a search, with how many locations it adds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from opvang.domain.stand import Termijnen, met_stand
from opvang.domain.zoeken import Zoekvraag, kandidaten
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster, masker_van_vrij, trek_af
from opvang.workflow import Aanbodsoort, Stand

STRALEN = (1, 3, 5, 10, 20)
WEKEN_LATER = (2, 4, 8)
_WERKDAGEN = range(5)
#: With this many free locations there is enough to choose from.
GENOEG = 5
_MEESTE_RIJEN = 5000


@dataclass(frozen=True, slots=True)
class _Rij:
    """A period that still counts, with the dagdelen that are free in it."""

    locatie_id: int
    vrij: int
    vanaf: dt.date
    tot: dt.date | None

    def geldt_op(self, dag: dt.date) -> bool:
        return self.vanaf <= dag and (self.tot is None or dag < self.tot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schuif:
    """One thing that could move, and how many locations with room that adds."""

    erbij: int
    rooster_masker: int | None = None
    van_dag: int | None = None
    naar_dag: int | None = None
    start: dt.date | None = None
    weken: int | None = None
    straal_km: int | None = None


def schuif(
    vraag: Zoekvraag, per_stand: dict[Stand, int], *, termijnen: Termijnen, nu: dt.datetime
) -> list[Schuif]:
    """Suggest at most one of each kind, the one that adds most; nothing when there is enough.

    Another working day in place of an asked one; a start two, four or eight weeks later; the next
    larger circle around the place.
    """
    if per_stand[Stand.VRIJ] >= GENOEG or not vraag.gebied.is_gevonden:
        return []
    uit: list[Schuif] = []
    if vraag.rooster_masker:
        rijen = list(_rijen(vraag, termijnen=termijnen, nu=nu))
        uit += _beste(_andere_dag(vraag, vraag.rooster_masker, rijen))
        uit += _beste(_later(vraag, vraag.rooster_masker, rijen))
    uit += _verder(vraag, per_stand, termijnen=termijnen, nu=nu)
    return uit


def _rijen(vraag: Zoekvraag, *, termijnen: Termijnen, nu: dt.datetime) -> Iterator[_Rij]:
    """Read the periods around here that are not forgotten, in one query."""
    grenzen = {
        gemeente_id: nu - dt.timedelta(days=termijn[1])
        for gemeente_id, termijn in termijnen.per_gemeente.items()
    }
    gewoon = nu - dt.timedelta(days=termijnen.gewoon[1])
    aanbod = (
        Plaatsaanbod.objects.filter(
            Q(locatie__in=kandidaten(vraag).order_by().values("pk")), soort=Aanbodsoort.REGULIER
        )
        .nog_niet_voorbij(timezone.localdate(nu))
        .order_by("pk")
        .values_list(
            "locatie_id",
            "locatie__gemeente",
            "plaatsen",
            "ingenomen",
            "vanaf",
            "tot",
            "laatst_bevestigd",
        )[:_MEESTE_RIJEN]
    )
    for locatie_id, gemeente_id, plaatsen, ingenomen, vanaf, tot, bevestigd in aanbod:
        if bevestigd > grenzen.get(gemeente_id, gewoon):
            vrij = masker_van_vrij(trek_af(plaatsen, ingenomen)).masker
            yield _Rij(locatie_id, vrij, vanaf, tot)


def _passend(rijen: Iterable[_Rij], masker: int, start: dt.date | None) -> set[int]:
    """The locations with every asked dagdeel free in one period."""
    return {
        rij.locatie_id
        for rij in rijen
        if masker & ~rij.vrij == 0 and (start is None or rij.geldt_op(start))
    }


def _andere_dag(vraag: Zoekvraag, masker: int, rijen: list[_Rij]) -> Iterator[Schuif]:
    nu_al = _passend(rijen, masker, vraag.start)
    gevraagd = Weekrooster(masker)
    dagen = {dag for dag, _deel in gevraagd.dagen()}
    for van in sorted(dagen):
        for naar in _WERKDAGEN:
            if naar in dagen:
                continue
            bits = masker >> 2 * van & 0b11
            ander = masker & ~(0b11 << 2 * van) | bits << 2 * naar
            erbij = _passend(rijen, ander, vraag.start) - nu_al
            yield Schuif(erbij=len(erbij), rooster_masker=ander, van_dag=van, naar_dag=naar)


def _later(vraag: Zoekvraag, masker: int, rijen: list[_Rij]) -> Iterator[Schuif]:
    if vraag.start is None:
        return
    nu_al = _passend(rijen, masker, vraag.start)
    for weken in WEKEN_LATER:
        start = vraag.start + dt.timedelta(weeks=weken)
        yield Schuif(erbij=len(_passend(rijen, masker, start) - nu_al), start=start, weken=weken)


def _verder(
    vraag: Zoekvraag, per_stand: dict[Stand, int], *, termijnen: Termijnen, nu: dt.datetime
) -> list[Schuif]:
    """Take the first larger circle; around a whole gemeente or wijk that is five kilometres."""
    plek = vraag.gebied.plek
    groter = [km for km in STRALEN if km > (vraag.straal_km or 4)]
    if plek is None or plek.midden is None or not groter:
        return []
    ruimer = met_stand(
        kandidaten(replace(vraag, straal_km=groter[0])),
        termijnen=termijnen,
        nu=nu,
        rooster_masker=vraag.rooster_masker,
        start=vraag.start,
    )
    aantal = ruimer.order_by().filter(stand__in=[Stand.VRIJ, Stand.MISSCHIEN]).count()
    erbij = aantal - per_stand[Stand.VRIJ] - per_stand[Stand.MISSCHIEN]
    return [Schuif(erbij=erbij, straal_km=groter[0])] if erbij > 0 else []


def _beste(schuiven: Iterable[Schuif]) -> list[Schuif]:
    beste = max(schuiven, key=lambda een: een.erbij, default=None)
    return [beste] if beste is not None and beste.erbij > 0 else []
