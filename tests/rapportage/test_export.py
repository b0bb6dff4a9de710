"""The CSV: exact, one line per figure, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from rapportage.export import KOLOMMEN, als_csv, veilig
from tests.rapportage.fabrieken import voorbeeldgegevens


def rijen(tekst: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(tekst.removeprefix("\ufeff")), delimiter=";"))


def cijfers(tekst: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(subject, row, figure) -> (value, state)."""
    return {tuple(rij[:3]): (rij[3], rij[4]) for rij in rijen(tekst)[1:]}


def test_csv_begins_as_spreadsheets_here_expect():
    tekst = als_csv(voorbeeldgegevens())

    assert tekst.startswith("\ufeffonderwerp;rij;cijfer;waarde;status;peildatum;bron;n\r\n")
    assert tekst.splitlines()[1] == (
        "Plaatsen;Gezinsopvang;Opvanglocaties;2;;2026-03-02;Het loket;40"
    )
    assert {len(rij) for rij in rijen(tekst)} == {len(KOLOMMEN)}


def test_every_figure_of_the_report_has_a_line_of_its_own():
    tekst = als_csv(voorbeeldgegevens())
    per_onderwerp = {}
    for rij in rijen(tekst)[1:]:
        per_onderwerp[rij[0]] = per_onderwerp.get(rij[0], 0) + 1

    assert per_onderwerp == {
        "Plaatsen": 30,
        "Plaatsen per 100 kinderen": 9,
        "Opvangvragen 2026": 15,
        "Vrije plaatsen": 10,
        **{f"Tekort 2026-{maand:02}": 18 for maand in range(3, 13)},
        "Tekort 2027-01": 18,
        "Tekort 2027-02": 18,
        "Per wijk": 21,
    }
    assert len(cijfers(tekst)) == sum(per_onderwerp.values())  # no line says what another says


def test_shown_hidden_unknown_and_zero_are_four_things():
    gevonden = cijfers(als_csv(voorbeeldgegevens()))

    assert gevonden["Opvangvragen 2026", "Alle opvangvragen", "Zonder plaats"] == ("9", "")
    assert gevonden["Opvangvragen 2026", "Inclusieve opvang", "Totaal"] == ("", "verborgen")
    assert gevonden["Opvangvragen 2026", "Inclusieve opvang", "Zonder plaats"] == ("0", "")
    kinderen = "Kinderen jonger dan 3 jaar"
    assert gevonden["Plaatsen per 100 kinderen", "Lindehoek", kinderen] == ("", "niet gekend")
    assert gevonden["Plaatsen per 100 kinderen", "Wilgenrade", "Plaatsen per 100 kinderen"] == (
        "28,0",
        "",
    )
    assert gevonden["Vrije plaatsen", "dinsdag", "Vrije plaatsen"] == ("2,5", "")
    assert gevonden["Tekort 2026-03", "vrijdag", "Gevraagd"] == ("", "verborgen")
    assert gevonden["Tekort 2026-03", "vrijdag", "Tekort"] == ("", "verborgen")
    assert gevonden["Tekort 2026-05", "vrijdag", "Tekort"] == ("2", "")
    assert gevonden["Per wijk", "Wilgenrade, Veldwijk", "Geplaatst"] == ("", "verborgen")


def test_unknown_free_places_are_no_zeros():
    gegevens = voorbeeldgegevens()
    gegevens = replace(
        gegevens, vrij=replace(gegevens.vrij, per_weekdag=(), gemiddeld=None, zeker=0, ouder=0)
    )

    gevonden = cijfers(als_csv(gegevens))

    assert gevonden["Vrije plaatsen", "maandag", "Vrije plaatsen"] == ("", "niet gekend")
    assert gevonden["Vrije plaatsen", "Gemiddeld", "Vrije plaatsen"] == ("", "niet gekend")


@pytest.mark.parametrize(
    "gevaarlijk",
    ["=1+1", "+32", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://kwaad.example")'],
)
def test_a_name_never_becomes_a_formula(gevaarlijk):
    gegevens = voorbeeldgegevens()
    rij = replace(gegevens.wijken.rijen[0], wijk=gevaarlijk, gemeente=gevaarlijk)
    gegevens = replace(gegevens, wijken=replace(gegevens.wijken, rijen=(rij,)))

    assert veilig(gevaarlijk) == f"'{gevaarlijk}"
    assert f"'{gevaarlijk}" in {cel[1] for cel in rijen(als_csv(gegevens))}
    assert not [
        cel
        for regel in rijen(als_csv(gegevens))
        for cel in regel
        if cel.startswith(("=", "+", "@"))
    ]


def test_harmless_text_stays_as_it_is():
    assert [veilig(tekst) for tekst in ("", "Veldwijk", "0,5", "'s-Gravendorp")] == [
        "",
        "Veldwijk",
        "0,5",
        "'s-Gravendorp",
    ]
