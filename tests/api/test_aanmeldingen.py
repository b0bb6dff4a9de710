from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Aanmeldingstatus, Vervalreden, Vraagstatus
from loket.models import Gebeurtenis, Inzage
from opvang.models import ApiSleutel
from tests.api.schema import keur_antwoord
from tests.fabrieken import (
    kind_gegevens,
    maak_aanbod,
    maak_voorstel,
    maak_vraag,
    ouder_gegevens,
)

GEHEIMEN = ("Amina", "Zeldzamenaam", "zeldzaam@voorbeeld.test", "Zeldzaamkind", "Dorpsstraat")


@pytest.fixture
def aanmelding(spelers):
    gemeente = spelers.loket.gemeenten.get()
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        ouder=ouder_gegevens(
            gemeente.pk,
            familienaam="Zeldzamenaam",
            email="zeldzaam@voorbeeld.test",
            telefoon="0470 11 22 33",
            tolk=True,
        ),
        kinderen=(
            kind_gegevens(
                familienaam="Zeldzamenaam",
                voornaam="Zeldzaamkind",
                geboortedatum=dt.date(2026, 1, 15),
            ),
        ),
        nu=timezone.now(),
    )
    return vraag.aanmeldingen.get(locatie=spelers.egeltjes)


def stel_voor(aanmelding):
    aanbod = maak_aanbod(aanmelding.locatie, 2, nu=timezone.now(), vanaf=dt.date(2026, 9, 1))
    return maak_voorstel(aanmelding, aanbod, nu=timezone.now())


def test_list_says_what_is_asked_and_not_by_whom(pakket, aanmelding):
    antwoord = pakket.get("/aanmeldingen").json()

    keur_antwoord("Aanmeldingen", antwoord)
    (een,) = antwoord["items"]
    assert een["id"] == str(aanmelding.uuid)
    assert een["status"] == "verzonden"
    assert een["kanBeantwoorden"] is True
    assert een["locatie"]["id"] == "de-egeltjes"
    assert een["vraag"] == {
        "referentie": aanmelding.opvangvraag.referentie,
        "gewensteStart": "2026-09-01",
        "gewenstEinde": None,
        "week": [
            {"dag": dag, "voormiddag": n < 2, "namiddag": n < 2}
            for n, dag in enumerate(
                ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
            )
        ],
        "weekWissel": None,
        "flexibelWeken": 0,
        "flexibelDagen": False,
        "kind": {
            "geboren": True,
            "geboortemaand": "2026-01",
            "uitgerekendOp": None,
            "meerling": False,
        },
        "dringendeReden": None,
        "zorgbehoefte": None,
        "ruimereUren": [],
    }
    tekst = json.dumps(antwoord)
    for geheim in (*GEHEIMEN, "0470", "2026-01-15", "het-zonnetje"):
        assert geheim not in tekst


def test_unborn_child_has_its_expected_day(pakket, spelers):
    maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        kinderen=(kind_gegevens(verwachte_geboortedatum=dt.date(2026, 12, 24)),),
    )

    antwoord = pakket.get("/aanmeldingen").json()

    keur_antwoord("Aanmeldingen", antwoord)
    assert antwoord["items"][0]["vraag"]["kind"] == {
        "geboren": False,
        "geboortemaand": None,
        "uitgerekendOp": "2026-12-24",
        "meerling": False,
    }


def test_alternating_weeks_and_codes_are_told(pakket, aanmelding):
    Opvangvraag.objects.filter(pk=aanmelding.opvangvraag_id).update(
        rooster_wissel=0b11,
        dringende_reden="StartWerk",
        zorgbehoefte="persoonlijk",
        ruimere_uren=["Voor7uur"],
        gewenst_einde=dt.date(2027, 7, 1),
    )

    antwoord = pakket.get("/aanmeldingen").json()

    keur_antwoord("Aanmeldingen", antwoord)
    vraag = antwoord["items"][0]["vraag"]
    assert vraag["weekWissel"][0] == {"dag": "maandag", "voormiddag": True, "namiddag": True}
    assert (vraag["dringendeReden"], vraag["zorgbehoefte"]) == ("StartWerk", "persoonlijk")
    assert (vraag["ruimereUren"], vraag["gewenstEinde"]) == (["Voor7uur"], "2027-07-01")


def test_other_organisators_requests_are_not_there(pakket, vreemd, aanmelding):
    pad = f"/aanmeldingen/{aanmelding.uuid}"

    assert pakket.get(pad).status_code == 200
    assert vreemd.get(pad).status_code == 404
    ids = {een["id"] for een in vreemd.get("/aanmeldingen").json()["items"]}
    assert ids == {str(aanmelding.opvangvraag.aanmeldingen.get(locatie__slug="het-zonnetje").uuid)}


def test_question_that_waits_at_the_loket_was_not_sent(pakket, aanmelding):
    Opvangvraag.objects.filter(pk=aanmelding.opvangvraag_id).update(status=Vraagstatus.INGEDIEND)

    assert pakket.get("/aanmeldingen").json()["items"] == []
    assert pakket.get(f"/aanmeldingen/{aanmelding.uuid}").status_code == 404


def test_family_is_known_from_the_offer_on_and_knows_it(pakket, spelers, aanmelding):
    pad = f"/aanmeldingen/{aanmelding.uuid}"
    voor = pakket.get(pad)
    keur_antwoord("AanmeldingMetContact", voor.json())
    assert voor.json()["contact"] is None
    assert Inzage.objects.count() == 0
    stel_voor(aanmelding)

    na = pakket.get(pad)

    keur_antwoord("AanmeldingMetContact", na.json())
    assert na.json()["contact"] == {
        "naam": "Amina Zeldzamenaam",
        "kind": "Zeldzaamkind Zeldzamenaam",
        "email": "zeldzaam@voorbeeld.test",
        "telefoon": "0470 11 22 33",
        "tolk": True,
    }
    assert na.json()["voorstel"]["status"] == "open"
    assert na["ETag"] != voor["ETag"]
    inzage = Inzage.objects.get()
    assert (inzage.gebruiker, inzage.onderwerp_id) == (spelers.farid, aanmelding.opvangvraag_id)
    # The list never tells who it is.
    assert "Zeldzamenaam" not in pakket.get("/aanmeldingen").content.decode()


def test_look_of_a_key_without_a_maker_is_noted_once_an_hour(pakket, aanmelding):
    ApiSleutel.objects.update(aangemaakt_door=None)
    stel_voor(aanmelding)

    for _ in range(2):
        pakket.get(f"/aanmeldingen/{aanmelding.uuid}")

    gebeurtenis = Gebeurtenis.objects.get(werkwoord="aanvragen.contact.gelezen")
    assert gebeurtenis.namens == "API-sleutel Boekhouding"
    assert gebeurtenis.onderwerp_id == aanmelding.opvangvraag_id


def test_family_is_unknown_again_when_it_chose_another(pakket, vreemd, spelers, aanmelding):
    ander = aanmelding.opvangvraag.aanmeldingen.get(locatie=spelers.zonnetje)
    stel_voor(ander)
    voorstel = stel_voor(aanmelding)
    aanvaard(voorstel, door=None, nu=timezone.now())

    gekozen = pakket.get(f"/aanmeldingen/{aanmelding.uuid}").json()
    niet = vreemd.get(f"/aanmeldingen/{ander.uuid}").json()

    assert (gekozen["status"], gekozen["contact"]["kind"]) == (
        "aanvaard",
        "Zeldzaamkind Zeldzamenaam",
    )
    assert (niet["status"], niet["contact"], niet["vraag"]) == ("vervallen_elders", None, None)
    keur_antwoord("AanmeldingMetContact", niet)


def test_lapsed_request_says_nothing_of_the_family(pakket, spelers, aanmelding):
    laat_vervallen(
        aanmelding.opvangvraag, reden=Vervalreden.DROEVIG, door=spelers.carla, nu=timezone.now()
    )

    (een,) = pakket.get("/aanmeldingen").json()["items"]

    assert (een["status"], een["vraag"], een["kanBeantwoorden"]) == ("vervallen", None, False)
    assert "droevig" not in json.dumps(een)


def test_reading_does_not_mark_a_request_as_seen(pakket, aanmelding):
    pakket.get("/aanmeldingen")
    pakket.get(f"/aanmeldingen/{aanmelding.uuid}")

    aanmelding.refresh_from_db()
    assert (aanmelding.status, aanmelding.gezien_op) == (Aanmeldingstatus.VERZONDEN, None)


def test_filter_by_status(pakket, spelers, aanmelding):
    wacht = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    zet_op_wachtlijst(wacht, door=spelers.farid, nu=timezone.now())

    def ids(status):
        antwoord = pakket.get("/aanmeldingen", {"status": status}).json()
        assert antwoord["total"] == len(antwoord["items"])
        return [een["id"] for een in antwoord["items"]]

    assert ids("wachtlijst") == [str(wacht.uuid)]
    assert ids("verzonden") == [str(aanmelding.uuid)]
    assert set(ids("verzonden,wachtlijst")) == {str(wacht.uuid), str(aanmelding.uuid)}
    assert ids("aanvaard") == []


@pytest.mark.parametrize(
    ("sinds", "verwacht"),
    [
        ("2026-03-10T09:00:00Z", 2),
        ("2026-03-10T10:00:00%2B01:00", 2),
        ("2026-03-10T10:00:00+01:00", 2),
        ("2026-03-10T10:00:01", 1),
        ("2026-03-11", 1),
        ("2026-03-12", 0),
    ],
)
def test_filter_by_change(pakket, spelers, sinds, verwacht):
    for dag in (9, 10, 11):
        vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
        moment = dt.datetime(2026, 3, dag, 9, 0, tzinfo=dt.UTC)
        vraag.aanmeldingen.update(gewijzigd_op=moment)

    antwoord = pakket.get(f"/aanmeldingen?gewijzigdSinds={sinds}")

    assert antwoord.json()["total"] == verwacht


@pytest.mark.parametrize(
    "vraag",
    [
        {"status": "verzonnen"},
        {"status": "verzonden,x\x00"},
        {"gewijzigdSinds": "ooit"},
        {"gewijzigdSinds": "2026-13-01"},
        {"gewijzigdSinds": "2026-02-30T10:00:00Z"},
        {"gewijzigdSinds": "0001-01-01T00:00:00+14:00"},
        {"gewijzigdSinds": "9999-12-31T23:59:59-14:00"},
        {"gewijzigdsinds": "2026-01-01"},
    ],
)
def test_filter_that_is_wrong_is_refused(pakket, vraag):
    antwoord = pakket.get("/aanmeldingen", vraag)

    assert antwoord.status_code == 400
    (naam,) = vraag
    assert antwoord.json()["issues"][0]["name"] == naam


def test_what_changes_while_paging_is_told_again_and_nothing_is_missed(pakket, spelers):
    for nr in range(5):
        vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
        moment = dt.datetime(2026, 3, 1 + nr, tzinfo=dt.UTC)
        vraag.aanmeldingen.update(gewijzigd_op=moment)
    alle = {str(een) for een in Aanmelding.objects.values_list("uuid", flat=True)}

    eerste = pakket.get("/aanmeldingen?pageSize=2").json()
    # The first row is answered meanwhile, and moves to the end.
    geantwoord = Aanmelding.objects.get(uuid=eerste["items"][0]["id"])
    zet_op_wachtlijst(geantwoord, door=spelers.farid, nu=timezone.now())
    gezien, blad = [een["id"] for een in eerste["items"]], eerste
    while "next" in blad:
        blad = pakket.get(blad["next"].partition("/api/v1")[2]).json()
        gezien += [een["id"] for een in blad["items"]]

    assert set(gezien) == alle
    assert gezien.count(str(geantwoord.uuid)) == 2


def test_filters_stay_on_the_next_page(pakket, spelers):
    for _ in range(2):
        maak_vraag(spelers.loket, [spelers.egeltjes])

    blad = pakket.get("/aanmeldingen?pageSize=1&status=verzonden").json()

    assert "status=verzonden" in blad["next"]
    assert "pageSize=1" in blad["next"]


def test_cursor_of_another_list_is_refused(pakket, spelers):
    for _ in range(2):
        maak_vraag(spelers.loket, [spelers.egeltjes])
    volgende = pakket.get("/aanmeldingen?pageSize=1").json()["next"]

    antwoord = pakket.get(f"/locaties?{volgende.partition('?')[2]}")

    assert antwoord.status_code == 400


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_asks_the_same_of_the_database(pakket, spelers, aantal, django_assert_num_queries):
    aanbod = maak_aanbod(spelers.egeltjes, 9, nu=timezone.now(), vanaf=dt.date(2026, 9, 1))
    for _ in range(aantal):
        vraag = maak_vraag(spelers.loket, [spelers.egeltjes])
        maak_voorstel(vraag.aanmeldingen.get(), aanbod, nu=timezone.now())
    pakket.get("/aanmeldingen")

    # The key, the rows, their offers, their number.
    with django_assert_num_queries(4):
        assert len(pakket.get("/aanmeldingen").json()["items"]) == aantal
