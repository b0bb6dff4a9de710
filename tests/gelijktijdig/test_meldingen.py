"""Two workers look at the same alert: the parent gets one mail.

First the race without the guards, to show that the tests below can fail.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError

from loket.models import Bericht
from opvang.domain import vrijgekomen, weeklijst
from opvang.domain.meldingen import bevestig, stop
from opvang.domain.stand import Termijnen
from opvang.models import Melding
from opvang.models.meldingen import MeldingQuerySet
from tests.fabrieken import NU, maak_aanbod, maak_gemeente, maak_locatie, maak_loket
from tests.gelijktijdig.hulp import tegelijk
from tests.opvang.fabrieken_schuif import maak_melding, maak_weekmelding, mails

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NU + dt.timedelta(hours=1)
DONDERDAG = dt.datetime(2026, 3, 5, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def loket():
    return maak_loket(gemeenten=[maak_gemeente("Wilgenrade")])


@pytest.fixture
def melding(loket):
    melding = maak_melding()
    maak_aanbod(maak_locatie(loket=loket), nu=NU)
    return melding


def bekijk(melding):
    return vrijgekomen.bekijk(melding.pk, termijnen=Termijnen(), nu=LATER)


def zonder_slot(monkeypatch):
    monkeypatch.setattr(MeldingQuerySet, "vergrendeld", lambda self: self)


def test_without_lock_and_without_marking_both_would_mail_and_the_database_refuses(
    melding, monkeypatch
):
    """The control: the two guards taken away, both see the same news."""
    zonder_slot(monkeypatch)
    monkeypatch.setattr(Melding, "save", lambda *_args, **_kwargs: None)

    uitkomst = tegelijk(lambda: bekijk(melding), lambda: bekijk(melding))

    assert (uitkomst.eerste, uitkomst.wachtte) == (True, True)
    assert isinstance(uitkomst.tweede, IntegrityError)


def test_without_the_lock_a_worker_waits_for_the_other(melding, monkeypatch):
    zonder_slot(monkeypatch)

    uitkomst = tegelijk(lambda: bekijk(melding), lambda: bekijk(melding))

    assert (uitkomst.eerste, uitkomst.tweede, uitkomst.wachtte) == (True, False, True)


def test_with_it_the_second_passes_by_without_waiting(melding):
    uitkomst = tegelijk(lambda: bekijk(melding), lambda: bekijk(melding))

    assert (uitkomst.eerste, uitkomst.tweede, uitkomst.wachtte) == (True, False, False)
    assert len(mails("melding_plaatsen")) == 1


def test_the_weekly_list_too(loket):
    maak_weekmelding(loket)
    maak_aanbod(maak_locatie(loket=loket), nu=NU)

    uitkomst = tegelijk(
        lambda: weeklijst.mail_weeklijsten(nu=DONDERDAG),
        lambda: weeklijst.mail_weeklijsten(nu=DONDERDAG),
    )

    assert (uitkomst.eerste, uitkomst.tweede) == (1, 0)
    assert len(mails("melding_weeklijst")) == 1


def test_the_key_of_the_mail_holds_when_all_else_fails(melding):
    bekijk(melding)
    Melding.objects.update(bekeken_op=NU, gemaild_op=None)
    melding.bekend.all().delete()

    bekijk(melding)

    assert Bericht.objects.filter(sjabloon="opvang/melding_plaatsen").count() == 1


def test_stopping_and_confirming_at_once_end_in_stopped(loket):
    melding = maak_melding(actief=False)

    tegelijk(lambda: bevestig(melding.pk, nu=NU), lambda: stop(melding.pk, nu=NU))

    melding.refresh_from_db()
    assert melding.status == "gestopt"
