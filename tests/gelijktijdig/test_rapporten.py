"""Two workers, one report: exactly one makes it. And whoever looks meanwhile sees how far it is."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from loket.models import Bericht, Gebeurtenis
from rapportage.domain import maken
from rapportage.domain.maken import maak
from rapportage.models import CapaciteitsRapport
from rapportage.pdf import rapport_als_pdf
from rapportage.workflow import Rapportstatus
from tests.fabrieken import NU, maak_gebruiker, maak_loket
from tests.rapportage.fabrieken import maak_rapport

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gemaakt(monkeypatch) -> list[int]:
    """Counts how often a PDF is really made."""
    keer: list[int] = []

    def tel(*args: Any, **kwargs: Any) -> bytes:
        keer.append(1)
        return rapport_als_pdf(*args, **kwargs)

    monkeypatch.setattr(maken, "rapport_als_pdf", tel)
    return keer


def _in_draad(werk: Callable[[], Any], uit: list[Any]) -> threading.Thread:
    def loop() -> None:
        try:
            uit.append(werk())
        except Exception as fout:  # noqa: BLE001 -- the exception is the outcome
            uit.append(fout)
        finally:
            connection.close()

    draad = threading.Thread(target=loop)
    draad.start()
    return draad


def _twee_workers(rapport: CapaciteitsRapport) -> list[Any]:
    """Both have read the task and stand before the claim; then both go."""
    start = threading.Barrier(2, timeout=20)
    uit: list[Any] = []

    def worker() -> bool:
        eerste_keer = []

        def klok():
            if not eerste_keer:
                eerste_keer.append(1)
                start.wait()
            return NU

        return maak(rapport.pk, klok=klok)

    draden = [_in_draad(worker, uit) for _ in range(2)]
    for draad in draden:
        draad.join(60)
    return uit


def _claim_zonder_te_kijken(rapport_id: int, *, nu) -> uuid.UUID:
    """What `neem` would be for somebody who forgot that there may be two."""
    claim = uuid.UUID(int=1)
    CapaciteitsRapport.objects.filter(pk=rapport_id).update(
        status=Rapportstatus.BEZIG, claim=claim, begonnen_op=nu, hartslag_op=nu
    )
    return claim


def test_without_the_claim_two_workers_make_the_report(monkeypatch, gemaakt):
    monkeypatch.setattr(maken, "neem", _claim_zonder_te_kijken)
    rapport = maak_rapport(maak_loket())

    _twee_workers(rapport)

    assert len(gemaakt) == 2


def test_with_the_claim_exactly_one_makes_it_and_tells_it_once(gemaakt):
    rapport = maak_rapport(maak_loket(), door=maak_gebruiker("carla@voorbeeld.test"))

    uitkomst = _twee_workers(rapport)

    assert sorted(uitkomst) == [False, True]
    assert len(gemaakt) == 1
    rapport.refresh_from_db()
    assert (rapport.status, rapport.pogingen) == ("klaar", 1)
    assert Bericht.objects.over(rapport).count() == 1
    assert Gebeurtenis.objects.filter(werkwoord="rapportage.rapport.klaar").count() == 1


def test_progress_is_seen_by_others_while_the_report_is_being_made(monkeypatch):
    tekent, verder = threading.Event(), threading.Event()

    def teken(*args: Any, **kwargs: Any) -> bytes:
        tekent.set()
        assert verder.wait(20)
        return rapport_als_pdf(*args, **kwargs)

    monkeypatch.setattr(maken, "rapport_als_pdf", teken)
    rapport = maak_rapport(maak_loket())
    uit: list[Any] = []
    draad = _in_draad(lambda: maak(rapport.pk, klok=lambda: NU), uit)
    assert tekent.wait(20)

    rapport.refresh_from_db()
    gezien = (rapport.status, rapport.stap, rapport.voortgang)
    verder.set()
    draad.join(60)

    assert gezien == ("bezig", "pdf", 60)
    assert uit == [True]
