"""Side by side: for anybody, without a session; the address says which."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from tests.fabrieken import maak_aanbod, maak_gemeente, maak_locatie, maak_loket
from tests.opvang.views.test_publiek import tekst, titel

pytestmark = pytest.mark.django_db


def kolommen(antwoord) -> list[str]:
    koppen = re.findall(r'role="columnheader">(.*?)</th>', antwoord.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", kop).split()) for kop in koppen]


@pytest.fixture
def vijf():
    return [maak_locatie(f"Opvang {i}", slug=f"opvang-{i}") for i in range(5)]


def test_columns_stand_in_the_order_of_the_address(client, vijf):
    antwoord = client.get("/zoeken/vergelijk/?l=opvang-3&l=opvang-0&l=opvang-3&l=weg")

    assert kolommen(antwoord) == ["Opvang 3", "Opvang 0"]
    assert titel(antwoord).startswith("2 opvangplekken vergelijken")


def test_more_than_four_are_told_and_left_out(client, vijf):
    adres = "/zoeken/vergelijk/?" + "&".join(f"l={een.slug}" for een in vijf)

    antwoord = client.get(adres)

    assert kolommen(antwoord) == ["Opvang 0", "Opvang 1", "Opvang 2", "Opvang 3"]
    assert "We tonen de eerste vier die je koos." in tekst(antwoord)
    assert "Vier plekken" not in tekst(client.get(adres.removesuffix("&l=opvang-4")))


def test_comparison_answers_the_search_that_it_came_from(client):
    nu = timezone.now()
    past = maak_locatie("Past", slug="past", lengtegraad=4.0, breedtegraad=51.0, talen=["nl", "tr"])
    maak_aanbod(past, [2, 2] + [0] * 12, nu=nu)
    mist = maak_locatie("Mist", slug="mist")
    maak_aanbod(mist, [0, 0, 1, 1] + [0] * 10, nu=nu)
    maak_locatie("Stil", slug="stil")

    antwoord = client.get("/zoeken/vergelijk/?dagen=3&bij=51.0,4.02&l=past&l=mist&l=stil")

    woorden = tekst(antwoord)
    assert "Is er plaats? 2 plaatsen vrij Bevestigd vandaag Nu volzet" in woorden
    assert "Niet doorgegeven Nooit bevestigd Dagen" in woorden
    assert "Voor maandag hele dag." in woorden
    assert "1,4 km, ± 6 min fietsen (in vogelvlucht)" in woorden
    assert "Talen Nederlands, Turks Niet doorgegeven Niet doorgegeven" in woorden
    markup = antwoord.content.decode()
    assert 'href="/zoeken/?dagen=3&amp;bij=51.0%2C4.02"' in markup
    assert 'href="/zoeken/vergelijk/?dagen=3&amp;bij=51.0%2C4.02&amp;l=past&amp;l=stil"' in markup
    assert dict(client.session) == {}


def test_nothing_and_one_say_what_to_do(client, vijf):
    leeg = client.get("/zoeken/vergelijk/")
    een = client.get("/zoeken/vergelijk/?l=opvang-1")

    assert titel(leeg).startswith("Opvang vergelijken")
    assert "Je koos nog niets om te vergelijken" in tekst(leeg)
    assert kolommen(een) == ["Opvang 1"]
    assert "Vink er in de lijst nog een aan." in tekst(een)


@pytest.mark.parametrize(
    "vraag", ["l=%00", "l=%F0%9F", "l=" + "x" * 500, "l=../x", "l=%ED%A0%80", "dagen=x&vanaf=x&l=a"]
)
def test_rubbish_is_no_location(client, vijf, vraag):
    antwoord = client.get(f"/zoeken/vergelijk/?{vraag}")

    assert (antwoord.status_code, kolommen(antwoord)) == (200, [])


def test_hidden_location_is_not_compared(client, spelers):
    maak_locatie(
        "Geheim",
        slug="geheim",
        loket=spelers.loket,
        organisator=spelers.egeltjes.organisator,
        zichtbaar=False,
    )
    client.force_login(spelers.farid)

    assert kolommen(client.get("/zoeken/vergelijk/?l=geheim")) == []


def test_list_leads_to_the_comparison_with_its_search(client):
    maak_locatie(gemeente=maak_gemeente("Kontich"), slug="daar")

    antwoord = client.get("/zoeken/?waar=kontich&ver=&soort=groepsopvang&pagina=1&x=y")

    markup = " ".join(antwoord.content.decode().split())
    formulier = markup[markup.index('id="vergelijk" action="/zoeken/vergelijk/"') :]
    assert re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', formulier) == [
        ("waar", "kontich"),
        ("ver", ""),
        ("soort", "groepsopvang"),
    ]
    assert '<input type="checkbox" name="l" value="daar" form="vergelijk">' in markup


@pytest.mark.parametrize("aantal", [1, 4])
def test_comparison_asks_the_same_of_the_database_for_any_number(
    client, django_assert_num_queries, vijf, aantal
):
    maak_loket()
    for locatie in vijf:
        maak_aanbod(locatie, 1, nu=timezone.now())

    # The locations, their periods, the terms, the loket of the frame.
    with django_assert_num_queries(4):
        client.get("/zoeken/vergelijk/?" + "&".join(f"l={een.slug}" for een in vijf[:aantal]))
