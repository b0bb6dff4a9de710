"""A real browser on a real portal: live server, Celery worker processes, and an SMTP server that
keeps what it gets.
"""

from __future__ import annotations

import email.message
import email.policy
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from loket import env
from loket.celery import app

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
AXE_REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"]
#: The databases before it are the site's own: its broker and its cache.
EERSTE_MAKELAAR = 2
VLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    programma = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    assert programma, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programma, args=VLAGGEN)
        yield browser
        browser.close()


@dataclass
class Postvak:
    """What the SMTP server received, oldest first."""

    berichten: list[email.message.EmailMessage] = field(default_factory=list)
    poort: int = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        bericht = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(bericht, email.message.EmailMessage)
        self.berichten.append(bericht)
        return "250 OK"

    def wacht_op(self, aan: str, *, met: str = "", vanaf: int = 0, geduld: float = 90) -> str:
        """The text of the first mail to this address that holds `met`, counting from the `vanaf`th
        mail.
        """
        tot = time.monotonic() + geduld
        while time.monotonic() < tot:
            for bericht in self.berichten[vanaf:]:
                tekst = bericht.get_body(("plain",))
                assert tekst is not None
                inhoud = f"{bericht['subject']}\n{tekst.get_content()}"
                if bericht["to"] == aan and met in inhoud:
                    return inhoud
            time.sleep(0.1)
        gezien = [(b["to"], b["subject"]) for b in self.berichten]
        pytest.fail(f"No mail to {aan} with {met!r}; received: {gezien}")


def _vrije_poort() -> int:
    with socket.socket() as sok:
        sok.bind(("127.0.0.1", 0))
        poort: int = sok.getsockname()[1]
        return poort


@pytest.fixture
def post() -> Iterator[Postvak]:
    vak = Postvak()
    server = Controller(vak, hostname="127.0.0.1", port=_vrije_poort())
    server.start()
    vak.poort = server.port
    yield vak
    server.stop()


@dataclass
class Portaal:
    """The running portal; `open` gives a window of its own, as another person on another device."""

    url: str
    post: Postvak
    open: Callable[..., Page]


@pytest.fixture
def portaal(
    live_server: object,
    chromium: Browser,
    post: Postvak,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Portaal]:
    """The portal with two worker processes on the test database and the real broker."""
    url = str(live_server)
    # A queue of its own: another test that runs now has its own database, and its own workers.
    nummer = EERSTE_MAKELAAR + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    makelaar = env.redis_broker(settings.REDIS_URL, nummer)
    redis.from_url(env.redis_db(settings.REDIS_URL, nummer)).flushdb()
    monkeypatch.setattr(settings, "SITE_URL", url)
    monkeypatch.setitem(app.conf, "broker_url", makelaar)
    # An earlier test may have left connections to a broker that is not there.
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    werkers = [
        _start_werker(wachtrij, url, post, tmp_path, makelaar=makelaar)
        for wachtrij in ("standaard", "rapporten")
    ]
    contexten: list[BrowserContext] = []

    def open_venster(*, js: bool = True, breedte: int = 360, thema: str = "light") -> Page:
        context = chromium.new_context(
            java_script_enabled=js,
            viewport={"width": breedte, "height": 800},
            locale="nl-BE",
            color_scheme=thema,
            base_url=url,
            accept_downloads=True,
        )
        context.set_default_timeout(30_000)
        contexten.append(context)
        return context.new_page()

    yield Portaal(url, post, open_venster)
    for context in contexten:
        context.close()
    for werker in werkers:
        werker.terminate()
    for werker in werkers:
        werker.wait(30)


def _start_werker(
    wachtrij: str, url: str, post: Postvak, tmp_path: Path, *, makelaar: str
) -> subprocess.Popen[bytes]:
    databank = connection.settings_dict
    adres = f"postgresql://{databank['USER']}@/{databank['NAME']}?host={databank['HOST']}"
    omgeving = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "loket.settings",
        "DATABASE_URL": adres,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": url,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(post.poort),
        "DEBUG": "1",
    }
    opdracht = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "loket.celery",
        "-b",
        makelaar,
        "worker",
        "-Q",
        wachtrij,
        "-P",
        "solo",
    ]
    with (tmp_path / f"{wachtrij}.log").open("wb") as logboek:
        return subprocess.Popen(opdracht, env=omgeving, stdout=logboek, stderr=logboek)


@pytest.fixture
def geen_axe_fouten() -> Callable[[Page], None]:
    """Check a page with axe-core at 360 and at 1280 px: no violation at all."""

    def kijk_na(pagina: Page) -> None:
        for breedte in (1280, 360):
            pagina.set_viewport_size({"width": breedte, "height": 800})
            if not pagina.evaluate("() => 'axe' in window"):
                pagina.evaluate(AXE.read_text(encoding="utf-8"))
            uitslag = pagina.evaluate(
                "async (regels) => await axe.run({runOnly: {type: 'tag', values: regels}})",
                AXE_REGELS,
            )
            fouten = [
                (fout["id"], knoop["target"], knoop.get("failureSummary"))
                for fout in uitslag["violations"]
                for knoop in fout["nodes"]
            ]
            assert fouten == [], f"{pagina.url} at {breedte} px"
            breder = pagina.evaluate(
                "() => document.documentElement.scrollWidth - window.innerWidth"
            )
            assert breder <= 0, f"{pagina.url} scrolls sideways at {breedte} px"

    return kijk_na
