"""From "nothing free" to a mail and out again: on a phone, with the keyboard, without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from opvang.domain.vrijgekomen import mail_vrijgekomen
from opvang.models import Melding
from tests.fabrieken import maak_aanbod

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADRES = "amina@voorbeeld.test"


def druk(pagina, naam: str) -> None:
    """Walk to the button with Tab alone and press it."""
    knop = pagina.get_by_role("button", name=naam)
    for _ in range(40):
        pagina.keyboard.press("Tab")
        if knop.evaluate("knop => knop === document.activeElement"):
            break
    expect(knop).to_be_focused()
    pagina.keyboard.press("Enter")


def test_a_parent_shifts_a_day_is_mailed_and_stops(spelers, portaal, geen_axe_fouten):
    nu = timezone.now()
    aanbod = maak_aanbod(spelers.egeltjes, [1, 1] + [0] * 12, nu=nu)
    pagina = portaal.open(js=False)
    pagina.goto("/zoeken/?waar=Wilgenrade&dagen=12&stand=vrij")

    # One change opens something, and the search that it is shows it.
    met_js = portaal.open()
    met_js.goto("/zoeken/?waar=Wilgenrade&dagen=12&stand=vrij")
    geen_axe_fouten(met_js)
    pagina.get_by_role("link", name=re.compile("Maandag in plaats van dinsdag")).click()
    expect(pagina.locator("article.plek")).to_have_count(1)
    pagina.go_back()

    # Or be mailed when it frees up.
    pagina.get_by_role("link", name="Mail me als er iets vrijkomt").click()
    pagina.get_by_label("Je e-mailadres").fill(ADRES)
    druk(pagina, "Mail me")
    expect(pagina.locator("h1")).to_have_text("Kijk in je mailbox")
    mail = portaal.post.wacht_op(ADRES, met="Bevestig")
    pagina.goto(re.search(r"http\S+/bevestig/\S+", mail)[0])
    assert Melding.objects.get().status == "wacht_op_bevestiging"
    druk(pagina, "Ja, mail me als er plaats is")
    expect(pagina.locator("h1")).to_have_text("Je krijgt mail van ons")

    aanbod.plaatsen = [0, 0, 1, 1] + [0] * 10
    aanbod.save()
    assert mail_vrijgekomen(nu=timezone.now()) == 1
    mail = portaal.post.wacht_op(ADRES, met="De Egeltjes")
    stoppen = re.search(r"http\S+/stop/\S+", mail)[0]
    met_js = portaal.open()
    met_js.goto(stoppen)
    geen_axe_fouten(met_js)
    pagina.goto(stoppen)
    druk(pagina, "Stop deze mails")
    expect(pagina.locator("h1")).to_have_text("Deze mails zijn gestopt")
    assert Melding.objects.get().status == "gestopt"

    # The pages around it.
    for pad in (
        "/zoeken/melding/?waar=Wilgenrade",
        "/zoeken/melding/?bij=51,4",
        "/zoeken/melding/gevraagd/",
        "/zoeken/vrij/wilgenrade/",
        "/zoeken/vrij/elders/",
        "/zoeken/vrij/wilgenrade/mail/",
    ):
        met_js.goto(pad)
        assert met_js.locator("h1").count() == 1, pad
        geen_axe_fouten(met_js)
