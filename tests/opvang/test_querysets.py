"""Who sees which part of the supply."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from opvang.domain.api_sleutels import maak_sleutel
from opvang.models import ApiSleutel, Opvanglocatie, Organisator, OrganisatorLid, Plaatsaanbod
from tests.fabrieken import (
    NU,
    START,
    VANDAAG,
    maak_aanbod,
    maak_gebruiker,
    maak_locatie,
    maak_organisator,
)

pytestmark = pytest.mark.django_db


def test_hidden_location_is_for_its_provider_and_the_staff_of_its_area(spelers):
    geheim = maak_locatie(
        "Geheim", loket=spelers.loket, organisator=spelers.egeltjes.organisator, zichtbaar=False
    )

    ziet = {
        naam
        for naam in ("amina", "carla", "dirk", "els", "farid", "greet", "joke")
        if geheim in Opvanglocatie.objects.zichtbaar_voor(getattr(spelers, naam))
    }

    assert ziet == {"farid", "carla", "joke"}
    assert geheim not in Opvanglocatie.objects.zichtbaar_voor(AnonymousUser())
    assert spelers.zonnetje in Opvanglocatie.objects.zichtbaar_voor(AnonymousUser())
    assert geheim not in Opvanglocatie.objects.publiek()


def test_area_of_a_loket(spelers):
    elders = maak_locatie(loket=spelers.ander_loket)

    assert set(Opvanglocatie.objects.in_werkingsgebied(spelers.ander_loket.pk)) == {elders}


def test_membership_holds_between_its_dates():
    gebruiker, organisator = maak_gebruiker(), maak_organisator()
    locatie = maak_locatie(organisator=organisator)
    gisteren = dt.date(2020, 1, 1)
    lid = OrganisatorLid.objects.create(
        organisator=organisator, gebruiker=gebruiker, vanaf=gisteren, tot=dt.date(2020, 1, 2)
    )

    def eigen():
        gebruiker.__dict__.pop("_organisator_ids", None)
        return list(Opvanglocatie.objects.van_aanbieder(gebruiker))

    assert eigen() == []
    lid.tot = None
    lid.save()
    assert eigen() == [locatie]
    lid.vanaf = dt.date(2999, 1, 1)
    lid.save()
    assert eigen() == []


def test_visitor_has_no_supply_of_his_own(spelers):
    maak_aanbod(spelers.egeltjes)
    maak_sleutel(spelers.egeltjes.organisator, naam="x", door=None, nu=NU)
    bezoeker = AnonymousUser()

    assert not Opvanglocatie.objects.van_aanbieder(bezoeker)
    assert not Plaatsaanbod.objects.van_aanbieder(bezoeker)
    assert not ApiSleutel.objects.van_aanbieder(bezoeker)
    assert not Organisator.objects.zichtbaar_voor(bezoeker)


def test_organisatoren_of_staff_are_those_of_the_area(spelers):
    maak_organisator("Zonder locatie")
    egel, zon = spelers.egeltjes.organisator, spelers.zonnetje.organisator

    assert set(Organisator.objects.zichtbaar_voor(spelers.carla)) == {egel, zon}
    assert set(Organisator.objects.zichtbaar_voor(spelers.farid)) == {egel}
    assert set(Organisator.objects.zichtbaar_voor(spelers.dirk)) == set()


def test_periods_about_a_day():
    locatie = maak_locatie()
    nu = maak_aanbod(locatie, tot=START)
    straks = maak_aanbod(locatie, vanaf=START)
    maak_aanbod(locatie, vanaf=dt.date(2026, 1, 1), tot=VANDAAG)
    maak_aanbod(locatie, soort="nacht")
    aanbod = Plaatsaanbod.objects.order_by("pk")

    assert list(aanbod.voor_start(None, peildatum=VANDAAG)) == [nu, straks]
    assert list(aanbod.voor_start(VANDAAG, peildatum=VANDAAG)) == [nu]
    assert list(aanbod.voor_start(START, peildatum=VANDAAG)) == [straks]
