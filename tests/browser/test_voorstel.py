"""Hold, upgrade, release: what a parent does with offers on a phone, and what others see of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from aanvragen.domain.gegevens import Vraaggegevens
from aanvragen.workflow import Aanmeldingstatus, BijEinde, Voorstelstatus
from tests.browser.stappen import meld_aan
from tests.fabrieken import maak_locatie, maak_voorstel, maak_vraag, vraag_gegevens

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]


def _over_vier_maanden() -> Vraaggegevens:
    return vraag_gegevens(gewenste_start=timezone.localdate() + dt.timedelta(days=120))


def test_hold_upgrade_release(spelers, portaal):
    nu = timezone.now()
    beste = maak_locatie("De Beste", loket=spelers.loket)
    vraag = maak_vraag(
        spelers.loket,
        [beste, spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        vraag=_over_vier_maanden(),
        nu=nu,
    )
    laag = maak_voorstel(vraag.aanmeldingen.get(rang=3), nu=nu)
    pagina = portaal.open(js=False)
    meld_aan(portaal, pagina, spelers.amina.email)

    # Hold the third wish: the page says first what follows, and asks what happens at the end.
    pagina.goto(f"/mijn/{vraag.referentie}/")
    pagina.get_by_role("link", name="Hou vast tot en met").click()
    expect(pagina.locator("main")).to_contain_text(
        "Je wacht intussen op wat hoger op je lijst staat"
    )
    pagina.get_by_role("button", name="Hou de plaats vast").click()
    expect(pagina.locator("main")).to_contain_text("Kies wat we op het einde doen.")
    pagina.locator("[name=bij_einde][value=nemen]").check(force=True)
    pagina.get_by_role("button", name="Hou de plaats vast").click()
    expect(pagina.locator("main")).to_contain_text("Je houdt de plaats bij Het Zonnetje vast.")
    laag.refresh_from_db()
    assert (laag.status, laag.bij_einde) == (Voorstelstatus.VASTGEHOUDEN, BijEinde.NEMEN)

    # The second wish offers too. Holding that one gives the lower one back, and says so first.
    hoog = maak_voorstel(vraag.aanmeldingen.get(rang=2), nu=nu)
    pagina.goto(f"/mijn/{vraag.referentie}/")
    pagina.get_by_role("link", name="Hou vast tot en met").click()
    expect(pagina.locator("main")).to_contain_text("Het voorstel van Het Zonnetje vervalt")
    pagina.locator("[name=bij_einde][value=vrijgeven]").check(force=True)
    pagina.get_by_role("button", name="Hou de plaats vast").click()
    expect(pagina.locator("main")).to_contain_text(
        "Je houdt een plaats vast die hoger op je lijst staat."
    )
    laag.refresh_from_db()
    assert laag.status == Voorstelstatus.INGETROKKEN
    portaal.post.wacht_op("zon@voorbeeld.test", met="houdt een plaats vast")
    portaal.post.wacht_op(spelers.amina.email, met="Je houdt de plaats bij De Egeltjes vast")

    # Release: no reason is asked that need not be given, and nothing else is lost.
    pagina.get_by_role("link", name="Geef de plaats terug").click()
    expect(pagina.locator("main")).to_contain_text("Je verliest niets anders.")
    pagina.get_by_label("Ik blijf graag op de wachtlijst van deze opvang").check()
    pagina.get_by_role("button", name="Geef de plaats terug").click()
    expect(pagina.locator("main")).to_contain_text("Je blijft op de wachtlijst van De Egeltjes.")
    hoog.refresh_from_db()
    assert hoog.status == Voorstelstatus.GEWEIGERD
    assert list(vraag.aanmeldingen.order_by("rang").values_list("status", flat=True)) == [
        Aanmeldingstatus.VERZONDEN,
        Aanmeldingstatus.WACHTLIJST,
        Aanmeldingstatus.WACHTLIJST,
    ]
    assert vraag.aanmeldingen.opgeschort().count() == 0


def test_the_pages_of_an_offer_are_accessible(spelers, portaal, geen_axe_fouten):
    nu = timezone.now()
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        vraag=_over_vier_maanden(),
        nu=nu,
    )
    voorstel = maak_voorstel(vraag.aanmeldingen.get(rang=2), nu=nu)
    pagina = portaal.open()
    meld_aan(portaal, pagina, spelers.amina.email)

    for pad in ("", f"voorstel/{voorstel.pk}/vasthouden/", f"voorstel/{voorstel.pk}/nee/"):
        pagina.goto(f"/mijn/{vraag.referentie}/{pad}")
        geen_axe_fouten(pagina)
