"""The pages that are for everyone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.template.loader import render_to_string
from django.test import Client
from django.views import defaults
from django.views.csrf import csrf_failure

from loket.views.start import komende_maanden
from tests.fabrieken import maak_loket
from tests.loket.html import plat


@pytest.fixture
def wilgenrade(db):
    loket = maak_loket(
        "Lokaal Loket Kinderopvang Wilgenrade",
        openingsuren="maandag tot vrijdag, 9 tot 12 uur",
        adres="Statieplein 4, 9001 Wilgenrade",
        antwoordtermijn=21,
        bewaarmaanden=30,
    )
    loket.telefoon = "09 000 12 34"
    loket.save()
    return loket


def test_home_says_what_it_is_and_offers_three_ways_in(client: Client, wilgenrade):
    html = plat(client.get("/").content.decode())

    assert "<title>Vind opvang voor je kind – Lokaal Loket Kinderopvang Wilgenrade</title>" in html
    assert re.findall(
        r'href="([^"]*)">(Opvang aanvragen|Mijn aanvraag volgen|Ik ben opvang)<', html
    ) == [
        ("/aanvraag/", "Opvang aanvragen"),
        ("/mijn/", "Mijn aanvraag volgen"),
        ("/aanbod/", "Ik ben opvang"),
    ]
    assert "Binnen 21 werkdagen weet je iets." in html


def test_home_searches_without_an_account(client: Client, wilgenrade):
    html = client.get("/").content.decode()

    assert 'action="/zoeken/"' in html
    assert 'name="waar"' in html
    assert 'name="vanaf"' in html


def test_months_to_start_in_begin_with_the_next_one_and_cross_the_year():
    maanden = komende_maanden(dt.date(2026, 11, 23), aantal=3)

    assert maanden == [dt.date(2026, 12, 1), dt.date(2027, 1, 1), dt.date(2027, 2, 1)]
    assert komende_maanden(dt.date(2026, 12, 31), aantal=1) == [dt.date(2027, 1, 1)]


PAGINAS = ["/", "/toegankelijkheid/", "/privacy/"]


@pytest.mark.parametrize("pad", PAGINAS)
def test_page_is_open_has_one_heading_and_the_same_help(client: Client, wilgenrade, pad):
    antwoord = client.get(pad)
    html = antwoord.content.decode()

    assert antwoord.status_code == 200
    assert html.count("<h1") == 1
    assert '<html lang="nl">' in html
    assert '<a class="spring" href="#inhoud">' in html
    assert 'href="tel:+3290001234"><bdi>09 000 12 34</bdi>' in html
    assert "maandag tot vrijdag, 9 tot 12 uur" in html
    assert 'href="/toegankelijkheid/"' in html
    assert 'href="/privacy/"' in html


def test_titles_differ(client: Client, wilgenrade):
    titels = {
        re.search(r"<title>(.*?)</title>", client.get(pad).content.decode())[1] for pad in PAGINAS
    }

    assert len(titels) == 3


@pytest.mark.parametrize(("pad", "aantal"), [("/", 2), ("/toegankelijkheid/", 1), ("/privacy/", 1)])
def test_page_asks_only_whose_loket_it_is(
    client: Client, wilgenrade, pad, aantal, django_assert_num_queries
):
    # The first page also looks for the open figure.
    with django_assert_num_queries(aantal):
        client.get(pad)


@pytest.mark.parametrize("pad", PAGINAS)
def test_page_is_read_only(client: Client, wilgenrade, pad):
    assert client.post(pad).status_code == 405


def test_privacy_names_the_terms_of_this_loket(client: Client, wilgenrade):
    html = client.get("/privacy/").content.decode()

    assert "30 maanden" in html
    assert "14 dagen" in html


def test_help_names_every_loket_where_no_single_one_speaks(client: Client, wilgenrade):
    maak_loket("Loket Elders")

    html = client.get("/").content.decode()

    assert 'href="tel:+3290001234"' in html
    assert 'href="tel:+3290000000"' in html
    assert "Loket Elders" in html


def test_portal_works_before_there_is_a_loket(client: Client, db):
    html = client.get("/").content.decode()

    assert "<title>Vind opvang voor je kind – Lokaal Loket Kinderopvang</title>" in html
    assert 'href="tel:' not in html


# The style page


def test_style_page_is_not_part_of_a_real_portal(client: Client, wilgenrade):
    assert client.get("/stijl/").status_code == 404
    assert 'href="/stijl/"' not in client.get("/").content.decode()


def test_style_page_shows_every_component_in_the_demo(client: Client, wilgenrade, settings):
    settings.DEMO = True

    html = client.get("/stijl/").content.decode()

    for klasse in (
        "knop--gevaar",
        "stand--onbekend",
        "termijn--laat",
        "week--groot",
        "foutlijst",
        "kaart--zet",
    ):
        assert klasse in html
    assert len(re.findall(r'\sid="([^"]+)"', html)) == len(set(re.findall(r'\sid="([^"]+)"', html)))
    assert 'href="/stijl/"' in html


# When something goes wrong


def test_missing_page_says_that_nothing_is_lost(client: Client, wilgenrade):
    antwoord = client.get("/bestaat-niet/")
    html = antwoord.content.decode()

    assert antwoord.status_code == 404
    assert "Deze bladzijde vinden we niet" in html
    assert "Er is niets verloren." in html
    assert "09 000 12 34" in html


def test_refused_page_says_whom_to_ask(rf, wilgenrade):
    antwoord = defaults.permission_denied(rf.get("/"), PermissionDenied())

    assert antwoord.status_code == 403
    assert "Dit kun je niet openen" in antwoord.content.decode()


def test_stale_form_says_what_to_do(rf, wilgenrade):
    antwoord = csrf_failure(rf.post("/"))

    assert antwoord.status_code == 403
    assert "Deze bladzijde stond te lang open" in antwoord.content.decode()


def test_our_own_mistake_needs_no_database_to_say_so(rf):
    # No `db` fixture: a query would fail the test.
    antwoord = defaults.server_error(rf.get("/"))
    html = antwoord.content.decode()

    assert antwoord.status_code == 500
    assert "Er ging iets mis bij ons" in html
    assert "Het ligt niet aan jou." in html
    assert html.count("<h1") == 1


def test_unreadable_request_needs_no_database_either(rf):
    antwoord = defaults.bad_request(rf.get("/"), BadRequest())

    assert antwoord.status_code == 400
    assert "Dit konden we niet lezen" in antwoord.content.decode()


def test_too_many_tries_says_wait():
    assert "Probeer het over een paar minuten opnieuw." in render_to_string("429.html")


def test_error_code_is_named_when_there_is_one():
    assert 'noem code <b class="getal">7F3K</b>' in render_to_string("500.html", {"code": "7F3K"})
