"""A family with two parents, four wishes, and who mails whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from aanvragen.models import Aanmelding, Opvangvraag, Ouder
from loket.models import Bericht
from tests.fabrieken import maak_locatie, maak_organisator, maak_vraag

OUDERS = ["amina@voorbeeld.test", "bram@voorbeeld.test"]


@dataclass
class Gezin:
    """The question, and its request by rank."""

    vraag: Opvangvraag

    def bij(self, rang: int) -> Aanmelding:
        return Aanmelding.objects.select_related("locatie", "opvangvraag__loket").get(
            opvangvraag=self.vraag, rang=rang
        )

    def standen(self) -> list[str]:
        return list(
            Aanmelding.objects.filter(opvangvraag=self.vraag)
            .order_by("rang")
            .values_list("status", flat=True)
        )


@pytest.fixture
def gezin(spelers) -> Gezin:
    """Amina and Bram ask Eén, Twee, Drie and Vier, in that order."""
    locaties = [
        maak_locatie(
            naam,
            loket=spelers.loket,
            organisator=maak_organisator(email=f"{naam.lower()}@opvang.test"),
        )
        for naam in ("Een", "Twee", "Drie", "Vier")
    ]
    vraag = maak_vraag(spelers.loket, locaties, gebruiker=spelers.amina)
    Ouder.objects.create(
        gezin=vraag.kind.gezin,
        gebruiker=spelers.bram,
        voornaam="Bram",
        familienaam="Peeters",
        email=spelers.bram.email,
    )
    return Gezin(vraag)


@pytest.fixture
def mails(db) -> Callable[[str], list[str]]:
    def naar(sjabloon: str) -> list[str]:
        """Who got this mail, in alphabetical order."""
        return sorted(
            Bericht.objects.filter(sjabloon=f"aanvragen/{sjabloon}").values_list("aan", flat=True)
        )

    return naar
