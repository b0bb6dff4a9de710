"""Is there room at many locations at once: `vrije_plaatsen.stand_van`, said once more in SQL.

So a list can be filtered, counted and cut in pages by the database; a test holds the two equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Expression,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from loket.models import Loket
from opvang.domain.vrije_plaatsen import heeft_plaats, stand_van
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster, masker_van_vrij
from opvang.workflow import Stand

#: Opvanglocaties with annotations, which the type checker can't follow out of a function.
Locaties: TypeAlias = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Termijnen:
    """How long a location's word holds, by gemeente: (fresh, hidden) in days, set by its loket."""

    per_gemeente: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    gewoon: tuple[int, int] = (30, 60)

    @classmethod
    def lees(cls) -> Termijnen:
        """Ask the lokets; where two serve a gemeente, the one that hides sooner counts."""
        kaal = Loket()
        per_gemeente: dict[int, tuple[int, int]] = {}
        for gemeente_id, vers, verborgen in Loket.objects.order_by(
            "-verborgen_dagen", "-vers_dagen"
        ).values_list("gemeenten", "vers_dagen", "verborgen_dagen"):
            if gemeente_id is not None:
                per_gemeente[gemeente_id] = (vers, verborgen)
        return cls(per_gemeente, (kaal.vers_dagen, kaal.verborgen_dagen))

    def van(self, gemeente_id: int) -> tuple[int, int]:
        return self.per_gemeente.get(gemeente_id, self.gewoon)

    def grens(self, nu: dt.datetime, *, verborgen: bool) -> Expression:
        """Say in SQL after which moment a word is fresh or, with `verborgen`, not yet forgotten."""
        per_dagen: dict[int, list[int]] = {}
        for gemeente_id, termijn in self.per_gemeente.items():
            per_dagen.setdefault(termijn[verborgen], []).append(gemeente_id)
        gewoon = self.gewoon[verborgen]
        per_dagen.pop(gewoon, None)

        def moment(dagen: int) -> Value:
            return Value(nu - dt.timedelta(days=dagen), output_field=DateTimeField())

        return Case(
            *(When(gemeente_id__in=ids, then=moment(dagen)) for dagen, ids in per_dagen.items()),
            default=moment(gewoon),
            output_field=DateTimeField(),
        )


class _Plaats(Func):
    """SQL: how far along a list of words one of them stands."""

    function = "array_position"
    output_field = IntegerField()


def met_stand(
    locaties: Locaties,
    *,
    termijnen: Termijnen,
    nu: dt.datetime,
    rooster_masker: int | None = None,
    start: dt.date | None = None,
    soorten: Sequence[str] = (),
    leeftijd_maanden: int | None = None,
) -> Locaties:
    """Annotate `stand`: what `stand_van` says about the rows of `Plaatsaanbod.voor_start`."""
    beste = (
        Plaatsaanbod.objects.filter(locatie=OuterRef("pk"))
        .voor_start(
            start,
            peildatum=timezone.localdate(nu),
            soorten=soorten,
            leeftijd_maanden=leeftijd_maanden,
        )
        .filter(laatst_bevestigd__gt=OuterRef("verborgen_na"))
        .annotate(
            stand=Case(
                When(~_heeft_plaats(rooster_masker), then=Value(Stand.VOL)),
                When(laatst_bevestigd__gt=OuterRef("vers_na"), then=Value(Stand.VRIJ)),
                default=Value(Stand.MISSCHIEN),
                output_field=CharField(),
            )
        )
        .order_by(rang_van(F("stand")))
        .values("stand")[:1]
    )
    gemerkt: Locaties = locaties.annotate(
        vers_na=termijnen.grens(nu, verborgen=False),
        verborgen_na=termijnen.grens(nu, verborgen=True),
    ).annotate(stand=Coalesce(Subquery(beste), Value(Stand.ONBEKEND), output_field=CharField()))
    return gemerkt


def _heeft_plaats(rooster_masker: int | None) -> Q:
    """Say in SQL what `vrije_plaatsen.heeft_plaats` says, element by element: no function to call.

    No more is ever taken than there is (a constraint), so a difference anywhere is a free place.
    """
    if not rooster_masker:
        return ~Q(plaatsen=F("ingenomen"))
    return Q(
        *(Q(**{f"plaatsen__{i}__gt": F(f"ingenomen__{i}")}) for i in Weekrooster(rooster_masker))
    )


def rang_van(stand: F) -> _Plaats:
    """Order in SQL: vrij, misschien, onbekend, vol; for with onbekend there may be a place."""
    orde = [Stand.VRIJ.value, Stand.MISSCHIEN.value, Stand.ONBEKEND.value, Stand.VOL.value]
    return _Plaats(Value(orde, output_field=ArrayField(CharField())), stand)


# What a card shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Zicht:
    """The room at one location as a parent sees it: the answer, and the period that it rests on."""

    stand: Stand
    aantal: int = 0
    vrij: Weekrooster = field(default_factory=Weekrooster)
    bevestigd: dt.datetime | None = None
    periode: Plaatsaanbod | None = None


def zicht_op(
    aanbod: Sequence[Plaatsaanbod],
    *,
    nu: dt.datetime,
    termijn: tuple[int, int],
    rooster_masker: int | None = None,
) -> Zicht:
    """Choose the period that fits best, the soonest of equals, and say what is free in it. Pure.

    `aantal` is the number of children that can have all asked dagdelen, or without any asked the
    largest number on one dagdeel. What is too old to count keeps its date, so that "not for a
    long time" can be told from "never".
    """
    vers_dagen, verborgen_dagen = termijn
    stand = stand_van(
        aanbod,
        rooster_masker=rooster_masker,
        nu=nu,
        vers_dagen=vers_dagen,
        verborgen_dagen=verborgen_dagen,
    )
    if stand is Stand.ONBEKEND:
        laatst = max((rij.laatst_bevestigd for rij in aanbod), default=None)
        return Zicht(stand=stand, bevestigd=laatst)
    vergeten, vers = (nu - dt.timedelta(days=dagen) for dagen in (verborgen_dagen, vers_dagen))
    gevraagd = Weekrooster(rooster_masker or 0)

    def past_beter(rij: Plaatsaanbod) -> tuple[bool, bool, int, int, int, int]:
        vrij = rij.vrij
        return (
            heeft_plaats(rij, rooster_masker),
            rij.laatst_bevestigd > vers,
            sum(vrij[i] > 0 for i in gevraagd),
            -rij.vanaf.toordinal(),
            sum(vrij),
            -rij.pk,
        )

    beste = max((rij for rij in aanbod if rij.laatst_bevestigd > vergeten), key=past_beter)
    vrij = beste.vrij
    return Zicht(
        stand=stand,
        aantal=min((vrij[i] for i in gevraagd), default=max(vrij)),
        vrij=masker_van_vrij(vrij),
        bevestigd=beste.laatst_bevestigd,
        periode=beste,
    )
