"""Where is that, and who is there."""

from __future__ import annotations

import datetime as dt

import pytest

from loket.models import Wijk
from opvang.domain.ligging import afstand_km
from opvang.domain.stand import Termijnen
from opvang.domain.waar import vind_gebied
from opvang.domain.zoeken import Volgorde, Zoekvraag, zoek
from opvang.models import Opvanglocatie
from opvang.workflow import Stand
from tests.fabrieken import NU, maak_aanbod, maak_gemeente, maak_locatie

pytestmark = pytest.mark.django_db


def namen(tekst="", **vraag) -> list[str]:
    gevonden = zoek(Zoekvraag(gebied=vind_gebied(tekst), **vraag), termijnen=Termijnen(), nu=NU)
    uit = [locatie.naam for locatie in gevonden.locaties]
    assert len(uit) == gevonden.aantal
    return uit


@pytest.fixture
def streek():
    """Three gemeenten; De Egel and Zon in Sint-Niklaas, Café Crèche in Kontich, nobody in Leuven."""
    niklaas = maak_gemeente("Sint-Niklaas", postcode="9100")
    kontich = maak_gemeente("Kontich", postcode="2550")
    maak_gemeente("Leuven", postcode="3000")
    niklaas.lengtegraad, niklaas.breedtegraad = 4.14, 51.16
    niklaas.save()
    sinaai = Wijk.objects.create(
        gemeente=niklaas,
        code="S",
        naam="Sinaai",
        soort="deelgemeente",
        lengtegraad=4.04,
        breedtegraad=51.15,
        omtrek={
            "type": "Polygon",
            "coordinates": [[[4.0, 51.1], [4.08, 51.1], [4.08, 51.2], [4.0, 51.2], [4.0, 51.1]]],
        },
    )
    maak_locatie("De Egel", gemeente=niklaas, wijk=sinaai)
    maak_locatie("Zon", gemeente=niklaas, lengtegraad=4.05, breedtegraad=51.15)
    maak_locatie("Ver weg", gemeente=niklaas, lengtegraad=4.2, breedtegraad=51.15)
    maak_locatie("Café Crèche", gemeente=kontich, straat="Hoge Weg", opvangvorm="gezinsopvang")
    maak_locatie("Café Verborgen", gemeente=kontich, zichtbaar=False)


@pytest.mark.parametrize(
    ("tekst", "gevonden"),
    [
        ("", ["Café Crèche", "De Egel", "Ver weg", "Zon"]),
        ("Sint-Niklaas", ["De Egel", "Ver weg", "Zon"]),
        ("  sint   NIKLAAS ", ["De Egel", "Ver weg", "Zon"]),
        ("sint niklas", ["De Egel", "Ver weg", "Zon"]),
        ("kontihc", ["Café Crèche"]),
        ("Leuven", []),
        ("9100", ["De Egel", "Ver weg", "Zon"]),
        ("9100 Sint-Niklaas", ["De Egel", "Ver weg", "Zon"]),
        ("9999", []),
        ("sinaai", ["Zon", "De Egel"]),
        ("Sinaai, Sint-Niklaas", ["Zon", "De Egel"]),
        ("Sinaai, Kontich", []),
        ("cafe", ["Café Crèche"]),
        ("CRECHE", ["Café Crèche"]),
        ("hoge weg", ["Café Crèche"]),
        ("caffe creche", ["Café Crèche"]),
        ("xyzzy", []),
        ("%", []),
        ("_", []),
    ],
)
def test_words_find_locations(streek, tekst, gevonden):
    assert namen(tekst) == gevonden


def test_misspelled_place_is_taken_and_told(streek):
    gebied = vind_gebied("kontihc")

    assert (gebied.plek.naam, gebied.benaderd) == ("Kontich", True)
    assert not vind_gebied("kontich").benaderd


def test_short_word_is_no_guess(streek):
    maak_gemeente("As")

    assert vind_gebied("as").plek.naam == "As"
    assert not vind_gebied("ax").is_gevonden


def test_one_name_for_two_places_gives_both():
    for gemeente in (maak_gemeente("Kalmthout"), maak_gemeente("Pelt")):
        wijk = Wijk.objects.create(gemeente=gemeente, code=f"H{gemeente.pk}", naam="Heide")
        maak_locatie(f"In {gemeente.naam}", gemeente=gemeente, wijk=wijk)

    gebied = vind_gebied("heide")

    assert [plek.naam for plek in gebied.plekken] == ["Heide, Kalmthout", "Heide, Pelt"]
    assert gebied.plek is None
    assert namen("heide") == ["In Kalmthout", "In Pelt"]
    assert namen("heide, pelt") == ["In Pelt"]


def test_gemeente_wins_from_its_part_with_the_same_name():
    gemeente = maak_gemeente("Aartselaar")
    Wijk.objects.create(gemeente=gemeente, code="A", naam="Aartselaar", soort="deelgemeente")
    maak_locatie("Ergens", gemeente=gemeente)

    assert namen("aartselaar") == ["Ergens"]
    assert vind_gebied("aartselaar").plek.wijk is None


def test_radius_goes_over_the_border_and_orders_by_distance(streek):
    gebied = vind_gebied("sint-niklaas")
    over_de_grens = maak_locatie("Buren", lengtegraad=4.141, breedtegraad=51.161)

    gevonden = zoek(Zoekvraag(gebied=gebied, straal_km=5), termijnen=Termijnen(), nu=NU)

    assert gevonden.volgorde is Volgorde.AFSTAND
    assert [locatie.naam for locatie in gevonden.locaties] == ["Buren", "Ver weg"]
    assert gevonden.locaties[0].afstand == pytest.approx(
        afstand_km((4.14, 51.16), (over_de_grens.lengtegraad, over_de_grens.breedtegraad))
    )


def test_order_is_by_name_within_a_gemeente_whoever_runs_it(streek):
    Opvanglocatie.objects.filter(naam="Zon").update(gemeentelijk=True)

    gevonden = zoek(Zoekvraag(gebied=vind_gebied("9100")), termijnen=Termijnen(), nu=NU)

    assert gevonden.volgorde is Volgorde.NAAM
    assert [locatie.naam for locatie in gevonden.locaties] == ["De Egel", "Ver weg", "Zon"]


def test_free_first_when_asked():
    gemeente = maak_gemeente()
    maak_aanbod(maak_locatie("A vol", gemeente=gemeente), 0)
    maak_locatie("B onbekend", gemeente=gemeente)
    maak_aanbod(maak_locatie("C vrij", gemeente=gemeente), 1)

    assert namen(vrij_eerst=True) == ["C vrij", "B onbekend", "A vol"]
    assert namen() == ["A vol", "B onbekend", "C vrij"]


def test_stand_filters_and_all_are_counted():
    maak_aanbod(maak_locatie("Vol"), 0)
    maak_locatie("Onbekend")
    maak_aanbod(maak_locatie("Vrij"), 1)
    maak_aanbod(maak_locatie("Verborgen", zichtbaar=False), 1)

    gevonden = zoek(Zoekvraag(standen=("vrij", "onbekend")), termijnen=Termijnen(), nu=NU)

    assert [locatie.naam for locatie in gevonden.locaties] == ["Onbekend", "Vrij"]
    assert gevonden.aantal == 2
    assert gevonden.per_stand == {
        Stand.VRIJ: 1,
        Stand.MISSCHIEN: 0,
        Stand.VOL: 1,
        Stand.ONBEKEND: 1,
    }


def test_kind_and_price_and_hours_and_care_filter():
    maak_locatie("Onthaal", opvangvorm="gezinsopvang", prijssysteem="gemengd", inclusief=True)
    maak_locatie("Crèche", prijssysteem="vrije_prijs", ruimere_uren=["Voor7uur", "Na18uur"])
    maak_locatie("Samen", opvangvorm="samenwerkend", prijssysteem="inkomenstarief")

    assert namen(vormen=("gezinsopvang", "samenwerkend")) == ["Onthaal", "Samen"]
    assert namen(inkomenstarief=True) == ["Onthaal", "Samen"]
    assert namen(ruimere_uren=("Voor7uur",)) == ["Crèche"]
    assert namen(ruimere_uren=("Voor7uur", "Zaterdagen")) == []
    assert namen(inclusief=True) == ["Onthaal"]
    assert namen(inkomenstarief=True, vormen=("groepsopvang",)) == []


def test_price_filters_together_ask_for_either():
    maak_locatie("Gemengd", prijssysteem="gemengd")
    maak_locatie("Inkomen", prijssysteem="inkomenstarief")
    maak_locatie("Onbekend")
    maak_locatie("Vast", prijssysteem="vrije_prijs")

    assert namen(vrije_prijs=True) == ["Gemengd", "Vast"]
    assert namen(vrije_prijs=True, inkomenstarief=True) == ["Gemengd", "Inkomen", "Vast"]


def test_one_of_the_languages_will_do():
    maak_locatie("A", talen=["nl", "tr"])
    maak_locatie("B", talen=["nl"])
    maak_locatie("C")

    assert namen(talen=("tr", "ar")) == ["A"]
    assert namen(talen=("nl",)) == ["A", "B"]


def test_special_kind_finds_who_named_it_also_when_full_or_long_ago():
    vol = maak_locatie("Vol")
    maak_aanbod(vol, 0, soort="nacht")
    oud = maak_locatie("Oud")
    maak_aanbod(oud, 1, soort="nacht", nu=NU - dt.timedelta(days=90))
    maak_aanbod(maak_locatie("Gewoon"), 1)
    maak_aanbod(
        maak_locatie("Voorbij"),
        1,
        soort="nacht",
        vanaf=dt.date(2025, 1, 1),
        tot=dt.date(2026, 1, 1),
    )

    assert namen(soorten=("nacht",)) == ["Oud", "Vol"]
    assert namen(soorten=("nacht",), standen=("onbekend",)) == ["Oud"]
    assert namen(soorten=("nacht",), standen=("vrij", "misschien")) == []
    assert namen(soorten=("regulier", "nacht")) == ["Gewoon", "Oud", "Vol", "Voorbij"]


def test_unknown_is_found_neither_as_free_nor_as_full():
    maak_locatie("Nooit")
    maak_aanbod(maak_locatie("Oud vrij"), 1, nu=NU - dt.timedelta(days=61))
    maak_aanbod(maak_locatie("Oud vol"), 0, nu=NU - dt.timedelta(days=61))

    assert (
        namen(standen=("vrij",)) == namen(standen=("misschien",)) == namen(standen=("vol",)) == []
    )
    assert namen(standen=("onbekend",)) == ["Nooit", "Oud vol", "Oud vrij"]


def test_near_me_goes_before_words_and_orders_by_distance(streek):
    punt = (4.05, 51.15)

    gevonden = zoek(
        Zoekvraag(punt=punt, gebied=vind_gebied("kontich")), termijnen=Termijnen(), nu=NU
    )

    assert gevonden.volgorde is Volgorde.AFSTAND
    assert [locatie.naam for locatie in gevonden.locaties] == [
        "Zon",
        "Ver weg",
        "Café Crèche",
        "De Egel",
    ]
    assert [locatie.naam for locatie in gevonden.locaties if locatie.afstand is None] == [
        "Café Crèche",
        "De Egel",
    ]
    assert namen(punt=punt, straal_km=3) == ["Zon"]


def test_same_distance_stands_by_name_whoever_runs_it():
    """Never better for the municipality's own."""
    for naam in ("Beer", "Aap"):
        maak_locatie(naam, lengtegraad=4.0, breedtegraad=51.0, gemeentelijk=naam == "Beer")

    assert namen(punt=(4.0, 51.0)) == ["Aap", "Beer"]
