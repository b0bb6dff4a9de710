"""The pages around an alert: what they ask, what they tell nobody, and that only a button acts."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from loket.models import Bericht
from opvang.domain.meldlink import bevestig_url, stop_url
from opvang.models import Melding
from opvang.views import meldingen as views
from opvang.workflow import Meldingsoort, Meldingstatus
from tests.fabrieken import maak_aanbod, maak_gemeente, maak_locatie, maak_loket
from tests.opvang.fabrieken_schuif import AMINA, maak_melding, maak_weekmelding

pytestmark = pytest.mark.django_db

VRAAG = reverse("opvang:melding")
GEVRAAGD = reverse("opvang:melding_gevraagd")
ZOEK = "?waar=Wilgenrade&dagen=3"


@pytest.fixture(autouse=True)
def lege_rem():
    cache.clear()


@pytest.fixture
def loket():
    loket = maak_loket(
        "Loket Wilgenrade", gemeenten=[maak_gemeente("Wilgenrade")], slug="wilgenrade"
    )
    maak_locatie(loket=loket)
    return loket


@pytest.fixture
def melding(loket):
    return maak_melding(nu=timezone.now(), actief=False)


def pad(url: str) -> str:
    return re.sub(r"^https?://[^/]+", "", url)


def status_van(melding) -> str:
    melding.refresh_from_db()
    return melding.status


# Asking


def test_the_page_says_what_was_searched_and_asks_one_thing(client, loket):
    antwoord = client.get(VRAAG + ZOEK)

    assert antwoord.context["wat"] == ["in Wilgenrade", "maandag hele dag"]
    assert list(antwoord.context["form"].fields) == ["email"]
    assert "no-store" in antwoord["Cache-Control"]


def test_asking_leads_to_the_page_that_says_what_comes_next(client, loket):
    antwoord = client.post(VRAAG + ZOEK, {"email": "Amina@Voorbeeld.test"})

    assert (antwoord.status_code, antwoord.url) == (302, GEVRAAGD + ZOEK)
    assert client.get(antwoord.url).context["terug"] == reverse("opvang:zoeken") + ZOEK
    melding = Melding.objects.get()
    assert (melding.email, melding.vraag) == (AMINA, {"waar": "Wilgenrade", "rooster_masker": 3})


def test_nobody_learns_whether_an_address_is_known(client, loket):
    maak_melding(email="bekend@voorbeeld.test", nu=timezone.now(), rooster_masker=3)
    vol = "vol@voorbeeld.test"
    for maanden in range(10):
        maak_melding(email=vol, nu=timezone.now(), actief=False, leeftijd_maanden=maanden)

    antwoorden = [
        client.post(VRAAG + ZOEK, {"email": adres})
        for adres in ("nieuw@voorbeeld.test", "bekend@voorbeeld.test", vol)
    ]

    assert {(een.status_code, een.url) for een in antwoorden} == {(302, GEVRAAGD + ZOEK)}
    paginas = {
        re.sub(r"csrfmiddlewaretoken.{0,200}", "", client.get(een.url).content.decode())
        for een in antwoorden
    }
    assert len(paginas) == 1
    assert not any(adres in paginas.pop() for adres in (vol,))


@pytest.mark.parametrize(
    ("email", "fout"),
    [
        ("", "Vul je e-mailadres in."),
        ("amina", "Schrijf het e-mailadres zoals naam@voorbeeld.be."),
        ("amina@voorbeeld\x00.test", None),
        ("amïna@voorbeeld.test", None),
        ("a" * 300 + "@voorbeeld.test", None),
    ],
)
def test_a_wrong_address_is_told_and_kept(client, loket, email, fout):
    antwoord = client.post(VRAAG + ZOEK, {"email": email})

    assert antwoord.status_code == 422
    fouten = antwoord.context["form"].errors["email"]
    assert fout is None or fouten == [fout]
    assert Melding.objects.count() == 0


@pytest.mark.parametrize(
    "zoek",
    ["", "?bij=51.000,4.000&ver=5", "?waar=xyzzyxyzzy", "?waar=%00", "?waar=%ED%A0%80"],
    ids=["overal", "waar ik sta", "onbekend", "nul", "half teken"],
)
def test_a_search_that_is_not_kept_asks_for_a_place_first(client, loket, zoek):
    antwoord = client.get(VRAAG + zoek)

    assert antwoord.status_code == 200
    assert antwoord.templates[0].name == "opvang/meldingen/kan_niet.html"
    assert client.post(VRAAG + zoek, {"email": AMINA}).status_code == 422
    assert Melding.objects.count() == 0


def test_the_other_questions_are_kept_when_a_place_is_asked(client, loket):
    antwoord = client.get(f"{VRAAG}?bij=51.000,4.000&ver=5&dagen=3&soort=groepsopvang")

    velden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', antwoord.content.decode())
    assert velden == [("ver", "5"), ("dagen", "3"), ("soort", "groepsopvang")]
    assert "51.0" not in antwoord.content.decode()


@pytest.mark.parametrize(
    "zoek", ["&dagen=99999999999", "&vanaf=1-1-1", "&talen=" + "x" * 500, "&leeftijd=-3", "&ver=x"]
)
def test_junk_in_the_address_is_left_out_or_refused(client, loket, zoek):
    antwoord = client.post(VRAAG + "?waar=Wilgenrade" + zoek, {"email": AMINA})

    assert antwoord.status_code in {302, 422}
    assert [melding.vraag for melding in Melding.objects.all()] in ([{"waar": "Wilgenrade"}], [])


def test_one_network_can_not_ask_without_end(client, loket, monkeypatch):
    monkeypatch.setattr(views, "VRAGEN_PER_UUR_PER_IP", 2)

    statussen = [
        client.post(VRAAG + ZOEK, {"email": f"ouder{n}@voorbeeld.test"}).status_code
        for n in range(3)
    ]

    assert statussen == [302, 302, 422]
    assert Melding.objects.count() == 2


def test_asking_needs_the_token_of_the_form(loket):
    assert Client(enforce_csrf_checks=True).post(VRAAG + ZOEK, {"email": AMINA}).status_code == 403


def test_half_a_character_is_a_wrong_address(client, loket):
    antwoord = client.post(
        VRAAG + ZOEK,
        "email=%ED%A0%80@voorbeeld.test",
        content_type="application/x-www-form-urlencoded",
    )

    assert antwoord.status_code == 422


# The weekly list


def test_the_list_of_a_loket_can_be_followed(client, loket):
    adres = reverse("opvang:vrij_mail", args=["wilgenrade"])

    assert client.get(adres).status_code == 200
    assert client.post(adres, {"email": "x"}).status_code == 422
    assert client.post(adres, {"email": AMINA}).url == GEVRAAGD
    melding = Melding.objects.get()
    assert (melding.soort, melding.loket, melding.vraag) == (Meldingsoort.WEEKLIJST, loket, {})
    assert client.get(reverse("opvang:vrij_mail", args=["elders"])).status_code == 404


# Confirm and stop


@pytest.mark.parametrize("methode", ["get", "head"])
def test_opening_a_link_changes_nothing(client, melding, methode):
    for url in (bevestig_url(melding), stop_url(melding.pk)):
        assert getattr(client, methode)(pad(url)).status_code == 200
        assert status_van(melding) == Meldingstatus.WACHT


def test_the_button_confirms_and_pressing_twice_is_fine(melding):
    client = Client(enforce_csrf_checks=True)
    adres = pad(bevestig_url(melding))

    for _ in range(2):
        assert (client.post(adres).status_code, status_van(melding)) == (302, Meldingstatus.ACTIEF)

    na = client.get(adres)
    assert "<form method" not in na.content.decode()
    assert na["Referrer-Policy"] == "no-referrer"
    assert na["X-Robots-Tag"] == "noindex, nofollow"


def test_a_mail_program_stops_with_one_click_of_its_own(melding):
    """RFC 8058: a POST with this body, without a cookie, a token or a referrer."""
    client = Client(enforce_csrf_checks=True)

    antwoord = client.post(
        pad(stop_url(melding.pk)),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "null"},
    )

    assert (antwoord.status_code, status_van(melding)) == (302, Meldingstatus.GESTOPT)
    assert client.get(antwoord.url).status_code == 200


def test_after_stopping_the_old_link_to_confirm_does_nothing(client, melding):
    client.post(pad(stop_url(melding.pk)))

    assert client.post(pad(bevestig_url(melding))).status_code == 404
    assert status_van(melding) == Meldingstatus.GESTOPT
    assert "<form method" not in client.get(pad(bevestig_url(melding))).content.decode()


@pytest.mark.parametrize("naam", ["opvang:melding_bevestig", "opvang:melding_stop"])
@pytest.mark.parametrize("token", ["x", "a:b:c", "\x00", "ﬀ", "x" * 2000])
def test_a_link_that_is_forged_or_gone_is_a_page_with_a_way_out(client, loket, naam, token):
    for methode in (client.get, client.post):
        antwoord = methode(reverse(naam, args=[token]))
        assert antwoord.status_code == 404
        assert antwoord.templates[0].name == "opvang/meldingen/onbekend.html"


def test_a_link_of_a_melding_that_was_thrown_away(client, melding):
    adres = pad(stop_url(melding.pk))
    melding.delete()

    assert client.get(adres).status_code == client.post(adres).status_code == 404


def test_a_weekly_list_has_its_own_words(client, loket):
    melding = maak_weekmelding(loket, nu=timezone.now(), actief=False)

    pagina = client.get(pad(bevestig_url(melding)))

    assert "Ja, mail me elke donderdag" in pagina.content.decode()
    assert pagina.context["terug"].endswith("/zoeken/vrij/wilgenrade/")


def test_a_stored_search_that_can_not_be_read_still_can_be_stopped(client, melding):
    Melding.objects.update(vraag={"waar": 5})
    adres = pad(stop_url(melding.pk))

    assert client.get(adres).status_code == 200
    assert client.post(adres).status_code == 302
    assert status_van(melding) == Meldingstatus.GESTOPT


# From the search


def test_the_search_offers_to_mail_and_keeps_what_was_asked(client, loket):
    maak_aanbod(maak_locatie(loket=loket))

    pagina = client.get(reverse("opvang:zoeken") + ZOEK + "&pagina=1").content.decode()

    assert f'href="{VRAAG}?waar=Wilgenrade&amp;dagen=3"' in pagina
    assert VRAAG not in client.get(reverse("opvang:zoeken")).content.decode()
    assert VRAAG not in client.get(reverse("opvang:zoeken") + "?waar=xyzzyxyzzy").content.decode()


def test_the_address_stands_on_no_page_and_in_no_other_mail(client, melding):
    for url in (bevestig_url(melding), stop_url(melding.pk)):
        assert AMINA not in client.get(pad(url)).content.decode()
    assert {bericht.aan for bericht in Bericht.objects.all()} == {AMINA}
