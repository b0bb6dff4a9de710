"""Help, as people live it: a toeleider with a consent that then ends, and a family without e-mail
at the counter. Each at 360 and at 1280 px, by keyboard where staff type.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from aanvragen.models import Opvangvraag, Toestemming
from aanvragen.workflow import Kanaal
from loket.models import Bericht
from tests.browser.stappen import meld_aan, vul_datum
from tests.fabrieken import kind_gegevens, maak_vraag, ouder_gegevens

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]
OUDER = "amina@voorbeeld.test"


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    spelers.els.lidmaatschappen.update(organisatie="OCMW Wilgenrade")
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes],
        gebruiker=spelers.amina,
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="Haddad",
            email=OUDER,
        ),
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad"),),
        nu=timezone.now(),
    )


def _code_uit(mail: str) -> str:
    gevonden = re.search(r"\b(\d{3}) (\d{3})\b", mail)
    assert gevonden, mail
    return f"{gevonden[1]}{gevonden[2]}"


@pytest.mark.parametrize("breedte", [360, 1280])
def test_a_toeleider_helps_until_the_parent_says_stop(
    spelers, vraag, portaal, geen_axe_fouten, breedte
):
    dossier = f"/balie/dossier/{vraag.referentie}/"
    bij_els = portaal.open(breedte=breedte)
    meld_aan(portaal, bij_els, spelers.els.email)
    assert bij_els.goto(dossier).status == 404

    # Els types the parent's address; Amina reads the code of the mail to her.
    bij_els.goto("/balie/toestemming/")
    geen_axe_fouten(bij_els)
    bij_els.set_viewport_size({"width": breedte, "height": 800})
    bij_els.get_by_label("Nummer van de vraag").fill(OUDER)
    bij_els.get_by_label("Meekijken en mee antwoorden").check()
    bij_els.get_by_label("1 maand").check()
    bij_els.get_by_role("button", name="Ga verder").click()
    geen_axe_fouten(bij_els)
    bij_els.get_by_label("Code van zes cijfers").fill("000 000")
    bij_els.keyboard.press("Enter")
    expect(bij_els.locator(".fout").first).to_contain_text("Deze code klopt niet")
    mail = portaal.post.wacht_op(OUDER, met="wil je helpen met je aanvraag")
    bij_els.get_by_label("Code van zes cijfers").fill(_code_uit(mail))
    bij_els.keyboard.press("Enter")
    expect(bij_els).to_have_url(re.compile(dossier))
    geen_axe_fouten(bij_els)

    # They agree to visit De Egeltjes together; Amina finds it in her mail and on her page.
    bij_els.goto(f"{dossier}afspraak/")
    bij_els.get_by_label("Samen een opvang bezoeken").check()
    vul_datum(bij_els, "dag", timezone.localdate() + dt.timedelta(days=3))
    bij_els.get_by_label("Uur").fill("14.30")
    bij_els.get_by_label("Bij welke opvang?").select_option(label="De Egeltjes")
    geen_axe_fouten(bij_els)
    bij_els.get_by_role("button", name="Leg de afspraak vast").click()
    expect(bij_els.locator("main")).to_contain_text("De afspraak staat vast.")
    portaal.post.wacht_op(OUDER, met="Samen een opvang bezoeken")
    bij_amina = portaal.open(breedte=breedte, js=False)
    meld_aan(portaal, bij_amina, OUDER)
    bij_amina.goto(f"/mijn/{vraag.referentie}/")
    expect(bij_amina.locator("main")).to_contain_text("Els helpt je tot en met")
    bij_amina.get_by_role("link", name="Alles over hulp en afspraken").click()
    expect(bij_amina.locator("main")).to_contain_text("OCMW Wilgenrade")
    with bij_amina.expect_download() as agenda:
        bij_amina.get_by_role("link", name="Zet in mijn agenda").click()
    assert b"BEGIN:VEVENT" in agenda.value.path().read_bytes()

    # One button, and it is over.
    bij_amina.get_by_role("button", name="Stop deze hulp").click()
    expect(bij_amina.locator("main")).to_contain_text("Els kan je aanvraag niet meer openen.")
    assert bij_els.goto(dossier).status == 404

    # And one that runs out by itself is over too.
    Toestemming.objects.update(
        beeindigd_op=None,
        vanaf=timezone.localdate() - dt.timedelta(days=30),
        tot=timezone.localdate(),
    )
    assert bij_els.goto(dossier).status == 404


def _typ_met_toetsen(pagina: Page, tekst: str) -> None:
    pagina.keyboard.type(tekst)
    pagina.keyboard.press("Tab")


@pytest.mark.parametrize("breedte", [360, 1280])
def test_a_family_without_email_asks_at_the_counter(spelers, portaal, geen_axe_fouten, breedte):
    bij_carla = portaal.open(breedte=breedte)
    meld_aan(portaal, bij_carla, spelers.carla.email)
    voor = Bericht.objects.count()
    bij_carla.goto("/balie/nieuw/")
    geen_axe_fouten(bij_carla)
    bij_carla.set_viewport_size({"width": breedte, "height": 800})

    # Without a mouse: Tab from field to field, arrows and space to choose.
    bij_carla.locator("[name=kanaal]").first.focus()
    bij_carla.keyboard.press("ArrowDown")
    bij_carla.keyboard.press("Tab")
    for tekst in ("Fatma", "Yilmaz", "0470 99 88 77", ""):
        _typ_met_toetsen(bij_carla, tekst)
    bij_carla.locator("[name=straat]").focus()
    for tekst in ("Molenkouter", "7", "9001"):
        _typ_met_toetsen(bij_carla, tekst)
    bij_carla.locator("[name=geboren_0]").first.focus()
    bij_carla.keyboard.press("Space")
    bij_carla.locator("[name=voornaam_0]").focus()
    for tekst in ("Ali", "Yilmaz"):
        _typ_met_toetsen(bij_carla, tekst)
    geboren = timezone.localdate() - dt.timedelta(days=60)
    bij_carla.locator("[name=datum_0_dag]").focus()
    for deel in (geboren.day, geboren.month, geboren.year):
        _typ_met_toetsen(bij_carla, str(deel))
    start = timezone.localdate() + dt.timedelta(days=120)
    bij_carla.locator("[name=start_dag]").focus()
    for deel in (start.day, start.month, start.year):
        _typ_met_toetsen(bij_carla, str(deel))
    for dagdeel in ("ma-vm", "ma-nm"):
        bij_carla.locator(f"[name=rooster][value={dagdeel}]").focus()
        bij_carla.keyboard.press("Space")
    bij_carla.locator("[name=zoek]").focus()
    bij_carla.keyboard.type("Egeltjes")
    # Enter in a field looks the location up; it never sends a half page.
    bij_carla.keyboard.press("Enter")
    bij_carla.get_by_role("button", name="Voeg toe De Egeltjes").press("Enter")
    bij_carla.locator("[name=akkoord]").press("Space")
    bij_carla.get_by_role("button", name="Verstuur de vraag").press("Enter")

    expect(bij_carla).to_have_url(re.compile("/balie/dossier/"))
    vraag = Opvangvraag.objects.get()
    assert (vraag.kanaal, vraag.aanvrager.email, str(vraag.aanvrager)) == (
        Kanaal.BALIE,
        "",
        "Fatma Yilmaz",
    )
    expect(bij_carla.locator("main")).to_contain_text(
        f"Geef het gezin dit nummer: {vraag.referentie}"
    )
    expect(bij_carla.locator("main")).to_contain_text("Dit gezin krijgt geen mails")
    # The same rights: the location has the question; the family itself is not mailed.
    gemaild = set(Bericht.objects.order_by("pk")[voor:].values_list("aan", flat=True))
    assert gemaild == {"egel@voorbeeld.test"}
    geen_axe_fouten(bij_carla)
