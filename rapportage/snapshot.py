"""Frozen dataclasses to JSON and back, exactly: a snapshot is the object that was made."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import types
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def naar_json(waarde: Any) -> Any:
    """Write dataclasses as objects, tuples as lists, decimals and moments as text, unrounded."""
    if is_dataclass(waarde) and not isinstance(waarde, type):
        return {veld.name: naar_json(getattr(waarde, veld.name)) for veld in fields(waarde)}
    if isinstance(waarde, tuple):
        return [naar_json(deel) for deel in waarde]
    if isinstance(waarde, Decimal):
        return str(waarde)
    if isinstance(waarde, (dt.datetime, dt.date)):
        return waarde.isoformat()
    if waarde is None or isinstance(waarde, (bool, int, str)):
        return waarde
    bericht = f"{type(waarde).__name__} kan niet in een rapport bewaard worden."
    raise TypeError(bericht)


def uit_json(soort: type[T], waarde: Any) -> T:
    """Read back what `naar_json` wrote; refuses what is missing or of another kind."""
    gelezen = _lees(soort, waarde)
    assert isinstance(gelezen, soort)
    return gelezen


def _lees(soort: Any, waarde: Any) -> Any:
    oorsprong = get_origin(soort)
    if oorsprong in {Union, types.UnionType}:
        (deel,) = (s for s in get_args(soort) if s is not type(None))
        return None if waarde is None else _lees(deel, waarde)
    if oorsprong is tuple:
        return tuple(_lees(get_args(soort)[0], deel) for deel in waarde)
    if is_dataclass(soort):
        assert isinstance(soort, type)
        return soort(
            **{
                veld.name: _lees(_soorten(soort)[veld.name], waarde[veld.name])
                for veld in fields(soort)
            }
        )
    if soort is Decimal:
        return Decimal(waarde)
    if soort in {dt.datetime, dt.date}:
        return soort.fromisoformat(waarde)
    if type(waarde) is not soort:
        bericht = f"{waarde!r} is geen {soort.__name__}."
        raise TypeError(bericht)
    return waarde


@cache
def _soorten(soort: type) -> dict[str, Any]:
    return get_type_hints(soort)


def checksum(gegevens: Any) -> str:
    """Sha256 of the JSON, keys in order: the same figures give the same checksum anywhere."""
    tekst = json.dumps(gegevens, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(tekst.encode()).hexdigest()
