"""Who may do what with a report: one line per action."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.core.exceptions import PermissionDenied

from loket.models import Gebruiker, Rol
from loket.permissions import Bezoeker, Regel, alle, rol_bij_loket, rol_ergens
from rapportage.models import CapaciteitsRapport
from rapportage.querysets import LEZERS
from rapportage.workflow import Rapportstatus


class Actie(StrEnum):
    """On a CapaciteitsRapport; the first two ask for the section and have no object."""

    LIJST = "lijst"
    VRAGEN = "vragen"
    BEKIJKEN = "bekijken"
    DOWNLOADEN = "downloaden"
    OPNIEUW = "opnieuw"


def is_klaar(gebruiker: Gebruiker, rapport: CapaciteitsRapport) -> bool:
    return rapport.is_klaar


def kan_opnieuw(gebruiker: Gebruiker, rapport: CapaciteitsRapport) -> bool:
    return rapport.status == Rapportstatus.MISLUKT


MAG: Mapping[Actie, Regel] = {
    Actie.LIJST: rol_ergens(*LEZERS),
    Actie.VRAGEN: rol_ergens(Rol.LOKETMEDEWERKER),
    Actie.BEKIJKEN: rol_bij_loket(*LEZERS),
    Actie.DOWNLOADEN: alle(rol_bij_loket(*LEZERS), is_klaar),
    Actie.OPNIEUW: alle(rol_bij_loket(Rol.LOKETMEDEWERKER), kan_opnieuw),
}


def mag(gebruiker: Bezoeker, actie: Actie, rapport: CapaciteitsRapport | None = None) -> bool:
    """Nobody who is not signed in; everybody else by the table."""
    return (
        isinstance(gebruiker, Gebruiker) and gebruiker.is_active and MAG[actie](gebruiker, rapport)
    )


def eis(gebruiker: Bezoeker, actie: Actie, rapport: CapaciteitsRapport | None = None) -> None:
    if not mag(gebruiker, actie, rapport):
        raise PermissionDenied
