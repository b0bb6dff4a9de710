"""Whatever comes in, a problem goes out: never a page, never a 500 for what somebody sent."""

from __future__ import annotations

import json
import logging

import pytest
from django.db import IntegrityError, OperationalError

from opvang.api import locaties
from tests.api.schema import keur_antwoord

VRIJ = "/locaties/de-egeltjes/vrije-plaatsen"


def keur(antwoord, status, soort):
    assert antwoord.status_code == status
    assert antwoord["Content-Type"] == "application/problem+json"
    inhoud = antwoord.json()
    keur_antwoord("Probleem", inhoud)
    assert (inhoud["status"], inhoud["type"]) == (status, f"urn:problem-type:{soort}")
    return inhoud


@pytest.mark.parametrize(
    "ruw",
    [
        "",
        "{",
        "geen json",
        '{"periodes": NaN}',
        '{"periodes": Infinity}',
        b'{"a": "\xff"}',
        "[" * 100_000,
        "9" * 5000,
        '{"a":' * 50_000,
    ],
    ids=["leeg", "half", "tekst", "nan", "inf", "geen utf-8", "diep", "lang getal", "diep object"],
)
def test_what_is_no_json_is_refused(pakket, ruw):
    antwoord = pakket.put(VRIJ, ruw, If_Match="*")

    keur(antwoord, 400, "belgif:badRequest")


@pytest.mark.parametrize("ruw", ["[]", "null", "1", '"tekst"', "true", "[1]", "{}"])
def test_what_is_no_object_is_refused(pakket, ruw):
    antwoord = pakket.put(VRIJ, ruw, If_Match="*")

    assert keur(antwoord, 400, "belgif:badRequest")["issues"]


def test_too_much_is_refused(pakket):
    antwoord = pakket.put(VRIJ, '{"a": "' + "x" * 600_000 + '"}', If_Match="*")

    keur(antwoord, 413, "belgif:payloadTooLarge")


def test_unknown_fields_are_named_but_not_their_values(pakket):
    inhoud = {"periodes": [{"geheim": "waarde", "vanaf": "2027-01-01", "vrij": []}], "x\ud800": 1}

    een = keur(pakket.put(VRIJ, json.dumps(inhoud), If_Match="*"), 400, "belgif:badRequest")
    del inhoud["x\ud800"]
    twee = keur(pakket.put(VRIJ, inhoud, If_Match="*"), 400, "belgif:badRequest")

    onbekend = "urn:problem-type:belgif:input-validation:unknownInput"
    zin = "Dit veld bestaat niet."
    assert een["issues"] == [{"type": onbekend, "in": "body", "name": "x?", "detail": zin}]
    assert twee["issues"] == [
        {"type": onbekend, "in": "body", "name": "periodes[0].geheim", "detail": zin}
    ]
    assert "waarde" not in json.dumps(twee)


def test_issues_name_the_place(pakket):
    inhoud = {
        "periodes": [
            {"vanaf": "2027-01-01", "vrij": []},
            {"vanaf": "ooit", "vrij": [{"dag": "maandag", "voormiddag": -1, "namiddag": 0}]},
        ]
    }

    issues = keur(pakket.put(VRIJ, inhoud, If_Match="*"), 400, "belgif:badRequest")["issues"]

    assert {een["name"] for een in issues} == {
        "periodes[1].vanaf",
        "periodes[1].vrij[0].voormiddag",
    }
    assert {een["in"] for een in issues} == {"body"}


@pytest.mark.parametrize(
    ("methode", "pad", "status", "soort"),
    [
        ("GET", "/bestaat-niet", 404, "belgif:resourceNotFound"),
        ("GET", "/locaties/", 404, "belgif:resourceNotFound"),
        ("GET", "/aanmeldingen/geen-uuid", 404, "belgif:resourceNotFound"),
        ("GET", "/locaties/%00", 404, "belgif:resourceNotFound"),
        ("DELETE", "/locaties", 405, "lokaalloket:methodNotAllowed"),
        ("OPTIONS", "/locaties", 405, "lokaalloket:methodNotAllowed"),
        ("BLABLA", "/bestaat-niet", 404, "belgif:resourceNotFound"),
        ("POST", VRIJ, 405, "lokaalloket:methodNotAllowed"),
    ],
)
def test_address_or_method_that_is_not_there(pakket, methode, pad, status, soort):
    keur(pakket.stuur(methode, pad, "{}"), status, soort)


def test_other_content_than_json_is_refused(pakket):
    antwoord = pakket.client.put(
        f"/api/v1{VRIJ}",
        "periodes=",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Api-Key {pakket.geheim}", "If-Match": "*"},
    )

    keur(antwoord, 415, "lokaalloket:unsupportedMediaType")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png", "onzin"])
def test_answer_is_json_whatever_was_asked(pakket, accept):
    antwoord = pakket.get("/locaties", Accept=accept)

    assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize(
    ("fout", "status", "soort"),
    [
        (RuntimeError("kapot"), 500, "belgif:internalServerError"),
        (OperationalError("lock timeout"), 503, "belgif:serviceUnavailable"),
        (IntegrityError("dubbel"), 409, "lokaalloket:conflict"),
    ],
)
def test_our_own_mistake_is_told_without_its_inside(
    pakket, monkeypatch, caplog, fout, status, soort
):
    def breek(_sleutel):
        raise fout

    monkeypatch.setattr(locaties, "locaties_van", breek)
    with caplog.at_level(logging.ERROR, logger="loket.api.problemen"):
        antwoord = pakket.get("/locaties")

    inhoud = keur(antwoord, status, soort)
    assert str(fout) not in json.dumps(inhoud)
    # The log holds the same mark, so that we find what somebody calls about.
    assert inhoud["instance"] in caplog.text
    assert ("Retry-After" in antwoord) is (status == 503)
