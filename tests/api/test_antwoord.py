from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from aanvragen.domain.kiezen import aanvaard
from aanvragen.models import Opvangvraag, Voorstel
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus
from loket.models import Bericht, Gebeurtenis
from opvang.models import Plaatsaanbod
from tests.api.schema import keur_antwoord
from tests.fabrieken import MA_DI, maak_aanbod, maak_voorstel, maak_vraag

NU = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
START = "2026-09-01"
MAANDAG = [{"dag": "maandag", "voormiddag": True, "namiddag": True}]
MA_EN_DI = [*MAANDAG, {"dag": "dinsdag", "voormiddag": True, "namiddag": True}]


@pytest.fixture
def aanmelding(spelers, time_machine):
    time_machine.move_to(NU, tick=False)
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes, spelers.zonnetje])
    Bericht.objects.all().delete()
    return vraag.aanmeldingen.get(locatie=spelers.egeltjes)


def antwoord(pakket, aanmelding, inhoud, **koppen):
    return pakket.post(f"/aanmeldingen/{aanmelding.uuid}/antwoord", inhoud, **koppen)


def voorstel(**velden):
    return {"soort": "voorstel", "start": START, "week": MA_EN_DI, **velden}


def periode_id(pakket):
    return pakket.get("/locaties/de-egeltjes/vrije-plaatsen").json()["periodes"][0]["id"]


def test_waiting_list(pakket, aanmelding):
    uit = antwoord(pakket, aanmelding, {"soort": "wachtlijst", "toelichting": "We bellen in juni."})

    aanmelding.refresh_from_db()
    assert uit.status_code == 200
    keur_antwoord("AanmeldingMetContact", uit.json())
    assert (uit.json()["status"], uit.json()["toelichting"]) == (
        "wachtlijst",
        "We bellen in juni.",
    )
    assert (aanmelding.status, aanmelding.beantwoord_op) == (Aanmeldingstatus.WACHTLIJST, NU)
    assert Bericht.objects.get().sjabloon == "aanvragen/wachtlijst"
    gebeurtenis = Gebeurtenis.objects.latest("pk")
    assert (gebeurtenis.door, gebeurtenis.namens) == (None, "API-sleutel Boekhouding")


def test_refusal_with_a_reason(pakket, aanmelding):
    uit = antwoord(pakket, aanmelding, {"soort": "weigering", "reden": "volzet"}).json()

    assert (uit["status"], uit["weigerreden"], uit["contact"]) == (
        "geweigerd_door_opvang",
        "volzet",
        None,
    )
    assert Bericht.objects.get().sjabloon == "aanvragen/geen_plaats"


def test_offer_out_of_a_period(pakket, spelers, aanmelding):
    maak_aanbod(spelers.egeltjes, 1, vanaf=dt.date(2026, 9, 1))

    uit = antwoord(
        pakket,
        aanmelding,
        voorstel(aanbodId=periode_id(pakket), geldigTot="2026-03-20T17:00:00+01:00"),
    )

    keur_antwoord("AanmeldingMetContact", uit.json())
    assert uit.json()["status"] == "voorgesteld"
    assert uit.json()["voorstel"]["geldigTot"] == "2026-03-20T17:00:00+01:00"
    assert uit.json()["contact"]["naam"] == str(aanmelding.opvangvraag.aanvrager)
    rij = Voorstel.objects.get()
    assert (rij.start, rij.rooster, rij.plaatsaanbod.locatie) == (
        dt.date(2026, 9, 1),
        MA_DI.masker,
        spelers.egeltjes,
    )
    assert Plaatsaanbod.objects.get().vrij[:6] == [0, 0, 0, 0, 1, 1]


def test_offer_of_a_place_that_was_not_announced(pakket, aanmelding):
    uit = antwoord(
        pakket, aanmelding, voorstel(einde="2027-07-01", geldigTot="2026-03-10T12:00:00Z")
    )

    assert uit.status_code == 200
    rij = Voorstel.objects.get()
    assert (rij.einde, rij.geldig_tot) == (
        dt.date(2027, 7, 1),
        dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC),
    )
    assert Plaatsaanbod.objects.get().plaatsen == list(MA_DI.vector)


def test_family_has_the_lokets_term_to_think(pakket, spelers, aanmelding):
    antwoord(pakket, aanmelding, voorstel())

    assert timezone.localtime(Voorstel.objects.get().geldig_tot).isoformat() == (
        "2026-03-13T00:00:00+01:00"
    )


@pytest.mark.parametrize("soort", ["voorstel", "afwijkend"])
@pytest.mark.parametrize(
    ("velden", "status"),
    [
        ({}, "voorgesteld"),
        ({"week": MAANDAG}, "afwijkend_voorstel"),
        ({"start": "2026-10-01"}, "afwijkend_voorstel"),
    ],
)
def test_deviation_follows_from_what_was_asked(pakket, aanmelding, soort, velden, status):
    uit = antwoord(pakket, aanmelding, voorstel(soort=soort, **velden))

    assert uit.json()["status"] == status


def test_offer_that_does_not_reserve_leaves_the_place_to_others(pakket, spelers, aanmelding):
    maak_aanbod(spelers.egeltjes, 1, vanaf=dt.date(2026, 9, 1))

    antwoord(pakket, aanmelding, voorstel(aanbodId=periode_id(pakket), reserveert=False))

    assert Voorstel.objects.get().reserveert is False
    assert Plaatsaanbod.objects.get().vrij[:4] == [1, 1, 1, 1]


def test_place_that_is_gone_is_refused_with_the_days(pakket, spelers, aanmelding):
    maak_aanbod(spelers.egeltjes, [1, 1] + [0] * 12, vanaf=dt.date(2026, 9, 1))

    uit = antwoord(pakket, aanmelding, voorstel(aanbodId=periode_id(pakket)))

    assert uit.status_code == 409
    assert uit.json()["type"] == "urn:problem-type:lokaalloket:refused"
    assert uit.json()["detail"] == "Op deze dagen is er geen vrije plaats meer: dinsdag."
    assert Voorstel.objects.count() == 0


def test_period_that_has_not_begun_is_refused(pakket, spelers, aanmelding):
    maak_aanbod(spelers.egeltjes, 1, vanaf=dt.date(2026, 10, 1))

    assert antwoord(pakket, aanmelding, voorstel(aanbodId=periode_id(pakket))).status_code == 409


@pytest.mark.parametrize(
    "inhoud",
    [
        {"soort": "wachtlijst"},
        {"soort": "weigering", "reden": "dagen"},
        voorstel(),
    ],
    ids=["wachtlijst", "weigering", "voorstel"],
)
def test_second_answer_is_refused_and_keeps_the_offer(pakket, aanmelding, inhoud):
    antwoord(pakket, aanmelding, voorstel())

    uit = antwoord(pakket, aanmelding, inhoud)

    assert uit.status_code == 409
    assert uit.json()["type"] == "urn:problem-type:lokaalloket:conflict"
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VOORGESTELD
    assert Voorstel.objects.get().status == "open"


def test_family_on_the_waiting_list_gets_an_offer_later(pakket, aanmelding):
    antwoord(pakket, aanmelding, {"soort": "wachtlijst"})

    assert antwoord(pakket, aanmelding, voorstel()).json()["status"] == "voorgesteld"


def test_question_that_found_a_place_is_not_answered_any_more(pakket, spelers, aanmelding):
    ander = aanmelding.opvangvraag.aanmeldingen.get(locatie=spelers.zonnetje)
    aanbod = maak_aanbod(spelers.zonnetje, 1, vanaf=dt.date(2026, 9, 1))
    aanvaard(maak_voorstel(ander, aanbod), door=None, nu=NU)

    assert antwoord(pakket, aanmelding, {"soort": "wachtlijst"}).status_code == 409


def test_question_that_waits_at_the_loket_is_not_found(pakket, aanmelding):
    Opvangvraag.objects.update(status=Vraagstatus.INGEDIEND)

    assert antwoord(pakket, aanmelding, {"soort": "wachtlijst"}).status_code == 404


def test_other_organisators_request_is_not_found(vreemd, aanmelding):
    uit = antwoord(vreemd, aanmelding, {"soort": "weigering", "reden": "volzet"})

    aanmelding.refresh_from_db()
    assert uit.status_code == 404
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN


def test_period_of_another_location_is_refused(pakket, vreemd, spelers, aanmelding):
    maak_aanbod(spelers.zonnetje, 5, vanaf=dt.date(2026, 9, 1))
    vreemd_id = vreemd.get("/locaties/het-zonnetje/vrije-plaatsen").json()["periodes"][0]["id"]

    uit = antwoord(pakket, aanmelding, voorstel(aanbodId=vreemd_id))

    assert uit.status_code == 400
    assert uit.json()["issues"][0]["name"] == "aanbodId"


def test_version_that_was_seen_may_be_named(pakket, aanmelding):
    etag = pakket.get(f"/aanmeldingen/{aanmelding.uuid}")["ETag"]
    Opvangvraag.objects.update(flexibel_dagen=True)

    oud = antwoord(pakket, aanmelding, {"soort": "wachtlijst"}, If_Match=etag)
    nieuw = pakket.get(f"/aanmeldingen/{aanmelding.uuid}")["ETag"]

    assert oud.status_code == 412
    assert antwoord(pakket, aanmelding, {"soort": "wachtlijst"}, If_Match=nieuw).status_code == 200


@pytest.mark.parametrize(
    ("inhoud", "naam"),
    [
        ({}, "soort"),
        ([], "soort"),
        ({"soort": "misschien"}, "soort"),
        ({"soort": ["wachtlijst"]}, "soort"),
        ({"soort": None}, "soort"),
        ({"soort": "wachtlijst", "reden": "volzet"}, "reden"),
        ({"soort": "wachtlijst", "toelichting": "x" * 501}, "toelichting"),
        ({"soort": "wachtlijst", "toelichting": "a\x00b"}, "toelichting"),
        ({"soort": "wachtlijst", "toelichting": {"a": 1}}, "toelichting"),
        ({"soort": "weigering"}, "reden"),
        ({"soort": "weigering", "reden": "geen zin"}, "reden"),
        ({"soort": "weigering", "reden": "anders"}, "toelichting"),
        (voorstel(start="2026-03-01"), "start"),
        (voorstel(start="gisteren"), "start"),
        (voorstel(einde="2026-09-01"), "einde"),
        (voorstel(week=[]), "week"),
        (voorstel(week=[{"dag": "maandag", "voormiddag": False, "namiddag": False}]), "week"),
        (voorstel(week=MAANDAG * 2), "week"),
        (voorstel(week=[{"dag": "maandag", "voormiddag": True}]), "week[0].namiddag"),
        (voorstel(geldigTot="2026-03-02T10:00:00Z"), "geldigTot"),
        (voorstel(geldigTot="2027-03-02T10:00:00Z"), "geldigTot"),
        (voorstel(geldigTot="9999-12-31T23:59:59Z"), "geldigTot"),
        (voorstel(aanbodId="1"), "aanbodId"),
        (voorstel(aanbodId="00000000-0000-0000-0000-000000000000"), "aanbodId"),
        (voorstel(reserveert="misschien"), "reserveert"),
        (voorstel(plaats=1), "plaats"),
    ],
)
def test_answer_that_can_not_be_is_explained_and_changes_nothing(pakket, aanmelding, inhoud, naam):
    uit = antwoord(pakket, aanmelding, inhoud)

    assert uit.status_code == 400
    assert [een["name"] for een in uit.json()["issues"]] == [naam]
    aanmelding.refresh_from_db()
    assert aanmelding.status == Aanmeldingstatus.VERZONDEN
    assert Bericht.objects.count() == 0
    assert Plaatsaanbod.objects.count() == 0
