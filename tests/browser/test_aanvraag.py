"""The question pages and the parent's own pages in a real browser: with and without script."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.aanvragen.invullen import STAPPEN, antwoorden, begin, concept, datum, over, url
from tests.fabrieken import kind_gegevens, maak_locatie, maak_voorstel, maak_vraag, vraag_gegevens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_als(chromium, live_server):
    """Open a path with the session of a test client, and fail on anything the console says."""
    klachten: list[str] = []
    contexten = []

    def openen(client: Client, pad: str, **opties):
        context = chromium.new_context(viewport={"width": 360, "height": 800}, **opties)
        contexten.append(context)
        if koek := client.cookies.get(settings.SESSION_COOKIE_NAME):
            context.add_cookies([{"name": koek.key, "value": koek.value, "url": live_server.url}])
        pagina = context.new_page()
        pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
        pagina.on(
            "console",
            lambda bericht: (
                klachten.append(bericht.text)
                if bericht.type == "error" and "422" not in bericht.text
                else None
            ),
        )
        pagina.goto(live_server.url + pad)
        return pagina

    yield openen
    for context in contexten:
        context.close()
    assert klachten == []


@pytest.fixture
def drie(spelers):
    return [spelers.egeltjes, spelers.zonnetje, maak_locatie("Merelnest", loket=spelers.loket)]


def met_wensen(client, locaties) -> str:
    sleutel = begin(client)
    client.post(
        url(sleutel, "opvang"), {"keuze": "zelf", "locatie": [locatie.pk for locatie in locaties]}
    )
    return sleutel


def namen(pagina) -> list[str]:
    return pagina.locator(".wensen .wens b").all_inner_texts()


def test_wishes_move_without_a_page_load_and_are_sent_in_that_order(
    client, spelers, drie, open_als
):
    sleutel = met_wensen(client, drie)
    pagina = open_als(client, url(sleutel, "opvang"))
    geladen = pagina.evaluate("performance.timeOrigin")

    pagina.get_by_role("button", name="Zet Merelnest hoger").click()
    expect(pagina.locator("[data-melding]")).to_have_text("Merelnest staat nu op plaats 2")
    pagina.get_by_role("button", name="Zet De Egeltjes lager").click()
    pagina.get_by_role("button", name="Haal weg Het Zonnetje").click()

    assert pagina.evaluate("performance.timeOrigin") == geladen
    assert namen(pagina) == ["Merelnest", "De Egeltjes"]
    expect(pagina.locator("[data-melding]")).to_have_text("Het Zonnetje is weg uit je lijst")
    expect(pagina.get_by_role("button", name="Haal weg De Egeltjes")).to_be_focused()
    expect(pagina.get_by_role("button", name="Zet De Egeltjes lager")).to_be_disabled()
    pagina.get_by_role("button", name="Verder", exact=True).click()
    pagina.wait_for_url("**/situatie/")
    assert concept(sleutel).gegevens["opvang"]["locatie"] == [str(drie[2].pk), str(drie[0].pk)]


def test_wishes_move_without_script_too(client, spelers, drie, open_als):
    sleutel = met_wensen(client, drie)
    pagina = open_als(client, url(sleutel, "opvang"), java_script_enabled=False)

    pagina.get_by_role("button", name="Zet Merelnest hoger").click()
    pagina.get_by_role("button", name="Haal weg De Egeltjes").click()

    assert namen(pagina) == ["Merelnest", "Het Zonnetje"]


def test_enter_in_the_search_box_searches_and_moves_nothing(client, spelers, drie, open_als):
    sleutel = met_wensen(client, drie[:2])
    pagina = open_als(client, url(sleutel, "opvang"))

    pagina.get_by_label("Zoek een opvangplek").fill("merel")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("button", name="Voeg toe Merelnest").click()

    expect(pagina.locator(".wensen .wens")).to_have_count(3)
    assert namen(pagina) == ["De Egeltjes", "Het Zonnetje", "Merelnest"]


def test_only_the_questions_that_follow_from_an_answer_show(client, spelers, drie, open_als):
    sleutel = met_wensen(client, drie)
    dagen = open_als(client, url(sleutel, "dagen"), java_script_enabled=False)
    opvang = open_als(client, url(sleutel, "opvang"), java_script_enabled=False)

    expect(dagen.locator(".wissel__week")).to_be_hidden()
    dagen.get_by_label("Nee, om de week andere dagen").check()
    expect(dagen.locator(".wissel__week")).to_be_visible()
    expect(opvang.locator(".geenkeuze")).to_be_hidden()
    opvang.get_by_label("Ik heb geen voorkeur").check()
    expect(opvang.locator(".geenkeuze")).to_be_visible()
    expect(opvang.locator(".zelfkeuze")).to_be_hidden()


def test_question_pages_have_no_violation_also_with_errors(
    client, spelers, drie, open_als, geen_axe_fouten
):
    sleutel = begin(client)
    goed = antwoorden(spelers.loket, drie, dagen={"wisselend": "ja"})
    fouten = {"kind": {"aantal": "2"}, "situatie": {"kenmerken": ["geen", "liever_niet"]}}
    for stap in STAPPEN:
        pagina = open_als(client, url(sleutel, stap))
        if stap in {"wie", "wanneer", "dagen", "opvang"}:
            pagina.get_by_role("button", name="Verder", exact=True).click()
        else:
            client.post(url(sleutel, stap), fouten[stap])
            pagina.goto(pagina.url + "?nakijken=1")
        expect(pagina.locator(".foutlijst")).to_be_visible()
        geen_axe_fouten(pagina)
        client.post(url(sleutel, stap), goed[stap])
    for pad in ("controleer", "taken", "weggooien"):
        geen_axe_fouten(open_als(client, url(sleutel, pad)))
    for pad in ("dagen", "opvang"):
        geen_axe_fouten(open_als(client, url(sleutel, pad), color_scheme="dark"))


def test_own_pages_have_no_violation(client, spelers, drie, open_als, geen_axe_fouten):
    nu = timezone.now()
    client.force_login(spelers.amina)
    geen_axe_fouten(open_als(client, "/mijn/"))
    vraag = maak_vraag(
        spelers.loket,
        drie,
        gebruiker=spelers.amina,
        nu=nu,
        kinderen=(kind_gegevens(familienaam="Peeters", verwachte_geboortedatum=over(10)),),
        vraag=vraag_gegevens(gewenste_start=over(200)),
    )
    maak_voorstel(vraag.aanmeldingen.first(), nu=nu)
    maak_voorstel(vraag.aanmeldingen.last(), nu=nu, geldig_tot=nu + dt.timedelta(days=1))

    adres = f"/mijn/{vraag.referentie}/"
    for pad, schema in (
        ("/mijn/", "light"),
        ("/mijn/gegevens/", "light"),
        (adres, "light"),
        (adres, "dark"),
    ):
        pagina = open_als(client, pad, color_scheme=schema)
        for uitklap in pagina.locator("details").all():
            uitklap.evaluate("deel => { deel.open = true }")
        geen_axe_fouten(pagina)
    for pad in ("stop", "droevig-nieuws"):
        geen_axe_fouten(open_als(client, f"{adres}{pad}/"))
    geboorte = open_als(client, f"{adres}geboorte/")
    geboorte.get_by_role("button", name="Bewaar").click()
    expect(geboorte.locator(".foutlijst")).to_be_focused()
    geen_axe_fouten(geboorte)


def test_parent_without_script_asks_for_two_children(client, spelers, open_als):
    """Every step by hand, in a browser that runs no script, up to the code page."""
    pagina = open_als(client, "/aanvraag/", java_script_enabled=False)
    pagina.get_by_role("button", name="Begin").click()
    for naam, waarde in (
        ("voornaam", "Nora"),
        ("familienaam", "Haddad"),
        ("email", "nora@voorbeeld.test"),
    ):
        pagina.locator(f"[name={naam}]").fill(waarde)
    pagina.get_by_label("Gemeente").select_option(label="Wilgenrade")
    pagina.get_by_role("button", name="Verder", exact=True).click()
    for nummer, kind in enumerate(("Sami", "Lina")):
        pagina.get_by_label("Ja", exact=True).nth(nummer).check()
        pagina.locator(f"[name=voornaam_{nummer}]").fill(kind)
        pagina.locator(f"[name=familienaam_{nummer}]").fill("Haddad")
        for naam, waarde in datum(f"datum_{nummer}", over(-60)).items():
            pagina.locator(f"[name={naam}]").fill(waarde)
        if nummer == 0:
            pagina.get_by_role("button", name="Nog een kind").click()
    pagina.get_by_role("button", name="Verder", exact=True).click()
    for naam, waarde in datum("start", over(120)).items():
        pagina.locator(f"[name={naam}]").fill(waarde)
    pagina.get_by_role("button", name="Verder", exact=True).click()
    pagina.get_by_role("checkbox", name="maandag Voormiddag").first.check(force=True)
    pagina.get_by_role("button", name="Verder", exact=True).click()
    pagina.get_by_label("Ik kies zelf").check()
    pagina.get_by_label("Zoek een opvangplek").fill("egel")
    pagina.locator("main button[value=zoek]").click()
    pagina.get_by_role("button", name="Voeg toe De Egeltjes").click()
    pagina.get_by_role("button", name="Verder", exact=True).click()
    pagina.get_by_role("button", name="Verder", exact=True).click()
    expect(pagina).to_have_title("Stap 7 van 7: Klopt alles? – Loket Wilgenrade")
    pagina.get_by_label("De opvangplekken die ik kies").check()
    pagina.get_by_role("button", name="Verstuur mijn vraag").click()

    expect(pagina.get_by_label("Code")).to_be_visible()
