from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from rapportage.indicatoren.basis import Werkgebied
from rapportage.indicatoren.dekking import dekking
from tests.fabrieken import VANDAAG, maak_gemeente, maak_locatie, maak_loket, maak_vergunning
from tests.rapportage.fabrieken import BRON, maak_kinderaantal

pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeenten():
    return [maak_gemeente("Aadorp"), maak_gemeente("Beedorp")]


@pytest.fixture
def loket(gemeenten):
    loket = maak_loket(gemeenten=gemeenten)
    for gemeente, plaatsen in zip(gemeenten, (100, 50), strict=True):
        maak_vergunning(maak_locatie(gemeente=gemeente), plaatsen)
    return loket


def test_places_per_100_per_municipality_and_together(loket, gemeenten):
    maak_kinderaantal(gemeenten[0], 261)
    maak_kinderaantal(gemeenten[1], 200)

    uitkomst = dekking(Werkgebied.van(loket), VANDAAG)

    assert [(r.gemeente, r.plaatsen, r.kinderen, r.per_100) for r in uitkomst.rijen] == [
        ("Aadorp", 100, 261, Decimal("38.3")),
        ("Beedorp", 50, 200, Decimal("25.0")),
    ]
    assert (uitkomst.plaatsen, uitkomst.kinderen, uitkomst.per_100) == (150, 461, Decimal("32.5"))
    assert uitkomst.rijen[0].bron == BRON
    assert uitkomst.rijen[0].stand == dt.date(2026, 1, 1)
    assert uitkomst.toelichting.n == 461
    assert BRON in uitkomst.toelichting.bron


def test_one_unknown_population_leaves_no_figure_for_all_together(loket, gemeenten):
    maak_kinderaantal(gemeenten[0], 261)

    uitkomst = dekking(Werkgebied.van(loket), VANDAAG)

    assert [r.per_100 for r in uitkomst.rijen] == [Decimal("38.3"), None]
    assert (uitkomst.kinderen, uitkomst.per_100) == (None, None)
    assert uitkomst.ontbreekt == ("Beedorp",)
    assert uitkomst.toelichting.n is None


def test_the_last_population_before_the_day_counts(loket, gemeenten):
    maak_kinderaantal(gemeenten[0], 111, peildatum=dt.date(2025, 1, 1))
    maak_kinderaantal(gemeenten[0], 222, peildatum=VANDAAG)
    maak_kinderaantal(gemeenten[0], 333, peildatum=VANDAAG + dt.timedelta(days=1))

    nu = dekking(Werkgebied.van(loket), VANDAAG).rijen[0]
    vorig_jaar = dekking(Werkgebied.van(loket), dt.date(2025, 6, 30)).rijen[0]

    assert (nu.kinderen, vorig_jaar.kinderen) == (222, 111)


def test_a_population_of_long_ago_gives_no_figure(loket, gemeenten):
    maak_kinderaantal(gemeenten[0], 261, peildatum=dt.date(2015, 1, 1))

    rij = dekking(Werkgebied.van(loket), VANDAAG).rijen[0]

    assert (rij.kinderen, rij.per_100) == (None, None)


def test_flanders_is_compared_only_from_the_day_of_its_figure(loket):
    vergelijking = dekking(Werkgebied.van(loket), VANDAAG).vergelijking

    assert vergelijking is not None
    assert vergelijking.per_100 == Decimal("46.07")
    # 2020-2024 hold too many childminder places: no comparison with those years.
    assert dekking(Werkgebied.van(loket), dt.date(2025, 12, 30)).vergelijking is None


def test_a_loket_without_municipalities_has_no_figure():
    uitkomst = dekking(Werkgebied.van(maak_loket(gemeenten=[])), VANDAAG)

    assert (uitkomst.rijen, uitkomst.plaatsen, uitkomst.kinderen, uitkomst.per_100) == (
        (),
        0,
        None,
        None,
    )
