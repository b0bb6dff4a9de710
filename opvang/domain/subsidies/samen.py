"""The same step for many subsidies at once: all of them, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from loket.domain.fouten import IntussenGewijzigd
from loket.models import Gebruiker
from opvang.domain.subsidies.beslissen import keur_goed_college, keur_goed_dienst
from opvang.domain.subsidies.rekenen import bereken_opnieuw
from opvang.domain.subsidies.status import vergrendel_budgetten
from opvang.models import Subsidie, Subsidiereglement
from opvang.models.subsidies import SubsidieQuerySet
from opvang.workflow import Subsidiestatus


def te_berekenen(reglement: Subsidiereglement, *, jaar: int) -> SubsidieQuerySet:
    """Proposals and applications of which nobody fixed the amount yet, where there is something."""
    wacht = (Subsidiestatus.VOORGESTELD, Subsidiestatus.AANGEVRAAGD)
    return _van(reglement, jaar).filter(status__in=wacht, bedrag__gt=0)


def voor_de_dienst(reglement: Subsidiereglement, *, jaar: int, door: Gebruiker) -> SubsidieQuerySet:
    """What a colleague computed, so that this person may approve it."""
    return _van(reglement, jaar).filter(status=Subsidiestatus.BEREKEND).exclude(berekend_door=door)


def voor_het_college(reglement: Subsidiereglement, *, jaar: int) -> SubsidieQuerySet:
    return _van(reglement, jaar).filter(status=Subsidiestatus.DIENST)


@transaction.atomic
def bereken_alle(
    reglement: Subsidiereglement, *, jaar: int, door: Gebruiker, nu: dt.datetime
) -> int:
    """Fix the amount of all that are open, in the name of `door`; gives how many."""
    rijen = list(te_berekenen(reglement, jaar=jaar).vergrendeld())
    for een in rijen:
        bereken_opnieuw(een, door=door, nu=nu)
    return len(rijen)


@transaction.atomic
def keur_goed_dienst_samen(
    reglement: Subsidiereglement,
    gezien: Mapping[int, Decimal],
    *,
    motivering: str,
    door: Gebruiker,
    nu: dt.datetime,
) -> int:
    """Approve all of these as the dienst, with the amounts that were `gezien` (pk -> amount).

    Refuses all of them when one may not be approved (see keur_goed_dienst).
    """
    vergrendel_budgetten(reglement)
    for een in _lees(reglement, gezien):
        keur_goed_dienst(een, door=door, nu=nu, motivering=motivering, gezien=gezien[een.pk])
    return len(gezien)


@transaction.atomic
def keur_goed_college_samen(
    reglement: Subsidiereglement,
    gezien: Mapping[int, Decimal],
    *,
    datum: dt.date,
    motivering: str,
    door: Gebruiker,
    nu: dt.datetime,
) -> int:
    """Note one decision of the college about all of these; each organisator gets its own mail."""
    for een in _lees(reglement, gezien):
        keur_goed_college(een, datum=datum, door=door, nu=nu, motivering=motivering)
    return len(gezien)


def _van(reglement: Subsidiereglement, jaar: int) -> SubsidieQuerySet:
    return Subsidie.objects.filter(regel__reglement=reglement, jaar=jaar).select_related(
        "locatie", "regel"
    )


def _lees(reglement: Subsidiereglement, gezien: Mapping[int, Decimal]) -> list[Subsidie]:
    """Lock them in pk order. One that is not of this reglement, or gone, stops it all."""
    rijen = list(
        Subsidie.objects.filter(regel__reglement=reglement, pk__in=gezien)
        .select_related("regel")
        .vergrendeld()
    )
    if len(rijen) != len(gezien):
        raise IntussenGewijzigd
    return rijen
