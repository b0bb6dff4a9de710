"""What was given, out of what, and how many places it paid for. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Sum

from opvang.domain.subsidie_berekenen import CENT, NUL
from opvang.models import Subsidie, Subsidiebudget, Subsidieregel, Subsidiereglement
from opvang.workflow import (
    MAAKT_PLAATSEN,
    SUBSIDIE_OPEN,
    SUBSIDIE_TELT,
    Regelsoort,
    Subsidiestatus,
)

#: How many euro the number of places is told for: "per euro" would be a row of zeros.
PER_BEDRAG = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Budgetstand:
    """A budget against what goes out of it. `budget` is None where none was set: not zero."""

    jaar: int
    budget: Decimal | None = None
    goedgekeurd: Decimal = NUL
    betaald: Decimal = NUL
    open: Decimal = NUL
    aantal_open: int = 0
    aantal: int = 0

    @property
    def gebruikt(self) -> Decimal:
        """Approved and paid; proposals stand apart."""
        return self.goedgekeurd + self.betaald

    @property
    def over(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.gebruikt

    @property
    def tekort(self) -> Decimal:
        """How much is short if all that is open were approved."""
        return max(NUL, self.gebruikt + self.open - (self.budget or NUL))


@dataclass(frozen=True, slots=True)
class Effect:
    """What was approved by one rule, or by all that pay for new places; over all years.

    `plaatsen` is None where a rule says nothing about new places: that is not zero.
    """

    naam: str
    dossiers: int
    bedrag: Decimal
    plaatsen: int | None

    @property
    def euro_per_plaats(self) -> Decimal | None:
        if not self.plaatsen:
            return None
        return (self.bedrag / self.plaatsen).quantize(CENT, ROUND_HALF_UP)

    @property
    def plaatsen_per_bedrag(self) -> Decimal | None:
        """Places per PER_BEDRAG euro."""
        if not self.plaatsen or not self.bedrag:
            return None
        return (self.plaatsen * PER_BEDRAG / self.bedrag).quantize(Decimal("0.1"), ROUND_HALF_UP)


def budgetstanden(reglementen: Iterable[Subsidiereglement], *, jaar: int) -> dict[int, Budgetstand]:
    """Give the state of the budget of each reglement in this year; two queries for all of them."""
    pks = [reglement.pk for reglement in reglementen]
    budgetten = dict(
        Subsidiebudget.objects.filter(reglement__in=pks, jaar=jaar).values_list(
            "reglement", "bedrag"
        )
    )
    per_status: dict[int, dict[str, tuple[Decimal, int]]] = defaultdict(dict)
    rijen = (
        Subsidie.objects.filter(regel__reglement__in=pks, jaar=jaar)
        .order_by()
        .values_list("regel__reglement", "status")
        .annotate(som=Sum("bedrag"), aantal=Count("pk"))
    )
    for pk, status, som, aantal in rijen:
        per_status[pk][status] = (som, aantal)
    return {pk: _stand(jaar, budgetten.get(pk), per_status[pk]) for pk in pks}


def _stand(
    jaar: int, budget: Decimal | None, per_status: dict[str, tuple[Decimal, int]]
) -> Budgetstand:
    def som(*statussen: Subsidiestatus) -> Decimal:
        return sum((per_status.get(status, (NUL, 0))[0] for status in statussen), NUL)

    return Budgetstand(
        jaar=jaar,
        budget=budget,
        goedgekeurd=som(Subsidiestatus.DIENST, Subsidiestatus.COLLEGE),
        betaald=som(Subsidiestatus.BETAALD),
        open=som(*SUBSIDIE_OPEN),
        aantal_open=sum(per_status.get(status, (NUL, 0))[1] for status in SUBSIDIE_OPEN),
        aantal=sum(aantal for _som, aantal in per_status.values()),
    )


def effect_per_regel(regels: Iterable[Subsidieregel]) -> list[Effect]:
    """What each rule paid for, over all years; one query."""
    regels = list(regels)
    geteld = {
        pk: (som, aantal, plaatsen)
        for pk, som, aantal, plaatsen in Subsidie.objects.telt()
        .filter(regel__in=regels)
        .order_by()
        .values_list("regel")
        .annotate(som=Sum("bedrag"), aantal=Count("pk"), plaatsen=Sum("nieuwe_plaatsen"))
    }
    uit = []
    for regel in regels:
        som, aantal, plaatsen = geteld.get(regel.pk, (NUL, 0, 0))
        telt = Regelsoort(regel.soort) in MAAKT_PLAATSEN
        uit.append(Effect(regel.naam, aantal, som, (plaatsen or 0) if telt else None))
    return uit


def effect_samen(reglement: Subsidiereglement, *, naam: str) -> Effect:
    """What all rules for new places gave together.

    Two rules that pay for the same start count its places once: of a location in a year, the rule
    that counts most. What keeps places going, and interest, stand apart: they count no new places.
    """
    rijen = (
        Subsidie.objects.telt()
        .filter(regel__reglement=reglement, regel__soort__in=sorted(MAAKT_PLAATSEN))
        .order_by()
        .values_list("locatie", "jaar", "bedrag", "nieuwe_plaatsen")
    )
    meeste: dict[tuple[int, int], int] = defaultdict(int)
    bedrag, dossiers = NUL, 0
    for locatie, jaar, een, plaatsen in rijen:
        meeste[locatie, jaar] = max(meeste[locatie, jaar], plaatsen or 0)
        bedrag, dossiers = bedrag + een, dossiers + 1
    return Effect(naam, dossiers, bedrag, sum(meeste.values()))


def gebruikt_per_jaar(reglement: Subsidiereglement) -> list[Budgetstand]:
    """The budgets of a reglement with what goes out of each, the newest year first."""
    budgetten = dict(reglement.budgetten.values_list("jaar", "bedrag"))
    gebruikt = dict(
        Subsidie.objects.filter(regel__reglement=reglement, status__in=sorted(SUBSIDIE_TELT))
        .order_by()
        .values_list("jaar")
        .annotate(som=Sum("bedrag"))
    )
    return [
        Budgetstand(jaar, budgetten.get(jaar), goedgekeurd=gebruikt.get(jaar, NUL))
        for jaar in sorted(budgetten | gebruikt, reverse=True)
    ]
