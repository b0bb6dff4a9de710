"""What a day of care costs by income. Pure: a table and a family in, an amount with its steps out.

The shape of the formula stands in domein.md §4.1 (Knack/Belga, "nieuwe tarieven kinderopvang vanaf
1 januari 2014"; the amounts are indexed, the shape is the same):

    price = income x coefficient of its bracket, not above the ceiling of that bracket
          | ceiling of the last bracket + a fixed amount per started step above it
    then  not above the maximum
    then  less a fixed amount per other child that counts, and once more for a multiple birth
    then  not below the minimum

Rounding: half up to the cent, at two moments: the product of income and coefficient (so that a
ceiling is compared in cents, as the sources print it), and the price of a part of a day. In between
everything is exact: no float comes in.

All amounts come from a dated table (`domain/tarieven.py`). It is an estimate: only the attest of
Opgroeien says what a family pays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

CENT = Decimal("0.01")
NIETS = Decimal(0)
HONDERD = 100
WEKEN_PER_JAAR, MAANDEN_PER_JAAR = 52, 12
#: What the estimator takes a half and a whole day to be, to find their part of the day price.
UREN_HALVE_DAG, UREN_HELE_DAG = Decimal(4), Decimal(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schijf:
    """Incomes up to and including `tot`; `plafond` is the highest price within the bracket."""

    tot: Decimal
    coefficient: Decimal
    plafond: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duur:
    """A presence from `van_uur` hours until (not including) `tot_uur` costs so much of a day.

    `flexibel`: only at locations with permission for flexible care (domein.md §4.2).
    """

    van_uur: Decimal
    tot_uur: Decimal | None
    procent: int
    flexibel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leeftijdsregel:
    """For care that started on or after a day, other children count until this age in months."""

    tot_maanden: int
    start_vanaf: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tarief:
    """The amounts that hold in a period."""

    schijven: tuple[Schijf, ...]
    stap_bedrag: Decimal
    stap_inkomen: Decimal
    minimum: Decimal
    maximum: Decimal
    kindkorting: Decimal = NIETS
    meerlingkorting: Decimal = NIETS
    leeftijdsregels: tuple[Leeftijdsregel, ...] = ()
    duren: tuple[Duur, ...] = ()
    #: Below this income the attest may be so much lower; the rule itself is not public.
    laag_inkomen_onder: Decimal | None = None
    laag_inkomen_korting: Decimal | None = None
    #: From a gross month to a year.
    maandcoefficient: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gezin:
    """A family to the formula: yearly income, other children that count, multiple birth."""

    inkomen: Decimal
    andere_kinderen: int = 0
    meerling: bool = False


class Stapsoort(StrEnum):
    SCHIJF = "schijf"
    PLAFOND = "plafond"
    BOVEN = "boven"
    MAXIMUM = "maximum"
    KINDEREN = "kinderen"
    MEERLING = "meerling"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stap:
    """One line of the calculation: `bedrag` is the day price after it.

    `factor` is what was used (the coefficient, the amount per step or per child), `aantal` how many
    times, `vanaf` where counting began.
    """

    soort: Stapsoort
    bedrag: Decimal
    factor: Decimal = NIETS
    aantal: int = 0
    vanaf: Decimal = NIETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Raming:
    """The price of a whole day, and how it came about."""

    per_dag: Decimal
    stappen: tuple[Stap, ...] = field(default=())
    #: The lowest it may be on the attest, where a low income counts.
    laagste: Decimal


def raam(tarief: Tarief, gezin: Gezin) -> Raming:
    """Work out what a whole day costs.

    Guarantees: never below the minimum or above the maximum; another child or a multiple birth
    never makes it dearer. A higher income never makes it cheaper, if the table itself does not:
    see `dalingen`. Refuses a negative income (ValueError).
    """
    if gezin.inkomen < 0 or gezin.andere_kinderen < 0:
        raise ValueError("An income and a number of children are not negative.")
    stappen = list(_naar_inkomen(tarief, gezin.inkomen))
    bedrag = stappen[-1].bedrag
    if bedrag > tarief.maximum:
        bedrag = tarief.maximum
        stappen.append(Stap(soort=Stapsoort.MAXIMUM, bedrag=bedrag))
    if gezin.andere_kinderen and tarief.kindkorting:
        bedrag -= tarief.kindkorting * gezin.andere_kinderen
        stappen.append(
            Stap(
                soort=Stapsoort.KINDEREN,
                bedrag=bedrag,
                factor=tarief.kindkorting,
                aantal=gezin.andere_kinderen,
            )
        )
    if gezin.meerling and tarief.meerlingkorting:
        bedrag -= tarief.meerlingkorting
        stappen.append(Stap(soort=Stapsoort.MEERLING, bedrag=bedrag, factor=tarief.meerlingkorting))
    if bedrag < tarief.minimum:
        bedrag = tarief.minimum
        stappen.append(Stap(soort=Stapsoort.MINIMUM, bedrag=bedrag))
    return Raming(
        per_dag=bedrag,
        stappen=tuple(stappen),
        laagste=_laagste(tarief, gezin.inkomen, bedrag),
    )


def _naar_inkomen(tarief: Tarief, inkomen: Decimal) -> tuple[Stap, ...]:
    """Price by income alone: within a bracket, or in steps above the last one."""
    for schijf in tarief.schijven:
        if inkomen <= schijf.tot:
            bedrag = naar_cent(inkomen * schijf.coefficient)
            stap = Stap(soort=Stapsoort.SCHIJF, bedrag=bedrag, factor=schijf.coefficient)
            if schijf.plafond is not None and bedrag > schijf.plafond:
                return (stap, Stap(soort=Stapsoort.PLAFOND, bedrag=schijf.plafond))
            return (stap,)
    laatste = tarief.schijven[-1]
    aantal = int(((inkomen - laatste.tot) / tarief.stap_inkomen).to_integral_value(ROUND_CEILING))
    return (
        Stap(
            soort=Stapsoort.BOVEN,
            bedrag=_hoogste_van(laatste) + aantal * tarief.stap_bedrag,
            factor=tarief.stap_bedrag,
            aantal=aantal,
            vanaf=laatste.tot,
        ),
    )


def _hoogste_van(schijf: Schijf) -> Decimal:
    """What the highest income of a bracket pays."""
    bedrag = naar_cent(schijf.tot * schijf.coefficient)
    return bedrag if schijf.plafond is None else min(bedrag, schijf.plafond)


def _laagste(tarief: Tarief, inkomen: Decimal, bedrag: Decimal) -> Decimal:
    if (
        tarief.laag_inkomen_onder is None
        or tarief.laag_inkomen_korting is None
        or inkomen >= tarief.laag_inkomen_onder
    ):
        return bedrag
    return max(tarief.minimum, bedrag - tarief.laag_inkomen_korting)


def dalingen(tarief: Tarief) -> tuple[Decimal, ...]:
    """List the ends of brackets after which one cent more income makes care cheaper.

    The published table of 2014 has one: 15,88 at 41 774,97 and 15,87 at 41 774,98.
    """
    return tuple(
        schijf.tot
        for schijf in tarief.schijven[:-1]
        if _naar_inkomen(tarief, schijf.tot + CENT)[-1].bedrag < _hoogste_van(schijf)
    )


# Parts of a day, a week, a month


def naar_cent(bedrag: Decimal) -> Decimal:
    """Round to the cent, half up: 15,875 is 15,88."""
    return bedrag.quantize(CENT, ROUND_HALF_UP)


def deel_van_dag(per_dag: Decimal, procent: int) -> Decimal:
    """Take a part of the day price, exactly; an invoice shows it by `naar_cent`."""
    return per_dag * procent / HONDERD


def procent_voor(tarief: Tarief, uren: Decimal) -> int | None:
    """Find the part of a day for so many hours of presence; None when the table does not say."""
    for duur in tarief.duren:
        if not duur.flexibel and _past_in(uren, duur):
            return duur.procent
    return next((duur.procent for duur in tarief.duren if _past_in(uren, duur)), None)


def _past_in(uren: Decimal, duur: Duur) -> bool:
    return duur.van_uur <= uren and (duur.tot_uur is None or uren < duur.tot_uur)


def per_week(
    tarief: Tarief, per_dag: Decimal, *, hele_dagen: int, halve_dagen: int
) -> Decimal | None:
    """Add up the days of a week, each in cents as on an invoice; None when a part is unknown."""
    totaal = NIETS
    for aantal, uren in ((hele_dagen, UREN_HELE_DAG), (halve_dagen, UREN_HALVE_DAG)):
        if not aantal:
            continue
        procent = procent_voor(tarief, uren)
        if procent is None:
            return None
        totaal += aantal * naar_cent(deel_van_dag(per_dag, procent))
    return totaal


def per_maand(week: Decimal) -> Decimal:
    """Give the mean month: a twelfth of 52 weeks. Closing days and respijtdagen make it less."""
    return naar_cent(week * WEKEN_PER_JAAR / MAANDEN_PER_JAAR)


# Who counts, and from a month to a year


def telt_tot(tarief: Tarief, start: dt.date) -> int | None:
    """Find until which age in months another child counts for care that starts on this day."""
    gevonden = None
    for regel in sorted(tarief.leeftijdsregels, key=lambda r: r.start_vanaf or dt.date.min):
        if regel.start_vanaf is None or regel.start_vanaf <= start:
            gevonden = regel.tot_maanden
    return gevonden


def tellende_kinderen(tarief: Tarief, per_grens: Mapping[int, int], *, start: dt.date) -> int:
    """Count the other children that lower the price.

    `per_grens` gives, per age limit of the table in months, how many children are younger than it
    and not younger than the limit before. Without an age rule they all count.
    """
    tot = telt_tot(tarief, start)
    return sum(aantal for grens, aantal in per_grens.items() if tot is None or grens <= tot)


def jaarinkomen(tarief: Tarief, maandinkomen: Decimal) -> Decimal | None:
    """Turn a gross month into a year, in cents; None when the table has no coefficient for it."""
    if tarief.maandcoefficient is None:
        return None
    return naar_cent(maandinkomen * tarief.maandcoefficient)
