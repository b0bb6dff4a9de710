"""A morning at the counter: the list, a task taken and put off, a search, a dossier, a letter."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from aanvragen.models import Aanmelding, Opvangvraag, Taakwerk
from loket.models import Bericht
from tests.aanvragen.balie.fabrieken import maak_sjabloon
from tests.browser.stappen import meld_aan
from tests.fabrieken import kind_gegevens, maak_vraag, ouder_gegevens, vraag_gegevens

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def te_laat(spelers) -> Opvangvraag:
    """De Egeltjes did not answer a family that speaks French."""
    nu = timezone.now() - dt.timedelta(days=20)
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        nu=nu,
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk, email="amina@voorbeeld.test", taal="fr"
        ),
        kinderen=(
            kind_gegevens(
                voornaam="Loïc", familienaam="Haddad", geboortedatum=timezone.localdate(nu)
            ),
        ),
        vraag=vraag_gegevens(gewenste_start=timezone.localdate() + dt.timedelta(days=500)),
    )
    Aanmelding.objects.update(antwoord_voor=timezone.localdate() - dt.timedelta(days=4))
    maak_sjabloon(spelers.loket, fr="Nous cherchons avec vous\nPour {kind}.")
    return vraag


@pytest.mark.parametrize("breedte", [360, 1280])
def test_a_morning_at_the_counter(spelers, te_laat, portaal, geen_axe_fouten, breedte):
    pagina: Page = portaal.open(breedte=breedte)
    kijk = geen_axe_fouten
    meld_aan(portaal, pagina, spelers.carla.email)
    pagina.goto("/balie/")
    kijk(pagina)
    pagina.get_by_role("button", name=re.compile("^Ik doe dit")).click()
    expect(pagina.locator("main")).to_contain_text("Carla")
    pagina.get_by_role("link", name="Van mij (1)").click()
    expect(pagina.get_by_role("link", name="Van mij (1)")).to_have_attribute("aria-current", "page")
    pagina.get_by_role("link", name=re.compile("^Later of klaar")).click()
    expect(pagina.get_by_role("button", name="Stel uit")).to_be_visible()
    kijk(pagina)
    pagina.get_by_role("button", name="Stel uit").click()
    expect(pagina.locator(".foutlijst")).to_be_visible()
    kijk(pagina)
    pagina.get_by_label("Over 3 werkdagen").check(force=True)
    pagina.get_by_label("Vakantie of gesloten").check(force=True)
    pagina.get_by_role("button", name="Stel uit").click()
    expect(pagina.locator("body")).to_contain_text("Deze taak komt terug op")
    assert Taakwerk.objects.get().rust_reden == "afwezig"

    pagina.goto("/balie/")
    pagina.locator("#zoek").fill("loic hadad")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Gezocht")
    kijk(pagina)
    pagina.get_by_role("link", name="Loïc Haddad").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Loïc Haddad")
    kijk(pagina)
    pagina.get_by_role("link", name="Schrijf het gezin een brief").click()
    pagina.get_by_role("button", name="Toon").click()
    expect(pagina.locator("[lang=fr]")).to_contain_text("Pour Loïc Haddad.")
    kijk(pagina)
    pagina.get_by_role("button", name="Verstuur de mail").click()
    expect(pagina.locator("body")).to_contain_text("De brief is klaargelegd")
    assert Bericht.objects.filter(sjabloon="aanvragen/brief").count() == 1
