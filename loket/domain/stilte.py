"""Silence about somebody: what was asked to stop is not handed to the mail server any more.

A part of the portal may say, for a kind of subject, about whom its mail is and whether that is
silent (setting `MAIL_STILTE`). Two sides then share one advisory lock per `slot`, inside their
transaction (docs/gelijktijdigheid.md):

- who hands over a mail takes it shared, looks whether there is silence, and holds it meanwhile;
- who makes it silent takes it alone, and so waits for what is being handed over at that moment.

After the silence has committed nothing leaves, whoever had claimed the mail before.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils.module_loading import import_string

#: Handing over one mail may take this long; then the line is cut and it is tried again later.
#: Shorter than the wait below, and than `idle_in_transaction_session_timeout` (30 s).
OVERDRACHT_SECONDEN = 15.0
#: Silence waits this long for what is being handed over: it always outlasts that.
WACHT_MS = 20_000


@dataclass(frozen=True, slots=True)
class Stilte:
    """About whom a mail is (`slot`), and whether this address may hear of it now (`geldt`)."""

    slot: str
    geldt: Callable[[str], bool]


def stilte_over(soort: str, pk: int | None) -> Stilte | None:
    """What the part that owns this kind of subject says; None when silence is not its business."""
    vinder = settings.MAIL_STILTE.get(soort)
    if vinder is None or pk is None:
        return None
    stilte = import_string(vinder)(pk)
    assert stilte is None or isinstance(stilte, Stilte)
    return stilte


def deel(slot: str) -> bool:
    """Hold this lock with others until the transaction ends; False when somebody makes silence, or
    waits to.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"stilte:{slot}"]
        )
        (gelukt,) = cursor.fetchone()
    return bool(gelukt)


def neem(sloten: Iterable[str]) -> None:
    """Hold these locks alone until the transaction ends, in one order; waits for a mail that is
    being handed over.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
        )
        gewoon = cursor.fetchone()
        _grenzen(cursor, (f"{WACHT_MS}ms", f"{WACHT_MS}ms"))
        for slot in sorted(set(sloten)):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"stilte:{slot}"]
            )
        _grenzen(cursor, gewoon)


def _grenzen(cursor: Any, grenzen: tuple[str, str]) -> None:
    cursor.execute(
        "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)",
        grenzen,
    )


def verbreek(verbinding: BaseEmailBackend) -> None:
    """Cut the line to the mail server, from another thread: what was half said is not taken."""
    smtp: Any = getattr(verbinding, "connection", None)
    with suppress(OSError, AttributeError):
        smtp.sock.shutdown(socket.SHUT_RDWR)
