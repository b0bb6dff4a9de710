"""A LOK of Loket Wilgenrade: five members, of whom one only watches; and a meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count

import pytest

from lok_overleg.domain.aanwezig import noteer_aanwezigheid
from lok_overleg.domain.adviseren import noteer_stemming, schrijf_advies
from lok_overleg.domain.agenda import Puntgegevens, voeg_punt_toe
from lok_overleg.domain.plannen import Vergadergegevens, plan
from lok_overleg.domain.uitnodigen import nodig_uit
from lok_overleg.models import Advies, LokLid, Vergadering
from lok_overleg.workflow import Aanwezigheidsstand, Hoedanigheid, Stemkeuze
from loket.models import Gebruiker, Loket, Rol
from tests.fabrieken import NU, maak_lid
from tests.spelers import Spelers

_teller = count(1)
#: Tuesday 17 March 2026, half past seven in the evening in Brussels.
BEGIN = dt.datetime(2026, 3, 17, 18, 30, tzinfo=dt.UTC)
DAARNA = dt.datetime(2026, 3, 17, 21, 0, tzinfo=dt.UTC)


def maak_loklid(loket: Loket, naam: str = "", **velden) -> LokLid:
    n = next(_teller)
    velden.setdefault("hoedanigheid", Hoedanigheid.LOKALE_ACTOR)
    velden.setdefault("email", f"lid{n}@voorbeeld.test")
    velden.setdefault("vanaf", dt.date(2025, 1, 1))
    return LokLid.objects.create(loket=loket, naam=naam or f"Lid {n}", **velden)


def maak_vergadering(
    loket: Loket, *, door: Gebruiker | None = None, punten: int = 2, **velden
) -> Vergadering:
    velden = {
        "titel": "Lokaal overleg kinderopvang",
        "begint_op": BEGIN,
        "duur": 120,
        "plaats": "Huis van het Kind, zaal Wilg",
    } | velden
    door = door or maak_lid(loket, Rol.VOORZITTER)
    vergadering = plan(Vergadergegevens(**velden), loket=loket, door=door, nu=NU)
    for nr in range(1, punten + 1):
        voeg_punt_toe(vergadering, Puntgegevens(titel=f"Punt {nr}"), door=door, nu=NU)
    return vergadering


@dataclass
class Lok:
    """The cast of the LOK; `leden` by first name."""

    spelers: Spelers
    leden: dict[str, LokLid]
    vergadering: Vergadering

    @property
    def loket(self) -> Loket:
        return self.spelers.loket

    @property
    def hanne(self) -> Gebruiker:
        return self.spelers.hanne

    def aanwezigheid(self, naam: str):
        return self.vergadering.aanwezigheden.get(lid=self.leden[naam])

    def nodig_uit(self) -> Lok:
        nodig_uit(self.vergadering, door=self.hanne, nu=NU)
        self.vergadering.refresh_from_db()
        return self

    def hou(self, *afwezig: str) -> Lok:
        """Everybody came but `afwezig`."""
        self.nodig_uit()
        noteer_aanwezigheid(
            self.vergadering,
            {
                self.aanwezigheid(naam).pk: Aanwezigheidsstand.AFWEZIG
                if naam in afwezig
                else Aanwezigheidsstand.AANWEZIG
                for naam in self.leden
            },
            door=self.hanne,
            nu=DAARNA,
        )
        self.vergadering.refresh_from_db()
        return self

    def advies(self, onderwerp: str = "18 plaatsen in Veldwijk") -> Advies:
        return schrijf_advies(
            self.vergadering,
            onderwerp=onderwerp,
            tekst="Het LOK vindt de plaatsen nodig.",
            door=self.hanne,
            nu=DAARNA,
        )

    def stem(self, advies: Advies, **keuzes: Stemkeuze) -> Advies:
        noteer_stemming(
            advies,
            {self.aanwezigheid(naam).pk: keuze for naam, keuze in keuzes.items()},
            door=self.hanne,
            nu=DAARNA,
        )
        advies.refresh_from_db()
        return advies

    def aangenomen(self, onderwerp: str = "18 plaatsen in Veldwijk") -> Advies:
        return self.stem(
            self.advies(onderwerp),
            roos=Stemkeuze.VOOR,
            karim=Stemkeuze.VOOR,
            an=Stemkeuze.ONTHOUDING,
        )


@pytest.fixture
def lok(spelers: Spelers) -> Lok:
    loket = spelers.loket
    leden = {
        "roos": maak_loklid(loket, "Roos Janssens", organisatie="De Wilgenkatjes"),
        "karim": maak_loklid(loket, "Karim El Idrissi", organisatie="Onthaalouders"),
        "an": maak_loklid(loket, "An Claessens", hoedanigheid=Hoedanigheid.GEBRUIKER),
        # No e-mail address: the chair phones.
        "pieter": maak_loklid(
            loket, "Pieter Wouters", hoedanigheid=Hoedanigheid.BESTUUR, stemrecht=False, email=""
        ),
        "mia": maak_loklid(
            loket, "Mia Thijs", hoedanigheid=Hoedanigheid.WAARNEMER, stemrecht=False
        ),
    }
    maak_loklid(spelers.ander_loket, "Vreemd Lid")
    maak_loklid(loket, "Vroeger Lid", tot=dt.date(2026, 1, 1))
    return Lok(spelers, leden, maak_vergadering(loket, door=spelers.hanne))
