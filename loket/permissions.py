"""The grammar of permission tables: small named rules, joined by `een_van` and `alle`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser

from loket.models import Gebruiker, Rol

Bezoeker: TypeAlias = Gebruiker | AnonymousUser
Regel: TypeAlias = Callable[[Gebruiker, Any], bool]


def een_van(*regels: Regel) -> Regel:
    return lambda gebruiker, ding: any(regel(gebruiker, ding) for regel in regels)


def alle(*regels: Regel) -> Regel:
    return lambda gebruiker, ding: all(regel(gebruiker, ding) for regel in regels)


def rol_bij_loket(*rollen: Rol) -> Regel:
    """True when the person holds one of the roles at the loket of the thing (`ding.loket_id`)."""
    return lambda gebruiker, ding: any((ding.loket_id, rol) in gebruiker.rollen for rol in rollen)


def rol_ergens(*rollen: Rol) -> Regel:
    """For actions without an object: the role at any loket."""
    return lambda gebruiker, _ding: gebruiker.heeft_rol(*rollen)
