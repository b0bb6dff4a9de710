"""What is in a GeoJSON file, before the database sees it."""

from __future__ import annotations

import json

import pytest

from opvang.domain.csvlezer import Bestandsfout
from opvang.domain.gebieden_invoeren import Gebiedsgegevens, kale_naam, lees_gebieden
from opvang.domain.locaties_invoeren import Regelverslag, Uitslag

RING = [[4, 51], [4.2, 51], [4.2, 51.2], [4, 51.2], [4, 51]]
OMTREK = {"type": "Polygon", "coordinates": [RING]}


def feature(geometrie=OMTREK, **eigenschappen):
    return {"type": "Feature", "properties": eigenschappen, "geometry": geometrie}


def lees(*features):
    return list(lees_gebieden(json.dumps({"type": "FeatureCollection", "features": features})))


def test_feature_becomes_an_area_with_a_middle():
    (gebied,) = lees(feature(code="A1", naam=" De  Kern ", nis="11001"))

    assert gebied == Gebiedsgegevens(
        nummer=1, code="A1", naam="De Kern", nis="11001", geometrie=OMTREK
    )
    assert gebied.midden == (4.1, 51.1)


def test_gemeente_has_its_nis_as_code():
    (gebied,) = lees(feature(naam="Aartselaar", nis=11001))

    assert gebied.code == "11001"


@pytest.mark.parametrize(
    ("ruw", "reden"),
    [
        (3, "het gebied heeft geen eigenschappen"),
        ({"properties": None}, "het gebied heeft geen eigenschappen"),
        (feature(naam="x"), "'nis' ontbreekt"),
        (feature(nis="1", naam=""), "'naam' ontbreekt"),
        (feature(nis="1", naam="x" * 101), "naam is langer dan 100 tekens"),
        (feature(nis="1", naam="x", code="c" * 21), "code is langer dan 20 tekens"),
        (feature(None, nis="1", naam="x"), "Er is geen omtrek."),
        (
            feature({"type": "Point", "coordinates": []}, nis="1", naam="x"),
            "De omtrek is geen Polygon",
        ),
    ],
)
def test_feature_that_cannot_be_used_is_refused(ruw, reden):
    (verslag, goed) = lees(ruw, feature(naam="Goed", nis="1"))

    assert isinstance(verslag, Regelverslag)
    assert (verslag.regel, verslag.uitslag) == (1, Uitslag.GEWEIGERD)
    assert verslag.waarom[0].startswith(reden)
    assert goed.nummer == 2


@pytest.mark.parametrize(
    ("tekst", "bericht"),
    [
        (b"\xff\xfe", "geen geldige JSON"),
        ("{", "geen geldige JSON"),
        ("[" * 100_000, "geen geldige JSON"),
        ("[]", "geen GeoJSON met een FeatureCollection"),
        ('{"type": "Feature"}', "geen GeoJSON met een FeatureCollection"),
        ('{"type": "FeatureCollection", "features": 3}', "geen lijst 'features'"),
    ],
)
def test_file_that_is_no_geojson_is_refused_whole(tekst, bericht):
    with pytest.raises(Bestandsfout, match=bericht):
        lees_gebieden(tekst)


@pytest.mark.parametrize(
    ("naam", "kaal"),
    [
        ("Ekeren (Dg.)", "Ekeren"),
        ("Leug (Aartselaar)", "Leug"),
        ("Leug (Elders)", "Leug (Elders)"),
        ("Leug", "Leug"),
    ],
)
def test_names_lose_what_was_added(naam, kaal):
    assert kale_naam(naam, "Aartselaar") == kaal
