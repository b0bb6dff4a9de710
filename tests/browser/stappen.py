"""What a person does in the browser, step by step; the stories are made of these."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Portaal

Kijk = Callable[[Page], None]


def niets(_pagina: Page) -> None:
    """No check of this page."""


def vul_datum(pagina: Page, veld: str, datum: dt.date) -> None:
    for deel, waarde in (("dag", datum.day), ("maand", datum.month), ("jaar", datum.year)):
        pagina.locator(f"[name={veld}_{deel}]").fill(str(waarde))


def kies(pagina: Page, tekst: str) -> None:
    """Tick a radio button or checkbox by its label."""
    pagina.get_by_label(tekst, exact=False).first.check()


def verder(pagina: Page) -> None:
    pagina.get_by_role("button", name=re.compile("^Verder")).click()


def code_uit(portaal: Portaal, adres: str, *, vanaf: int = 0) -> str:
    """The sign-in code of the mail that really arrived."""
    tekst = portaal.post.wacht_op(adres, met="code", vanaf=vanaf)
    gevonden = re.search(r"\b(\d{4}[ -]?\d{4})\b", tekst)
    assert gevonden, tekst
    return gevonden.group(1)


def meld_aan(portaal: Portaal, pagina: Page, adres: str, *, kijk: Kijk = niets) -> None:
    """Sign in with the code from the mail, as parents, providers and staff all can."""
    vanaf = len(portaal.post.berichten)
    pagina.goto("/accounts/login/")
    kijk(pagina)
    pagina.get_by_label("E-mailadres").fill(adres)
    pagina.get_by_role("button", name=re.compile("code", re.IGNORECASE)).click()
    typ_code(portaal, pagina, adres, vanaf=vanaf, kijk=kijk)


def typ_code(portaal: Portaal, pagina: Page, adres: str, *, vanaf: int, kijk: Kijk = niets) -> None:
    veld = pagina.locator("input[autocomplete=one-time-code]")
    expect(veld).to_be_visible()
    kijk(pagina)
    veld.fill(code_uit(portaal, adres, vanaf=vanaf))
    pagina.locator("main form button").first.click()
    expect(veld).to_have_count(0)


def vraag_opvang(
    portaal: Portaal,
    pagina: Page,
    *,
    email: str,
    locaties: list[str],
    start: dt.date,
    geboren: dt.date,
    gemeente: str,
    postcode: str,
    kijk: Kijk = niets,
) -> str:
    """Walk the seven pages as a parent without an account; gives the reference."""
    vanaf = len(portaal.post.berichten)
    pagina.goto("/aanvraag/")
    kijk(pagina)
    pagina.get_by_role("button", name=re.compile("^Begin")).click()
    _wie(pagina, email=email, gemeente=gemeente, postcode=postcode, kijk=kijk)
    pagina.locator("[name=geboren_0][value=ja]").check(force=True)
    pagina.locator("[name=voornaam_0]").fill("Noor")
    pagina.locator("[name=familienaam_0]").fill("Testgezin")
    vul_datum(pagina, "datum_0", geboren)
    kijk(pagina)
    verder(pagina)
    vul_datum(pagina, "start", start)
    kijk(pagina)
    verder(pagina)
    for waarde in ("ma-vm", "ma-nm", "di-vm", "di-nm"):
        pagina.locator(f"[name=rooster][value={waarde}]").check(force=True)
    pagina.locator("[name=wisselend][value=nee]").check(force=True)
    kijk(pagina)
    verder(pagina)
    pagina.locator("[name=keuze][value=zelf]").check(force=True)
    for naam in locaties:
        pagina.locator("[name=zoek]").fill(naam)
        pagina.locator("button[name=actie][value=zoek]").click()
        pagina.get_by_role("button", name=f"Voeg toe {naam}").click()
        expect(pagina.locator("li.wens[data-naam]").filter(has_text=naam)).to_have_count(1)
    kijk(pagina)
    verder(pagina)
    kijk(pagina)
    verder(pagina)
    kijk(pagina)
    pagina.locator("[name=akkoord]").check()
    pagina.get_by_role("button", name="Verstuur mijn vraag").click()
    typ_code(portaal, pagina, email, vanaf=vanaf, kijk=kijk)
    expect(pagina).to_have_url(re.compile("/verstuurd/"))
    kijk(pagina)
    gevonden = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", pagina.locator("main").inner_text())
    assert gevonden
    return gevonden.group(0)


def _wie(pagina: Page, *, email: str, gemeente: str, postcode: str, kijk: Kijk) -> None:
    pagina.locator("[name=voornaam]").fill("Amina")
    pagina.locator("[name=familienaam]").fill("Testgezin")
    pagina.locator("[name=email]").fill(email)
    pagina.locator("[name=telefoon]").fill("0470 00 00 00")
    pagina.locator("[name=straat]").fill("Dorpsstraat")
    pagina.locator("[name=huisnummer]").fill("1")
    pagina.locator("[name=postcode]").fill(postcode)
    pagina.locator("select[name=gemeente]").select_option(label=gemeente)
    kijk(pagina)
    verder(pagina)
