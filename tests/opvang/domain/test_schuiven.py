"""What opens up when something moves."""

from __future__ import annotations

import datetime as dt

import pytest

from opvang.domain.schuiven import Schuif, schuif
from opvang.domain.stand import Termijnen
from opvang.domain.waar import vind_gebied
from opvang.domain.zoeken import Zoekvraag, zoek
from opvang.weekrooster import Weekrooster
from tests.fabrieken import NU, START, VANDAAG, maak_aanbod, maak_gemeente, maak_locatie

pytestmark = pytest.mark.django_db

MA_DO = Weekrooster.van_dagen(0, 3).masker


@pytest.fixture
def gemeente():
    gemeente = maak_gemeente("Wilgenrade")
    gemeente.lengtegraad, gemeente.breedtegraad = 4.0, 51.0
    gemeente.save()
    return gemeente


def vrij_op(*dagen) -> list[int]:
    return list(Weekrooster.van_dagen(*dagen).vector)


def voorstellen(**vraag) -> list[Schuif]:
    zoekvraag = Zoekvraag(gebied=vind_gebied("Wilgenrade"), **vraag)
    gevonden = zoek(zoekvraag, termijnen=Termijnen(), nu=NU)
    return schuif(zoekvraag, gevonden.per_stand, termijnen=Termijnen(), nu=NU)


def test_the_other_day_that_adds_most(gemeente):
    for dagen in ((0, 2), (0, 2, 4), (0, 4), (0, 3), (1, 2)):
        maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(*dagen))

    assert voorstellen(rooster_masker=MA_DO) == [
        Schuif(erbij=2, rooster_masker=Weekrooster.van_dagen(0, 2).masker, van_dag=3, naar_dag=2)
    ]


def test_half_day_moves_as_half_day(gemeente):
    maak_aanbod(maak_locatie(gemeente=gemeente), [0, 0, 1, 0] + [0] * 10)

    assert voorstellen(rooster_masker=0b01) == [
        Schuif(erbij=1, rooster_masker=0b0100, van_dag=0, naar_dag=1)
    ]


def test_later_start_that_adds_most(gemeente):
    for weken in (1, 3, 20):
        maak_aanbod(
            maak_locatie(gemeente=gemeente), vrij_op(0, 3), vanaf=START + dt.timedelta(weeks=weken)
        )

    (later,) = voorstellen(rooster_masker=MA_DO, start=START)

    assert (later.weken, later.start, later.erbij) == (4, START + dt.timedelta(weeks=4), 2)


def test_larger_circle(gemeente):
    maak_locatie(gemeente=gemeente)
    buren = maak_locatie("Buren", lengtegraad=4.02, breedtegraad=51.0)
    maak_aanbod(buren, 1)
    maak_aanbod(maak_locatie("Te ver", lengtegraad=4.5, breedtegraad=51.0), 1)

    assert voorstellen() == [Schuif(erbij=1, straal_km=5)]
    assert voorstellen(straal_km=1) == [Schuif(erbij=1, straal_km=3)]
    assert voorstellen(straal_km=20) == []


def test_what_is_forgotten_ended_taken_or_irregular_opens_nothing(gemeente):
    oud = NU - dt.timedelta(days=70)
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2), laatst_bevestigd=oud)
    maak_aanbod(
        maak_locatie(gemeente=gemeente), vrij_op(0, 2), vanaf=dt.date(2026, 1, 1), tot=VANDAAG
    )
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2), ingenomen=vrij_op(0))
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2), soort="dringend")
    maak_aanbod(maak_locatie(gemeente=gemeente, zichtbaar=False), vrij_op(0, 2))
    maak_aanbod(maak_locatie(gemeente=gemeente, opvangvorm="gezinsopvang"), vrij_op(0, 2))

    assert voorstellen(rooster_masker=MA_DO, vormen=("groepsopvang",)) == []


def test_nothing_to_suggest_when_there_is_enough(gemeente):
    for _ in range(5):
        maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 3))
    maak_aanbod(maak_locatie(gemeente=gemeente), vrij_op(0, 2))

    assert voorstellen(rooster_masker=MA_DO) == []


def test_nothing_to_suggest_for_a_place_that_is_unknown():
    zoekvraag = Zoekvraag(gebied=vind_gebied("xyzzy"), rooster_masker=MA_DO)
    gevonden = zoek(zoekvraag, termijnen=Termijnen(), nu=NU)

    assert schuif(zoekvraag, gevonden.per_stand, termijnen=Termijnen(), nu=NU) == []
