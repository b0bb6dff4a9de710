"""The pages of the conversation, for each side; and of calm."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanvragen.domain.gesprek import schrijf
from aanvragen.domain.gespreklink import GELDIG, maak_token
from aanvragen.domain.stoppen import breng_tot_rust, trek_in
from aanvragen.models import Gesprek, Gespreksbericht, Vrijmelding
from aanvragen.workflow import Partij
from loket.models import Bericht
from tests.fabrieken import maak_voorstel, maak_vraag, vraag_gegevens

pytestmark = pytest.mark.django_db


def lees(antwoord) -> str:
    """The text that a person reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", antwoord.content.decode())).split())


def als(gebruiker) -> Client:
    client = Client()
    client.force_login(gebruiker)
    return client


@pytest.fixture
def nu():
    return timezone.now() - dt.timedelta(days=1)


@pytest.fixture
def vraag(spelers, nu):
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        vraag=vraag_gegevens(gewenste_start=(nu + dt.timedelta(days=90)).date()),
        nu=nu,
    )


@pytest.fixture
def bij_egeltjes(vraag):
    return vraag.aanmeldingen.get(locatie__slug="de-egeltjes")


@pytest.fixture
def link(bij_egeltjes):
    return f"/aanbod/gesprek/{maak_token(bij_egeltjes)}/"


def mijn(vraag, aanmelding=None) -> str:
    return f"/mijn/{vraag.referentie}/gesprek/" + (f"{aanmelding.uuid}/" if aanmelding else "")


def balie(vraag, rest: str = "gesprek/") -> str:
    return f"/balie/dossier/{vraag.referentie}/{rest}"


# The main way


def test_a_question_and_its_answer(spelers, vraag):
    gezin, loket = als(spelers.amina), als(spelers.carla)

    antwoord = gezin.post(mijn(vraag), {"tekst": "Is er al nieuws?"}, follow=True)
    assert "Is er al nieuws?" in lees(antwoord)
    assert "Je bericht is verstuurd." in lees(antwoord)
    assert "wacht op antwoord" in lees(loket.get(balie(vraag, "")))

    loket.post(balie(vraag), {"tekst": "Ik bel de opvang vandaag."})
    assert "wacht op antwoord" not in lees(loket.get(balie(vraag, "")))
    assert "Nieuw bericht van het loket" in lees(gezin.get("/mijn/"))
    assert "1 nieuw bericht" in lees(gezin.get(f"/mijn/{vraag.referentie}/"))

    assert "Carla, het loket" in lees(gezin.get(mijn(vraag)))
    assert "Nieuw bericht" not in lees(gezin.get("/mijn/"))


def test_staff_say_that_no_answer_is_needed(spelers, vraag):
    als(spelers.amina).post(mijn(vraag), {"tekst": "Dank je!"})
    loket = als(spelers.carla)
    tot = Gesprek.objects.get().laatste_op.isoformat()

    antwoord = loket.post(balie(vraag, "gesprek/klaar/"), {"tot": tot}, follow=True)

    assert "Genoteerd: dit bericht heeft geen antwoord nodig." in lees(antwoord)
    assert not Gesprek.objects.wacht_op_loket().exists()


@pytest.mark.parametrize("tot", ["", "gisteren", "2026-13-45T00:00"])
def test_a_button_without_a_moment_does_nothing(spelers, vraag, tot):
    als(spelers.amina).post(mijn(vraag), {"tekst": "Dank je!"})

    als(spelers.carla).post(balie(vraag, "gesprek/klaar/"), {"tot": tot})

    assert Gesprek.objects.wacht_op_loket().exists()


def test_a_message_that_came_meanwhile_still_waits(spelers, vraag, nu):
    eerste = schrijf(vraag, None, partij=Partij.GEZIN, tekst="Dank je", door=spelers.amina, nu=nu)
    schrijf(
        vraag,
        None,
        partij=Partij.GEZIN,
        tekst="En nog dit",
        door=spelers.amina,
        nu=nu + dt.timedelta(minutes=5),
    )

    als(spelers.carla).post(balie(vraag, "gesprek/klaar/"), {"tot": eerste.op.isoformat()})

    assert Gesprek.objects.wacht_op_loket().exists()


def test_what_was_typed_is_kept_when_something_is_wrong(spelers, vraag):
    leeg = als(spelers.amina).post(mijn(vraag), {"tekst": "  "})
    lang = als(spelers.amina).post(mijn(vraag), {"tekst": "x" * 2001})

    assert (leeg.status_code, lang.status_code) == (422, 422)
    assert "Schrijf eerst je bericht." in lees(leeg)
    assert "Je bericht is te lang: hoogstens 2000 tekens." in lees(lang)
    assert "x" * 2001 in lang.content.decode()


# The provider


def test_a_provider_writes_from_its_page(spelers, vraag, bij_egeltjes, nu):
    farid = als(spelers.farid)
    pagina = f"/aanbod/vragen/{bij_egeltjes.uuid}/"
    assert "Schrijf het gezin" not in lees(farid.get(pagina))

    maak_voorstel(bij_egeltjes, nu=nu)
    assert "Schrijf het gezin" in lees(farid.get(pagina))
    farid.post(f"{pagina}gesprek/", {"tekst": "Kom je kijken?"})

    antwoord = als(spelers.amina).get(mijn(vraag, bij_egeltjes))
    assert "Kom je kijken?" in lees(antwoord)
    assert "De Egeltjes" in lees(antwoord)


def test_another_provider_and_another_loket_find_nothing(spelers, vraag, bij_egeltjes):
    pagina = f"/aanbod/vragen/{bij_egeltjes.uuid}/gesprek/"

    assert als(spelers.greet).get(pagina).status_code == 404
    assert als(spelers.dirk).get(balie(vraag)).status_code == 404
    assert als(spelers.bram).get(mijn(vraag)).status_code == 404


def test_a_provider_does_not_see_what_the_loket_and_another_provider_read(
    spelers, vraag, bij_egeltjes, nu
):
    bij_zonnetje = vraag.aanmeldingen.exclude(pk=bij_egeltjes.pk).get()
    for tekst, bij in (
        ("aan het loket", None),
        ("aan de ander", bij_zonnetje),
        ("aan jou", bij_egeltjes),
    ):
        schrijf(vraag, bij, partij=Partij.GEZIN, tekst=tekst, door=spelers.amina, nu=nu)

    tekst = lees(als(spelers.farid).get(f"/aanbod/vragen/{bij_egeltjes.uuid}/gesprek/"))

    assert "aan jou" in tekst
    assert "aan het loket" not in tekst
    assert "aan de ander" not in tekst


def test_the_link_of_the_mail_answers_without_signing_in(spelers, vraag, bij_egeltjes, link):
    als(spelers.amina).post(mijn(vraag, bij_egeltjes), {"tekst": "Hebben jullie een tuin?"})
    iemand = Client()

    pagina = iemand.get(link)
    iemand.post(link, {"tekst": "Ja, een grote."})

    assert "Hebben jullie een tuin?" in lees(pagina)
    assert spelers.amina.naam not in lees(pagina)
    assert pagina["Referrer-Policy"] == "no-referrer"
    bericht = Gespreksbericht.objects.last()
    assert (bericht.partij, bericht.door, bericht.tekst) == (Partij.OPVANG, None, "Ja, een grote.")


def test_opening_the_link_is_not_reading(spelers, vraag, bij_egeltjes, link):
    als(spelers.amina).post(mijn(vraag, bij_egeltjes), {"tekst": "Hallo?"})

    Client().get(link)
    Client().head(link)

    assert "Een gezin schreef je een bericht" in lees(als(spelers.farid).get("/aanbod/vragen/"))


def test_before_the_family_wrote_the_link_writes_nothing(bij_egeltjes, link):
    Client().post(link, {"tekst": "Wie ben je?"})

    assert not Gesprek.objects.exists()


@pytest.mark.parametrize("hoe", ["vervalst", "ander zout", "te oud", "geen lijst"])
def test_a_link_that_is_no_link_shows_nothing(bij_egeltjes, link, time_machine, hoe):
    if hoe == "te oud":
        time_machine.move_to(timezone.now() + GELDIG + dt.timedelta(seconds=1))
    adres = {
        "vervalst": link[:-3] + "xx/",
        "ander zout": f"/aanbod/gesprek/{signing.dumps([str(bij_egeltjes.uuid), 1])}/",
        "te oud": link,
        "geen lijst": f"/aanbod/gesprek/{signing.dumps('x', salt='aanvragen.gesprek')}/",
    }[hoe]

    antwoord = Client().get(adres)

    assert antwoord.status_code == 404
    assert "Deze link werkt niet meer" in lees(antwoord)


@pytest.mark.parametrize("einde", ["ingetrokken", "rust"])
def test_after_the_end_the_page_is_the_same_for_every_reason(
    spelers, vraag, bij_egeltjes, link, einde
):
    als(spelers.amina).post(mijn(vraag, bij_egeltjes), {"tekst": "Hallo?"})
    stop = trek_in if einde == "ingetrokken" else breng_tot_rust
    stop(vraag, door=spelers.amina, nu=timezone.now())

    aangemeld = als(spelers.farid).get(f"/aanbod/vragen/{bij_egeltjes.uuid}/gesprek/")
    met_link = Client().get(link)

    for antwoord in (aangemeld, met_link):
        assert "loopt niet meer. Je hoeft niets te doen." in lees(antwoord)
        assert "Hallo?" not in lees(antwoord)


def test_staff_read_along_and_do_not_write_there(spelers, vraag, bij_egeltjes):
    als(spelers.amina).post(mijn(vraag, bij_egeltjes), {"tekst": "Hallo?"})
    pagina = balie(vraag, f"gesprek/{bij_egeltjes.uuid}/")
    loket = als(spelers.carla)

    assert "Hallo?" in lees(loket.get(pagina))
    antwoord = loket.post(pagina, {"tekst": "Ik ook"}, follow=True)

    assert "Dit gesprek is gesloten." in lees(antwoord)
    assert Gespreksbericht.objects.count() == 1


def test_after_the_end_the_family_reads_and_does_not_write(spelers, vraag):
    als(spelers.amina).post(mijn(vraag), {"tekst": "Hallo?"})
    trek_in(vraag, door=spelers.amina, nu=timezone.now())

    antwoord = als(spelers.amina).get(mijn(vraag))
    als(spelers.amina).post(mijn(vraag), {"tekst": "Toch nog"})

    assert "Hallo?" in lees(antwoord)
    assert "Deze vraag is gestopt. Je kunt de berichten nog lezen." in lees(antwoord)
    assert "Verstuur bericht" not in lees(antwoord)
    assert Gespreksbericht.objects.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_of_a_provider_asks_the_same_number_of_queries(spelers, nu, aantal):
    for _ in range(aantal):
        een = maak_vraag(spelers.loket, [spelers.egeltjes], nu=nu)
        schrijf(
            een,
            een.aanmeldingen.get(),
            partij=Partij.GEZIN,
            tekst="Hallo?",
            door=None,
            nu=nu,
        )
    farid = als(spelers.farid)
    farid.get("/aanbod/vragen/gesprekken/")

    with CaptureQueriesContext(
        connection,
    ) as vragen:
        antwoord = farid.get("/aanbod/vragen/gesprekken/")

    assert lees(antwoord).count("1 nieuw bericht") == aantal
    assert len(vragen) == VRAGEN_LIJST


#: session, person, three for the frame and its menu, organisators, count, rows.
VRAGEN_LIJST = 8


# Calm


def test_one_button_and_a_person_to_call(spelers, vraag):
    gezin = als(spelers.amina)
    spelers.loket.openingsuren = "Maandag tot vrijdag, 9 tot 16 uur"
    spelers.loket.save()
    assert "Er is droevig nieuws" in lees(gezin.get(f"/mijn/{vraag.referentie}/"))
    pagina = gezin.get(f"/mijn/{vraag.referentie}/droevig-nieuws/")
    assert "Jij hoeft niets uit te leggen en niemand te bellen." in lees(pagina)

    antwoord = gezin.post(f"/mijn/{vraag.referentie}/droevig-nieuws/", follow=True)

    tekst = lees(antwoord)
    assert "Deze vraag is gestopt" in tekst
    assert "09 000 00 00" in tekst
    assert "Maandag tot vrijdag, 9 tot 16 uur" in tekst
    assert not Bericht.objects.filter(status__in=["wacht", "bezig"]).exists()


def test_the_page_says_that_another_child_goes_on(spelers, vraag, nu):
    maak_vraag(spelers.loket, [spelers.zonnetje], gebruiker=spelers.amina, nu=nu)

    pagina = als(spelers.amina).get(f"/mijn/{vraag.referentie}/droevig-nieuws/")

    assert "Je vragen voor een ander kind lopen gewoon verder." in lees(pagina)


def test_staff_call_the_provider_whose_place_is_free(spelers, vraag, bij_egeltjes, nu):
    maak_voorstel(bij_egeltjes, nu=nu)
    breng_tot_rust(vraag, door=spelers.amina, nu=timezone.now())
    loket = als(spelers.carla)

    dossier = lees(loket.get(balie(vraag, "")))
    assert "Alles is stil" in dossier
    assert "zeg alleen dat de plaats weer vrij is, niet waarom" in dossier
    pk = Vrijmelding.objects.get().pk
    eerste = loket.post(balie(vraag, f"vrij/{pk}/gebeld/"), follow=True)
    tweede = loket.post(balie(vraag, f"vrij/{pk}/gebeld/"), follow=True)

    assert "Genoteerd: De Egeltjes weet dat de plaats vrij is." in lees(eerste)
    assert "Een collega belde deze opvang al." in lees(tweede)
    assert "Ik belde" not in lees(tweede)


def test_after_calm_the_conversation_is_not_there_for_the_family(spelers, vraag):
    als(spelers.amina).post(mijn(vraag), {"tekst": "Hallo?"})
    breng_tot_rust(vraag, door=spelers.amina, nu=timezone.now())

    assert als(spelers.amina).get(mijn(vraag)).status_code == 404
    assert "Nieuw bericht" not in lees(als(spelers.amina).get("/mijn/"))
