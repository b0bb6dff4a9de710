"""Calm while a worker has a mail in its hands: once it is there, nothing is handed over any more.

First the race without the lock, to show that the others can fail.
"""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from aanvragen.domain.stoppen import breng_tot_rust
from aanvragen.models import Opvangvraag
from loket.domain import verzenden
from loket.domain.berichten import leg_klaar
from loket.domain.verzenden import verstuur
from loket.models import Bericht
from loket.workflow import Berichtstatus
from tests.fabrieken import NU, maak_gebruiker, maak_vraag
from tests.postbus import postbus

__all__ = ["postbus"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vraag():
    return maak_vraag(gebruiker=maak_gebruiker("amina@voorbeeld.test"))


@pytest.fixture
def bericht(vraag):
    return Bericht.objects.get(aan="amina@voorbeeld.test")


def _draad(werk) -> threading.Thread:
    def loop() -> None:
        werk()
        connection.close()

    draad = threading.Thread(target=loop)
    draad.start()
    return draad


def _rust(vraag, *, klaar: list[float] | None = None) -> None:
    breng_tot_rust(Opvangvraag.objects.get(pk=vraag.pk), door=None, nu=NU)
    if klaar is not None:
        klaar.append(time.monotonic())


def _rust_tijdens_de_overdracht(postbus, vraag, bericht) -> tuple[float, float]:
    """Ask for calm while the mail server has the mail; when it was there, and when it was sent."""
    aangenomen: list[float] = []
    klaar: list[float] = []
    draden: list[threading.Thread] = []

    def tijdens() -> None:
        draden.append(_draad(lambda: _rust(vraag, klaar=klaar)))
        time.sleep(0.7)
        aangenomen.append(time.monotonic())

    postbus.tijdens = tijdens
    verstuur(bericht.pk, nu=NU)
    for draad in draden:
        draad.join(10)
    return klaar[0], aangenomen[0]


def test_without_the_lock_a_mail_arrives_after_the_calm(postbus, vraag, bericht, monkeypatch):
    monkeypatch.setattr(verzenden, "deel", lambda _slot: True)

    rust_er, aangenomen = _rust_tijdens_de_overdracht(postbus, vraag, bericht)

    assert rust_er < aangenomen
    assert len(postbus.mails) == 1


def test_calm_waits_for_the_mail_that_is_being_handed_over(postbus, vraag, bericht):
    rust_er, aangenomen = _rust_tijdens_de_overdracht(postbus, vraag, bericht)

    assert aangenomen < rust_er
    bericht.refresh_from_db()
    # The record says what happened: it was out before there was calm.
    assert bericht.status == Berichtstatus.VERZONDEN
    assert Opvangvraag.objects.get(pk=vraag.pk).vervalreden == "droevig_nieuws"


def test_a_mail_that_was_claimed_before_the_calm_does_not_leave(
    postbus, vraag, bericht, monkeypatch
):
    """The worker has it, and calm commits before it looks for the last time."""
    echt = verzenden.deel

    def net_ervoor(slot: str) -> bool:
        _draad(lambda: _rust(vraag)).join(10)
        return echt(slot)

    monkeypatch.setattr(verzenden, "deel", net_ervoor)

    assert verstuur(bericht.pk, nu=NU) is False

    bericht.refresh_from_db()
    assert (postbus.mails, bericht.status) == ([], Berichtstatus.INGETROKKEN)


def test_a_worker_waits_while_calm_is_being_asked_for(postbus, vraag, bericht):
    """Calm has not committed: the mail is left for a minute, and that is not an attempt."""
    with transaction.atomic():
        _rust(vraag)
        uit: list[bool] = []
        # Claiming waits for the row that calm withdraws; another mail, written meanwhile, does not.
        ander = _schrijf_ernaast(vraag)
        _draad(lambda: uit.append(verstuur(ander, nu=NU))).join(10)

    rij = Bericht.objects.get(pk=ander)
    assert (uit, postbus.mails) == ([False], [])
    assert (rij.status, rij.pogingen) == (Berichtstatus.WACHT, 0)
    assert verstuur(ander, nu=rij.volgende_poging_op) is False
    rij.refresh_from_db()
    assert (rij.status, postbus.mails) == (Berichtstatus.INGETROKKEN, [])


def _schrijf_ernaast(vraag) -> int:
    """A provider's answer of the same moment: its transaction does not see the calm."""
    pks: list[int] = []

    def schrijf() -> None:
        nieuw = leg_klaar(
            "toegang/code",
            aan="bram@voorbeeld.test",
            nu=NU,
            onderwerp=Opvangvraag.objects.get(pk=vraag.pk),
        )
        assert nieuw is not None
        pks.append(nieuw.pk)

    _draad(schrijf).join(10)
    return pks[0]


def test_a_mail_server_that_never_finishes_is_hung_up_on(postbus, vraag, bericht, monkeypatch):
    """Otherwise calm would wait for it, or the mail leave when nobody waits any more."""
    monkeypatch.setattr(verzenden, "OVERDRACHT_SECONDEN", 0.4)
    postbus.vertraging = 3

    begin = time.monotonic()
    assert verstuur(bericht.pk, nu=timezone.now()) is False
    duur = time.monotonic() - begin

    bericht.refresh_from_db()
    assert duur < 2.5
    assert (bericht.status, bericht.pogingen) == (Berichtstatus.WACHT, 1)


def test_two_parents_ask_for_calm_at_once(vraag):
    fouten: list[Exception] = []

    def werk() -> None:
        try:
            _rust(vraag)
        except Exception as fout:  # noqa: BLE001 -- the exception is the outcome
            fouten.append(fout)

    draden = [_draad(werk) for _ in range(2)]
    for draad in draden:
        draad.join(15)

    assert fouten == []
    assert Opvangvraag.objects.get(pk=vraag.pk).vervalreden == "droevig_nieuws"
