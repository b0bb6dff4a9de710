"""Hide small counts, and with them whatever would give them away by subtraction. Pure.

A table with its totals is a circulation: what flows into every node flows out again, and the grand
total flows back. A row total that is printed ties its cells together in one equation; so does a
column total. In that picture each number is an edge, and a hidden number can be worked out exactly
when no other set of hidden numbers could have given the same visible ones: when its edge lies on no
cycle along which one can be added or taken away. That is what `is_te_herleiden` looks for.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import TypeVar

Knoop = Hashable
S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cel:
    """One number of a table, as the edge `van -> naar` of its circulation."""

    van: Knoop
    naar: Knoop
    waarde: int
    is_totaal: bool = False


def als_rij(delen: Mapping[S, int], *, totaal: S) -> dict[S, Cel]:
    """The cells of one row whose parts add up to a printed total."""
    cellen = {sleutel: Cel("delen", "som", waarde) for sleutel, waarde in delen.items()}
    return {**cellen, totaal: Cel("som", "delen", sum(delen.values()), is_totaal=True)}


def als_tabel(
    waarden: Mapping[tuple[str, str], int],
    *,
    kolommen: Collection[str] | None = None,
    totaal: str = "",
) -> dict[tuple[str, str], Cel]:
    """The cells `(row, column)` of a table with printed totals of rows, of columns and of all.

    Totals get the keys `(row, totaal)`, `(totaal, column)` and `(totaal, totaal)`. Name the
    `kolommen` of a table that may have no rows.
    """
    rijen = list(dict.fromkeys(rij for rij, _ in waarden))
    kolommen = list(kolommen or dict.fromkeys(kolom for _, kolom in waarden))
    alles, som = ("alles", ""), ("som", "")
    cellen: dict[tuple[str, str], Cel] = {}
    for rij in rijen:
        for kolom in kolommen:
            cellen[rij, kolom] = Cel(("rij", rij), ("kolom", kolom), waarden.get((rij, kolom), 0))
        rijsom = sum(waarden.get((rij, kolom), 0) for kolom in kolommen)
        cellen[rij, totaal] = Cel(alles, ("rij", rij), rijsom, is_totaal=True)
    for kolom in kolommen:
        kolomsom = sum(waarden.get((rij, kolom), 0) for rij in rijen)
        cellen[totaal, kolom] = Cel(("kolom", kolom), som, kolomsom, is_totaal=True)
    cellen[totaal, totaal] = Cel(som, alles, sum(waarden.values()), is_totaal=True)
    return cellen


def verberg(
    cellen: Mapping[S, Cel], *, grens: int, gevoelig: Collection[S] | None = None
) -> frozenset[S]:
    """Which cells of the table must not be shown.

    Guarantees: every cell from 1 to `grens` - 1 (or every one of `gevoelig`, where small is not
    told from the number itself) is hidden, and no hidden cell can be worked out from the visible
    ones, even by somebody who knows that zeros are never hidden. Zero stays visible: it says
    nothing about anybody. Hides little more than it must, smallest numbers first, totals last.
    """
    if gevoelig is None:
        gevoelig = [sleutel for sleutel, cel in cellen.items() if 0 < cel.waarde < grens]
    verborgen = {sleutel for sleutel in gevoelig if cellen[sleutel].waarde > 0}
    # Once is enough: hiding more never exposes a cell, and what hides along can itself move.
    for sleutel in [sleutel for sleutel in cellen if sleutel in verborgen]:
        if is_te_herleiden(sleutel, cellen, verborgen):
            verborgen |= _dekmantel(sleutel, cellen, verborgen)
    return frozenset(verborgen)


def is_te_herleiden(sleutel: S, cellen: Mapping[S, Cel], verborgen: Collection[S]) -> bool:
    """Tell whether the visible cells leave this hidden one a single possible value."""
    alleen = {s: cellen[s] for s in verborgen}
    return not any(_omwegen(sleutel, alleen, verborgen))


def _dekmantel(sleutel: S, cellen: Mapping[S, Cel], verborgen: Collection[S]) -> set[S]:
    """The cheapest visible cells that keep this one from being worked out once they are hidden too.

    There always is a way: every number that is not zero lies on a cycle of such numbers, back
    through the totals.
    """
    _prijs, mee = min(_omwegen(sleutel, cellen, verborgen), key=lambda omweg: omweg[0])
    return set(mee)


def _omwegen(
    sleutel: S, cellen: Mapping[S, Cel], verborgen: Collection[S]
) -> Iterator[tuple[int, list[S]]]:
    """Ways for this cell to be one more, or one less, the others making up for it."""
    cel = cellen[sleutel]
    anders = {s: c for s, c in cellen.items() if s != sleutel and c.waarde > 0}
    meer = _kortste(cel.naar, cel.van, anders, verborgen)
    minder = _kortste(cel.van, cel.naar, anders, verborgen) if cel.waarde > 1 else None
    yield from (weg for weg in (meer, minder) if weg is not None)


def _kortste(
    begin: Knoop, einde: Knoop, cellen: Mapping[S, Cel], verborgen: Collection[S]
) -> tuple[int, list[S]] | None:
    """Carry one unit from `begin` to `einde` and hide as little as can be (Dijkstra).

    No cell falls below 1. A cell that is hidden already is free; a visible one costs its number; a
    total costs more than any cell.
    """
    totaalprijs = 1 + sum(cel.waarde for cel in cellen.values())
    stappen: dict[Knoop, list[tuple[Knoop, int, S]]] = {}
    for sleutel, cel in cellen.items():
        prijs = 0 if sleutel in verborgen else cel.waarde + cel.is_totaal * totaalprijs
        stappen.setdefault(cel.van, []).append((cel.naar, prijs, sleutel))
        if cel.waarde > 1:
            stappen.setdefault(cel.naar, []).append((cel.van, prijs, sleutel))
    volgorde = count()
    rand: list[tuple[int, int, Knoop, list[S]]] = [(0, next(volgorde), begin, [])]
    klaar: set[Knoop] = set()
    while rand:
        prijs, _, hier, gebruikt = heappop(rand)
        if hier == einde:
            return prijs, [s for s in gebruikt if s not in verborgen]
        if hier in klaar:
            continue
        klaar.add(hier)
        for verder, erbij, sleutel in stappen.get(hier, []):
            heappush(rand, (prijs + erbij, next(volgorde), verder, [*gebruikt, sleutel]))
    return None
