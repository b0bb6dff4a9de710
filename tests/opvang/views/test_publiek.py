"""A location's page: for anybody, without JavaScript."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests.fabrieken import maak_aanbod, maak_locatie, maak_loket, maak_vergunning

pytestmark = pytest.mark.django_db


@pytest.fixture
def nu():
    return timezone.now()


def tekst(antwoord) -> str:
    """The words of the page as a reader meets them."""
    kaal = re.sub(r"<(script|style).*?</\1>", " ", antwoord.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", kaal).split())


def bron(antwoord) -> str:
    """The markup with all white space as one space, so that its layout does not matter."""
    return " ".join(antwoord.content.decode().split())


def titel(antwoord) -> str:
    return " ".join(
        re.search(r"<title>(.*?)</title>", antwoord.content.decode(), re.DOTALL)[1].split()
    )


# A location's page


def test_page_of_a_location(client, nu):
    loket = maak_loket(antwoordtermijn=9)
    locatie = maak_locatie(
        "De Egel",
        loket=loket,
        slug="de-egel",
        straat="Kerkstraat",
        huisnummer="1",
        prijssysteem="inkomenstarief",
        talen=["nl", "ar", "qq"],
        ruimere_uren=["Voor7uur"],
        opening_van=dt.time(7),
        opening_tot=dt.time(18, 30),
        inclusief=True,
        telefoon="09 123 45 67",
        email="egel@voorbeeld.test",
        website="https://egel.voorbeeld.test",
        dossiernummer="123456789",
        breedtegraad=51.05,
        lengtegraad=3.72,
        tekst="Bij ons <b>slapen</b> ze goed.",
    )
    maak_vergunning(locatie, 21)
    maak_aanbod(locatie, [2, 2, 1, 0] + [0] * 10, nu=nu, leeftijd_tot=18)

    antwoord = client.get("/opvang/de-egel/")

    markup, woorden = bron(antwoord), tekst(antwoord)
    assert titel(antwoord).startswith("De Egel in ")
    assert "2 plaatsen vrij Bevestigd vandaag De Egel" in woorden
    assert "1–2 nu Voor kinderen van 0 tot 18 maanden." in woorden
    assert 'aria-label="Vrij: maandag hele dag, dinsdag voormiddag"' in markup
    assert "Open Maandag tot en met vrijdag hele dag, van 7.00 tot 18.30 uur" in woorden
    assert "Talen Nederlands, Arabisch, qq" in woorden
    assert "Ook open Voor 7 uur" in woorden
    assert "Hier betaal je volgens je inkomen. Dat heet inkomenstarief." in woorden
    assert "De opvang antwoordt binnen 9 dagen." in woorden
    assert "21 vergund, 21 open" in woorden
    assert 'href="https://www.kinderopvangzoeker.be"' in markup
    assert "Het dossiernummer is 123456789." in woorden
    assert "Bij ons &lt;b&gt;slapen&lt;/b&gt; ze goed." in markup
    assert "mlat=51.050000&amp;mlon=3.720000" in markup
    assert 'href="tel:' in markup


def test_page_of_a_location_that_never_said_anything(client):
    locatie = maak_locatie(prijssysteem="vrije_prijs")

    woorden = tekst(client.get(locatie.get_absolute_url()))

    assert "Niet doorgegeven Nooit bevestigd" in woorden
    assert (
        "Deze opvang gaf nog geen vrije plaatsen door. Er kan dus plaats zijn. Stuur gerust je vraag."
        in woorden
    )
    assert "Hier is er een vaste prijs per dag." in woorden


def test_page_tells_old_full_and_later_apart(client, nu):
    locatie = maak_locatie()
    maak_aanbod(locatie, 0, nu=nu, vanaf=dt.date(2026, 1, 1), tot=dt.date(2031, 9, 1))
    maak_aanbod(
        locatie, 1, nu=nu - dt.timedelta(days=90), vanaf=dt.date(2031, 9, 1), soort="dringend"
    )

    woorden = (
        tekst(client.get(locatie.get_absolute_url())).replace("sept", "sep").replace("sep.", "sep")
    )

    assert "Volzet nu, tot 1 sep 2031" in woorden
    assert "1 vanaf 1 sep 2031 Dringend." in woorden
    assert "Dit is te oud om nog zeker te zijn." in woorden


@pytest.mark.parametrize("prijs", ["inkomenstarief", "vrije_prijs", "gemengd", "onbekend"])
def test_every_price_is_explained(client, prijs):
    woorden = tekst(client.get(maak_locatie(prijssysteem=prijs).get_absolute_url()))

    begin = {
        "inkomenstarief": "Hier betaal je volgens je inkomen.",
        "vrije_prijs": "Hier is er een vaste prijs per dag.",
        "gemengd": "Op een deel van de plaatsen betaal je volgens je inkomen.",
        "onbekend": "We weten niet hoe deze opvang haar prijs bepaalt.",
    }
    assert f"Wat kost het? {begin[prijs]}" in woorden


def test_page_that_does_not_exist_and_hidden_page_are_404(client, spelers):
    maak_locatie(
        "Geheim",
        slug="geheim",
        loket=spelers.loket,
        organisator=spelers.egeltjes.organisator,
        zichtbaar=False,
    )

    assert client.get("/opvang/bestaat-niet/").status_code == 404
    assert client.get("/opvang/geheim/").status_code == 404
    client.force_login(spelers.amina)
    assert client.get("/opvang/geheim/").status_code == 404
    client.force_login(spelers.greet)
    assert client.get("/opvang/geheim/").status_code == 404
    client.force_login(spelers.farid)
    eigen = client.get("/opvang/geheim/")
    assert eigen.status_code == 200
    assert "Deze pagina is verborgen. Ouders vinden ze niet." in tekst(eigen)
    assert 'action="/zoeken/kies/"' not in eigen.content.decode()


def test_page_shows_the_choice(client):
    locatie = maak_locatie()
    client.post("/zoeken/kies/", {"locatie": locatie.pk})

    antwoord = client.get(locatie.get_absolute_url())

    assert "Deze plek staat bij je keuze." in tekst(antwoord)
    assert 'href="/aanvraag/"' in antwoord.content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_page_asks_the_same_of_the_database_for_any_number(
    client, django_assert_num_queries, aantal, nu
):
    locatie = maak_locatie(loket=maak_loket())
    for _ in range(aantal):
        maak_aanbod(locatie, 1, nu=nu)

    # The location, its loket, the terms, its periods, its licence.
    with django_assert_num_queries(5):
        client.get(locatie.get_absolute_url())
