"""The PDF: tagged, checked by a PDF/UA validator, and holding what the page says."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import page
import pikepdf
import pypdf
import pytest

from loket.models import Loket
from rapportage.pdf import rapport_als_pdf
from tests.rapportage.fabrieken import voorbeeldgegevens


def maak(gegevens) -> bytes:
    return rapport_als_pdf(gegevens, loket=Loket(naam=gegevens.loket))


def tekst_van(pdf: bytes) -> str:
    bladzijden = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(blad.extract_text() for blad in bladzijden).split())


def keur(pdf: bytes) -> list[tuple[str, str]]:
    """What the validator finds wrong under PDF/UA-1."""
    verslag = page.validate_pdf_bytes(pdf, profile="ua1")
    assert verslag.rules.total > 100
    return [(fout.rule_id, fout.message) for fout in verslag.failures]


def elementen(pdf: bytes) -> list[tuple[str, str | None]]:
    """(kind, alternative text) of every element of the structure tree, in reading order."""
    uit: list[tuple[str, str | None]] = []

    def loop(knoop) -> None:
        if isinstance(knoop, pikepdf.Array):
            for kind in knoop:
                loop(kind)
        elif isinstance(knoop, pikepdf.Dictionary) and "/S" in knoop:
            uit.append((str(knoop.S), str(knoop.Alt) if "/Alt" in knoop else None))
            if "/K" in knoop:
                loop(knoop.K)

    with pikepdf.open(BytesIO(pdf)) as bestand:
        loop(bestand.Root.StructTreeRoot.K)
    return uit


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return maak(voorbeeldgegevens())


def test_the_pdf_passes_the_validator(pdf):
    assert keur(pdf) == []


def test_the_pdf_says_its_title_language_and_author(pdf):
    with pikepdf.open(BytesIO(pdf)) as bestand:
        assert bestand.Root.Lang == "nl"
        assert bestand.docinfo["/Title"] == "Kinderopvang in Lindehoek en Wilgenrade, 2 maart 2026"
        assert bestand.docinfo["/Author"] == "Loket Wilgenrade"


def test_every_picture_has_words_and_headings_do_not_skip(pdf):
    gevonden = elementen(pdf)

    plaatjes = [alt for soort, alt in gevonden if soort == "/Figure"]
    assert len(plaatjes) == 4
    assert plaatjes[0] == "Loket Wilgenrade"
    assert plaatjes[1] == "Plaatsen per 100 kinderen: Wilgenrade 28,0. Vlaams Gewest: 46,1."
    koppen = [int(soort[2]) for soort, _alt in gevonden if soort in {f"/H{n}" for n in range(1, 7)}]
    assert koppen[0] == 1
    assert koppen.count(1) == 1
    assert all(later - eerder <= 1 for eerder, later in pairwise(koppen))


def test_the_letters_are_ours_and_travel_with_the_file(pdf):
    letters = set()
    with pikepdf.open(BytesIO(pdf)) as bestand:
        for blad in bestand.pages:
            for letter in blad.Resources.get("/Font", {}).values():
                (afgeleid,) = letter.DescendantFonts
                letters.add(str(letter.BaseFont).split("+")[-1].split("-")[0])
                assert (
                    "/FontFile2" in afgeleid.FontDescriptor
                    or "/FontFile3" in afgeleid.FontDescriptor
                )
    assert letters == {"Manrope"}


def test_the_summary_fits_on_one_page_and_says_the_finding(pdf):
    tweede = " ".join(pypdf.PdfReader(BytesIO(pdf)).pages[1].extract_text().split())

    assert "9 opvangvragen van 2026 bleven zonder plaats" in tweede
    assert "Daarvan zijn er 18 geplaatst, bleven er 9 zonder plaats" in tweede
    assert "Wat valt op" in tweede
    assert "Hoeveel plaatsen zijn er?" not in tweede


def test_the_annex_explains_what_the_figures_are(pdf):
    tekst = tekst_van(pdf)

    assert "Hoe we dit tellen" in tekst
    assert "2 500 plaatsen bij onthaalouders te veel" in tekst
    assert "verborgen is niet hetzelfde als nul" in tekst
    assert "Telwijze" in tekst


def test_hidden_and_unknown_are_words_and_no_numbers(pdf):
    tekst = tekst_van(pdf)

    assert "Inclusieve opvang verborgen verborgen 0 0 0" in tekst
    assert "Lindehoek 16 niet gekend niet gekend niet gekend" in tekst


def test_a_report_of_which_little_is_known_passes_too():
    gegevens = voorbeeldgegevens()
    niets = replace(
        gegevens.vragen.totaal, totaal=0, geplaatst=0, onbeantwoord=0, open=0, gestopt=0
    )
    maanden = tuple(
        replace(
            maand,
            cellen=tuple(replace(cel, vrij=None, tekort=None) for cel in maand.cellen),
            totaal=replace(maand.totaal, vrij=None, tekort=None),
        )
        for maand in gegevens.tekort.maanden
    )
    leeg = replace(
        gegevens,
        dekking=replace(gegevens.dekking, rijen=(gegevens.dekking.rijen[0],), vergelijking=None),
        vragen=replace(gegevens.vragen, totaal=niets, rijen=()),
        vrij=replace(gegevens.vrij, per_weekdag=(), gemiddeld=None),
        tekort=replace(gegevens.tekort, vrij_gekend=False, maanden=maanden),
        wijken=replace(gegevens.wijken, rijen=()),
    )

    pdf = maak(leeg)

    assert keur(pdf) == []
    tekst = tekst_van(pdf)
    assert "In 2026 kwamen er nog geen opvangvragen" in tekst
    assert "Geen enkele opvanglocatie gaf door wat er vrij is" in tekst


def test_a_report_over_many_wijken_passes_too():
    gegevens = voorbeeldgegevens()
    rij = gegevens.wijken.rijen[1]
    veel = tuple(replace(rij, wijk=f"Wijk <{nr}> & co", plaatsen=nr) for nr in range(70))

    pdf = maak(replace(gegevens, wijken=replace(gegevens.wijken, rijen=veel)))

    assert keur(pdf) == []
    assert "Wijk <69> & co" in tekst_van(pdf)
