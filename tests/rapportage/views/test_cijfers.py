"""The open figures: for everybody, and only what concerns supply and totals."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fabrieken import NU, VANDAAG, maak_loket
from tests.rapportage.fabrieken import bewaar_voorbeeld, maak_rapport

pytestmark = pytest.mark.django_db


def test_without_a_report_the_page_says_when_there_will_be_figures(client):
    maak_rapport(maak_loket())

    html = client.get("/cijfers/").content.decode()

    assert "Er zijn nog geen cijfers" in html
    assert "zodra het eerste rapport klaar is" in html


def test_the_latest_report_is_shown_without_an_account(client):
    loket = maak_loket()
    bewaar_voorbeeld(loket, peildatum=dt.date(2026, 1, 31), nu=NU + dt.timedelta(days=3))
    bewaar_voorbeeld(loket, peildatum=VANDAAG)
    maak_rapport(loket, peildatum=VANDAAG + dt.timedelta(days=1), nu=NU + dt.timedelta(days=2))

    antwoord = client.get("/cijfers/")

    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Stand op 2 maart 2026." in html
    assert '<p class="cijfer__getal">72</p>' in html
    assert '<p class="cijfer__getal">18</p>' in html


def test_the_open_part_holds_no_wijken_and_no_subcategories(client):
    bewaar_voorbeeld(maak_loket())

    html = client.get("/cijfers/").content.decode()

    assert "Veldwijk" not in html
    assert "Dringende opvang" not in html
    assert "Tekort" not in html
    assert "/rapporten/" not in html


def test_with_several_lokets_one_is_chosen(client):
    een, twee = (
        maak_loket("Loket Aadorp", slug="aadorp"),
        maak_loket("Loket Beedorp", slug="beedorp"),
    )
    bewaar_voorbeeld(een, gemeenten=("Aadorp",))
    bewaar_voorbeeld(twee, gemeenten=("Beedorp",))

    keuze = client.get("/cijfers/").content.decode()
    gekozen = client.get("/cijfers/", {"loket": "beedorp"}).content.decode()

    assert "Kies een loket" in keuze
    assert "Kinderopvang in" not in keuze
    assert "<h1>Kinderopvang in Beedorp</h1>" in gekozen
    assert 'href="/cijfers/?loket=beedorp" aria-current="page"' in " ".join(gekozen.split())


def test_an_unknown_loket_gives_the_choice(client):
    bewaar_voorbeeld(maak_loket())
    bewaar_voorbeeld(maak_loket())

    assert "Kies een loket" in client.get("/cijfers/", {"loket": "bestaat-niet"}).content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_of_lokets_takes_the_same_queries(client, aantal, django_assert_num_queries):
    for nr in range(aantal):
        bewaar_voorbeeld(maak_loket(slug=f"loket-nummer-{nr}"))

    with django_assert_num_queries(2):
        client.get("/cijfers/", {"loket": "loket-nummer-0"})
