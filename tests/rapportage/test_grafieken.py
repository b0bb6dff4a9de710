from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from rapportage.beeld import beelden
from rapportage.grafieken import PAPIER, WEB, Kolom, Staaf, Streep, kolommen, staven
from tests.rapportage.fabrieken import voorbeeldgegevens

KWAAD = '<script>alert("&")</script>'


def lees(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- our own chart


def teksten(svg: str) -> list[str]:
    return [element.text or "" for element in lees(svg).iter("text")]


def breedtes(svg: str) -> list[str]:
    return [element.get("width") or "" for element in lees(svg).iter("rect")]


@pytest.mark.parametrize("palet", [WEB, PAPIER])
def test_a_chart_begins_with_what_it_shows(palet):
    svg = staven([Staaf(naam="Kern", waarde=10)], titel="Plaatsen: Kern 10.", palet=palet)

    eerste = lees(svg)[0]
    assert (eerste.tag, eerste.text) == ("title", "Plaatsen: Kern 10.")


def test_bars_start_at_zero_and_the_longest_fills_the_width():
    svg = staven(
        [
            Staaf(naam="A", waarde=10),
            Staaf(naam="B", waarde=Decimal("2.5")),
            Staaf(naam="C", waarde=0),
        ],
        titel="",
        palet=WEB,
    )

    # A background for each, and a bar for what is more than zero.
    assert breedtes(svg) == ["400", "400", "400", "100", "400"]
    assert teksten(svg) == ["A", "10", "B", "2,5", "C", "0"]


def test_a_bar_without_a_figure_says_why():
    svg = staven(
        [Staaf(naam="A", waarde=None, tekst="niet gekend"), Staaf(naam="B", waarde=None)],
        titel="",
        palet=WEB,
    )

    assert teksten(svg) == ["A", "niet gekend", "B", "verborgen"]
    assert breedtes(svg) == ["400", "400"]


def test_a_line_to_compare_with_fits_in_the_chart():
    svg = staven(
        [Staaf(naam="A", waarde=Decimal("23.0"))],
        titel="",
        palet=PAPIER,
        streep=Streep(waarde=Decimal("46.07"), naam="Vlaams Gewest"),
        cijfers=1,
    )

    assert teksten(svg) == ["A", "23,0", "Vlaams Gewest 46,1"]
    assert breedtes(svg) == ["400", "184.9"]
    assert lees(svg).find("path").get("d") == "M370.4 18v19"


def test_columns_stand_on_a_round_scale_and_say_what_is_hidden():
    svg = kolommen(
        [
            Kolom(naam="maart", kort="mrt", waarde=Decimal("3.5")),
            Kolom(naam="april", kort="apr", waarde=None),
            Kolom(naam="mei", kort="mei", waarde=Decimal(22), nadruk=True),
        ],
        titel="",
        palet=PAPIER,
        verborgen="?",
    )

    assert teksten(svg) == ["0", "10", "20", "30", "mrt", "3,5", "apr", "?", "mei", "22"]
    assert [rect.get("fill") for rect in lees(svg).iter("rect")] == [
        PAPIER.hoofd,
        PAPIER.accent,
    ]


def test_figures_of_hundreds_are_rounded_above_their_bars():
    svg = kolommen(
        [
            Kolom(naam="september", kort="sep", waarde=Decimal("208.5")),
            Kolom(naam="oktober", kort="okt", waarde=Decimal("1066.5")),
        ],
        titel="",
        palet=PAPIER,
        verborgen="?",
    )

    assert teksten(svg)[-4:] == ["sep", "209", "okt", "1\u00a0067"]


@pytest.mark.parametrize(
    ("hoogste", "lijnen"),
    [
        ("0", ["0", "1"]),
        ("0.5", ["0", "1"]),
        ("4", ["0", "1", "2", "3", "4"]),
        ("5", ["0", "2", "4", "6"]),
        ("22", ["0", "10", "20", "30"]),
        ("179", ["0", "50", "100", "150", "200"]),
        ("401", ["0", "200", "400", "600"]),
    ],
)
def test_the_axis_has_at_most_five_round_lines(hoogste, lijnen):
    svg = kolommen(
        [Kolom(naam="a", kort="", waarde=Decimal(hoogste))], titel="", palet=WEB, verborgen="?"
    )

    assert [t for t in teksten(svg) if t][: len(lijnen)] == lijnen


def test_nothing_to_draw_draws_nothing():
    assert staven([], titel="", palet=WEB) == ""
    leeg = [Kolom(naam="a", kort="a", waarde=None)]
    assert kolommen(leeg, titel="", palet=WEB, verborgen="?") == ""


@pytest.mark.parametrize("palet", [WEB, PAPIER])
def test_names_typed_by_people_are_only_text(palet):
    svg = staven([Staaf(naam=KWAAD, waarde=1)], titel=KWAAD, palet=palet)

    assert "<script" not in svg
    assert teksten(svg)[0] == KWAAD


def test_the_web_has_roles_and_paper_has_colours():
    gegevens = voorbeeldgegevens()
    dorp, veldwijk = gegevens.wijken.rijen
    dorp = replace(dorp, vragen=replace(dorp.vragen, totaal=10))
    gegevens = replace(gegevens, wijken=replace(gegevens.wijken, rijen=(dorp, veldwijk)))
    beeld_web, beeld_papier = (beelden(gegevens, palet) for palet in (WEB, PAPIER))

    for naam in ("dekking", "vragen", "tekort", "wijken"):
        web, papier = getattr(beeld_web, naam), getattr(beeld_papier, naam)
        assert teksten(web) == teksten(papier) != []
        assert "style=" not in web
        assert "#" not in web
        assert "var(" not in papier
        assert "class=" not in papier


def test_charts_say_their_figures_in_words():
    beeld = beelden(voorbeeldgegevens(), WEB)

    def titel(svg: str) -> str:
        return lees(svg)[0].text or ""

    assert titel(beeld.dekking) == (
        "Plaatsen per 100 kinderen: Wilgenrade 28,0. Vlaams Gewest: 46,1."
    )
    assert titel(beeld.vragen) == (
        "Wat werd er van de opvangvragen van 2026? "
        "Geplaatst 18, Zonder plaats 9, Start later 8, Gestopt 5."
    )
    assert titel(beeld.tekort).startswith(
        "Tekort per maand, in dagen opvang per week: maart 2026 verborgen, april 2026 1,5, "
    )
    assert beeld.wijken == ""  # one wijk with a visible number is no comparison


def test_the_heat_of_a_cell_follows_its_shortage():
    warmte = beelden(voorbeeldgegevens(), WEB).warmte

    assert [vak.warmte for vak in warmte[0].cellen] == [0, 0, 0, 0, None]
    assert [vak.warmte for vak in warmte[4].cellen] == [1, 1, 2, 2, 2]
    assert [vak.warmte for vak in warmte[11].cellen] == [4, 4, 4, 4, 4]
    assert warmte[0].naam == "maart 2026"
