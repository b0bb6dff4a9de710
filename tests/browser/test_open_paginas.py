"""The pages that anybody may open."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "pad", ["/", "/toegankelijkheid/", "/privacy/", "/accounts/login/", "/bestaat-niet/"]
)
def test_open_page_has_no_axe_violation(spelers, portaal, geen_axe_fouten, pad):
    pagina = portaal.open()

    pagina.goto(pad)

    assert pagina.locator("h1").count() == 1
    geen_axe_fouten(pagina)
