"""Two colleagues who take each other away at the same moment: one stays.

First the race without the lock, to show that the second test can fail.
"""

from __future__ import annotations

import datetime as dt

import pytest

from opvang.domain import uitnodigen
from opvang.domain.uitnodigen import LaatsteCollega, aanvaard_uitnodiging, haal_collega_weg
from opvang.models import OrganisatorLid
from tests.fabrieken import NU, maak_gebruiker, maak_organisator
from tests.gelijktijdig.hulp import tegelijk
from tests.opvang.fabrieken_pagina import nodig_uit

pytestmark = pytest.mark.django_db(transaction=True)


def _elkaar_weg():
    een, twee = maak_gebruiker(), maak_gebruiker()
    organisator = maak_organisator(lid=een)
    lid_een = organisator.leden.get()
    lid_twee = OrganisatorLid.objects.create(
        organisator=organisator, gebruiker=twee, vanaf=dt.date(2020, 1, 1)
    )
    uit = tegelijk(
        lambda: haal_collega_weg(lid_twee, door=een, nu=NU),
        lambda: haal_collega_weg(lid_een, door=twee, nu=NU),
    )
    return uit, organisator.leden.count()


def test_without_the_lock_nobody_is_left(monkeypatch):
    monkeypatch.setattr(uitnodigen, "_vergrendel", lambda _organisator: None)

    uit, over = _elkaar_weg()

    assert (uit.eerste, uit.tweede, over) == (None, None, 0)


def test_one_of_two_who_take_each_other_away_stays():
    uit, over = _elkaar_weg()

    assert uit.wachtte
    assert uit.eerste is None
    assert isinstance(uit.tweede, LaatsteCollega)
    assert over == 1


def test_pressing_twice_makes_one_colleague():
    farid, nora = maak_gebruiker(), maak_gebruiker("nora@voorbeeld.test")
    organisator = maak_organisator(lid=farid)
    uitnodiging, _geheim = nodig_uit(organisator, nora.email, door=farid)

    uit = tegelijk(
        lambda: aanvaard_uitnodiging(uitnodiging, door=nora, nu=NU),
        lambda: aanvaard_uitnodiging(uitnodiging, door=nora, nu=NU),
    )

    assert isinstance(uit.eerste, OrganisatorLid)
    assert isinstance(uit.tweede, uitnodigen.UitnodigingGeldtNiet)
    assert organisator.leden.count() == 2
