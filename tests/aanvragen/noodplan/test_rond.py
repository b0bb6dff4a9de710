"""Free places around a family: which fit, in which order, and what is not known."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.noodplan.rond import plaatsen_rond
from aanvragen.models import Noodplan
from opvang.domain.ligging import afstand_km
from opvang.models import Opvanglocatie
from opvang.workflow import Aanbodsoort, Stand
from tests.fabrieken import NU, maak_aanbod, maak_locatie
from tests.opvang.fabrieken_noodplan import SLUIT, begin_plan, plaats_kind, regel_van

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)
THUIS = (3.5, 51.0)


@pytest.fixture
def regel(spelers):
    gemeente = spelers.loket.gemeenten.get()
    gemeente.lengtegraad, gemeente.breedtegraad = THUIS
    gemeente.save()
    plaatsing = plaats_kind(spelers.egeltjes, loket=spelers.loket)
    begin_plan(spelers.egeltjes, loket=spelers.loket, nu=NU)
    return regel_van(plaatsing)


def op(spelers, naam: str, oost: float | None = 0.0, **velden) -> Opvanglocatie:
    """A location so many degrees east of the family; None has no point on the map."""
    punt = {} if oost is None else {"lengtegraad": THUIS[0] + oost, "breedtegraad": THUIS[1]}
    return maak_locatie(naam, loket=spelers.loket, **punt, **velden)


def namen(treffers) -> list[str]:
    return [een.locatie.naam for een in treffers]


def test_nearest_first_and_unknown_distance_last(spelers, regel):
    for naam, oost in (("Ver", 0.1), ("Dicht", 0.01), ("Zonder punt", None), ("Te ver", 0.2)):
        maak_aanbod(op(spelers, naam, oost))

    rond = plaatsen_rond(regel, nu=NU)

    assert namen(rond.past) == ["Dicht", "Ver", "Zonder punt"]
    assert rond.past[0].afstand == afstand_km(THUIS, (3.51, 51.0))
    assert rond.past[2].afstand is None
    assert rond.tot == SLUIT + 14 * DAG


@pytest.mark.parametrize(
    ("vanaf", "tot", "te_vinden", "start"),
    [
        (SLUIT - 60 * DAG, None, True, SLUIT),
        (SLUIT + 14 * DAG, None, True, SLUIT + 14 * DAG),
        (SLUIT + 15 * DAG, None, False, None),
        (SLUIT - 60 * DAG, SLUIT, False, None),
        (SLUIT - 60 * DAG, SLUIT + DAG, True, SLUIT),
    ],
)
def test_only_places_that_open_in_time(spelers, regel, vanaf, tot, te_vinden, start):
    maak_aanbod(op(spelers, "Opvang"), vanaf=vanaf, tot=tot)

    rond = plaatsen_rond(regel, nu=NU)

    assert [een.start for een in rond.past] == ([start] if te_vinden else [])


def test_the_number_of_days_is_a_setting_of_the_plan(spelers, regel):
    maak_aanbod(op(spelers, "Later"), vanaf=SLUIT + 30 * DAG)
    Noodplan.objects.update(dagen=30)
    regel.noodplan.refresh_from_db()

    assert namen(plaatsen_rond(regel, nu=NU).past) == ["Later"]


def test_every_day_must_fit_a_part_of_the_days_is_told_apart(spelers, regel):
    alleen_maandag = [1, 1] + [0] * 12
    maak_aanbod(op(spelers, "Maandag"), alleen_maandag)
    maak_aanbod(op(spelers, "Vol"), [0] * 14)
    maak_aanbod(op(spelers, "Woensdag"), [0, 0, 0, 0, 1, 1] + [0] * 8)

    rond = plaatsen_rond(regel, nu=NU)

    assert (namen(rond.past), namen(rond.deels), namen(rond.onbekend)) == (
        [],
        ["Maandag"],
        ["Het Zonnetje"],
    )


def test_unknown_is_neither_full_nor_free(spelers, regel):
    zwijgt = op(spelers, "Zwijgt", 0.01)
    vergeten = maak_aanbod(op(spelers, "Lang geleden", 0.02), laatst_bevestigd=NU - 90 * DAG)

    rond = plaatsen_rond(regel, nu=NU)

    assert namen(rond.onbekend) == [zwijgt.naam, vergeten.locatie.naam, "Het Zonnetje"]
    assert rond.past == []


def test_said_a_month_ago_is_maybe(spelers, regel):
    maak_aanbod(op(spelers, "Misschien"), laatst_bevestigd=NU - 40 * DAG)

    assert [een.stand for een in plaatsen_rond(regel, nu=NU).past] == [Stand.MISSCHIEN]


@pytest.mark.parametrize(
    ("vanaf", "tot", "past"), [(0, 36, True), (9, 12, True), (10, 36, False), (0, 9, False)]
)
def test_the_child_is_nine_months_when_it_starts(spelers, regel, vanaf, tot, past):
    maak_aanbod(op(spelers, "Leeftijd"), leeftijd_vanaf=vanaf, leeftijd_tot=tot)

    assert bool(plaatsen_rond(regel, nu=NU).past) is past


def test_urgent_places_count_occasional_ones_do_not(spelers, regel):
    maak_aanbod(op(spelers, "Dringend"), soort=Aanbodsoort.DRINGEND)
    maak_aanbod(op(spelers, "Af en toe"), soort=Aanbodsoort.OCCASIONEEL)

    rond = plaatsen_rond(regel, nu=NU)

    assert namen(rond.past) == ["Dringend"]
    assert "Af en toe" in namen(rond.onbekend)


def test_hidden_and_closing_locations_are_not_offered(spelers, regel):
    maak_aanbod(op(spelers, "Verborgen", zichtbaar=False))
    Opvanglocatie.objects.filter(pk=spelers.egeltjes.pk).update(lengtegraad=3.5, breedtegraad=51.0)

    rond = plaatsen_rond(regel, nu=NU)

    assert namen([*rond.past, *rond.deels, *rond.onbekend]) == ["Het Zonnetje"]


def test_a_family_without_a_point_sees_its_own_gemeente(spelers, regel):
    spelers.loket.gemeenten.update(lengtegraad=None, breedtegraad=None)
    maak_aanbod(op(spelers, "Hier"))
    elders = maak_aanbod(maak_locatie("Elders", loket=spelers.ander_loket))
    vers = regel_van(regel.plaatsing)

    rond = plaatsen_rond(vers, nu=NU)

    assert namen(rond.past) == ["Hier"]
    assert rond.past[0].afstand is None
    assert elders.locatie.naam not in namen(rond.onbekend)


@pytest.mark.parametrize("aantal", [1, 3])
def test_looks_in_as_many_queries_for_one_as_for_many(
    spelers, regel, django_assert_num_queries, aantal
):
    for nummer in range(aantal):
        maak_aanbod(op(spelers, f"Opvang {nummer}"))
    # The wijk, the gemeente, asked before, the periods, the terms of the lokets, the locations.
    with django_assert_num_queries(6):
        plaatsen_rond(regel, nu=NU)
