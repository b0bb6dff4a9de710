"""A search that is kept with an alert comes back as it went in; anything else is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opvang.domain.meldvraag import (
    LEZERS,
    NIET_BEWAARD,
    OngeldigeMeldvraag,
    in_woorden,
    kenmerk_van,
    naar_primitieven,
    uit_primitieven,
)
from opvang.domain.waar import Zoekgebied, vind_gebied
from opvang.domain.zoekadres import zoekadres
from opvang.domain.zoeken import Zoekvraag
from opvang.workflow import Aanbodsoort, Opvangvorm, Ruimer
from tests.fabrieken import maak_gemeente, maak_locatie

pytestmark = pytest.mark.django_db

VOL = {
    "straal_km": 5,
    "start": dt.date(2026, 9, 1),
    "rooster_masker": 0b11,
    "leeftijd_maanden": 0,
    "soorten": ("dringend",),
    "vormen": ("gezinsopvang", "groepsopvang"),
    "inkomenstarief": True,
    "vrije_prijs": True,
    "inclusief": True,
    "ruimere_uren": ("Na18uur",),
    "talen": ("fr",),
}


@pytest.fixture
def wilgenrade():
    gemeente = maak_gemeente("Wilgenrade")
    gemeente.lengtegraad, gemeente.breedtegraad = 4.0, 51.0
    gemeente.save()
    maak_locatie(gemeente=gemeente, talen=["fr"])
    return gemeente


def zoekvraag(**velden) -> Zoekvraag:
    return Zoekvraag(gebied=vind_gebied("Wilgenrade"), **velden)


def test_every_field_of_a_search_is_kept_or_left_out_on_purpose():
    assert {veld.name for veld in dataclasses.fields(Zoekvraag)} == {*LEZERS, *NIET_BEWAARD}


def test_a_full_search_is_kept_as_primitives_and_comes_back(wilgenrade):
    vraag = zoekvraag(**VOL, standen=("vrij",), vrij_eerst=True)

    bewaard = json.loads(json.dumps(naar_primitieven(vraag)))

    assert bewaard == {
        "waar": "Wilgenrade",
        "straal_km": 5,
        "start": "2026-09-01",
        "rooster_masker": 3,
        "leeftijd_maanden": 0,
        "soorten": ["dringend"],
        "vormen": ["gezinsopvang", "groepsopvang"],
        "inkomenstarief": True,
        "vrije_prijs": True,
        "inclusief": True,
        "ruimere_uren": ["Na18uur"],
        "talen": ["fr"],
    }
    assert uit_primitieven(bewaard) == zoekvraag(**VOL)


@given(
    velden=st.fixed_dictionaries(
        {},
        optional={
            "straal_km": st.sampled_from([1, 3, 20]),
            "start": st.dates(dt.date(2000, 1, 1), dt.date(2199, 12, 31)),
            "rooster_masker": st.integers(1, 16383),
            "leeftijd_maanden": st.integers(0, 47),
            "soorten": st.sampled_from([(code,) for code in Aanbodsoort.values]),
            "vormen": st.sets(st.sampled_from(Opvangvorm.values)).map(lambda x: tuple(sorted(x))),
            "inkomenstarief": st.booleans(),
            "ruimere_uren": st.sets(st.sampled_from(Ruimer.values)).map(lambda x: tuple(sorted(x))),
        },
    )
)
@settings(max_examples=40)
def test_what_is_kept_comes_back_equal(velden):
    gebied = Zoekgebied(tekst="9999", plekken=vind_gebied("9999").plekken)
    vraag = Zoekvraag(gebied=gebied, **velden)

    assert uit_primitieven(naar_primitieven(vraag)) == vraag


def test_a_link_to_the_search_asks_the_same(client, wilgenrade):
    vraag = zoekvraag(**VOL, standen=("vrij",), vrij_eerst=True)

    antwoord = client.get(zoekadres(vraag))

    assert not antwoord.context["form"].errors
    assert antwoord.context["vraag"] == vraag


@pytest.mark.parametrize(
    "vraag",
    [
        Zoekvraag(),
        Zoekvraag(punt=(4.0, 51.0)),
        Zoekvraag(gebied=Zoekgebied(tekst="nergens")),
        Zoekvraag(gebied=Zoekgebied(tekst="x" * 81, op_naam=True)),
        Zoekvraag(gebied=Zoekgebied(tekst="a\x00b", op_naam=True)),
        Zoekvraag(gebied=Zoekgebied(tekst="a\ud800b", op_naam=True)),
    ],
    ids=["overal", "waar ik sta", "onbekend", "lang", "nul", "half teken"],
)
def test_what_can_not_be_kept_is_refused(vraag):
    with pytest.raises(OngeldigeMeldvraag):
        naar_primitieven(vraag)


@pytest.mark.parametrize(
    "ruw",
    [
        None,
        [],
        "waar",
        {"punt": [4.0, 51.0]},
        {"waar": 9000},
        {"waar": "x" * 81},
        {"straal_km": 10**40},
        {"straal_km": True},
        {"straal_km": "5"},
        {"start": "31-12-2026"},
        {"start": 5},
        {"rooster_masker": 16384},
        {"rooster_masker": -1},
        {"leeftijd_maanden": 2.5},
        {"soorten": "regulier"},
        {"soorten": ["zwembad"]},
        {"vormen": [1]},
        {"inkomenstarief": 1},
        {"inkomenstarief": False},
        {"talen": ["nederlands en frans"]},
        {"talen": ["nl"] * 41},
    ],
)
def test_what_is_no_search_is_not_read(ruw):
    with pytest.raises(OngeldigeMeldvraag):
        uit_primitieven(ruw)


def test_the_same_wish_has_the_same_mark():
    een = kenmerk_van("plaats", 1, {"waar": "9000", "straal_km": 5})

    assert een == kenmerk_van("plaats", 1, {"straal_km": 5, "waar": "9000"})
    assert (
        len(
            {
                een,
                kenmerk_van("plaats", 2, {"waar": "9000", "straal_km": 5}),
                kenmerk_van("weeklijst", 1, {}),
            }
        )
        == 3
    )


def test_a_search_in_words(wilgenrade):
    assert in_woorden(zoekvraag(**VOL)) == [
        "tot 5 km van Wilgenrade",
        "vanaf 1 september 2026",
        "maandag hele dag",
        "je kind is dan 0 maanden",
        "dringend",
        "gezinsopvang (onthaalouder) en groepsopvang (crèche)",
        "prijs volgens inkomen",
        "vaste prijs per dag",
        "na 18 uur",
        "ervaring met extra zorg",
        "Frans",
    ]
    assert in_woorden(zoekvraag()) == ["in Wilgenrade"]
    assert in_woorden(Zoekvraag(gebied=Zoekgebied(tekst="egel", op_naam=True))) == [
        "met “egel” in de naam of het adres"
    ]
    assert in_woorden(Zoekvraag()) == ["alle opvang"]
