"""Colleagues on screen: invite, open the link, sign in with the code, join; and let go."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from loket.models import Bericht, Gebruiker
from opvang.models import Collegauitnodiging, OrganisatorLid
from tests.fabrieken import maak_gebruiker, maak_organisator
from tests.opvang.fabrieken_pagina import nodig_uit
from tests.opvang.views.test_publiek import tekst, titel

pytestmark = pytest.mark.django_db
COLLEGAS = "/aanbod/collegas/"


@pytest.fixture
def farid(client, spelers):
    client.force_login(spelers.farid)
    return client


def link_in_mail(aan: str) -> str:
    return re.search(
        r"/aanbod/uitnodiging/[\w-]+/", Bericht.objects.filter(aan=aan).latest("pk").tekst
    )[0]


def test_from_invitation_to_colleague_through_the_mail_alone(farid, spelers, client):
    egel = spelers.egeltjes.organisator
    gestuurd = farid.post(
        COLLEGAS, {"email": "nora@voorbeeld.test", "organisator": egel.pk}, follow=True
    )
    assert "We stuurden een uitnodiging naar nora@voorbeeld.test." in tekst(gestuurd)
    assert "Uitgenodigd nora@voorbeeld.test" in tekst(gestuurd)
    client.logout()
    link = link_in_mail("nora@voorbeeld.test")

    for _ in range(2):  # a mail scanner, and Nora
        open_ = client.get(link)
        assert "Werk mee voor Egel vzw" in tekst(open_)
        assert "no-store" in open_["Cache-Control"]
    assert (egel.leden.count(), Gebruiker.objects.filter(email__startswith="nora").count()) == (
        1,
        0,
    )

    naar_code = client.post(link)
    assert naar_code.status_code == 302
    code = re.search(r"\b\d{4}-\d{4}\b", Bericht.objects.get(sjabloon="toegang/code").tekst)[0]
    terug = client.post(naar_code["Location"], {"code": code})
    assert terug["Location"] == link
    assert egel.leden.count() == 1  # signed in, but not joined yet
    assert "Ja, ik werk mee" in tekst(client.get(link))
    welkom = client.post(link, follow=True)

    assert "Welkom. Je werkt nu mee voor Egel vzw." in tekst(welkom)
    assert egel.leden.filter(gebruiker__email="nora@voorbeeld.test").count() == 1
    assert "De Egeltjes" in tekst(welkom)
    opnieuw = client.get(link)
    assert opnieuw.status_code == 404
    assert "Deze uitnodiging geldt niet meer" in tekst(opnieuw)


def test_somebody_else_can_not_use_the_link(farid, spelers):
    _uitnodiging, geheim = nodig_uit(
        spelers.egeltjes.organisator,
        "nora@voorbeeld.test",
        door=spelers.farid,
        nu=timezone.now(),
    )
    farid.force_login(spelers.bram)

    bladzijde = farid.get(f"/aanbod/uitnodiging/{geheim}/")
    geprobeerd = farid.post(f"/aanbod/uitnodiging/{geheim}/")

    assert "Je bent nu aangemeld als bram@voorbeeld.test ." in tekst(bladzijde)
    assert "Ja, ik werk mee" not in tekst(bladzijde)
    assert geprobeerd.status_code == 422
    assert "Deze uitnodiging is voor een ander e-mailadres." in tekst(geprobeerd)
    assert spelers.egeltjes.organisator.leden.count() == 1


@pytest.mark.parametrize("vals", ["x", "%00", "%ED%A0%80", "a" * 500, "..%2F"])
def test_link_that_is_none_is_told_so(client, db, vals):
    antwoord = client.get(f"/aanbod/uitnodiging/{vals}/")

    assert antwoord.status_code == 404


@pytest.mark.parametrize(
    ("gegevens", "zin"),
    [
        ({"email": ""}, "Vul het e-mailadres van je collega in."),
        ({"email": "nora"}, "Schrijf het e-mailadres zoals naam@voorbeeld.be."),
        ({"email": "norà@voorbeeld.test"}, "Schrijf het e-mailadres zoals naam@voorbeeld.be."),
        ({"email": "farid@voorbeeld.test"}, "Deze persoon werkt hier al mee."),
    ],
)
def test_what_is_wrong_is_told_and_kept(farid, spelers, gegevens, zin):
    mis = farid.post(COLLEGAS, {"organisator": spelers.egeltjes.organisator_id} | gegevens)

    assert mis.status_code == 422
    assert titel(mis).startswith("Fout: ")
    assert zin in tekst(mis)
    assert Collegauitnodiging.objects.count() == 0


def test_nobody_invites_for_or_removes_at_another_organisator(farid, spelers):
    zon = spelers.zonnetje.organisator
    uitnodiging, _geheim = nodig_uit(zon, "nora@voorbeeld.test", door=spelers.greet)

    voor_zon = farid.post(COLLEGAS, {"organisator": zon.pk, "email": "an@voorbeeld.test"})
    assert voor_zon.status_code == 422
    assert farid.post(f"{COLLEGAS}{zon.leden.get().pk}/weg/").status_code == 404
    weg = farid.post(f"{COLLEGAS}uitnodiging/{uitnodiging.pk}/intrekken/")
    assert weg.status_code == 404
    bladzijde = farid.get(COLLEGAS)
    assert "nora@voorbeeld.test" not in bladzijde.content.decode()
    assert "greet@voorbeeld.test" not in bladzijde.content.decode()
    uitnodiging.refresh_from_db()
    assert uitnodiging.ingetrokken_op is None


def test_let_go_withdraw_and_leave(farid, spelers):
    egel = spelers.egeltjes.organisator
    uitnodiging, _geheim = nodig_uit(
        egel, "nora@voorbeeld.test", door=spelers.farid, nu=timezone.now()
    )
    ingetrokken = farid.post(f"{COLLEGAS}uitnodiging/{uitnodiging.pk}/intrekken/", follow=True)
    assert "De uitnodiging voor nora@voorbeeld.test werkt niet meer." in tekst(ingetrokken)
    zelf = egel.leden.get()
    blijft = farid.post(f"{COLLEGAS}{zelf.pk}/weg/", follow=True)
    assert "Dit is de laatste persoon. Nodig eerst iemand anders uit." in tekst(blijft)

    bram = OrganisatorLid.objects.create(organisator=egel, gebruiker=spelers.bram)
    weg = farid.post(f"{COLLEGAS}{bram.pk}/weg/", follow=True)
    assert "Bram werkt niet meer mee voor Egel vzw." in tekst(weg)

    OrganisatorLid.objects.create(organisator=egel, gebruiker=spelers.bram)
    assert farid.post(f"{COLLEGAS}{zelf.pk}/weg/")["Location"] == "/na-aanmelden/"
    assert farid.get(COLLEGAS).status_code == 403


@pytest.mark.parametrize("aantal", [1, 3])
def test_page_asks_the_same_for_any_number(farid, spelers, aantal, django_assert_num_queries):
    for _ in range(aantal):
        organisator = maak_organisator(lid=spelers.farid)
        OrganisatorLid.objects.create(organisator=organisator, gebruiker=maak_gebruiker())
        nodig_uit(organisator, "nora@voorbeeld.test", door=spelers.farid, nu=timezone.now())

    # Session, person, whose people, the organisatoren with both lists; menu: 3.
    with django_assert_num_queries(9):
        antwoord = farid.get(COLLEGAS)
    assert tekst(antwoord).count("Uitgenodigd") == aantal
