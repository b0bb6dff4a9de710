"""The surroundings of a demo: its directory, its port, its servers and its settings.

Called by `manage.py` before Django reads its settings; the command `demo` does the rest.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import socket
import time
from pathlib import Path

from loket import ingebed

POORT = 8000
GEDULD = 5.0


class DemoStartNiet(Exception):  # noqa: N818 -- our refusals are sentences
    """The demo can't be served here; the message says why, in one line."""


def keuzes(lezer: argparse.ArgumentParser) -> None:
    """Add the words that both `manage.py` and the command read."""
    lezer.add_argument("--poort", type=int, default=POORT)
    lezer.add_argument("--map", type=Path, help="default: var/demo-POORT")


def map_voor(basis: Path, poort: int) -> Path:
    """Return the directory of the demo on this port: two demos share nothing."""
    return basis / "var" / f"demo-{poort}"


def zet_omgeving(basis: Path, argumenten: list[str]) -> None:
    """Start the databases and give the demo its settings, whatever the shell says.

    Refuses a port that is taken, also by another demo.
    """
    lezer = argparse.ArgumentParser(add_help=False)
    keuzes(lezer)
    gekozen = lezer.parse_known_args(argumenten)[0]
    poort = gekozen.poort
    map_ = gekozen.map or map_voor(basis, poort)
    map_.mkdir(parents=True, exist_ok=True)
    slot = os.open(map_ / "demo.slot", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(slot)
        raise DemoStartNiet(f"A demo serves port {poort} already; choose POORT=…") from None
    # The lock stays with this process, as an open file, until it ends.
    _wacht_op_poort(poort)
    for naam in ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE"):
        os.environ.pop(naam, None)
    ingebed.start(map_)
    os.environ.update(
        DEBUG="0",
        DEMO="1",
        SECRET_KEY=ingebed.geheim(map_),
        SITE_URL=f"http://127.0.0.1:{poort}",
        ALLOWED_HOSTS="127.0.0.1,localhost",
        VAR=str(map_),
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        DEFAULT_FROM_EMAIL="loket@loket.example",
    )


def _wacht_op_poort(poort: int) -> None:
    """Give the processes of a demo that was killed a moment to let go of the port."""
    tot = time.monotonic() + GEDULD
    while True:
        with socket.socket() as proef:
            proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                proef.bind(("127.0.0.1", poort))
            except OSError as fout:
                if time.monotonic() > tot:
                    raise DemoStartNiet(f"Port {poort} is not free; choose POORT=…") from fout
            else:
                return
        time.sleep(0.2)
