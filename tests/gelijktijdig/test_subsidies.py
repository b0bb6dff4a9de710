"""Two approvals of one budget, two runs at once: never too much, never double.

The race is first run without the locks, to show that it is one (docs/gelijktijdigheid.md).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from opvang.domain.subsidies.beslissen import keur_goed_dienst
from opvang.domain.subsidies.fouten import BudgetOp
from opvang.domain.subsidies.rekenen import Uitkomst
from opvang.models import Subsidie
from opvang.models.subsidies import (
    SubsidiebudgetQuerySet,
    SubsidieQuerySet,
    SubsidiereglementQuerySet,
)
from tests.fabrieken import NU, maak_locatie, maak_vergunning
from tests.gelijktijdig.hulp import Uitkomst as Afloop
from tests.gelijktijdig.hulp import tegelijk
from tests.opvang.fabrieken_subsidies import S, Subsidies, maak_subsidies
from tests.spelers import roep_spelers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def zonder_slot(monkeypatch):
    """Take the row locks away, as if somebody had forgotten them."""
    for klasse in (SubsidiebudgetQuerySet, SubsidieQuerySet, SubsidiereglementQuerySet):
        monkeypatch.setattr(klasse, "vergrendeld", lambda self: self.order_by("pk"))


@pytest.fixture
def zonder_databasegrens():
    """Take away the trigger that adds up; put it back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE opvang_subsidie DISABLE TRIGGER subsidie_binnen_budget")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE opvang_subsidie ENABLE TRIGGER subsidie_binnen_budget")


@pytest.fixture
def sub() -> Subsidies:
    spelers = roep_spelers()
    return maak_subsidies(spelers.loket, spelers.carla)


def _twee_keer_veertien_duizend(sub: Subsidies) -> list[Subsidie]:
    """There is € 20 000: enough for either, not for both."""
    sub.regel()
    sub.budget("20000")
    return [sub.zet(sub.voorstel(maak_locatie(loket=sub.loket)), S.BEREKEND) for _ in range(2)]


def _keur_tegelijk(sub: Subsidies) -> Afloop:
    een, twee = _twee_keer_veertien_duizend(sub)
    return tegelijk(
        lambda: keur_goed_dienst(een, door=sub.kim, nu=NU),
        lambda: keur_goed_dienst(twee, door=sub.kim, nu=NU),
    )


@pytest.mark.usefixtures("zonder_slot", "zonder_databasegrens")
def test_without_lock_and_database_limit_the_budget_is_overspent(sub):
    uitkomst = _keur_tegelijk(sub)

    assert not uitkomst.wachtte
    assert Subsidie.objects.telt().som() == Decimal(28_000)


@pytest.mark.usefixtures("zonder_slot")
def test_without_lock_the_database_refuses_but_not_kindly(sub):
    uitkomst = _keur_tegelijk(sub)

    assert uitkomst.wachtte
    assert isinstance(uitkomst.tweede, IntegrityError)
    assert Subsidie.objects.telt().som() == Decimal(14_000)


def test_two_approvals_of_the_last_money(sub):
    uitkomst = _keur_tegelijk(sub)

    assert uitkomst.wachtte
    assert isinstance(uitkomst.eerste, Subsidie)
    assert isinstance(uitkomst.tweede, BudgetOp)
    assert Subsidie.objects.telt().som() == Decimal(14_000)


def test_budget_is_lowered_while_something_is_approved(sub):
    een, _twee = _twee_keer_veertien_duizend(sub)

    uitkomst = tegelijk(
        lambda: keur_goed_dienst(een, door=sub.kim, nu=NU), lambda: sub.budget("1000")
    )

    assert uitkomst.wachtte
    assert "Het budget kan niet lager zijn." in str(uitkomst.tweede)


def _reken_tegelijk(sub: Subsidies) -> Afloop:
    sub.regel()
    maak_vergunning(maak_locatie(loket=sub.loket), 14, vanaf=dt.date(2026, 2, 1))
    return tegelijk(sub.reken, sub.reken)


@pytest.mark.usefixtures("zonder_slot")
def test_without_lock_two_runs_collide(sub):
    uitkomst = _reken_tegelijk(sub)

    assert isinstance(uitkomst.tweede, IntegrityError)


def test_two_runs_propose_once(sub):
    uitkomst = _reken_tegelijk(sub)

    assert uitkomst.wachtte
    assert (uitkomst.eerste, uitkomst.tweede) == (Uitkomst(nieuw=1), Uitkomst())
    assert Subsidie.objects.count() == 1


def test_a_run_that_meets_an_approval_leaves_it_alone(sub):
    een, _twee = _twee_keer_veertien_duizend(sub)

    uitkomst = tegelijk(lambda: keur_goed_dienst(een, door=sub.kim, nu=NU), sub.reken)

    assert uitkomst.wachtte
    assert uitkomst.tweede == Uitkomst(vast=1)
    een.refresh_from_db()
    assert (een.status, een.bedrag) == (S.DIENST, 14_000)
