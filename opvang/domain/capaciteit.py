"""What the child ratios do to the places of a location. Pure: dated rules in, what changes out.

Source of the figures: OPG-FAQ and OPG-RATIO (domein.md §5.2). A childminder may have so many
children at once; in group care it is so many per carer, by the ages in the group. A licence does
not change by itself: what changes is how many children there may be at the same time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from opvang.workflow import Opvangvorm, Trap

BRON = "Opgroeien, veelgestelde vragen kinderopvang (2026) en kindratio special (25-6-2024)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bezetting:
    """Children per carer: babies only, older ones only, or mixed."""

    baby: int
    ouder: int
    gemengd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratioregel:
    """The ratios of a period. `vanaf` None: the source does not say since when."""

    vanaf: dt.date | None
    tot: dt.date | None
    bron: str
    gezin: int
    alleen: Bezetting
    samen: Bezetting
    #: A group is of babies when nobody is older than this, in months.
    baby_tot_en_met: int


REGELS: tuple[Ratioregel, ...] = (
    Ratioregel(
        vanaf=None,
        tot=dt.date(2027, 1, 1),
        bron=BRON,
        gezin=8,
        alleen=Bezetting(baby=8, ouder=8, gemengd=8),
        samen=Bezetting(baby=9, ouder=9, gemengd=9),
        baby_tot_en_met=12,
    ),
    Ratioregel(
        vanaf=dt.date(2027, 1, 1),
        tot=None,
        bron=BRON,
        gezin=7,
        alleen=Bezetting(baby=5, ouder=8, gemengd=7),
        samen=Bezetting(baby=5, ouder=8, gemengd=7),
        baby_tot_en_met=12,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groep:
    """So many places for ages in months: from, until (not including)."""

    plaatsen: int
    leeftijd_vanaf: int = 0
    leeftijd_tot: int = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Situatie:
    """The licence of a location on a day."""

    vorm: str
    vergund: int
    open: int
    groepen: tuple[Groep, ...] = ()

    @property
    def bezet(self) -> tuple[Groep, ...]:
        """The open places by age: those of the groups, and what is left over for all ages.

        With more places in groups than are open, the last group gives way.
        """
        over, uit = self.open, []
        for groep in self.groepen:
            plaatsen = min(groep.plaatsen, over)
            over -= plaatsen
            if plaatsen:
                uit.append(
                    Groep(
                        plaatsen=plaatsen,
                        leeftijd_vanaf=groep.leeftijd_vanaf,
                        leeftijd_tot=groep.leeftijd_tot,
                    )
                )
        return (*uit, Groep(plaatsen=over)) if over else tuple(uit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verandering:
    """What a change of the ratios means for one location.

    `minder` places are certain to go (a childminder). In group care nothing goes by itself:
    `zonder_extra` is how many children fewer there may be with as few carers as suffice today, and
    `begeleiders_straks` how many carers keep every place.
    """

    op: dt.date
    bron: str
    tegelijk_nu: int
    tegelijk_straks: int
    minder: int = 0
    begeleiders_nu: int = 0
    begeleiders_straks: int = 0
    zonder_extra: int = 0

    @property
    def extra_begeleiders(self) -> int:
        return self.begeleiders_straks - self.begeleiders_nu

    @property
    def kan_zonder_extra(self) -> int:
        return self.tegelijk_nu - self.zonder_extra


def regel_op(peildatum: dt.date) -> Ratioregel | None:
    for regel in REGELS:
        if (regel.vanaf is None or regel.vanaf <= peildatum) and (
            regel.tot is None or peildatum < regel.tot
        ):
            return regel
    return None


def wissel_bij(peildatum: dt.date) -> tuple[Ratioregel, Ratioregel] | None:
    """Give the ratios before and after the next change; after the last one, that one again."""
    paren = list(pairwise(REGELS))
    komend = [paar for paar in paren if paar[1].vanaf is not None and paar[1].vanaf > peildatum]
    if komend:
        return komend[0]
    return paren[-1] if paren else None


def verandering(situatie: Situatie, *, van: Ratioregel, naar: Ratioregel) -> Verandering | None:
    """Say what changes for the licence as it will be on that day; None when nothing does."""
    if naar.vanaf is None or not situatie.open:
        return None
    if situatie.vorm == Opvangvorm.GEZIN:
        if situatie.open <= naar.gezin:
            return None
        return Verandering(
            op=naar.vanaf,
            bron=naar.bron,
            tegelijk_nu=min(situatie.open, van.gezin),
            tegelijk_straks=naar.gezin,
            minder=min(situatie.open, van.gezin) - naar.gezin,
        )
    nu = [begeleiders(groep, regel=van) for groep in situatie.bezet]
    straks = [begeleiders(groep, regel=naar) for groep in situatie.bezet]
    kan = sum(
        min(groep.plaatsen, meeste_kinderen(groep, aantal, regel=naar))
        for groep, aantal in zip(situatie.bezet, nu, strict=True)
    )
    if straks == nu:
        return None
    return Verandering(
        op=naar.vanaf,
        bron=naar.bron,
        tegelijk_nu=situatie.open,
        tegelijk_straks=situatie.open,
        begeleiders_nu=sum(nu),
        begeleiders_straks=sum(straks),
        zonder_extra=situatie.open - kan,
    )


def begeleiders(groep: Groep, *, regel: Ratioregel) -> int:
    """Count the carers that suffice when every place of a group is taken."""
    if groep.plaatsen <= _per_begeleider(groep, regel.alleen, regel=regel):
        return 1 if groep.plaatsen else 0
    samen = _per_begeleider(groep, regel.samen, regel=regel)
    return max(2, -(-groep.plaatsen // samen))


def meeste_kinderen(groep: Groep, aantal: int, *, regel: Ratioregel) -> int:
    """Count how many children so many carers may have in a group of these ages."""
    if aantal == 1:
        return _per_begeleider(groep, regel.alleen, regel=regel)
    return aantal * _per_begeleider(groep, regel.samen, regel=regel)


def _per_begeleider(groep: Groep, bezetting: Bezetting, *, regel: Ratioregel) -> int:
    if groep.leeftijd_tot <= regel.baby_tot_en_met + 1:
        return bezetting.baby
    if groep.leeftijd_vanaf > regel.baby_tot_en_met:
        return bezetting.ouder
    return bezetting.gemengd


# Counting places


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Places by tier, by price and in use; each place counts once, at its highest tier."""

    vergund: int = 0
    open: int = 0
    per_trap: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def trappen(self) -> list[tuple[Trap, int]]:
        return list(zip(Trap, self.per_trap, strict=True))

    @property
    def ikt(self) -> int:
        """Places at inkomenstarief: T2 and T3 (domein.md §5.3)."""
        return self.per_trap[2] + self.per_trap[3]

    @property
    def vrije_prijs(self) -> int:
        return self.per_trap[0] + self.per_trap[1]


def tel_samen(tellingen: Iterable[Telling]) -> Telling:
    lijst = list(tellingen)
    t0, t1, t2, t3 = (sum(telling.per_trap[nr] for telling in lijst) for nr in range(len(Trap)))
    return Telling(
        vergund=sum(telling.vergund for telling in lijst),
        open=sum(telling.open for telling in lijst),
        per_trap=(t0, t1, t2, t3),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gevolg:
    """What a change costs a whole area."""

    gezinnen: int
    minder: int
    groepen: int
    extra_begeleiders: int
    zonder_extra: int


def tel_gevolg(veranderingen: Sequence[Verandering]) -> Gevolg:
    vast = [een for een in veranderingen if een.minder]
    groepen = [een for een in veranderingen if een.extra_begeleiders]
    return Gevolg(
        gezinnen=len(vast),
        minder=sum(een.minder for een in vast),
        groepen=len(groepen),
        extra_begeleiders=sum(een.extra_begeleiders for een in groepen),
        zonder_extra=sum(een.zonder_extra for een in groepen),
    )
