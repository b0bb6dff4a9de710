"""Places over time on the screens: the provider plans its own, staff see their area, nobody sees more."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.models import Gebeurtenis, Rol
from opvang.models import Leeftijdsgroep, Vergunning
from opvang.workflow import Opvangvorm
from tests.fabrieken import maak_lid, maak_locatie, maak_loket, maak_organisator, maak_vergunning
from tests.opvang.views.test_publiek import bron, tekst, titel

pytestmark = pytest.mark.django_db

PLAATSEN = "/aanbod/locatie/de-egeltjes/plaatsen/"
LIJST = "/balie/capaciteit/"
WISSEL = dt.date(2027, 1, 1)


@pytest.fixture(autouse=True)
def _nu():
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def farid(client, spelers):
    client.force_login(spelers.farid)
    return spelers.farid


@pytest.fixture
def carla(client, spelers):
    client.force_login(spelers.carla)
    return spelers.carla


@pytest.fixture
def onthaal(spelers):
    """De Egeltjes as a childminder with eight places."""
    locatie = spelers.egeltjes
    locatie.opvangvorm = Opvangvorm.GEZIN
    locatie.save()
    maak_vergunning(locatie, 8)
    return locatie


def datum(dag: dt.date) -> dict[str, str]:
    return {"vanaf_dag": str(dag.day), "vanaf_maand": str(dag.month), "vanaf_jaar": str(dag.year)}


# The provider


def test_provider_is_warned_long_before(client, farid, onthaal):
    antwoord = client.get(PLAATSEN)

    woorden = tekst(antwoord)
    assert titel(antwoord).startswith("Plaatsen en vergunning van De Egeltjes")
    assert "Wat verandert op 1 januari 2027" in woorden
    assert "hoogstens 7 kinderen tegelijk zijn. Nu zijn er 8 plaatsen open." in woorden
    assert "Dat is 1 plaats minder." in woorden
    assert "Bron: Opgroeien" in woorden
    assert 'name="plaatsen" value="7"' in bron(antwoord)
    assert 'name="vanaf_jaar" value="2027"' in bron(antwoord)


def test_group_care_is_told_about_carers(client, farid, spelers):
    maak_vergunning(spelers.egeltjes, 18)

    woorden = tekst(client.get(PLAATSEN))

    assert "volstaan nu 2 begeleiders tegelijk. Vanaf dan zijn er 3 begeleiders nodig" in woorden
    assert (
        "Met evenveel begeleiders als nu (2) is er plaats voor 14 kinderen tegelijk: 4 minder."
        in woorden
    )
    assert "gemengde groep van alle leeftijden" in woorden


def test_places_are_shown_per_tier_price_and_age(client, farid, spelers):
    maak_vergunning(
        spelers.egeltjes,
        14,
        operationele_plaatsen=12,
        plaatsen_t1=5,
        plaatsen_t2=6,
        plaatsen_t3=3,
        vanaf=dt.date(2026, 1, 1),
    )
    Leeftijdsgroep.objects.create(
        vergunning=Vergunning.objects.get(), naam="Baby's", leeftijd_tot=12, plaatsen=5
    )

    woorden = tekst(client.get(PLAATSEN))

    assert "Vergund 14 Open 12 Prijs volgens inkomen 9 Vaste prijs 5" in woorden
    assert "Basissubsidie (T1) 5 Subsidie inkomenstarief (T2) 6 Plussubsidie (T3) 3" in woorden
    assert "Baby's: tot 12 maanden 5" in woorden.replace("&#x27;", "'")
    assert "Nu. Vanaf 1 jan 2026 12 open van 14 vergund" in woorden


def test_provider_plans_and_the_warning_goes(client, farid, onthaal):
    antwoord = client.post(PLAATSEN, {"plaatsen": "7", **datum(WISSEL)}, follow=True)

    woorden = tekst(antwoord)
    assert antwoord.redirect_chain == [(PLAATSEN, 302)]
    assert "Bewaard: vanaf 1 januari 2027 zijn er 7 plaatsen open." in woorden
    assert "verandert de kindratio hier niets" in woorden
    assert "Gepland. Vanaf 1 jan 2027 7 open van 8 vergund" in woorden
    assert Gebeurtenis.objects.get(werkwoord="opvang.plaatsen_gepland").door == farid


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"plaatsen": "9", **datum(WISSEL)}, "De vergunning is voor 8 plaatsen."),
        ({"plaatsen": "7", **datum(dt.date(2026, 11, 24))}, "Die dag is voorbij."),
        ({"plaatsen": "7", **datum(dt.date(2199, 1, 1))}, "Op die dag is er geen vergunning."),
        ({"plaatsen": "9" * 5000, **datum(WISSEL)}, "Vul het aantal plaatsen in als een getal"),
        ({"plaatsen": "-1", **datum(WISSEL)}, "Vul het aantal plaatsen in als een getal"),
        ({"plaatsen": "\x00", **datum(WISSEL)}, "Vul het aantal plaatsen in als een getal"),
        (
            {"plaatsen": "7", "vanaf_dag": "31", "vanaf_maand": "2", "vanaf_jaar": "2027"},
            "Deze dag bestaat niet",
        ),
        ({}, "Beantwoord de vraag: Hoeveel plaatsen"),
    ],
)
def test_mistake_is_told_and_changes_nothing(client, farid, onthaal, velden, melding):
    Vergunning.objects.update(tot=dt.date(2198, 1, 1))

    antwoord = client.post(PLAATSEN, velden)

    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)
    assert titel(antwoord).startswith("Fout: ")
    assert Vergunning.objects.count() == 1


def test_location_without_a_licence_says_so_and_offers_no_plan(client, farid, spelers):
    antwoord = client.get(PLAATSEN)

    assert "Er is vandaag geen vergunning bekend" in tekst(antwoord)
    assert 'name="plaatsen"' not in bron(antwoord)


def test_page_of_vacancies_warns_too_until_it_was_planned(client, farid, onthaal):
    zin = "Vanaf 1 januari 2027 mogen hier hoogstens 7 kinderen tegelijk zijn."
    pad = "/aanbod/locatie/de-egeltjes/"

    assert zin in tekst(client.get(pad))
    client.post(PLAATSEN, {"plaatsen": "7", **datum(WISSEL)})
    assert zin not in tekst(client.get(pad))


def test_one_location_opens_at_once_and_more_give_a_list(client, farid, spelers, onthaal):
    assert client.get("/aanbod/plaatsen/").url == PLAATSEN
    tweede = maak_locatie("De Merel", organisator=spelers.egeltjes.organisator)
    maak_vergunning(tweede, 7)
    maak_vergunning(spelers.zonnetje, 30)

    woorden = tekst(client.get("/aanbod/plaatsen/"))

    assert "Samen 15 plaatsen open van 15 vergund." in woorden
    assert "Vanaf 1 jan 2027: Van 8 naar 7 kinderen tegelijk" in woorden
    assert "De Merel" in woorden
    assert "Het Zonnetje" not in woorden


def test_provider_without_a_location_gets_a_way_on(client, farid, spelers):
    spelers.egeltjes.delete()

    assert "Hier staat nog geen opvang van jou" in tekst(client.get("/aanbod/plaatsen/"))


def test_somebody_elses_location_does_not_exist(client, farid, spelers):
    assert client.get("/aanbod/locatie/het-zonnetje/plaatsen/").status_code == 404
    post = client.post("/aanbod/locatie/het-zonnetje/plaatsen/", {"plaatsen": 1, **datum(WISSEL)})
    assert post.status_code == 404


# Staff


def test_staff_see_what_changes_in_their_area_and_what_it_costs(client, carla, spelers, onthaal):
    groep = maak_locatie("De Kikkers", loket=spelers.loket)
    maak_vergunning(groep, 18, plaatsen_t1=6, plaatsen_t2=12)
    elders = maak_locatie("Elders", loket=spelers.ander_loket, opvangvorm=Opvangvorm.GEZIN)
    maak_vergunning(elders, 8)

    woorden = tekst(client.get(LIJST))

    assert (
        "Vergunde plaatsen 26 26 daarvan open Prijs volgens inkomen 20 6 met vaste prijs" in woorden
    )
    assert (
        "Alleen een vergunning (T0) 0 Basissubsidie (T1) 6 Subsidie inkomenstarief (T2) 20"
        in woorden
    )
    assert "De kindratio van 1 januari 2027" in woorden
    assert "1 locatie heeft nu meer dan 7 plaatsen open. Samen 1 minder ." in woorden
    assert (
        "1 locatie heeft meer begeleiders nodig om alle plaatsen te houden: samen 1 erbij. Zonder hen: 4 minder ."
        in woorden
    )
    assert (
        "De Egeltjes Gezinsopvang (onthaalouder), Wilgenrade 8 8 Van 8 naar 7 kinderen tegelijk"
        in woorden
    )
    assert (
        "De Kikkers Groepsopvang (crèche), Wilgenrade 18 18 Van 2 naar 3 begeleiders, anders 4 minder"
        in woorden
    )
    assert "Elders" not in woorden


def test_planned_places_stand_in_the_list_and_count_no_more(client, carla, onthaal):
    Vergunning.objects.update(tot=WISSEL)
    maak_vergunning(onthaal, 8, operationele_plaatsen=7, vanaf=WISSEL)

    woorden = tekst(client.get(LIJST))

    assert "0 locaties hebben nu meer dan 7 plaatsen open. Samen 0 minder" in woorden
    assert "Gepland vanaf 1 jan 2027: 7 open van 8" in woorden


def test_lists_keep_apart_who_loses_places_who_needs_carers_and_who_is_unknown(
    client, carla, spelers, onthaal
):
    maak_vergunning(maak_locatie("De Kikkers", loket=spelers.loket), 18)
    maak_locatie("De Onbekende", loket=spelers.loket)

    def namen(lijst):
        pagina = client.get(LIJST, {"lijst": lijst}).context["pagina"]
        return [beeld.locatie.naam for beeld in pagina]

    assert namen("minder") == ["De Egeltjes"]
    assert namen("begeleiders") == ["De Kikkers"]
    assert namen("zonder") == ["De Onbekende", "Het Zonnetje"]
    assert namen("") == namen("bestaat-niet") == namen("\x00") == ["De Egeltjes", "De Kikkers"]


def test_empty_area_says_so(client, carla):
    assert "Hier staat geen locatie" in tekst(client.get(LIJST))


def test_strange_page_number_gives_a_page(client, carla, onthaal):
    for pagina in ("9" * 40, "-1", "\x00", "x"):
        assert client.get(LIJST, {"pagina": pagina}).status_code == 200


def test_staff_plan_for_a_location_of_their_area(client, carla, onthaal):
    antwoord = client.post(f"{LIJST}de-egeltjes/", {"plaatsen": "6", **datum(WISSEL)}, follow=True)

    assert antwoord.redirect_chain == [(f"{LIJST}de-egeltjes/", 302)]
    assert "7" not in [str(rij.operationele_plaatsen) for rij in Vergunning.objects.all()]
    assert Vergunning.objects.get(vanaf=WISSEL).operationele_plaatsen == 6
    assert Gebeurtenis.objects.get(werkwoord="opvang.plaatsen_gepland").door == carla


def test_work_list_leads_to_it_only_for_who_may_see_it(client, carla, spelers):
    link = f'href="{LIJST}"'

    assert link in bron(client.get("/balie/"))
    client.force_login(spelers.els)
    assert link not in bron(client.get("/balie/"))


def test_staff_of_another_loket_do_not_find_it(client, spelers, onthaal):
    client.force_login(spelers.dirk)

    assert client.get(f"{LIJST}de-egeltjes/").status_code == 404
    assert "De Egeltjes" not in tekst(client.get(LIJST))


def test_somebody_of_two_lokets_sees_each_location_once(client, spelers, onthaal):
    gedeeld = maak_loket(gemeenten=[onthaal.gemeente])
    client.force_login(maak_lid(gedeeld, Rol.LOKETMEDEWERKER, gebruiker=spelers.carla))

    pagina = client.get(LIJST).context["pagina"]

    assert [beeld.locatie.naam for beeld in pagina] == ["De Egeltjes"]


# Queries


@pytest.mark.parametrize("pad", [LIJST, "/aanbod/plaatsen/"])
def test_number_of_queries_does_not_grow(client, spelers, pad):
    organisator = maak_organisator(lid=spelers.carla)

    def vragen():
        client.force_login(spelers.carla)
        with CaptureQueriesContext(connection) as geteld:
            assert client.get(pad).status_code == 200
        return len(geteld)

    def voeg_toe(aantal):
        for _ in range(aantal):
            locatie = maak_locatie(loket=spelers.loket, organisator=organisator)
            vergunning = maak_vergunning(locatie, 18)
            Leeftijdsgroep.objects.create(vergunning=vergunning, naam="A", plaatsen=5)

    voeg_toe(2)
    twee = vragen()
    voeg_toe(3)

    assert vragen() == twee


def test_number_of_queries_of_a_location_does_not_grow(client, farid, onthaal):
    def vragen():
        with CaptureQueriesContext(connection) as geteld:
            client.get(PLAATSEN)
        return len(geteld)

    een = vragen()
    Vergunning.objects.update(vanaf=dt.date(2026, 1, 1))
    for jaar in (2022, 2023, 2024):
        maak_vergunning(onthaal, 8, vanaf=dt.date(jaar, 1, 1), tot=dt.date(jaar + 1, 1, 1))

    assert vragen() == een
