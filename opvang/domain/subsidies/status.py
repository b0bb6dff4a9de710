"""The only place where the status of a subsidie changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Subsidie, Subsidiebudget, Subsidiereglement, Subsidiestap
from opvang.workflow import SUBSIDIEOVERGANGEN, Subsidiestatus


@transaction.atomic
def verander_subsidie(
    subsidie: Subsidie,
    naar: Subsidiestatus,
    *,
    door: Gebruiker,
    nu: dt.datetime,
    motivering: str = "",
    datum: dt.date | None = None,
    **velden: Any,
) -> None:
    """Move to `naar` with these fields, add the step and log it; two callers never both succeed.

    Refuses an edge that `SUBSIDIEOVERGANGEN` does not have (OngeldigeOvergang) and a stale copy
    (IntussenGewijzigd).
    """
    van = Subsidiestatus(subsidie.status)
    if naar not in SUBSIDIEOVERGANGEN[van]:
        raise OngeldigeOvergang
    if Subsidie.objects.filter(pk=subsidie.pk, status=van).update(status=naar, **velden) != 1:
        raise IntussenGewijzigd
    Subsidiestap.objects.create(
        subsidie=subsidie, naar=naar, door=door, op=nu, datum=datum, motivering=motivering
    )
    subsidie.refresh_from_db()
    leg_vast(
        f"opvang.subsidie.{naar.value}",
        subsidie,
        door=door,
        nu=nu,
        loket=subsidie.regel.reglement.loket,
        van=van.value,
        bedrag=str(subsidie.bedrag),
    )


def vergrendel_budgetten(reglement: Subsidiereglement) -> dict[int, Subsidiebudget]:
    """Lock the budgets of all years: a maximum per location looks beyond its own year."""
    rijen = Subsidiebudget.objects.filter(reglement=reglement).vergrendeld()
    return {budget.jaar: budget for budget in rijen}


def vergrendel(subsidie: Subsidie) -> Subsidie:
    """Lock the subsidie and read it anew. A budget that is needed too is locked first."""
    return (
        Subsidie.objects.vergrendeld()
        .select_related("regel__reglement__loket", "locatie__organisator")
        .get(pk=subsidie.pk)
    )
