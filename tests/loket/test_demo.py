"""`make demo`: one command to a portal with people in it, that survives being killed."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from loket import demo

ROLLEN = ["beheerder", "loket", "opvang", "ouder", "schepen", "toeleider", "voorzitter"]


def hoor_ctrl_c() -> None:
    """A suite in the background of a shell ignores Ctrl-C, and what it starts inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Lopend:
    """A demo on a port and in a directory of its own."""

    def __init__(self, map_: Path, poort: int) -> None:
        self.map, self.poort = map_, poort
        eigen = ["--poort", str(poort), "--map", str(map_), "--schaal", "gemeente"]
        mee = ("PATH", "HOME", "LANG", "TMPDIR", "COVERAGE")
        kaal = {k: v for k, v in os.environ.items() if k.startswith(mee)}
        self.uitvoer = map_.parent / "uitvoer.txt"
        with self.uitvoer.open("wb") as uitvoer:
            self.proces = subprocess.Popen(
                [sys.executable, "manage.py", "demo", *eigen],
                cwd=settings.BASE_DIR,
                env=kaal,
                stdout=uitvoer,
                stderr=uitvoer,
                start_new_session=True,
                preexec_fn=hoor_ctrl_c,  # noqa: PLW1509 -- no thread of ours is running
            )

    def status(self, pad: str) -> int | None:
        verbinding = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=30)
        try:
            verbinding.request("GET", pad)
            return verbinding.getresponse().status
        except OSError:
            return None
        finally:
            verbinding.close()

    def wacht(self) -> None:
        wacht_tot(lambda: "Ctrl-C" in self.uitvoer.read_text() or self.proces.poll() is not None)
        assert self.proces.poll() is None, self.uitvoer.read_text()

    def ruim_op(self) -> None:
        """Leave nothing behind, whatever went wrong."""
        if self.proces.poll() is None:
            self.sla_dood()

    def sla_dood(self) -> None:
        """Kill the demo and all that it started, as the kernel would when memory runs out."""
        for proces in [*self.processen(), psutil.Process(self.proces.pid)]:
            # A child may end by itself as soon as its parent is gone.
            with contextlib.suppress(psutil.NoSuchProcess):
                proces.kill()
        self.proces.wait()

    def processen(self) -> list[psutil.Process]:
        return psutil.Process(self.proces.pid).children(recursive=True)


def wacht_tot(vraag, seconden: float = 170.0) -> None:
    tot = time.monotonic() + seconden
    while not vraag():
        assert time.monotonic() < tot, "this takes too long"
        time.sleep(0.2)


@pytest.fixture
def plek():
    """A directory with a short name and a port that nobody has."""
    pad = Path(tempfile.mkdtemp(prefix="loket-demo-"))
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort = proef.getsockname()[1]
    yield pad / "demo", poort
    shutil.rmtree(pad, ignore_errors=True)


@pytest.fixture
def start_demo(plek):
    begonnen = []

    def start() -> Lopend:
        begonnen.append(Lopend(*plek))
        return begonnen[-1]

    yield start
    for lopend in begonnen:
        lopend.ruim_op()


@pytest.mark.traag
def test_demo_serves_survives_a_kill_and_stops_without_leftovers(plek, start_demo):
    eerste = start_demo()
    eerste.wacht()

    gegevens = json.loads((plek[0].parent / "demo.json").read_text())
    assert gegevens["adres"] == f"http://127.0.0.1:{plek[1]}"
    assert sorted(gegevens["accounts"]) == ROLLEN
    assert set(gegevens["accounts"]["ouder"]) == {"e-mail", "wachtwoord"}
    assert {"api_sleutel", "loket", "locatie"} <= gegevens.keys()
    assert (eerste.status("/"), eerste.status("/readyz")) == (200, 200)

    eerste.sla_dood()
    tweede = start_demo()
    tweede.wacht()

    assert json.loads((plek[0].parent / "demo.json").read_text()) == gegevens
    assert tweede.status(f"/opvang/{gegevens['locatie']}/") == 200

    eigen = psutil.Process(tweede.proces.pid).children()
    oude_web = next(kind for kind in eigen if "gunicorn" in kind.cmdline())
    time.sleep(6)  # what dies sooner is not started again at once
    oude_web.kill()
    wacht_tot(lambda: "web ended with -9" in tweede.uitvoer.read_text())
    wacht_tot(lambda: tweede.status("/healthz") == 200)

    kinderen = tweede.processen()
    tweede.proces.send_signal(signal.SIGINT)
    assert tweede.proces.wait(60) == 0
    wacht_tot(lambda: not any(kind.is_running() for kind in kinderen))


def test_a_port_that_is_taken_is_refused_in_one_line(plek, monkeypatch):
    monkeypatch.setattr(demo, "GEDULD", 0.0)
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", plek[1]))
        bezet.listen()

        with pytest.raises(demo.DemoStartNiet, match=f"^Port {plek[1]} is not free; choose POORT="):
            demo.zet_omgeving(Path("/"), ["--poort", str(plek[1]), "--map", str(plek[0])])


def test_a_second_demo_on_the_same_port_is_refused_in_one_line(plek, monkeypatch):
    monkeypatch.setattr(demo, "_wacht_op_poort", lambda _poort: pytest.fail("got past the lock"))
    plek[0].mkdir(parents=True)
    with (plek[0] / "demo.slot").open("w") as slot:
        demo.fcntl.flock(slot, demo.fcntl.LOCK_EX)

        with pytest.raises(demo.DemoStartNiet, match=f"^A demo serves port {plek[1]} already"):
            demo.zet_omgeving(Path("/"), ["--poort", str(plek[1]), "--map", str(plek[0])])
