"""Temporary replacement places: agreed, bounded in time, open to all, over the border too."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.noodplan.rond import plaatsen_rond
from aanvragen.domain.noodplan.vervangen import (
    Vervanggegevens,
    open_vervangplaatsen,
    uiterlijk_tot,
)
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster
from tests.fabrieken import MA_DI, NU, VANDAAG, maak_locatie
from tests.opvang.fabrieken_noodplan import SLUIT, begin_plan, plaats_kind, regel_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(spelers):
    return begin_plan(spelers.egeltjes, loket=spelers.loket)


def gegevens(**velden) -> Vervanggegevens:
    return Vervanggegevens(
        **{
            "aantal": 4,
            "rooster": MA_DI,
            "vanaf": SLUIT,
            "tot": dt.date(2027, 12, 1),
            "akkoord_van": "An",
            "akkoord_op": VANDAAG,
            **velden,
        }
    )


def test_eighteen_months_over_the_border_and_findable_by_everybody(spelers, plan):
    buur = maak_locatie("Buur", loket=spelers.ander_loket)

    rij = open_vervangplaatsen(plan, buur, gegevens(), door=spelers.carla, nu=NU)

    aanbod = Plaatsaanbod.objects.get()
    assert rij.plaatsaanbod == aanbod
    assert (aanbod.vrij, aanbod.vanaf, aanbod.tot) == ([4] * 4 + [0] * 10, SLUIT, rij.tot)
    assert aanbod.soort == "regulier"  # nobody is kept out
    assert (rij.akkoord_van, rij.door) == ("An", spelers.carla)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"tot": dt.date(2027, 12, 2)}, "tot 1 december 2027"),
        ({"akkoord_van": "  "}, "akkoord"),
        ({"aantal": 0}, "minstens één plaats"),
        ({"rooster": Weekrooster()}, "minstens één plaats"),
        ({"tot": SLUIT}, "laatste dag ligt voor de eerste"),
    ],
)
def test_refuses(spelers, plan, velden, zin):
    with pytest.raises(Weigering, match=zin):
        open_vervangplaatsen(plan, spelers.zonnetje, gegevens(**velden), door=spelers.carla, nu=NU)
    assert not Plaatsaanbod.objects.exists()


@pytest.mark.parametrize("naam", ["egeltjes", "zonnetje"])
def test_not_at_the_closing_location_nor_at_one_that_parents_can_not_find(spelers, plan, naam):
    locatie = getattr(spelers, naam)
    locatie.zichtbaar = False
    locatie.save()

    with pytest.raises(Weigering):
        open_vervangplaatsen(plan, locatie, gegevens(), door=spelers.carla, nu=NU)


def test_is_marked_as_temporary_where_it_is_shown(spelers):
    plaatsing = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    plan = begin_plan(spelers.egeltjes, loket=spelers.loket)
    open_vervangplaatsen(plan, spelers.zonnetje, gegevens(), door=spelers.carla, nu=NU)

    (treffer,) = plaatsen_rond(regel_van(plaatsing), nu=NU).past

    assert treffer.tijdelijk


def test_before_any_rule_there_is_no_limit_to_name():
    assert uiterlijk_tot(dt.date(2022, 12, 8)) is None


@given(st.dates(min_value=dt.date(2022, 12, 9), max_value=dt.date(2090, 1, 1)))
def test_eighteen_months_later_is_the_same_day_or_the_last_of_the_month(dag):
    tot = uiterlijk_tot(dag)

    assert tot is not None
    assert (tot.year * 12 + tot.month) - (dag.year * 12 + dag.month) == 18
    assert tot.day == dag.day or (tot + dt.timedelta(days=1)).day == 1
