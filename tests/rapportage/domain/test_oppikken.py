"""What was left behind: lost by the queue, or held by a worker that was killed."""

from __future__ import annotations

import datetime as dt

import pytest

from rapportage.domain import oppikken
from rapportage.domain.maken import maak
from rapportage.domain.oppikken import MEESTE_POGINGEN, pak_op
from rapportage.domain.status import geef_terug, meld_mislukt, meld_voortgang, neem
from rapportage.models import CapaciteitsRapport
from rapportage.tasks import pak_rapporten_op
from rapportage.workflow import Stap
from tests.fabrieken import NU, maak_loket
from tests.rapportage.fabrieken import bewaar_voorbeeld, maak_rapport

pytestmark = pytest.mark.django_db


def na(minuten: float) -> dt.datetime:
    return NU + dt.timedelta(minutes=minuten)


def test_a_report_that_the_queue_lost_is_nudged_after_a_minute(wachtrij):
    rapport = maak_rapport(maak_loket())

    assert pak_op(nu=na(0.9)) == 0
    assert pak_op(nu=na(1.1)) == 1
    assert wachtrij("rapporten") == [("rapportage.tasks.maak_rapport", [rapport.pk])]


def test_a_report_of_a_worker_that_was_killed_goes_to_another(wachtrij):
    rapport = maak_rapport(maak_loket())
    claim = neem(rapport.pk, nu=NU)
    meld_voortgang(rapport.pk, claim, Stap.VRAGEN, nu=na(1))

    assert pak_op(nu=na(5.9)) == 0  # five minutes of silence are not over yet
    assert pak_op(nu=na(6.1)) == 1

    rapport.refresh_from_db()
    assert (rapport.status, rapport.claim, rapport.voortgang) == ("aangevraagd", None, 0)
    assert wachtrij("rapporten") == [("rapportage.tasks.maak_rapport", [rapport.pk])]
    assert maak(rapport.pk, klok=lambda: na(7)) is True


def test_a_report_that_kills_its_worker_every_time_is_given_up(wachtrij):
    rapport = maak_rapport(maak_loket())
    for _ in range(MEESTE_POGINGEN - 1):
        geef_terug(rapport.pk, neem(rapport.pk, nu=NU))
    neem(rapport.pk, nu=NU)

    assert pak_op(nu=na(10)) == 0

    rapport.refresh_from_db()
    assert (rapport.status, rapport.pogingen) == ("mislukt", MEESTE_POGINGEN)
    assert wachtrij("rapporten") == []


def test_a_worker_that_gives_up_at_this_very_moment_is_not_taken_back(wachtrij, monkeypatch):
    rapport = maak_rapport(maak_loket())
    neem(rapport.pk, nu=NU)

    def net_te_laat(rapport_id, claim) -> bool:
        meld_mislukt(rapport_id, claim, nu=na(6))
        return geef_terug(rapport_id, claim)

    monkeypatch.setattr(oppikken, "geef_terug", net_te_laat)

    assert pak_op(nu=na(6.1)) == 0
    assert wachtrij("rapporten") == []


def test_what_is_finished_is_not_picked_up(wachtrij):
    bewaar_voorbeeld(maak_loket())

    assert pak_op(nu=na(60 * 24)) == 0


def test_the_periodic_task_knows_the_time(wachtrij):
    rapport = maak_rapport(maak_loket())  # asked for in March 2026

    assert pak_rapporten_op() == 1
    assert CapaciteitsRapport.objects.get(pk=rapport.pk).status == "aangevraagd"
