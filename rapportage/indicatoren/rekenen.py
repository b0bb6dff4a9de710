"""Ratios and rounding, exact until the last step. Pure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor


def rond(breuk: Fraction, cijfers: int = 0) -> Decimal:
    """Round half up to `cijfers` decimals, once, from the exact value: 50,65 becomes 50,7.

    Half up and not half to even: it is what a reader does on paper, and what Opgroeien and
    Statistiek Vlaanderen print. Refuses a negative value: no figure of a report is one.
    """
    if breuk < 0:
        bericht = f"Een cijfer in een rapport is niet negatief: {breuk}."
        raise ValueError(bericht)
    return Decimal(floor(breuk * 10**cijfers + Fraction(1, 2))).scaleb(-cijfers)


def per_honderd(teller: int | None, noemer: int | None, *, cijfers: int = 1) -> Decimal | None:
    """Give `teller` per 100 of `noemer`; None when either is unknown or hidden.

    Without anything to divide by there is no ratio: None, not zero.
    """
    if teller is None or not noemer:
        return None
    return rond(Fraction(teller * 100, noemer), cijfers)


def dagen(kwartdagen: int) -> Decimal:
    """Quarter days as days with the decimals they need at most: 5 -> 1.25."""
    return Decimal(kwartdagen) / 4
