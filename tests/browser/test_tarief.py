"""What care costs and how many places there are, in a real browser: by keyboard, without script, on a phone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from opvang.models import Tariefhulpsoort, Tarieftabel
from opvang.workflow import Opvangvorm
from tests.browser.test_aanbod import meld_direct_aan
from tests.fabrieken import maak_vergunning
from tests.opvang.fabrieken_tarief import maak_hulp, maak_tabel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _toets_tot(pagina, naam: str, waarde: str = "") -> None:
    """Press Tab until this field has the focus; fails when the keyboard doesn't come there."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        if pagina.evaluate(
            "([naam, waarde]) => { const e = document.activeElement;"
            " return e?.name === naam && (!waarde || e.value === waarde) }",
            [naam, waarde],
        ):
            return
    pytest.fail(f"Tab does not reach {naam}")


def test_family_estimates_its_price_by_keyboard_without_script(spelers, portaal, geen_axe_fouten):
    maak_tabel(vanaf=dt.date(2020, 1, 1))
    maak_hulp(spelers.loket, soort=Tariefhulpsoort.VERMINDERD)
    pagina = portaal.open(js=False, breedte=360)
    pagina.goto("/inkomenstarief/")

    _toets_tot(pagina, "inkomen")
    pagina.keyboard.type("veel")
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".foutlijst")).to_contain_text("Schrijf het bedrag met cijfers")
    pagina.keyboard.press("Tab")
    _toets_tot(pagina, "inkomen")
    pagina.keyboard.press("Control+A")
    pagina.keyboard.type("32.000")
    _toets_tot(pagina, "kinderen_30")
    pagina.keyboard.press("Control+A")
    pagina.keyboard.type("1")
    for dagdeel in ("ma-vm", "ma-nm"):
        _toets_tot(pagina, "dagen", dagdeel)
        pagina.keyboard.press("Space")
    pagina.keyboard.press("Enter")

    raming = pagina.get_by_role("status").first
    expect(raming).to_contain_text("9,30 per hele dag")
    expect(raming).to_contain_text("Per week €\u00a09,30")
    assert pagina.url.endswith("/inkomenstarief/")  # no income in the address
    assert "sessie" not in {koek["name"] for koek in pagina.context.cookies()}

    # Every state of the page, checked with axe.
    pagina = portaal.open(breedte=360)
    pagina.goto("/inkomenstarief/")
    geen_axe_fouten(pagina)
    pagina.get_by_role("button", name="Reken uit").click()
    geen_axe_fouten(pagina)
    pagina.get_by_label("Hoeveel is jullie inkomen?").fill("32000")
    pagina.get_by_role("button", name="Reken uit").click()
    pagina.get_by_text("Kortere of langere dagen").click()
    geen_axe_fouten(pagina)
    Tarieftabel.objects.update(actief=False)
    pagina.goto("/inkomenstarief/")
    expect(pagina.get_by_text("We kennen de bedragen van nu niet")).to_be_visible()
    geen_axe_fouten(pagina)


def test_provider_plans_for_the_new_ratio_and_staff_see_it(spelers, portaal, geen_axe_fouten):
    spelers.egeltjes.opvangvorm = Opvangvorm.GEZIN
    spelers.egeltjes.save()
    maak_vergunning(spelers.egeltjes, 8)
    over_een_week = timezone.localdate() + dt.timedelta(days=7)

    opvang = portaal.open(js=False, breedte=360)
    meld_direct_aan(opvang, spelers.farid, portaal.url)
    opvang.goto("/aanbod/")
    opvang.get_by_role("link", name="Bekijk wat dat betekent").click()
    expect(opvang.locator(".ratio")).to_contain_text("hoogstens 7 kinderen tegelijk")
    expect(opvang.locator("[name=plaatsen]")).to_have_value("7")
    for deel, waarde in zip(
        ("dag", "maand", "jaar"),
        (over_een_week.day, over_een_week.month, over_een_week.year),
        strict=True,
    ):
        opvang.locator(f"[name=vanaf_{deel}]").fill(str(waarde))
    opvang.get_by_role("button", name="Plan dit").click()
    expect(opvang.get_by_text("zijn er 7 plaatsen open")).to_be_visible()

    balie = portaal.open(breedte=360)
    meld_direct_aan(balie, spelers.carla, portaal.url)
    balie.goto("/balie/")
    balie.get_by_role("link", name="Plaatsen", exact=True).click()
    expect(balie.locator("main")).to_contain_text("7 open van 8")
    geen_axe_fouten(balie)
    balie.get_by_role("link", name="De Egeltjes").click()
    expect(balie.get_by_role("heading", level=1)).to_have_text("De Egeltjes")
    geen_axe_fouten(balie)
    meld_direct_aan(balie, spelers.farid, portaal.url)
    balie.goto("/aanbod/locatie/de-egeltjes/plaatsen/")
    geen_axe_fouten(balie)
