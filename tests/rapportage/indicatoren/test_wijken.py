from __future__ import annotations

import datetime as dt

import pytest

from rapportage.indicatoren.basis import Werkgebied
from rapportage.indicatoren.opvangvragen import opvangvragen
from rapportage.indicatoren.wijken import wijken
from tests.fabrieken import VANDAAG, maak_gemeente, maak_locatie, maak_loket, maak_vergunning
from tests.rapportage.fabrieken import maak_wijk, vraag_van

pytestmark = pytest.mark.django_db
EERDER = VANDAAG - dt.timedelta(days=20)


@pytest.fixture
def gemeenten():
    return [maak_gemeente("Aadorp"), maak_gemeente("Beedorp")]


@pytest.fixture
def loket(gemeenten):
    return maak_loket(gemeenten=gemeenten, kleine_cel=0)


def test_places_count_where_they_lie_and_questions_where_the_family_lives(loket, gemeenten):
    kern, veld = maak_wijk(gemeenten[0], "Kern"), maak_wijk(gemeenten[0], "Veld")
    in_kern = maak_locatie(gemeente=gemeenten[0], wijk=kern)
    maak_vergunning(in_kern, 18)
    maak_vergunning(maak_locatie(gemeente=gemeenten[1]), 8)
    for _ in range(2):
        vraag_van(loket, in_kern, op=EERDER, wijk=veld, gewenste_start=VANDAAG)
    vraag_van(loket, in_kern, op=EERDER, gemeente=gemeenten[0])
    vraag_van(loket, in_kern, op=EERDER, gemeente=maak_gemeente("Elders"))

    uitkomst = wijken(Werkgebied.van(loket), VANDAAG)

    assert [
        (r.gemeente, r.naam, r.locaties, r.plaatsen, r.vragen.totaal, r.vragen.onbeantwoord)
        for r in uitkomst.rijen
    ] == [
        ("Aadorp", "Kern", 1, 18, 0, 0),
        ("Aadorp", "Veld", 0, 0, 2, 2),
        ("Aadorp", "Aadorp, wijk niet gekend", 0, 0, 1, 0),
        ("Beedorp", "Beedorp, wijk niet gekend", 1, 8, 0, 0),
        ("Andere gemeenten", "Andere gemeenten", 0, 0, 1, 0),
    ]
    totaal = uitkomst.totaal
    assert (totaal.locaties, totaal.plaatsen, totaal.vragen.totaal, totaal.vragen.open) == (
        2,
        26,
        4,
        2,
    )


def test_wijken_with_the_same_name_in_two_municipalities_stay_apart(loket, gemeenten):
    locatie = maak_locatie(loket=loket)
    for gemeente in gemeenten:
        vraag_van(loket, locatie, op=EERDER, wijk=maak_wijk(gemeente, "Centrum"))

    rijen = wijken(Werkgebied.van(loket), VANDAAG).rijen

    assert [(r.gemeente, r.naam, r.vragen.totaal) for r in rijen] == [
        ("Aadorp", "Centrum", 1),
        ("Beedorp", "Centrum", 1),
    ]


def test_a_small_wijk_is_hidden_so_that_the_total_does_not_give_it_away(gemeenten):
    loket = maak_loket(gemeenten=gemeenten, kleine_cel=5)
    locatie = maak_locatie(loket=loket)
    for naam, aantal in (("Groot", 12), ("Klein", 2), ("Midden", 6)):
        wijk = maak_wijk(gemeenten[0], naam)
        for _ in range(aantal):
            vraag_van(loket, locatie, op=EERDER, wijk=wijk, gewenste_start=VANDAAG)

    werkgebied = Werkgebied.van(loket)
    uitkomst = wijken(werkgebied, VANDAAG)

    assert [(r.naam, r.vragen.totaal, r.vragen.onbeantwoord) for r in uitkomst.rijen] == [
        ("Groot", 12, 12),
        ("Klein", None, None),
        ("Midden", None, None),
    ]
    # The same total as the table of the questions shows: one table fixes both.
    assert uitkomst.totaal.vragen.totaal == 20
    assert opvangvragen(werkgebied, VANDAAG).totaal.cellen == uitkomst.totaal.vragen.cellen
    assert uitkomst.toelichting.n == 20
