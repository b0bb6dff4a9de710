from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from drf_spectacular.validation import validate_schema

from aanvragen.api.antwoorden import VORMEN
from aanvragen.api.vormen import VOORBEELD, VOORBEELD_BLAD, VOORBEELD_MET_CONTACT
from loket.api.documentatie import openapi
from loket.api_urls import urlpatterns
from opvang.api import locaties, open_data, vrije_plaatsen
from tests.api.schema import keur_antwoord

GEDEELD = Path("docs/api/openapi.json")


def test_schema_is_made_without_a_warning_and_is_the_one_that_we_publish(tmp_path):
    nieuw = tmp_path / "openapi.json"

    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--format=openapi-json", f"--file={nieuw}"
    )

    # Changed on purpose? manage.py spectacular --format openapi-json --file docs/api/openapi.json
    assert json.loads(nieuw.read_text()) == json.loads(GEDEELD.read_text())


@pytest.mark.django_db
def test_schema_is_served_to_everybody(client):
    antwoord = client.get(reverse("api:openapi"))

    schema = antwoord.json()
    validate_schema(schema)
    assert antwoord.status_code == 200
    assert schema["openapi"] == "3.0.3"
    assert schema["components"]["securitySchemes"]["apiSleutel"]["in"] == "header"


def test_every_address_stands_in_the_schema():
    eigen = {
        f"/api/{patroon.pattern}".replace("<slug:", "{").replace("<uuid:", "{").replace(">", "}")
        for patroon in urlpatterns
        if patroon.name not in {"openapi", "docs", "onbekend"}
    }

    assert set(openapi()["paths"]) == eigen


def test_every_operation_asks_for_the_key_unless_it_is_open_and_tells_what_can_go_wrong():
    for pad, per_methode in openapi()["paths"].items():
        for methode, operatie in per_methode.items():
            if pad.startswith("/api/v1/open/"):
                assert (methode, operatie.get("security", [])) == ("get", [])
                assert set(operatie["responses"]) == {"200", "404"}
                continue
            assert operatie["security"] == [{"apiSleutel": []}]
            assert {"200", "401", "429"} <= set(operatie["responses"])


@pytest.mark.parametrize(
    ("naam", "voorbeeld"),
    [
        ("Aanmelding", VOORBEELD),
        ("Aanmeldingen", VOORBEELD_BLAD),
        ("AanmeldingMetContact", VOORBEELD_MET_CONTACT),
        ("Locatie", locaties.VOORBEELD),
        ("Locaties", locaties.VOORBEELD_BLAD),
        ("VrijePlaatsen", vrije_plaatsen.VOORBEELD_ANTWOORD),
        ("OpenVrijePlaatsen", open_data.VOORBEELD),
    ],
)
def test_examples_of_answers_are_right(naam, voorbeeld):
    keur_antwoord(naam, voorbeeld)


@pytest.mark.django_db
def test_examples_of_requests_are_accepted(time_machine):
    time_machine.move_to("2027-03-01")
    pad = openapi()["paths"]["/api/v1/aanmeldingen/{aanmelding}/antwoord"]["post"]
    inhoud = pad["requestBody"]["content"]["application/json"]["examples"]

    for voorbeeld in inhoud.values():
        vorm = VORMEN[voorbeeld["value"]["soort"]](data=voorbeeld["value"])
        assert vorm.is_valid(), vorm.errors
    vrij = vrije_plaatsen.VrijePlaatsenVorm(data=vrije_plaatsen.VOORBEELD_VRIJ)
    assert vrij.is_valid(), vrij.errors
