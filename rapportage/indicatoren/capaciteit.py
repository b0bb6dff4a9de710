"""Licensed and operational places, per kind of care, subsidy tier and price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from opvang.models import Vergunning
from opvang.workflow import Opvangvorm
from rapportage.indicatoren.basis import Toelichting, Werkgebied
from rapportage.indicatoren.rekenen import per_honderd


@dataclass(frozen=True, slots=True, kw_only=True)
class Vergunningsfeit:
    """One location with the licence that held on the day."""

    locatie_id: int
    opvangvorm: str
    gemeente_id: int
    gemeente: str
    wijk: str
    vergund: int
    operationeel: int
    t0: int
    t1: int
    t2: int
    t3: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capaciteitsrij:
    """Places of one kind of care; tiers and prices are those of the licensed places."""

    code: str
    naam: str
    locaties: int
    vergund: int
    operationeel: int
    t0: int
    t1: int
    t2: int
    t3: int
    gemengd: int

    @property
    def ikt(self) -> int:
        """Places at inkomenstarief: tiers T2 and T3 (domein.md §5.3)."""
        return self.t2 + self.t3

    @property
    def vrije_prijs(self) -> int:
        return self.t0 + self.t1

    @property
    def ikt_aandeel(self) -> Decimal | None:
        return per_honderd(self.ikt, self.vergund)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capaciteit:
    toelichting: Toelichting
    rijen: tuple[Capaciteitsrij, ...]
    totaal: Capaciteitsrij


def lees_vergunningen(werkgebied: Werkgebied, peildatum: dt.date) -> tuple[Vergunningsfeit, ...]:
    """Read the locations with a licence on the day, without those for school children only."""
    rijen = (
        Vergunning.objects.geldig_op(peildatum)
        .filter(
            locatie__gemeente__in=werkgebied.gemeente_ids,
            alleen_schoolkinderen=False,
            vergunde_plaatsen__gt=0,
        )
        .select_related("locatie__gemeente", "locatie__wijk")
        .order_by("locatie_id")
    )
    return tuple(
        Vergunningsfeit(
            locatie_id=rij.locatie_id,
            opvangvorm=rij.locatie.opvangvorm,
            gemeente_id=rij.locatie.gemeente_id,
            gemeente=rij.locatie.gemeente.naam,
            wijk=rij.locatie.wijk.naam if rij.locatie.wijk else "",
            vergund=rij.vergunde_plaatsen,
            operationeel=rij.operationele_plaatsen,
            t0=rij.plaatsen_t0,
            t1=rij.plaatsen_t1,
            t2=rij.plaatsen_t2,
            t3=rij.plaatsen_t3,
        )
        for rij in rijen
    )


def capaciteit(
    werkgebied: Werkgebied,
    peildatum: dt.date,
    *,
    vergunningen: Sequence[Vergunningsfeit] | None = None,
) -> Capaciteit:
    """Count the places on the licences of `peildatum`, as Opgroeien does (domein.md §7.1)."""
    feiten = lees_vergunningen(werkgebied, peildatum) if vergunningen is None else vergunningen
    rijen = tuple(
        rij
        for vorm in Opvangvorm
        if (
            rij := _tel([f for f in feiten if f.opvangvorm == vorm], vorm.value, str(vorm.label))
        ).locaties
    )
    return Capaciteit(
        toelichting=Toelichting(
            definitie=_(
                "Alle plaatsen voor baby's en peuters op een vergunning die op deze dag geldt. Een "
                "locatie die alleen schoolkinderen opvangt, telt niet mee. Een plaats die nog moet "
                "opengaan ook niet. Een plaats met trap 2 of 3 heeft een prijs volgens inkomen. "
                "Elke plaats telt één keer, bij de hoogste trap. Feitelijk open zijn de plaatsen "
                "die de opvang nu gebruikt. Bij een onthaalouder met een sociaal statuut telt "
                "Opgroeien de gesubsidieerde plaatsen, wij de plaatsen op de vergunning."
            ),
            bron=_("De vergunningen in het loket, definitie van Opgroeien (cijfers op maat)"),
            bron_url="https://www.opgroeien.be/kennis/cijfers-en-onderzoek/kinderopvang-babys-en-peuters/cijfers-op-maat",
            peildatum=peildatum,
            n=len(feiten),
            n_van=_("vergunde opvanglocaties"),
        ),
        rijen=rijen,
        totaal=_tel(feiten, "samen", _("Samen")),
    )


def _tel(feiten: Sequence[Vergunningsfeit], code: str, naam: str) -> Capaciteitsrij:
    return Capaciteitsrij(
        code=code,
        naam=naam,
        locaties=len(feiten),
        vergund=sum(f.vergund for f in feiten),
        operationeel=sum(f.operationeel for f in feiten),
        t0=sum(f.t0 for f in feiten),
        t1=sum(f.t1 for f in feiten),
        t2=sum(f.t2 for f in feiten),
        t3=sum(f.t3 for f in feiten),
        gemengd=sum(1 for f in feiten if f.t0 + f.t1 and f.t2 + f.t3),
    )
