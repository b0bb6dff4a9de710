"""Two workers and one mail in the outbox: the reader gets it once.

First the race without the compare-and-swap, to show that the second test can fail.
"""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.db.models import F

from loket.domain import verzenden
from loket.domain.berichten import leg_klaar, stop_berichten_over
from loket.domain.verzenden import verstuur
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.fabrieken import NU, maak_loket
from tests.gelijktijdig.hulp import tegelijk
from tests.postbus import postbus

__all__ = ["postbus"]

pytestmark = pytest.mark.django_db(transaction=True)


def _verstuur_met_twee(pk: int) -> list[bool]:
    """Two workers start at the same moment, each on a connection of its own."""
    klaar = threading.Barrier(2)
    uitkomsten: list[bool] = []

    def werk() -> None:
        connection.ensure_connection()
        klaar.wait(5)
        uitkomsten.append(verstuur(pk, nu=NU))
        connection.close()

    werkers = [threading.Thread(target=werk) for _ in range(2)]
    for werker in werkers:
        werker.start()
    for werker in werkers:
        werker.join(20)
    return sorted(uitkomsten)


def test_without_the_compare_and_swap_the_mail_arrives_twice(postbus, monkeypatch):
    gekeken = threading.Barrier(2)

    def eerst_kijken_dan_schrijven(pk, *, nu):
        mag = verzenden._te_versturen(nu).filter(pk=pk).exists()
        gekeken.wait(5)
        Bericht.objects.filter(pk=pk).update(
            status=Berichtstatus.BEZIG, geclaimd_op=nu, pogingen=F("pogingen") + 1
        )
        return mag

    monkeypatch.setattr(verzenden, "claim", eerst_kijken_dan_schrijven)
    postbus.vertraging = 0.5
    bericht = leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=NU)

    assert _verstuur_met_twee(bericht.pk) == [True, True]

    assert [mail["To"] for mail in postbus.mails] == ["amina@voorbeeld.test"] * 2


def test_with_it_the_mail_arrives_once(postbus):
    postbus.vertraging = 0.5
    bericht = leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=NU)

    assert _verstuur_met_twee(bericht.pk) == [False, True]

    bericht.refresh_from_db()
    assert [mail["To"] for mail in postbus.mails] == ["amina@voorbeeld.test"]
    assert (bericht.status, bericht.pogingen) == (Berichtstatus.VERZONDEN, 1)


def test_nothing_is_locked_while_the_mail_server_is_spoken_to(postbus):
    bericht = leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=NU)
    gezien: list[object] = []

    def kijk_en_wijzig() -> None:
        with transaction.atomic():
            rij = Bericht.objects.select_for_update(nowait=True).get(pk=bericht.pk)
            gezien.append(rij.status)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND state LIKE 'idle in transaction%'"
            )
            gezien.append(cursor.fetchone()[0])
        connection.close()

    postbus.tijdens = kijk_en_wijzig

    assert verstuur(bericht.pk, nu=NU) is True

    assert gezien == [Berichtstatus.BEZIG, 0]


def test_a_mail_that_is_being_withdrawn_is_waited_for_and_does_not_go_out(postbus):
    """The question lapses in a transaction that has not committed; the worker waits for it."""
    loket = maak_loket()
    bericht = leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=NU, onderwerp=loket)

    uitkomst = tegelijk(lambda: stop_berichten_over(loket), lambda: verstuur(bericht.pk, nu=NU))

    assert (uitkomst.wachtte, uitkomst.eerste, uitkomst.tweede) == (True, 1, False)
    assert postbus.mails == []


def test_sending_inside_a_transaction_is_refused():
    bericht = leg_klaar("toegang/code", aan="amina@voorbeeld.test", nu=NU)

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        verstuur(bericht.pk, nu=NU)
