from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lok_overleg.domain.verslag import bewaar_verslag, publiceer_verslag
from tests.lok_overleg.conftest import DAARNA, Lok, maak_vergadering


@pytest.fixture
def hanne(client, lok):
    client.force_login(lok.hanne)
    return client


def url(lok, naam):
    return reverse(f"lok:{naam}", args=[lok.vergadering.uuid])


def publiceer(lok, vergadering=None):
    vergadering = vergadering or lok.vergadering
    bewaar_verslag(
        vergadering, tekst="Goed.", per_punt={}, verwachte_versie=0, door=lok.hanne, nu=DAARNA
    )
    publiceer_verslag(vergadering, verwachte_versie=1, door=lok.hanne, nu=DAARNA)


def test_minutes_are_written_previewed_and_published(hanne, lok):
    lok.hou()
    punt = lok.vergadering.agendapunten.first()

    antwoord = hanne.post(
        url(lok, "verslag"),
        {"versie": 0, f"punt-{punt.pk}": "Roos Janssens stemt in.", "tekst": "Geen."},
        follow=True,
    )

    assertContains(antwoord, "Het verslag is bewaard.")
    # What was typed keeps the name, what everybody will read does not.
    assertContains(antwoord, "Roos Janssens stemt in.", count=1)
    assertContains(antwoord, "Een lid stemt in.", count=1)

    antwoord = hanne.post(url(lok, "publiceren"), {"versie": 1}, follow=True)
    assertContains(antwoord, "Het verslag is gepubliceerd.")
    assertRedirects(hanne.get(url(lok, "verslag")), lok.vergadering.get_absolute_url())


def test_second_writer_loses_nothing(hanne, lok):
    lok.hou()
    hanne.post(url(lok, "verslag"), {"versie": 0, "tekst": "Eerst."})

    antwoord = hanne.post(url(lok, "verslag"), {"versie": 0, "tekst": "Tweede, niet weg."})

    assertContains(antwoord, "was je net voor", status_code=422)
    assertContains(antwoord, "Tweede, niet weg.", status_code=422)


def test_minutes_before_the_meeting_say_when(hanne, lok):
    assertContains(hanne.get(url(lok, "verslag")), "Het verslag komt na de vergadering.")


@pytest.mark.parametrize("versie", ["", "7"])
def test_stale_or_empty_publication_is_refused_kindly(hanne, lok, versie):
    lok.hou()
    hanne.post(url(lok, "verslag"), {"versie": 0, "tekst": "Tekst."})

    antwoord = hanne.post(url(lok, "publiceren"), {"versie": versie}, follow=True)

    assertContains(antwoord, "was je net voor")


def test_draft_is_for_who_writes_it(hanne, client, lok):
    lok.hou()
    assert hanne.get(url(lok, "verslag_pdf")).status_code == 404
    hanne.post(url(lok, "verslag"), {"versie": 0, "tekst": "Tekst."})

    assert hanne.get(url(lok, "verslag_pdf")).status_code == 200
    client.force_login(lok.spelers.carla)
    assert client.get(url(lok, "verslag_pdf")).status_code == 404


def test_published_minutes_are_for_readers_and_everybody(client, lok):
    lok.hou()
    assert client.get(url(lok, "openbaar_verslag")).status_code == 404
    assert client.get(url(lok, "openbaar_pdf")).status_code == 404
    publiceer(lok)

    assert client.get(url(lok, "openbaar_verslag")).status_code == 200
    assert client.get(url(lok, "verslag_pdf")).status_code == 302
    client.force_login(lok.spelers.carla)
    assert client.get(url(lok, "verslag_pdf")).status_code == 200
    client.force_login(lok.spelers.dirk)
    assert client.get(url(lok, "verslag_pdf")).status_code == 404


def test_public_list_holds_published_minutes_only(client, lok):
    lok.hou()
    assertContains(client.get(reverse("lok:openbaar")), "Er zijn nog geen verslagen.")
    publiceer(lok)
    geheim = maak_vergadering(lok.loket, door=lok.hanne, titel="Nog geheim")

    blad = client.get(reverse("lok:openbaar"))

    assertContains(blad, url(lok, "openbaar_verslag"))
    assertNotContains(blad, str(geheim.uuid))


@pytest.mark.parametrize("aantal", [1, 3])
def test_public_list_asks_the_same_of_the_database(client, lok, aantal, django_assert_num_queries):
    for _ in range(aantal):
        een = Lok(lok.spelers, lok.leden, maak_vergadering(lok.loket, door=lok.hanne))
        publiceer(een.hou())

    with django_assert_num_queries(4):
        client.get(reverse("lok:openbaar"))


def test_vote_that_is_missing_is_pointed_out(hanne, lok):
    lok.hou().advies("Nog te stemmen")
    hanne.post(url(lok, "verslag"), {"versie": 0, "tekst": "Tekst."})

    assertContains(hanne.get(url(lok, "verslag")), "Hierover is nog geen stemming genoteerd.")
