"""The pages that anybody may open."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PADEN = ("/", "/toegankelijkheid/", "/privacy/", "/cijfers/", "/bestaat-niet/")


def test_open_pages_have_one_heading_and_no_axe_violation(spelers, portaal, geen_axe_fouten):
    pagina = portaal.open()

    for pad in PADEN:
        pagina.goto(pad)
        assert pagina.locator("h1").count() == 1, pad
        geen_axe_fouten(pagina)
