"""A theme changes colours, never what people can read."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from loket import huisstijl
from tests.fabrieken import maak_gemeente, maak_loket

RIVIERSTAD = {
    "hoek": ".375rem",
    "hoek-l": ".625rem",
    "licht": {
        "page": "#f6f8fb",
        "sunken": "#e7edf4",
        "line": "#d3dbe5",
        "primary": "#27408b",
        "primary-hover": "#1a2d66",
        "primary-soft": "#e2e8f7",
        "link": "#27408b",
        "hero": "#1d2f6b",
        "accent": "#bb7b00",
        "accent-text": "#7a5200",
        "accent-soft": "#fdf3da",
    },
    "donker": {
        "page": "#10141f",
        "sunken": "#0b0e17",
        "line": "#313a52",
        "primary": "#a9bdf7",
        "primary-hover": "#c8d5fb",
        "primary-soft": "#26325a",
        "link": "#b3c4f8",
        "hero": "#18244f",
        "accent": "#ffd067",
        "accent-text": "#ffd98a",
        "accent-soft": "#3a2e12",
    },
}


@pytest.mark.parametrize(
    ("een", "ander", "verwacht"),
    [
        pytest.param("#000", "#ffffff", 21.0, id="zwart op wit"),
        pytest.param("#ffffff", "#fff", 1.0, id="wit op wit"),
        pytest.param("#777777", "#ffffff", 4.478, id="grijs net te licht"),
        pytest.param("#17292b", "#faf8f4", 14.259, id="inkt op bladzijde"),
    ],
)
def test_contrast_is_that_of_wcag(een, ander, verwacht):
    assert huisstijl.contrast(een, ander) == pytest.approx(verwacht, abs=0.001)
    assert huisstijl.contrast(ander, een) == pytest.approx(verwacht, abs=0.001)


# The lowest ratio per role, as measured on paper: light, dark, Rivierstad light, Rivierstad dark.
LAAGSTE = """
    ink           12.3   9.1  12.3  10.4
    muted          5.1   5.3   5.1   6.1
    link           7.7   9.4   8.1   9.1
    primary-ink    9.0   8.6   9.6   8.3
    accent-ink     5.5   7.9   5.1  12.4
    accent-text    5.2   7.6   6.3   9.8
    accent         3.1   6.8   3.3  10.8
    hero-ink      10.9  13.8  12.6  15.0
    hero-muted     7.4   8.4   8.6   9.1
    edge           3.2   3.9   3.2   3.9
    focus         14.3  10.1  14.2  10.1
    info-ink       8.0   9.2   8.0   9.2
    success-line   3.5   4.6   3.5   4.6
    warning-ink    7.7   9.9   7.7   9.9
    danger-line    4.3   4.6   4.3   4.6
"""


@pytest.mark.parametrize("regel", LAAGSTE.strip().splitlines(), ids=lambda regel: regel.split()[0])
def test_lowest_contrast_per_role_is_the_measured_one(regel):
    rol, *verwacht = regel.split()
    (eis,) = [eis for eis in huisstijl.EISEN if eis.rol == rol]

    gemeten = [
        f"{min(huisstijl.contrast(palet[rol], palet[vlak]) for vlak in eis.op):.1f}"
        for stijl in ({}, RIVIERSTAD)
        for palet in (huisstijl.palet(stijl, "licht"), huisstijl.palet(stijl, "donker"))
    ]

    assert gemeten == verwacht


@pytest.mark.parametrize("stijl", [{}, RIVIERSTAD], ids=["eigen", "rivierstad"])
def test_a_readable_theme_passes(stijl):
    huisstijl.valideer_huisstijl(stijl)

    assert huisstijl.tekorten(stijl) == []


def test_a_faint_theme_is_refused_with_the_pair_and_the_ratio():
    with pytest.raises(ValidationError) as fout:
        huisstijl.valideer_huisstijl({"licht": {"muted": "#9aa5a8"}})

    assert fout.value.messages[0] == "licht: muted op page haalt 2,4, nodig is 4,5."


def test_a_change_in_light_alone_is_checked_against_the_dark_that_stays():
    # The dark page keeps its own surface; only the light one goes wrong.
    gevonden = huisstijl.tekorten({"licht": {"surface": "#17292b"}})

    assert {tekort.kleurstelling for tekort in gevonden} == {"licht"}


@pytest.mark.parametrize(
    ("stijl", "melding"),
    [
        pytest.param([], "Een huisstijl is een lijst van rollen met een kleur.", id="geen lijst"),
        pytest.param({"logo": "x"}, "logo hoort niet in een huisstijl.", id="onbekend"),
        pytest.param({"hoek": "1px"}, "hoek is geen lengte in rem, zoals .375rem.", id="lengte"),
        pytest.param(
            {"licht": "#fff"},
            "licht moet een lijst van rollen met een kleur zijn.",
            id="geen rollen",
        ),
        pytest.param(
            {"licht": {"danger-bg": "#fff"}},
            "danger-bg is geen rol die je mag kiezen.",
            id="signaal",
        ),
        pytest.param(
            {"licht": {"page": "red;} body{display:none"}},
            "page is geen kleur zoals #27408b.",
            id="css naar binnen",
        ),
        pytest.param(
            {"donker": {"page": "url(//kwaad.example)"}},
            "page is geen kleur zoals #27408b.",
            id="adres",
        ),
    ],
)
def test_what_is_no_theme_is_refused(stijl, melding):
    with pytest.raises(ValidationError) as fout:
        huisstijl.valideer_huisstijl(stijl)

    assert fout.value.messages == [melding]


def test_css_of_a_theme_says_in_dark_every_role_that_light_changed():
    css = huisstijl.als_css({"licht": {"page": "#f6f8fb"}, "hoek": ".375rem"})

    assert css == (
        ':root,[data-thema="licht"]{--lok-hoek:.375rem;--lok-page:#f6f8fb;}\n'
        "@media (prefers-color-scheme:dark){:root:not([data-thema]){--lok-page:#0f1b1d;}}\n"
        '[data-thema="donker"]{--lok-page:#0f1b1d;}\n'
    )


def test_css_of_an_unreadable_theme_is_refused():
    with pytest.raises(ValidationError):
        huisstijl.als_css({"licht": {"ink": "#ffffff"}})


def test_fingerprint_changes_with_the_theme_and_not_with_its_order():
    assert huisstijl.vingerafdruk({"hoek": ".5rem", "licht": {}}) == huisstijl.vingerafdruk(
        {"licht": {}, "hoek": ".5rem"}
    )
    assert huisstijl.vingerafdruk({"hoek": ".5rem"}) != huisstijl.vingerafdruk({"hoek": ".6rem"})


# The sheet over HTTP


@pytest.fixture
def rivierstad(db):
    return maak_loket(
        "Loket Rivierstad",
        gemeenten=[maak_gemeente("Rivierstad", nis="90009", postcode="9009")],
        slug="rivierstad",
        huisstijl=RIVIERSTAD,
    )


def test_sheet_is_css_that_everyone_may_keep(client: Client, rivierstad):
    antwoord = client.get("/huisstijl/rivierstad.css")

    assert antwoord.status_code == 200
    assert antwoord["Content-Type"] == "text/css; charset=utf-8"
    assert antwoord["Cache-Control"] == "public, max-age=86400"
    assert "--lok-primary:#27408b;" in antwoord.content.decode()


def test_sheet_that_nobody_could_read_is_not_served(client: Client, rivierstad):
    rivierstad.huisstijl = {"licht": {"ink": "#ffffff"}}
    rivierstad.save()

    assert client.get("/huisstijl/rivierstad.css").status_code == 404


def test_sheet_of_no_loket_is_not_found(client: Client, db):
    assert client.get("/huisstijl/nergens.css").status_code == 404


def test_page_links_the_sheet_by_its_fingerprint(client: Client, rivierstad):
    pagina = client.get("/").content.decode()

    assert f'href="/huisstijl/rivierstad.css?v={huisstijl.vingerafdruk(RIVIERSTAD)}"' in pagina
