"""Finding care in a real browser: without an account, without JavaScript, and with the map."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from loket.models import Wijk
from opvang.models import Opvanglocatie
from tests.fabrieken import maak_aanbod, maak_gemeente, maak_locatie, maak_loket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAST_NIET = "() => document.documentElement.scrollWidth - innerWidth"
SPELDEN = "elementen => elementen.map(element => element.getAttribute('aria-label'))"
KAARTEN = """kaarten => kaarten.map(kaart =>
    `${kaart.querySelector('[data-nr]').dataset.nr}. ${kaart.querySelector('h2').innerText}: `
    + kaart.querySelector('.stand').innerText)"""


@pytest.fixture
def streek():
    """Four locations in Wilgenrade, one for each answer, and one elsewhere."""
    nu = timezone.now()
    gemeente = maak_gemeente("Wilgenrade")
    gemeente.lengtegraad, gemeente.breedtegraad = 4.0, 51.0
    gemeente.save()
    maak_loket("Loket Wilgenrade", gemeenten=[gemeente])
    rand = [[3.9, 50.9], [4.1, 50.9], [4.1, 51.1], [3.9, 51.1], [3.9, 50.9]]
    Wijk.objects.create(
        gemeente=gemeente,
        code="oude-kern",
        naam="Oude Kern",
        soort="deelgemeente",
        omtrek={"type": "Polygon", "coordinates": [rand]},
    )
    for nummer, (naam, plaatsen, dagen) in enumerate(
        [("Appelboom", 2, 0), ("Berkenhof", 1, 40), ("Citroentuin", 0, 0), ("Duinpan", None, 0)]
    ):
        locatie = maak_locatie(
            naam,
            gemeente=gemeente,
            lengtegraad=4.0 + nummer / 100,
            breedtegraad=51.0 + nummer % 2 / 100,
            prijssysteem="vrije_prijs" if naam == "Citroentuin" else "inkomenstarief",
            talen=["nl", "tr"],
        )
        if plaatsen is not None:
            maak_aanbod(locatie, plaatsen, nu=nu - dt.timedelta(days=dagen))
    maak_locatie("Elders", lengtegraad=5.0, breedtegraad=51.0)


@pytest.fixture
def openen(chromium, live_server):
    """Open a window; what its console complains about fails the test.

    Not for axe: it reads an imported sheet through a style of its own, which the policy refuses.
    """
    klachten: list[str] = []
    contexten = []

    def open_venster(*, voor_axe: bool = False, **opties) -> Page:
        context = chromium.new_context(base_url=live_server.url, locale="nl-BE", **opties)
        contexten.append(context)
        pagina = context.new_page()
        if not voor_axe:
            pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
            pagina.on(
                "console", lambda zin: klachten.append(zin.text) if zin.type == "error" else None
            )
        return pagina

    yield open_venster
    for context in contexten:
        context.close()
    assert klachten == []


def namen(pagina: Page) -> list[str]:
    return pagina.locator("article h2").all_inner_texts()


def test_finds_filters_compares_and_reads_without_account_and_without_javascript(streek, openen):
    pagina = openen(java_script_enabled=False, viewport={"width": 360, "height": 800})
    pagina.goto("/zoeken/")
    assert pagina.get_by_role("button", name="Zoek dicht bij mij").count() == 0
    pagina.get_by_label("Waar").fill("wilgenrade")
    pagina.get_by_text("Meer wensen").click()
    pagina.get_by_label("Volgens je inkomen").check()
    pagina.get_by_role("button", name="Toon opvang").click()

    assert "waar=wilgenrade" in pagina.url
    assert namen(pagina) == ["Appelboom", "Berkenhof", "Duinpan"]
    assert pagina.evaluate(PAST_NIET) <= 0
    expect(pagina.locator("#landkaart")).to_be_hidden()
    vergelijk = pagina.get_by_role("button", name="Vergelijk", exact=True)
    expect(vergelijk).to_be_hidden()

    pagina.get_by_label("Vergelijk: Berkenhof").check()
    pagina.get_by_label("Vergelijk: Appelboom").check()
    vergelijk.click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Opvang vergelijken")
    assert pagina.get_by_role("columnheader").all_inner_texts() == ["Appelboom", "Berkenhof"]
    cellen = pagina.get_by_role("row", name=re.compile("Is er plaats")).get_by_role("cell")
    assert [cel.split("\n")[0] for cel in cellen.all_inner_texts()] == [
        "2 plaatsen vrij",
        "Misschien plaats",
    ]
    assert pagina.evaluate(PAST_NIET) <= 0

    pagina.get_by_role("link", name="Terug naar de lijst").click()
    assert namen(pagina) == ["Appelboom", "Berkenhof", "Duinpan"]
    pagina.get_by_role("link", name="Appelboom").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Appelboom")
    assert pagina.evaluate(PAST_NIET) <= 0


def test_map_and_list_agree_item_for_item(streek, openen):
    pagina = openen(viewport={"width": 1280, "height": 900})
    pagina.goto("/zoeken/?waar=wilgenrade&eerst=vrij")

    spelden = pagina.locator(".landkaart__speld")
    expect(spelden).to_have_count(4)
    op_de_kaart = spelden.evaluate_all(SPELDEN)
    assert op_de_kaart == pagina.locator("article").evaluate_all(KAARTEN)
    assert op_de_kaart == [
        "1. Appelboom: 2 plaatsen vrij",
        "2. Berkenhof: Misschien plaats",
        "3. Duinpan: Niet doorgegeven",
        "4. Citroentuin: Nu volzet",
    ]
    expect(pagina.locator("path.landkaart__gebied")).to_have_count(1)
    vormen = spelden.locator(".speld").evaluate_all("delen => delen.map(deel => deel.className)")
    assert [vorm.split("--")[1] for vorm in vormen] == ["vrij", "misschien", "onbekend", "vol"]

    # By keyboard: a pin opens, the balloon has the focus, Escape gives it back.
    spelden.nth(2).focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("link", name="Bekijk deze opvang")).to_be_focused()
    pagina.keyboard.press("Escape")
    expect(spelden.nth(2)).to_be_focused()


def test_near_me_asks_only_on_a_press_and_rounds(streek, openen):
    pagina = openen(
        viewport={"width": 360, "height": 800},
        permissions=["geolocation"],
        geolocation={"latitude": 51.012345, "longitude": 4.019876},
    )
    pagina.goto("/zoeken/")
    assert "bij=" not in pagina.url

    pagina.get_by_role("button", name="Zoek dicht bij mij").click()

    expect(pagina.get_by_role("heading", level=1)).to_have_text("4 opvangplekken tot 5 km van jou")
    assert "bij=51.012%2C4.020" in pagina.url
    assert "51.0123" not in pagina.content()


@pytest.mark.parametrize("thema", ["light", "dark"])
def test_search_and_comparison_have_no_accessibility_violation(
    streek, openen, geen_axe_fouten, thema
):
    pagina = openen(voor_axe=True, color_scheme=thema)

    pagina.goto("/zoeken/?waar=wilgenrade&dagen=15&ver=5&talen=tr")
    pagina.locator("#landkaart").scroll_into_view_if_needed()
    expect(pagina.locator(".landkaart__speld")).to_have_count(4)
    pagina.get_by_label("Vergelijk: Appelboom").check()
    geen_axe_fouten(pagina)
    pagina.locator(".landkaart__speld").first.focus()
    pagina.keyboard.press("Enter")
    geen_axe_fouten(pagina)
    for pad in (
        "/zoeken/?waar=xyzzy&vanaf_dag=31&vanaf_maand=2&vanaf_jaar=2031",
        "/zoeken/?waar=wilgenrade&stand=vrij&opvang=nacht",
        "/zoeken/vergelijk/?l=" + "&l=".join(_slugs()),
        "/zoeken/vergelijk/",
    ):
        pagina.goto(pad)
        geen_axe_fouten(pagina)


def _slugs() -> list[str]:
    return list(Opvanglocatie.objects.order_by("naam").values_list("slug", flat=True)[:4])
