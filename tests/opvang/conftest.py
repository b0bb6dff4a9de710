"""Lists of locations as they come from outside: the real ones where they are, else small ones of the same shape."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from loket.models import Gemeente

BRUSSEL_KOP = (
    "instantie,naam,soort_opvang,tariefsysteem,gesubsidieerd,adres_nl,adres_fr,postcode,gemeente_bron,"
    "nis_volgens_punt,gemeente_volgens_punt,wijk,wijk_naam,lat,lon,laatst_gewijzigd"
)
BRUSSEL_RIJEN = [
    "Kind&Gezin,De Egel,Groepsopvang,vrije prijs,nee,Louizalaan 1,Avenue Louise 1,1050,Brussel,21004,"
    "Brussel,21004W42,Kastelein (Brussel),50.83,4.36,2025-12-17",
    "Kind&Gezin,,Gezinsopvang,inkomenstarief,ja,Bruynstraat,Rue Bruyn,1120,Brussel,21004,Brussel,"
    "21004W800,Industrie (Brussel),50.91,4.39,2025-12-17",
    "ONE,,Gesubsidieerde onthaalouder,,ja,rue bruyn nan,rue bruyn nan,1120,Brussel,21004,Brussel,"
    "21004W800,Industrie (Brussel),50.91,4.39,2026-03-03",
    "Kind&Gezin,,Gezinsopvang,inkomenstarief,ja,Bruynstraat,Rue Bruyn,1120,Brussel,21004,Brussel,"
    "21004W800,Industrie (Brussel),50.91,4.39,2025-12-17",
    'ONE,LE HÉRISSON,Crèche,,ja,"oud terrein, bruynstraat 7","ancien site, rue bruyn 7",1120,Brussel,'
    "21004,Brussel,,,50.907,4.390,2026-03-03",
]
KONTICH_KOP = "poi_id,naam,soort,straat_huisnr,postcode,gemeente,nis,lon,lat,bron"
KONTICH_RIJEN = [
    "1,'t Nestje,groepsopvang,Kerkstraat 3,2550,Kontich,11024,4.4783351318391,51.114442184776,x",
    "2,De Merel BVBA,groepsopvang,Mechelsesteenweg 9,2550,Kontich,11024,4.44,51.13,x",
    "3,De Merel BVBA,groepsopvang,Mechelsesteenweg 11,2550,Kontich,11024,4.44,51.13,x",
]


@dataclass(frozen=True)
class Lijst:
    """A file, its column map, and what is in it."""

    pad: Path
    kaart: str
    aantal: int
    per_vorm: dict[str, int]
    per_prijs: dict[str, int]
    organisatoren: int


def _lijst(naam: str, map_: Path, kop: str, rijen: list[str]) -> tuple[Path, bool]:
    echt = Path(settings.LOKET_DATA) / "kinderopvang" / naam
    if echt.exists():
        return echt, True
    klein = map_ / naam
    klein.write_text("\n".join([kop, *rijen]) + "\n", encoding="utf-8")
    return klein, False


@pytest.fixture
def brussel(db: None, tmp_path: Path) -> Lijst:
    """The 92 locations of the city of Brussels (or five of that shape), and their gemeente."""
    Gemeente.objects.create(
        nis="21004",
        naam="Brussel",
        gewest="Brussels Hoofdstedelijk Gewest",
        postcodes=["1000", "1120"],
    )
    pad, echt = _lijst(
        "brussel_stad_opvanglocaties_2025_2026.csv", tmp_path, BRUSSEL_KOP, BRUSSEL_RIJEN
    )
    if echt:
        return Lijst(
            pad,
            "brussel_stad",
            92,
            {"groepsopvang": 83, "gezinsopvang": 9},
            {"inkomenstarief": 21, "vrije_prijs": 7, "onbekend": 64},
            92,
        )
    return Lijst(
        pad,
        "brussel_stad",
        5,
        {"groepsopvang": 2, "gezinsopvang": 3},
        {"inkomenstarief": 2, "vrije_prijs": 1, "onbekend": 2},
        5,
    )


@pytest.fixture
def kontich(db: None, tmp_path: Path) -> Lijst:
    """The 7 of Kontich (or three of that shape), and their gemeente."""
    Gemeente.objects.create(nis="11024", naam="Kontich", gewest="Vlaams Gewest", postcodes=["2550"])
    pad, echt = _lijst("kontich_groepsopvang_geopunt_poi.csv", tmp_path, KONTICH_KOP, KONTICH_RIJEN)
    aantal = 7 if echt else 3
    return Lijst(pad, "kontich", aantal, {"groepsopvang": aantal}, {"onbekend": aantal}, aantal - 1)
