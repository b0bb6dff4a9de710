from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from loket.models import Gebeurtenis
from opvang.domain.vrije_plaatsen import stand_van
from opvang.models import Plaatsaanbod
from opvang.workflow import Stand
from tests.api.conftest import maak_pakket
from tests.api.schema import keur_antwoord
from tests.fabrieken import MA_DI, maak_aanbod, maak_voorstel, maak_vraag

PAD = "/locaties/de-egeltjes/vrije-plaatsen"
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def week(*aantallen: int) -> list[dict]:
    """So many places per day, morning and afternoon."""
    gevuld = (*aantallen, *[0] * (7 - len(aantallen)))
    return [
        {"dag": dag, "voormiddag": n, "namiddag": n} for dag, n in zip(DAGEN, gevuld, strict=True)
    ]


def periode(**velden) -> dict:
    return {"vanaf": "2026-09-01", "vrij": week(2, 2), **velden}


def vervang(pakket, *periodes, **koppen):
    koppen.setdefault("If_Match", pakket.get(PAD)["ETag"])
    return pakket.put(PAD, {"periodes": list(periodes)}, **koppen)


def test_nothing_said_is_an_empty_list(pakket):
    antwoord = pakket.get(PAD)

    keur_antwoord("VrijePlaatsen", antwoord.json())
    assert antwoord.json() == {"locatie": "de-egeltjes", "periodes": []}
    assert antwoord["ETag"].startswith('"')


def test_what_was_sent_is_read_back(pakket, spelers):
    antwoord = vervang(
        pakket,
        periode(tot="2027-01-01", soort="occasioneel", leeftijdVanaf=6, leeftijdTot=30),
        periode(vanaf="2027-01-01", vrij=[{"dag": "zondag", "voormiddag": 1, "namiddag": 0}]),
    )

    assert antwoord.status_code == 200
    gelezen = pakket.get(PAD)
    assert gelezen.json() == antwoord.json()
    assert gelezen["ETag"] == antwoord["ETag"]
    keur_antwoord("VrijePlaatsen", gelezen.json())
    een, twee = gelezen.json()["periodes"]
    assert {naam: een[naam] for naam in ("soort", "vanaf", "tot", "leeftijdVanaf", "vrij")} == {
        "soort": "occasioneel",
        "vanaf": "2026-09-01",
        "tot": "2027-01-01",
        "leeftijdVanaf": 6,
        "vrij": week(2, 2),
    }
    assert twee["vrij"][6] == {"dag": "zondag", "voormiddag": 1, "namiddag": 0}
    rij = Plaatsaanbod.objects.get(vanaf=dt.date(2026, 9, 1))
    assert rij.locatie == spelers.egeltjes
    assert rij.plaatsen == [2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    gebeurtenis = Gebeurtenis.objects.latest("pk")
    assert (gebeurtenis.door, gebeurtenis.namens) == (None, "API-sleutel Boekhouding")


def test_period_with_an_id_changes_and_one_left_out_goes(pakket):
    eerst = vervang(pakket, periode(), periode(vanaf="2027-01-01")).json()["periodes"]

    daarna = vervang(pakket, {**eerst[0], "vrij": week(0, 1)}).json()["periodes"]

    assert [een["id"] for een in daarna] == [eerst[0]["id"]]
    assert daarna[0]["vrij"] == week(0, 1)
    assert Plaatsaanbod.objects.count() == 1


def test_zeros_are_full_and_no_period_is_unknown(pakket, spelers):
    def stand():
        return stand_van(
            list(spelers.egeltjes.plaatsaanbod.all()),
            rooster_masker=None,
            nu=timezone.now(),
            vers_dagen=30,
            verborgen_dagen=60,
        )

    vervang(pakket, periode(vrij=week(0)))
    assert stand() == Stand.VOL
    vervang(pakket)
    assert stand() == Stand.ONBEKEND


def test_without_if_match_nothing_is_overwritten(pakket):
    vervang(pakket, periode())

    antwoord = pakket.put(PAD, {"periodes": []})

    assert antwoord.status_code == 428
    assert antwoord.json()["type"] == "urn:problem-type:lokaalloket:preconditionRequired"
    assert Plaatsaanbod.objects.count() == 1


@pytest.mark.parametrize("etag", ['"oud"', 'W/"{}"', "onzin", "{}"])
def test_stale_version_is_refused(pakket, etag):
    vervang(pakket, periode())
    echt = pakket.get(PAD)["ETag"].strip('"')

    antwoord = vervang(pakket, If_Match=etag.format(echt))

    assert antwoord.status_code == 412
    assert antwoord.json()["type"] == "urn:problem-type:lokaalloket:preconditionFailed"
    assert Plaatsaanbod.objects.count() == 1


@pytest.mark.parametrize("etag", ["*", '"oud", {}'])
def test_star_and_a_list_with_the_right_version_are_accepted(pakket, etag):
    vervang(pakket, periode())

    antwoord = vervang(pakket, If_Match=etag.format(pakket.get(PAD)["ETag"]))

    assert antwoord.status_code == 200


def test_place_taken_meanwhile_makes_the_version_stale(pakket, spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], nu=timezone.now())
    maak_aanbod(spelers.egeltjes, 2, nu=timezone.now(), vanaf=dt.date(2026, 9, 1))
    gelezen = pakket.get(PAD)
    maak_voorstel(vraag.aanmeldingen.get(), spelers.egeltjes.plaatsaanbod.get(), nu=timezone.now())

    antwoord = vervang(pakket, *gelezen.json()["periodes"], If_Match=gelezen["ETag"])

    assert antwoord.status_code == 412
    rij = spelers.egeltjes.plaatsaanbod.get()
    assert rij.vrij[:4] == [1, 1, 1, 1]


def test_what_is_offered_stays_taken(pakket, spelers):
    vraag = maak_vraag(spelers.loket, [spelers.egeltjes], nu=timezone.now())
    rij = maak_aanbod(spelers.egeltjes, 2, nu=timezone.now(), vanaf=dt.date(2026, 9, 1))
    maak_voorstel(vraag.aanmeldingen.get(), rij, nu=timezone.now())
    gelezen = pakket.get(PAD).json()["periodes"]
    assert gelezen[0]["vrij"][0] == {"dag": "maandag", "voormiddag": 1, "namiddag": 1}

    vervang(pakket, {**gelezen[0], "vrij": week(0)})
    rij.refresh_from_db()
    assert (rij.vrij, rij.ingenomen) == ([0] * 14, list(MA_DI.vector))
    vervang(pakket)
    rij.refresh_from_db()
    assert rij.vrij == [0] * 14


@pytest.mark.parametrize(
    ("fout", "naam"),
    [
        ({"vanaf": None}, "vanaf"),
        ({"vanaf": "2026-02-30"}, "vanaf"),
        ({"vanaf": "0001-01-01"}, "vanaf"),
        ({"vanaf": "9999-12-31"}, "vanaf"),
        ({"vanaf": 20260901}, "vanaf"),
        ({"tot": "2026-09-01"}, "tot"),
        ({"tot": "2026-08-31"}, "tot"),
        ({"soort": "verzonnen"}, "soort"),
        ({"soort": ["regulier"]}, "soort"),
        ({"leeftijdVanaf": 36}, "leeftijdTot"),
        ({"leeftijdVanaf": -1}, "leeftijdVanaf"),
        ({"leeftijdTot": 10**30}, "leeftijdTot"),
        ({"leeftijdTot": "x"}, "leeftijdTot"),
        ({"vrij": "ma"}, "vrij"),
        ({"vrij": None}, "vrij"),
        ({"vrij": [*week(1), {"dag": "maandag", "voormiddag": 0, "namiddag": 0}]}, "vrij"),
        ({"vrij": [{"dag": "maandag", "voormiddag": 0, "namiddag": 0}] * 2}, "vrij"),
        ({"vrij": [{"dag": "mandag", "voormiddag": 0, "namiddag": 0}]}, "vrij[0].dag"),
        ({"vrij": [{"dag": "maandag", "voormiddag": 201, "namiddag": 0}]}, "vrij[0].voormiddag"),
        ({"vrij": [{"dag": "maandag", "voormiddag": 1}]}, "vrij[0].namiddag"),
        ({"vrij": [1]}, "vrij[0]"),
        ({"id": "geen-uuid"}, "id"),
        ({"id": "00000000-0000-0000-0000-000000000000"}, "id"),
    ],
)
def test_input_that_can_not_be_is_explained_and_nothing_changes(pakket, fout, naam):
    vervang(pakket, periode())
    voor = pakket.get(PAD)["ETag"]

    antwoord = vervang(pakket, periode(**fout))

    assert antwoord.status_code == 400
    assert {een["name"] for een in antwoord.json()["issues"]} == {f"periodes[0].{naam}"}
    assert pakket.get(PAD)["ETag"] == voor


def test_all_or_nothing(pakket):
    antwoord = vervang(pakket, periode(), periode(tot="2020-01-01"))

    assert antwoord.status_code == 400
    assert Plaatsaanbod.objects.count() == 0


def test_too_many_periods_are_refused(pakket):
    assert vervang(pakket, *[periode()] * 101).status_code == 400


def test_id_twice_is_refused(pakket):
    (een,) = vervang(pakket, periode()).json()["periodes"]

    antwoord = vervang(pakket, een, een)

    assert antwoord.status_code == 400
    assert antwoord.json()["issues"][0]["name"] == "periodes[1].id"


def test_id_of_another_location_is_refused(pakket, vreemd):
    anders = vreemd.put(
        "/locaties/het-zonnetje/vrije-plaatsen", {"periodes": [periode()]}, If_Match="*"
    ).json()["periodes"][0]

    assert vervang(pakket, anders).status_code == 400
    assert Plaatsaanbod.objects.count() == 1


@pytest.mark.parametrize("methode", ["GET", "PUT"])
def test_other_organisators_places_are_not_found(pakket, spelers, methode):
    maak_aanbod(spelers.zonnetje, 1)

    antwoord = pakket.stuur(
        methode, "/locaties/het-zonnetje/vrije-plaatsen", {"periodes": []}, If_Match="*"
    )

    assert antwoord.status_code == 404
    assert Plaatsaanbod.objects.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_reading_asks_the_same_of_the_database(pakket, aantal, django_assert_num_queries):
    vervang(pakket, *[periode(vanaf=f"2026-0{nr + 1}-01") for nr in range(aantal)])

    # The key, the location, its periods.
    with django_assert_num_queries(3):
        assert len(pakket.get(PAD).json()["periodes"]) == aantal


@pytest.mark.django_db(transaction=True)
def test_two_back_offices_that_start_from_nothing_do_not_both_win(spelers):
    pakketten = [maak_pakket(spelers, spelers.egeltjes, spelers.farid) for _ in range(2)]
    etag = pakketten[0].get(PAD)["ETag"]

    def stuur(pakket):
        try:
            return vervang(pakket, periode(), If_Match=etag).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as draden:
        codes = sorted(draden.map(stuur, pakketten))

    assert codes == [200, 412]
    assert Plaatsaanbod.objects.count() == 1
