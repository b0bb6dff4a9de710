"""Serve the portal with demo data, on servers of its own: `make demo`.

One directory per port (`var/demo-8000`) holds the databases, mails and files of a demo; what is in
it stays until `make clean`. The web server, the workers and beat are real processes, as in
production, and end with this one.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from loket import ingebed
from loket.demo import keuzes, map_voor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.management.base import CommandParser

CELERY = [sys.executable, "-m", "celery", "-A", "loket"]
# One process each; they need no news of each other, and start sooner without it.
KLEIN = ["-c", "1", "--without-gossip", "--without-mingle"]
DIENSTEN = {
    "web": [
        *(sys.executable, "-m", "gunicorn", "loket.wsgi", "--bind", "127.0.0.1:{poort}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"),
        *("--graceful-timeout", "5", "--no-control-socket"),
    ],
    "worker": [*CELERY, "worker", "-Q", "standaard", "-n", "werk@%h", *KLEIN],
    "worker-rapporten": [*CELERY, "worker", "-Q", "rapporten", "-n", "rapport@%h", *KLEIN],
    "beat": [*CELERY, "beat"],
}
STOPTIJD = 15.0


class Command(BaseCommand):
    help = "Serves the portal with demo data on 127.0.0.1."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        keuzes(parser)
        parser.add_argument("--schaal", default="regio", help="see `manage.py demodata --help`")

    def handle(self, *_args: Any, poort: int, schaal: str, **opties: Any) -> None:
        begin = time.monotonic()
        map_ = opties["map"] or map_voor(settings.BASE_DIR, poort)
        bereid_voor(map_, schaal)
        toezicht = Toezicht(map_, poort, self.meld)
        try:
            toezicht.start()
            self.vertel(map_, poort, time.monotonic() - begin)
            toezicht.blijf()
        finally:
            toezicht.stop()

    def vertel(self, map_: Path, poort: int, duur: float) -> None:
        """Write `var/demo.json` and show where to go and who one can be."""
        adres = f"http://127.0.0.1:{poort}"
        gegevens: dict[str, Any] = {"adres": adres}
        if (map_ / "gegevens.json").exists():
            gegevens |= json.loads((map_ / "gegevens.json").read_text(encoding="utf-8"))
        inhoud = json.dumps(gegevens, indent=2, ensure_ascii=False) + "\n"
        for doel in (map_ / "demo.json", map_.parent / "demo.json"):
            nieuw = doel.with_suffix(f".{poort}.nieuw")
            nieuw.write_text(inhoud, encoding="utf-8")
            nieuw.replace(doel)
        rij = "  {:<12} {:<36} {}"
        regels = ["", f"  {adres}   (served after {duur:.0f} s; Ctrl-C stops)", ""]
        regels += [
            rij.format(rol, account["e-mail"], account["wachtwoord"])
            for rol, account in gegevens.get("accounts", {}).items()
        ]
        regels += [
            "",
            f"  mails that went out: {map_ / 'mail'}",
            f"  what the servers say: {map_}/*.log",
            "",
        ]
        self.meld("\n".join(regels))

    def meld(self, tekst: str) -> None:
        """Write so that it is read at once, in a file too."""
        self.stdout.write(tekst)
        self.stdout.flush()


class Toezicht:
    """Starts the processes of the demo, starts again what dies, and stops them together."""

    def __init__(self, map_: Path, poort: int, meld: Callable[[str], object]) -> None:
        self.map = map_
        self.poort = poort
        self.meld = meld
        self.lopend: dict[str, subprocess.Popen[bytes]] = {}
        self.klaar = False
        # Started by make, and make is gone: nobody is left who could stop us.
        self.make = os.getppid() if "MAKELEVEL" in os.environ else None

    def start(self) -> None:
        """Start everything and return as soon as a page is served."""
        for teken in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(teken, self._vraag_stop)
        self._begin("web")
        while not self._antwoordt():
            if self.klaar or self.lopend["web"].poll() is not None:
                raise CommandError(f"The web server does not start; see {self.map / 'web.log'}")
            time.sleep(0.1)
        for naam in DIENSTEN:
            if naam != "web":
                self._begin(naam)

    def blijf(self) -> None:
        """Keep everything running until someone asks to stop."""
        begonnen = dict.fromkeys(DIENSTEN, time.monotonic())
        try:
            while not self.klaar and self.make in {None, os.getppid()}:
                time.sleep(0.5)
                for naam, dienst in list(self.lopend.items()):
                    if dienst.poll() is None:
                        continue
                    # What fails at once must not be started in a tight loop.
                    if time.monotonic() - begonnen[naam] > STOPTIJD / 3:
                        self.meld(f"{naam} ended with {dienst.returncode}; starting it again.")
                        self._begin(naam)
                        begonnen[naam] = time.monotonic()
        except KeyboardInterrupt:
            self.meld("")

    def stop(self) -> None:
        """Ask every process to finish, and end those that do not."""
        for teken in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(teken, signal.SIG_IGN)
        for dienst in self.lopend.values():
            dienst.terminate()
        tot = time.monotonic() + STOPTIJD
        for dienst in self.lopend.values():
            try:
                dienst.wait(max(0.1, tot - time.monotonic()))
            except subprocess.TimeoutExpired:
                dienst.kill()
                dienst.wait()

    def _vraag_stop(self, *_: object) -> None:
        self.klaar = True

    def _begin(self, naam: str) -> None:
        woorden = [woord.format(poort=self.poort) for woord in DIENSTEN[naam]]
        with (self.map / f"{naam}.log").open("ab") as uitvoer:
            self.lopend[naam] = subprocess.Popen(  # noqa: S603 -- our own programs
                [*ingebed.met_ouder("TERM"), *woorden],
                stdin=subprocess.DEVNULL,
                stdout=uitvoer,
                stderr=uitvoer,
                cwd=settings.BASE_DIR,
                start_new_session=True,  # Ctrl-C is ours to pass on
            )

    def _antwoordt(self) -> bool:
        verbinding = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=5)
        try:
            verbinding.request("GET", "/healthz")
            return verbinding.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            verbinding.close()


def bereid_voor(map_: Path, schaal: str) -> None:
    """Bring the tables and the static files up to date and fill an empty database."""
    call_command("migrate", verbosity=0)
    verzamel_statisch()
    gegevens = map_ / "gegevens.json"
    if not gegevens.exists():
        call_command("demodata", schaal=schaal, zaad=2026, uit=gegevens)
    connections.close_all()


def verzamel_statisch() -> None:
    """Collect the static files, unless they are those of the last time."""
    merk = Path(settings.STATIC_ROOT) / ".verzameld"
    bronnen = (
        (opslag.path(pad), Path(opslag.path(pad)).stat())
        for vinder in get_finders()
        for pad, opslag in vinder.list(["CVS", ".*", "*~"])
    )
    stand = json.dumps(sorted((pad, stat.st_size, stat.st_mtime_ns) for pad, stat in bronnen))
    if merk.exists() and merk.read_text(encoding="utf-8") == stand:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    merk.write_text(stand, encoding="utf-8")
