"""Points, areas and distances."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from opvang.domain.ligging import (
    Gebied,
    OngeldigeGeometrie,
    afstand_km,
    fietsminuten,
    gebied_van,
    keur,
    ligt_in,
    omhullende,
    zwaartepunt,
)


def ring(west, zuid, oost, noord):
    return [[west, zuid], [oost, zuid], [oost, noord], [west, noord], [west, zuid]]


def veelhoek(*ringen):
    return {"type": "Polygon", "coordinates": list(ringen)}


VIERKANT = veelhoek(ring(4.0, 51.0, 4.4, 51.4))
MET_GAT = veelhoek(ring(4.0, 51.0, 4.4, 51.4), ring(4.1, 51.1, 4.3, 51.3))
TWEE = {
    "type": "MultiPolygon",
    "coordinates": [[ring(4.0, 51.0, 4.1, 51.1)], [ring(4.3, 51.3, 4.4, 51.4)]],
}
#: A wijk with a bay: two teeth to the north.
KAM = veelhoek(
    [
        [4, 51],
        [5, 51],
        [5, 51.2],
        [4.6, 51.2],
        [4.6, 51.1],
        [4.4, 51.1],
        [4.4, 51.2],
        [4, 51.2],
        [4, 51],
    ]
)


@pytest.mark.parametrize(
    ("gebied", "lengte", "breedte", "binnen"),
    [
        pytest.param(VIERKANT, 4.2, 51.2, True, id="midden"),
        pytest.param(VIERKANT, 4.5, 51.2, False, id="ernaast"),
        pytest.param(VIERKANT, 3.9, 51.2, False, id="ervoor, straal erdoor"),
        pytest.param(VIERKANT, 3.9, 51.0, False, id="op de hoogte van een hoek"),
        pytest.param(VIERKANT, 4.0, 51.0, True, id="hoek hoort erbij"),
        pytest.param(VIERKANT, 4.4, 51.2, True, id="rand hoort erbij"),
        pytest.param(VIERKANT, 4.2, 51.4, True, id="bovenrand hoort erbij"),
        pytest.param(MET_GAT, 4.2, 51.2, False, id="in het gat"),
        pytest.param(MET_GAT, 4.05, 51.2, True, id="tussen gat en rand"),
        pytest.param(MET_GAT, 4.1, 51.2, True, id="rand van het gat hoort erbij"),
        pytest.param(TWEE, 4.35, 51.35, True, id="tweede deel"),
        pytest.param(TWEE, 4.2, 51.2, False, id="tussen de delen"),
        pytest.param(KAM, 4.5, 51.15, False, id="in de inham"),
        pytest.param(KAM, 4.7, 51.15, True, id="in de tand"),
        pytest.param(KAM, 3.9, 51.1, False, id="op de hoogte van de bodem van de inham"),
    ],
)
def test_point_in_area(gebied, lengte, breedte, binnen):
    assert ligt_in(lengte, breedte, gebied) is binnen


def test_on_a_shared_border_the_lowest_code_wins():
    west, oost = veelhoek(ring(4.0, 51.0, 4.2, 51.2)), veelhoek(ring(4.2, 51.0, 4.4, 51.2))
    gebieden = [Gebied("B", oost), Gebied("A", west)]

    assert gebied_van(4.2, 51.1, gebieden) == "A"
    assert gebied_van(4.2, 51.1, gebieden[::-1]) == "A"
    assert gebied_van(4.3, 51.1, gebieden) == "B"
    assert gebied_van(4.5, 51.1, gebieden) is None


@given(
    st.lists(st.floats(0.05, 0.4), min_size=3, max_size=9),
    st.floats(-0.5, 0.5),
    st.floats(-0.5, 0.5),
)
def test_star_shape_agrees_with_its_angles(stralen, x, y):
    """A shape around a middle holds a point exactly when it is nearer than the edge in that direction."""
    hoeken = [2 * math.pi * i / len(stralen) for i in range(len(stralen))]
    punten = [
        [4 + r * math.cos(h), 51 + r * math.sin(h)] for r, h in zip(stralen, hoeken, strict=True)
    ]
    gebied = veelhoek([*punten, punten[0]])
    hoek = math.atan2(y, x) % (2 * math.pi)
    i = int(hoek / (2 * math.pi) * len(stralen)) % len(stralen)
    a, b = punten[i], punten[(i + 1) % len(stralen)]
    dwars = (b[0] - a[0]) * (51 + y - a[1]) - (b[1] - a[1]) * (4 + x - a[0])

    if abs(dwars) > 1e-9:
        assert ligt_in(4 + x, 51 + y, gebied) is (dwars > 0)


def test_middle_and_box():
    assert zwaartepunt(VIERKANT) == (4.2, 51.2)
    assert zwaartepunt(MET_GAT) == (4.2, 51.2)
    assert zwaartepunt(TWEE) == (4.2, 51.2)
    assert zwaartepunt(veelhoek(ring(4.0, 51.0, 4.4, 51.4)[::-1])) == (4.2, 51.2)
    assert zwaartepunt(veelhoek(ring(4, 51, 4.4, 51.4), ring(4.2, 51, 4.4, 51.4))) == (4.1, 51.2)
    assert omhullende(TWEE) == (4.0, 51.0, 4.4, 51.4)


def test_area_without_surface_has_the_middle_of_its_box():
    assert zwaartepunt(veelhoek([[4, 51], [4.2, 51.2], [4, 51], [4, 51]])) == (4.1, 51.1)


@pytest.mark.parametrize(
    ("geometrie", "bericht"),
    [
        (None, "geen omtrek"),
        ({"type": "Point", "coordinates": [4, 51]}, "geen Polygon"),
        ({"type": "Polygon"}, "geen Polygon"),
        ({"type": "Polygon", "coordinates": []}, "leeg"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "leeg"),
        ({"type": "Polygon", "coordinates": [[[4, 51], [4, 52], [4, 51]]]}, "vier punten"),
        ({"type": "Polygon", "coordinates": ["abcd"]}, "vier punten"),
        (
            {"type": "Polygon", "coordinates": [[[4, 51], [5, 51], [5, "x"], [4, 51]]]},
            "paar getallen",
        ),
        (
            {"type": "Polygon", "coordinates": [[[4, 51], [5, 51], [5, math.nan], [4, 51]]]},
            "getallen",
        ),
        ({"type": "Polygon", "coordinates": [[[4, 51], [5, 51], [True, 51], [4, 51]]]}, "getallen"),
        (veelhoek(ring(51.0, 4.0, 51.4, 4.4)), "niet in België"),
        (
            {"type": "Polygon", "coordinates": [[[4, 51], [5, 51], [5, 51.2], [4, 51.2]]]},
            "gesloten",
        ),
    ],
)
def test_outline_that_cannot_be_used_is_refused(geometrie, bericht):
    with pytest.raises(OngeldigeGeometrie, match=bericht):
        keur(geometrie)


def test_good_outlines_pass():
    for geometrie in (VIERKANT, MET_GAT, TWEE):
        assert keur(geometrie) is geometrie


def test_distance():
    gent, antwerpen = (3.7253, 51.0543), (4.4025, 51.2194)

    assert afstand_km(gent, gent) == 0
    assert afstand_km(gent, antwerpen) == pytest.approx(50.8, abs=0.4)


def test_points_lie_in_the_wijk_that_their_list_names():
    """The real points and outlines where they are; without them two squares of the same shape."""
    data = Path(settings.LOKET_DATA)
    omtrekken, lijst = (
        data / "geo" / "wijken_2025.geojson",
        data / "kinderopvang" / "brussel_stad_opvanglocaties_2025_2026.csv",
    )
    if omtrekken.exists() and lijst.exists():
        gebieden = [
            Gebied(feature["properties"]["code"], feature["geometry"])
            for feature in json.loads(omtrekken.read_text(encoding="utf-8"))["features"]
            if feature["properties"]["nis"] == "21004"
        ]
        with lijst.open(encoding="utf-8", newline="") as rijen:
            # Rounded points say a street, not a place.
            punten = [
                r for r in csv.DictReader(rijen) if r["wijk"] and len(r["lat"]) > len("50.12")
            ]
        verwacht = 82
    else:
        gebieden = [Gebied("A", VIERKANT), Gebied("B", veelhoek(ring(4.4, 51.0, 4.8, 51.4)))]
        punten = [
            {"wijk": "A", "lat": "51.2", "lon": "4.2"},
            {"wijk": "B", "lat": "51.2", "lon": "4.6"},
        ]
        verwacht = 2

    genoemd = [punt["wijk"] for punt in punten]

    assert [gebied_van(float(p["lon"]), float(p["lat"]), gebieden) for p in punten] == genoemd
    assert len(genoemd) == verwacht


@pytest.mark.parametrize(
    ("km", "minuten"),
    [(0, 1), (0.1, 1), (0.25, 1), (0.26, 2), (1, 4), (5, 20), (15, 60), (15.1, None), (120, None)],
)
def test_cycling_time_is_rounded_up_and_ends_at_an_hour(km, minuten):
    assert fietsminuten(km) == minuten
