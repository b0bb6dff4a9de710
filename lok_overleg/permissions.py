"""Who may do what in the LOK: one line per action."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied

from lok_overleg.querysets import lok_lokets
from loket.models import Gebruiker, Rol
from loket.permissions import Bezoeker, Regel, rol_bij_loket, rol_ergens


def leest_mee(gebruiker: Gebruiker, ding: Any) -> bool:
    """Tell whether they read the LOK of this loket: by role, or as a member with an account."""
    return ding.loket_id in lok_lokets(gebruiker)


def leest_ergens(gebruiker: Gebruiker, _ding: Any) -> bool:
    return bool(lok_lokets(gebruiker))


class Actie(StrEnum):
    OVERZICHT = "overzicht"
    BEKIJKEN = "bekijken"
    PLANNEN = "plannen"
    BEHEREN = "beheren"
    LEDEN = "leden"
    OPVOLGEN = "opvolgen"


#: `BEHEREN` is everything about one meeting: agenda, invitations, attendance, votes, minutes.
MAG: dict[Actie, Regel] = {
    Actie.OVERZICHT: leest_ergens,
    Actie.BEKIJKEN: leest_mee,
    Actie.PLANNEN: rol_ergens(Rol.VOORZITTER),
    Actie.BEHEREN: rol_bij_loket(Rol.VOORZITTER),
    Actie.LEDEN: rol_bij_loket(Rol.VOORZITTER),
    Actie.OPVOLGEN: rol_bij_loket(Rol.VOORZITTER, Rol.SCHEPEN),
}


def mag(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> bool:
    return isinstance(gebruiker, Gebruiker) and gebruiker.is_active and MAG[actie](gebruiker, ding)


def eis(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> Gebruiker:
    """Give the person back when they may, else refuse with a 403."""
    if not isinstance(gebruiker, Gebruiker) or not mag(gebruiker, actie, ding):
        raise PermissionDenied
    return gebruiker
