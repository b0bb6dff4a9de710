"""What every indicator starts from: the area, the day, and what a figure says about itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Self, TypeAlias

from django.utils import timezone

from loket.models import Loket

#: A count in a table about people; None is a count that is hidden because it, or its complement, is
#: small.
Telling: TypeAlias = int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebied:
    """A municipality of the werkingsgebied."""

    id: int
    naam: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Werkgebied:
    """The werkingsgebied of a loket with the settings that counting needs."""

    loket_id: int
    naam: str
    gemeenten: tuple[Gebied, ...]
    kleine_cel: int
    vers_dagen: int
    verborgen_dagen: int

    @classmethod
    def van(cls, loket: Loket) -> Self:
        return cls(
            loket_id=loket.pk,
            naam=loket.naam,
            gemeenten=tuple(Gebied(id=g.pk, naam=g.naam) for g in loket.gemeenten.order_by("naam")),
            kleine_cel=loket.kleine_cel,
            vers_dagen=loket.vers_dagen,
            verborgen_dagen=loket.verborgen_dagen,
        )

    @property
    def gemeente_ids(self) -> tuple[int, ...]:
        return tuple(gebied.id for gebied in self.gemeenten)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toelichting:
    """What a figure means, who says so, on which day, and over how many it was counted."""

    definitie: str
    bron: str
    bron_url: str = ""
    peildatum: dt.date
    n: Telling
    n_van: str


def einde_van(peildatum: dt.date) -> dt.datetime:
    """Give the first moment after the day, in local time: what came before it, had happened."""
    return timezone.make_aware(dt.datetime.combine(peildatum + dt.timedelta(days=1), dt.time.min))
