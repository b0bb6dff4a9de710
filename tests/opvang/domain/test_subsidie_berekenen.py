"""Amounts to the cent: the examples of municipalities, and what must hold for every amount."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opvang.domain.subsidie_berekenen import (
    Capaciteit,
    Lening,
    Periode,
    Regel,
    bereken,
    euro,
    in_woorden,
    jaren_later,
    procent,
    verdeel,
)
from opvang.workflow import MaximumPer, Regelsoort, Trap

ALTIJD = Periode(dt.date(2000, 1, 1))
PER_PLAATS = Regel(Regelsoort.NIEUWE_PLAATS, Decimal(1000))
T1_PER_JAAR = Regel(Regelsoort.PLAATS_JAAR, Decimal(500), trappen=frozenset({Trap.T1}))
DUIZEND = Decimal(1000)


def dag(tekst: str) -> dt.date:
    return dt.date.fromisoformat(tekst)


def cap(vanaf: str, tot: str | None = None, *, t0=0, t1=0, t2=0, t3=0) -> Capaciteit:
    return Capaciteit(Periode(dag(vanaf), dag(tot) if tot else None), (t0, t1, t2, t3))


def som(regel: Regel, *capaciteit: Capaciteit, jaar=2026, geldig=ALTIJD, **rest) -> Decimal:
    return bereken(regel, jaar=jaar, geldig=geldig, capaciteit=capaciteit, **rest).totaal


# The examples that must come out


def test_a_thousand_euro_per_place_for_a_start_of_fourteen():
    uit = bereken(PER_PLAATS, jaar=2026, geldig=ALTIJD, capaciteit=[cap("2026-04-01", t2=14)])

    assert uit.totaal == Decimal("14000.00")
    assert uit.nieuwe_plaatsen == 14
    assert [(lijn.tekst, lijn.formule, lijn.bedrag) for lijn in uit.lijnen] == [
        ("Start op 1 april 2026 met 14 plaatsen", "14 × €\u00a01\u00a0000,00", Decimal("14000.00"))
    ]


def test_five_hundred_euro_per_t1_place_from_july():
    uit = bereken(
        T1_PER_JAAR, jaar=2026, geldig=ALTIJD, capaciteit=[cap("2026-07-01", t1=10, t2=4)]
    )

    assert uit.totaal == Decimal("2520.55")
    assert uit.nieuwe_plaatsen is None
    (lijn,) = uit.lijnen
    assert lijn.tekst == "10 plaatsen (T1), van 1 juli tot en met 31 december 2026"
    assert lijn.formule == "10 × €\u00a0500,00 × 184/365 dagen"


@pytest.mark.parametrize(
    ("jaar", "capaciteit", "bedrag"),
    [
        (2026, [cap("2020-01-01", t1=10)], "5000.00"),
        (2028, [cap("2028-07-01", t1=10)], "2513.66"),  # 184 / 366
        (2028, [cap("2020-01-01", t1=10)], "5000.00"),
        (2026, [cap("2026-12-31", t1=10)], "13.70"),
        (2026, [cap("2027-01-01", t1=10)], "0.00"),
        (2026, [cap("2020-01-01", "2026-01-01", t1=10)], "0.00"),
        (2026, [cap("2020-01-01", "2026-01-02", t1=10)], "13.70"),
        (2026, [cap("2020-01-01", "2026-07-01", t1=10), cap("2026-07-01", t1=14)], "6008.22"),
        (2026, [cap("2020-01-01", t2=10)], "0.00"),
        (2026, [], "0.00"),
    ],
)
def test_place_per_year_counts_days(jaar, capaciteit, bedrag):
    assert som(T1_PER_JAAR, *capaciteit, jaar=jaar) == Decimal(bedrag)


def test_lines_add_up_and_say_each_period():
    uit = bereken(
        T1_PER_JAAR,
        jaar=2026,
        geldig=ALTIJD,
        capaciteit=[cap("2026-07-01", t1=14), cap("2020-01-01", "2026-07-01", t1=10)],
    )

    assert [(lijn.tekst, lijn.bedrag) for lijn in uit.lijnen] == [
        ("10 plaatsen (T1), van 1 januari tot en met 30 juni 2026", Decimal("2479.45")),
        ("14 plaatsen (T1), van 1 juli tot en met 31 december 2026", Decimal("3528.77")),
    ]
    assert uit.totaal == Decimal("6008.22")


def test_a_licence_renewed_with_as_many_places_reads_as_one_line():
    uit = bereken(
        T1_PER_JAAR,
        jaar=2026,
        geldig=ALTIJD,
        capaciteit=[cap("2020-01-01", "2026-05-05", t1=10, t2=1), cap("2026-05-05", t1=10, t2=3)],
    )

    assert [(lijn.tekst, lijn.formule) for lijn in uit.lijnen] == [
        ("10 plaatsen (T1), heel 2026", "10 × €\u00a0500,00")
    ]


def test_only_the_days_of_the_reglement_count():
    geldig = Periode(dag("2026-03-01"), dag("2026-03-11"))

    assert som(T1_PER_JAAR, cap("2020-01-01", t1=10), geldig=geldig) == Decimal("136.99")
    assert som(PER_PLAATS, cap("2026-03-11", t2=14), geldig=geldig) == 0
    assert som(PER_PLAATS, cap("2026-03-10", t2=14), geldig=geldig) == 14000


# New places


@pytest.mark.parametrize(
    ("capaciteit", "plaatsen"),
    [
        ([cap("2020-01-01", "2026-03-01", t2=14), cap("2026-03-01", t2=18)], 4),
        ([cap("2020-01-01", "2026-03-01", t2=18), cap("2026-03-01", t2=14)], 0),
        ([cap("2026-02-01", "2026-03-01", t2=14), cap("2026-03-01", t2=18)], 18),
        # A gap, and back as it was: not new.
        ([cap("2020-01-01", "2025-01-01", t2=14), cap("2026-03-01", t2=14)], 0),
        # Licensed long before it opened: the start is where there are places.
        ([cap("2020-01-01", "2026-03-01"), cap("2026-03-01", t2=7)], 7),
        ([cap("2020-01-01", t2=14)], 0),
    ],
)
def test_new_places_are_the_difference_with_the_licence_before(capaciteit, plaatsen):
    uit = bereken(PER_PLAATS, jaar=2026, geldig=ALTIJD, capaciteit=capaciteit)

    assert (uit.totaal, uit.nieuwe_plaatsen) == (plaatsen * DUIZEND, plaatsen)


def test_a_place_that_only_changes_tier_is_not_new():
    alleen_t2 = Regel(Regelsoort.NIEUWE_PLAATS, DUIZEND, trappen=frozenset({Trap.T2}))
    voor = cap("2020-01-01", "2026-03-01", t1=14)

    assert som(alleen_t2, voor, cap("2026-03-01", t2=14)) == 0
    assert som(alleen_t2, voor, cap("2026-03-01", t2=16)) == 2000
    assert som(alleen_t2, voor, cap("2026-03-01", t1=14, t2=3)) == 3000


def test_a_start_is_paid_once_whatever_its_size():
    start = Regel(Regelsoort.START, Decimal("2500.00"))

    uit = bereken(
        start,
        jaar=2026,
        geldig=ALTIJD,
        capaciteit=[cap("2026-02-01", "2026-03-01", t2=8), cap("2026-03-01", t2=18)],
    )

    assert (uit.totaal, uit.nieuwe_plaatsen) == (Decimal("2500.00"), 8)
    assert som(start, cap("2025-12-31", t2=8)) == 0


# Interest


def lening(hoofdsom="100000", rente="4", vanaf="2025-01-01", tot="2035-01-01") -> Lening:
    return Lening(Decimal(hoofdsom), Decimal(rente), Periode(dag(vanaf), dag(tot)))


@pytest.mark.parametrize(
    ("regel", "een", "jaar", "bedrag"),
    [
        (Regel(Regelsoort.RENTE), lening(), 2026, "4000.00"),
        (Regel(Regelsoort.RENTE), lening(), 2028, "4010.96"),  # 366 / 365
        (Regel(Regelsoort.RENTE), lening(vanaf="2026-07-01"), 2026, "2016.44"),
        (Regel(Regelsoort.RENTE, rentepunten=Decimal("1.5")), lening(), 2026, "1500.00"),
        (Regel(Regelsoort.RENTE, rentepunten=Decimal(6)), lening(), 2026, "4000.00"),
        (Regel(Regelsoort.RENTE, jaren=1), lening(), 2026, "0.00"),
        (Regel(Regelsoort.RENTE, jaren=1), lening(vanaf="2025-07-01"), 2026, "1983.56"),
        (Regel(Regelsoort.RENTE), None, 2026, "0.00"),
    ],
)
def test_interest_on_a_loan(regel, een, jaar, bedrag):
    uit = bereken(regel, jaar=jaar, geldig=ALTIJD, lening=een)

    assert (uit.totaal, uit.nieuwe_plaatsen) == (Decimal(bedrag), None)


def test_interest_says_what_the_reglement_takes():
    regel = Regel(Regelsoort.RENTE, rentepunten=Decimal("1.5"))

    (lijn,) = bereken(regel, jaar=2026, geldig=ALTIJD, lening=lening()).lijnen

    assert lijn.tekst.replace("\u00a0", " ") == (
        "Rente op een lening van € 100 000,00, heel 2026. "
        "De lening kost 4 %; het reglement neemt hoogstens 1,5 % op zich"
    )
    assert lijn.formule.replace("\u00a0", " ") == "€ 100 000,00 × 1,5 % × 365/365 dagen"


def test_interest_stops_after_so_many_years():
    assert jaren_later(dag("2024-02-29"), 1) == dag("2025-03-01")
    assert jaren_later(dag("2024-02-29"), 4) == dag("2028-02-29")


# The maximum


@pytest.mark.parametrize(
    ("al_gegeven", "bedrag"), [("0", "10000.00"), ("4000", "6000.00"), ("12000", "0.00")]
)
def test_maximum_leaves_what_is_left_of_it(al_gegeven, bedrag):
    regel = Regel(
        Regelsoort.NIEUWE_PLAATS,
        DUIZEND,
        maximum=Decimal(10_000),
        maximum_per=MaximumPer.LOCATIE,
    )

    uit = bereken(
        regel,
        jaar=2026,
        geldig=ALTIJD,
        capaciteit=[cap("2026-04-01", t2=14)],
        al_gegeven=Decimal(al_gegeven),
    )

    assert uit.totaal == Decimal(bedrag)
    assert sum(lijn.bedrag for lijn in uit.lijnen) == uit.totaal
    assert uit.lijnen[-1].tekst == "Begrensd door het maximum van het reglement"


def test_maximum_that_is_just_reached_says_nothing():
    regel = Regel(Regelsoort.NIEUWE_PLAATS, DUIZEND, maximum=Decimal(14_000))

    assert (
        len(bereken(regel, jaar=2026, geldig=ALTIJD, capaciteit=[cap("2026-04-01", t2=14)]).lijnen)
        == 1
    )


# Words


def test_amounts_and_periods_in_words():
    assert euro(Decimal("1234567.8")) == "€\u00a01\u00a0234\u00a0567,80"
    assert euro(Decimal(-4000)) == "\u2212€\u00a04\u00a0000,00"
    assert procent(Decimal("1.250")) == "1,25\u00a0%"
    assert procent(Decimal(10)) == "10\u00a0%"
    assert in_woorden(Periode(dag("2026-12-31"), dag("2027-01-01"))) == ("op 31 december 2026")


# What holds for every amount

bedragen = st.decimals(Decimal("0.01"), Decimal(5000), places=2)
datums = st.dates(dt.date(2023, 6, 1), dt.date(2029, 6, 1))
tellingen = st.integers(0, 40)


@st.composite
def opeenvolging(trek) -> list[Capaciteit]:
    """Up to five licences of one location, half-open, in order, with gaps now and then."""
    grenzen = sorted(trek(st.lists(datums, min_size=2, max_size=6, unique=True)))
    paren = list(itertools.pairwise(grenzen))
    return [
        Capaciteit(Periode(van, tot), (trek(tellingen), trek(tellingen), trek(tellingen), 0))
        for van, tot in paren
        if trek(st.integers(0, 4))
    ]


@settings(max_examples=60)
@given(st.lists(st.fractions(0, 10_000, max_denominator=1000), max_size=8))
def test_cents_add_up_to_the_rounded_sum(delen):
    totaal, centen = verdeel(delen)

    assert sum(centen) == totaal
    assert abs(Fraction(totaal) - sum(delen)) <= Fraction(1, 200)
    assert all(
        abs(Fraction(cent) - deel) < Fraction(1, 100)
        for cent, deel in zip(centen, delen, strict=True)
    )


@settings(max_examples=80)
@given(
    opeenvolging(),
    bedragen,
    st.sampled_from([2024, 2025, 2026, 2028]),
    st.lists(datums, max_size=4),
)
def test_cutting_licences_changes_nothing(rijen, bedrag, jaar, messen):
    """The same places, written as more licences: the same amount to the cent, whatever the rule."""
    stukken = list(rijen)
    for mes in messen:
        stukken = [
            Capaciteit(deel, een.per_trap)
            for een in stukken
            for deel in (
                Periode(een.periode.vanaf, min(mes, een.periode.tot)),
                Periode(max(mes, een.periode.vanaf), een.periode.tot),
            )
            if deel.vanaf < deel.tot
        ]

    for soort in (Regelsoort.PLAATS_JAAR, Regelsoort.NIEUWE_PLAATS, Regelsoort.START):
        regel = Regel(soort, bedrag, trappen=frozenset({Trap.T1}))
        heel, geknipt = (
            bereken(regel, jaar=jaar, geldig=ALTIJD, capaciteit=een) for een in (rijen, stukken)
        )
        assert (heel.totaal, heel.nieuwe_plaatsen) == (geknipt.totaal, geknipt.nieuwe_plaatsen)


@settings(max_examples=80)
@given(
    opeenvolging(),
    bedragen,
    st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), max_size=5, unique=True),
)
def test_separate_amounts_stay_within_half_a_cent_each(rijen, bedrag, messen):
    """Reglementen that follow each other: k amounts differ at most (k + 1) / 2 cents from one."""
    grenzen = [dt.date(2026, 1, 1), *sorted(messen), dt.date(2027, 1, 1)]
    regel = Regel(Regelsoort.PLAATS_JAAR, bedrag)
    delen = [
        bereken(regel, jaar=2026, geldig=Periode(van, tot), capaciteit=rijen).totaal
        for van, tot in itertools.pairwise(grenzen)
    ]

    assert abs(sum(delen) - som(regel, *rijen)) <= (len(delen) + 1) * Decimal("0.005")


@settings(max_examples=80)
@given(
    opeenvolging(),
    bedragen,
    st.decimals(Decimal("0.01"), Decimal(20_000), places=2),
    st.sampled_from(list(Regelsoort)),
)
def test_never_above_the_maximum_and_lines_add_up(rijen, bedrag, maximum, soort):
    regel = Regel(soort, bedrag, maximum=maximum)

    uit = bereken(
        regel, jaar=2026, geldig=ALTIJD, capaciteit=rijen, lening=lening(hoofdsom=str(bedrag * 100))
    )

    assert 0 <= uit.totaal <= maximum
    assert sum(lijn.bedrag for lijn in uit.lijnen) == uit.totaal


@settings(max_examples=80)
@given(datums, st.integers(1, 900), st.integers(0, 900), tellingen, tellingen, bedragen)
def test_more_places_or_days_never_give_less(vanaf, dagen, meer_dagen, plaatsen, meer, bedrag):
    def een(extra_dagen: int, aantal: int) -> Decimal:
        tot = vanaf + dt.timedelta(days=dagen + extra_dagen)
        return som(
            Regel(Regelsoort.PLAATS_JAAR, bedrag),
            Capaciteit(Periode(vanaf, tot), (0, aantal, 0, 0)),
        )

    assert een(0, plaatsen) <= een(meer_dagen, plaatsen)
    assert een(0, plaatsen) <= een(0, plaatsen + meer)
