"""Families that change a running question, and one that is asked whether it still searches."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from aanvragen.domain.gevolgen import wens_van
from aanvragen.domain.hartslag import vraag_na
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.models import Opvangvraag
from loket.models import Loket
from opvang.models import Opvanglocatie
from opvang.weekrooster import Weekrooster
from rapportage.demodata.gezin import vraag_voor

_DAG = dt.timedelta(days=1)


def wijzig_en_vraag_na(loket: Loket, locaties: list[Opvanglocatie], *, nu: dt.datetime) -> None:
    """Hilde asks one day more since two days; Wout did not say for long that he still searches."""
    van_hilde = _vraag(loket, "Hilde", "Lars", locaties, nu=nu - 6 * _DAG)
    wens = wens_van(van_hilde, keuzes_van(van_hilde))
    wijzig(
        van_hilde,
        replace(wens, rooster=Weekrooster.van_dagen(0, 1, 2).masker),
        door=None,
        nu=nu - 2 * _DAG,
    )
    lang = max(loket.bevestigingstermijn, 1) + 5
    van_wout = _vraag(loket, "Wout", "Ines", locaties, nu=nu - lang * _DAG)
    vraag_na(van_wout, nu=nu - 2 * _DAG)


def _vraag(
    loket: Loket, voornaam: str, kind: str, locaties: list[Opvanglocatie], *, nu: dt.datetime
) -> Opvangvraag:
    vandaag = timezone.localdate(nu)
    return vraag_voor(
        kind,
        ouder=voornaam,
        familienaam="Demeyer",
        geboren=vandaag - 40 * _DAG,
        start=(vandaag + 330 * _DAG).replace(day=1),
        rooster=Weekrooster.van_dagen(0, 1),
        bij=locaties,
        loket=loket,
        nu=nu,
    )
