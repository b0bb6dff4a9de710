"""The chair of the LOK: from invitation to minutes, and what the college did with an advice."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from lok_overleg.models import Vergadering
from tests.browser.stappen import meld_aan, vul_datum
from tests.lok_overleg.conftest import maak_loklid

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]
LID = "lid@voorbeeld.test"


def _druk(pagina: Page, tekst: str) -> None:
    pagina.locator("main").get_by_role("button", name=re.compile(tekst)).first.click()


def _plan_en_nodig_uit(pagina: Page, kijk) -> None:
    pagina.goto("/lok/vergadering/nieuw/")
    kijk(pagina)
    pagina.locator("[name=titel]").fill("Overleg van de lente")
    vul_datum(pagina, "dag", timezone.localdate() + dt.timedelta(days=20))
    pagina.locator("[name=van]").fill("20.00")
    pagina.locator("[name=tot]").fill("22.00")
    pagina.locator("[name=plaats]").fill("Huis van het Kind")
    _druk(pagina, "Plan deze vergadering")
    uuid = Vergadering.objects.get().uuid
    pagina.goto(f"/lok/vergadering/{uuid}/agenda/")
    pagina.locator("[name=titel]").fill("Meer plaatsen op woensdag")
    _druk(pagina, "Voeg toe aan de agenda")
    kijk(pagina)
    pagina.goto(f"/lok/vergadering/{uuid}/uitnodigen/")
    kijk(pagina)
    _druk(pagina, "Verstuur")


def test_chair_invites_holds_publishes_and_the_college_answers(spelers, portaal, geen_axe_fouten):
    maak_loklid(spelers.loket, "Lien Lid", email=LID, stemrecht=True)
    pagina = portaal.open(breedte=1280)
    meld_aan(portaal, pagina, spelers.hanne.email)
    pagina.goto("/lok/")
    geen_axe_fouten(pagina)
    _plan_en_nodig_uit(pagina, geen_axe_fouten)

    # A member without an account answers from the mail, which holds the appointment.
    mail = portaal.post.wacht_op(LID, met="Uitnodiging")
    bijlagen = [
        deel.get_content_type()
        for bericht in portaal.post.berichten
        if bericht["to"] == LID
        for deel in bericht.walk()
    ]
    assert "text/calendar" in bijlagen
    bij_lid = portaal.open()
    link = re.search(r"https?://\S+/lok/uitnodiging/[^\s>)]+", mail)
    assert link
    bij_lid.goto(link.group(0))
    geen_axe_fouten(bij_lid)
    bij_lid.locator("button[name=stand][value=aanwezig]").click()
    geen_axe_fouten(bij_lid)

    # The evening comes.
    begin = timezone.now() - dt.timedelta(hours=3)
    Vergadering.objects.update(begint_op=begin)
    uuid = Vergadering.objects.get().uuid
    basis = f"/lok/vergadering/{uuid}"
    pagina.goto(f"{basis}/aanwezigheid/")
    geen_axe_fouten(pagina)
    pagina.locator("[value=aanwezig]").first.check(force=True)
    _druk(pagina, "Bewaar wie er was")
    pagina.goto(f"{basis}/advies/")
    pagina.locator("[name=onderwerp]").fill("Woensdag")
    pagina.locator("[name=tekst]").fill("Het overleg vraagt meer plaatsen op woensdag.")
    geen_axe_fouten(pagina)
    _druk(pagina, "Bewaar het ontwerp")
    advies = Vergadering.objects.get().adviezen.get()
    pagina.goto(f"/lok/advies/{advies.pk}/stemming/")
    geen_axe_fouten(pagina)
    pagina.locator("[value=voor]").first.check(force=True)
    _druk(pagina, "Bewaar de stemming")
    pagina.goto(f"{basis}/verslag/")
    geen_axe_fouten(pagina)
    pagina.locator("main textarea").first.fill("We bespraken de woensdag.")
    _druk(pagina, "Bewaar het verslag")
    pagina.goto(f"{basis}/verslag/")
    pagina.get_by_role("button", name="Publiceer het verslag").click()

    # Everybody may read the minutes; the schepen says what the college did.
    bezoeker = portaal.open()
    bezoeker.goto(f"/lok/verslagen/{uuid}/")
    expect(bezoeker.locator("main")).to_contain_text("We bespraken de woensdag.")
    expect(bezoeker.locator("main")).not_to_contain_text("Lien Lid")
    geen_axe_fouten(bezoeker)
    bij_ivo = portaal.open()
    meld_aan(portaal, bij_ivo, spelers.ivo.email)
    bij_ivo.goto(f"/lok/advies/{advies.pk}/opvolging/")
    geen_axe_fouten(bij_ivo)
    bij_ivo.locator("[name=beslissing][value=volgt]").check(force=True)
    vul_datum(bij_ivo, "datum", timezone.localdate())
    _druk(bij_ivo, "Bewaar en mail de leden")
    pagina.goto(f"{basis}/")
    expect(pagina.locator("main")).to_contain_text("Het college volgt het advies")
    geen_axe_fouten(pagina)
    portaal.post.wacht_op(LID, met="college")
