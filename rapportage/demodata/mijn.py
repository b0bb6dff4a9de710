"""Families that change a running question, and one that is asked whether it still searches."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from aanvragen.domain.gegevens import Aanvraaggegevens, Kindgegevens, Oudergegevens, Vraaggegevens
from aanvragen.domain.gevolgen import wens_van
from aanvragen.domain.hartslag import vraag_na
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.models import Opvangvraag
from loket.models import Loket
from opvang.models import Opvanglocatie
from opvang.weekrooster import Weekrooster

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
    (vraag,) = dien_in(
        Aanvraaggegevens(
            ouder=Oudergegevens(
                voornaam=voornaam,
                familienaam="Demeyer",
                email=f"{voornaam.lower()}@voorbeeld.test",
                telefoon="0470 00 00 40",
                straat="Kerkstraat",
                huisnummer="14",
                postcode=locaties[0].postcode,
                gemeente_id=locaties[0].gemeente_id,
            ),
            kinderen=(
                Kindgegevens(
                    voornaam=kind,
                    familienaam="Demeyer",
                    geboortedatum=vandaag - 40 * _DAG,
                ),
            ),
            vraag=Vraaggegevens(
                gewenste_start=(vandaag + 330 * _DAG).replace(day=1),
                rooster=Weekrooster.van_dagen(0, 1).masker,
            ),
            locatie_ids=tuple(locatie.pk for locatie in locaties),
            toestemming_versie="2026-01",
        ),
        loket=loket,
        nu=nu,
        door=None,
    )
    return vraag
