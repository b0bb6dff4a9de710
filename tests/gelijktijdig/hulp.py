"""Two people at the same moment, on two connections: the first waits before commit until the second
had its chance.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction


@dataclass
class Uitkomst:
    """`wachtte`: the second was still waiting for a lock when the first was about to commit."""

    wachtte: bool
    eerste: Any
    tweede: Any


def tegelijk(
    eerste: Callable[[], Any], tweede: Callable[[], Any], *, geduld: float = 0.6
) -> Uitkomst:
    """Run `eerste`, hold its commit, let `tweede` try meanwhile, then commit. An exception counts
    as the outcome.
    """
    begonnen = threading.Event()
    tweede_uit: list[Any] = []

    def loop() -> None:
        begonnen.wait(5)
        tweede_uit.append(_probeer(tweede))
        connection.close()

    draad = threading.Thread(target=loop)
    draad.start()
    with transaction.atomic():
        eerste_uit = _probeer(eerste)
        begonnen.set()
        draad.join(geduld)
        wachtte = draad.is_alive()
    draad.join(10)
    return Uitkomst(wachtte, eerste_uit, tweede_uit[0])


def _probeer(werk: Callable[[], Any]) -> Any:
    try:
        return werk()
    except Exception as fout:  # noqa: BLE001 -- the exception is the outcome
        return fout
