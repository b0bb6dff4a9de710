from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

import pytest

from rapportage.snapshot import checksum, naar_json, uit_json


@dataclass(frozen=True)
class Deel:
    naam: str
    verhouding: Decimal | None


@dataclass(frozen=True)
class Geheel:
    dag: dt.date
    moment: dt.datetime
    telling: int | None
    waar: bool
    delen: tuple[Deel, ...]


GEHEEL = Geheel(
    dag=dt.date(2026, 3, 2),
    moment=dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC),
    telling=None,
    waar=True,
    delen=(Deel("a", Decimal("38.30")), Deel("b", None)),
)


def test_what_was_written_is_read_back_the_same():
    tekst = json.dumps(naar_json(GEHEEL))

    gelezen = uit_json(Geheel, json.loads(tekst))

    assert gelezen == GEHEEL
    assert str(gelezen.delen[0].verhouding) == "38.30"


def test_only_known_kinds_are_written():
    with pytest.raises(TypeError, match="float kan niet"):
        naar_json(Deel("a", 0.1))


@pytest.mark.parametrize(
    "kapot", [{"naam": 3, "verhouding": None}, {"naam": None, "verhouding": "1"}]
)
def test_another_kind_is_refused(kapot):
    with pytest.raises(TypeError):
        uit_json(Deel, kapot)


def test_a_missing_value_is_refused():
    with pytest.raises(KeyError):
        uit_json(Deel, {"naam": "a"})


def test_checksum_does_not_depend_on_the_order_of_keys():
    assert checksum({"a": 1, "b": [2]}) == checksum({"b": [2], "a": 1})
    assert checksum({"a": 1}) != checksum({"a": 2})
