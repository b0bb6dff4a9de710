"""What the tests of the provider's answers share."""

from __future__ import annotations

import datetime as dt

from aanvragen.domain.kiezen import hou_vast
from aanvragen.models import Aanmelding
from loket.models import Loket
from opvang.models import Opvanglocatie
from tests.fabrieken import NU, maak_locatie, maak_voorstel, maak_vraag


def om(jaar: int, maand: int, dag: int, uur: int = 10) -> dt.datetime:
    return dt.datetime(jaar, maand, dag, uur, tzinfo=dt.UTC)


def lees(antwoord) -> str:
    """The page with all white space the same: how it is broken over lines means nothing."""
    return " ".join(antwoord.content.decode().split())


def maak_opgeschort(loket: Loket, locatie: Opvanglocatie) -> Aanmelding:
    """The last of three wishes, at `locatie`, of a family that holds an offer at the second."""
    ander = [maak_locatie(loket=loket) for _ in range(2)]
    vraag = maak_vraag(loket, [*ander, locatie])
    hou_vast(maak_voorstel(vraag.aanmeldingen.get(rang=2)), door=None, nu=NU)
    return vraag.aanmeldingen.get(locatie=locatie)
