"""A column map that says what it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from opvang.domain.kolomkaart import Gelijk, Kaartfout, lees_kaart
from opvang.management.commands.importeer_locaties import MEEGELEVERD

KLEIN = """
[kolommen]
naam = "Naam"
adres = "Adres"
postcode = "PC"
[vast]
opvangvorm = "groepsopvang"
"""


def test_smallest_map_has_plain_defaults():
    kaart = lees_kaart(KLEIN)

    assert kaart.bronkolommen == {"Naam", "Adres", "PC"}
    assert (kaart.codering, kaart.scheiding, kaart.organisator) == ("utf-8", ",", "{naam}")


def test_everything_a_map_can_say():
    kaart = lees_kaart(
        """
        naam = "Lijst"
        codering = "windows-1252"
        scheiding = "\\t"
        naamloos = "Onthaalouder {straat}"
        organisator = "vzw {naam}"
        leeg = ["NaN", "-"]
        hoofdletter = ["straat"]
        [kolommen]
        naam = "Naam"
        opvangvorm = "Soort"
        straat = "Straat"
        postcode = "PC"
        breedtegraad = "lat"
        lengtegraad = "lon"
        [waarden.opvangvorm]
        " Crèche " = "groepsopvang"
        [[gelijk]]
        naam = "A"
        straat = "B"
        postcode = "1000"
        aantal = 3
        [alleen]
        Erkend = ["ja"]
        """
    )

    assert (kaart.codering, kaart.scheiding) == ("cp1252", "\t")
    assert kaart.leeg == {"nan", "-"}
    assert kaart.waarden == {"opvangvorm": {"crèche": "groepsopvang"}}
    assert kaart.gelijk == (Gelijk("A", "B", "1000", 3),)
    assert "Erkend" in kaart.bronkolommen


@pytest.mark.parametrize(
    ("tekst", "bericht"),
    [
        ("naam = ", "geen geldige TOML"),
        ("kolomen = {}", "'kolomen' bestaat niet"),
        ("[kolommen]\nnaam_x = 'A'", "'naam_x' bestaat niet"),
        ("[kolommen]\nnaam = 3", "moet tekst zijn"),
        ("kolommen = 3", "moet een tabel zijn"),
        ("leeg = 'nan'", "moet een lijst zijn"),
        ("naam = 3", "moet tekst zijn"),
        ("codering = 'utf-77'", "bestaat niet"),
        ("codering = 'utf-16'", "kan niet"),
        ("scheiding = ',,'", "één teken"),
        ("scheiding = '\"'", "één teken"),
        ("naamloos = '{achternaam}'", "mag alleen"),
        ("organisator = '{naam.__class__}'", "mag alleen"),
        ("organisator = '{'", "mag alleen"),
        ("[waarden.kleur]\na = 'b'", "geen veld"),
        ("[waarden.opvangvorm]\na = 'crèche'", "'crèche' bestaat niet"),
        ("gelijk = 3", "dubbele haken"),
        ("[[gelijk]]\naantal = 0", "1 of meer"),
        ("[[gelijk]]\naantal = true", "1 of meer"),
        ("[kolommen]\nnaam = 'A'", "waar 'opvangvorm' staat"),
        (KLEIN.replace("adres", "plaats"), "waar het adres staat"),
        (KLEIN.replace("postcode", "plaats"), "waar 'postcode' staat"),
        (KLEIN.replace("[vast]", "breedtegraad = 'lat'\n[vast]"), "lengtegraad"),
    ],
)
def test_map_that_is_wrong_is_refused(tekst, bericht):
    with pytest.raises(Kaartfout, match=bericht):
        lees_kaart(tekst)


@pytest.mark.parametrize("pad", sorted(MEEGELEVERD.glob("*.toml")), ids=lambda pad: pad.stem)
def test_maps_that_come_with_the_portal_are_right(pad: Path):
    assert lees_kaart(pad.read_text(encoding="utf-8")).naam


def test_the_two_maps_of_real_lists_are_there():
    assert {pad.stem for pad in MEEGELEVERD.glob("*.toml")} >= {"brussel_stad", "kontich"}
