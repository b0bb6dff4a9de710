"""A crèche of fourteen children stops: three have a new place in one sitting, and calm holds."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page, expect

from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Noodplan, Noodplanregel, Opvangvraag, Ouder, Plaatsing
from aanvragen.workflow import Vervalreden
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.browser.stappen import meld_aan, vul_datum
from tests.fabrieken import kind_gegevens, maak_aanbod, vraag_gegevens
from tests.opvang.fabrieken_noodplan import plaats_kind, zonder_mail

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]
KINDEREN = 14


@pytest.fixture
def creche(spelers):
    """Fourteen children at De Egeltjes; room for three at Het Zonnetje, two kilometres away."""
    nu, vandaag = timezone.now(), timezone.localdate()
    spelers.loket.gemeenten.update(lengtegraad=3.5, breedtegraad=51.0)
    type(spelers.zonnetje).objects.update(lengtegraad=3.52, breedtegraad=51.01)
    plaatsingen = [
        plaats_kind(
            spelers.egeltjes,
            loket=spelers.loket,
            nu=nu,
            vraag=vraag_gegevens(gewenste_start=vandaag),
            kinderen=(
                kind_gegevens(
                    voornaam=f"Kind{nummer:02}",
                    familienaam="Peeters",
                    geboortedatum=vandaag - dt.timedelta(days=200),
                ),
            ),
        )
        for nummer in range(1, KINDEREN + 1)
    ]
    maak_aanbod(spelers.zonnetje, 3, nu=nu)
    zonder_mail(plaatsingen[12].opvangvraag)
    # What these families got before the closing is not what this test looks at.
    Bericht.objects.update(status=Berichtstatus.VERZONDEN, verzonden_op=F("aangemaakt_op"))
    return plaatsingen


def _sluit(pagina: Page, kijk) -> Noodplan:
    """Walk the three pages of the wizard."""
    pagina.goto("/balie/sluitingen/")
    kijk(pagina)
    pagina.get_by_role("link", name="Meld een sluiting").first.click()
    pagina.locator("[name=zoek]").fill("egel")
    pagina.locator("main").get_by_role("button", name="Zoek").click()
    kijk(pagina)
    pagina.get_by_role("link", name="Kies De Egeltjes").click()
    kijk(pagina)
    pagina.get_by_role("button", name="Kijk wat er gebeurt").click()
    expect(pagina.locator(".foutlijst")).to_be_visible()
    kijk(pagina)
    pagina.locator("[name=soort][value=stop]").check(force=True)
    vul_datum(pagina, "vanaf", timezone.localdate() + dt.timedelta(days=30))
    pagina.locator("[name=bron]").fill("Brief van de organisator")
    pagina.get_by_role("button", name="Kijk wat er gebeurt").click()
    expect(pagina.locator("main")).to_contain_text("14 kinderen die wij kennen")
    expect(pagina.locator("main")).to_contain_text("1 kind van een gezin dat rust vroeg")
    kijk(pagina)
    assert not Noodplan.objects.exists()
    pagina.get_by_role("button", name="Ja, begin het noodplan").click()
    expect(pagina.get_by_role("heading", name="De Egeltjes")).to_be_visible()
    return Noodplan.objects.get()


def _herplaats(pagina: Page, plan: Noodplan, naam: str, kijk) -> None:
    """One call: the family and Het Zonnetje say yes."""
    pagina.goto(f"/balie/sluitingen/{plan.pk}/")
    pagina.get_by_role("link", name=f"{naam} Peeters").click()
    kijk(pagina)
    pagina.get_by_role("link", name=re.compile("Noteer de plaats.*Het Zonnetje")).click()
    pagina.locator("[name=ok_opvang]").check(force=True)
    pagina.locator("[name=ok_gezin]").check(force=True)
    kijk(pagina)
    pagina.get_by_role("button", name="Noteer de nieuwe plaats").click()
    expect(pagina.locator(".meldingen")).to_contain_text("een nieuwe plaats bij Het Zonnetje")


def _bel_met_het_toetsenbord(pagina: Page, plan: Noodplan, naam: str) -> None:
    """Without a mouse: open the family, say that nobody answered, note it."""
    pagina.goto(f"/balie/sluitingen/{plan.pk}/")
    _tab_tot(pagina, "a", f"{naam} Peeters")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name=f"{naam} Peeters", level=1)).to_be_visible()
    _tab_tot(pagina, "input", "bereikt")
    pagina.keyboard.press("ArrowDown")
    _tab_tot(pagina, "button", "Noteer")
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".meldingen")).to_contain_text("Genoteerd")


def _tab_tot(pagina: Page, soort: str, tekst: str) -> None:
    for _ in range(80):
        pagina.keyboard.press("Tab")
        hier = pagina.evaluate(
            "() => [document.activeElement.tagName.toLowerCase(),"
            " document.activeElement.innerText?.trim() || document.activeElement.value]"
        )
        if hier[0] == soort and hier[1] == tekst:
            return
    pytest.fail(f"no {soort} “{tekst}” with the keyboard on {pagina.url}")


def _adressen(plaatsing: Plaatsing) -> set[str]:
    gezin = plaatsing.opvangvraag.kind.gezin_id
    return set(Ouder.objects.filter(gezin=gezin).values_list("email", flat=True))


def _droevig(plaatsing: Plaatsing) -> None:
    """The family asks for calm, as it does on its own page."""
    vraag = Opvangvraag.objects.get(pk=plaatsing.opvangvraag_id)
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=None, nu=timezone.now())


def test_a_creche_of_fourteen_closes_and_three_children_are_placed_again(
    spelers, creche, portaal, geen_axe_fouten
):
    vroeg_al_rust, vraagt_nu_rust, zegt_het_aan_de_telefoon = creche[13], creche[11], creche[10]
    zus = vroeg_al_rust.opvangvraag.kind.gezin.kinderen.create(
        familienaam="Peeters", verwachte_geboortedatum=timezone.localdate()
    )
    droef = Opvangvraag.objects.get(pk=vroeg_al_rust.opvangvraag_id)
    droef.pk, droef.referentie, droef.kind = None, "ZZZZ-ZZZZ", zus
    droef.status = "actief"
    droef.save(force_insert=True)
    laat_vervallen(droef, reden=Vervalreden.DROEVIG, door=None, nu=timezone.now())
    pagina = portaal.open(breedte=1280)
    meld_aan(portaal, pagina, spelers.carla.email)

    plan = _sluit(pagina, geen_axe_fouten)
    geen_axe_fouten(pagina)
    expect(pagina.locator("main")).to_contain_text("1 kind van een gezin dat rust vroeg")
    for naam in ("Kind01", "Kind02", "Kind03"):
        _herplaats(pagina, plan, naam, geen_axe_fouten)
    assert Plaatsing.objects.filter(locatie=spelers.zonnetje).count() == 3
    _bel_met_het_toetsenbord(pagina, plan, "Kind04")

    # Drafts for who still looks; two families ask for calm after they were looked at.
    pagina.goto(f"/balie/sluitingen/{plan.pk}/berichten/")
    pagina.get_by_role("button", name="Zet klaar").click()
    geen_axe_fouten(pagina)
    pagina.get_by_role("link", name=re.compile("Lees na.*Kind12")).click()
    expect(pagina.locator("main")).to_contain_text("Je hoeft niets in te vullen")
    geen_axe_fouten(pagina)
    pagina.goto(f"/balie/sluitingen/{plan.pk}/")
    pagina.get_by_role("link", name="Kind11 Peeters").click()
    pagina.locator("[name=uitkomst][value=rust]").check(force=True)
    pagina.get_by_role("button", name="Noteer", exact=True).click()
    pagina.goto(f"/balie/sluitingen/{plan.pk}/berichten/")
    _droevig(vraagt_nu_rust)
    pagina.get_by_role("button", name="Verstuur wat aangevinkt is").click()
    expect(pagina.locator(".meldingen")).to_contain_text("7 per mail, 1 als brief")

    # The others get it; nothing of the plan went to the three families that want calm.
    for plaatsing in creche[3:10]:
        (adres,) = _adressen(plaatsing)
        portaal.post.wacht_op(adres, met="stopt: geen opvang meer")
    stil = (
        _adressen(vroeg_al_rust) | _adressen(vraagt_nu_rust) | _adressen(zegt_het_aan_de_telefoon)
    )
    assert len(stil) == 3
    assert [mail["subject"] for mail in portaal.post.berichten if mail["to"] in stil] == []
    assert not Bericht.objects.filter(
        aan__in=stil, status__in=[Berichtstatus.WACHT, Berichtstatus.BEZIG]
    ).exists()
    pagina.goto(f"/balie/sluitingen/{plan.pk}/?lijst=alle")
    for naam in ("Kind11", "Kind12", "Kind14"):
        expect(pagina.locator("main")).not_to_contain_text(naam)
    assert Noodplanregel.objects.filter(noodplan=plan).count() == 14

    for pad in ("vervangplaatsen/", "vervangplaatsen/het-zonnetje/", "onbekend/", "cijfers/"):
        pagina.goto(f"/balie/sluitingen/{plan.pk}/{pad}")
        geen_axe_fouten(pagina)

    # The schepen sees how far it is, and no name.
    bij_ivo = portaal.open()
    meld_aan(portaal, bij_ivo, spelers.ivo.email)
    bij_ivo.goto("/balie/sluitingen/")
    bij_ivo.get_by_role("link", name="De Egeltjes").click()
    geen_axe_fouten(bij_ivo)
    expect(bij_ivo.locator("main")).to_contain_text("Kinderen geraakt")
    expect(bij_ivo.locator("main")).not_to_contain_text("Peeters")
