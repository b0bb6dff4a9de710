"""The page about the price: an estimate with its steps, nothing kept, and no amount without a table."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from loket.models import Gebeurtenis
from opvang.forms.tarief import GeldVeld
from opvang.models import Kinderopvangtoeslag, Tariefhulpsoort
from tests.fabrieken import maak_loket
from tests.opvang.fabrieken_tarief import maak_hulp, maak_tabel
from tests.opvang.views.test_publiek import bron, tekst, titel

pytestmark = pytest.mark.django_db

PAD = "/inkomenstarief/"
#: As `tekst` reads it: every white space is one space.
E = "€ "


@pytest.fixture(autouse=True)
def _nu():
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def tabel():
    return maak_tabel()


def velden(**meer):
    return {
        "inkomen": "32.000",
        "periode": "jaar",
        "kinderen_30": "0",
        "kinderen_144": "0",
        **meer,
    }


# With a table


def test_estimate_shows_amount_steps_and_source(client, tabel):
    antwoord = client.post(PAD, velden(kinderen_30="1", kinderen_144="1", meerling="on"))

    woorden = tekst(antwoord)
    assert antwoord.status_code == 200
    assert f"Jullie betalen ongeveer {E}7,30 per hele dag" in woorden
    assert f"Inkomen van {E}32.000,00 per jaar, maal 0,0004 {E}12,80" in woorden
    assert f"Vermindering voor 1 ander kind: {E}3,50 {E}9,30" in woorden
    assert f"Vermindering voor een tweeling of meerling: {E}2,00 {E}7,30" in woorden
    assert "1 kind telt niet mee voor de prijs" in woorden
    assert "jonger dan 30 maanden" in woorden
    assert "Alleen je attest telt" in woorden
    assert (
        "Bedragen: Verzonnen voor een test ( bekijk de bron ). Ze gelden vanaf 1 jan 2026."
        in woorden
    )
    assert titel(antwoord).startswith("Je raming: wat kost opvang?")


def test_week_and_month_follow_from_the_chosen_days(client, tabel):
    dagen = ["ma-vm", "ma-nm", "di-vm", "di-nm", "do-vm"]

    woorden = tekst(client.post(PAD, velden(dagen=dagen)))

    # 2 x 12,80 and once 60 %: 7,68; a month is 52/12 of that.
    assert f"Per week {E}33,28" in woorden
    assert f"Per maand, gemiddeld {E}144,21" in woorden
    assert "Minstens 10,8; de opvang rondt af" in woorden
    assert f"Minder dan 5 uur 60&nbsp;% {E}7,68" in woorden
    assert f"5 tot 11 uur 100&nbsp;% {E}12,80" in woorden
    assert f"mag aanbieden 160&nbsp;% {E}20,48" in woorden
    assert "40&nbsp;%" not in woorden


def test_month_income_is_turned_into_a_year(client, tabel):
    woorden = tekst(client.post(PAD, velden(inkomen="2000", periode="maand")))

    assert f"Van maand naar jaar: {E}2.000,00 maal 12 {E}24.000,00" in woorden
    assert f"ongeveer {E}9,60 per hele dag" in woorden


def test_above_the_brackets_the_steps_are_told(client, tabel):
    woorden = tekst(client.post(PAD, velden(inkomen="78000,01")))

    assert (
        f"Inkomen boven {E}70.000,00 per jaar: {E}0,50 erbij per begonnen {E}4.000,00, 3 keer"
        in woorden
    )
    assert f"ongeveer {E}29,50 per hele dag" in woorden


def test_low_income_is_told_as_perhaps_less(client):
    maak_tabel(laag_inkomen_onder="20000", laag_inkomen_korting="0.25")

    woorden = tekst(client.post(PAD, velden(inkomen="18000")))

    assert f"ongeveer {E}7,20 per hele dag" in woorden
    assert f"nog wat minder zijn, tot {E}6,95 per dag" in woorden


def test_start_before_the_new_age_rule_counts_older_children(client):
    maak_tabel(vanaf=dt.date(2025, 1, 1))
    start = {"vanaf_dag": "1", "vanaf_maand": "9", "vanaf_jaar": "2025"}

    woorden = tekst(client.post(PAD, velden(kinderen_144="2", **start)))

    assert f"2 keer {E}3,50" in woorden
    assert "niet mee voor de prijs" not in woorden


def test_first_look_asks_and_shows_no_amount_of_a_family(client, tabel):
    antwoord = client.get(PAD)

    woorden = tekst(antwoord)
    assert "Jullie betalen ongeveer" not in woorden
    assert f"Een dag kost minstens {E}6,00 en hoogstens {E}35,00" in woorden
    assert "Hoeveel andere kinderen jonger dan 30 maanden heb je ten laste?" in woorden
    assert "Hoeveel andere kinderen van 30 maanden tot 12 jaar heb je ten laste?" in woorden
    assert "minstens 18 per jaar" in woorden


# Nothing is kept


def test_income_comes_into_no_address_log_session_or_database(client, tabel, caplog):
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        antwoord = client.post(PAD, velden(inkomen="43219,87"))

    assert antwoord.status_code == 200
    assert "43219" not in caplog.text
    assert not [v for v in vragen if re.search(r"43219|INSERT|UPDATE", v["sql"])]
    assert "sessie" not in client.cookies
    assert "no-store" in antwoord["Cache-Control"]
    assert 'method="post"' in bron(antwoord)
    assert Gebeurtenis.objects.filter(werkwoord__contains="tarief").count() == 1  # the table


def test_income_in_the_address_is_not_read(client, tabel):
    antwoord = client.get(PAD, {"inkomen": "43219"})

    assert "43219" not in antwoord.content.decode()
    assert "Jullie betalen" not in tekst(antwoord)


# Without a table


def test_without_a_table_there_is_no_amount_but_a_way_on(client):
    antwoord = client.get(PAD)

    woorden = tekst(antwoord)
    assert antwoord.status_code == 200
    assert "We kennen de bedragen van nu niet" in woorden
    assert "€" not in woorden
    assert "<form" not in bron(antwoord).split("<main")[1].split("</main>")[0]
    assert 'href="https://www.opgroeien.be"' in bron(antwoord)


def test_day_outside_the_table_gives_no_amount(client):
    maak_tabel(tot=dt.date(2027, 1, 1))
    start = {"vanaf_dag": "1", "vanaf_maand": "januari", "vanaf_jaar": "2027"}

    antwoord = client.post(PAD, {"inkomen": "32000", **start})

    woorden = tekst(antwoord)
    assert antwoord.status_code == 200
    assert "Voor 1 jan 2027 kennen we de bedragen niet" in woorden
    assert "€" not in woorden


def test_example_that_nobody_checked_gives_no_amount(client):
    call_command("tarieftabel", "niet_nagekeken", "--schrijf", verbosity=0)

    assert "€" not in tekst(client.get(PAD))


# Mistakes


@pytest.mark.parametrize(
    ("meer", "melding"),
    [
        ({"inkomen": ""}, "Vul jullie inkomen in."),
        ({"inkomen": "veel"}, "Schrijf het bedrag met cijfers"),
        ({"inkomen": "-5"}, "Schrijf het bedrag met cijfers"),
        ({"inkomen": "1\x002"}, "Schrijf het bedrag met cijfers"),
        ({"inkomen": "٣٢٠٠٠"}, "Schrijf het bedrag met cijfers"),
        ({"inkomen": "1e9"}, "Schrijf het bedrag met cijfers"),
        ({"inkomen": "9" * 5000}, "Dit bedrag is te hoog"),
        ({"inkomen": "99999999"}, "Dit bedrag is te hoog"),
        ({"kinderen_30": "16"}, "Vul een getal in van 0 tot 15."),
        ({"kinderen_30": "9" * 5000}, "Vul een getal in van 0 tot 15."),
        ({"kinderen_144": "-1"}, "Vul een getal in van 0 tot 15."),
        ({"periode": "eeuw"}, "Selecteer een geldige keuze"),
        ({"vanaf_dag": "31", "vanaf_maand": "2", "vanaf_jaar": "2027"}, "Deze dag bestaat niet"),
        ({"dagen": ["xx"]}, ""),
    ],
)
def test_mistake_is_told_and_nothing_typed_is_lost(client, tabel, meer, melding):
    antwoord = client.post(PAD, velden(meerling="on", **meer))

    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)
    assert titel(antwoord).startswith("Fout: ")
    assert re.search(r'name="meerling"[^>]*checked', bron(antwoord))
    if "inkomen" not in meer:
        assert 'value="32.000"' in bron(antwoord)


def test_other_start_with_other_ages_asks_again_instead_of_counting_none(client):
    maak_tabel(vanaf=dt.date(2026, 1, 1))
    maak_tabel(vanaf=dt.date(2027, 1, 1), kind_tot_maanden=36, nieuwe_start_tot_maanden=24)
    start = {"vanaf_dag": "1", "vanaf_maand": "2", "vanaf_jaar": "2027"}

    antwoord = client.post(PAD, velden(kinderen_30="2", **start))

    assert antwoord.status_code == 422
    assert "Hoeveel andere kinderen jonger dan 2 jaar" in tekst(antwoord)
    assert "Vul in hoeveel kinderen, 0 mag ook." in tekst(antwoord)


def test_half_a_character_is_a_mistake_too(client, tabel):
    antwoord = client.post(
        PAD, b"inkomen=%ED%A0%80", content_type="application/x-www-form-urlencoded"
    )

    assert antwoord.status_code == 422


@pytest.mark.parametrize(
    ("getypt", "bedrag"),
    [
        ("32500", "32500"),
        ("32.500", "32500"),
        ("€ 32 500,5", "32500.5"),
        ("1.234.567,89", "1234567.89"),
        ("32500.55", "32500.55"),
        ("0", "0"),
    ],
)
def test_amount_is_read_as_people_write_it(getypt, bedrag):
    assert str(GeldVeld().clean(getypt)) in {bedrag, f"{bedrag}.0"}


# Free price, and help


def test_toeslag_is_named_only_with_a_sourced_amount_of_today(client):
    assert "groeipakket.be" in tekst(client.get(PAD))
    Kinderopvangtoeslag.objects.create(
        vanaf=dt.date(2026, 1, 1),
        bedrag="3.01",
        bron="Verzonnen",
        bron_url="https://voorbeeld.test/toeslag",
        actief=True,
    )

    antwoord = client.get(PAD)

    assert f"Dat is {E}3,01 per dag sinds 1 jan 2026. Bron: Verzonnen" in tekst(antwoord)
    assert 'href="https://voorbeeld.test/toeslag"' in bron(antwoord)


def test_help_is_shown_only_where_it_exists(client):
    loket = maak_loket("Loket Wilgenrade", slug="wilgenrade")
    maak_hulp(loket, soort=Tariefhulpsoort.VERMINDERD, uitleg="Het OCMW kijkt mee.")
    maak_hulp(loket, uitleg="Dit bestond vroeger.", tot=dt.date(2026, 11, 25))
    maak_hulp(loket, uitleg="Dit staat nog uit.", actief=False)

    woorden = tekst(client.get(PAD))

    assert "Dit bestaat bij Loket Wilgenrade." in woorden
    assert "Individueel verminderd tarief Het OCMW kijkt mee." in woorden
    assert "minstens 20 % lager" in woorden
    assert "Dit bestond vroeger." not in woorden
    assert "Dit staat nog uit." not in woorden


def test_with_several_lokets_the_visitor_chooses(client):
    een, ander = maak_loket("Loket Een", slug="een"), maak_loket("Loket Ander", slug="ander")
    maak_loket("Loket zonder hulp")
    maak_hulp(een, uitleg="Hulp van een.")
    maak_hulp(ander, uitleg="Hulp van ander.")

    keuze = bron(client.get(PAD))
    gekozen = tekst(client.get(PAD, {"loket": "ander"}))

    assert '<option value="een">Loket Een</option>' in keuze
    assert "Loket zonder hulp" not in keuze.split("<main")[1].split("</main>")[0]
    assert "Hulp van ander." in gekozen
    assert "Hulp van een." not in gekozen


@pytest.mark.parametrize("slug", ["\x00", "bestaat-niet", "x" * 3000, "\ud800", "a b"])
def test_strange_loket_is_ignored(client, slug):
    maak_hulp(maak_loket())
    maak_loket()

    assert client.get(PAD, {"loket": slug.encode("utf-8", "surrogatepass")}).status_code == 200


def test_number_of_queries_does_not_grow(client, tabel):
    loket = maak_loket()

    def vragen():
        with CaptureQueriesContext(connection) as geteld:
            client.get(PAD)
        return len(geteld)

    maak_hulp(loket)
    een = vragen()
    for _ in range(3):
        maak_hulp(loket)

    assert vragen() == een


def test_filters_write_numbers_as_people_do():
    sjabloon = Template(
        "{% load tarief %}{{ a|euro }}|{{ b|getal }}|{{ c|leeftijd }}|{{ d|leeftijd }}|{{ leeg|euro }}"
    )

    assert (
        sjabloon.render(Context({"a": 1234.5, "b": "0.00038500", "c": 30, "d": 144, "leeg": None}))
        == "€\u00a01.234,50|0,000385|30 maanden|12 jaar|"
    )
