"""`importeer_gebieden`: outlines in, locations in their wijk."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from loket.models import Gemeente, Wijk
from opvang.management.commands import importeer_gebieden
from opvang.models import Opvanglocatie
from tests.fabrieken import maak_gemeente, maak_locatie

pytestmark = pytest.mark.django_db


def importeer(pad, soort, *, schrijf=True) -> str:
    uit = io.StringIO()
    call_command("importeer_gebieden", str(pad), soort=soort, schrijf=schrijf, stdout=uit)
    return uit.getvalue()


def vierkant(west, zuid, *, zijde=0.1):
    oost, noord = west + zijde, zuid + zijde
    ring = [[west, zuid], [oost, zuid], [oost, noord], [west, noord], [west, zuid]]
    return {"type": "Polygon", "coordinates": [ring]}


def bestand(tmp_path: Path, *features) -> Path:
    pad = tmp_path / "gebieden.geojson"
    pad.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": eigenschappen, "geometry": geometrie}
                    for eigenschappen, geometrie in features
                ],
            }
        )
    )
    return pad


KERN = ({"code": "W1", "naam": "Kern (Gent)", "nis": "44021"}, vierkant(3.7, 51.0))
RAND = ({"code": "W2", "naam": "Rand", "nis": "44021"}, vierkant(3.8, 51.0))


@pytest.fixture
def gent():
    return maak_gemeente("Gent", nis="44021", postcode="9000")


def test_areas_come_in_and_a_second_run_changes_nothing(gent, tmp_path):
    pad = bestand(tmp_path, KERN, RAND)

    eerste = importeer(pad, "wijk")

    assert "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 0 geweigerd." in eerste
    kern = Wijk.objects.get(code="W1")
    assert (kern.naam, kern.soort, kern.gemeente) == ("Kern", "wijk", gent)
    assert (kern.lengtegraad, kern.breedtegraad) == (3.75, 51.05)
    assert kern.omtrek == KERN[1]
    voor = list(Wijk.objects.values())

    assert "Totaal: 0 nieuw, 0 gewijzigd, 2 gelijk, 0 geweigerd." in importeer(pad, "wijk")
    assert list(Wijk.objects.values()) == voor


def test_changed_outline_is_named(gent, tmp_path):
    importeer(bestand(tmp_path, KERN), "wijk")

    uitvoer = importeer(bestand(tmp_path, (KERN[0], vierkant(3.7, 51.0, zijde=0.2))), "wijk")

    assert "gewijzigd    'W1 Kern (Gent)': omtrek; breedtegraad; lengtegraad" in uitvoer
    assert Wijk.objects.get().breedtegraad == 51.1


def test_nothing_is_kept_without_schrijf(gent, tmp_path):
    locatie = maak_locatie(gemeente=gent, lengtegraad=3.75, breedtegraad=51.05)

    uitvoer = importeer(bestand(tmp_path, KERN), "wijk", schrijf=False)

    assert "Totaal: 1 nieuw" in uitvoer
    assert "1 locaties kregen een wijk." in uitvoer
    assert "Dit was een proef" in uitvoer
    assert not Wijk.objects.exists()
    locatie.refresh_from_db()
    assert locatie.wijk is None


def test_broken_area_does_not_stop_the_others(gent, tmp_path):
    uitvoer = importeer(
        bestand(
            tmp_path,
            KERN,
            ({"code": "W3", "naam": "Zee", "nis": "44021"}, vierkant(1.0, 51.0)),
            ({"code": "W4", "naam": "Ver", "nis": "99999"}, vierkant(3.7, 51.0)),
            KERN,
            RAND,
        ),
        "wijk",
    )

    assert "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 3 geweigerd." in uitvoer
    assert "gebied     2  geweigerd    'W3 Zee': Het punt 1.0, 51.0 ligt niet in België" in uitvoer
    assert "'W4 Ver': de gemeente met NIS-code '99999' is niet gekend" in uitvoer
    assert "'W1 Kern (Gent)': staat al als gebied 1 in dit bestand" in uitvoer


def test_area_of_a_merged_gemeente_goes_to_the_one_that_its_name_says(gent, tmp_path):
    uitvoer = importeer(
        bestand(
            tmp_path,
            ({"code": "11007A", "naam": "Oud Dorp (Gent)", "nis": "11007"}, vierkant(3.7, 51.0)),
            (
                {"code": "11008A", "naam": "Ander Dorp (Nergens)", "nis": "11008"},
                vierkant(3.7, 51.0),
            ),
            ({"code": "11009A", "naam": "Gent (Dg.)", "nis": "11009"}, vierkant(3.7, 51.0)),
            ({"code": "11010A", "naam": "Gent", "nis": "11010"}, vierkant(3.7, 51.0)),
        ),
        "deelgemeente",
    )

    assert "Totaal: 2 nieuw, 0 gewijzigd, 0 gelijk, 2 geweigerd." in uitvoer
    assert {wijk.code: wijk.naam for wijk in gent.wijken.all()} == {
        "11007A": "Oud Dorp",
        "11009A": "Gent",
    }


def test_gemeente_gets_its_middle_and_nothing_else(gent, tmp_path):
    pad = bestand(tmp_path, ({"naam": "Gent", "nis": "44021"}, vierkant(3.7, 51.0)))

    uitvoer = importeer(pad, "gemeente")

    assert "gewijzigd    '44021 Gent': breedtegraad; lengtegraad" in uitvoer
    gent.refresh_from_db()
    assert (gent.lengtegraad, gent.breedtegraad) == (3.75, 51.05)
    assert not Wijk.objects.exists()
    assert "Totaal: 0 nieuw, 0 gewijzigd, 1 gelijk, 0 geweigerd." in importeer(pad, "gemeente")


def test_locations_get_the_finest_wijk_and_a_chosen_one_stays(gent, tmp_path):
    los = maak_locatie("Los", gemeente=gent, lengtegraad=3.75, breedtegraad=51.05)
    rand = Wijk.objects.create(gemeente=gent, code="X", naam="Met de hand")
    gekozen = maak_locatie(
        "Gekozen", gemeente=gent, wijk=rand, lengtegraad=3.75, breedtegraad=51.05
    )
    maak_locatie("Zonder punt", gemeente=gent)
    maak_locatie("Elders", lengtegraad=3.75, breedtegraad=51.05)
    deel = ({"code": "D1", "naam": "Gent (Dg.)", "nis": "44021"}, vierkant(3.6, 51.0, zijde=0.4))

    assert "1 locaties kregen een wijk." in importeer(bestand(tmp_path, deel), "deelgemeente")
    los.refresh_from_db()
    assert los.wijk.code == "D1"

    assert "1 locaties kregen een wijk." in importeer(bestand(tmp_path, KERN, RAND), "wijk")
    assert "kregen een wijk" not in importeer(bestand(tmp_path, KERN, RAND), "wijk")

    wijken = {
        loc.naam: loc.wijk and loc.wijk.code for loc in Opvanglocatie.objects.select_related("wijk")
    }
    assert wijken == {"Los": "W1", "Gekozen": "X", "Zonder punt": None, "Elders": None}
    gekozen.refresh_from_db()


def test_files_that_cannot_be_read(tmp_path, monkeypatch):
    leeg = tmp_path / "leeg.geojson"
    leeg.write_text("")

    with pytest.raises(CommandError, match=r"leeg\.geojson is geweigerd\. Dit is geen GeoJSON"):
        importeer(leeg, "wijk")
    with pytest.raises(CommandError, match="niet te lezen"):
        importeer(tmp_path / "weg", "wijk")
    monkeypatch.setattr(importeer_gebieden, "GROOTSTE_BESTAND", -1)
    with pytest.raises(CommandError, match="groter dan"):
        importeer(leeg, "wijk")


@pytest.mark.traag
def test_real_wijken_of_three_gemeenten(tmp_path):
    """The real outlines where they are; without them the squares above, in the same shape."""
    echt = Path(settings.LOKET_DATA) / "geo" / "wijken_2025.geojson"
    nissen = {"11001": "Aartselaar", "11024": "Kontich", "21004": "Brussel"}
    for nis, naam in nissen.items():
        maak_gemeente(naam, nis=nis)
    if echt.exists():
        inhoud = json.loads(echt.read_text(encoding="utf-8"))
        verwacht = [f for f in inhoud["features"] if f["properties"]["nis"] in nissen]
    else:
        verwacht = [
            {
                "properties": {"code": f"{nis}W1", "naam": f"Kern ({naam})", "nis": nis},
                "geometry": vierkant(4.3, 51.0),
            }
            for nis, naam in nissen.items()
        ]
    pad = bestand(tmp_path, *[(f["properties"], f["geometry"]) for f in verwacht])

    uitvoer = importeer(pad, "wijk")

    assert f"Totaal: {len(verwacht)} nieuw, 0 gewijzigd, 0 gelijk, 0 geweigerd." in uitvoer
    assert not Wijk.objects.filter(naam__contains="(Kontich)").exists()
    assert Gemeente.objects.get(nis="11024").wijken.count() == sum(
        f["properties"]["nis"] == "11024" for f in verwacht
    )
