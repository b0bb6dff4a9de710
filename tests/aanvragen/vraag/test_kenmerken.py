"""Traits of the family are asked only where they count, and then with the reason."""

from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain.voorrang_telt import geeft_voorrang
from aanvragen.models import Opvangvraag
from opvang.models import Opvanglocatie
from tests.aanvragen.invullen import antwoorden, concept, url, vul_in
from tests.aanvragen.test_aanvraag import meldingen, tekst
from tests.fabrieken import maak_vergunning

pytestmark = pytest.mark.django_db
DAG = dt.date(2026, 11, 25)


def trap(locatie, *, plaatsen: int = 18, vanaf=dt.date(2020, 1, 1), **trappen):
    leeg = {"plaatsen_t0": 0, "plaatsen_t1": 0, "plaatsen_t2": 0, "plaatsen_t3": 0}
    return maak_vergunning(locatie, plaatsen, vanaf=vanaf, **{**leeg, **trappen})


@pytest.mark.parametrize(
    ("trappen", "telt"),
    [
        ({"plaatsen_t0": 18}, False),
        ({"plaatsen_t1": 18}, False),
        ({"plaatsen_t1": 17, "plaatsen_t2": 1}, True),
        ({"plaatsen_t0": 17, "plaatsen_t3": 1}, True),
    ],
)
def test_traits_count_with_places_at_inkomenstarief(spelers, trappen, telt):
    trap(spelers.egeltjes, **trappen)

    hier = Opvanglocatie.objects.filter(pk=spelers.egeltjes.pk)
    assert geeft_voorrang(hier, peildatum=DAG) is telt


@pytest.mark.parametrize(
    ("vanaf", "tot", "telt"),
    [
        (dt.date(2020, 1, 1), DAG, True),  # ended today: unknown from now on
        (dt.date(2020, 1, 1), DAG + dt.timedelta(days=1), False),
        (DAG, None, False),
        (DAG + dt.timedelta(days=1), None, True),  # begins tomorrow: unknown today
    ],
)
def test_unknown_licence_may_have_such_places(spelers, vanaf, tot, telt):
    trap(spelers.egeltjes, plaatsen_t0=18, vanaf=vanaf, tot=tot)

    hier = Opvanglocatie.objects.filter(pk=spelers.egeltjes.pk)
    assert geeft_voorrang(hier, peildatum=DAG) is telt


def test_nothing_chosen_gives_no_priority(spelers):
    assert geeft_voorrang(Opvanglocatie.objects.none(), peildatum=DAG) is False


def test_traits_are_not_asked_nor_kept_where_they_do_not_count(client, spelers):
    trap(spelers.egeltjes, plaatsen_t1=18)
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    pagina = client.get(url(sleutel, "situatie"))
    nakijken = client.get(url(sleutel, "controleer"))
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    assert "kenmerken" not in pagina.context["form"].fields
    assert "Waarom vragen we dit over jullie gezin?" not in tekst(pagina)
    assert "Wat klopt voor jullie" not in tekst(nakijken)
    assert Opvangvraag.objects.get().kenmerken.count() == 0


def test_traits_are_asked_with_the_reason_where_they_count(client, spelers):
    trap(spelers.egeltjes, plaatsen_t2=18)
    client.force_login(spelers.amina)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes])

    pagina = client.get(url(sleutel, "situatie"))
    client.post(url(sleutel, "controleer"), {"akkoord": "on"})

    assert "Waarom vragen we dit over jullie gezin?" in tekst(pagina)
    assert Opvangvraag.objects.get().kenmerken.filter(aanwezig=False).count() == 8


def test_adding_such_a_location_later_asks_the_traits_first(client, spelers):
    trap(spelers.egeltjes, plaatsen_t1=18)
    trap(spelers.zonnetje, plaatsen_t2=18)
    sleutel = vul_in(client, spelers.loket, [spelers.egeltjes], situatie={"zonder_kenmerken": "1"})
    client.post(
        url(sleutel, "opvang"),
        {"keuze": "zelf", "locatie": [spelers.egeltjes.pk, spelers.zonnetje.pk]},
    )

    antwoord = client.get(url(sleutel, "controleer"), follow=True)
    client.post(url(sleutel, "situatie"), antwoorden(spelers.loket, [])["situatie"])

    assert antwoord.redirect_chain[-1][0].startswith(url(sleutel, "situatie"))
    assert meldingen(antwoord) == ["Eerst nog dit: Wat moeten we nog weten?"]
    assert "kenmerken" in antwoord.context["form"].fields
    assert "zonder_kenmerken" not in concept(sleutel).gegevens["situatie"]
    assert client.get(url(sleutel, "controleer")).status_code == 200


def test_anywhere_looks_at_the_whole_area(client, spelers):
    trap(spelers.egeltjes, plaatsen_t1=18)
    trap(spelers.zonnetje, plaatsen_t1=9, plaatsen_t2=9)
    gemeente = spelers.loket.gemeenten.get()
    sleutel = vul_in(
        client,
        spelers.loket,
        [],
        opvang={"keuze": "overal", "gebied": [str(gemeente.pk)], "locatie": []},
    )

    assert "kenmerken" in client.get(url(sleutel, "situatie")).context["form"].fields


def test_counter_asks_all_on_its_one_page(client, spelers):
    trap(spelers.egeltjes, plaatsen_t1=18)
    trap(spelers.zonnetje, plaatsen_t1=18)
    client.force_login(spelers.carla)

    assert "kenmerken" in client.get("/balie/nieuw/").context["situatie"].fields
