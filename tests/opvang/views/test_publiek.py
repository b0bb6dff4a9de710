"""A location's page: for anybody, without JavaScript."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from PIL import Image

from opvang.domain.nakijken import keur_goed
from opvang.kaartje import BREED, HOOG
from opvang.models import Sluitingsdag
from opvang.workflow import Onderwerp
from tests.fabrieken import maak_aanbod, maak_locatie, maak_loket, maak_vergunning
from tests.opvang.fabrieken_pagina import maak_foto, schrijf

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
    assert "De opvang antwoordt binnen 9 werkdagen." in woorden
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

    assert "Deze plek staat op je lijst." in tekst(antwoord)
    assert 'href="/aanvraag/"' in antwoord.content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_page_asks_the_same_of_the_database_for_any_number(
    client, django_assert_num_queries, aantal, nu
):
    locatie = maak_locatie(loket=maak_loket())
    for i, onderwerp in zip(range(aantal), Onderwerp, strict=False):
        maak_aanbod(locatie, 1, nu=nu)
        maak_foto(locatie, door=None, maten=(320, 320))
        schrijf(locatie, door=None, **{onderwerp.value: "Tekst"})
        begin = timezone.localdate(nu) + dt.timedelta(days=10 * i)
        Sluitingsdag.objects.create(
            locatie=locatie, vanaf=begin, tot=begin + dt.timedelta(days=1), reden="feestdag"
        )

    # The location, its texts, its photos, its loket, the terms, its periods, its licence, its
    # closing days; and of the demand: who waits, and how long others did.
    with django_assert_num_queries(10):
        client.get(locatie.get_absolute_url())


def test_page_answers_in_the_order_of_the_questions(client, spelers, nu):
    schrijf(spelers.egeltjes, door=spelers.farid, dag="Fruit om negen uur.", over="Wij zijn zes.")

    antwoord = client.get(spelers.egeltjes.get_absolute_url())

    koppen = re.findall(r"<h2[^>]*>\s*([^<]*?)\s*</h2>", antwoord.content.decode())
    assert koppen == [
        "Waar is er plaats?",
        "Dagen en uren",
        "Wat kost het?",
        "Waar is het?",
        "Wie is het?",
        "Hoe werken ze?",
        "Hoeveel gezinnen wachten hier?",
        "Goed om te weten",
        "Hier opvang vragen?",
        "Liever met een mens?",
    ]
    woorden = tekst(antwoord)
    assert "Over ons Wij zijn zes. Zo ziet een dag eruit Fruit om negen uur." in woorden
    assert "Er wacht nu niemand op een antwoord of een plaats." in woorden
    assert 'href="/inkomenstarief/"' in antwoord.content.decode()


@pytest.mark.parametrize(
    ("trappen", "zin"),
    [
        ({"plaatsen_t0": 2, "plaatsen_t1": 4, "plaatsen_t2": 9, "plaatsen_t3": 3}, True),
        ({"plaatsen_t2": 18}, False),
        ({"plaatsen_t0": 18}, False),
    ],
)
def test_mixed_prices_are_counted_per_place(client, trappen, zin):
    locatie = maak_locatie(prijssysteem="gemengd")
    maak_vergunning(locatie, 18, **trappen)

    woorden = tekst(client.get(locatie.get_absolute_url()))

    gezegd = "Van alle plaatsen zijn er 12 volgens je inkomen en 6 met een vaste prijs"
    assert (gezegd in woorden) is zin
    assert ("Van alle plaatsen" in woorden) is zin


def test_each_period_says_how_sure_it_is(client, nu):
    locatie = maak_locatie(loket=maak_loket(vers_dagen=10, verborgen_dagen=20))
    for dagen, plaatsen in ((1, 3), (15, 2), (25, 4)):
        maak_aanbod(locatie, plaatsen, nu=nu, laatst_bevestigd=nu - dt.timedelta(days=dagen))

    woorden = tekst(client.get(locatie.get_absolute_url()))

    assert woorden.count("Misschien nog vrij: dit is al even geleden gezegd.") == 1
    assert woorden.count("Dit is te oud om nog zeker te zijn.") == 1


def test_closing_days_ahead_are_told(client, spelers, nu):
    vandaag = timezone.localdate(nu)
    for begin, lengte in ((-10, 5), (-2, 3), (40, 1)):
        Sluitingsdag.objects.create(
            locatie=spelers.egeltjes,
            vanaf=vandaag + dt.timedelta(days=begin),
            tot=vandaag + dt.timedelta(days=begin + lengte),
            reden="vakantie" if lengte > 1 else "studiedag",
        )

    woorden = tekst(client.get(spelers.egeltjes.get_absolute_url()))

    assert woorden.count("tot en met") - woorden.count("Maandag tot en met") == 1
    assert woorden.count("Studiedag van het team") == 1


# What is not approved stays away


@pytest.fixture
def wachtend(spelers):
    """De Egeltjes, with a text and a photo that the loket has not seen."""
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()
    schrijf(spelers.egeltjes, door=spelers.farid, over="Nog niet nagekeken.")
    maak_foto(spelers.egeltjes, door=spelers.farid, alt="Nog niet bekeken")
    return spelers.egeltjes


@pytest.mark.parametrize("wie", ["", "amina", "greet", "dirk", "els", "joke", "farid", "carla"])
def test_nobody_reads_on_the_page_what_is_not_approved(client, spelers, wachtend, wie):
    if wie:
        client.force_login(getattr(spelers, wie))

    html = client.get(wachtend.get_absolute_url()).content.decode()

    assert "Nog niet" not in html
    assert "<img" not in html


def test_photo_is_for_nobody_until_it_is_approved(client, spelers, wachtend):
    foto = wachtend.fotos.get()
    adres = f"/opvang/de-egeltjes/foto/{foto.pk}/"

    for wie in (None, "amina", "greet", "dirk", "joke"):
        if wie:
            client.force_login(getattr(spelers, wie))
        assert client.get(adres).status_code == 404, wie
        assert client.get(f"{adres}klein/").status_code == 404, wie
    for wie in ("farid", "carla"):
        client.force_login(getattr(spelers, wie))
        antwoord = client.get(adres)
        assert (antwoord.status_code, antwoord["Cache-Control"]) == (200, "private, no-store")

    keur_goed(foto, verwachte_versie=1, door=spelers.carla, nu=timezone.now())
    client.logout()
    antwoord = client.get(adres)
    assert antwoord["Content-Type"] == "image/jpeg"
    assert antwoord["Cache-Control"] == "public, max-age=3600"
    assert Image.open(io.BytesIO(antwoord.content)).size == (640, 480)
    zelfde = client.get(adres, headers={"If-None-Match": antwoord["ETag"]})
    assert (zelfde.status_code, zelfde.content) == (304, b"")
    # Under the name of another location it is not there.
    assert client.get(f"/opvang/het-zonnetje/foto/{foto.pk}/").status_code == 404
    assert 'alt="Nog niet bekeken"' in client.get(wachtend.get_absolute_url()).content.decode()

    wachtend.zichtbaar = False
    wachtend.save()
    assert client.get(adres).status_code == 404
    client.force_login(spelers.farid)
    assert client.get(adres)["Cache-Control"] == "private, no-store"


def test_photo_whose_file_is_gone_is_not_there(client, spelers):
    foto = maak_foto(spelers.egeltjes, door=spelers.farid)
    foto.bestand.storage.delete(foto.bestand.name)

    assert client.get(f"/opvang/de-egeltjes/foto/{foto.pk}/").status_code == 404
    assert client.get("/opvang/de-egeltjes/").status_code == 200


# For machines


def gegevens(antwoord) -> dict:
    """The data block, as a machine reads it."""
    html = antwoord.content.decode()
    (blok,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(blok)


def test_machines_read_a_child_care(client, spelers, settings):
    settings.SITE_URL = "https://loket.voorbeeld.test"
    locatie = spelers.egeltjes
    locatie.naam = "De </script><b>Egel</b> & co"
    locatie.opening_van, locatie.opening_tot = dt.time(7), dt.time(18, 30)
    locatie.openingsdagen = 0b11_00_00_00_01  # Monday forenoon, Friday
    locatie.breedtegraad, locatie.lengtegraad = 51.05, 3.72
    locatie.talen = ["nl"]
    locatie.save()
    maak_vergunning(locatie, 18)
    foto = maak_foto(locatie, door=spelers.farid)
    morgen = timezone.localdate() + dt.timedelta(days=1)
    Sluitingsdag.objects.create(
        locatie=locatie, vanaf=morgen, tot=morgen + dt.timedelta(days=2), reden="vakantie"
    )

    antwoord = client.get("/opvang/de-egeltjes/")

    assert "<b>Egel" not in antwoord.content.decode()
    adres = "https://loket.voorbeeld.test/opvang/de-egeltjes/"
    assert gegevens(antwoord) == {
        "@context": "https://schema.org",
        "@type": "ChildCare",
        "@id": adres,
        "url": adres,
        "name": locatie.naam,
        "description": "Groepsopvang (crèche) in Wilgenrade. Prijs niet gekend. "
        "Kijk of er plaats is en vraag opvang aan.",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"Kerkstraat {locatie.huisnummer}",
            "postalCode": "9001",
            "addressLocality": "Wilgenrade",
            "addressCountry": "BE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 51.05, "longitude": 3.72},
        "priceRange": "Prijs niet gekend",
        "knowsLanguage": ["nl"],
        "parentOrganization": {"@type": "Organization", "name": "Egel vzw"},
        "maximumAttendeeCapacity": 18,
        "openingHoursSpecification": {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["Monday", "Friday"],
            "opens": "07:00",
            "closes": "18:30",
        },
        "specialOpeningHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "opens": "00:00",
                "closes": "00:00",
                "validFrom": morgen.isoformat(),
                "validThrough": (morgen + dt.timedelta(days=1)).isoformat(),
            }
        ],
        "image": [f"{adres}foto/{foto.pk}/"],
    }
    html = antwoord.content.decode()
    assert f'<link rel="canonical" href="{adres}">' in html
    assert f'<meta property="og:image" content="{adres}kaart.png">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html


def test_page_of_nothing_but_an_address_is_described_without_empty_words(client):
    locatie = maak_locatie()

    blok = gegevens(client.get(locatie.get_absolute_url()))

    assert blok["image"].endswith(f"/opvang/{locatie.slug}/kaart.png")
    assert not {"geo", "telephone", "email", "sameAs", "knowsLanguage"} & blok.keys()
    assert all(blok.values())


def test_hidden_location_is_for_no_machine(client, spelers):
    maak_foto(spelers.egeltjes, door=spelers.farid)
    spelers.egeltjes.zichtbaar = False
    spelers.egeltjes.save()

    assert client.get("/opvang/de-egeltjes/kaart.png").status_code == 404
    assert "egeltjes" not in client.get("/sitemap.xml").content.decode()
    client.force_login(spelers.farid)
    html = client.get("/opvang/de-egeltjes/").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "ld+json" not in html
    assert "og:" not in html
    # Not even for its own provider: a picture to share has no use.
    assert client.get("/opvang/de-egeltjes/kaart.png").status_code == 404


@pytest.mark.parametrize(
    "naam", ["De Egel", "Onmetelijkelangeopvangnaamzonderspaties" * 3, "W " * 70, "日本 🐻 أطفال"]
)
def test_picture_to_share_is_drawn_for_any_name(client, spelers, naam):
    spelers.egeltjes.naam = naam[:150]
    spelers.egeltjes.save()
    zonder = client.get("/opvang/de-egeltjes/kaart.png")
    maak_foto(spelers.egeltjes, door=spelers.farid)

    met = client.get("/opvang/de-egeltjes/kaart.png")

    for antwoord in (zonder, met):
        assert antwoord["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(antwoord.content)).size == (BREED, HOOG)
    assert zonder["ETag"] != met["ETag"]
    weer = client.get("/opvang/de-egeltjes/kaart.png", headers={"If-None-Match": met["ETag"]})
    assert weer.status_code == 304


@pytest.mark.parametrize("aantal", [1, 3])
def test_sitemap_lists_the_public_pages_in_one_query(
    client, settings, django_assert_num_queries, aantal
):
    settings.SITE_URL = "https://loket.voorbeeld.test"
    locaties = [maak_locatie() for _ in range(aantal)]
    maak_locatie(zichtbaar=False)

    with django_assert_num_queries(2):  # count, and list
        antwoord = client.get("/sitemap.xml")

    ruimte = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    adressen = [loc.text for loc in ET.fromstring(antwoord.content).iter(f"{ruimte}loc")]  # noqa: S314
    assert adressen == [
        f"https://loket.voorbeeld.test{pad}"
        for pad in (
            "/",
            "/zoeken/",
            "/inkomenstarief/",
            *(locatie.get_absolute_url() for locatie in locaties),
        )
    ]


def test_robots_know_the_map_and_stay_out_of_work(client, settings):
    settings.SITE_URL = "https://loket.voorbeeld.test"

    antwoord = client.get("/robots.txt")

    regels = antwoord.content.decode().splitlines()
    assert antwoord["Content-Type"] == "text/plain; charset=utf-8"
    assert regels[0] == "User-agent: *"
    assert regels[-1] == "Sitemap: https://loket.voorbeeld.test/sitemap.xml"
    assert "Disallow: /mijn/" in regels
    assert "Disallow: /opvang/" not in regels


# For the question that somebody came with


def test_search_leads_to_the_answer_for_these_days(client, nu):
    gemeente = maak_loket().gemeenten.get()
    locatie = maak_locatie("De Egel", gemeente=gemeente)
    maak_aanbod(locatie, [3, 3, 2, 0] + [1] * 2 + [0] * 8, nu=nu)

    zoeken = client.get("/zoeken/", {"dagen": ["ma-vm", "ma-nm", "di-vm", "di-nm"]})
    adres = re.search(rf'href="({locatie.get_absolute_url()}[^"]*)"', zoeken.content.decode())[1]
    assert adres == f"{locatie.get_absolute_url()}?dagen=15"
    woorden = tekst(client.get(adres))
    assert "Niet op al je dagen" in woorden
    assert "Voor jouw vraag Niet op al je dagen Voor maandag en dinsdag hele dag." in woorden

    past = tekst(client.get(locatie.get_absolute_url(), {"dagen": "3"}))
    assert "Voor jouw vraag 3 plaatsen vrij Voor maandag hele dag." in past
    ander = tekst(client.get(locatie.get_absolute_url(), {"vanaf": "2020-01-01"}))
    assert "Voor jouw vraag Niet doorgegeven Vanaf woensdag 1 januari 2020." in ander


@pytest.mark.parametrize(
    "vraag",
    [
        {},
        {"dagen": ""},
        {"dagen": "99999999999999999999"},
        {"vanaf": "gisteren", "leeftijd": "-1", "opvang": "x"},
        {"dagen": "\0", "vanaf_dag": "9" * 300},
        {"bij": "51.0,3.7", "waar": "Elders"},
    ],
)
def test_junk_in_the_address_asks_nothing(client, vraag):
    antwoord = client.get(maak_locatie().get_absolute_url(), vraag)

    assert antwoord.status_code == 200
    assert "Voor jouw vraag" not in tekst(antwoord)
