"""The whole story, as people live it: parent, two providers, counter, worker, schepen."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.stappen import meld_aan, niets, vraag_opvang
from tests.fabrieken import maak_aanbod

pytestmark = [pytest.mark.browser, pytest.mark.traag, pytest.mark.django_db(transaction=True)]
OUDER = "nieuw@voorbeeld.test"


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
        email=OUDER,
        locaties=["De Egeltjes", "Het Zonnetje"],
        start=_begin_maand(4),
        geboren=timezone.localdate() - dt.timedelta(days=30),
        gemeente="Wilgenrade",
        postcode="9001",
        kijk=kijk,
    )


def _link_uit(mail: str) -> str:
    """The link behind "yes, I have a place" in the provider's mail."""
    gevonden = re.search(r"https?://\S+/antwoord/\S+", mail)
    assert gevonden, mail
    return gevonden.group(0).rstrip(".>)")


def test_one_question_from_parent_to_place_to_the_report_of_the_schepen(
    spelers, vrij, portaal, geen_axe_fouten
):
    # One family is a small number: this loket hides none, so that the report can show it.
    spelers.loket.kleine_cel = 0
    spelers.loket.save(update_fields=["kleine_cel"])

    # A parent without an account asks two locations at once and signs in by the code in the mail.
    bij_ouder = portaal.open()
    referentie = _vraag(portaal, bij_ouder, kijk=geen_axe_fouten)
    bij_ouder.goto("/zoeken/")
    geen_axe_fouten(bij_ouder)
    bij_ouder.goto("/opvang/de-egeltjes/")
    geen_axe_fouten(bij_ouder)

    # The first provider answers from the mail, without signing in: a place.
    bij_egel = portaal.open()
    bij_egel.goto(_link_uit(portaal.post.wacht_op("egel@voorbeeld.test", met="/antwoord/")))
    geen_axe_fouten(bij_egel)
    bij_egel.locator("[name=plaats]").first.check(force=True)
    bij_egel.get_by_role("button", name="Stel deze plaats voor").click()
    expect(bij_egel.locator("main")).to_contain_text("Je stelde een plaats voor")
    geen_axe_fouten(bij_egel)

    # The second one signs in, and puts the family on the waiting list.
    bij_zon = portaal.open(breedte=1280)
    meld_aan(portaal, bij_zon, spelers.greet.email, kijk=geen_axe_fouten)
    bij_zon.goto("/aanbod/")
    geen_axe_fouten(bij_zon)
    bij_zon.goto("/aanbod/vragen/")
    geen_axe_fouten(bij_zon)
    bij_zon.locator("main h3 a[href^='/aanbod/vragen/']").first.click()
    bij_zon.get_by_role("link", name="Ik heb nu geen plaats").click()
    geen_axe_fouten(bij_zon)
    bij_zon.locator("[name=keuze][value=wachtlijst]").check(force=True)
    bij_zon.get_by_role("button", name="Verstuur je antwoord").click()

    # The parent gets the mail and takes the place.
    portaal.post.wacht_op(OUDER, met="De Egeltjes")
    bij_ouder.goto(f"/mijn/{referentie}/")
    geen_axe_fouten(bij_ouder)
    bij_ouder.get_by_role("button", name="Ja, ik neem deze plaats").click()
    expect(bij_ouder.locator("main")).to_contain_text("De plaats bij De Egeltjes is voor jullie")
    geen_axe_fouten(bij_ouder)

    # The other request has lapsed, and its provider was told.
    portaal.post.wacht_op("zon@voorbeeld.test", met="is opgelost")
    bij_zon.goto("/aanbod/vragen/")
    expect(bij_zon.locator("main")).not_to_contain_text("Wacht op jou")

    # Staff see what happened.
    bij_carla = portaal.open(breedte=1280)
    meld_aan(portaal, bij_carla, spelers.carla.email)
    bij_carla.goto("/balie/")
    geen_axe_fouten(bij_carla)
    bij_carla.goto(f"/balie/dossier/{referentie}/")
    geen_axe_fouten(bij_carla)
    tijdlijn = bij_carla.locator(".tijdlijn").first
    expect(tijdlijn).to_contain_text("De Egeltjes")
    expect(bij_carla.locator("main")).to_contain_text("Het Zonnetje")

    # They ask for the report; a worker process makes it while the page follows.
    bij_carla.goto("/rapporten/")
    geen_axe_fouten(bij_carla)
    bij_carla.get_by_role("button", name="Maak het rapport").click()
    expect(bij_carla.get_by_role("link", name=re.compile("PDF")).first).to_be_visible(
        timeout=90_000
    )
    geen_axe_fouten(bij_carla)

    # The schepen is mailed, and downloads the PDF: the placement is in it.
    portaal.post.wacht_op(spelers.ivo.email, met="rapport")
    bij_ivo = portaal.open()
    meld_aan(portaal, bij_ivo, spelers.ivo.email)
    bij_ivo.goto("/rapporten/")
    geen_axe_fouten(bij_ivo)
    with bij_ivo.expect_download() as download:
        bij_ivo.get_by_role("link", name=re.compile("PDF")).first.click()
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    tekst = " ".join(" ".join(blad.extract_text() for blad in pdf.pages).split())
    assert "Loket Wilgenrade" in tekst
    assert "is er 1 geplaatst" in tekst, tekst


def test_parent_part_without_javascript(spelers, vrij, portaal):
    pagina = portaal.open(js=False)

    referentie = _vraag(portaal, pagina)
    bij_egel = portaal.open(js=False)
    bij_egel.goto(_link_uit(portaal.post.wacht_op("egel@voorbeeld.test", met="/antwoord/")))
    bij_egel.locator("[name=plaats]").first.check(force=True)
    bij_egel.get_by_role("button", name="Stel deze plaats voor").click()

    pagina.goto(f"/mijn/{referentie}/")
    pagina.get_by_role("button", name="Ja, ik neem deze plaats").click()
    expect(pagina.locator("main")).to_contain_text("De plaats bij De Egeltjes is voor jullie")
