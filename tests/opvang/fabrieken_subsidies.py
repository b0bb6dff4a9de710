"""Reglementen, rules and subsidies in the state that a test needs, made by the portal itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from loket.models import Gebruiker, Loket, Rol
from opvang.domain.subsidies.beslissen import (
    keur_goed_college,
    keur_goed_dienst,
    noteer_betaling,
    trek_subsidie_in,
    weiger,
)
from opvang.domain.subsidies.reglementen import bewaar_budget, bewaar_regel, maak_reglement
from opvang.domain.subsidies.rekenen import bereken_opnieuw, reken_jaar
from opvang.models import Opvanglocatie, Subsidie, Subsidieregel, Subsidiereglement
from opvang.workflow import MaximumPer, Regelsoort, Subsidiestatus
from tests.fabrieken import NU, maak_gebruiker, maak_lid, maak_vergunning

S = Subsidiestatus
VANDAAG = NU.date()


@dataclass
class Subsidies:
    """A reglement of Carla's loket, and Kim, who looks after her amounts."""

    reglement: Subsidiereglement
    carla: Gebruiker
    kim: Gebruiker
    loket: Loket

    def regel(
        self, soort: str = Regelsoort.NIEUWE_PLAATS, bedrag="1000", **velden
    ) -> Subsidieregel:
        velden = {
            "naam": "Startpremie",
            "soort": soort,
            "bedrag": Decimal(bedrag) if bedrag else None,
            "maximum_per": MaximumPer.DOSSIER,
            **velden,
        }
        return bewaar_regel(self.reglement, velden, door=self.carla, nu=NU)

    def t1(self, bedrag="500", **velden) -> Subsidieregel:
        velden.setdefault("naam", "Werkingspremie T1")
        return self.regel(Regelsoort.PLAATS_JAAR, bedrag, trappen=["T1"], **velden)

    def budget(self, bedrag="100000", jaar: int = 2026) -> None:
        bewaar_budget(self.reglement, jaar=jaar, bedrag=Decimal(bedrag), door=self.carla, nu=NU)

    def reken(self, jaar: int = 2026, *, door: Gebruiker | None = None):
        return reken_jaar(self.reglement, jaar=jaar, door=door or self.carla, nu=NU)

    def voorstel(self, locatie: Opvanglocatie, plaatsen: int = 14, **velden) -> Subsidie:
        """What a start of so many places in 2026 comes to."""
        maak_vergunning(locatie, plaatsen, vanaf=dt.date(2026, 2, 1), **velden)
        self.reken()
        return Subsidie.objects.get(locatie=locatie)

    def zet(self, subsidie: Subsidie, status: Subsidiestatus) -> Subsidie:
        """Bring it there as people do."""
        if status in {S.VOORGESTELD, S.AANGEVRAAGD}:
            return subsidie
        if status == S.GEWEIGERD:
            return weiger(subsidie, datum=VANDAAG, motivering="Te laat.", door=self.kim, nu=NU)
        if status == S.INGETROKKEN:
            return trek_subsidie_in(subsidie, motivering="Vergissing.", door=self.kim, nu=NU)
        stappen = {
            S.BEREKEND: lambda een: bereken_opnieuw(een, door=self.carla, nu=NU),
            S.DIENST: lambda een: keur_goed_dienst(een, door=self.kim, nu=NU),
            S.COLLEGE: lambda een: keur_goed_college(een, datum=VANDAAG, door=self.kim, nu=NU),
            S.BETAALD: lambda een: noteer_betaling(een, datum=VANDAAG, door=self.kim, nu=NU),
        }
        for naar, stap in stappen.items():
            subsidie = stap(subsidie)
            if naar == status:
                break
        return subsidie


def maak_subsidies(loket: Loket, carla: Gebruiker, **velden) -> Subsidies:
    velden = {
        "naam": "Premie voor nieuwe opvang",
        "raadsbesluit_op": dt.date(2025, 12, 15),
        "bron": "Raadsbesluit 2025/118",
        "vanaf": dt.date(2020, 1, 1),
        **velden,
    }
    kim = maak_lid(loket, Rol.LOKETMEDEWERKER, gebruiker=maak_gebruiker(naam="Kim"))
    return Subsidies(maak_reglement(loket, velden, door=carla, nu=NU), carla, kim, loket)
