"""A provider answers: from the mail on a phone in a few taps, and many families at once at a desk."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from aanvragen.models import Aanmelding
from tests.browser.test_aanbod import meld_direct_aan
from tests.fabrieken import maak_vraag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EGEL = "egel@voorbeeld.test"


def test_an_answer_takes_three_taps_from_the_mail_and_then_the_link_is_dead(
    spelers, portaal, geen_axe_fouten
):
    maak_vraag(spelers.loket, [spelers.egeltjes], gebruiker=spelers.amina, nu=timezone.now())
    mail = portaal.post.wacht_op(EGEL, met="Ik heb nu geen plaats")
    adres = re.search(r"http\S+antwoord=nee", mail)[0]
    telefoon = portaal.open(js=False)

    telefoon.goto(adres)
    expect(telefoon.locator("h1")).to_have_text("Heb je plaats voor dit gezin?")
    assert Aanmelding.objects.get().status == "verzonden"
    telefoon.get_by_label(re.compile("ik zet het gezin op mijn wachtlijst")).check()
    telefoon.get_by_role("button", name="Verstuur je antwoord").click()
    expect(telefoon.locator("h1")).to_have_text("Je antwoord is verstuurd")
    assert telefoon.evaluate("document.documentElement.scrollWidth") <= 360
    assert Aanmelding.objects.get().status == "wachtlijst"

    # The same link again, as another answer: dead, and it says what to do.
    for adres_opnieuw in (adres, adres.replace("=nee", "=ja")):
        telefoon.goto(adres_opnieuw)
        expect(telefoon.locator("h1")).to_have_text("Deze link werkt niet meer")
        expect(telefoon.get_by_text("Op deze vraag is al geantwoord.")).to_be_visible()
    met_js = portaal.open()
    met_js.goto(adres)
    geen_axe_fouten(met_js)
    portaal.post.wacht_op(spelers.amina.email, met="Je staat op een wachtlijst")


def test_many_families_get_the_same_answer_at_a_desk(spelers, portaal, geen_axe_fouten):
    for _ in range(3):
        maak_vraag(spelers.loket, [spelers.egeltjes], nu=timezone.now())
    pagina = portaal.open(breedte=1280)
    meld_direct_aan(pagina, spelers.farid, portaal.url)

    pagina.goto("/aanbod/vragen/")
    geen_axe_fouten(pagina)
    vakjes = pagina.get_by_role("checkbox", name=re.compile("Kies vraag"))
    expect(vakjes).to_have_count(3)
    vakjes.nth(0).check()
    vakjes.nth(1).check()
    pagina.get_by_role("button", name="Antwoord samen").click()
    expect(pagina.locator("h1")).to_have_text("Antwoord aan 2 gezinnen")
    geen_axe_fouten(pagina)

    pagina.get_by_role("button", name="Kijk na wat er gebeurt").click()
    expect(
        pagina.get_by_text("Beantwoord de vraag: Wat zeg je tegen deze gezinnen?").first
    ).to_be_visible()
    pagina.get_by_label("Nee: we zijn volzet in die periode").check()
    pagina.get_by_role("button", name="Kijk na wat er gebeurt").click()
    expect(pagina.locator("h1")).to_have_text("Kijk je antwoord na")
    geen_axe_fouten(pagina)
    assert set(Aanmelding.objects.values_list("status", flat=True)) == {"verzonden"}

    pagina.get_by_role("button", name="Verstuur 2 antwoorden").click()
    expect(pagina.locator("h1")).to_have_text("2 antwoorden zijn verstuurd")
    geen_axe_fouten(pagina)
    assert sorted(Aanmelding.objects.values_list("status", flat=True)) == [
        "geweigerd_door_opvang",
        "geweigerd_door_opvang",
        "verzonden",
    ]

    for pad in ("/aanbod/vragen/stand/", "/aanbod/vragen/samen/"):
        pagina.goto(pad)
        geen_axe_fouten(pagina)
