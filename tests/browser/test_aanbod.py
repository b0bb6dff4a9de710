"""A provider keeps its vacancies true in seconds: from the mail on a phone, and with the keyboard."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from opvang.domain.herinneren import stuur_herinneringen
from opvang.domain.vrije_plaatsen import pas_vrij_aan
from tests.fabrieken import maak_aanbod

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Skip the header, walk to the first number, four numbers with an arrow between them, Enter.
MEESTE_TOETSEN = 24


class Toetsenbord:
    """The only thing this person uses; every press counts."""

    def __init__(self, pagina: Page) -> None:
        self.pagina, self.aantal = pagina, 0

    def druk(self, *toetsen: str) -> None:
        for toets in toetsen:
            self.pagina.keyboard.press(toets)
            self.aantal += 1

    def loop_naar(self, veld: str) -> None:
        """Press Tab until this field has the focus."""
        while self.aantal < MEESTE_TOETSEN and self.pagina.evaluate(
            "naam => document.activeElement?.name !== naam", veld
        ):
            self.druk("Tab")


def meld_direct_aan(pagina: Page, gebruiker, url: str) -> None:
    """A session that exists already; signing in has its own tests."""
    client = Client()
    client.force_login(gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME].value
    pagina.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": koekje, "url": url}]
    )


def test_provider_confirms_from_the_mail_and_changes_four_numbers_with_the_keyboard(
    spelers, portaal, geen_axe_fouten
):
    nu = timezone.now()
    aanbod = maak_aanbod(spelers.egeltjes, 2, nu=nu - dt.timedelta(days=27))
    # Reminders go out by day, whatever the hour at which this runs: the noon that was last.
    middag = timezone.localtime(nu).replace(hour=12, minute=0)
    middag -= dt.timedelta(days=middag > nu)
    assert stuur_herinneringen(nu=middag) == 1

    # The mail that really arrived, on a phone: one link, one tap.
    mail = portaal.post.wacht_op("egel@voorbeeld.test", met="Kloppen je vrije plaatsen nog")
    telefoon = portaal.open(breedte=360)
    telefoon.goto(re.search(r"http\S+/klopt/\S+", mail)[0])
    expect(telefoon.locator("main form")).to_have_count(1)
    geen_axe_fouten(telefoon)
    telefoon.get_by_role("button", name="Er is niets veranderd").click()
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Bedankt, dit is bevestigd")
    geen_axe_fouten(telefoon)
    aanbod.refresh_from_db()
    assert (aanbod.laatst_bevestigd > nu, aanbod.versie) == (True, 1)

    # The grid, without a mouse. A second tab stays open with what stood there before.
    pagina = portaal.open(breedte=360)
    meld_direct_aan(pagina, spelers.farid, portaal.url)
    oude_tab = pagina.context.new_page()
    oude_tab.goto("/aanbod/")
    pagina.goto("/aanbod/")
    geen_axe_fouten(pagina)
    toetsen = Toetsenbord(pagina)
    toetsen.druk("Tab", "Enter")  # to the content
    toetsen.loop_naar(f"p{aanbod.pk}-ma-vm")
    toetsen.druk("3", "ArrowRight", "0", "ArrowRight", "ArrowUp", "ArrowRight", "1", "Enter")

    expect(pagina.get_by_text("Bewaard. Ouders zien dit nu.")).to_be_visible()
    assert toetsen.aantal <= MEESTE_TOETSEN
    aanbod.refresh_from_db()
    assert aanbod.vrij == [3, 2, 0, 2, 3, 2, 1, 2, 2, 2, 0, 0, 0, 0]
    geen_axe_fouten(pagina)

    # The old tab can't put its figures over the new ones.
    oude_tab.locator(f"[name=p{aanbod.pk}-ma-vm]").fill("7")
    oude_tab.get_by_role("button", name="Bewaar deze aantallen").click()
    expect(oude_tab.get_by_text("Er is intussen iets veranderd")).to_be_visible()
    expect(oude_tab.locator(".foutlijst")).to_contain_text(
        "Maandag voormiddag: eerst 2 vrij, nu 3 vrij. Jij koos 7."
    )
    expect(oude_tab.locator(f"[name=p{aanbod.pk}-di-vm]")).to_have_value("0")
    geen_axe_fouten(oude_tab)
    aanbod.refresh_from_db()
    assert aanbod.vrij[0] == 3

    pagina.get_by_role("button", name="Maak ongedaan").click()
    expect(pagina.get_by_text("Teruggedraaid.")).to_be_visible()
    aanbod.refresh_from_db()
    assert aanbod.vrij == [2] * 10 + [0] * 4


def test_grid_counts_without_javascript_and_the_other_pages_are_clean(
    spelers, portaal, geen_axe_fouten, tmp_path
):
    nu = timezone.now()
    aanbod = maak_aanbod(spelers.egeltjes, 2, nu=nu)
    pas_vrij_aan(aanbod, vrij=[1] * 14, verwachte_versie=1, door=spelers.farid, nu=nu)
    pagina = portaal.open(js=False)
    meld_direct_aan(pagina, spelers.farid, portaal.url)
    pagina.goto("/aanbod/")
    pagina.locator(f"[name=p{aanbod.pk}-ma-nm]").fill("5")
    pagina.get_by_role("button", name="één plaats meer op dinsdag voormiddag").click()
    expect(pagina.locator(f"[name=p{aanbod.pk}-di-vm]")).to_have_value("2")
    aanbod.refresh_from_db()
    assert aanbod.vrij == [1, 5, 2] + [1] * 11

    met_js = portaal.open()
    meld_direct_aan(met_js, spelers.farid, portaal.url)
    met_js.goto("/aanbod/locatie/de-egeltjes/geschiedenis/")
    expect(met_js.get_by_text("Farid zette dinsdag voormiddag van 1 op 2")).to_be_visible()
    geen_axe_fouten(met_js)
    met_js.goto("/aanbod/rekenblad/")
    geen_axe_fouten(met_js)
    with met_js.expect_download() as wacht:
        met_js.get_by_role("link", name="Download als CSV").click()
    lijst = tmp_path / "lijst.csv"
    lijst.write_bytes(wacht.value.path().read_bytes().replace(b";1;5;2;", b";1;x;2;"))
    met_js.locator("[name=bestand]").set_input_files(lijst)
    met_js.get_by_role("button", name="Kijk de lijst na").click()
    expect(met_js.locator(".foutlijst")).to_contain_text("L2 Maandag namiddag: vul een getal in")
    geen_axe_fouten(met_js)
    lijst.write_bytes(wacht.value.path().read_bytes().replace(b";1;5;2;", b";1;6;2;"))
    met_js.locator("[name=bestand]").set_input_files(lijst)
    met_js.get_by_role("button", name="Kijk de lijst na").click()
    expect(met_js.get_by_role("heading", level=1)).to_have_text("Klopt dit?")
    geen_axe_fouten(met_js)
    met_js.get_by_role("button", name="Voer in").click()
    expect(met_js.get_by_text("Ingevoerd: 1 periode.")).to_be_visible()
    aanbod.refresh_from_db()
    assert aanbod.vrij[1] == 6
