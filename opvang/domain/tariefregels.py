"""Dated rules around the price that are no amounts: free days of absence, and the reduced rate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

VOLTIJDSE_DAGEN = 5


@dataclass(frozen=True, slots=True)
class Respijtregel:
    """How many days of absence a year are free, at the least, for five days a week."""

    vanaf: dt.date
    tot: dt.date | None
    bron: str
    per_jaar: int


#: OPG-FAQ and OPG-REGL (domein.md §4.3): at least 18 a year, pro rata for part of the week,
#: whatever the reason; the organisator chooses how to round. Dated by the model house rules.
RESPIJTREGELS: tuple[Respijtregel, ...] = (
    Respijtregel(
        vanaf=dt.date(2026, 2, 16),
        tot=None,
        bron="Opgroeien, model huishoudelijk reglement baby's en peuters, 16-2-2026",
        per_jaar=18,
    ),
)


@dataclass(frozen=True, slots=True)
class Verminderingsregel:
    """When an OCMW may lower the rate of one family: a leefloon, an income that fell, or no way to
    pay.
    """

    vanaf: dt.date
    tot: dt.date | None
    bron: str
    daling_procent: int
    daling_maanden: int
    geldig_jaren: int


#: domein.md §4.5: the grounds as beerse.be, bierbeek.be and antwerpen.be give them, the term as
#: oudsbergen.be gives it. Pages of municipalities without a date: dated by when they were read.
VERMINDERINGSREGELS: tuple[Verminderingsregel, ...] = (
    Verminderingsregel(
        vanaf=dt.date(2026, 1, 1),
        tot=None,
        bron="beerse.be, producten/detail/582; oudsbergen.be, kinderopvang met inkomenstarief",
        daling_procent=20,
        daling_maanden=3,
        geldig_jaren=1,
    ),
)


def respijtdagen(dagen_per_week: Decimal, *, peildatum: dt.date) -> Decimal | None:
    """Give the least number of free days of absence a year, not rounded; None without a rule."""
    for regel in RESPIJTREGELS:
        if regel.vanaf <= peildatum and (regel.tot is None or peildatum < regel.tot):
            return regel.per_jaar * dagen_per_week / VOLTIJDSE_DAGEN
    return None


def vermindering_op(peildatum: dt.date) -> Verminderingsregel | None:
    """Give the grounds for an individueel verminderd tarief that hold on a day."""
    for regel in VERMINDERINGSREGELS:
        if regel.vanaf <= peildatum and (regel.tot is None or peildatum < regel.tot):
            return regel
    return None
