"""One invented family that asks care for one born child."""

from __future__ import annotations

import datetime as dt

from aanvragen.domain.gegevens import Aanvraaggegevens, Kindgegevens, Oudergegevens, Vraaggegevens
from aanvragen.domain.indienen import dien_in
from aanvragen.models import Opvangvraag
from loket.models import Loket
from opvang.models import Opvanglocatie
from opvang.weekrooster import Weekrooster


def vraag_voor(
    kind: str,
    *,
    ouder: str,
    familienaam: str,
    geboren: dt.date,
    start: dt.date,
    rooster: Weekrooster,
    bij: list[Opvanglocatie],
    loket: Loket,
    nu: dt.datetime,
) -> Opvangvraag:
    """Hand a question in, as the parent does online; the family lives near its first choice."""
    (vraag,) = dien_in(
        Aanvraaggegevens(
            ouder=Oudergegevens(
                voornaam=ouder,
                familienaam=familienaam,
                email=f"{ouder.lower()}@voorbeeld.test",
                telefoon="0470 00 00 00",
                straat="Leiestraat",
                huisnummer="7",
                postcode=bij[0].postcode,
                gemeente_id=bij[0].gemeente_id,
            ),
            kinderen=(Kindgegevens(voornaam=kind, familienaam=familienaam, geboortedatum=geboren),),
            vraag=Vraaggegevens(gewenste_start=start, rooster=rooster.masker),
            locatie_ids=tuple(locatie.pk for locatie in bij),
            toestemming_versie="2026-01",
        ),
        loket=loket,
        nu=nu,
        door=None,
    )
    return vraag
