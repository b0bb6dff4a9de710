"""Two people plan the open places of one location at the same moment: one after the other."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError

from opvang.domain import plaatsen_plannen
from opvang.domain.plaatsen_plannen import plan_open_plaatsen
from tests.fabrieken import NU, maak_locatie, maak_vergunning
from tests.gelijktijdig.hulp import Uitkomst, tegelijk

pytestmark = pytest.mark.django_db(transaction=True)
WISSEL = dt.date(2027, 1, 1)


def _plan_tegelijk() -> tuple[Uitkomst, list[tuple[dt.date, int]]]:
    locatie = maak_locatie()
    maak_vergunning(locatie, 18)
    uitkomst = tegelijk(
        lambda: plan_open_plaatsen(locatie, vanaf=WISSEL, plaatsen=14, door=None, nu=NU),
        lambda: plan_open_plaatsen(locatie, vanaf=WISSEL, plaatsen=12, door=None, nu=NU),
    )
    rijen = locatie.vergunningen.order_by("vanaf")
    return uitkomst, list(rijen.values_list("vanaf", "operationele_plaatsen"))


def test_without_the_lock_the_database_refuses_but_not_kindly(monkeypatch):
    monkeypatch.setattr(plaatsen_plannen, "vergrendel", lambda _locatie: None)

    uitkomst, rijen = _plan_tegelijk()

    assert isinstance(uitkomst.tweede, IntegrityError)
    assert rijen == [(dt.date(2020, 1, 1), 18), (WISSEL, 14)]


def test_the_second_plan_waits_and_counts():
    uitkomst, rijen = _plan_tegelijk()

    assert uitkomst.wachtte
    assert rijen == [(dt.date(2020, 1, 1), 18), (WISSEL, 12)]
