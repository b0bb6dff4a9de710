"""What opens up when a family moves one thing: the start, a day, the distance, price or kind.

Reads only. Nothing is changed or promised: each suggestion is a search, with how many locations
have room there that have none in the search as it was asked. The core is pure (rows in,
suggestions out); `schuif` feeds it with a handful of queries, however many locations there are.

**How big a change is** stands in one table, so that "the smallest first" is a rule and no feeling.
One step is a week's difference in start. The table says what a family gives up, nothing about who
runs a location; equals stand by how much they open, and then in the order of `Schuifsoort`.

| change | size |
|---|---|
| start earlier or later | 1 per week |
| another day | 1 per dagdeel that moves |
| a day less | 2 per dagdeel that is given up |
| further away | 1 per km; around a whole gemeente counted from 4 km |
| another kind of care | 6 |
| another price | 8 |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils import timezone

from opvang.domain.stand import Termijnen
from opvang.domain.zoeken import Zoekvraag, kandidaten
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster, masker_van_vrij, trek_af
from opvang.workflow import Stand

STRALEN = (1, 3, 5, 10, 20)
#: Half a year: who can wait longer asks for another start.
MEESTE_WEKEN = 26
MEESTE_VOORSTELLEN = 3
#: With this many free locations there is enough to choose from.
GENOEG = 5
_GEWONE_STRAAL = 4
_PER_DAGDEEL_MINDER = 2
_ANDERE_VORM, _ANDERE_PRIJS = 6, 8
_WERKDAGEN = range(5)
#: No search asks for an older child (`forms.zoeken`).
OUDSTE_MAANDEN = 47
_DAGEN_PER_MAAND = 365.25 / 12


class Schuifsoort(StrEnum):
    """What can move. The order decides between equals."""

    START = "start"
    DAGEN = "dagen"
    VERDER = "verder"
    VORM = "vorm"
    PRIJS = "prijs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schuif:
    """One thing that could move: the search that it is, and how many locations that opens."""

    soort: Schuifsoort
    grootte: int
    vraag: Zoekvraag
    erbij: int = 0
    weken: int | None = None
    van_dag: int | None = None
    naar_dag: int | None = None
    straal_km: int | None = None


@dataclass(frozen=True, slots=True)
class Rij:
    """A period of a location: the dagdelen that are free in it, for whom, and how sure that is."""

    locatie_id: int
    vrij: int
    vanaf: dt.date
    tot: dt.date | None
    leeftijd_vanaf: int
    leeftijd_tot: int
    vers: bool

    def past(self, vraag: Zoekvraag) -> bool:
        """Say if all that is asked of days, start and age is free here: `stand_van` for a row."""
        masker, leeftijd, start = vraag.rooster_masker, vraag.leeftijd_maanden, vraag.start
        if not self.vrij or (masker and masker & ~self.vrij):
            return False
        if leeftijd is not None and not self.leeftijd_vanaf <= leeftijd < self.leeftijd_tot:
            return False
        return start is None or (self.vanaf <= start and (self.tot is None or start < self.tot))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beeld:
    """What there is: the periods, and which locations each search may choose from."""

    rijen: Sequence[Rij]
    gevraagd: Collection[int]
    afstanden: Mapping[int, float]
    andere_vorm: Collection[int]
    andere_prijs: Collection[int]

    def plekken(self, een: Schuif) -> Collection[int]:
        if een.straal_km is not None:
            return {pk for pk, km in self.afstanden.items() if km <= een.straal_km}
        if een.soort is Schuifsoort.VORM:
            return self.andere_vorm
        return self.andere_prijs if een.soort is Schuifsoort.PRIJS else self.gevraagd


def schuif(
    vraag: Zoekvraag, per_stand: Mapping[Stand, int], *, termijnen: Termijnen, nu: dt.datetime
) -> list[Schuif]:
    """Suggest what opens something, smallest change first; nothing when there is enough.

    At most three, one of each kind, and of each kind the smallest change that opens anything.
    `erbij` is exactly how many locations with room (vrij or misschien) the search that is
    suggested shows and the asked one does not.
    """
    if per_stand[Stand.VRIJ] >= GENOEG:
        return []
    mogelijk = wijzigingen(vraag, vandaag=timezone.localdate(nu))
    if not mogelijk:
        return []
    return beste(vraag, mogelijk, _beeld(vraag, mogelijk, termijnen=termijnen, nu=nu))


# The pure part


def beste(vraag: Zoekvraag, mogelijk: Iterable[Schuif], beeld: Beeld) -> list[Schuif]:
    """Try every change on these rows and keep the smallest of each kind that opens something."""
    passend = _passend(vraag, beeld.rijen)
    # What can help at all, once per kind: most rows fall out here.
    rijen = dict.fromkeys(Schuifsoort, passend)
    rijen[Schuifsoort.START] = _passend(
        replace(vraag, start=None, leeftijd_maanden=None), beeld.rijen
    )
    rijen[Schuifsoort.DAGEN] = _passend(replace(vraag, rooster_masker=None), beeld.rijen)
    nu_al = _met_ruimte(vraag, beeld.gevraagd, passend)
    gevonden: dict[Schuifsoort, Schuif] = {}
    for een in sorted(mogelijk, key=lambda een: een.grootte):
        al = gevonden.get(een.soort)
        if al is not None and al.grootte < een.grootte:
            continue
        ruimte = _met_ruimte(een.vraag, beeld.plekken(een), rijen[een.soort])
        erbij = len(ruimte - nu_al)
        if erbij > (al.erbij if al else 0):
            gevonden[een.soort] = replace(een, erbij=erbij)
    orde = list(Schuifsoort)
    return sorted(
        gevonden.values(), key=lambda een: (een.grootte, -een.erbij, orde.index(een.soort))
    )[:MEESTE_VOORSTELLEN]


def wijzigingen(vraag: Zoekvraag, *, vandaag: dt.date) -> list[Schuif]:
    """List every single change that this question allows, whether or not it opens anything."""
    if not vraag.gebied.is_gevonden and vraag.punt is None:
        return []
    uit = [*_andere_start(vraag, vandaag), *_andere_dag(vraag), *_dag_minder(vraag)]
    uit += _verder(vraag)
    if vraag.vormen:
        ruimer = replace(vraag, vormen=())
        uit.append(Schuif(soort=Schuifsoort.VORM, grootte=_ANDERE_VORM, vraag=ruimer))
    if vraag.inkomenstarief or vraag.vrije_prijs:
        ruimer = replace(vraag, inkomenstarief=False, vrije_prijs=False)
        uit.append(Schuif(soort=Schuifsoort.PRIJS, grootte=_ANDERE_PRIJS, vraag=ruimer))
    return uit


def _andere_start(vraag: Zoekvraag, vandaag: dt.date) -> Iterator[Schuif]:
    """Move the start by whole weeks, later before earlier; never before today or the birth.

    The child's age at the start moves along.
    """
    if vraag.start is None:
        return
    for afstand in range(1, MEESTE_WEKEN + 1):
        for weken in (afstand, -afstand):
            start = vraag.start + dt.timedelta(weeks=weken)
            leeftijd = vraag.leeftijd_maanden
            if leeftijd is not None:
                leeftijd += round(7 * weken / _DAGEN_PER_MAAND)
            if start < vandaag or not 0 <= (leeftijd or 0) <= OUDSTE_MAANDEN:
                continue
            yield Schuif(
                soort=Schuifsoort.START,
                grootte=afstand,
                vraag=replace(vraag, start=start, leeftijd_maanden=leeftijd),
                weken=weken,
            )


def _andere_dag(vraag: Zoekvraag) -> Iterator[Schuif]:
    """Ask another working day in place of one of the days, with the same dagdelen."""
    masker = vraag.rooster_masker or 0
    dagen = [dag for dag, _deel in Weekrooster(masker).dagen()]
    for van in dagen:
        bits = masker >> 2 * van & 0b11
        for naar in _WERKDAGEN:
            if naar not in dagen:
                ander = masker & ~(0b11 << 2 * van) | bits << 2 * naar
                yield Schuif(
                    soort=Schuifsoort.DAGEN,
                    grootte=bits.bit_count(),
                    vraag=replace(vraag, rooster_masker=ander),
                    van_dag=van,
                    naar_dag=naar,
                )


def _dag_minder(vraag: Zoekvraag) -> Iterator[Schuif]:
    """Give up one of the days; the last one stays."""
    masker = vraag.rooster_masker or 0
    for dag, _deel in Weekrooster(masker).dagen():
        bits = masker & 0b11 << 2 * dag
        if masker != bits:
            yield Schuif(
                soort=Schuifsoort.DAGEN,
                grootte=_PER_DAGDEEL_MINDER * bits.bit_count(),
                vraag=replace(vraag, rooster_masker=masker & ~bits),
                van_dag=dag,
            )


def _verder(vraag: Zoekvraag) -> Iterator[Schuif]:
    """Take a larger circle around the place; who stands somewhere without one sees all already."""
    if vraag.midden is None or (vraag.punt is not None and vraag.straal_km is None):
        return
    nu = vraag.straal_km or _GEWONE_STRAAL
    for km in STRALEN:
        if km > nu:
            yield Schuif(
                soort=Schuifsoort.VERDER,
                grootte=km - nu,
                vraag=replace(vraag, straal_km=km),
                straal_km=km,
            )


def _passend(vraag: Zoekvraag, rijen: Iterable[Rij]) -> list[Rij]:
    return [rij for rij in rijen if rij.past(vraag)]


def _met_ruimte(vraag: Zoekvraag, plekken: Collection[int], rijen: Iterable[Rij]) -> set[int]:
    """Find the locations that this search shows as vrij or misschien."""
    passend = [rij for rij in _passend(vraag, rijen) if rij.locatie_id in plekken]
    vrij = {rij.locatie_id for rij in passend if rij.vers}
    misschien = {rij.locatie_id for rij in passend} - vrij
    if not vraag.standen:
        return vrij | misschien
    return (vrij if Stand.VRIJ in vraag.standen else set()) | (
        misschien if Stand.MISSCHIEN in vraag.standen else set()
    )


# The queries: one per kind of search, one for the rows


def _beeld(
    vraag: Zoekvraag, mogelijk: Sequence[Schuif], *, termijnen: Termijnen, nu: dt.datetime
) -> Beeld:
    soorten = {een.soort: een for een in mogelijk}

    def plekken(soort: Schuifsoort) -> set[int]:
        een = soorten.get(soort)
        return _ids(een.vraag, nu=nu) if een else set()

    gevraagd = _ids(vraag, nu=nu)
    afstanden: dict[int, float] = {}
    if verst := soorten.get(Schuifsoort.VERDER):
        ruimst = kandidaten(verst.vraag, nu=nu).order_by()
        afstanden = dict(ruimst.values_list("pk", "afstand"))
    vorm, prijs = plekken(Schuifsoort.VORM), plekken(Schuifsoort.PRIJS)
    rijen = _rijen(vraag, mogelijk, {*gevraagd, *afstanden, *vorm, *prijs}, nu=nu)
    return Beeld(
        rijen=list(_nog_bekend(rijen, termijnen=termijnen, nu=nu)),
        gevraagd=gevraagd,
        afstanden=afstanden,
        andere_vorm=vorm,
        andere_prijs=prijs,
    )


def _ids(vraag: Zoekvraag, *, nu: dt.datetime) -> set[int]:
    return set(kandidaten(vraag, nu=nu).order_by().values_list("pk", flat=True))


_Rauw = tuple[int, int, list[int], list[int], dt.date, dt.date | None, int, int, dt.datetime]


def _rijen(
    vraag: Zoekvraag, mogelijk: Sequence[Schuif], plekken: set[int], *, nu: dt.datetime
) -> Iterable[_Rauw]:
    """Read the periods that speak of the asked start, or of one that it may move to."""
    starts = [een.vraag.start for een in mogelijk if een.vraag.start is not None]
    starts += [vraag.start] if vraag.start else []
    aanbod = Plaatsaanbod.objects.filter(locatie__in=plekken).voor_start(
        None, peildatum=min(starts, default=timezone.localdate(nu)), soorten=vraag.soorten
    )
    if starts:
        aanbod = aanbod.filter(vanaf__lte=max(starts))
    return aanbod.order_by().values_list(
        "locatie_id",
        "locatie__gemeente",
        "plaatsen",
        "ingenomen",
        "vanaf",
        "tot",
        "leeftijd_vanaf",
        "leeftijd_tot",
        "laatst_bevestigd",
    )


def _nog_bekend(rijen: Iterable[_Rauw], *, termijnen: Termijnen, nu: dt.datetime) -> Iterator[Rij]:
    """Keep what is not forgotten, and say of each if it is fresh."""
    for pk, gemeente_id, plaatsen, ingenomen, vanaf, tot, van, onder, bevestigd in rijen:
        vers, verborgen = (nu - dt.timedelta(days=dagen) for dagen in termijnen.van(gemeente_id))
        if bevestigd > verborgen:
            vrij = masker_van_vrij(trek_af(plaatsen, ingenomen)).masker
            yield Rij(pk, vrij, vanaf, tot, van, onder, bevestigd > vers)
