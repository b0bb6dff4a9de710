"""The week as a value: 7 weekdays x 2 dagdelen as a 14-bit mask, and numbers of places as a vector
of 14.

Bit `2 * weekdag + dagdeel`, with Monday = 0 and voormiddag = 0: Monday voormiddag is bit 0, Sunday
namiddag is bit 13. PostgreSQL knows the same mask (migration `opvang/0002_weekrooster_in_sql`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext_lazy as _

AANTAL_DAGDELEN = 14
VOL_MASKER = (1 << AANTAL_DAGDELEN) - 1
DAGEN = (
    _("maandag"),
    _("dinsdag"),
    _("woensdag"),
    _("donderdag"),
    _("vrijdag"),
    _("zaterdag"),
    _("zondag"),
)
DAGDELEN = (_("voormiddag"), _("namiddag"))


@dataclass(frozen=True, slots=True)
class Weekrooster:
    """Which dagdelen of a week. Refuses a mask outside 0..16383 with ValueError."""

    masker: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.masker <= VOL_MASKER:
            bericht = f"Een weekrooster is een getal van 0 tot {VOL_MASKER}, niet {self.masker}."
            raise ValueError(bericht)

    @classmethod
    def van_dagen(cls, *dagen: int) -> Self:
        """Whole days, Monday = 0."""
        return cls(sum(0b11 << 2 * dag for dag in set(dagen)))

    @classmethod
    def van_dagdelen(cls, dagdelen: Iterable[tuple[int, int]]) -> Self:
        """From (weekday, dagdeel) pairs."""
        masker = 0
        for dag, deel in dagdelen:
            masker |= 1 << (2 * dag + deel)
        return cls(masker)

    def __iter__(self) -> Iterator[int]:
        """The indices (0..13) of the dagdelen that are asked for, in order of the week."""
        return (i for i in range(AANTAL_DAGDELEN) if self.masker >> i & 1)

    def __bool__(self) -> bool:
        return self.masker != 0

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and bool(self.masker >> index & 1)

    def __or__(self, ander: Weekrooster) -> Weekrooster:
        return Weekrooster(self.masker | ander.masker)

    def __and__(self, ander: Weekrooster) -> Weekrooster:
        return Weekrooster(self.masker & ander.masker)

    def __sub__(self, ander: Weekrooster) -> Weekrooster:
        """The dagdelen that are in this week and not in the other."""
        return Weekrooster(self.masker & ~ander.masker)

    @property
    def aantal(self) -> int:
        """Number of dagdelen."""
        return self.masker.bit_count()

    @property
    def vector(self) -> tuple[int, ...]:
        return tuple(self.masker >> i & 1 for i in range(AANTAL_DAGDELEN))

    def zit_in(self, ander: Weekrooster) -> bool:
        return not self - ander

    def past_in(self, plaatsen: Sequence[int]) -> bool:
        """True when every asked dagdeel has at least one place. An empty week fits nowhere: nothing
        was asked.
        """
        return bool(self) and all(plaatsen[i] >= 1 for i in self)

    def ontbrekend_in(self, plaatsen: Sequence[int]) -> Weekrooster:
        """The asked dagdelen for which there is no place."""
        return Weekrooster(sum(1 << i for i in self if plaatsen[i] < 1))

    def dagen(self) -> list[tuple[int, str]]:
        """(weekday, "heel" | "vm" | "nm") of each day with care."""
        soort = {1: "vm", 2: "nm", 3: "heel"}
        return [(dag, soort[bits]) for dag in range(7) if (bits := self.masker >> 2 * dag & 0b11)]

    def __str__(self) -> str:
        """The week in words, also the text alternative of every picture of a week."""
        woorden = {"heel": "%s", "vm": str(_("%s voormiddag")), "nm": str(_("%s namiddag"))}
        delen = [woorden[soort] % DAGEN[dag] for dag, soort in self.dagen()]
        if not delen:
            return str(_("geen dagen"))
        if len(delen) == 1:
            return delen[0]
        return str(_("%(begin)s en %(einde)s")) % {
            "begin": ", ".join(delen[:-1]),
            "einde": delen[-1],
        }


def tel_op(*vectoren: Sequence[int]) -> list[int]:
    """Places of several vectors together."""
    return [sum(waarden) for waarden in zip(*vectoren, strict=True)]


def trek_af(van: Sequence[int], eraf: Sequence[int]) -> list[int]:
    """What is left per dagdeel; may be negative, the caller decides what that means."""
    return [a - b for a, b in zip(van, eraf, strict=True)]


def masker_van_vrij(plaatsen: Sequence[int]) -> Weekrooster:
    """The dagdelen with at least one place."""
    return Weekrooster(sum(1 << i for i, aantal in enumerate(plaatsen) if aantal > 0))
