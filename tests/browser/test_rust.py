"""Calm on a phone, with mails of every kind in the outbox at that very moment and a worker that
sends them: none leaves afterwards.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from aanvragen.domain import meldingen
from aanvragen.domain.gesprek import schrijf
from aanvragen.models import Ouder, Vrijmelding
from aanvragen.workflow import Partij
from loket.celery import app
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.browser.test_aanbod import meld_direct_aan
from tests.fabrieken import maak_voorstel, maak_vraag, vraag_gegevens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Twenty mails and a mail server that takes its time: the worker is never done before the button.
RONDES, TRAAG = 6, 0.2


def test_calm_with_a_full_outbox_and_a_worker_that_is_sending(spelers, portaal, geen_axe_fouten):
    nu = timezone.now()
    vraag = maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        vraag=vraag_gegevens(gewenste_start=(nu + dt.timedelta(days=60)).date()),
        nu=nu,
    )
    Ouder.objects.create(
        gezin=vraag.kind.gezin,
        gebruiker=spelers.bram,
        voornaam="Bram",
        familienaam="Peeters",
        email=spelers.bram.email,
    )
    bij_egeltjes = vraag.aanmeldingen.get(rang=1)
    maak_voorstel(bij_egeltjes, nu=nu)
    telefoon = portaal.open(breedte=360)
    meld_direct_aan(telefoon, spelers.amina, portaal.url)
    telefoon.goto(f"/mijn/{vraag.referentie}/")
    telefoon.get_by_role("link", name="Er is droevig nieuws").click()
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("We stoppen alles voor jou")
    geen_axe_fouten(telefoon)
    _maak_traag(portaal.post)
    # The outbox fills for everybody: parents, second parent, providers, a message. It is sending.
    for _ in range(RONDES):
        meldingen.meld_ouders(vraag, "vervallen", nu=nu)
        meldingen.meld_aanbieder(bij_egeltjes, "nieuwe_vraag", nu=nu)
    schrijf(vraag, None, partij=Partij.LOKET, tekst="Hoe gaat het?", door=spelers.carla, nu=nu)
    al = len(portaal.post.berichten)
    _wacht_tot(lambda: len(portaal.post.berichten) > al)

    telefoon.get_by_role("button", name="Stop alles").click()

    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Deze vraag is gestopt")
    bij_de_rust = len(portaal.post.berichten)
    expect(telefoon.locator("main").get_by_role("link", name="09 000 00 00")).to_be_visible()
    geen_axe_fouten(telefoon)
    # What still stands in the queue of the worker is handed to it once more, and comes to nothing.
    ingetrokken = Bericht.objects.over(vraag).filter(status=Berichtstatus.INGETROKKEN)
    assert ingetrokken.count() > 0
    assert not Bericht.objects.over(vraag).filter(status=Berichtstatus.WACHT).exists()
    for pk in ingetrokken.values_list("pk", flat=True)[:20]:
        app.send_task("loket.tasks.verstuur_bericht", args=[pk])
    app.send_task("loket.tasks.verstuur_berichten")
    # A mail about something else shows that the worker got through all of it.
    ander = maak_vraag(spelers.loket, [spelers.zonnetje], gebruiker=spelers.greet)
    portaal.post.wacht_op("greet@voorbeeld.test", met=ander.referentie)
    assert [
        bericht["subject"]
        for bericht in portaal.post.berichten[bij_de_rust:]
        if vraag.referentie in bericht["subject"]
    ] == []
    assert Vrijmelding.objects.get().aanmelding == bij_egeltjes


def _maak_traag(post) -> None:
    """From the next connection on the mail server thinks before it takes a mail."""
    echt = post.handle_DATA

    async def traag(*argumenten) -> str:
        await asyncio.sleep(TRAAG)
        return await echt(*argumenten)

    post.handle_DATA = traag


def _wacht_tot(klaar, *, geduld: float = 30) -> None:
    tot = time.monotonic() + geduld
    while time.monotonic() < tot:
        if klaar():
            return
        time.sleep(0.02)
    pytest.fail("The worker sent nothing.")
