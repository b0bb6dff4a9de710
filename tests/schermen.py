"""Photograph every page for every role: `make schermen`, or `python -m tests.schermen`.

Takes the demo that is running, or starts one. Each role signs in, opens every named address without
arguments and every kind of page that is linked from there, once. Each page is photographed at three
widths, light and dark, into `var/schermen/`; `index.html` there shows them side by side and lists
what looks wrong. What no link leads to stands in the tables below.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import html
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
from django.urls import NoReverseMatch, Resolver404, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, sync_playwright
from playwright.sync_api import Error as PlaywrightError

WORTEL = Path(__file__).resolve().parent.parent
BREEDTES = (360, 768, 1280)
THEMAS = {"licht": "light", "donker": "dark"}
HOOGSTE = 8000
VAN_ELK = 8
BEZOEKER = "bezoeker"
POORT_VOOR_FOTOS = 8990
VLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: Pages behind an argument that no link leads to; {…} comes from var/demo.json.
VOORBEELDEN: dict[str, str] = {
    "opvang:locatie": "/opvang/{locatie}/",
    "niet gevonden": "/bestaat-niet/",
}
#: Pages behind a button: the page, and what to press there. Only what a demo may take.
KNOPPEN: dict[str, list[tuple[str, str]]] = {BEZOEKER: [("/aanvraag/", "main form button")]}
#: Views that are another page for every value of this argument.
ELKE_WAARDE = {"aanvragen:stap": "slug"}
#: The same for everyone: the visitor's photograph will do.
VOOR_IEDEREEN = {"stijl", "privacy", "toegankelijkheid", "niet gevonden"}
#: Addresses that answer with something else than a page of ours.
GEEN_PAGINA = ("admin:", "healthz", "readyz", "metrics", "huisstijl", "schema", "api")


@dataclass
class Pagina:
    """A page as one role saw it."""

    rol: str
    naam: str
    pad: str
    titel: str = ""
    beelden: dict[tuple[int, str], str] = field(default_factory=dict)
    opmerkingen: list[str] = field(default_factory=list)


def naam_van(pad: str) -> str:
    """Name of the view behind an address; nothing for what is no page."""
    try:
        gevonden = resolve(pad)
    except Resolver404:
        return "niet gevonden"
    naam = gevonden.view_name or ""
    if naam in ELKE_WAARDE:
        return f"{naam} {gevonden.kwargs[ELKE_WAARDE[naam]]}"
    beheer = naam.startswith("admin:") and naam != "admin:index"
    return "" if beheer or (naam != "admin:index" and naam.startswith(GEEN_PAGINA)) else naam


def alle_namen(resolver: URLResolver | None = None, ruimte: str = "") -> Iterator[str]:
    """Walk the URLconf."""
    for patroon in (resolver or get_resolver()).url_patterns:
        if isinstance(patroon, URLResolver):
            onder = f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
            yield from alle_namen(patroon, onder)
        elif patroon.name and (
            f"{ruimte}{patroon.name}" == "admin:index"
            or not f"{ruimte}{patroon.name}".startswith(GEEN_PAGINA)
        ):
            yield f"{ruimte}{patroon.name}"


def zonder_argumenten() -> Iterator[str]:
    for naam in alle_namen():
        try:
            yield reverse(naam)
        except NoReverseMatch:
            continue


# The demo


def lees_demo() -> dict[str, object] | None:
    """Find the demo that answers now."""
    for bestand in [WORTEL / "var/demo.json", *sorted(WORTEL.glob("var/demo-*/demo.json"))]:
        if not bestand.exists():
            continue
        demo = json.loads(bestand.read_text(encoding="utf-8"))
        try:
            urllib.request.urlopen(f"{demo['adres']}/healthz", timeout=5).close()  # noqa: S310 -- our demo
        except (OSError, urllib.error.URLError):
            continue
        return demo
    return None


@contextmanager
def een_demo() -> Iterator[dict[str, object]]:
    """Give the running demo, or one for the occasion."""
    demo = lees_demo()
    if demo is not None:
        yield demo
        return
    opdracht = [sys.executable, "manage.py", "demo", "--poort", str(POORT_VOOR_FOTOS)]
    with subprocess.Popen(opdracht, cwd=WORTEL, stdout=subprocess.DEVNULL) as proces:
        try:
            for _ in range(300):
                demo = lees_demo()
                if demo is not None or proces.poll() is not None:
                    break
                time.sleep(1)
            if demo is None:
                raise SystemExit("The demo does not start; try `make demo`.")
            yield demo
        finally:
            proces.terminate()


def meld_aan(context: BrowserContext, adres: str, account: dict[str, str]) -> None:
    """Sign in as a demo account; a demo without this role stops here."""
    pagina = context.new_page()
    pagina.goto(adres + reverse("account_login_wachtwoord"))
    pagina.locator('input[type="email"]').fill(account["e-mail"])
    pagina.locator('input[type="password"]').fill(account["wachtwoord"])
    pagina.locator('main form button:not([type="button"])').first.click()
    pagina.wait_for_load_state()
    if "/accounts/login" in pagina.url:
        raise SystemExit(f"{account['e-mail']} can not sign in.")
    pagina.close()


def uit_mails(demo: dict[str, object]) -> Iterator[str]:
    """Find the pages that only a mail leads to."""
    adres = str(demo["adres"])
    for pad in sorted(WORTEL.glob(f"var/demo-{urlsplit(adres).port}/mail/*"), reverse=True):
        for deel in email.message_from_bytes(pad.read_bytes(), policy=email.policy.default).walk():
            if deel.get_content_type() == "text/plain":
                yield from re.findall(rf"{re.escape(adres)}(/[^\s?#]*)", deel.get_content())


# Walking and photographing


class Fotograaf:
    """Walks through the portal as one role."""

    def __init__(
        self, rol: str, context: BrowserContext, demo: dict[str, object], keuzes: argparse.Namespace
    ) -> None:
        self.rol = rol
        self.context = context
        self.adres = str(demo["adres"])
        self.keuzes = keuzes
        self.gezien: dict[str, Pagina] = {}
        self.soort: Counter[str] = Counter()
        self.fouten: list[str] = []
        paden = [
            pad.format(**{k: v for k, v in demo.items() if isinstance(v, str)})
            for pad in VOORBEELDEN.values()
        ]
        mails = uit_mails(demo) if rol == BEZOEKER else ()
        self.wachtrij = deque(dict.fromkeys([*zonder_argumenten(), *paden, *mails]))
        self.bekend = set(self.wachtrij)
        self.venster = context.new_page()
        self.venster.on("pageerror", lambda fout: self.fouten.append(str(fout)))
        self.venster.on(
            "console",
            lambda bericht: self.fouten.append(bericht.text) if bericht.type == "error" else None,
        )

    def loop(self) -> list[Pagina]:
        """Open everything that this role can reach."""
        while self.wachtrij:
            self.bezoek(self.wachtrij.popleft())
        for pad, knop in KNOPPEN.get(self.rol, []):
            self.venster.goto(self.adres + pad)
            self.venster.locator(knop).first.click()
            self.venster.wait_for_load_state()
            self.bekijk()
            while self.wachtrij:
                self.bezoek(self.wachtrij.popleft())
        self.venster.close()
        return list(self.gezien.values())

    def bezoek(self, pad: str) -> None:
        # Asked first outside the window: a download would not leave a page to look at.
        antwoord = self.context.request.get(self.adres + pad)
        soort = antwoord.headers.get("content-type", "")
        eind = urlsplit(antwoord.url)
        if not soort.startswith("text/html") or eind.netloc != urlsplit(self.adres).netloc:
            return
        naam = naam_van(eind.path)
        if naam in self.gezien:
            # Another one of a kind may lead further: a past meeting has minutes, the next one not.
            self._verder(re.findall(r'<a[^>]+href="([^"#]+)"', antwoord.text()))
        if naam in {"", *self.gezien}:
            return
        if antwoord.status in {403, 404, 405} and naam != "niet gevonden":
            return
        try:
            self.venster.goto(self.adres + pad)
        except PlaywrightError as fout:
            self.fouten.append(f"{pad}: {fout.message.splitlines()[0]}")
            return
        self.bekijk(antwoord.status)

    def bekijk(self, status: int = 200) -> None:
        """Photograph the page that is open and remember where it leads."""
        pad = urlsplit(self.venster.url).path
        naam = naam_van(pad)
        if not naam or naam in self.gezien:
            return
        pagina = Pagina(self.rol, naam, pad, self.venster.title())
        self.gezien[naam] = pagina
        if status not in {200, 404}:
            pagina.opmerkingen.append(f"status {status}")
        if self.venster.locator("h1").count() != 1:
            pagina.opmerkingen.append(f"{self.venster.locator('h1').count()} × h1")
        self._verder(
            self.venster.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        )
        voor_wie = naam not in VOOR_IEDEREEN or self.rol == BEZOEKER
        if self.keuzes.pagina in naam and voor_wie:
            self._fotografeer(pagina)
        if naam != "niet gevonden":
            pagina.opmerkingen += dict.fromkeys(self.fouten)
        self.fouten.clear()

    def _verder(self, links: list[str]) -> None:
        """Queue what is linked, but only a few of each kind."""
        for link in links:
            deel = urlsplit(urljoin(self.adres, html.unescape(link)))
            if f"{deel.scheme}://{deel.netloc}" != self.adres or deel.path in self.bekend:
                continue
            naam = naam_van(deel.path)
            self.soort[naam] += 1
            if naam and self.soort[naam] <= VAN_ELK:
                self.bekend.add(deel.path)
                self.wachtrij.append(deel.path + (f"?{deel.query}" if deel.query else ""))

    def _fotografeer(self, pagina: Pagina) -> None:
        self.venster.evaluate("document.fonts.ready")
        for thema in self.keuzes.thema:
            self.venster.emulate_media(color_scheme=THEMAS[thema])
            for breedte in self.keuzes.breedte:
                self.venster.set_viewport_size({"width": breedte, "height": 900})
                maten = self.venster.evaluate(
                    "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
                )
                if maten[0] > breedte and thema == "licht":
                    pagina.opmerkingen.append(f"{maten[0] - breedte} px te breed op {breedte}")
                naam = pagina.naam.replace(":", "-").replace(" ", "-")
                bestand = f"{self.rol}/{naam}-{breedte}-{thema}.png"
                self.venster.screenshot(
                    path=self.keuzes.naar / bestand,
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": breedte, "height": min(maten[1], HOOGSTE)},
                )
                pagina.beelden[breedte, thema] = bestand


# The index


STIJL = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 1.5rem } h2 { margin-block: 2.5rem .5rem }
.rij { display: grid; grid-template-columns: 9rem repeat(auto-fit, minmax(8rem, 13rem)) }
.rij { gap: .75rem; margin-block: .5rem } figure { margin: 0 }
img { inline-size: 100%; block-size: 11rem; object-fit: cover; object-position: top }
img { border: 1px solid }
figcaption, small { color: GrayText } .mis { color: #b3261e; font-weight: 600 }
nav { columns: 16rem; margin-block: 1rem }
"""


def schrijf_index(paginas: list[Pagina], map_: Path, nooit: list[str]) -> Path:
    """Lay the photographs side by side: one block per page, one row per role."""
    e = html.escape
    per_naam: dict[str, list[Pagina]] = {}
    for pagina in paginas:
        if pagina.beelden:
            per_naam.setdefault(pagina.naam, []).append(pagina)
    opvallend = [
        f'<li><a href="#{e(p.naam)}">{e(p.naam)}</a> ({e(p.rol)}): {e(opmerking)}</li>'
        for p in paginas
        for opmerking in p.opmerkingen
    ]
    telling = (
        f"{len(per_naam)} bladzijden, {len({p.rol for p in paginas})} rollen, "
        f"{sum(len(p.beelden) for p in paginas)} foto's."
    )
    delen = [
        '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Schermen</title>',
        f"<style>{STIJL}</style><h1>Schermen</h1>",
        f"<p>{telling} {timezone.now():%Y-%m-%d %H:%M} UTC</p>",
        f'<h2>Opvallend</h2><ul class="mis">{"".join(opvallend)}</ul>'
        if opvallend
        else "<p>Niets opvallends.</p>",
        f"<p><small>Niet bereikt: {e(', '.join(nooit)) or 'niets'}</small></p><nav>",
        *(f'<a href="#{e(naam)}">{e(naam)}</a><br>' for naam in sorted(per_naam)),
        "</nav>",
    ]
    for naam, gezien in sorted(per_naam.items()):
        delen.append(f'<h2 id="{e(naam)}">{e(naam)}</h2><p>{e(gezien[0].titel)}</p>')
        for p in gezien:
            beelden = "".join(
                f'<figure><a href="{e(bestand)}"><img loading="lazy" src="{e(bestand)}" alt=""></a>'
                f"<figcaption>{breedte} {thema}</figcaption></figure>"
                for (breedte, thema), bestand in p.beelden.items()
            )
            delen.append(
                f'<div class="rij"><div>{e(p.rol)} <small>{e(p.pad)}</small></div>{beelden}</div>'
            )
    index = map_ / "index.html"
    index.write_text("\n".join(delen), encoding="utf-8")
    return index


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--rol", action="append", help="only this role (may be given again)")
    lezer.add_argument("--pagina", default="", help="only photograph pages with this in their name")
    lezer.add_argument("--breedte", type=int, action="append", help="only this width")
    lezer.add_argument("--thema", action="append", choices=list(THEMAS))
    lezer.add_argument("--naar", type=Path, default=WORTEL / "var" / "schermen")
    keuzes = lezer.parse_args()
    keuzes.breedte = keuzes.breedte or BREEDTES
    keuzes.thema = keuzes.thema or list(THEMAS)

    # Only the addresses are asked of Django here; the demo has its own settings.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")
    os.environ.setdefault("DEMO", "1")
    django.setup()
    programma = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    begin = time.monotonic()
    paginas: list[Pagina] = []
    with een_demo() as demo, sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=programma, args=VLAGGEN)
        accounts = demo["accounts"]
        assert isinstance(accounts, dict)
        for rol in [BEZOEKER, *accounts]:
            if keuzes.rol and rol not in keuzes.rol:
                continue
            context = browser.new_context(
                locale="nl-BE",
                viewport={"width": 1280, "height": 900},
                # A colour on its way from light to dark is not what anybody sees.
                reduced_motion="reduce",
            )
            if rol != BEZOEKER:
                meld_aan(context, str(demo["adres"]), accounts[rol])
            gezien = Fotograaf(rol, context, demo, keuzes).loop()
            paginas += gezien
            context.close()
            sys.stdout.write(f"{rol:<16} {len(gezien)} pages\n")
            sys.stdout.flush()
        browser.close()
    nooit = sorted(set(alle_namen()) - {pagina.naam.partition(" ")[0] for pagina in paginas})
    index = schrijf_index(paginas, keuzes.naar, nooit)
    mis = sum(len(pagina.opmerkingen) for pagina in paginas)
    sys.stdout.write(f"{index}: {mis} things to look at, {time.monotonic() - begin:.0f} s\n")


if __name__ == "__main__":
    main()
