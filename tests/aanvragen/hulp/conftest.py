"""Amina asks for Noor; Els guides families for the OCMW and has no consent yet."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from aanvragen.domain.toestemming import geef_toestemming
from aanvragen.models import Opvangvraag, Partner, Toestemming
from aanvragen.workflow import Hulpomvang, Partnersoort, Toestemmingswijze
from tests.fabrieken import NU, kind_gegevens, maak_vraag, ouder_gegevens

AMINA = "amina@voorbeeld.test"


@pytest.fixture
def op_die_dag():
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def vraag(spelers) -> Opvangvraag:
    spelers.els.lidmaatschappen.update(organisatie="OCMW Wilgenrade")
    return maak_vraag(
        spelers.loket,
        [spelers.egeltjes, spelers.zonnetje],
        gebruiker=spelers.amina,
        ouder=ouder_gegevens(
            spelers.loket.gemeenten.get().pk,
            voornaam="Amina",
            familienaam="El Haddad",
            email=AMINA,
        ),
        kinderen=(kind_gegevens(voornaam="Noor", familienaam="Haddad"),),
    )


@pytest.fixture
def partner(spelers) -> Partner:
    return Partner.objects.create(
        loket=spelers.loket,
        naam="Open Deur",
        soort=Partnersoort.TAALLES,
        waarmee="Je leert er Nederlands, ook overdag.",
        telefoon="09 111 22 33",
    )


def geef(
    vraag: Opvangvraag,
    spelers,
    omvang: Hulpomvang = Hulpomvang.ANTWOORDEN,
    *,
    nu: dt.datetime = NU,
    dagen: int = 30,
) -> Toestemming:
    return geef_toestemming(
        vraag,
        toeleider=spelers.els,
        omvang=omvang,
        dagen=dagen,
        wijze=Toestemmingswijze.PAPIER,
        door=spelers.carla,
        nu=nu,
    )
