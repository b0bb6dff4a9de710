"""A parent changes the days while an offer waits, on a phone: told beforehand, and nothing lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from aanvragen.models import Opvangvraag
from tests.browser.stappen import meld_aan
from tests.fabrieken import maak_voorstel, maak_vraag, vraag_gegevens

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("js", [True, False])
def test_change_of_days_with_an_open_offer(spelers, portaal, geen_axe_fouten, js):
    nu = timezone.now()
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        vraag=vraag_gegevens(gewenste_start=timezone.localdate(nu) + dt.timedelta(days=120)),
        nu=nu,
    )
    voorstel = maak_voorstel(vraag.aanmeldingen.get(locatie=spelers.egeltjes), nu=nu)
    pagina = portaal.open(breedte=360, js=js)
    meld_aan(portaal, pagina, spelers.amina.email)
    pagina.goto(f"/mijn/{vraag.referentie}/")
    pagina.get_by_role("link", name="Wijzig dagen, start of opvang").first.click()
    if js:
        geen_axe_fouten(pagina)
    pagina.locator("input[name=rooster][value=wo-vm]").check(force=True)
    pagina.get_by_role("button", name="Bekijk wat er verandert").click()

    hoofd = pagina.locator("main")
    expect(hoofd).to_contain_text("Je voorstel blijft geldig zoals het is")
    expect(hoofd).to_contain_text("Het Zonnetje")
    if js:
        geen_axe_fouten(pagina)
    assert Opvangvraag.objects.get(pk=vraag.pk).rooster == vraag.rooster
    pagina.get_by_role("button", name="Ja, wijzig dit").click()
    expect(hoofd).to_contain_text("De wijziging is bewaard")
    expect(hoofd).to_contain_text("Je vraag is gewijzigd")
    voorstel.refresh_from_db()
    assert voorstel.status == "open"
    assert Opvangvraag.objects.get(pk=vraag.pk).rooster == vraag.rooster | 1 << 4
    portaal.post.wacht_op(spelers.amina.email, met="De datum van je aanvraag blijft")
    portaal.post.wacht_op("zon@voorbeeld.test", met="wijzigde zijn")
