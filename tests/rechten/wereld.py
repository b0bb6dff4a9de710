"""One object of each kind, all of the same loket, and the arguments with which each URL points at
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from loket.models import Gebruiker
from tests.spelers import Spelers


@dataclass
class Wereld:
    mensen: dict[str, Gebruiker | None]
    argumenten: dict[str, dict[str, Any]]

    def kwargs(self, naam: str) -> dict[str, Any]:
        return self.argumenten.get(naam, {})


def maak_wereld(spelers: Spelers) -> Wereld:
    return Wereld(
        mensen={
            "bezoeker": None,
            "ouder": spelers.amina,
            "andere_ouder": spelers.bram,
            "toeleider": spelers.els,
            "loket": spelers.carla,
            "ander_loket": spelers.dirk,
            "opvang": spelers.farid,
            "andere_opvang": spelers.greet,
            "voorzitter": spelers.hanne,
            "schepen": spelers.ivo,
            "beheerder": spelers.joke,
        },
        argumenten={},
    )
