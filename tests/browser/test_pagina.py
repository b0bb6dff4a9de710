"""A location's page from pen to parent: by keyboard and on a phone, without JavaScript to read."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.fabrieken import maak_aanbod
from tests.opvang.fabrieken_pagina import maak_beeld, maak_foto, nodig_uit, schrijf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def venster(chromium, live_server):
    """A phone with the session of somebody; fails on anything the console says."""
    klachten: list[str] = []
    contexten = []

    def openen(wie=None, *, js: bool = True, thema: str = "light"):
        context = chromium.new_context(
            viewport={"width": 360, "height": 800},
            base_url=live_server.url,
            java_script_enabled=js,
            color_scheme=thema,
        )
        contexten.append(context)
        if wie is not None:
            client = Client()
            client.force_login(wie)
            koek = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": koek.key, "value": koek.value, "url": live_server.url}])
        pagina = context.new_page()
        pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
        pagina.on(
            "console",
            lambda bericht: klachten.append(bericht.text) if bericht.type == "error" else None,
        )
        return pagina

    yield openen
    for context in contexten:
        context.close()
    assert klachten == []


def tab_tot(pagina, doel) -> None:
    """Press Tab until this has the focus; a keyboard gets everywhere or the test fails."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        if doel.evaluate("el => el === document.activeElement"):
            return
    pytest.fail(f"Tab never reached {doel}")


def test_page_from_pen_to_parent(spelers, venster):
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()
    maak_aanbod(spelers.egeltjes, 2)
    farid = venster(spelers.farid)

    # By keyboard alone: write, look, hand in.
    farid.goto("/aanbod/locatie/de-egeltjes/pagina/")
    tab_tot(farid, farid.get_by_label("Over ons"))
    farid.keyboard.type("Wij zijn met zes.")
    tab_tot(farid, farid.get_by_role("button", name="Bewaar en bekijk"))
    farid.keyboard.press("Enter")
    expect(farid.get_by_text("Dit is een voorbeeld")).to_be_visible()
    expect(farid.get_by_text("Wij zijn met zes.")).to_be_visible()
    tab_tot(farid, farid.get_by_role("button", name="Laat het loket nakijken"))
    farid.keyboard.press("Enter")
    expect(farid.get_by_text("Het loket kijkt je tekst na.")).to_be_visible()

    farid.goto("/aanbod/locatie/de-egeltjes/fotos/")
    farid.get_by_label("Foto", exact=True).set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": maak_beeld((2000, 1500))}
    )
    farid.get_by_label("Wat staat er op de foto?").fill("De tuin met zandbak")
    farid.get_by_label("Ik mag deze foto tonen").check()
    farid.get_by_role("button", name="Voeg de foto toe").click()
    expect(farid.get_by_role("img", name="De tuin met zandbak")).to_be_visible()

    ouder = venster(js=False)
    ouder.goto("/opvang/de-egeltjes/")
    expect(ouder.get_by_role("heading", name="De Egeltjes", exact=True)).to_be_visible()
    expect(ouder.get_by_text("Wij zijn met zes.")).to_have_count(0)
    expect(ouder.get_by_role("img", name="De tuin met zandbak")).to_have_count(0)

    carla = venster(spelers.carla)
    carla.goto("/balie/")
    carla.get_by_role("link", name="Pagina's nakijken").click()
    carla.get_by_role("link", name="De Egeltjes").click()
    for _ in range(2):
        carla.get_by_role("button", name="Goed, zet op de pagina").first.click()
    expect(carla.get_by_text("Alles is nagekeken")).to_be_visible()

    # What a parent reads, on a phone without JavaScript.
    ouder.reload()
    expect(ouder.get_by_text("Wij zijn met zes.")).to_be_visible()
    foto = ouder.get_by_role("img", name="De tuin met zandbak")
    expect(foto).to_be_visible()
    ouder.get_by_role("link", name="Hier opvang vragen").click()
    ouder.get_by_role("button", name="Zet op mijn lijst").click()
    expect(ouder.get_by_role("link", name="Vraag opvang aan")).to_be_visible()


@pytest.mark.parametrize("thema", ["light", "dark"])
def test_every_page_about_a_page_is_accessible(spelers, venster, geen_axe_fouten, thema):
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()
    egeltjes = spelers.egeltjes
    schrijf(spelers.zonnetje, door=spelers.greet, over="Zon.")
    schrijf(egeltjes, door=spelers.farid, over="Wij zijn De Egeltjes.", dag="Fruit.")
    foto = maak_foto(egeltjes, door=spelers.farid)
    maak_aanbod(egeltjes, 2)
    egel = egeltjes.organisator
    _uitnodiging, geheim = nodig_uit(
        egel, "nora@voorbeeld.test", door=spelers.farid, nu=timezone.now()
    )

    for wie, paden in (
        (None, ["/opvang/de-egeltjes/"]),
        (
            spelers.farid,
            [
                "/aanbod/locatie/de-egeltjes/pagina/",
                "/aanbod/locatie/de-egeltjes/pagina/voorbeeld/",
                "/aanbod/locatie/de-egeltjes/fotos/",
                f"/aanbod/foto/{foto.pk}/",
                "/aanbod/locatie/de-egeltjes/sluitingsdagen/",
                "/aanbod/collegas/",
                f"/aanbod/uitnodiging/{geheim}/",
            ],
        ),
        (spelers.carla, ["/balie/paginas/", "/balie/paginas/de-egeltjes/"]),
    ):
        pagina = venster(wie, thema=thema)
        for pad in paden:
            pagina.goto(pad)
            assert pagina.locator("h1").count() == 1, pad
            geen_axe_fouten(pagina)
