"""Signing in and out in a real browser, by the code that really arrived."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from loket.models import Rol
from tests.browser.stappen import meld_aan
from tests.fabrieken import maak_lid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_of_signing_in_has_no_axe_violation(spelers, portaal, geen_axe_fouten):
    maak_lid(spelers.loket, Rol.SCHEPEN, gebruiker=spelers.carla)
    pagina = portaal.open()

    pagina.goto("/accounts/login/")
    pagina.get_by_role("button", name="Stuur mij een code").click()
    expect(pagina).to_have_title(re.compile("^Fout: "))
    geen_axe_fouten(pagina)
    pagina.goto("/accounts/login/wachtwoord/")
    geen_axe_fouten(pagina)

    meld_aan(portaal, pagina, "carla@voorbeeld.test", kijk=geen_axe_fouten)

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Waar wil je naartoe?")
    geen_axe_fouten(pagina)
    pagina.goto("/accounts/logout/")
    geen_axe_fouten(pagina)
    pagina.get_by_role("button", name="Afmelden").click()
    expect(pagina.get_by_text("Je bent afgemeld.")).to_be_visible()


def test_signing_in_works_without_javascript_and_comes_back_where_one_was(spelers, portaal):
    pagina = portaal.open(js=False)
    pagina.goto("/mijn/")
    expect(pagina).to_have_url(re.compile(r"/accounts/login/\?next=/mijn/"))

    pagina.get_by_label("E-mailadres").fill("amina@voorbeeld.test")
    pagina.get_by_role("button", name="Stuur mij een code").click()
    pagina.get_by_label("Code").fill("0000 0000")
    pagina.get_by_role("button", name="Aanmelden").click()
    expect(pagina.locator(".foutlijst")).to_contain_text("Deze code klopt niet.")
    tekst = portaal.post.wacht_op("amina@voorbeeld.test", met="code")
    gevonden = re.search(r"\d{4}-\d{4}", tekst)
    assert gevonden
    pagina.get_by_label("Code").fill(gevonden.group())
    pagina.get_by_role("button", name="Aanmelden").click()

    expect(pagina).to_have_url(re.compile("/mijn/$"))
