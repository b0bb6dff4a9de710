"""The face in a real browser: by keyboard, at every width, in every colour scheme."""

from __future__ import annotations

import pytest

from tests.fabrieken import maak_loket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGINAS = ["/", "/toegankelijkheid/", "/privacy/", "/stijl/", "/bestaat-niet/"]


@pytest.fixture
def open_pagina(chromium, live_server, settings):
    """Open a path of the demo, and fail on anything that the console complains about."""
    settings.DEMO = True
    maak_loket("Lokaal Loket Kinderopvang Wilgenrade")
    klachten: list[str] = []
    contexten = []

    def openen(pad: str, *, breed: int = 1280, **opties):
        context = chromium.new_context(viewport={"width": breed, "height": 900}, **opties)
        contexten.append(context)
        pagina = context.new_page()
        pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
        pagina.on(
            "console",
            lambda bericht: (
                klachten.append(bericht.text)
                if bericht.type == "error" and "404" not in bericht.text
                else None
            ),
        )
        pagina.goto(live_server.url + pad)
        return pagina

    yield openen
    for context in contexten:
        context.close()
    assert klachten == []


# The other open pages are looked at in light by test_open_paginas.py.
@pytest.mark.parametrize(
    ("pad", "schema"), [("/stijl/", "light"), *((pad, "dark") for pad in PAGINAS)]
)
def test_page_has_no_accessibility_violation(open_pagina, geen_axe_fouten, pad, schema):
    geen_axe_fouten(open_pagina(pad, color_scheme=schema))


@pytest.mark.parametrize("pad", PAGINAS)
def test_page_fits_320_px_with_wide_text_and_from_both_sides(open_pagina, pad):
    pagina = open_pagina(pad, breed=320, bypass_csp=True)
    past = "document.documentElement.scrollWidth <= innerWidth"

    assert pagina.evaluate(past)
    pagina.evaluate("document.documentElement.dir = 'rtl'")
    assert pagina.evaluate(past)
    # WCAG 1.4.12: what a reader may ask of the text.
    pagina.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; "
        "word-spacing: .16em !important } p { margin-block-end: 2em !important }"
    )
    assert pagina.evaluate(past)


def test_first_tab_offers_to_skip_the_menu(open_pagina):
    pagina = open_pagina("/")

    pagina.keyboard.press("Tab")

    spring = pagina.locator(":focus")
    assert spring.inner_text() == "Naar de inhoud"
    assert spring.bounding_box()["y"] >= 0
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"


@pytest.mark.parametrize("kleuren", ["none", "active"])
def test_every_stop_of_the_keyboard_is_visible(open_pagina, kleuren):
    pagina = open_pagina("/", forced_colors=kleuren)
    stops = pagina.locator("a[href], button, input, select, summary").count()

    onzichtbaar = []
    for _ in range(stops):
        pagina.keyboard.press("Tab")
        waar = pagina.evaluate(
            """() => {
              const nu = document.activeElement, stijl = getComputedStyle(nu);
              const rand = stijl.outlineStyle !== "none" && parseFloat(stijl.outlineWidth) >= 2;
              const vak = nu.getBoundingClientRect();
              return [nu.outerHTML.slice(0, 80), rand && vak.bottom > 0 && vak.top < innerHeight];
            }"""
        )
        if not waar[1]:
            onzichtbaar.append(waar[0])

    assert onzichtbaar == []


def test_quick_buttons_fill_the_week_and_say_the_count(open_pagina):
    pagina = open_pagina("/stijl/")
    rooster = pagina.locator(".weekrooster").first

    rooster.get_by_role("button", name="Maandag tot vrijdag").click()
    assert rooster.locator("input:checked").count() == 10
    assert rooster.get_by_role("status").inner_text() == "Gekozen dagdelen: 10"

    rooster.get_by_role("button", name="Wis alles").click()
    assert rooster.locator("input:checked").count() == 0

    rooster.get_by_role("checkbox", name="woensdag Namiddag").check()
    assert rooster.get_by_role("status").inner_text() == "Gekozen dagdelen: 1"


def test_week_can_be_filled_without_javascript(open_pagina):
    pagina = open_pagina("/stijl/", java_script_enabled=False)
    rooster = pagina.locator(".weekrooster").first

    rooster.get_by_role("checkbox", name="woensdag Namiddag").check()

    assert rooster.get_by_role("checkbox", name="woensdag Namiddag").is_checked()
    assert not rooster.get_by_role("button", name="Maandag tot vrijdag").is_visible()


def test_error_summary_takes_the_focus_and_leads_to_the_field(open_pagina):
    pagina = open_pagina("/stijl/")
    # The style page shows a summary as an example; make it a real one.
    pagina.evaluate("document.querySelector('[data-voorbeeld]').removeAttribute('data-voorbeeld')")
    pagina.evaluate("import('/static/loket/js/formulier.js?opnieuw')")
    pagina.wait_for_function("document.activeElement.className === 'foutlijst'")

    pagina.get_by_role("link", name="Deze dag bestaat niet. Kijk de datum na.").click()

    assert pagina.evaluate("document.activeElement.id") == "fout_start_dag"
    vraag = pagina.locator("fieldset", has=pagina.locator("#fout_start_dag")).locator("legend")
    assert vraag.bounding_box()["y"] >= 0
