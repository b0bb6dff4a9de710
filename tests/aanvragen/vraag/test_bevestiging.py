"""What the family keeps of its question: the sent page, a PDF and an entry for the calendar."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from aanvragen.domain.antwoorddag import antwoorddag
from aanvragen.domain.beantwoorden import weiger
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.kiezen import hou_vast
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Aanmelding
from aanvragen.workflow import Vervalreden, Weigerreden
from tests.aanvragen.invullen import url, vul_in
from tests.aanvragen.test_aanvraag import tekst
from tests.fabrieken import NU, kind_gegevens, maak_locatie, maak_voorstel, maak_vraag

pytestmark = pytest.mark.django_db


@pytest.fixture
def vraag(spelers):
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad"),),
    )


def pad(vraag, wat: str) -> str:
    return f"/mijn/{vraag.referentie}/{wat}"


def woorden(inhoud: bytes) -> str:
    return " ".join(" ".join(b.extract_text() for b in PdfReader(io.BytesIO(inhoud)).pages).split())


def test_sent_page_gives_number_day_pdf_and_calendar(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    antwoord = client.get(url(sleutel, "verstuurd"))

    (vraag,) = antwoord.context["vragen"]
    assert antwoord.context["antwoorddag"] == vraag.aanmeldingen.get().antwoord_voor
    assert vraag.referentie in tekst(antwoord)
    assert f'href="{pad(vraag, "bevestiging.pdf")}"' in antwoord.content.decode()
    assert f'href="{pad(vraag, "antwoord.ics")}"' in antwoord.content.decode()


def test_pdf_says_what_was_asked_and_what_happens_when(client, spelers, vraag):
    client.force_login(spelers.amina)

    antwoord = client.get(pad(vraag, "bevestiging.pdf"))

    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == (
        f'attachment; filename="opvangvraag-{vraag.referentie}.pdf"'
    )
    tekst_pdf = woorden(antwoord.content)
    for stuk in (vraag.referentie, "Noor Haddad", "De Egeltjes", "Het Zonnetje", "Ten laatste op"):
        assert stuk in tekst_pdf


def test_calendar_entry_is_a_whole_free_day_without_names(client, spelers, vraag):
    client.force_login(spelers.amina)

    antwoord = client.get(pad(vraag, "antwoord.ics"))

    (post,) = Calendar.from_ical(antwoord.content).walk("VEVENT")
    assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
    assert post["DTSTART"].dt == vraag.aanmeldingen.first().antwoord_voor
    assert str(post["UID"]) == f"antwoord-{vraag.referentie}"
    assert str(post["TRANSP"]) == "TRANSPARENT"
    assert str(post["SUMMARY"]) == f"Antwoord op mijn vraag {vraag.referentie}"
    assert b"Noor" not in antwoord.content
    assert b"Haddad" not in antwoord.content


def test_day_is_the_last_one_that_is_waited_for(spelers, vraag):
    een, twee = vraag.aanmeldingen.order_by("rang")
    twee.antwoord_voor = een.antwoord_voor.replace(year=een.antwoord_voor.year + 1)
    twee.save()
    alle = list(vraag.aanmeldingen.order_by("rang"))

    assert antwoorddag(vraag, alle) == twee.antwoord_voor
    assert antwoorddag(vraag, alle[:1]) == een.antwoord_voor
    assert antwoorddag(vraag, []) is None


def test_a_wish_below_a_held_place_promises_no_answer(spelers, vraag):
    een, twee = vraag.aanmeldingen.order_by("rang")
    derde = voeg_keuze_toe(vraag, maak_locatie(loket=spelers.loket), door=None, nu=NU)
    Aanmelding.objects.filter(pk=derde.pk).update(antwoord_voor=dt.date(2027, 1, 1))
    assert antwoorddag(vraag, list(vraag.aanmeldingen.all())) == dt.date(2027, 1, 1)

    hou_vast(maak_voorstel(twee), door=None, nu=NU)

    assert antwoorddag(vraag, list(vraag.aanmeldingen.all())) == een.antwoord_voor


def test_nothing_to_wait_for_gives_no_entry(client, spelers, vraag):
    client.force_login(spelers.amina)
    for aanmelding in vraag.aanmeldingen.all():
        weiger(aanmelding, reden=Weigerreden.VOLZET, door=spelers.farid, nu=NU)

    assert client.get(pad(vraag, "antwoord.ics")).status_code == 404
    assert client.get(pad(vraag, "bevestiging.pdf")).status_code == 200


@pytest.mark.parametrize("wat", ["antwoord.ics", "bevestiging.pdf"])
def test_papers_are_the_familys_alone_and_silent_after_sad_news(client, spelers, vraag, wat):
    client.force_login(spelers.bram)
    van_ander = client.get(pad(vraag, wat)).status_code
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=NU)
    client.force_login(spelers.amina)

    assert (van_ander, client.get(pad(vraag, wat)).status_code) == (404, 404)


def test_sent_page_is_gone_after_sad_news(client, spelers):
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})
    (vraag,) = client.get(url(sleutel, "verstuurd")).context["vragen"]
    laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=spelers.amina, nu=vraag.aangemaakt_op)

    assert client.get(url(sleutel, "verstuurd")).status_code == 404
