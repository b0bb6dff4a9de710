"""What the demo says about prices: an invented table to try the estimator with, and help."""

from __future__ import annotations

import datetime as dt

from loket.models import Loket
from opvang.domain.tarieven import laad_tabel
from opvang.models import Tariefhulp, Tariefhulpsoort

#: Round on purpose: nobody should take these for the amounts of the law.
_TABEL = {
    "naam": "Voorbeeldtabel van de demo",
    "bron": "Voorbeeldtabel van de demo, geen echte bedragen",
    "minimum": "5.00",
    "maximum": "40.00",
    "stap_bedrag": "1.00",
    "stap_inkomen": "5000",
    "kindkorting": "4.00",
    "meerlingkorting": "4.00",
    "kind_tot_maanden": 144,
    "nieuwe_start_vanaf": dt.date(2026, 1, 1),
    "nieuwe_start_tot_maanden": 30,
    "maandcoefficient": "12",
    "schijven": [
        {"tot": "50000", "coefficient": "0.0004", "plafond": "19"},
        {"tot": "75000", "coefficient": "0.0004"},
    ],
    "duren": [
        {"van_uur": "0", "tot_uur": "5", "procent": 60},
        {"van_uur": "5", "tot_uur": "11", "procent": 100},
        {"van_uur": "11", "procent": 160, "geval": "flexibel"},
    ],
}
_HULP = (
    (
        Tariefhulpsoort.SOCIAAL,
        (
            "Opvang met een vaste prijs kan duur zijn voor wie weinig verdient. Het OCMW betaalt "
            "dan een deel van de dagprijs, tot je zelf iets anders vindt."
        ),
        "Maak een afspraak bij het Sociaal Huis. Breng je laatste loonbrief mee.",
    ),
    (
        Tariefhulpsoort.KANSENTARIEF,
        (
            "Heb je een UiTPAS met kansentarief? Dan betaal je ook voor opvang na schooltijd en "
            "in de vakantie minder."
        ),
        "Toon je UiTPAS aan de opvang. Heb je er nog geen, vraag ze aan in de bib.",
    ),
    (
        Tariefhulpsoort.VERMINDERD,
        (
            "Betaal je volgens je inkomen, maar lukt dat niet meer? Dan kan het OCMW vragen dat "
            "je een tijd minder betaalt."
        ),
        "Vraag eerst je attest aan. Bel daarna het OCMW van je gemeente.",
    ),
)


def bouw_tarief(lokets: list[Loket], *, nu: dt.datetime) -> None:
    """One table for all; every loket has the same help."""
    vanaf = dt.date(nu.year - 1, 1, 1)
    laad_tabel({**_TABEL, "vanaf": vanaf}, actief=True, door=None, nu=nu, namens="demo")
    Tariefhulp.objects.bulk_create(
        Tariefhulp(loket=loket, soort=soort, uitleg=uitleg, vragen=vragen, vanaf=vanaf)
        for loket in lokets
        for soort, uitleg, vragen in _HULP
    )
