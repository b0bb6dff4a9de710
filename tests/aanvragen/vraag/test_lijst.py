"""The list that a visitor makes while searching, and the request that begins with it."""

from __future__ import annotations

import pytest

from aanvragen.domain.concept import MAX_LOCATIES
from opvang.keuze import MEESTE_GEKOZEN
from tests.aanvragen.invullen import begin, concept
from tests.aanvragen.test_aanvraag import tekst
from tests.fabrieken import maak_locatie

pytestmark = pytest.mark.django_db


@pytest.fixture
def drie(client, spelers):
    locaties = [spelers.egeltjes, spelers.zonnetje, maak_locatie("Merelnest", loket=spelers.loket)]
    for locatie in locaties:
        client.post("/zoeken/kies/", {"locatie": locatie.pk})
    return locaties


def gekozen(client) -> list[int]:
    return client.session["gekozen_locaties"]


def test_list_shows_the_choice_in_order(client, drie):
    antwoord = client.get("/aanvraag/lijst/")

    assert antwoord.context["gekozen"] == drie
    assert "Vraag hier opvang" in tekst(antwoord)


def test_empty_list_says_what_to_do(client, spelers):
    antwoord = client.get("/aanvraag/lijst/")

    assert antwoord.status_code == 200
    assert "Je lijst is nog leeg" in tekst(antwoord)


@pytest.mark.parametrize(
    ("knop", "wie", "volgorde"),
    [
        ("omhoog", 1, [1, 0, 2]),
        ("omhoog", 0, [0, 1, 2]),
        ("omlaag", 0, [1, 0, 2]),
        ("omlaag", 2, [0, 1, 2]),
        ("verwijder", 1, [0, 2]),
    ],
)
def test_buttons_move_and_remove(client, drie, knop, wie, volgorde):
    pks = [locatie.pk for locatie in drie]

    antwoord = client.post("/aanvraag/lijst/", {"locatie": pks, "actie": f"{knop}-{pks[wie]}"})

    assert (antwoord.status_code, antwoord["Location"]) == (302, "/aanvraag/lijst/")
    assert gekozen(client) == [pks[nr] for nr in volgorde]


def test_dragged_order_is_kept(client, drie):
    pks = [locatie.pk for locatie in drie]

    client.post("/aanvraag/lijst/", {"locatie": pks[::-1], "actie": "volgorde"})

    assert gekozen(client) == pks[::-1]


def test_only_what_was_chosen_can_be_ordered_and_nothing_is_lost(client, drie, spelers):
    pks = [locatie.pk for locatie in drie]
    vreemd = maak_locatie(loket=spelers.loket).pk

    client.post(
        "/aanvraag/lijst/",
        {"locatie": [vreemd, "x", pks[2], pks[2], "9" * 40], "actie": "volgorde"},
    )

    assert gekozen(client) == [pks[2], pks[0], pks[1]]


def test_request_begins_with_the_list(client, drie):
    pks = [locatie.pk for locatie in drie]
    client.post("/aanvraag/lijst/", {"locatie": pks[::-1], "actie": "volgorde"})

    sleutel = begin(client)

    assert concept(sleutel).gegevens["opvang"]["locatie"] == [str(pk) for pk in pks[::-1]]
    assert "Zet ze bij mijn aanvraag" in tekst(client.get("/aanvraag/lijst/"))


def test_list_holds_as_many_as_a_request():
    assert MEESTE_GEKOZEN == MAX_LOCATIES


def test_list_is_reached_from_search_and_location(client, drie):
    zoeken = client.get("/zoeken/")
    plek = client.get(drie[0].get_absolute_url())
    aanvraag = client.get("/aanvraag/")

    assert "3 plekken op mijn lijst" in tekst(zoeken)
    for antwoord in (zoeken, plek, aanvraag):
        assert 'href="/aanvraag/lijst/"' in antwoord.content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_costs_as_many_queries(client, drie, django_assert_num_queries, aantal):
    sessie = client.session
    sessie["gekozen_locaties"] = [locatie.pk for locatie in drie[:aantal]]
    sessie.save()
    client.get("/aanvraag/lijst/")

    with django_assert_num_queries(2):
        client.get("/aanvraag/lijst/")
