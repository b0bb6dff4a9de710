"""The link in the mail of a member: no account, one meeting."""

from __future__ import annotations

import pytest
from django.urls import reverse
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lok_overleg.domain.plannen import las_af
from lok_overleg.domain.uitnodigingslink import maak_token
from lok_overleg.domain.verslag import bewaar_verslag, publiceer_verslag
from lok_overleg.workflow import Aanwezigheidsstand
from loket.models import Gebeurtenis
from tests.fabrieken import NU
from tests.lok_overleg.conftest import DAARNA


@pytest.fixture
def url(lok):
    lok.nodig_uit()
    return reverse("lok:uitnodiging", args=[maak_token(lok.aanwezigheid("roos"))])


def test_page_shows_this_meeting_and_nobody_else(client, lok, url):
    blad = client.get(url)

    assertContains(blad, "Lokaal overleg van dinsdag 17 maart 2026")
    assertContains(blad, "Roos Janssens")
    assertContains(blad, "Punt 1")
    for naam in ("Karim", "Claessens", "Wouters"):
        assertNotContains(blad, naam)
    assert blad["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_looking_changes_nothing(client, lok, url):
    voor = Gebeurtenis.objects.count()

    client.get(url)
    client.head(url)
    client.get(url, {"stand": "aanwezig"})

    assert lok.aanwezigheid("roos").stand == Aanwezigheidsstand.UITGENODIGD
    assert Gebeurtenis.objects.count() == voor


def test_member_comes_and_then_does_not(client, lok, url):
    assertRedirects(client.post(url, {"stand": "aanwezig"}), url)
    assertContains(client.get(url), "Toch niet, ik kom niet")
    assert lok.aanwezigheid("roos").stand == Aanwezigheidsstand.AANWEZIG

    client.post(url, {"stand": "verontschuldigd"})
    assertContains(client.get(url), "Toch wel, ik kom")
    assert lok.aanwezigheid("roos").stand == Aanwezigheidsstand.VERONTSCHULDIGD


@pytest.mark.parametrize("stand", ["", "afwezig", "uitgenodigd", "onzin"])
def test_nonsense_is_refused_kindly(client, lok, url, stand):
    antwoord = client.post(url, {"stand": stand}, follow=True)

    assertContains(antwoord, "Kies of je komt of niet.")
    assert lok.aanwezigheid("roos").stand == Aanwezigheidsstand.UITGENODIGD


def test_answer_after_the_meeting_is_refused_kindly(client, lok, url):
    lok.hou()

    antwoord = client.post(url, {"stand": "aanwezig"}, follow=True)

    assertContains(antwoord, "De vergadering is voorbij")


def test_cancelled_meeting_says_why(client, lok, url):
    las_af(lok.vergadering, reden="Geen zaal.", door=lok.hanne, nu=NU)

    blad = client.get(url)

    assertContains(blad, "Geen zaal.")
    assertNotContains(blad, "Ja, ik kom")
    assert client.get(f"{url}vergadering.ics").status_code == 404


def test_calendar_file_is_the_same_appointment(client, lok, url):
    antwoord = client.get(f"{url}vergadering.ics")

    afspraak = Calendar.from_ical(antwoord.content).walk("VEVENT")[0]
    assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
    assert afspraak["uid"] == str(lok.vergadering.uuid)


def test_minutes_come_when_they_are_published(client, lok, url):
    lok.hou()
    bewaar_verslag(
        lok.vergadering, tekst="Goed.", per_punt={}, verwachte_versie=0, door=lok.hanne, nu=DAARNA
    )
    assert client.get(f"{url}verslag.pdf").status_code == 404
    publiceer_verslag(lok.vergadering, verwachte_versie=1, door=lok.hanne, nu=DAARNA)

    assertContains(client.get(url), "Download het verslag")
    assert client.get(f"{url}verslag.pdf")["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("deel", ["", "vergadering.ics", "verslag.pdf"])
def test_forged_link_opens_nothing(client, lok, url, deel):
    vals = url.replace("/lok/uitnodiging/", "/lok/uitnodiging/x")

    assert client.get(f"{vals}{deel}").status_code == 404


def test_link_of_a_deleted_invitation_opens_nothing(client, lok, url):
    lok.aanwezigheid("roos").delete()

    assertContains(client.get(url), "Deze link werkt niet meer", status_code=404)
