"""Who may do what with the supply: one line per action."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from loket.models import Gebruiker, Rol
from loket.permissions import rol_bij_loket, rol_ergens
from opvang.models import (
    ApiSleutel,
    Opvanglocatie,
    Organisator,
    Plaatsaanbod,
    Subsidie,
    Subsidieregel,
    Subsidiereglement,
)
from opvang.querysets import organisator_ids

if TYPE_CHECKING:
    from loket.permissions import Bezoeker, Regel

SubsidieDing = Subsidie | Subsidieregel | Subsidiereglement


class Actie(StrEnum):
    """The first has no object; the others are about a location, a period or an organisator."""

    AANBOD_OPENEN = "aanbod_openen"
    VRIJE_PLAATSEN_WIJZIGEN = "vrije_plaatsen_wijzigen"
    SLEUTELS_BEHEREN = "sleutels_beheren"
    PAGINA_BEHEREN = "pagina_beheren"
    COLLEGAS_BEHEREN = "collegas_beheren"
    PAGINAS_NAKIJKEN = "paginas_nakijken"
    SUBSIDIES_OPENEN = "subsidies_openen"
    REGLEMENT_MAKEN = "reglement_maken"
    SUBSIDIES_BEHEREN = "subsidies_beheren"
    SUBSIDIE_BESLISSEN = "subsidie_beslissen"
    PLAATSEN_PLANNEN = "plaatsen_plannen"
    CAPACITEIT_BEHEREN = "capaciteit_beheren"


def _organisator_id(ding: Any) -> int:
    if isinstance(ding, Plaatsaanbod):
        return ding.locatie.organisator_id
    if isinstance(ding, Organisator):
        return ding.pk
    assert isinstance(ding, Opvanglocatie | ApiSleutel)
    return ding.organisator_id


def werkt_voor_een_organisator(gebruiker: Gebruiker, _ding: Any) -> bool:
    return bool(organisator_ids(gebruiker))


def werkt_voor_deze_organisator(gebruiker: Gebruiker, ding: Any) -> bool:
    return _organisator_id(ding) in organisator_ids(gebruiker)


def bij_loket_van_subsidie(*rollen: Rol) -> Regel:
    """True for a subsidie, its rule or its reglement at a loket where they hold one of the roles.

    Who computed an amount does not approve it: the domain refuses (VierOgen), and the database.
    """
    return lambda gebruiker, ding: (
        isinstance(ding, SubsidieDing) and rol_bij_loket(*rollen)(gebruiker, ding)
    )


MAG: Mapping[Actie, Regel] = {
    Actie.AANBOD_OPENEN: werkt_voor_een_organisator,
    Actie.VRIJE_PLAATSEN_WIJZIGEN: werkt_voor_deze_organisator,
    Actie.SLEUTELS_BEHEREN: werkt_voor_deze_organisator,
    Actie.PAGINA_BEHEREN: werkt_voor_deze_organisator,
    Actie.COLLEGAS_BEHEREN: werkt_voor_deze_organisator,
    Actie.PAGINAS_NAKIJKEN: rol_ergens(Rol.LOKETMEDEWERKER),
    Actie.SUBSIDIES_OPENEN: rol_ergens(Rol.LOKETMEDEWERKER, Rol.BEHEERDER, Rol.SCHEPEN),
    Actie.REGLEMENT_MAKEN: rol_ergens(Rol.LOKETMEDEWERKER, Rol.BEHEERDER),
    Actie.SUBSIDIES_BEHEREN: bij_loket_van_subsidie(Rol.LOKETMEDEWERKER, Rol.BEHEERDER),
    Actie.SUBSIDIE_BESLISSEN: bij_loket_van_subsidie(Rol.LOKETMEDEWERKER),
    Actie.PLAATSEN_PLANNEN: werkt_voor_deze_organisator,
    Actie.CAPACITEIT_BEHEREN: rol_ergens(Rol.LOKETMEDEWERKER, Rol.BEHEERDER),
}


def mag(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> bool:
    return isinstance(gebruiker, Gebruiker) and MAG[actie](gebruiker, ding)


def eis(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> Gebruiker:
    """Give the person, if the table allows it; PermissionDenied otherwise."""
    if not (isinstance(gebruiker, Gebruiker) and MAG[actie](gebruiker, ding)):
        raise PermissionDenied
    return gebruiker
