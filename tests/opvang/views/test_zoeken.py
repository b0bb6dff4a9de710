"""Search and choosing: for anybody, without JavaScript."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests.fabrieken import maak_aanbod, maak_gemeente, maak_locatie, maak_loket
from tests.opvang.views.test_publiek import bron, tekst, titel

pytestmark = pytest.mark.django_db


@pytest.fixture
def nu():
    return timezone.now()


def kaarten(antwoord) -> list[str]:
    return re.findall(
        r'<h2 class="h3" id="naam-\d+">\s*<a href="[^"]*">([^<]*)</a>', bron(antwoord)
    )


# Search


@pytest.mark.parametrize("aantal", [1, 3, 30])
def test_search_asks_the_same_of_the_database_for_any_number(
    client, django_assert_num_queries, aantal, nu
):
    loket = maak_loket()
    for _ in range(aantal):
        maak_aanbod(maak_locatie(loket=loket), 1, nu=nu)

    # Terms, counts, one page of locations, their periods, names to complete, the loket of the frame.
    with django_assert_num_queries(6):
        antwoord = client.get("/zoeken/")

    assert len(kaarten(antwoord)) == min(aantal, 20)


def test_search_says_four_things_about_room(client, nu):
    gemeente = maak_gemeente("Wilgenrade")
    maak_loket(gemeenten=[gemeente])
    maak_aanbod(maak_locatie("A vrij", gemeente=gemeente), 2, nu=nu)
    maak_aanbod(maak_locatie("B misschien", gemeente=gemeente), 1, nu=nu - dt.timedelta(days=40))
    maak_aanbod(maak_locatie("C vol", gemeente=gemeente), 0, nu=nu)
    maak_locatie("D onbekend", gemeente=gemeente)
    maak_aanbod(maak_locatie("E vergeten", gemeente=gemeente), 1, nu=nu - dt.timedelta(days=90))

    antwoord = client.get("/zoeken/", {"waar": "wilgenrade"})

    assert titel(antwoord).startswith("5 opvangplekken in Wilgenrade")
    assert kaarten(antwoord) == ["A vrij", "B misschien", "C vol", "D onbekend", "E vergeten"]
    woorden = tekst(antwoord)
    assert "Bij 1 plek is er nu plaats." in woorden
    assert "2 plaatsen vrij A vrij" in woorden
    assert "Misschien plaats B misschien" in woorden
    assert "Nu volzet C vol" in woorden
    assert "Niet doorgegeven D onbekend" in woorden
    assert (
        "Deze opvang gaf nog geen vrije plaatsen door. Er kan dus plaats zijn. Nooit bevestigd"
        in woorden
    )
    assert "Niet doorgegeven E vergeten" in woorden
    assert (
        "Deze opvang liet al lang niets weten. Er kan dus plaats zijn. Bevestigd 3 maanden geleden"
        in woorden
    )
    assert "Op naam, van a tot z. Het loket geeft niemand voorrang." in woorden


def test_search_shows_the_free_week_against_the_asked_one(client, nu):
    locatie = maak_locatie("De Egel")
    maak_aanbod(locatie, [3, 3, 2, 0] + [1] * 2 + [0] * 8, nu=nu)

    heel = client.get("/zoeken/", {"dagen": ["ma-vm", "ma-nm"]})
    deels = client.get("/zoeken/", {"dagen": ["ma-vm", "ma-nm", "di-vm", "di-nm"]})
    niet = client.get("/zoeken/?dagen=3072")

    assert "3 plaatsen vrij De Egel" in tekst(heel)
    assert (
        'aria-label="Past op al je dagen: maandag hele dag. '
        'Ook vrij: woensdag hele dag, dinsdag voormiddag."' in heel.content.decode()
    )
    assert "Niet op al je dagen De Egel" in tekst(deels)
    assert "Nu volzet De Egel" in tekst(niet)
    assert "Voor maandag en dinsdag hele dag." in tekst(deels)


def test_search_from_a_day_on(client, nu):
    locatie = maak_locatie("De Egel")
    maak_aanbod(locatie, 1, nu=nu, vanaf=dt.date(2031, 9, 1))

    assert "1 plaats vrij De Egel" in tekst(client.get("/zoeken/", {"vanaf": "2031-09-01"}))
    eerder = client.get(
        "/zoeken/", {"vanaf_dag": "31", "vanaf_maand": "augustus", "vanaf_jaar": "2031"}
    )
    assert "Niet doorgegeven De Egel" in tekst(eerder)
    assert "Vanaf zondag 31 augustus 2031." in tekst(eerder)
    zonder = tekst(client.get("/zoeken/"))
    assert "1 plaats vrij De Egel" in zonder
    assert "Vanaf 1 sep 2031." in zonder.replace("sept", "sep").replace("sep.", "sep")


def test_search_leaves_out_what_is_wrong_and_says_so(client):
    maak_locatie("De Egel")

    antwoord = client.get(
        "/zoeken/", {"vanaf_dag": "31", "vanaf_maand": "2", "vanaf_jaar": "2031", "ver": "x"}
    )

    assert antwoord.status_code == 200
    assert titel(antwoord).startswith("Fout: 1 opvangplek")
    assert kaarten(antwoord) == ["De Egel"]
    assert '<a href="#id_vanaf_dag">Deze dag bestaat niet.' in antwoord.content.decode()


@pytest.mark.parametrize(
    "vraag",
    [
        "pagina=abc",
        "pagina=99999",
        "pagina=-1",
        "dagen=99999",
        "dagen=x",
        "stand=weg",
        "soort=%00",
        "waar=%00",
        "waar=" + "x" * 200,
        "waar=%F0%9F%91%B6",
        "ver=3",
        "vanaf=9999-99-99",
        "eerst=x",
    ],
)
def test_search_survives_any_question(client, vraag):
    maak_locatie("De Egel")

    assert client.get(f"/zoeken/?{vraag}").status_code == 200


def test_search_pages_of_twenty(client):
    gemeente = maak_gemeente("Wilgenrade")
    for i in range(21):
        maak_locatie(f"Opvang {i:02}", gemeente=gemeente)

    twee = client.get("/zoeken/", {"waar": "Wilgenrade", "pagina": "2"})

    assert kaarten(twee) == ["Opvang 20"]
    assert ", bladzijde 2" in titel(twee)
    assert "waar=Wilgenrade&amp;pagina=1" in twee.content.decode()


def test_search_without_result_says_what_next(client):
    onbekend = client.get("/zoeken/", {"waar": "xyzzy"})
    maak_gemeente("Wilgenrade")
    leeg = client.get("/zoeken/", {"waar": "Wilgenrade"})
    maak_locatie("Elders")
    niets_vrij = client.get("/zoeken/", {"stand": "vrij"})

    assert titel(onbekend).startswith("Niets gevonden voor “xyzzy”")
    assert "Die plaats kennen we niet" in tekst(onbekend)
    assert "Zoek tot 10 km ver" in tekst(leeg)
    assert "Nu is hier niets dat past" in tekst(niets_vrij)
    assert "Toon ook de rest" in tekst(niets_vrij)


def test_search_tells_how_it_read_a_misspelled_place(client):
    maak_locatie("De Egel", gemeente=maak_gemeente("Kontich"))

    antwoord = client.get("/zoeken/", {"waar": "kontihc"})

    assert "We kennen geen “kontihc”. Bedoel je Kontich?" in tekst(antwoord)
    assert kaarten(antwoord) == ["De Egel"]


def test_search_escapes_what_was_typed(client):
    antwoord = client.get("/zoeken/", {"waar": '"><script>alert(1)</script>'})

    assert "<script>alert" not in antwoord.content.decode()


def test_search_orders_by_distance_and_says_from_where(client):
    gemeente = maak_gemeente("Wilgenrade")
    gemeente.lengtegraad, gemeente.breedtegraad = 4.0, 51.0
    gemeente.save()
    maak_locatie("A ver", gemeente=gemeente, lengtegraad=4.03, breedtegraad=51.0)
    maak_locatie("B dicht", gemeente=gemeente, lengtegraad=4.01, breedtegraad=51.0)
    maak_locatie("C te ver", gemeente=gemeente, lengtegraad=4.3, breedtegraad=51.0)

    antwoord = client.get("/zoeken/", {"waar": "Wilgenrade", "ver": "3"})

    assert kaarten(antwoord) == ["B dicht", "A ver"]
    woorden = tekst(antwoord)
    assert "2 opvangplekken tot 3 km van Wilgenrade" in woorden
    assert (
        "Het dichtst bij het midden van Wilgenrade eerst. Het loket geeft niemand voorrang."
        in woorden
    )
    assert "0,7 km" in woorden


def test_search_suggests_what_could_move(client, nu):
    gemeente = maak_gemeente("Wilgenrade")
    maak_loket(gemeenten=[gemeente])
    maak_aanbod(maak_locatie("Op woensdag", gemeente=gemeente), [1, 1, 0, 0, 1, 1] + [0] * 8, nu=nu)
    maak_aanbod(maak_locatie("Later", gemeente=gemeente), 1, nu=nu, vanaf=dt.date(2031, 9, 20))

    antwoord = client.get(
        "/zoeken/",
        {
            "waar": "Wilgenrade",
            "dagen": ["ma-vm", "di-vm"],
            "vanaf_dag": "1",
            "vanaf_maand": "9",
            "vanaf_jaar": "2031",
        },
    )

    woorden = tekst(antwoord)
    assert (
        "Kun je iets schuiven? Dan is er op meer plekken plaats. Er verandert niets tot jij kiest."
        in woorden
    )
    assert "1 Woensdag in plaats van dinsdag 1 plek erbij" in woorden
    assert "1 Starten op 29 september 2031 4 weken later, 1 plek erbij" in woorden
    dag, start = re.findall(r'href="(\?[^"]*)"><span class="groot', bron(antwoord))
    assert "Bij 1 plek is er nu plaats." in tekst(
        client.get("/zoeken/" + dag.replace("&amp;", "&"))
    )
    straks = client.get("/zoeken/" + start.replace("&amp;", "&"))
    assert "Vanaf maandag 29 september 2031." in tekst(straks)
    assert "Bij 1 plek is er nu plaats." in tekst(straks)


@pytest.mark.parametrize("aantal", [1, 3, 30])
def test_full_search_asks_the_same_of_the_database_for_any_number(
    client, django_assert_num_queries, aantal, nu
):
    gemeente = maak_gemeente("Wilgenrade")
    gemeente.lengtegraad, gemeente.breedtegraad = 4.0, 51.0
    gemeente.save()
    maak_loket(gemeenten=[gemeente])
    for _ in range(aantal):
        maak_aanbod(maak_locatie(gemeente=gemeente), 0, nu=nu)

    # The six of a bare search; gemeenten and wijken of that name; what could move; who is further away.
    with django_assert_num_queries(10):
        client.get(
            "/zoeken/", {"waar": "Wilgenrade", "dagen": "3", "vanaf": "2031-01-01", "eerst": "vrij"}
        )


def test_search_never_shows_a_hidden_location(client, spelers):
    maak_locatie(
        "Geheim", loket=spelers.loket, organisator=spelers.egeltjes.organisator, zichtbaar=False
    )
    client.force_login(spelers.farid)

    assert "Geheim" not in client.get("/zoeken/").content.decode()


# Choosing


def test_choosing_keeps_the_order_and_goes_back(client):
    een, twee = maak_locatie("Een"), maak_locatie("Twee")

    antwoord = client.post("/zoeken/kies/", {"locatie": twee.pk, "naar": "/zoeken/?waar=x#plek-1"})
    client.post("/zoeken/kies/", {"locatie": een.pk})

    assert (antwoord.status_code, antwoord["Location"]) == (302, "/zoeken/?waar=x#plek-1")
    assert client.session["gekozen_locaties"] == [twee.pk, een.pk]
    pagina = client.get("/zoeken/")
    assert "2 plekken gekozen" in tekst(pagina)
    assert 'href="/aanvraag/"' in pagina.content.decode()


def test_choosing_twice_is_once_and_taking_off_works(client):
    een, twee = maak_locatie("Een"), maak_locatie("Twee")
    for locatie in (een, twee, een):
        client.post("/zoeken/kies/", {"locatie": locatie.pk})
    assert client.session["gekozen_locaties"] == [twee.pk, een.pk]

    antwoord = client.post("/zoeken/kies/", {"locatie": twee.pk, "weg": "1"}, follow=True)

    assert client.session["gekozen_locaties"] == [een.pk]
    assert "Twee staat niet meer bij je keuze." in tekst(antwoord)


@pytest.mark.parametrize("locatie", ["", "abc", "-1", "0", "9" * 30, "1 OR 1=1"])
def test_choosing_what_does_not_exist_is_404(client, locatie):
    assert client.post("/zoeken/kies/", {"locatie": locatie}).status_code == 404


def test_choosing_a_hidden_location_is_404(client):
    geheim = maak_locatie(zichtbaar=False)

    assert client.post("/zoeken/kies/", {"locatie": geheim.pk}).status_code == 404
    assert "gekozen_locaties" not in client.session


@pytest.mark.parametrize(
    "naar", ["https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "javascript:x", ""]
)
def test_choosing_never_leads_elsewhere(client, naar):
    locatie = maak_locatie()

    antwoord = client.post("/zoeken/kies/", {"locatie": locatie.pk, "naar": naar})

    assert antwoord["Location"] == f"/opvang/{locatie.slug}/"


def test_choosing_has_an_end(client):
    sessie = client.session
    sessie["gekozen_locaties"] = list(range(1_000_000, 1_000_050))
    sessie.save()

    antwoord = client.post("/zoeken/kies/", {"locatie": maak_locatie().pk}, follow=True)

    assert len(client.session["gekozen_locaties"]) == 50
    assert "Je koos al 50 plekken." in tekst(antwoord)


def test_choosing_asks_for_the_token_and_a_post(client):
    from django.test import Client  # noqa: PLC0415 -- only here

    locatie = maak_locatie()

    assert (
        Client(enforce_csrf_checks=True).post("/zoeken/kies/", {"locatie": locatie.pk}).status_code
        == 403
    )
    assert client.get("/zoeken/kies/").status_code == 405


def test_session_with_rubbish_is_no_choice(client):
    sessie = client.session
    sessie["gekozen_locaties"] = {"a": 1}
    sessie.save()

    assert "gekozen" not in tekst(client.get("/zoeken/")).replace("Gekozen", "")
