"""The whole story, as people live it: parent, two providers, counter, worker, schepen."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.stappen import meld_aan, niets, vraag_opvang
from tests.fabrieken import maak_aanbod

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def vrij(spelers):
    """Both locations have room, said today."""
    nu = timezone.now()
    return [maak_aanbod(locatie, 2, nu=nu) for locatie in (spelers.egeltjes, spelers.zonnetje)]


def _begin_maand(maanden: int) -> dt.date:
    vandaag = timezone.localdate()
    maand = vandaag.month - 1 + maanden
    return dt.date(vandaag.year + maand // 12, maand % 12 + 1, 1)


def _vraag(portaal, pagina, kijk=niets) -> str:
    return vraag_opvang(
        portaal,
        pagina,
        email="nieuw@voorbeeld.test",
        locaties=["De Egeltjes", "Het Zonnetje"],
        start=_begin_maand(4),
        geboren=timezone.localdate() - dt.timedelta(days=30),
        gemeente="Wilgenrade",
        postcode="9001",
        kijk=kijk,
    )


def test_parent_part_without_javascript(spelers, vrij, portaal):
    pagina = portaal.open(js=False)

    referentie = _vraag(portaal, pagina)

    pagina.goto(f"/mijn/{referentie}/")
    expect(pagina.locator("h1")).to_be_visible()
    expect(pagina.locator("main")).to_contain_text("De Egeltjes")
    assert re.search(r"nieuwe? ", portaal.post.wacht_op("egel@voorbeeld.test").lower())
    assert meld_aan is not None
