"""The sheets and templates keep the house rules: one set of values, no inline style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loket import huisstijl

WORTEL = Path(__file__).resolve().parents[2]
BLADEN = sorted((WORTEL / "static").rglob("*.css"))
# Mail programs and paper know no logical values; the admin has its own frame.
BLADEN_VAN_DE_SITE = [
    pad
    for pad in BLADEN
    if not pad.stem.startswith(("afdruk", "mail", "beheer")) and not pad.stem.endswith("pdf")
]
SJABLONEN = sorted((WORTEL / "templates").rglob("*.html"))
TOKENS = (WORTEL / "static/tokens.css").read_text()

# The drawing of a mail is a page of its own, with its sheet in the head.
MET_EIGEN_BLAD = {"mail/basis.html"}

FYSIEK = re.compile(
    r"""(?x)(?<![\w-])
    (?: (?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*
      | (?:min-|max-)?(?:width|height) | left | right | top | bottom
    )\s*:"""
)
FYSIEKE_WAARDE = re.compile(r"(?:text-align|float|clear)\s*:\s*(?:left|right)")


def zonder_commentaar(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def naam(pad: Path) -> str:
    return str(pad.relative_to(WORTEL))


def test_dark_is_the_same_by_device_and_by_choice():
    toestel = huisstijl.lees_blok(TOKENS, ":root:not([data-thema])")
    keuze = huisstijl.lees_blok(TOKENS, '\n[data-thema="donker"]')

    assert len(keuze) > 30
    assert toestel == keuze


def test_tokens_hold_the_contrast_table():
    assert [str(tekort) for tekort in huisstijl.tekorten({})] == []


def test_every_role_that_a_theme_may_give_exists():
    licht = huisstijl.basispaletten()["licht"]

    assert [rol for rol in huisstijl.VRIJE_ROLLEN if rol not in licht] == []


@pytest.mark.parametrize("pad", BLADEN, ids=naam)
def test_sheet_uses_only_tokens_that_exist(pad):
    css = zonder_commentaar(pad.read_text())
    bekend = set(re.findall(r"(--[\w-]+)\s*:", TOKENS + css))

    assert set(re.findall(r"var\((--lok-[\w-]+)", css)) - bekend == set()


@pytest.mark.parametrize("pad", BLADEN_VAN_DE_SITE, ids=naam)
def test_sheet_reads_from_both_sides(pad):
    css = re.sub(r"@media[^{]*", "", zonder_commentaar(pad.read_text()))

    assert FYSIEK.findall(css) == []
    assert FYSIEKE_WAARDE.findall(css) == []


@pytest.mark.parametrize("pad", BLADEN_VAN_DE_SITE, ids=naam)
def test_sheet_stands_in_a_layer_and_has_balanced_braces(pad):
    css = zonder_commentaar(pad.read_text())

    assert css.count("{") == css.count("}")
    assert "@layer" in css


def test_components_use_roles_and_no_colours():
    kleuren = {
        naam(pad): re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*{)", zonder_commentaar(pad.read_text()))
        for pad in BLADEN
        if pad.parent.name == "onderdelen"
    }

    assert {blad: gevonden for blad, gevonden in kleuren.items() if gevonden} == {}


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_template_holds_no_inline_style_or_script(pad):
    html = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", pad.read_text(), flags=re.DOTALL)
    sjabloon = str(pad.relative_to(WORTEL / "templates"))

    assert re.findall(r"\sstyle\s*=", html) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']", html) == []
    # Data for search engines is a script that nothing runs.
    html = html.replace('<script type="application/ld+json">', "")
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", html) == []
    assert sjabloon in MET_EIGEN_BLAD or "<style" not in html


def test_sheets_and_scripts_stay_small():
    overal = (WORTEL / "templates/onderdelen/stijlen.html").read_text()
    op_elke_pagina, van_een_pagina = [], []
    for pad in BLADEN_VAN_DE_SITE:
        naam = pad.relative_to(WORTEL / "static").as_posix()
        (op_elke_pagina if f"'{naam}'" in overal else van_een_pagina).append(pad.stat().st_size)

    assert 30_000 < sum(op_elke_pagina) < 40_000
    assert max(van_een_pagina) < 7_000
    assert sum(pad.stat().st_size for pad in (WORTEL / "static/loket/js").glob("*.js")) < 16_000


def test_every_sheet_of_the_site_is_linked():
    sjablonen = "".join(pad.read_text() for pad in SJABLONEN)
    gelinkt = re.findall(r"""{% static ['"]([^'"]+[.]css)['"] %}""", sjablonen)
    van_de_site = [pad.relative_to(WORTEL / "static").as_posix() for pad in BLADEN_VAN_DE_SITE]

    assert [blad for blad in van_de_site if blad not in gelinkt] == []
    assert [blad for blad in gelinkt if not (WORTEL / "static" / blad).exists()] == []
