"""Who may call: a key, and nothing but a key."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from loket.api.grenzen import MISLUKT_PER_MINUUT, PER_MINUUT
from opvang.domain.api_sleutels import trek_sleutel_in
from tests.api.schema import keur_antwoord

LOCATIES = "/api/v1/locaties"


@pytest.mark.parametrize("pad", ["/locaties", "/aanmeldingen", "/bestaat-niet", ""])
def test_without_a_key_nothing_opens(client, db, pad):
    antwoord = client.get(f"/api/v1{pad}")

    assert antwoord.status_code == 401
    assert antwoord["WWW-Authenticate"] == 'Api-Key realm="Lokaal Loket Kinderopvang"'
    assert antwoord["Content-Type"] == "application/problem+json"
    keur_antwoord("Probleem", antwoord.json())
    assert antwoord.json()["type"] == "urn:problem-type:belgif:noAccessToken"


@pytest.mark.parametrize(
    "kop",
    [
        "Api-Key",
        "Api-Key ",
        "Api-Key onzin",
        "Api-Key llk_00000000_onzin",
        "Api-Key llk__",
        "Api-Key llk_\u00e9_x",
        "Api-Key llk_a\x00b_x",
        "Api-Key " + "x" * 5000,
    ],
)
def test_key_that_is_none_is_refused(client, db, kop):
    antwoord = client.get(LOCATIES, headers={"Authorization": kop})

    assert antwoord.status_code == 401
    assert antwoord.json()["type"] == "urn:problem-type:belgif:invalidAccessToken"
    assert antwoord["WWW-Authenticate"].startswith("Api-Key")


@pytest.mark.parametrize("soort", ["Bearer", "Basic", "Token"])
def test_another_scheme_is_no_key(client, pakket, soort):
    antwoord = client.get(LOCATIES, headers={"Authorization": f"{soort} {pakket.geheim}"})

    assert antwoord.status_code == 401


def test_scheme_may_be_written_in_any_case(client, pakket):
    antwoord = client.get(LOCATIES, headers={"Authorization": f"api-key {pakket.geheim}"})

    assert antwoord.status_code == 200


def test_withdrawn_key_stops_at_once(pakket, spelers):
    assert pakket.get("/locaties").status_code == 200
    trek_sleutel_in(pakket.sleutel, door=spelers.farid, nu=timezone.now())

    assert pakket.get("/locaties").status_code == 401


def test_signing_in_opens_nothing_here(client, spelers):
    client.force_login(spelers.farid)

    assert client.get(LOCATIES).status_code == 401


def test_answer_sets_no_cookie_and_may_not_be_kept(pakket):
    antwoord = pakket.get("/locaties")

    assert antwoord.cookies == {}
    assert antwoord["Cache-Control"] == "no-store"
    assert antwoord["Content-Language"] == "nl"


def test_too_many_calls_wait(pakket, vreemd, time_machine):
    time_machine.move_to("2026-03-02T10:00:20Z", tick=False)
    for _ in range(PER_MINUUT):
        assert pakket.get("/bestaat-niet").status_code == 404

    antwoord = pakket.get("/locaties")

    assert antwoord.status_code == 429
    assert antwoord["Retry-After"] == "40"
    assert antwoord.json()["type"] == "urn:problem-type:belgif:tooManyRequests"
    assert vreemd.get("/locaties").status_code == 200
    time_machine.move_to("2026-03-02T10:01:00Z", tick=False)
    assert pakket.get("/locaties").status_code == 200


def test_guessing_is_slowed_down(client, pakket, time_machine):
    time_machine.move_to("2026-03-02T10:00:00Z", tick=False)
    fout = {"Authorization": "Api-Key llk_00000000_gok"}
    codes = [client.get(LOCATIES, headers=fout).status_code for _ in range(MISLUKT_PER_MINUUT + 1)]

    assert codes == [401] * MISLUKT_PER_MINUUT + [429]
    # Whoever has a key is not held back by a neighbour who guesses.
    assert pakket.get("/locaties").status_code == 200


def test_without_a_cache_nobody_is_held_back(pakket, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://localhost:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True},
        }
    }

    assert pakket.get("/locaties").status_code == 200


@pytest.mark.parametrize("naam", ["openapi", "docs"])
def test_what_explains_the_api_is_open(client, db, naam):
    assert client.get(reverse(f"api:{naam}")).status_code == 200
