"""Keys: shown once, withdrawn for good."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from opvang.domain.api_sleutels import maak_sleutel, vind_sleutel
from opvang.models import ApiSleutel, OrganisatorLid
from tests.fabrieken import NU, maak_organisator
from tests.opvang.views.test_publiek import bron, tekst, titel

pytestmark = pytest.mark.django_db


@pytest.fixture
def farid(client, spelers):
    client.force_login(spelers.farid)
    return spelers.farid


def test_key_is_shown_once_and_works(client, farid, spelers):
    antwoord = client.post(
        "/aanbod/sleutels/", {"naam": "Ons pakket", "organisator": spelers.egeltjes.organisator.pk}
    )

    geheim = re.search(r'<code id="geheim">(llk_[^<]+)</code>', bron(antwoord))[1]
    assert antwoord.status_code == 200
    assert "no-store" in antwoord["Cache-Control"]
    sleutel = vind_sleutel(geheim, nu=timezone.now())
    assert (sleutel.naam, sleutel.organisator) == ("Ons pakket", spelers.egeltjes.organisator)
    assert sleutel.aangemaakt_door == farid
    weer = bron(client.get("/aanbod/sleutels/"))
    assert geheim not in weer
    assert f"llk_{sleutel.voorvoegsel}…" in weer
    assert not any(geheim in str(w) for w in client.session.values())


def test_list_holds_the_own_usable_keys(client, farid, spelers):
    eigen, _ = maak_sleutel(spelers.egeltjes.organisator, naam="Mijn pakket", door=farid, nu=NU)
    maak_sleutel(spelers.zonnetje.organisator, naam="Van Greet", door=None, nu=NU)
    oud, _ = maak_sleutel(spelers.egeltjes.organisator, naam="Oud pakket", door=None, nu=NU)
    ApiSleutel.objects.filter(pk=oud.pk).update(ingetrokken_op=NU)

    woorden = tekst(client.get("/aanbod/sleutels/"))

    assert (
        f"Mijn pakket llk_{eigen.voorvoegsel}… Gemaakt op 2 mrt 2026 door Farid. Nog niet gebruikt."
        in (woorden.replace("mrt.", "mrt").replace("maart", "mrt"))
    )
    assert "Van Greet" not in woorden
    assert "Oud pakket" not in woorden


def test_key_stops_working_when_withdrawn(client, farid, spelers):
    sleutel, geheim = maak_sleutel(spelers.egeltjes.organisator, naam="Weg", door=farid, nu=NU)

    antwoord = client.post(f"/aanbod/sleutels/{sleutel.pk}/intrekken/", follow=True)

    assert "De sleutel Weg werkt niet meer." in tekst(antwoord)
    assert vind_sleutel(geheim, nu=NU) is None


def test_another_providers_key_is_404_and_keeps_working(client, farid, spelers):
    sleutel, geheim = maak_sleutel(spelers.zonnetje.organisator, naam="Van Greet", door=None, nu=NU)

    assert client.post(f"/aanbod/sleutels/{sleutel.pk}/intrekken/").status_code == 404
    assert vind_sleutel(geheim, nu=NU) == sleutel


@pytest.mark.parametrize("organisator", ["", "0", "x", "ander"])
def test_key_for_another_organisator_is_refused(client, farid, spelers, organisator):
    if organisator == "ander":
        organisator = spelers.zonnetje.organisator.pk

    antwoord = client.post("/aanbod/sleutels/", {"naam": "x", "organisator": organisator})

    assert antwoord.status_code == 422
    assert not ApiSleutel.objects.exists()


def test_key_without_a_name_is_refused(client, farid, spelers):
    antwoord = client.post("/aanbod/sleutels/", {"organisator": spelers.egeltjes.organisator.pk})

    assert antwoord.status_code == 422
    assert titel(antwoord).startswith("Fout: ")
    assert 'href="#id_naam"' in bron(antwoord)


def test_two_organisatoren_give_a_choice(client, farid, spelers):
    tweede = maak_organisator("Tweede vzw")
    OrganisatorLid.objects.create(organisator=tweede, gebruiker=farid, vanaf=NU.date())

    assert "Tweede vzw" in tekst(client.get("/aanbod/sleutels/"))
    client.post("/aanbod/sleutels/", {"naam": "x", "organisator": tweede.pk})

    assert ApiSleutel.objects.get().organisator == tweede


@pytest.mark.parametrize("wie", ["amina", "carla", "joke"])
def test_section_is_closed_for_others(client, spelers, wie):
    sleutel, _ = maak_sleutel(spelers.egeltjes.organisator, naam="x", door=None, nu=NU)
    client.force_login(getattr(spelers, wie))

    assert client.get("/aanbod/sleutels/").status_code == 403
    assert client.post("/aanbod/sleutels/", {"naam": "x"}).status_code == 403
    assert client.post(f"/aanbod/sleutels/{sleutel.pk}/intrekken/").status_code == 403


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_asks_the_same_of_the_database_for_any_number(
    client, farid, spelers, django_assert_num_queries, aantal
):
    for i in range(aantal):
        maak_sleutel(spelers.egeltjes.organisator, naam=f"x{i}", door=farid, nu=NU)

    # Session, person, memberships, organisatoren, keys; the frame asks three things more.
    with django_assert_num_queries(8):
        client.get("/aanbod/sleutels/")
