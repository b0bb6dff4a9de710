"""A family that asked for calm hears nothing of a noodplan, whatever was already written (R5).

One definition (`models.noodplan.wil_rust`), asked under a lock on the family: who asks for calm
while somebody presses "send" is either before it, and then skipped, or after it, and then what has
not left yet is taken back (`domain/rust.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef

from aanvragen.domain.rust import WilRust, maak_stil, vergrendel_gezinnen
from aanvragen.models import Gezin, Noodplanregel
from aanvragen.models.noodplan import wil_rust

__all__ = [
    "WilRust",
    "eis_geen_rust",
    "gezinnen_met_rust",
    "maak_stil",
    "met_rust",
    "vergrendel_gezinnen",
]


def met_rust(regels: Iterable[Noodplanregel]) -> frozenset[int]:
    """Which of these lines belong to a family that asked for calm (their primary keys)."""
    return frozenset(
        Noodplanregel.objects.filter(pk__in=[regel.pk for regel in regels])
        .die_rust_willen()
        .values_list("pk", flat=True)
    )


def gezinnen_met_rust(gezin_ids: Iterable[int]) -> frozenset[int]:
    """Which of these families asked for calm."""
    return frozenset(
        Gezin.objects.filter(wil_rust(OuterRef("pk")), pk__in=set(gezin_ids)).values_list(
            "pk", flat=True
        )
    )


def eis_geen_rust(regel: Noodplanregel) -> None:
    """Lock the family and refuse (WilRust) when it asked for calm."""
    vergrendel_gezinnen([regel.gezin.pk])
    if met_rust([regel]):
        raise WilRust
