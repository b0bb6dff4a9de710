"""The report in words: nothing that is hidden, nothing that is not known, no more than is true."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from rapportage.rapport import _lopend, codeversie, kern, kop, opvallend
from tests.rapportage.fabrieken import voorbeeldgegevens


def met_totaal(**velden):
    gegevens = voorbeeldgegevens()
    vragen = gegevens.vragen
    return replace(gegevens, vragen=replace(vragen, totaal=replace(vragen.totaal, **velden)))


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({}, "9 opvangvragen van 2026 bleven zonder plaats"),
        ({"onbeantwoord": 1}, "1 opvangvraag van 2026 bleef zonder plaats"),
        ({"onbeantwoord": 0}, "Geen enkele opvangvraag van 2026 bleef zonder plaats"),
        ({"onbeantwoord": 0, "totaal": 0}, "In 2026 kwamen er nog geen opvangvragen"),
        ({"onbeantwoord": None}, "72 vergunde plaatsen in 5 opvanglocaties"),
        ({"onbeantwoord": None, "totaal": None}, "72 vergunde plaatsen in 5 opvanglocaties"),
    ],
)
def test_the_headline_says_the_finding(velden, verwacht):
    assert kop(met_totaal(**velden)) == verwacht


def test_the_summary_says_supply_demand_and_shortage():
    assert kern(voorbeeldgegevens()) == (
        (
            "Er zijn 72 vergunde plaatsen. Hoeveel dat er per 100 kinderen zijn, weten we niet: "
            "het aantal kinderen is niet gekend voor Lindehoek."
        ),
        "In 2026 kwamen er 40 unieke opvangvragen.",
        "Daarvan zijn er 18 geplaatst, bleven er 9 zonder plaats en willen er 8 later starten.",
        "Op vrijdag in februari 2027 zijn er minstens 11 plaatsen te weinig.",
    )


def test_the_summary_compares_with_flanders_when_it_can():
    gegevens = voorbeeldgegevens()
    rij = replace(gegevens.dekking.rijen[1], plaatsen=72)
    gegevens = replace(gegevens, dekking=replace(gegevens.dekking, rijen=(rij,), kinderen=188))

    assert kern(gegevens)[:2] == (
        (
            "In Lindehoek en Wilgenrade zijn er 38,3 plaatsen voor elke 100 kinderen "
            "jonger dan 3 jaar."
        ),
        "In het Vlaams Gewest zijn dat er 46,1.",
    )


def test_hidden_counts_are_left_out_of_the_sentences():
    gegevens = met_totaal(geplaatst=None, open=None)

    assert kern(gegevens)[2] == "Daarvan bleven er 9 zonder plaats."
    assert kern(met_totaal(totaal=None))[1].startswith("Op vrijdag")


def test_the_largest_shortage_is_only_called_so_when_all_are_shown():
    gegevens = voorbeeldgegevens()
    alles = replace(gegevens, tekort=replace(gegevens.tekort, maanden=gegevens.tekort.maanden[1:]))

    assert kern(alles)[-1] == (
        "Het tekort is het grootst op vrijdag in februari 2027: minstens 11 plaatsen te weinig."
    )


def test_without_known_places_there_is_no_shortage_to_speak_of():
    gegevens = voorbeeldgegevens()
    gegevens = replace(gegevens, tekort=replace(gegevens.tekort, vrij_gekend=False))

    assert kern(gegevens)[-1] == (
        "Geen enkele opvanglocatie gaf door wat er vrij is. "
        "Het tekort kunnen we dus niet berekenen."
    )


def test_a_shortage_of_nothing_is_not_spoken_of():
    gegevens = voorbeeldgegevens()
    genoeg = tuple(
        replace(
            maand,
            cellen=tuple(
                replace(cel, gevraagd=Decimal(0), tekort=Decimal(0)) for cel in maand.cellen
            ),
        )
        for maand in gegevens.tekort.maanden
    )
    gegevens = replace(gegevens, tekort=replace(gegevens.tekort, maanden=genoeg))

    assert not [zin for zin in kern(gegevens) if "te weinig" in zin]


def test_with_only_hidden_outcomes_the_total_is_all_there_is_to_say():
    gegevens = met_totaal(geplaatst=None, onbeantwoord=None, open=None)

    assert kern(gegevens)[1] == "In 2026 kwamen er 40 unieke opvangvragen."
    assert not [zin for zin in kern(gegevens) if zin.startswith("Daarvan")]


def test_where_nothing_stands_out_nothing_is_said():
    gegevens = voorbeeldgegevens()
    geen = replace(gegevens.capaciteit.totaal, t0=0, t1=0, t2=0, t3=0, vergund=0)
    gegevens = replace(
        gegevens,
        capaciteit=replace(gegevens.capaciteit, totaal=geen),
        vragen=replace(gegevens.vragen, rijen=()),
        vrij=replace(gegevens.vrij, niet_gekend=0),
    )

    assert opvallend(gegevens) == ()


def test_what_stands_out():
    # Not the wijk with the most: of Dorp the number is hidden, and may be higher.
    assert opvallend(voorbeeldgegevens()) == (
        "Dringende opvang: 6 van de 12 vragen bleven zonder plaats.",
        "72,2 % van de plaatsen heeft een prijs volgens inkomen.",
        "2 van de 5 opvanglocaties gaven niet door of er plaats vrij is.",
    )


def test_the_wijk_with_the_most_is_named_when_all_are_shown():
    gegevens = voorbeeldgegevens()
    dorp, veldwijk = gegevens.wijken.rijen
    dorp = replace(dorp, vragen=replace(dorp.vragen, onbeantwoord=3))
    gegevens = replace(gegevens, wijken=replace(gegevens.wijken, rijen=(dorp, veldwijk)))

    assert opvallend(gegevens)[0] == "De meeste vragen zonder plaats komen uit Veldwijk: 9."


def test_an_area_of_many_municipalities_goes_by_the_name_of_its_loket():
    assert voorbeeldgegevens().titel == "Kinderopvang in Lindehoek en Wilgenrade"
    vier = voorbeeldgegevens(gemeenten=("A", "B", "C", "D"))
    assert vier.titel == "Kinderopvang in Loket Wilgenrade"


def test_the_share_of_income_based_places_is_that_of_the_licensed_ones():
    assert voorbeeldgegevens().capaciteit.totaal.ikt_aandeel == Decimal("72.2")


def test_the_version_of_the_code_is_the_same_for_the_same_code():
    assert codeversie() == codeversie()
    assert len(codeversie()) == 16


@pytest.mark.parametrize(
    ("velden", "aantal", "verwacht"),
    [
        ({}, 17, 17),
        ({}, 4, None),  # few
        ({}, 0, 0),
        # 17 running less 9 without a place would give away the 8 that are hidden, and the reverse.
        ({"open": None, "gestopt": None}, 17, None),
        ({"onbeantwoord": None, "gestopt": None}, 17, None),
    ],
)
def test_the_number_that_still_seeks_does_not_give_away_what_is_hidden(velden, aantal, verwacht):
    assert _lopend(met_totaal(**velden).vragen, aantal, 5) == verwacht
