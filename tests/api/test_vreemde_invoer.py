"""Input that nobody thought of: never a 500, and nothing half-done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st

from aanvragen.api.antwoorden import VORMEN
from loket.models import Bericht
from opvang.models import Plaatsaanbod
from tests.fabrieken import maak_vraag

PROEVEN = settings(max_examples=60, derandomize=True)

tekst = st.text(max_size=20) | st.sampled_from(
    ["", "2026-09-01", "0000-00-00", "\x00", "\ud800", "maandag", "voorstel", "volzet", "null"]
)
blad = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats(allow_nan=True, allow_infinity=True)
    | tekst
)
json_waarde = st.recursive(
    blad, lambda kind: st.lists(kind, max_size=4) | st.dictionaries(tekst, kind, max_size=4)
)
dag = st.fixed_dictionaries(
    {},
    optional={
        "dag": st.sampled_from(["maandag", "zondag"]) | blad,
        "voormiddag": st.booleans() | blad,
        "namiddag": st.booleans() | blad,
    },
)
week = st.lists(dag | blad, max_size=9) | json_waarde
periode = st.fixed_dictionaries(
    {},
    optional={
        naam: keuze | json_waarde
        for naam, keuze in {
            "id": st.uuids().map(str),
            "soort": st.sampled_from(["regulier", "nacht"]),
            "vanaf": st.dates().map(str),
            "tot": st.dates().map(str),
            "leeftijdVanaf": st.integers(),
            "leeftijdTot": st.integers(),
            "vrij": week,
            "laatstBevestigd": blad,
        }.items()
    },
)
antwoord = st.fixed_dictionaries(
    {"soort": st.sampled_from(sorted(VORMEN)) | json_waarde},
    optional={
        naam: keuze | json_waarde
        for naam, keuze in {
            "reden": st.sampled_from(["volzet", "anders"]),
            "toelichting": tekst,
            "start": st.dates().map(str),
            "einde": st.dates().map(str),
            "week": week,
            "aanbodId": st.uuids().map(str),
            "geldigTot": st.datetimes().map(str),
            "reserveert": st.booleans(),
        }.items()
    },
)


def ruw(inhoud: Any) -> bytes:
    return json.dumps(inhoud).encode()


@pytest.mark.django_db
@PROEVEN
@given(inhoud=st.fixed_dictionaries({"periodes": st.lists(periode, max_size=3)}) | json_waarde)
def test_free_places_survive_anything(pakket, inhoud):
    cache.clear()
    voor = Plaatsaanbod.objects.count()

    uit = pakket.put("/locaties/de-egeltjes/vrije-plaatsen", ruw(inhoud), If_Match="*")

    assert uit.status_code in {200, 400}
    if uit.status_code == 400:
        assert uit.json()["type"] == "urn:problem-type:belgif:badRequest"
        assert Plaatsaanbod.objects.count() == voor
    assert pakket.get("/locaties/de-egeltjes/vrije-plaatsen").status_code == 200


@pytest.mark.django_db
@PROEVEN
@given(inhoud=antwoord | json_waarde)
def test_answer_survives_anything(pakket, spelers, inhoud):
    cache.clear()
    aanmelding = maak_vraag(spelers.loket, [spelers.egeltjes]).aanmeldingen.get()
    voor = Bericht.objects.count()

    uit = pakket.post(f"/aanmeldingen/{aanmelding.uuid}/antwoord", ruw(inhoud))

    assert uit.status_code in {200, 400, 409}
    assert (Bericht.objects.count() > voor) is (uit.status_code == 200)
    assert pakket.get(f"/aanmeldingen/{aanmelding.uuid}").status_code == 200


@pytest.mark.django_db
@PROEVEN
@given(
    vraag=st.dictionaries(
        st.sampled_from(["status", "gewijzigdSinds", "pageSize", "cursor", "vreemd"]),
        tekst,
        max_size=3,
    )
)
def test_filters_survive_anything(pakket, vraag):
    cache.clear()
    schoon = {naam: een.encode("utf-8", "replace").decode() for naam, een in vraag.items()}

    assert pakket.get("/aanmeldingen", schoon).status_code in {200, 400}


@pytest.mark.django_db
@PROEVEN
@given(inhoud=st.binary(max_size=200), soort=st.sampled_from(["POST", "PUT", "PATCH"]))
def test_bytes_survive(pakket, inhoud, soort):
    cache.clear()

    uit = pakket.stuur(soort, "/locaties/de-egeltjes/vrije-plaatsen", inhoud, If_Match="*")

    assert uit.status_code in {400, 405}
