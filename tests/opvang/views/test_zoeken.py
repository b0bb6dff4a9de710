"""Search and choosing: for anybody, without JavaScript."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from loket.models import Wijk
from opvang.models import Opvanglocatie, Plaatsaanbod
from tests.fabrieken import maak_aanbod, maak_gemeente, maak_locatie, maak_loket
from tests.opvang.fabrieken_zoeken import vul_streek
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


@pytest.mark.parametrize("aantal", [1, 30, 3000])
def test_search_asks_the_same_of_the_database_for_any_number(
    client, django_assert_num_queries, aantal, nu
):
    vul_streek(gemeenten=1, per_gemeente=aantal, nu=nu)

    # Languages, terms, counts, one page of locations, their periods, names to complete, the loket
    # of the frame.
    with django_assert_num_queries(7):
        antwoord = client.get("/zoeken/", {"stand": ["vrij", "misschien", "onbekend", "vol"]})

    assert antwoord.context["resultaat"].aantal == aantal
    assert len(kaarten(antwoord)) == min(aantal, 20)


def test_search_says_four_things_about_room(client, nu):
    gemeente = maak_gemeente("Wilgenrade")
    maak_loket(gemeenten=[gemeente])
    maak_aanbod(maak_locatie("A vrij", gemeente=gemeente), 2, nu=nu)
    maak_aanbod(maak_locatie("B misschien", gemeente=gemeente), 1, nu=nu - dt.timedelta(days=40))
    maak_aanbod(maak_locatie("C vol", gemeente=gemeente), 0, nu=nu)
    maak_locatie("D onbekend", gemeente=gemeente)
    maak_aanbod(maak_locatie("E vergeten", gemeente=gemeente), 1, nu=nu - dt.timedelta(days=100))

    antwoord = client.get("/zoeken/", {"waar": "wilgenrade"})

    assert titel(antwoord).startswith("5 opvangplekken in Wilgenrade")
    assert kaarten(antwoord) == ["A vrij", "B misschien", "C vol", "D onbekend", "E vergeten"]
    woorden = tekst(antwoord)
    assert "Bij 1 plek is er plaats." in woorden
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
        "leeftijd=" + "9" * 5000,
        "leeftijd=-1",
        "leeftijd=%00",
        "opvang=x&prijs=x&ook=%F0%9F&talen=%00",
        "bij=%00",
        "bij=99.9,999.9",
        "bij=" + "1" * 3000,
        "bij=nan,inf",
        "ver=999999999999999999999",
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


@pytest.mark.parametrize("aantal", [1, 30, 3000])
def test_full_search_asks_the_same_of_the_database_for_any_number(
    client, django_assert_num_queries, aantal, nu
):
    (gemeente,) = vul_streek(gemeenten=1, per_gemeente=aantal, nu=nu)
    for naam in "ABCDE":  # so many are free that nothing has to move: see test_schuiven
        maak_aanbod(maak_locatie(naam, gemeente=gemeente, talen=["nl"]), 1, nu=nu)
    vraag = {"waar": "Proef 001", "dagen": "3", "leeftijd": "6", "eerst": "vrij", "talen": "nl"}

    # The seven of a bare search; gemeenten and wijken of that name.
    with django_assert_num_queries(9):
        antwoord = client.get("/zoeken/", vraag)

    assert antwoord.context["resultaat"].aantal == aantal + 5


@pytest.mark.parametrize("aantal", [1, 30, 3000])
def test_a_search_that_looks_for_what_could_move_asks_the_same_for_any_number(
    client, django_assert_num_queries, aantal, nu
):
    vul_streek(gemeenten=1, per_gemeente=aantal, nu=nu)
    Plaatsaanbod.objects.update(plaatsen=[0] * 14)
    over_twee_maanden = (timezone.localdate(nu) + dt.timedelta(days=60)).isoformat()
    vraag = {"waar": "Proef 001", "dagen": "15", "vanaf": over_twee_maanden, "prijs": "inkomen"}

    # The seven of a bare search; gemeenten and wijken of that name; who could be asked now, further
    # away and at another price, and their periods.
    with django_assert_num_queries(13):
        antwoord = client.get("/zoeken/", vraag)

    assert antwoord.context["resultaat"].per_stand["vrij"] == 0


def test_search_never_shows_a_hidden_location(client, spelers):
    maak_locatie(
        "Geheim", loket=spelers.loket, organisator=spelers.egeltjes.organisator, zichtbaar=False
    )
    client.force_login(spelers.farid)

    assert "Geheim" not in client.get("/zoeken/").content.decode()


# Filters, in the words of the address bar


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [
        ({"prijs": "inkomen"}, ["Creche", "Gemengd"]),
        ({"prijs": "vrij"}, ["Gemengd", "Onthaal"]),
        ({"prijs": ["vrij", "inkomen"]}, ["Creche", "Gemengd", "Onthaal"]),
        ({"soort": "gezinsopvang"}, ["Onthaal"]),
        ({"ook": "Voor7uur"}, ["Creche"]),
        ({"ook": "Na18uur"}, ["Creche"]),
        ({"ook": "Zaterdagen"}, ["Gemengd"]),
        ({"ook": ["Zaterdagen", "ZonFeestdagen"]}, ["Gemengd"]),
        ({"ook": ["Voor7uur", "ZonFeestdagen"]}, []),
        ({"ook": "zorg"}, ["Onthaal"]),
        ({"talen": "tr"}, ["Onthaal"]),
        ({"talen": ["tr", "fr"]}, ["Creche", "Onthaal"]),
        ({"opvang": "nacht"}, ["Gemengd"]),
        ({"opvang": "dringend"}, []),
        ({"leeftijd": "6", "stand": "vrij"}, ["Creche"]),
        ({"leeftijd": "30", "stand": "vrij"}, ["Creche", "Onthaal"]),
        ({"leeftijd": "6", "stand": "onbekend"}, ["Gemengd", "Onthaal"]),
    ],
)
def test_filters_find(client, nu, vraag, gevonden):
    creche = maak_locatie(
        "Creche",
        prijssysteem="inkomenstarief",
        ruimere_uren=["Voor7uur", "Na18uur"],
        talen=["nl", "fr"],
    )
    gemengd = maak_locatie(
        "Gemengd", prijssysteem="gemengd", ruimere_uren=["Zaterdagen", "ZonFeestdagen"]
    )
    onthaal = maak_locatie(
        "Onthaal",
        opvangvorm="gezinsopvang",
        prijssysteem="vrije_prijs",
        inclusief=True,
        talen=["tr"],
    )
    maak_aanbod(creche, 1, nu=nu)
    maak_aanbod(gemengd, 1, nu=nu, soort="nacht")
    maak_aanbod(onthaal, 1, nu=nu, leeftijd_vanaf=18)

    assert kaarten(client.get("/zoeken/", vraag)) == gevonden


def test_filters_stay_filled_in_and_are_counted(client):
    maak_locatie(talen=["nl"])

    markup = bron(client.get("/zoeken/?leeftijd=0&opvang=nacht&prijs=vrij&talen=nl&dagen=0&ver=5"))

    assert 'Zoek en filter <span class="etiket">5 actief</span>' in markup
    assert 'Meer wensen <span class="etiket">3 actief</span>' in markup
    assert 'name="leeftijd" value="0"' in markup
    assert 'name="talen" value="nl" id="id_talen_0" checked' in markup


def test_every_language_is_offered_once(client):
    for talen in (["nl", "tr"], ["tr"], [], ["xx"]):
        maak_locatie(talen=talen)
    maak_locatie(talen=["ar"], zichtbaar=False)

    form = client.get("/zoeken/").context["form"]

    assert form.fields["talen"].choices == [("nl", "Nederlands"), ("tr", "Turks"), ("xx", "xx")]


def test_unknown_for_this_day_is_told_apart_from_never(client, nu):
    maak_aanbod(maak_locatie(), 1, nu=nu, leeftijd_vanaf=18)

    woorden = tekst(client.get("/zoeken/", {"leeftijd": "6"}))

    assert "Voor een kind van 6 maanden." in woorden
    assert "Deze opvang gaf hierover niets door. Er kan dus plaats zijn." in woorden


# Near me


def test_near_me_sorts_by_distance_and_keeps_the_position_in_the_address_only(client):
    maak_locatie("A ver", lengtegraad=4.05, breedtegraad=51.0)
    maak_locatie("B dicht", lengtegraad=4.0, breedtegraad=51.0)
    maak_locatie("C nergens")

    antwoord = client.get("/zoeken/", {"bij": "51.0004,4.0004"})

    assert kaarten(antwoord) == ["B dicht", "A ver", "C nergens"]
    assert antwoord.context["vraag"].punt == (4.0, 51.0)
    woorden = tekst(antwoord)
    assert "3 opvangplekken, van dichtbij naar ver" in woorden
    assert "Het dichtst bij jou eerst. Het loket geeft niemand voorrang." in woorden
    assert "in vogelvlucht gerekend, aan 15 km per uur" in woorden
    assert "0,0 km, ± 1 min fietsen" in woorden
    assert "3,5 km, ± 14 min fietsen" in woorden
    assert dict(client.session) == {}
    assert antwoord.cookies.keys() <= {"csrf"}
    binnen = client.get("/zoeken/", {"bij": "51.0,4.0", "ver": "3"})
    assert titel(binnen).startswith("1 opvangplek tot 3 km van jou")


def test_near_me_gives_way_to_words(client):
    maak_locatie("Daar", gemeente=maak_gemeente("Kontich"))

    antwoord = client.get("/zoeken/", {"bij": "51.0,4.0", "waar": "kontich"})

    assert antwoord.context["vraag"].punt is None
    assert kaarten(antwoord) == ["Daar"]


@pytest.mark.parametrize("bij", ["x", "51.0", "4.0,51.0", "0,0", "51.0,4.0,1"])
def test_near_me_that_means_nothing_is_told(client, bij):
    antwoord = client.get("/zoeken/", {"bij": bij})

    assert antwoord.context["vraag"].punt is None
    assert "We weten niet waar je bent. Typ een gemeente of een postcode." in tekst(antwoord)
    assert 'href="#id_waar"' in antwoord.content.decode()


# The map


def landkaart(antwoord) -> dict:
    ruw = re.search(
        r'<script id="landkaart-gegevens" type="application/json">(.*?)</script>',
        antwoord.content.decode(),
        re.DOTALL,
    )
    return json.loads(ruw[1])


def test_map_holds_the_cards_of_the_page_in_their_order(client, nu):
    gemeente = maak_gemeente("Wilgenrade", nis="44999")
    for i in range(22):
        plek = {"lengtegraad": 4.0 + i / 100, "breedtegraad": 51.0} if i != 21 else {}
        maak_locatie(f"Opvang {i:02}", gemeente=gemeente, **plek)
    maak_aanbod(Opvanglocatie.objects.get(naam="Opvang 20"), 2, nu=nu)

    een, twee = (client.get("/zoeken/", {"pagina": blad}) for blad in "12")

    punten = landkaart(een)["punten"]
    assert [punt["naam"] for punt in punten] == kaarten(een)
    assert [punt["nr"] for punt in punten] == list(range(1, 21))
    (punt,) = landkaart(twee)["punten"]
    assert {**punt, "id": 0, "url": ""} == {
        "id": 0,
        "nr": 21,
        "naam": "Opvang 20",
        "url": "",
        "stand": "vrij",
        "tekst": "2 plaatsen vrij",
        "lat": 51.0,
        "lon": 4.2,
    }
    assert landkaart(twee)["gebieden"] == ["/zoeken/gebieden/44999.json"]
    assert "Van 1 plek weten we niet precies waar ze ligt" in tekst(twee)


def test_map_shows_no_name_as_markup(client):
    maak_locatie("</script><b>x", lengtegraad=4.0, breedtegraad=51.0)

    antwoord = client.get("/zoeken/")

    assert "</script><b>" not in antwoord.content.decode()
    assert landkaart(antwoord)["punten"][0]["naam"] == "</script><b>x"


def test_map_is_left_out_without_a_place_to_show(client):
    maak_locatie()

    assert "landkaart" not in client.get("/zoeken/").content.decode()


def test_map_asks_for_pictures_only_where_a_setting_names_them(client, settings):
    maak_locatie(lengtegraad=4.0, breedtegraad=51.0)

    assert landkaart(client.get("/zoeken/"))["tegels"] == ""
    settings.KAART_TEGELS_URL = "https://tegels.voorbeeld.test/{z}/{x}/{y}.png"
    assert landkaart(client.get("/zoeken/"))["tegels"] == settings.KAART_TEGELS_URL


def test_outlines_are_deelgemeenten_or_else_wijken_and_may_be_kept(client):
    gemeente = maak_gemeente(nis="44998")
    vlak = {"type": "Polygon", "coordinates": [[[4, 51], [4.1, 51], [4.1, 51.1], [4, 51]]]}
    for code, soort, omtrek in (("a", "wijk", vlak), ("b", "wijk", None)):
        Wijk.objects.create(gemeente=gemeente, code=code, naam=code, soort=soort, omtrek=omtrek)

    alleen_wijken = client.get("/zoeken/gebieden/44998.json")
    Wijk.objects.create(gemeente=gemeente, code="c", naam="c", soort="deelgemeente", omtrek=vlak)
    met_deelgemeente = client.get("/zoeken/gebieden/44998.json")

    assert [deel["properties"]["naam"] for deel in alleen_wijken.json()["features"]] == ["a"]
    assert met_deelgemeente.json() == {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"naam": "c"}, "geometry": vlak}],
    }
    assert "max-age=86400" in met_deelgemeente["Cache-Control"]
    assert client.get("/zoeken/gebieden/99.json").json()["features"] == []
    assert client.get("/zoeken/gebieden/x%00.json").status_code == 404


def test_leaflet_is_served_without_the_rest_of_its_package():
    assert finders.find("leaflet/leaflet.js")
    assert finders.find("leaflet/images/layers.png")
    assert finders.find("leaflet/proj4.js") is None
    assert finders.find("leaflet/../leaflet.js") is None


# Choosing


def test_choosing_keeps_the_order_and_goes_back(client):
    een, twee = maak_locatie("Een"), maak_locatie("Twee")

    antwoord = client.post("/zoeken/kies/", {"locatie": twee.pk, "naar": "/zoeken/?waar=x#plek-1"})
    client.post("/zoeken/kies/", {"locatie": een.pk})

    assert (antwoord.status_code, antwoord["Location"]) == (302, "/zoeken/?waar=x#plek-1")
    assert client.session["gekozen_locaties"] == [twee.pk, een.pk]
    pagina = client.get("/zoeken/")
    assert "2 plekken op mijn lijst" in tekst(pagina)
    assert 'href="/aanvraag/"' in pagina.content.decode()


def test_choosing_twice_is_once_and_taking_off_works(client):
    een, twee = maak_locatie("Een"), maak_locatie("Twee")
    for locatie in (een, twee, een):
        client.post("/zoeken/kies/", {"locatie": locatie.pk})
    assert client.session["gekozen_locaties"] == [twee.pk, een.pk]

    antwoord = client.post("/zoeken/kies/", {"locatie": twee.pk, "weg": "1"}, follow=True)

    assert client.session["gekozen_locaties"] == [een.pk]
    assert "Twee staat niet meer op je lijst." in tekst(antwoord)


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
    sessie["gekozen_locaties"] = list(range(1_000_000, 1_000_020))
    sessie.save()

    antwoord = client.post("/zoeken/kies/", {"locatie": maak_locatie().pk}, follow=True)

    assert len(client.session["gekozen_locaties"]) == 20
    assert "Je koos al 20 plekken." in tekst(antwoord)


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

    assert re.search(r"\d+ plek", tekst(client.get("/zoeken/"))) is None
