"""Who may do what with the supply: one line per action."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from loket.models import Gebruiker
from opvang.models import ApiSleutel, Opvanglocatie, Organisator, Plaatsaanbod
from opvang.querysets import organisator_ids

if TYPE_CHECKING:
    from loket.permissions import Bezoeker, Regel


class Actie(StrEnum):
    """The first has no object; the others are about a location, a period or an organisator."""

    AANBOD_OPENEN = "aanbod_openen"
    VRIJE_PLAATSEN_WIJZIGEN = "vrije_plaatsen_wijzigen"
    SLEUTELS_BEHEREN = "sleutels_beheren"


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


MAG: Mapping[Actie, Regel] = {
    Actie.AANBOD_OPENEN: werkt_voor_een_organisator,
    Actie.VRIJE_PLAATSEN_WIJZIGEN: werkt_voor_deze_organisator,
    Actie.SLEUTELS_BEHEREN: werkt_voor_deze_organisator,
}


def mag(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> bool:
    return isinstance(gebruiker, Gebruiker) and MAG[actie](gebruiker, ding)


def eis(gebruiker: Bezoeker, actie: Actie, ding: Any = None) -> Gebruiker:
    """Give the person, if the table allows it; PermissionDenied otherwise."""
    if not (isinstance(gebruiker, Gebruiker) and MAG[actie](gebruiker, ding)):
        raise PermissionDenied
    return gebruiker
