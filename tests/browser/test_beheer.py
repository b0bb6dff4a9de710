"""The stock admin under our strict content security policy, in a real browser."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from loket.models import Lidmaatschap
from tests.fabrieken import maak_vergunning

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pagina(spelers, chromium, live_server, client):
    """Joke's window; anything that the console complains about fails the test."""
    client.force_login(spelers.joke)
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}
    )
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    pagina = context.new_page()
    klachten: list[str] = []
    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    pagina.on(
        "console",
        lambda bericht: klachten.append(bericht.text) if bericht.type == "error" else None,
    )
    yield pagina
    context.close()
    assert klachten == []


def test_the_admin_works_without_breaking_the_policy(spelers, pagina):
    maak_vergunning(spelers.egeltjes)
    lid = Lidmaatschap.objects.get(gebruiker=spelers.carla)
    for pad in (
        reverse("admin:index"),
        reverse("admin:loket_lidmaatschap_changelist"),
        reverse("admin:loket_lidmaatschap_change", args=[lid.pk]),
        reverse("admin:loket_bericht_changelist"),
        reverse("admin:loket_loket_change", args=[spelers.loket.pk]),
        reverse("admin:loket_loket_history", args=[spelers.loket.pk]),
    ):
        antwoord = pagina.goto(pad)
        assert antwoord is not None
        assert (antwoord.status, "unsafe" in antwoord.headers["content-security-policy"]) == (
            200,
            False,
        )


def test_choosing_and_prefilling_work_in_the_admin(spelers, pagina):
    pagina.goto(reverse("admin:opvang_opvanglocatie_add"))
    pagina.fill("#id_naam", "De Kleine Beer")
    pagina.keyboard.press("Tab")
    expect(pagina.locator("#id_slug")).to_have_value("de-kleine-beer")

    pagina.locator(".field-organisator .select2-selection").click()
    pagina.locator(".select2-search__field").fill("Egel")
    pagina.locator(".select2-results__option", has_text="Egel vzw").click()
    expect(pagina.locator(".field-organisator .select2-selection__rendered")).to_contain_text(
        "Egel vzw"
    )
