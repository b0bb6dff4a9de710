from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lok_overleg.models import LokLid
from loket.models import Rol
from tests.fabrieken import maak_lid
from tests.lok_overleg.conftest import maak_loklid, maak_vergadering

LID = {
    "naam": "Zoë Maes",
    "email": "zoe@voorbeeld.test",
    "organisatie": "Gezinsbond",
    "hoedanigheid": "gebruiker",
    "functie": "lid",
    "stemrecht": "on",
    "vanaf": "2026-03-01",
}


@pytest.fixture
def hanne(client, lok):
    client.force_login(lok.hanne)
    return client


def test_overview_shows_the_next_meeting_and_what_the_college_owes(hanne, lok):
    advies = lok.hou().aangenomen()
    straks = maak_vergadering(
        lok.loket, door=lok.hanne, begint_op=timezone.now() + dt.timedelta(days=9)
    )

    blad = hanne.get(reverse("lok:overzicht"))

    assert blad.context["volgende"] == straks
    assert [een for een, _ in blad.context["vergaderingen"]] == [lok.vergadering]
    assertContains(blad, advies.onderwerp)
    assertContains(blad, "Plan een vergadering")
    assertNotContains(blad, "Vreemd Lid")


def test_overview_of_another_loket_is_its_own(client, lok):
    client.force_login(lok.spelers.dirk)

    blad = client.get(reverse("lok:overzicht"))

    assert blad.context["vergaderingen"] == []
    assertContains(blad, "Er is geen vergadering gepland.")
    assertNotContains(blad, "Plan een vergadering")


@pytest.mark.parametrize("wie", ["amina", "els", "farid"])
def test_section_is_not_for_everybody(client, lok, wie):
    client.force_login(getattr(lok.spelers, wie))

    assert client.get(reverse("lok:overzicht")).status_code == 403
    assert client.get(reverse("lok:vergadering", args=[lok.vergadering.uuid])).status_code == 404


def test_member_with_an_account_reads_along(client, lok):
    LokLid.objects.filter(pk=lok.leden["roos"].pk).update(gebruiker=lok.spelers.bram)
    client.force_login(lok.spelers.bram)

    assert client.get(reverse("lok:overzicht")).status_code == 200
    assert client.get(reverse("lok:vergadering", args=[lok.vergadering.uuid])).status_code == 200
    assert client.get(reverse("lok:agenda", args=[lok.vergadering.uuid])).status_code == 403


@pytest.mark.parametrize("aantal", [1, 3])
def test_overview_asks_the_same_of_the_database(hanne, lok, aantal, django_assert_num_queries):
    lok.hou()
    for nr in range(aantal):
        lok.aangenomen(f"Advies {nr}")
        maak_vergadering(
            lok.loket, door=lok.hanne, begint_op=timezone.now() + dt.timedelta(days=nr + 1)
        )
        maak_vergadering(
            lok.loket, door=lok.hanne, begint_op=timezone.now() - dt.timedelta(days=nr + 1)
        )

    with django_assert_num_queries(12):
        hanne.get(reverse("lok:overzicht"))


@pytest.mark.parametrize("aantal", [1, 3])
def test_member_list_asks_the_same_of_the_database(
    client, spelers, aantal, django_assert_num_queries
):
    for _ in range(aantal):
        maak_loklid(spelers.loket)
    client.force_login(spelers.hanne)

    with django_assert_num_queries(7):
        client.get(reverse("lok:leden"))


def test_addresses_are_for_who_invites(client, lok):
    client.force_login(lok.hanne)
    assertContains(client.get(reverse("lok:leden")), lok.leden["roos"].email)

    client.force_login(lok.spelers.carla)
    blad = client.get(reverse("lok:leden"))
    assertContains(blad, "Roos Janssens")
    assertNotContains(blad, lok.leden["roos"].email)
    assertNotContains(blad, "Vreemd Lid")
    assertNotContains(blad, "Vroeger Lid")


def test_member_is_added(hanne, lok):
    antwoord = hanne.post(reverse("lok:lid_nieuw"), LID)

    assertRedirects(antwoord, reverse("lok:leden"))
    lid = LokLid.objects.get(naam="Zoë Maes")
    assert (lid.loket, lid.stemrecht, lid.vanaf) == (lok.loket, True, dt.date(2026, 3, 1))


def test_mistakes_come_back_as_they_were_typed(hanne, lok):
    antwoord = hanne.post(
        reverse("lok:lid_nieuw"), LID | {"hoedanigheid": "waarnemer", "tot": "2026-02-01"}
    )

    assert antwoord.status_code == 422
    assertContains(antwoord, "Fout: Voeg een lid toe", status_code=422)
    assertContains(antwoord, 'value="Zoë Maes"', status_code=422)
    assertContains(antwoord, 'href="#id_stemrecht"', status_code=422)
    assertContains(antwoord, "Een waarnemer mag niet stemmen.", status_code=422)
    assertContains(antwoord, "eindigt voor het begint", status_code=422)
    assert not LokLid.objects.filter(naam="Zoë Maes").exists()


def test_refusal_of_the_rules_is_shown(hanne, lok):
    antwoord = hanne.post(reverse("lok:lid_nieuw"), LID | {"email": lok.leden["an"].email})

    assertContains(antwoord, "Er is al een lid met dit e-mailadres.", status_code=422)


def test_member_is_changed(hanne, lok):
    an = lok.leden["an"]

    assertContains(hanne.get(reverse("lok:lid", args=[an.pk])), "An Claessens")
    hanne.post(reverse("lok:lid", args=[an.pk]), LID | {"naam": "An C."})

    an.refresh_from_db()
    assert an.naam == "An C."


def test_change_that_breaks_a_rule_is_refused(hanne, lok):
    an = lok.leden["an"]

    antwoord = hanne.post(
        reverse("lok:lid", args=[an.pk]), LID | {"email": lok.leden["roos"].email}
    )

    assertContains(antwoord, "Er is al een lid met dit e-mailadres.", status_code=422)


def test_other_lokets_member_is_not_found(hanne, lok):
    vreemd = LokLid.objects.get(naam="Vreemd Lid")

    assert hanne.get(reverse("lok:lid", args=[vreemd.pk])).status_code == 404


def test_reader_may_not_change_members(client, lok):
    client.force_login(lok.spelers.carla)

    assert client.get(reverse("lok:lid", args=[lok.leden["an"].pk])).status_code == 403
    assert client.get(reverse("lok:lid_nieuw")).status_code == 403


def test_chair_of_two_lokets_says_for_which(client, lok):
    maak_lid(lok.spelers.ander_loket, Rol.VOORZITTER, gebruiker=lok.hanne)
    client.force_login(lok.hanne)

    assertContains(client.get(reverse("lok:lid_nieuw")), "Voor welk loket?")
    assert client.post(reverse("lok:lid_nieuw"), LID).status_code == 422
    client.post(reverse("lok:lid_nieuw"), LID | {"loket": lok.spelers.ander_loket.pk})

    assert LokLid.objects.get(naam="Zoë Maes").loket == lok.spelers.ander_loket
