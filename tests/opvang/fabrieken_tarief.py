"""Tables of the inkomenstarief for tests: the one of 2014, and an invented one of round amounts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import opvang
from loket.models import Loket
from opvang.domain.tarieven import laad_tabel, lees_bestand
from opvang.models import Tariefhulp, Tariefhulpsoort, Tarieftabel
from tests.fabrieken import NU

TARIEVEN = Path(opvang.__file__).parent / "tarieven"

ROND = """
naam = "Ronde bedragen"
vanaf = 2026-01-01
bron = "Verzonnen voor een test"
bron_url = "https://voorbeeld.test/bron"
minimum = "6.00"
maximum = "35.00"
stap_bedrag = "0.50"
stap_inkomen = "4000"
kindkorting = "3.50"
meerlingkorting = "2.00"
kind_tot_maanden = 144
nieuwe_start_vanaf = 2026-01-01
nieuwe_start_tot_maanden = 30
maandcoefficient = "12"
schijven = [
  {tot = "45000", coefficient = "0.0004", plafond = "18"},
  {tot = "70000", coefficient = "0.0004"},
]
duren = [
  {van_uur = "0", tot_uur = "3", procent = 40, geval = "school"},
  {van_uur = "0", tot_uur = "5", procent = 60},
  {van_uur = "5", tot_uur = "11", procent = 100},
  {van_uur = "11", procent = 160, geval = "flexibel"},
]
"""


def maak_tabel(*, actief: bool = True, nu: dt.datetime = NU, **velden) -> Tarieftabel:
    """The table of round amounts, with other values where given; amounts as text."""
    return laad_tabel({**lees_bestand(ROND), **velden}, actief=actief, door=None, nu=nu)


def tabel_van_2014() -> Tarieftabel:
    bestand = lees_bestand((TARIEVEN / "2014.toml").read_text(encoding="utf-8"))
    return laad_tabel(bestand, actief=True, door=None, nu=NU)


def maak_hulp(loket: Loket, **velden) -> Tariefhulp:
    velden.setdefault("soort", Tariefhulpsoort.SOCIAAL)
    velden.setdefault("uitleg", "Het OCMW betaalt een deel van de prijs.")
    velden.setdefault("vragen", "Bel het OCMW.")
    velden.setdefault("vanaf", dt.date(2026, 1, 1))
    return Tariefhulp.objects.create(loket=loket, **velden)
