"""Staff enter a reglement, let the portal propose, compute, and approve twice; the provider gets a
letter.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from loket.models import Rol
from opvang.models import Subsidie
from tests.browser.stappen import meld_aan, vul_datum
from tests.fabrieken import maak_lid, maak_vergunning

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]


def _druk(pagina: Page, tekst: str) -> None:
    """Press a button or follow a link with the keyboard alone."""
    knop = pagina.locator("main :is(button, a)").filter(has_text=re.compile(tekst)).first
    knop.wait_for()
    # Keys that come before a page was painted are dropped by the browser.
    pagina.wait_for_load_state()
    knop.press("Enter")


def _typ(pagina: Page, *toetsen: str) -> None:
    """Fill fields one after the other, going on with Tab."""
    pagina.wait_for_load_state()
    for nummer, tekst in enumerate(toetsen):
        if nummer:
            pagina.keyboard.press("Tab")
        pagina.keyboard.type(tekst)


def _datum(dag: dt.date) -> tuple[str, str, str]:
    return str(dag.day), str(dag.month), str(dag.year)


def test_from_reglement_to_letter(spelers, portaal, geen_axe_fouten):
    vandaag = timezone.localdate()
    jaar = vandaag.year
    maak_vergunning(spelers.egeltjes, 14, vanaf=dt.date(jaar, 1, 1))
    kim = maak_lid(spelers.loket, Rol.LOKETMEDEWERKER)
    bij_carla = portaal.open(breedte=1280)
    meld_aan(portaal, bij_carla, spelers.carla.email)

    # The reglement, with the keyboard only.
    bij_carla.goto("/balie/subsidies/")
    geen_axe_fouten(bij_carla)
    _druk(bij_carla, "Nieuw reglement")
    bij_carla.locator("[name=naam]").focus()
    _typ(bij_carla, "Startpremie", *_datum(dt.date(jaar - 1, 12, 1)), "Raadsbesluit 118", "")
    _typ(bij_carla, "", *_datum(dt.date(jaar, 1, 1)))
    geen_axe_fouten(bij_carla)
    bij_carla.keyboard.press("Enter")
    expect(bij_carla.locator("h1")).to_have_text("Startpremie")
    geen_axe_fouten(bij_carla)
    _druk(bij_carla, "Nieuwe regel")
    bij_carla.locator("[name=naam]").focus()
    _typ(bij_carla, "Per nieuwe plaats", " ", "1.000")
    geen_axe_fouten(bij_carla)
    bij_carla.keyboard.press("Enter")
    expect(bij_carla.locator(".melding")).to_contain_text("De regel staat erbij.")
    _druk(bij_carla, "Vul het budget in")
    bij_carla.locator("[name=bedrag]").focus()
    _typ(bij_carla, "50.000")
    bij_carla.keyboard.press("Enter")

    # Propose and compute.
    _druk(bij_carla, f"Reken voor {jaar}")
    expect(bij_carla.locator(".melding")).to_contain_text("1 nieuw voorstel")
    geen_axe_fouten(bij_carla)
    _druk(bij_carla, "De Egeltjes")
    expect(bij_carla.locator(".berekening")).to_contain_text("Start op 1 januari")
    geen_axe_fouten(bij_carla)
    _druk(bij_carla, "Bereken en leg vast")
    expect(bij_carla.locator("main")).to_contain_text("wie rekent, keurt niet zelf goed")
    expect(bij_carla.get_by_role("link", name="Keur goed als dienst")).to_have_count(0)

    # Somebody else approves, on a phone and without JavaScript; then the college.
    subsidie = Subsidie.objects.get()
    bij_kim = portaal.open(js=False)
    meld_aan(portaal, bij_kim, kim.email)
    bij_kim.goto(f"/balie/subsidies/{subsidie.pk}/")
    _druk(bij_kim, "Keur goed als dienst")
    bij_kim.locator("main form button").click()
    expect(bij_kim.locator(".etiket").first).to_have_text("Goedgekeurd door de dienst")
    bij_carla.reload()
    _druk(bij_carla, "Noteer het besluit van het college")
    geen_axe_fouten(bij_carla)
    vul_datum(bij_carla, "datum", vandaag)
    _druk(bij_carla, "Noteer de goedkeuring")
    expect(bij_carla.locator(".etiket").first).to_have_text("Goedgekeurd door het college")
    geen_axe_fouten(bij_carla)

    # The provider hears of it and gets the letter.
    mail = portaal.post.wacht_op("egel@voorbeeld.test", met="Subsidie goedgekeurd")
    link = re.search(r"https?://\S+/aanbod/subsidies/", mail)
    assert link
    bij_farid = portaal.open()
    meld_aan(portaal, bij_farid, spelers.farid.email)
    bij_farid.goto(link.group(0))
    expect(bij_farid.locator("main")).to_contain_text("14\u00a0000,00")
    geen_axe_fouten(bij_farid)
    brief = bij_farid.request.get(f"/aanbod/subsidies/{subsidie.pk}/brief.pdf")
    assert brief.headers["content-type"] == "application/pdf"
    assert brief.body().startswith(b"%PDF-")
