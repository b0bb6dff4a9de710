"""Who may do what with a closing and its noodplan: one line per action."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied

from loket.models import Gebruiker, Loket, Rol
from loket.permissions import Bezoeker, Regel, rol_bij_loket, rol_ergens
from opvang.models import Opvanglocatie


class Actie(StrEnum):
    """The first two have no object, the third is about a location, the others about a plan."""

    LIJST = "lijst"
    ZOEKEN = "zoeken"
    MELDEN = "melden"
    WERKEN = "werken"
    CIJFERS = "cijfers"


def loket_voor(gebruiker: Gebruiker, locatie: Opvanglocatie) -> Loket | None:
    """The loket of this staff member whose werkingsgebied holds the location."""
    return (
        Loket.objects.filter(
            pk__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER), gemeenten=locatie.gemeente_id
        )
        .order_by("pk")
        .first()
    )


def locatie_in_eigen_gebied(gebruiker: Gebruiker, ding: Any) -> bool:
    return loket_voor(gebruiker, ding) is not None


MAG: Mapping[Actie, Regel] = {
    Actie.LIJST: rol_ergens(Rol.LOKETMEDEWERKER, Rol.SCHEPEN),
    Actie.ZOEKEN: rol_ergens(Rol.LOKETMEDEWERKER),
    Actie.MELDEN: locatie_in_eigen_gebied,
    Actie.WERKEN: rol_bij_loket(Rol.LOKETMEDEWERKER),
    # Without names, and small numbers hidden.
    Actie.CIJFERS: rol_bij_loket(Rol.LOKETMEDEWERKER, Rol.SCHEPEN),
}


def mag(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> bool:
    return isinstance(gebruiker, Gebruiker) and gebruiker.is_active and MAG[actie](gebruiker, ding)


def eis(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> Gebruiker:
    """Give the person, if the table allows it; PermissionDenied otherwise."""
    if not (isinstance(gebruiker, Gebruiker) and mag(gebruiker, actie, ding)):
        raise PermissionDenied
    return gebruiker
