"""One box that looks everywhere."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection

from aanvragen.domain.concept import begin_concept
from aanvragen.models import Kind, Opvangvraag, Ouder
from aanvragen.overal import _KIND, _OUDER, _past, telefooncijfers, vragen_met, zoek_overal
from tests.fabrieken import NU, kind_gegevens, maak_locatie, maak_vraag, ouder_gegevens

pytestmark = pytest.mark.django_db


@pytest.fixture
def yildiz(spelers) -> Opvangvraag:
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(
            kind_gegevens(
                voornaam="Loïc", familienaam="Yıldız", geboortedatum=dt.date(2026, 1, 15)
            ),
        ),
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Çiğdem",
            familienaam="Aydın",
            email="Cigdem.Aydin@voorbeeld.test",
            telefoon="+32 (0)470 12 34 56",
        ),
    )


@pytest.fixture
def ander(spelers) -> Opvangvraag:
    return maak_vraag(
        spelers.loket,
        [spelers.zonnetje],
        kinderen=(kind_gegevens(voornaam="Fien", familienaam="De Smet"),),
    )


@pytest.mark.parametrize(
    "tekst",
    [
        pytest.param("loic yildiz", id="zonder accenten"),
        pytest.param("YILDIZ LOÏC", id="omgekeerd en in hoofdletters"),
        pytest.param("yildz", id="een letter te weinig"),
        pytest.param("yildizz", id="een letter te veel"),
        pytest.param("lo yil", id="stukken van twee namen"),
        pytest.param("cigdem", id="de ouder"),
        pytest.param("loic aydin", id="voornaam kind, naam ouder"),
        pytest.param("cigdem.aydin@voorbeeld.test", id="e-mailadres"),
        pytest.param("0470123456", id="telefoon aan elkaar"),
        pytest.param("0470 12 34 56", id="telefoon met spaties"),
        pytest.param("+32470123456", id="telefoon met landnummer"),
        pytest.param("0032 470/12.34.56", id="telefoon, nog anders"),
        pytest.param("12 34 56", id="het einde van een telefoonnummer"),
    ],
)
def test_a_family_is_found_by_what_somebody_remembers(spelers, yildiz, ander, tekst):
    assert list(zoek_overal(tekst, gebruiker=spelers.carla).vragen) == [yildiz]


def test_a_number_is_found_whole_or_by_its_beginning(spelers, yildiz, ander):
    nummer = yildiz.referentie

    for tekst in (nummer, nummer.replace("-", "").lower(), nummer[:6], nummer.replace("-", " ")):
        assert list(zoek_overal(tekst, gebruiker=spelers.carla).vragen) == [yildiz]


@pytest.mark.parametrize("tekst", ["", "   ", "\x00", "%", "_", "zzzzzz", "'; --", "\\"])
def test_strange_input_finds_nobody(spelers, yildiz, tekst):
    assert list(zoek_overal(tekst, gebruiker=spelers.carla).vragen) == []


def test_what_runs_comes_first(spelers, yildiz, ander):
    Opvangvraag.objects.filter(pk=yildiz.pk).update(
        status="ingetrokken", afgesloten_op=NU, aangemaakt_op=NU + dt.timedelta(days=1)
    )

    assert list(vragen_met("voorbeeld.test", Opvangvraag.objects.all())) == [ander, yildiz]


def test_nobody_finds_what_is_not_theirs(spelers, yildiz):
    for gebruiker in (spelers.dirk, spelers.els):
        treffers = zoek_overal("Yildiz", gebruiker=gebruiker)
        assert list(treffers.vragen) == []
    assert zoek_overal("Egeltjes", gebruiker=spelers.dirk).opvang == []


def test_a_location_says_how_many_families_wait_there(spelers, yildiz, ander):
    maak_locatie("Egelnest", loket=spelers.ander_loket)

    gevonden = zoek_overal("de egeltes", gebruiker=spelers.carla).opvang

    assert [(treffer.locatie, treffer.aantal) for treffer in gevonden] == [(spelers.egeltjes, 1)]


def test_the_dossiers_of_a_location_are_listed_in_its_own_area_only(client, spelers, yildiz):
    elders = maak_locatie("Egelnest", loket=spelers.ander_loket)
    client.force_login(spelers.carla)

    hier = client.get("/balie/dossiers/", {"opvang": spelers.egeltjes.slug})
    daar = client.get("/balie/dossiers/", {"opvang": elders.slug})

    assert list(hier.context["pagina"]) == [yildiz]
    assert daar.status_code == 404


def test_a_draft_is_only_said_to_be_there(client, spelers):
    begin_concept(loket=spelers.loket, gebruiker=spelers.amina, nu=NU)
    with time_machine.travel(NU, tick=False):
        client.force_login(spelers.carla)
        tekst = client.get("/balie/zoeken/", {"zoek": "amina@voorbeeld.test"}).content.decode()

    assert "Laatst bewerkt op" in tekst
    assert zoek_overal("amina", gebruiker=spelers.carla).concepten == []
    assert zoek_overal("amina@voorbeeld.test", gebruiker=spelers.els).concepten == []


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [("0470/12 34 56", "0470123456"), ("+32 470", ""), ("9001", ""), ("De 123456", "")],
)
def test_what_is_a_phone_number(tekst, verwacht):
    assert telefooncijfers(tekst) == verwacht


@pytest.mark.parametrize(
    ("model", "in_wat", "index"), [(Kind, _KIND, "kind_zoek"), (Ouder, _OUDER, "ouder_zoek")]
)
def test_the_index_answers_the_search(yildiz, model, in_wat, index):
    """With one row PostgreSQL would read the table; told not to, it must be able to use the index."""
    zoek = model.objects.order_by().filter(_past(in_wat, "yildiz"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = zoek.explain()

    assert plan.count(index) == 2, plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("aantal", [1, 3])
def test_a_search_takes_the_same_queries_however_much_it_finds(
    client, spelers, django_assert_num_queries, aantal
):
    for _ in range(aantal):
        maak_vraag(spelers.loket, [spelers.egeltjes])
    client.force_login(spelers.carla)

    with django_assert_num_queries(8):
        antwoord = client.get("/balie/zoeken/", {"zoek": "peeters"})

    assert len(antwoord.context["pagina"]) == aantal


def test_the_families_of_one_location(client, spelers, yildiz, ander):
    client.force_login(spelers.carla)

    antwoord = client.get("/balie/dossiers/", {"opvang": "de-egeltjes"})

    assert list(antwoord.context["pagina"]) == [yildiz]
    assert client.get("/balie/dossiers/", {"opvang": "bestaat-niet"}).status_code == 404
