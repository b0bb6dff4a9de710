"""The open figure on the first page."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from rapportage.domain.status import neem, rond_af
from rapportage.snapshot import checksum, naar_json
from tests.fabrieken import NU, VANDAAG, maak_loket
from tests.loket.html import plat
from tests.rapportage.fabrieken import bewaar_voorbeeld, maak_rapport, voorbeeldgegevens

pytestmark = pytest.mark.django_db


def bewaar_met_kinderen(loket, *, peildatum: dt.date, kinderen: int) -> None:
    """Keep a finished report in which the number of children is known: 72 places."""
    voorbeeld = voorbeeldgegevens(peildatum=peildatum)
    dekking = dataclasses.replace(voorbeeld.dekking, kinderen=kinderen)
    gegevens = naar_json(dataclasses.replace(voorbeeld, dekking=dekking))
    rapport = maak_rapport(loket, peildatum=peildatum)
    rond_af(
        rapport.pk,
        neem(rapport.pk, nu=NU),
        gegevens=gegevens,
        checksum=checksum(gegevens),
        codeversie="proef",
        pdf=b"%PDF-1.7",
        nu=NU,
    )


def test_first_page_shows_the_places_of_the_latest_report_with_its_day(client):
    loket = maak_loket()
    bewaar_met_kinderen(loket, peildatum=dt.date(2026, 1, 31), kinderen=100)
    bewaar_met_kinderen(loket, peildatum=VANDAAG, kinderen=200)

    html = plat(client.get("/").content.decode())

    assert '<p class="groot">36,0</p>' in html
    assert "jonger dan 3 jaar, op 2 maart 2026." in html
    assert 'href="/cijfers/"' in html


def test_without_a_finished_report_it_says_what_always_holds(client):
    maak_rapport(maak_loket(), nu=NU)

    html = client.get("/").content.decode()

    assert "Niet elk gezin vindt meteen opvang." in html
    assert 'class="groot"' not in html


def test_unknown_number_of_children_gives_no_figure(client):
    bewaar_voorbeeld(maak_loket())

    assert 'class="groot"' not in client.get("/").content.decode()


def test_figure_of_another_loket_is_not_shown_where_none_is_chosen(client):
    bewaar_met_kinderen(maak_loket(), peildatum=VANDAAG, kinderen=200)
    maak_loket()

    assert 'class="groot"' not in client.get("/").content.decode()


def test_figure_takes_one_query(client, django_assert_num_queries):
    bewaar_met_kinderen(maak_loket(), peildatum=VANDAAG, kinderen=200)

    # The loket, and of its report the part that is shown.
    with django_assert_num_queries(2):
        client.get("/")
