"""A location of the cast that closes, with children in care."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils import timezone

from aanvragen.models import Noodplan, Noodplanregel, Plaatsing
from tests.fabrieken import kind_gegevens, vraag_gegevens
from tests.opvang.fabrieken_noodplan import begin_plan, plaats_kind, regel_van
from tests.spelers import Spelers


@dataclass(frozen=True)
class Geval:
    """De Egeltjes closes in thirty days; its three children are in care today."""

    spelers: Spelers
    plan: Noodplan
    plaatsingen: list[Plaatsing]

    @property
    def regels(self) -> list[Noodplanregel]:
        return [regel_van(een) for een in self.plaatsingen]


@pytest.fixture
def geval(spelers) -> Geval:
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    plaatsingen = [
        plaats_kind(
            spelers.egeltjes,
            loket=spelers.loket,
            nu=nu,
            vraag=vraag_gegevens(gewenste_start=vandaag),
            kinderen=(
                kind_gegevens(
                    voornaam=naam,
                    familienaam="Peeters",
                    geboortedatum=vandaag - dt.timedelta(days=200),
                ),
            ),
        )
        for naam in ("Mila", "Lou", "Sam")
    ]
    plan = begin_plan(
        spelers.egeltjes,
        loket=spelers.loket,
        vanaf=vandaag + dt.timedelta(days=30),
        door=spelers.carla,
        nu=nu,
    )
    return Geval(spelers, plan, plaatsingen)
