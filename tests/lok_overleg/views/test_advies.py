from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lok_overleg.domain.plannen import las_af
from lok_overleg.models import Advies
from tests.lok_overleg.conftest import DAARNA, maak_vergadering

TEKST = {"onderwerp": "Dringende opvang", "tekst": "Hou twee plaatsen vrij."}


@pytest.fixture
def hanne(client, lok, time_machine):
    time_machine.move_to(DAARNA + dt.timedelta(days=5), tick=False)
    client.force_login(lok.hanne)
    return client


def test_advice_is_written_and_changed(hanne, lok):
    punt = lok.vergadering.agendapunten.first()
    nieuw = reverse("lok:advies_nieuw", args=[lok.vergadering.uuid])

    assertRedirects(
        hanne.post(nieuw, TEKST | {"agendapunt": punt.pk}), lok.vergadering.get_absolute_url()
    )
    advies = Advies.objects.get()
    assert (advies.onderwerp, advies.agendapunt) == ("Dringende opvang", punt)
    assertContains(hanne.get(reverse("lok:advies", args=[advies.pk])), "Hou twee plaatsen vrij.")

    hanne.post(reverse("lok:advies", args=[advies.pk]), TEKST | {"onderwerp": "Anders"})
    advies.refresh_from_db()
    assert (advies.onderwerp, advies.agendapunt) == ("Anders", None)


def test_advice_without_text_is_refused(hanne, lok):
    nieuw = reverse("lok:advies_nieuw", args=[lok.vergadering.uuid])

    antwoord = hanne.post(nieuw, {"onderwerp": "Dringende opvang"})

    assertContains(antwoord, 'value="Dringende opvang"', status_code=422)


def test_point_of_another_meeting_is_no_choice(hanne, lok):
    ander = maak_vergadering(lok.loket, door=lok.hanne).agendapunten.first()
    nieuw = reverse("lok:advies_nieuw", args=[lok.vergadering.uuid])

    assert hanne.post(nieuw, TEKST | {"agendapunt": ander.pk}).status_code == 422


def test_votes_are_noted_and_shown_as_totals(hanne, lok):
    lok.hou("an")
    advies = lok.advies()
    stemming = reverse("lok:stemming", args=[advies.pk])
    namen = [een.naam for een, _veld in hanne.get(stemming).context["form"].rijen()]
    assert namen == ["Karim El Idrissi", "Roos Janssens"]

    antwoord = hanne.post(
        stemming,
        {
            f"lid-{lok.aanwezigheid('roos').pk}": "voor",
            f"lid-{lok.aanwezigheid('karim').pk}": "onthouding",
        },
        follow=True,
    )

    assertContains(antwoord, "De stemming is genoteerd. Advies aangenomen.")
    assertContains(antwoord, "1 stem voor, 0 tegen, 1 onthouding")
    assertContains(antwoord, "voor donderdag 16 april 2026")
    form = hanne.get(stemming).context["form"]
    assert form[f"lid-{lok.aanwezigheid('roos').pk}"].value() == "voor"


def test_nobody_voted_is_refused_kindly(hanne, lok):
    advies = lok.hou().advies()

    antwoord = hanne.post(reverse("lok:stemming", args=[advies.pk]), {})

    assertContains(antwoord, "Noteer minstens één stem.", status_code=422)


def test_vote_before_attendance_says_what_to_do_first(hanne, lok):
    advies = lok.nodig_uit().advies()

    assertContains(
        hanne.get(reverse("lok:stemming", args=[advies.pk])), "Je kunt nu geen stemmen noteren."
    )


def test_text_that_was_voted_on_is_refused_kindly(hanne, lok):
    advies = lok.hou().aangenomen()

    antwoord = hanne.post(reverse("lok:advies", args=[advies.pk]), TEKST)

    assertContains(antwoord, "Over deze tekst is gestemd.", status_code=422)


def test_closed_meeting_takes_no_advice(hanne, lok):
    las_af(lok.vergadering, reden="x", door=lok.hanne, nu=DAARNA)

    antwoord = hanne.post(reverse("lok:advies_nieuw", args=[lok.vergadering.uuid]), TEKST)

    assertContains(antwoord, "ligt vast", status_code=422)


def test_schepen_notes_what_the_college_decided(hanne, client, lok):
    advies = lok.hou().aangenomen()
    client.force_login(lok.spelers.ivo)
    opvolging = reverse("lok:opvolging", args=[advies.pk])

    assertContains(client.get(lok.vergadering.get_absolute_url()), opvolging)
    zonder = client.post(opvolging, {"beslissing": "volgt_niet", "datum": "2026-03-20"})
    assertContains(zonder, "Zeg waarom het college", status_code=422)
    toekomst = client.post(opvolging, {"beslissing": "volgt", "datum": "2027-03-20"})
    assertContains(toekomst, "niet in de toekomst", status_code=422)

    antwoord = client.post(
        opvolging,
        {"beslissing": "volgt_niet", "datum": "2026-03-20", "motivering": "Te duur."},
        follow=True,
    )

    assertContains(antwoord, "Het antwoord van het college is genoteerd.")
    assertContains(antwoord, "Te duur.")
    assertNotContains(antwoord, opvolging)
    assertContains(client.get(opvolging), "Hier is geen antwoord meer nodig.")
    assertContains(
        client.post(opvolging, {"beslissing": "volgt", "datum": "2026-03-20"}),
        "net voor",
        status_code=422,
    )


@pytest.mark.parametrize("naam", ["advies", "stemming"])
def test_schepen_does_not_write_or_count(client, lok, naam):
    advies = lok.hou().aangenomen()
    client.force_login(lok.spelers.ivo)

    assert client.get(reverse(f"lok:{naam}", args=[advies.pk])).status_code == 403


@pytest.mark.parametrize("naam", ["advies", "stemming", "opvolging"])
def test_other_lokets_advice_is_not_found(hanne, lok, naam):
    vreemd = maak_vergadering(lok.spelers.ander_loket).adviezen.create(onderwerp="X", tekst="Y")

    assert hanne.get(reverse(f"lok:{naam}", args=[vreemd.pk])).status_code == 404
    assert hanne.post(reverse(f"lok:{naam}", args=[vreemd.pk])).status_code == 404
