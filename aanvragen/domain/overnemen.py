"""The counter goes on with a request that a family half-filled online, while it is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from aanvragen.models import Concept
from loket.contact import binnenlands, kaal
from loket.domain.logboek import leg_inzage_vast, leg_vast
from loket.models import Gebruiker, Loket

#: Who is on the phone has one request open, maybe two; more is a search that should be narrower.
MEESTE = 5
REDEN = "het gezin vroeg om verder te doen"
_CIJFERS_VAN_EEN_NUMMER = 8


def zoek_concepten(*, contact: str, familienaam: str, lokets: Collection[Loket]) -> list[Concept]:
    """Unsent requests of a parent with this address or number *and* this family name, newest first.

    Both must be right: the family says both. What other people typed for a family is not found.
    """
    naam = kaal(familienaam)
    concepten = Concept.objects.filter(
        loket__in=lokets, afgerond_op=None, ingevoerd_door=None
    ).select_related("loket", "gebruiker")
    if "@" in contact:
        schoon = contact.strip().lower()
        gevonden = [een for een in concepten if schoon in _adressen(een)]
    else:
        nummer = binnenlands(contact)
        if len(nummer) < _CIJFERS_VAN_EEN_NUMMER:
            return []
        gevonden = [een for een in concepten if binnenlands(_eerste(een, "telefoon")) == nummer]
    return [een for een in gevonden if naam and kaal(_eerste(een, "familienaam")) == naam][:MEESTE]


@transaction.atomic
def open_concept(concept: Concept, *, door: Gebruiker, nu: dt.datetime) -> dict[str, list[str]]:
    """Give what the family typed, as one page of answers; records who looked, and why."""
    leg_inzage_vast(concept, door=door, nu=nu, reden=REDEN)
    leg_vast("aanvragen.concept.geopend", concept, door=door, nu=nu, loket=concept.loket)
    samen: dict[str, list[str]] = {}
    for stap in concept.gegevens.values():
        samen |= {naam: list(waarden) for naam, waarden in stap.items() if naam != "akkoord"}
    if not any(samen.get("email", [])):
        samen["email"] = [concept.gebruiker.email if concept.gebruiker else concept.email]
    return samen


def _eerste(concept: Concept, naam: str) -> str:
    waarden = concept.gegevens.get("wie", {}).get(naam, [])
    return str(waarden[0]) if waarden else ""


def _adressen(concept: Concept) -> set[str]:
    van_account = concept.gebruiker.email if concept.gebruiker else ""
    alle = (_eerste(concept, "email"), concept.email, van_account)
    return {adres.strip().lower() for adres in alle if adres}
