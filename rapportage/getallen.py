"""Numbers and dates as a Dutch reader expects them: 1 304 and 38,3."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapportage.indicatoren.rekenen import rond

#: Keeps the groups of a number on one line.
VASTE_SPATIE = "\u00a0"


def getal(waarde: int | Decimal | None, cijfers: int | None = None) -> str:
    """Write a number with a decimal comma and spaced thousands; a hidden one says so.

    Without `cijfers` a decimal keeps the decimals that say something: 12.0 -> "12", 12.50 ->
    "12,5".
    """
    if waarde is None:
        return _("verborgen")
    exact = Decimal(waarde)
    tekst = f"{exact.normalize() if cijfers is None else rond(Fraction(exact), cijfers):f}"
    geheel, _punt, rest = tekst.partition(".")
    groepen = f"{int(geheel):,}".replace(",", VASTE_SPATIE)
    return f"{groepen},{rest}" if rest else groepen


def maandnaam(dag: dt.date) -> str:
    return date_format(dag, "F Y")


def datum_voluit(dag: dt.date) -> str:
    return date_format(dag, "j F Y")
