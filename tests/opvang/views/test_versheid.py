"""Freshness is public: a vacancy goes fresh, maybe, hidden, and fresh again when it is confirmed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from loket.models import Loket
from opvang.domain.bevestiglink import maak_token
from tests.fabrieken import maak_aanbod, maak_locatie
from tests.opvang.views.test_bevestigen import knop
from tests.opvang.views.test_publiek import bron, tekst

pytestmark = pytest.mark.django_db

BEGIN = dt.datetime(2026, 6, 3, 10, 0, tzinfo=dt.UTC)
ZOEK = "/zoeken/?waar=Wilgenrade"
DAG = dt.timedelta(days=1)
STANDEN = ("vrij", "misschien", "vol", "onbekend")


@pytest.fixture
def loket(spelers, time_machine) -> Loket:
    time_machine.move_to(BEGIN, tick=False)
    Loket.objects.update(vers_dagen=30, verborgen_dagen=60)
    return spelers.loket


def gezien_door_iedereen(client, spelers) -> list[str]:
    """What the search page, the location's page and the provider's page say of De Egeltjes."""
    uit = []
    for adres, wie in ((ZOEK, None), ("/opvang/de-egeltjes/", None), ("/aanbod/", spelers.farid)):
        client.logout()
        if wie:
            client.force_login(wie)
        markup = bron(client.get(adres))
        hoofd = markup[markup.index("<main") : markup.index("</main>")]
        (stand,) = {stand for stand in STANDEN if f'class="stand stand--{stand}"' in hoofd}
        uit.append(stand)
    client.logout()
    return uit


def gevonden(client, stand: str) -> bool:
    """Whether somebody who searches only for this finds De Egeltjes."""
    return "De Egeltjes" in tekst(client.get(f"{ZOEK}&stand={stand}"))


def test_vacancy_goes_fresh_maybe_hidden_and_fresh_again(client, spelers, loket, time_machine):
    spelers.zonnetje.delete()
    aanbod = maak_aanbod(spelers.egeltjes, 2, nu=timezone.now())
    verloop = {}
    for dagen in (0, 29, 30, 59, 60, 90):
        time_machine.move_to(BEGIN + dagen * DAG, tick=False)
        verloop[dagen] = gezien_door_iedereen(client, spelers)

    assert verloop == {
        0: ["vrij"] * 3,
        29: ["vrij"] * 3,
        30: ["misschien"] * 3,
        59: ["misschien"] * 3,
        60: ["onbekend"] * 3,
        90: ["onbekend"] * 3,
    }
    # Hidden from "free", and not taken for full either.
    assert {stand: gevonden(client, stand) for stand in STANDEN} == {
        "vrij": False,
        "misschien": False,
        "vol": False,
        "onbekend": True,
    }

    link = f"/klopt/{maak_token([spelers.egeltjes], nummer='x')}/"
    client.post(link, knop(client.get(link)))

    assert gezien_door_iedereen(client, spelers) == ["vrij"] * 3
    assert {stand: gevonden(client, stand) for stand in STANDEN} == {
        "vrij": True,
        "misschien": False,
        "vol": False,
        "onbekend": False,
    }
    aanbod.refresh_from_db()
    assert aanbod.vrij == [2] * 10 + [0] * 4


def test_full_is_said_and_also_forgotten_in_time(client, spelers, loket, time_machine):
    spelers.zonnetje.delete()
    maak_aanbod(spelers.egeltjes, 0, nu=timezone.now())
    assert gezien_door_iedereen(client, spelers) == ["vol"] * 3

    time_machine.move_to(BEGIN + 60 * DAG, tick=False)

    assert gezien_door_iedereen(client, spelers) == ["onbekend"] * 3
    assert not gevonden(client, "vol")


def test_terms_are_the_lokets_own(client, spelers, loket, time_machine):
    spelers.zonnetje.delete()
    Loket.objects.filter(pk=loket.pk).update(vers_dagen=5, verborgen_dagen=10)
    maak_aanbod(spelers.egeltjes, 2, nu=timezone.now())
    verloop = []
    for dagen in (4, 5, 9, 10):
        time_machine.move_to(BEGIN + dagen * DAG, tick=False)
        verloop.append(gezien_door_iedereen(client, spelers)[0])

    assert verloop == ["vrij", "misschien", "misschien", "onbekend"]


def test_unknown_counts_as_free_nor_full_anywhere(client, spelers, loket):
    """Four locations, one of each kind: each is found under its own name only."""
    nu = timezone.now()
    namen = {"vrij": "De Vink", "misschien": "De Merel", "vol": "De Valk", "onbekend": "De Uil"}
    spelers.zonnetje.delete()
    spelers.egeltjes.delete()
    plekken = {stand: maak_locatie(naam, loket=loket) for stand, naam in namen.items()}
    maak_aanbod(plekken["vrij"], 2, nu=nu)
    maak_aanbod(plekken["misschien"], 2, nu=nu - 40 * DAG)
    maak_aanbod(plekken["vol"], 0, nu=nu)

    for stand in namen:
        woorden = tekst(client.get(f"{ZOEK}&stand={stand}"))
        assert {s for s, naam in namen.items() if naam in woorden} == {stand}
