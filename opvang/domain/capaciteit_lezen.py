"""Read the licences of locations over time, and see what the ratios will do to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from opvang.domain.capaciteit import (
    Groep,
    Situatie,
    Telling,
    Verandering,
    verandering,
    wissel_bij,
)
from opvang.models import Opvanglocatie, Vergunning
from opvang.querysets import OpvanglocatieQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaatsenbeeld:
    """One location: its licence of today, what was planned after it, and what changes by law."""

    locatie: Opvanglocatie
    nu: Vergunning | None
    komend: tuple[Vergunning, ...]
    verandering: Verandering | None

    @property
    def telling(self) -> Telling:
        if self.nu is None:
            return Telling()
        return Telling(
            vergund=self.nu.vergunde_plaatsen,
            open=self.nu.operationele_plaatsen,
            per_trap=(
                self.nu.plaatsen_t0,
                self.nu.plaatsen_t1,
                self.nu.plaatsen_t2,
                self.nu.plaatsen_t3,
            ),
        )


def lees_plaatsen(locaties: OpvanglocatieQuerySet, *, peildatum: dt.date) -> list[Plaatsenbeeld]:
    """Look at each location in three queries: locations, licences that have not ended, groups."""
    lopend = (
        Vergunning.objects.filter(Q(tot=None) | Q(tot__gt=peildatum))
        .order_by("vanaf")
        .prefetch_related("leeftijdsgroepen")
    )
    return [
        beeld_van(locatie, locatie.vergunningen.all(), peildatum=peildatum)
        for locatie in locaties.prefetch_related(Prefetch("vergunningen", queryset=lopend))
    ]


def beeld_van(
    locatie: Opvanglocatie, vergunningen: Iterable[Vergunning], *, peildatum: dt.date
) -> Plaatsenbeeld:
    """See one location, given its licences in order of date."""
    rijen = list(vergunningen)
    return Plaatsenbeeld(
        locatie=locatie,
        nu=next((rij for rij in rijen if _geldt(rij, peildatum)), None),
        komend=tuple(rij for rij in rijen if rij.vanaf > peildatum),
        verandering=_verandering(locatie, rijen, peildatum=peildatum),
    )


def _verandering(
    locatie: Opvanglocatie, rijen: list[Vergunning], *, peildatum: dt.date
) -> Verandering | None:
    """Compare with the licence as it will be then: who planned ahead has nothing to change."""
    wissel = wissel_bij(peildatum)
    if wissel is None or wissel[1].vanaf is None:
        return None
    dag = max(wissel[1].vanaf, peildatum)
    rij = next((rij for rij in rijen if _geldt(rij, dag)), None)
    if rij is None:
        return None
    return verandering(situatie_van(locatie, rij), van=wissel[0], naar=wissel[1])


def _geldt(rij: Vergunning, dag: dt.date) -> bool:
    return rij.vanaf <= dag and (rij.tot is None or dag < rij.tot)


def situatie_van(locatie: Opvanglocatie, rij: Vergunning) -> Situatie:
    return Situatie(
        vorm=locatie.opvangvorm,
        vergund=rij.vergunde_plaatsen,
        open=rij.operationele_plaatsen,
        groepen=tuple(
            Groep(
                plaatsen=groep.plaatsen,
                leeftijd_vanaf=groep.leeftijd_vanaf,
                leeftijd_tot=groep.leeftijd_tot,
            )
            for groep in rij.leeftijdsgroepen.all()
        ),
    )
