"""What a location's page says of its waiting list: true, and never about a few."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.wachtlijst import (
    MINSTE_PLAATSINGEN,
    TERUGBLIK,
    Wachtlijstfeiten,
    Wachttijd,
    wachtlijstfeiten,
    wachttijd_van,
)
from aanvragen.models import Plaatsing
from aanvragen.templatetags.aanvragen import duur
from tests.fabrieken import NU, maak_aanbod, maak_voorstel, maak_vraag


def test_quartiles_of_enough_and_nothing_of_few():
    assert wachttijd_van(list(range(1, 10)), minstens=10) is None
    assert wachttijd_van([10] * 10, minstens=10) == Wachttijd(10, 10, 10, 10)
    assert wachttijd_van(list(range(0, 101, 10)), minstens=10) == Wachttijd(11, 25, 50, 75)


@given(st.lists(st.integers(0, 1500), min_size=10, max_size=60))
def test_quartiles_lie_in_order_between_least_and_most(dagen):
    tijd = wachttijd_van(dagen, minstens=10)

    assert min(dagen) <= tijd.kwart <= tijd.helft <= tijd.driekwart <= max(dagen)
    assert tijd == wachttijd_van(sorted(dagen), minstens=10)


@pytest.mark.parametrize(
    ("dagen", "woorden"),
    [
        (0, "minder dan een week"),
        (6, "minder dan een week"),
        (7, "1 week"),
        (20, "3 weken"),
        (69, "10 weken"),
        (70, "2 maanden"),
        (183, "6 maanden"),
    ],
)
def test_duration_in_words(dagen, woorden):
    assert duur(dagen) == woorden


@pytest.mark.django_db
def test_small_numbers_are_not_said(spelers):
    def feiten(kleinste: int) -> int | None:
        return wachtlijstfeiten(spelers.egeltjes, nu=NU, kleinste=kleinste).wachtend

    assert feiten(5) == 0
    vragen = [maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje]) for _ in range(4)]
    assert feiten(5) is None
    assert feiten(4) == 4
    assert wachtlijstfeiten(spelers.egeltjes, nu=NU, kleinste=5) == Wachtlijstfeiten(None, 5, None)

    aanmelding = vragen[0].aanmeldingen.get(locatie=spelers.zonnetje)
    aanvaard(maak_voorstel(aanmelding), door=None, nu=NU)
    # A family that found a place elsewhere no longer waits here.
    assert feiten(1) == 3


@pytest.mark.django_db
def test_waiting_time_counts_placed_families_of_two_years(spelers):
    locatie = spelers.egeltjes
    aanbod = maak_aanbod(locatie, 50)
    for weken in range(1, MINSTE_PLAATSINGEN + 3):
        vraag = maak_vraag(spelers.loket, [locatie], nu=NU - dt.timedelta(weeks=weken))
        aanvaard(maak_voorstel(vraag.aanmeldingen.get(), aanbod), door=None, nu=NU)
    eerste, tweede = Plaatsing.objects.order_by("pk")[:2]
    Plaatsing.objects.filter(pk=eerste.pk).update(beeindigd_op=NU)  # undone
    Plaatsing.objects.filter(pk=tweede.pk).update(gemaakt_op=NU - TERUGBLIK)  # long ago

    feiten = wachtlijstfeiten(locatie, nu=NU, kleinste=5)

    # Waited 3 to 12 weeks: half at most 7.5 weeks.
    assert feiten.wachttijd == Wachttijd(10, 37, 52, 68)
    assert wachtlijstfeiten(locatie, nu=NU, kleinste=11).wachttijd is None
