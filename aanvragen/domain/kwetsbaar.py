"""Is a family vulnerable in the sense of the priority rules? Pure: traits in, answer out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from aanvragen.workflow import Kenmerkcode


@dataclass(frozen=True, slots=True)
class Kwetsbaarheidsregel:
    """At least `minstens` of the grounds, at least one of them an anchor. A ground is a set of
    traits.
    """

    vanaf: dt.date
    tot: dt.date | None
    bron: str
    minstens: int
    gronden: tuple[frozenset[Kenmerkcode], ...]
    ankers: tuple[frozenset[Kenmerkcode], ...]


_ZORG = frozenset({Kenmerkcode.HANDICAP, Kenmerkcode.ZELFZORG, Kenmerkcode.SOCIAAL})
_INKOMEN = frozenset({Kenmerkcode.LAAG_INKOMEN})
_DIPLOMA = frozenset({Kenmerkcode.OPLEIDING})

#: Rule set A (domein.md §3.2): two traits of a-e, one of them c, d or e. Set B (2024-25, annulled
#: by the Constitutional Court on 30-4-2025) changed the priority, not who is vulnerable.
REGELS: tuple[Kwetsbaarheidsregel, ...] = (
    Kwetsbaarheidsregel(
        vanaf=dt.date(2014, 4, 1),
        tot=None,
        bron="Subsidiebesluit 22-11-2013 art. 22, volgens kdvdekadeekes.be en desterretjes.net",
        minstens=2,
        gronden=(
            frozenset({Kenmerkcode.WERK}),
            frozenset({Kenmerkcode.ALLEENSTAAND}),
            _INKOMEN,
            _ZORG,
            _DIPLOMA,
        ),
        ankers=(_INKOMEN, _ZORG, _DIPLOMA),
    ),
)


def is_kwetsbaar(kenmerken: Collection[str], *, peildatum: dt.date) -> bool:
    """True when the traits (those present and not refuted) make the family vulnerable on
    `peildatum`.

    Several traits of one ground count once: two kinds of care need are one ground (d). Before the
    first rule nobody is counted as vulnerable.
    """
    aanwezig = frozenset(kenmerken)
    for regel in REGELS:
        if regel.vanaf <= peildatum and (regel.tot is None or peildatum < regel.tot):
            gronden = [grond for grond in regel.gronden if grond & aanwezig]
            return len(gronden) >= regel.minstens and any(
                grond in regel.ankers for grond in gronden
            )
    return False
