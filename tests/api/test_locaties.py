from __future__ import annotations

import pytest

from opvang.models import Opvanglocatie
from tests.api.schema import keur_antwoord
from tests.fabrieken import maak_locatie


def test_only_the_own_locations_are_listed(pakket, spelers):
    antwoord = pakket.get("/locaties").json()

    keur_antwoord("Locaties", antwoord)
    assert antwoord["total"] == 1
    assert [een["id"] for een in antwoord["items"]] == ["de-egeltjes"]
    assert "next" not in antwoord


def test_location_is_told_in_stable_words(pakket, settings, spelers):
    Opvanglocatie.objects.filter(pk=spelers.egeltjes.pk).update(dossiernummer="100012345")
    antwoord = pakket.get("/locaties/de-egeltjes").json()

    keur_antwoord("Locatie", antwoord)
    basis = f"{settings.SITE_URL}/api/v1/locaties/de-egeltjes"
    assert antwoord == {
        "id": "de-egeltjes",
        "href": basis,
        "naam": "De Egeltjes",
        "dossiernummer": "100012345",
        "opvangvorm": "groepsopvang",
        "adres": {
            "straat": "Kerkstraat",
            "huisnummer": spelers.egeltjes.huisnummer,
            "postcode": "9001",
            "plaats": "Wilgenrade",
        },
        "zichtbaar": True,
        "vrijePlaatsen": f"{basis}/vrije-plaatsen",
    }


@pytest.mark.parametrize("pad", ["/locaties/het-zonnetje", "/locaties/bestaat-niet"])
def test_other_organisators_location_is_not_found(pakket, vreemd, pad):
    assert pakket.get(pad).status_code == 404
    assert vreemd.get("/locaties/het-zonnetje").status_code == 200


def test_pages_follow_each_other_without_gap_or_double(pakket, spelers):
    for nummer in range(4):
        maak_locatie(
            organisator=spelers.egeltjes.organisator, loket=spelers.loket, slug=f"plek-{nummer}"
        )
    gezien, adres = [], "/locaties?pageSize=2"
    while adres:
        blad = pakket.get(adres.removeprefix("http://127.0.0.1:8000/api/v1")).json()
        keur_antwoord("Locaties", blad)
        gezien += [een["id"] for een in blad["items"]]
        assert blad["total"] == 5
        adres = blad.get("next")

    assert gezien == ["de-egeltjes", "plek-0", "plek-1", "plek-2", "plek-3"]


@pytest.mark.parametrize(
    ("vraag", "naam"),
    [
        ({"pageSize": "0"}, "pageSize"),
        ({"pageSize": "201"}, "pageSize"),
        ({"pageSize": "-1"}, "pageSize"),
        ({"pageSize": "veel"}, "pageSize"),
        ({"pageSize": ""}, "pageSize"),
        ({"pageSize": "٣"}, "pageSize"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "WyJ6Il0"}, "cursor"),
        ({"cursor": "a:b:c"}, "cursor"),
        ({"page": "2"}, "page"),
        ({"format": "json"}, "format"),
    ],
)
def test_parameter_that_is_wrong_or_unknown_is_refused(pakket, vraag, naam):
    antwoord = pakket.get("/locaties", vraag)

    assert antwoord.status_code == 400
    (issue,) = antwoord.json()["issues"]
    assert (issue["in"], issue["name"]) == ("query", naam)


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_asks_the_same_of_the_database(pakket, spelers, aantal, django_assert_num_queries):
    for _ in range(aantal):
        maak_locatie(organisator=spelers.egeltjes.organisator, loket=spelers.loket)
    pakket.get("/locaties")

    # The key, the rows, their number.
    with django_assert_num_queries(3):
        assert len(pakket.get("/locaties").json()["items"]) == aantal + 1
