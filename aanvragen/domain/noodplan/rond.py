"""Where is room around a family, from the day that its care stops? Reads only; nothing is promised.

The order is neutral (domein.md §1.2): by distance as the crow flies, and where that is not known by
name. Unknown is not full: locations that said nothing stand apart.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from aanvragen.models import Gezin, Noodplanregel
from opvang.domain.ligging import KM_PER_GRAAD, Punt, afstand_km
from opvang.domain.stand import Termijnen
from opvang.domain.vrije_plaatsen import heeft_plaats, stand_van
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.querysets import OpvanglocatieQuerySet
from opvang.weekrooster import Weekrooster, masker_van_vrij
from opvang.workflow import Aanbodsoort, Stand

#: So many locations of which nothing is known are worth a phone call.
_MEESTE_ONBEKEND = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Treffer:
    """A location near the family; `afstand` is None when one of the two has no point on the map."""

    locatie: Opvanglocatie
    afstand: float | None
    aanbod: Plaatsaanbod | None = None
    stand: Stand = Stand.ONBEKEND
    start: dt.date | None = None
    vrij: Weekrooster = field(default_factory=Weekrooster)
    gevraagd: bool = False
    tijdelijk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rondom:
    """What fits every day; what fits a part of them; and who said nothing."""

    past: list[Treffer]
    deels: list[Treffer]
    onbekend: list[Treffer]
    tot: dt.date


def punt_van(gezin: Gezin) -> Punt | None:
    """Where a family lives, as far as the loket needs to know: the middle of its wijk, else of its
    gemeente.
    """
    for plek in (gezin.wijk, gezin.gemeente):
        if plek is not None and plek.lengtegraad is not None and plek.breedtegraad is not None:
            return plek.lengtegraad, plek.breedtegraad
    return None


def plaatsen_rond(regel: Noodplanregel, *, nu: dt.datetime) -> Rondom:
    """Find the free places that open at most `dagen` days after the closing, within `straal_km`.

    Fits: every day of the child's week free in one period, and the child has the right age. A
    location without a point on the map counts when it lies in the family's gemeente.
    """
    vraag = regel.heropend
    assert vraag is not None
    plan, gezin = regel.noodplan, regel.gezin
    punt = punt_van(gezin)
    uiterlijk = vraag.gewenste_start + dt.timedelta(days=plan.dagen)
    in_de_buurt = [
        (locatie, afstand)
        for locatie in _in_de_buurt(gezin, punt, plan.straal_km).exclude(
            pk=plan.sluiting.locatie_id
        )
        if (afstand := _afstand(punt, locatie)) is None or afstand <= plan.straal_km
    ]
    aanboden = _aanbod_per_locatie(
        [locatie.pk for locatie, _km in in_de_buurt], vraag.gewenste_start, uiterlijk
    )
    gevraagd = set(vraag.aanmeldingen.values_list("locatie", flat=True))
    termijnen = Termijnen.lees()
    past, deels, onbekend = [], [], []
    for locatie, afstand in in_de_buurt:
        rijen = [
            rij
            for rij in aanboden[locatie.pk]
            if rij.leeftijd_vanaf
            <= vraag.kind.leeftijd_in_maanden(max(rij.vanaf, vraag.gewenste_start))
            < rij.leeftijd_tot
        ]
        treffer = _beoordeel(
            locatie,
            rijen,
            afstand=afstand,
            masker=vraag.week_samen.masker,
            start=vraag.gewenste_start,
            termijn=termijnen.van(locatie.gemeente_id),
            gevraagd=locatie.pk in gevraagd,
            nu=nu,
        )
        if treffer.stand == Stand.ONBEKEND:
            # Who spoke, but of another age only, has no place for this child: not unknown.
            if rijen or not aanboden[locatie.pk]:
                onbekend.append(treffer)
        elif treffer.stand != Stand.VOL:
            past.append(treffer)
        elif treffer.vrij & vraag.week_samen:
            deels.append(treffer)
    return Rondom(
        past=_op_afstand(past),
        deels=_op_afstand(deels),
        onbekend=_op_afstand(onbekend)[:_MEESTE_ONBEKEND],
        tot=uiterlijk,
    )


def _beoordeel(
    locatie: Opvanglocatie,
    rijen: list[Plaatsaanbod],
    *,
    afstand: float | None,
    masker: int,
    start: dt.date,
    termijn: tuple[int, int],
    gevraagd: bool,
    nu: dt.datetime,
) -> Treffer:
    vers, verborgen = termijn
    stand = stand_van(
        rijen, rooster_masker=masker, nu=nu, vers_dagen=vers, verborgen_dagen=verborgen
    )
    bekend = [rij for rij in rijen if rij.laatst_bevestigd > nu - dt.timedelta(days=verborgen)]
    gevraagde = Weekrooster(masker)
    beste = max(
        bekend,
        key=lambda rij: (
            heeft_plaats(rij, masker),
            (masker_van_vrij(rij.vrij) & gevraagde).aantal,
            -rij.vanaf.toordinal(),
            -rij.pk,
        ),
        default=None,
    )
    return Treffer(
        locatie=locatie,
        afstand=afstand,
        aanbod=beste,
        stand=stand,
        start=max(start, beste.vanaf) if beste else None,
        vrij=masker_van_vrij(beste.vrij) if beste else Weekrooster(),
        gevraagd=gevraagd,
        tijdelijk=beste is not None and hasattr(beste, "vervangcapaciteit"),
    )


def _aanbod_per_locatie(
    locaties: Collection[int], start: dt.date, uiterlijk: dt.date
) -> defaultdict[int, list[Plaatsaanbod]]:
    """Periods that are running, or begin, between the start and the last day that is useful."""
    per_locatie: defaultdict[int, list[Plaatsaanbod]] = defaultdict(list)
    for rij in (
        Plaatsaanbod.objects.filter(
            locatie__in=locaties,
            soort__in=[Aanbodsoort.REGULIER, Aanbodsoort.DRINGEND],
            vanaf__lte=uiterlijk,
        )
        .nog_niet_voorbij(start)
        .select_related("vervangcapaciteit")
    ):
        per_locatie[rij.locatie_id].append(rij)
    return per_locatie


def _in_de_buurt(gezin: Gezin, punt: Punt | None, straal_km: int) -> OpvanglocatieQuerySet:
    """Public locations in a square around the family, and those of its gemeente without a point."""
    zonder_punt = Q(lengtegraad=None, gemeente=gezin.gemeente_id)
    if punt is None:
        return Opvanglocatie.objects.publiek().filter(gemeente=gezin.gemeente_id)
    lengte, breedte = punt
    noord = straal_km / KM_PER_GRAAD
    oost = noord / math.cos(math.radians(breedte))
    vierkant = Q(
        breedtegraad__range=(breedte - noord, breedte + noord),
        lengtegraad__range=(lengte - oost, lengte + oost),
    )
    return Opvanglocatie.objects.publiek().filter(vierkant | zonder_punt)


def _afstand(punt: Punt | None, locatie: Opvanglocatie) -> float | None:
    if punt is None or locatie.lengtegraad is None or locatie.breedtegraad is None:
        return None
    return afstand_km(punt, (locatie.lengtegraad, locatie.breedtegraad))


def _op_afstand(treffers: list[Treffer]) -> list[Treffer]:
    """Nearest first; the unknown distances last, by name."""
    return sorted(
        treffers,
        key=lambda een: (
            een.afstand is None,
            een.afstand or 0.0,
            een.locatie.naam,
            een.locatie.pk,
        ),
    )
