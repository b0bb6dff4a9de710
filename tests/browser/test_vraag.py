"""Two stories of the request on a phone: gone on with elsewhere, and asked again for a twin."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from aanvragen.models import Concept, Kind, Opvangvraag
from tests.aanvragen.invullen import over
from tests.browser.conftest import Portaal
from tests.browser.stappen import typ_code, verder, vul_datum
from tests.fabrieken import kind_gegevens, maak_vraag, ouder_gegevens, vraag_gegevens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NORA = "nora@voorbeeld.test"


def namen(pagina: Page) -> list[str]:
    return pagina.locator(".wensen .wens b").all_inner_texts()


def sleep(pagina: Page, naam: str, naar: str) -> None:
    """Drag one wish by its grip to just above another."""
    greep = pagina.locator(f'.wens[data-naam="{naam}"] .wens__greep').bounding_box()
    doel = pagina.locator(f'.wens[data-naam="{naar}"]').bounding_box()
    assert greep
    assert doel
    pagina.mouse.move(greep["x"] + 20, greep["y"] + 20)
    pagina.mouse.down()
    pagina.mouse.move(greep["x"] + 20, doel["y"] + 5, steps=8)
    pagina.mouse.up()


def vul_wie(pagina: Page) -> None:
    pagina.locator("[name=voornaam]").fill("Nora")
    pagina.locator("[name=familienaam]").fill("Haddad")
    pagina.get_by_label("Gemeente").select_option(label="Wilgenrade")


def kies_dagen_met_duim_en_toetsen(pagina: Page) -> None:
    """Every half day is a box with its full name, big enough for a thumb, and one Tab further."""
    vakjes = pagina.get_by_role("group", name="Welke dagen?").get_by_role("checkbox")
    maten = [vakje.bounding_box() for vakje in vakjes.all()]
    assert len(maten) == 14
    assert min(min(maat["width"], maat["height"]) for maat in maten if maat) >= 44
    pagina.get_by_role("checkbox", name=re.compile("^maandag Voormiddag", re.IGNORECASE)).check()
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Space")
    expect(pagina.locator("[name=rooster]:checked")).to_have_count(2)
    som = pagina.get_by_role("group", name="Welke dagen?").get_by_role("status")
    expect(som.first).to_have_text("Gekozen dagdelen: 2")


def test_request_is_begun_on_one_device_and_sent_from_another(
    spelers, portaal: Portaal, geen_axe_fouten
):
    thuis = portaal.open()
    # The first page waits for all that starts at the same time.
    thuis.goto("/zoeken/?waar=Wilgenrade", timeout=90_000)
    for naam in ("De Egeltjes", "Het Zonnetje"):
        thuis.get_by_role("button", name=re.compile(f"^Zet op mijn lijst.*{naam}")).click()
    thuis.get_by_role("link", name="2 plekken op mijn lijst").click()
    geen_axe_fouten(thuis)
    with thuis.expect_response(lambda antwoord: antwoord.request.method == "POST"):
        sleep(thuis, "Het Zonnetje", "De Egeltjes")
    expect(thuis.locator("[data-melding]")).to_have_text("Het Zonnetje staat nu op plaats 1")
    thuis.reload()
    assert namen(thuis) == ["Het Zonnetje", "De Egeltjes"]
    thuis.get_by_role("button", name="Vraag hier opvang").click()
    vul_wie(thuis)
    thuis.get_by_role("button", name="Bewaar en ga later verder").click()
    geen_axe_fouten(thuis)
    thuis.get_by_role("button", name="Mail me hoe ik verder ga").click()
    expect(thuis.locator(".foutlijst")).to_be_focused()
    geen_axe_fouten(thuis)
    thuis.get_by_label("E-mailadres").fill(NORA)
    thuis.get_by_role("button", name="Mail me hoe ik verder ga").click()
    expect(thuis.locator("main")).to_contain_text(f"We mailden naar {NORA} hoe je verder gaat.")

    mail = portaal.post.wacht_op(NORA, met="Zo ga je verder")
    link = re.search(r"https?://\S+/aanvraag/verder/", mail)
    assert link
    gsm, vanaf = portaal.open(), len(portaal.post.berichten)
    gsm.goto(link[0])
    geen_axe_fouten(gsm)
    gsm.get_by_label("E-mailadres").fill(NORA)
    gsm.get_by_role("button", name="Stuur mij een code").click()
    typ_code(portaal, gsm, NORA, vanaf=vanaf)
    geen_axe_fouten(gsm)
    gsm.get_by_role("link", name=re.compile("^Aanvraag van")).click()
    gsm.get_by_role("link", name=re.compile("^(Ga verder|Begin)")).first.click()
    # Who she is stands there already: the next question is the child.
    expect(gsm.locator("[name=voornaam_0]")).to_be_visible()
    gsm.locator("[name=geboren_0][value=ja]").check(force=True)
    gsm.locator("[name=voornaam_0]").fill("Sami")
    gsm.locator("[name=familienaam_0]").fill("Haddad")
    vul_datum(gsm, "datum_0", over(-60))
    verder(gsm)
    vul_datum(gsm, "start", over(120))
    verder(gsm)
    kies_dagen_met_duim_en_toetsen(gsm)
    verder(gsm)
    assert namen(gsm) == ["Het Zonnetje", "De Egeltjes"]
    verder(gsm)
    verder(gsm)
    gsm.locator("[name=akkoord]").check()
    gsm.get_by_role("button", name="Verstuur mijn vraag").click()
    expect(gsm).to_have_url(re.compile("/verstuurd/$"))
    geen_axe_fouten(gsm)
    with gsm.expect_download() as papier:
        gsm.get_by_role("link", name="Bevestiging op papier (PDF)").click()
    with gsm.expect_download() as agenda:
        gsm.get_by_role("link", name=re.compile("in mijn agenda$")).click()

    vraag = Opvangvraag.objects.get()
    assert papier.value.suggested_filename == f"opvangvraag-{vraag.referentie}.pdf"
    assert agenda.value.suggested_filename == "antwoord.ics"
    assert [a.locatie.naam for a in vraag.aanmeldingen.order_by("rang")] == [
        "Het Zonnetje",
        "De Egeltjes",
    ]
    thuis.reload()
    expect(thuis.get_by_role("heading", level=1)).to_have_text("Deze aanvraag is al verstuurd")
    geen_axe_fouten(thuis)


def test_twin_is_asked_with_one_name_and_no_script(spelers, portaal: Portaal, geen_axe_fouten):
    gemeente = spelers.loket.gemeenten.get()
    maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        ouder=ouder_gegevens(
            gemeente.pk, email=spelers.amina.email, postcode=gemeente.postcodes[0]
        ),
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad", geboortedatum=over(-30)),),
        vraag=vraag_gegevens(gewenste_start=over(120)),
    )
    gsm, vanaf = portaal.open(js=False), len(portaal.post.berichten)
    gsm.goto("/aanvraag/verder/")
    gsm.get_by_label("E-mailadres").fill(spelers.amina.email)
    gsm.get_by_role("button", name="Stuur mij een code").click()
    typ_code(portaal, gsm, spelers.amina.email, vanaf=vanaf)
    expect(gsm.get_by_role("heading", level=1)).to_have_text("Hier staat geen aanvraag meer open")

    gsm.get_by_role("link", name="Begin een nieuwe aanvraag").click()
    gsm.get_by_role("button", name="Voor het tweede kind van een tweeling").click()
    gsm.locator("[name=voornaam_0]").fill("Sami")
    gsm.get_by_role("button", name="Bewaar en kijk alles na").click()
    expect(gsm.locator("main")).to_contain_text("We namen over wat je invulde voor Noor.")
    gsm.locator("[name=akkoord]").check()
    gsm.get_by_role("button", name="Verstuur mijn vraag").click()

    expect(gsm).to_have_url(re.compile("/verstuurd/$"))
    noor, sami = Kind.objects.order_by("pk")
    assert (sami.voornaam, sami.geboortedatum) == ("Sami", noor.geboortedatum)
    assert sami.meerling == noor.meerling is not None
    assert sami.gezin == noor.gezin
    assert Concept.objects.filter(afgerond_op=None).count() == 0
