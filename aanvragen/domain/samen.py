"""One action for many: each in a transaction of its own, with what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import Weigering
from loket.drukte import DRUK

#: So many at once; who has more presses again.
MEESTE_SAMEN = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What came of one of them; `waarom` is the sentence of a refusal."""

    sleutel: int
    gelukt: bool
    waarom: str = ""


def doe_samen(dingen: Iterable[tuple[int, T]], doe: Callable[[T], object]) -> list[Uitslag]:
    """Do the same with each, and tell what became of each.

    Guarantees: a refusal, or a row that a colleague holds, stops only that one; what succeeded is
    kept. Each thing is guarded by its own domain function, so that pressing twice does no harm.
    """
    uit = []
    for sleutel, ding in dingen:
        try:
            with transaction.atomic():
                doe(ding)
        except Weigering as nee:
            uit.append(Uitslag(sleutel, gelukt=False, waarom=str(nee)))
        except OperationalError as fout:
            if not isinstance(fout.__cause__, DRUK):
                raise
            uit.append(
                Uitslag(sleutel, gelukt=False, waarom=_("Een collega is hier net mee bezig."))
            )
        else:
            uit.append(Uitslag(sleutel, gelukt=True))
    return uit
