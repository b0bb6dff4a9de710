"""The second parent asks for the same child; and every mail fits the narrowest phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aanvragen.models import Opvangvraag, Samenvoeging
from tests.aanvragen.post.alle_mails import MAP, html_van_alle, namen
from tests.aanvragen.post.fabrieken import maak_paar
from tests.browser.test_aanbod import meld_direct_aan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALST = 320


def test_every_mail_fits_320_px_and_has_a_text_part(spelers, chromium):
    bladen = html_van_alle(spelers)
    context = chromium.new_context(
        viewport={"width": SMALST, "height": 700}, java_script_enabled=True
    )
    pagina = context.new_page()
    te_breed = {}

    for naam, html in bladen.items():
        pagina.set_content(html)
        breedte = pagina.evaluate("() => document.documentElement.scrollWidth")
        if breedte > SMALST:
            te_breed[naam] = breedte
        if map_ := os.environ.get("MAIL_NAAR"):
            pagina.screenshot(path=str(Path(map_) / f"{naam}.png"), full_page=True)
    context.close()

    assert te_breed == {}
    assert len(bladen) >= 40
    assert [naam for naam in namen() if not (MAP / f"{naam}.txt").exists()] == []


def test_second_parent_asks_for_the_same_child(spelers, portaal, geen_axe_fouten):
    """Bram asks for Noor; Carla asks Amina; she says yes, and Bram follows one question with her."""
    eerste, dubbel = maak_paar(spelers)
    bram = _aangemeld(portaal, spelers.bram)
    bram.goto(f"/mijn/{dubbel.referentie}/")
    assert "Het loket kijkt je vraag na" in bram.content()
    assert "Amina" not in bram.content()
    assert eerste.referentie not in bram.content()

    carla = _aangemeld(portaal, spelers.carla)
    carla.goto(f"/balie/dossier/{dubbel.referentie}/")
    geen_axe_fouten(carla)
    carla.get_by_role("button", name="Zelfde kind: vraag het aan de ouder").click()
    carla.wait_for_load_state()
    mail = portaal.post.wacht_op("amina@voorbeeld.test", met="mee volgen")
    assert "Bram" not in mail

    amina = _aangemeld(portaal, spelers.amina, js=False)
    amina.goto(f"/mijn/{eerste.referentie}/")
    amina.get_by_role("link", name="Bekijk wie het is en beslis").click()
    assert "Bram" in amina.content()
    assert "Bosweg" not in amina.content()
    _bewaar(amina, "samen")
    amina.get_by_role("button", name="Ja, Bram mag mee volgen").click()
    assert "Bram volgt je vraag nu mee." in amina.content()

    portaal.post.wacht_op("bram@voorbeeld.test", met="Er is één vraag voor je kind")
    bram.goto("/mijn/")
    bram.get_by_role("link", name="Noor Haddad").first.click()
    assert eerste.referentie in bram.content()
    bram.goto("/mijn/gegevens/")
    assert "Molenkouter" not in bram.content()

    carla.goto(f"/balie/dossier/{eerste.referentie}/")
    carla.get_by_role("button", name="Maak er weer twee vragen van").click()
    carla.wait_for_load_state()
    assert Samenvoeging.objects.get().stand == "gescheiden"
    assert not Opvangvraag.objects.van_ouder(spelers.bram).filter(pk=eerste.pk).exists()


def _aangemeld(portaal, gebruiker, **velden):
    pagina = portaal.open(**velden)
    meld_direct_aan(pagina, gebruiker, portaal.url)
    return pagina


def _bewaar(pagina, naam: str) -> None:
    if map_ := os.environ.get("MAIL_NAAR"):
        pagina.screenshot(path=str(Path(map_) / f"_{naam}.png"), full_page=True)
