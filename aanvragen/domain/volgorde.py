"""The order in which families stand at a location: advice, the provider decides.

For now: urgent first, then who asked the loket first. The same in memory (`sleutel`) and in the
database (`VOLGORDE`); a test holds the two together. Refined by rules of priority as dated data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Case, IntegerField, Value, When

if TYPE_CHECKING:
    from aanvragen.models import Aanmelding

Sleutel: TypeAlias = tuple[int, dt.datetime, int]

#: For `order_by` on aanmeldingen.
VOLGORDE = (
    Case(
        When(opvangvraag__dringende_reden="", then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    ),
    "opvangvraag__ingediend_op",
    "pk",
)


def sleutel(aanmelding: Aanmelding) -> Sleutel:
    """Give what a family is ranked by; smaller stands earlier."""
    vraag = aanmelding.opvangvraag
    gevraagd = vraag.ingediend_op or vraag.aangemaakt_op
    return (0 if vraag.dringende_reden else 1, gevraagd, aanmelding.pk)


def op_volgorde(aanmeldingen: Iterable[Aanmelding]) -> list[Aanmelding]:
    """Sort the families of a location. Pure."""
    return sorted(aanmeldingen, key=sleutel)
