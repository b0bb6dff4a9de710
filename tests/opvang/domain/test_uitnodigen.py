"""Colleagues: invited by mail, joined with the invited address, let go, and never the last one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from loket.domain.aanmelden import OngeldigAdres
from loket.models import Bericht
from opvang.domain.uitnodigen import (
    GELDIG,
    MEESTE_PER_DAG,
    AlCollega,
    AndereGenodigde,
    LaatsteCollega,
    TeVeelUitnodigingen,
    UitnodigingGeldtNiet,
    aanvaard_uitnodiging,
    haal_collega_weg,
    nodig_collega_uit,
    trek_uitnodiging_in,
    vind_uitnodiging,
)
from opvang.models import Collegauitnodiging, Opvanglocatie, OrganisatorLid
from tests.fabrieken import NU, maak_gebruiker
from tests.opvang.fabrieken_pagina import nodig_uit

pytestmark = pytest.mark.django_db
LATER = NU + dt.timedelta(hours=1)


@pytest.fixture
def egel(spelers):
    return spelers.egeltjes.organisator


def test_invitation_brings_a_colleague_with_the_same_rights(spelers, egel):
    nora = maak_gebruiker("nora@voorbeeld.test")
    uitnodiging, geheim = nodig_uit(egel, "Nora@Voorbeeld.test", door=spelers.farid)

    assert uitnodiging.email == "nora@voorbeeld.test"
    assert vind_uitnodiging(geheim, nu=LATER) == uitnodiging
    assert list(Opvanglocatie.objects.van_aanbieder(nora)) == []
    aanvaard_uitnodiging(uitnodiging, door=nora, nu=LATER)

    assert list(Opvanglocatie.objects.van_aanbieder(nora)) == [spelers.egeltjes]
    assert vind_uitnodiging(geheim, nu=LATER) is None
    with pytest.raises(UitnodigingGeldtNiet):
        aanvaard_uitnodiging(uitnodiging, door=nora, nu=LATER)


def test_secret_is_only_in_the_mail_and_wiped_there(spelers, egel):
    uitnodiging, geheim = nodig_uit(egel, "nora@voorbeeld.test", door=spelers.farid)

    assert len(geheim) > 40
    assert geheim not in str(Collegauitnodiging.objects.values().get())
    mail = Bericht.objects.get(sjabloon="opvang/collega")
    assert (mail.aan, mail.gevoelig) == (uitnodiging.email, True)
    assert mail.titel == "Je bent uitgenodigd om mee te werken"
    assert "Farid vraagt je om mee te werken voor Egel vzw" in mail.tekst
    for vals in ("", "x", geheim[:-1], geheim + "a", "é" * 43, "\0", "\ud800"):
        assert vind_uitnodiging(vals, nu=LATER) is None


def test_invitation_is_for_one_address_and_two_weeks(spelers, egel):
    uitnodiging, geheim = nodig_uit(egel, "nora@voorbeeld.test", door=spelers.farid)
    nora = maak_gebruiker("nora@voorbeeld.test")

    with pytest.raises(AndereGenodigde):
        aanvaard_uitnodiging(uitnodiging, door=spelers.bram, nu=LATER)
    assert vind_uitnodiging(geheim, nu=NU + GELDIG - dt.timedelta(seconds=1)) == uitnodiging
    assert vind_uitnodiging(geheim, nu=NU + GELDIG) is None
    with pytest.raises(UitnodigingGeldtNiet):
        aanvaard_uitnodiging(uitnodiging, door=nora, nu=NU + GELDIG)
    assert egel.leden.count() == 1


def test_new_invitation_stops_the_former_and_withdrawing_stops_it_too(spelers, egel):
    _oud, oud_geheim = nodig_uit(egel, "nora@voorbeeld.test", door=spelers.farid)
    nieuw, geheim = nodig_uit(egel, "nora@voorbeeld.test", door=spelers.farid, nu=LATER)

    assert vind_uitnodiging(oud_geheim, nu=LATER) is None
    assert vind_uitnodiging(geheim, nu=LATER) == nieuw
    trek_uitnodiging_in(nieuw, door=spelers.farid, nu=LATER)
    trek_uitnodiging_in(nieuw, door=spelers.farid, nu=LATER)
    assert vind_uitnodiging(geheim, nu=LATER) is None
    assert Collegauitnodiging.objects.exclude(ingetrokken_op=None).count() == 2
    # After it ran out somebody may be invited again.
    nodig_uit(egel, "an@voorbeeld.test", door=spelers.farid)
    nodig_uit(egel, "an@voorbeeld.test", door=spelers.farid, nu=NU + 2 * GELDIG)


def test_what_can_not_be_invited(spelers, egel):
    with pytest.raises(AlCollega):
        nodig_collega_uit(egel, email="FARID@voorbeeld.test", door=spelers.farid, nu=NU)
    with pytest.raises(OngeldigAdres):
        nodig_collega_uit(egel, email="norà@voorbeeld.test", door=spelers.farid, nu=NU)
    for i in range(MEESTE_PER_DAG):
        nodig_uit(egel, f"iemand{i}@elders.test", door=spelers.farid)
    with pytest.raises(TeVeelUitnodigingen):
        nodig_uit(egel, "nog@elders.test", door=spelers.farid)
    nodig_uit(egel, "nog@elders.test", door=spelers.farid, nu=NU + dt.timedelta(days=1))


def test_accepted_one_can_not_be_withdrawn(spelers, egel):
    uitnodiging, _geheim = nodig_uit(egel, "bram@voorbeeld.test", door=spelers.farid)
    aanvaard_uitnodiging(uitnodiging, door=spelers.bram, nu=LATER)

    with pytest.raises(AlCollega):
        trek_uitnodiging_in(uitnodiging, door=spelers.farid, nu=LATER)


def test_who_left_comes_back_on_the_same_row(spelers, egel):
    OrganisatorLid.objects.create(
        organisator=egel,
        gebruiker=spelers.bram,
        vanaf=dt.date(2021, 1, 1),
        tot=dt.date(2022, 1, 1),
    )
    uitnodiging, _geheim = nodig_uit(egel, "bram@voorbeeld.test", door=spelers.farid)

    aanvaard_uitnodiging(uitnodiging, door=spelers.bram, nu=LATER)

    lid = egel.leden.get(gebruiker=spelers.bram)
    assert (lid.vanaf, lid.tot) == (dt.date(2021, 1, 1), None)


def test_colleague_goes_but_never_the_last(spelers, egel):
    farid = egel.leden.get()
    with pytest.raises(LaatsteCollega):
        haal_collega_weg(farid, door=spelers.farid, nu=NU)
    weg = maak_gebruiker(is_active=False)
    OrganisatorLid.objects.create(organisator=egel, gebruiker=weg, vanaf=dt.date(2020, 1, 1))
    OrganisatorLid.objects.create(
        organisator=egel, gebruiker=spelers.amina, vanaf=dt.date(2030, 1, 1)
    )
    # A closed account, and somebody who starts later, keep nothing going.
    with pytest.raises(LaatsteCollega):
        haal_collega_weg(farid, door=spelers.farid, nu=NU)

    bram = OrganisatorLid.objects.create(
        organisator=egel, gebruiker=spelers.bram, vanaf=dt.date(2020, 1, 1)
    )
    haal_collega_weg(bram, door=spelers.farid, nu=NU)
    haal_collega_weg(bram, door=spelers.farid, nu=NU)
    assert not egel.leden.filter(gebruiker=spelers.bram).exists()
    assert list(Opvanglocatie.objects.van_aanbieder(spelers.bram)) == []


@pytest.mark.parametrize(
    "velden", [{"aanvaard_op": NU, "ingetrokken_op": NU}, {"email": "NORA@voorbeeld.test"}]
)
def test_database_refuses_what_must_never_be(spelers, egel, velden):
    nodig_uit(egel, "nora@voorbeeld.test", door=spelers.farid)
    goed = {"email": "an@voorbeeld.test", "hash": "h", "aangemaakt_op": NU, "vervalt_op": NU}

    with pytest.raises(IntegrityError), transaction.atomic():
        Collegauitnodiging.objects.create(organisator=egel, **(goed | velden))
