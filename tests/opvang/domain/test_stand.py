"""The stand in SQL is the stand of the rule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opvang.domain.stand import Termijnen, Zicht, met_stand, zicht_op
from opvang.domain.vrije_plaatsen import stand_van
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import Weekrooster
from opvang.workflow import Stand
from tests.fabrieken import NU, START, VANDAAG, maak_aanbod, maak_gemeente, maak_locatie, maak_loket

aantallen = st.integers(0, 2)
vectoren = st.one_of(
    st.just([0] * 14), st.just([1] * 14), st.lists(aantallen, min_size=14, max_size=14)
)
dagen = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@st.composite
def rijen(draw):
    plaatsen = draw(vectoren)
    vanaf = draw(dagen)
    return {
        "plaatsen": plaatsen,
        "ingenomen": [draw(st.integers(0, aantal)) for aantal in plaatsen],
        "vanaf": vanaf,
        "tot": draw(
            st.one_of(st.none(), st.integers(1, 400).map(lambda n: vanaf + dt.timedelta(n)))
        ),
        "soort": draw(st.sampled_from(["regulier", "regulier", "dringend"])),
        "leeftijd_vanaf": draw(st.sampled_from([0, 12, 18])),
        "leeftijd_tot": draw(st.sampled_from([19, 36])),
        # Around the borders of 10/20 and 30/60 days, to the second.
        "laatst_bevestigd": NU
        - dt.timedelta(
            days=draw(st.sampled_from([0, 9, 10, 19, 20, 29, 30, 59, 60, 61])),
            seconds=draw(st.integers(-1, 1)),
        ),
    }


@pytest.mark.django_db
@settings(max_examples=60)
@given(
    locaties=st.lists(st.lists(rijen(), max_size=4), min_size=1, max_size=5),
    masker=st.one_of(st.none(), st.integers(0, 16383), st.sampled_from([1, 3, 0b1111])),
    start=st.one_of(st.none(), dagen),
    vraag=st.fixed_dictionaries(
        {
            "soorten": st.sampled_from([(), ("dringend",), ("regulier", "dringend")]),
            "leeftijd_maanden": st.sampled_from([None, 0, 17, 18, 19, 35]),
        }
    ),
)
def test_sql_says_what_the_rule_says(locaties, masker, start, vraag):
    Plaatsaanbod.objects.all().delete()
    Opvanglocatie.objects.all().delete()
    streng = maak_loket(vers_dagen=10, verborgen_dagen=20).gemeenten.get()
    zonder_loket = maak_gemeente()
    for i, van_locatie in enumerate(locaties):
        locatie = maak_locatie(gemeente=[streng, zonder_loket][i % 2])
        for velden in van_locatie:
            maak_aanbod(locatie, **velden)
    termijnen = Termijnen.lees()

    in_sql = met_stand(
        Opvanglocatie.objects.all(),
        termijnen=termijnen,
        nu=NU,
        rooster_masker=masker,
        start=start,
        **vraag,
    )

    for locatie in in_sql:
        aanbod = list(locatie.plaatsaanbod.voor_start(start, peildatum=VANDAAG, **vraag))
        vers, verborgen = termijnen.van(locatie.gemeente_id)
        verwacht = stand_van(
            aanbod, rooster_masker=masker, nu=NU, vers_dagen=vers, verborgen_dagen=verborgen
        )
        zicht = zicht_op(aanbod, nu=NU, termijn=(vers, verborgen), rooster_masker=masker)
        assert (locatie.stand, zicht.stand) == (verwacht, verwacht)


@pytest.mark.django_db
def test_stand_counts_only_periods_about_the_asked_start():
    locatie = maak_locatie()
    maak_aanbod(locatie, 0, vanaf=VANDAAG, tot=START)
    maak_aanbod(locatie, 1, vanaf=START)
    maak_aanbod(locatie, 5, vanaf=dt.date(2026, 1, 1), tot=VANDAAG)
    maak_aanbod(locatie, 5, vanaf=VANDAAG, soort="occasioneel")

    def stand(start):
        return (
            met_stand(Opvanglocatie.objects.all(), termijnen=Termijnen(), nu=NU, start=start)
            .get()
            .stand
        )

    assert stand(START - dt.timedelta(days=1)) == Stand.VOL
    assert stand(START) == Stand.VRIJ
    assert stand(None) == Stand.VRIJ
    assert stand(dt.date(2025, 12, 31)) == Stand.ONBEKEND


@pytest.mark.django_db
def test_vacancy_goes_from_fresh_to_maybe_to_hidden_and_back():
    """Unknown is neither free nor full: it is its own answer, with the bounds to the second."""
    aanbod = maak_aanbod(maak_locatie(), 1)
    maak_aanbod(maak_locatie(), 0)

    def standen(dagen, seconden=0):
        nu = NU + dt.timedelta(days=dagen, seconds=seconden)
        alle = met_stand(Opvanglocatie.objects.all(), termijnen=Termijnen(), nu=nu)
        return list(alle.order_by("pk").values_list("stand", flat=True))

    assert standen(30, -1) == ["vrij", "vol"]
    assert standen(30) == ["misschien", "vol"]
    assert standen(60, -1) == ["misschien", "vol"]
    assert standen(60) == ["onbekend", "onbekend"]
    aanbod.laatst_bevestigd = NU + dt.timedelta(days=60)
    aanbod.save()
    assert standen(60) == ["vrij", "onbekend"]


@pytest.mark.django_db
def test_stand_counts_only_periods_about_this_age_and_kind():
    """The end of an age is not included, as with dates."""
    locatie = maak_locatie()
    maak_aanbod(locatie, 0, leeftijd_vanaf=0, leeftijd_tot=18)
    maak_aanbod(locatie, 1, leeftijd_vanaf=18, leeftijd_tot=36)
    maak_aanbod(locatie, 1, soort="nacht", nu=NU - dt.timedelta(days=40))

    def stand(**vraag):
        return (
            met_stand(Opvanglocatie.objects.all(), termijnen=Termijnen(), nu=NU, **vraag)
            .get()
            .stand
        )

    assert stand(leeftijd_maanden=17) == Stand.VOL
    assert stand(leeftijd_maanden=18) == Stand.VRIJ
    assert stand(leeftijd_maanden=36) == Stand.ONBEKEND
    assert stand(soorten=("nacht",)) == Stand.MISSCHIEN
    assert stand(soorten=("dringend",)) == Stand.ONBEKEND


@pytest.mark.django_db
def test_terms_of_the_loket_and_the_usual_ones():
    een, twee, geen = maak_gemeente(), maak_gemeente(), maak_gemeente()
    maak_loket(gemeenten=[een], vers_dagen=10, verborgen_dagen=20)
    maak_loket(gemeenten=[een, twee], vers_dagen=5, verborgen_dagen=90)

    termijnen = Termijnen.lees()

    assert termijnen.van(een.pk) == (10, 20)
    assert termijnen.van(twee.pk) == (5, 90)
    assert termijnen.van(geen.pk) == (30, 60)


def rij(pk, vrij, *, dagen_oud=0, vanaf=VANDAAG):
    return Plaatsaanbod(
        pk=pk,
        plaatsen=vrij,
        ingenomen=[0] * 14,
        laatst_bevestigd=NU - dt.timedelta(days=dagen_oud),
        vanaf=vanaf,
    )


MA_DI = Weekrooster.van_dagen(0, 1).masker


def zicht(*aanbod, masker=None):
    return zicht_op(aanbod, nu=NU, termijn=(30, 60), rooster_masker=masker)


def test_sight_of_the_period_that_fits():
    deels = rij(1, [3, 3] + [0] * 12)
    past = rij(2, [2, 2, 1, 2] + [0] * 10, vanaf=START)

    gezien = zicht(deels, past, masker=MA_DI)

    assert (gezien.stand, gezien.aantal, gezien.periode) == (Stand.VRIJ, 1, past)
    assert gezien.vrij == Weekrooster(MA_DI)


def test_sight_without_a_question_is_of_the_soonest_period():
    straks, nu = rij(1, [5] * 14, vanaf=START), rij(2, [0, 2] + [0] * 12)

    gezien = zicht(straks, nu)

    assert (gezien.periode, gezien.aantal, gezien.vrij) == (nu, 2, Weekrooster(2))


def test_sight_of_what_fits_in_part():
    gezien = zicht(rij(1, [0] * 14), rij(2, [1, 1] + [0] * 12), masker=MA_DI)

    assert (gezien.stand, gezien.aantal, gezien.vrij) == (Stand.VOL, 0, Weekrooster(3))


def test_sight_prefers_fresh_over_old():
    oud, vers = rij(1, [4] * 14, dagen_oud=40), rij(2, [1] * 14)

    assert zicht(oud, vers, masker=MA_DI).periode == vers
    assert zicht(oud, masker=MA_DI).stand is Stand.MISSCHIEN


def test_sight_of_nothing_and_of_what_is_too_old():
    te_oud = rij(1, [4] * 14, dagen_oud=80)

    assert zicht() == Zicht(stand=Stand.ONBEKEND)
    assert zicht(te_oud) == Zicht(stand=Stand.ONBEKEND, bevestigd=te_oud.laatst_bevestigd)
