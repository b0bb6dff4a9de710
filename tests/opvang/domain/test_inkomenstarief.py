"""What care costs by income: the sourced examples to the cent, and what must hold for any table."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hyp
from hypothesis import strategies as st

from opvang.domain.inkomenstarief import (
    CENT,
    Duur,
    Gezin,
    Leeftijdsregel,
    Schijf,
    Stapsoort,
    Tarief,
    dalingen,
    deel_van_dag,
    jaarinkomen,
    naar_cent,
    per_maand,
    per_week,
    procent_voor,
    raam,
    tellende_kinderen,
    telt_tot,
)
from opvang.domain.tariefregels import respijtdagen

VECTOREN = Path(__file__).resolve().parents[1] / "testvectoren"
D = Decimal

T2014 = Tarief(
    schijven=(
        Schijf(tot=D("41774.97"), coefficient=D("0.000385"), plafond=D("15.88")),
        Schijf(tot=D("59772.14"), coefficient=D("0.00038"), plafond=D("20.95")),
    ),
    stap_bedrag=D("0.60"),
    stap_inkomen=D(3700),
    minimum=D("1.56"),
    maximum=D("27.71"),
    kindkorting=D("3.14"),
    meerlingkorting=D("3.14"),
    maandcoefficient=D("11.54"),
)
HEDEN = (
    Duur(van_uur=D(0), tot_uur=D(5), procent=60),
    Duur(van_uur=D(5), tot_uur=D(11), procent=100),
    Duur(van_uur=D(11), tot_uur=None, procent=160, flexibel=True),
)


def eigen(naam: str) -> dict:
    return json.loads((VECTOREN / f"{naam}.json").read_text(encoding="utf-8"))


def prijs(tarief: Tarief, inkomen, **gezin) -> Decimal:
    return raam(tarief, Gezin(inkomen=D(inkomen), **gezin)).per_dag


# The sourced examples


@pytest.mark.parametrize(
    "vector", eigen("ikt_2014")["berekende_voorbeelden"], ids=lambda v: v["inkomen"]
)
def test_example_of_2014_comes_out_to_the_cent(vector):
    assert prijs(T2014, vector["inkomen"]) == D(vector["basisbedrag_dag"])


def test_examples_in_the_open_data_come_out_too():
    """The same facts, read from the file where it is; `parse_float` keeps every digit."""
    pad = settings.LOKET_DATA / "testvectoren" / "ikt_2014.json"
    ruw = pad.read_text(encoding="utf-8") if pad.is_file() else json.dumps(eigen("ikt_2014"))
    vectoren = json.loads(ruw, parse_float=Decimal)["berekende_voorbeelden"]

    assert len(vectoren) == 18
    assert [prijs(T2014, v["inkomen"]) for v in vectoren] == [
        D(v["basisbedrag_dag"]) for v in vectoren
    ]


def test_respijtdagen_of_the_official_example():
    voorbeeld = eigen("inkomenstarief_regels")["respijt"]
    dagen = respijtdagen(D(voorbeeld["dagen_per_week"]), peildatum=dt.date(2026, 11, 25))

    assert dagen == D(voorbeeld["resultaat"]) == D("10.8")
    assert [int(dagen), int(dagen) + 1] == voorbeeld["toegelaten_afrondingen"]
    assert respijtdagen(D(5), peildatum=dt.date(2026, 11, 25)) == 18
    assert respijtdagen(D(5), peildatum=dt.date(2026, 2, 15)) is None


@pytest.mark.parametrize("klasse", eigen("inkomenstarief_regels")["duur"], ids=lambda k: k["code"])
def test_part_of_a_day_by_hours(klasse):
    tarief = replace(T2014, duren=HEDEN)

    assert {procent_voor(tarief, D(uren)) for uren in klasse["uren"]} == {klasse["pct"]}


def test_hours_that_the_table_does_not_name_have_no_price():
    tarief = replace(T2014, duren=HEDEN[1:])

    assert procent_voor(tarief, D(4)) is None
    assert per_week(tarief, D(10), hele_dagen=2, halve_dagen=1) is None
    assert per_week(tarief, D(10), hele_dagen=2, halve_dagen=0) == 20


# The steps


def test_steps_tell_how_the_price_came_about():
    raming = raam(T2014, Gezin(inkomen=D("63472.15"), andere_kinderen=2, meerling=True))

    assert [(s.soort, s.bedrag, s.factor, s.aantal) for s in raming.stappen] == [
        (Stapsoort.BOVEN, D("22.15"), D("0.60"), 2),
        (Stapsoort.KINDEREN, D("15.87"), D("3.14"), 2),
        (Stapsoort.MEERLING, D("12.73"), D("3.14"), 0),
    ]
    assert raming.per_dag == raming.laagste == D("12.73")


def test_ceiling_floor_and_top_are_steps_of_their_own():
    def soorten(inkomen, **gezin):
        return [s.soort for s in raam(T2014, Gezin(inkomen=D(inkomen), **gezin)).stappen]

    assert soorten("41774.97") == [Stapsoort.SCHIJF, Stapsoort.PLAFOND]
    assert soorten("150000") == [Stapsoort.BOVEN, Stapsoort.MAXIMUM]
    assert soorten("0") == [Stapsoort.SCHIJF, Stapsoort.MINIMUM]
    assert soorten("10000", andere_kinderen=1) == [
        Stapsoort.SCHIJF,
        Stapsoort.KINDEREN,
        Stapsoort.MINIMUM,
    ]
    assert prijs(T2014, "0") == prijs(T2014, "10000", andere_kinderen=1) == D("1.56")


def test_low_income_may_be_less_on_the_attest_but_not_below_the_minimum():
    tarief = replace(
        T2014, minimum=D("6.47"), laag_inkomen_onder=D("21178.54"), laag_inkomen_korting=D("0.25")
    )

    def bedragen(inkomen):
        raming = raam(tarief, Gezin(inkomen=D(inkomen)))
        return raming.per_dag, raming.laagste

    assert bedragen("20000") == (D("7.70"), D("7.45"))
    assert bedragen("17000") == (D("6.55"), D("6.47"))
    assert bedragen("21178.54") == (D("8.15"), D("8.15"))


def test_negative_income_is_a_mistake():
    with pytest.raises(ValueError, match="not negative"):
        raam(T2014, Gezin(inkomen=D(-1)))


def test_month_becomes_a_year():
    assert jaarinkomen(T2014, D("2500.05")) == D("28850.58")
    assert jaarinkomen(replace(T2014, maandcoefficient=None), D(2500)) is None


# Who counts


def test_age_limit_follows_the_start_of_care():
    tarief = replace(
        T2014,
        leeftijdsregels=(
            Leeftijdsregel(tot_maanden=30, start_vanaf=dt.date(2026, 1, 1)),
            Leeftijdsregel(tot_maanden=144),
        ),
    )
    kinderen = {30: 1, 144: 2}

    oud, nieuw = dt.date(2025, 12, 31), dt.date(2026, 1, 1)
    assert (telt_tot(tarief, oud), telt_tot(tarief, nieuw)) == (144, 30)
    assert tellende_kinderen(tarief, kinderen, start=oud) == 3
    assert tellende_kinderen(tarief, kinderen, start=nieuw) == 1
    assert tellende_kinderen(T2014, {0: 4}, start=nieuw) == 4


# A week and a month


def test_week_and_month_add_up_days_in_cents():
    tarief = replace(T2014, duren=HEDEN)

    week = per_week(tarief, D("12.73"), hele_dagen=2, halve_dagen=1)

    assert deel_van_dag(D("12.73"), 60) == D("7.638")
    assert week == D("25.46") + D("7.64")
    assert per_maand(week) == D("143.43")
    assert per_week(tarief, D("12.73"), hele_dagen=0, halve_dagen=0) == 0


# What must hold for any table

bedragen = st.decimals(min_value=0, max_value=400_000, places=2)
kinderen = st.integers(0, 8)


@st.composite
def tarieven(draw) -> Tarief:
    """Tables whose brackets join: the next one begins no lower than the one before ended."""
    schijven, hoogste, vorige = [], D(0), D(0)
    for _ in range(draw(st.integers(1, 4))):
        tot = vorige + draw(st.decimals(min_value=1000, max_value=40_000, places=2))
        laagste = max(D("0.0001"), (hoogste + CENT) / max(vorige, D(1)))
        coefficient = laagste + draw(st.decimals(min_value=0, max_value=D("0.0004"), places=7))
        extra = draw(st.none() | st.decimals(min_value=0, max_value=5, places=2))
        plafond = None if extra is None else hoogste + extra
        begin = naar_cent((vorige + CENT) * coefficient)
        if plafond is not None and plafond < begin:
            plafond = begin
        schijven.append(Schijf(tot=tot, coefficient=coefficient, plafond=plafond))
        eind = naar_cent(tot * coefficient)
        hoogste, vorige = (eind if plafond is None else min(eind, plafond)), tot
    minimum = draw(st.decimals(min_value=0, max_value=8, places=2))
    return Tarief(
        schijven=tuple(schijven),
        stap_bedrag=draw(st.decimals(min_value=0, max_value=2, places=2)),
        stap_inkomen=draw(st.decimals(min_value=500, max_value=5000, places=2)),
        minimum=minimum,
        maximum=minimum + draw(st.decimals(min_value=0, max_value=40, places=2)),
        kindkorting=draw(st.decimals(min_value=0, max_value=5, places=2)),
        meerlingkorting=draw(st.decimals(min_value=0, max_value=5, places=2)),
        duren=HEDEN,
    )


@hyp(max_examples=120)
@given(tarieven(), bedragen, bedragen, kinderen, st.booleans())
def test_more_income_is_never_cheaper(tarief, een, ander, aantal, meerling):
    assert dalingen(tarief) == ()
    laag, hoog = sorted((een, ander))

    assert prijs(tarief, laag, andere_kinderen=aantal, meerling=meerling) <= prijs(
        tarief, hoog, andere_kinderen=aantal, meerling=meerling
    )


@hyp(max_examples=80)
@given(tarieven(), st.data())
def test_more_income_is_never_cheaper_at_the_edges_of_brackets(tarief, data):
    grens = data.draw(st.sampled_from([schijf.tot for schijf in tarief.schijven]))
    punten = [grens - CENT, grens, grens + CENT, grens + tarief.stap_inkomen, grens + 50_000]

    ladder = [prijs(tarief, punt) for punt in punten]

    assert ladder == sorted(ladder)


@hyp(max_examples=120)
@given(bedragen, bedragen)
def test_table_of_2014_falls_in_one_place_by_one_cent(een, ander):
    """What was published is not monotone between 41 774,97 and 41 774,98; elsewhere it is."""
    assert dalingen(T2014) == (D("41774.97"),)
    laag, hoog = sorted((een, ander))
    over_de_grens = laag <= D("41774.97") < hoog

    assert prijs(T2014, laag) - prijs(T2014, hoog) <= (CENT if over_de_grens else 0)


@hyp(max_examples=120)
@given(tarieven(), bedragen, kinderen, st.booleans())
def test_price_stays_between_minimum_and_maximum(tarief, inkomen, aantal, meerling):
    raming = raam(tarief, Gezin(inkomen=inkomen, andere_kinderen=aantal, meerling=meerling))

    assert tarief.minimum <= raming.laagste <= raming.per_dag <= tarief.maximum
    assert raming.per_dag == naar_cent(raming.per_dag) == raming.stappen[-1].bedrag


@hyp(max_examples=120)
@given(tarieven(), bedragen, kinderen)
def test_more_children_are_never_dearer(tarief, inkomen, aantal):
    ladder = [prijs(tarief, inkomen, andere_kinderen=n) for n in range(aantal, aantal + 3)]

    assert all(minder >= meer for minder, meer in pairwise(ladder))
    assert prijs(tarief, inkomen, andere_kinderen=aantal, meerling=True) <= ladder[0]


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_sixty_percent_of_a_day_is_exact(per_dag):
    deel = deel_van_dag(per_dag, 60)

    assert Fraction(deel) == Fraction(per_dag) * Fraction(3, 5)
    assert abs(Fraction(naar_cent(deel)) - Fraction(deel)) <= Fraction(1, 200)


def test_half_a_cent_goes_up():
    assert [naar_cent(D(x)) for x in ("0.005", "15.875", "15.8749", "2.665")] == [
        D("0.01"),
        D("15.88"),
        D("15.87"),
        D("2.67"),
    ]
