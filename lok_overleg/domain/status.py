"""The only place where the status of a meeting changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from lok_overleg.models import Vergadering
from lok_overleg.workflow import OVERGANGEN, Vergaderstatus
from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from loket.domain.logboek import leg_vast

if TYPE_CHECKING:
    from loket.models import Gebruiker


@transaction.atomic
def verander_vergadering(
    vergadering: Vergadering,
    naar: Vergaderstatus,
    *,
    door: Gebruiker,
    nu: dt.datetime,
    reden: str = "",
) -> None:
    """Move the meeting to `naar`, date it and log it, or refuse; two callers never both succeed.

    Refuses an edge that `OVERGANGEN` does not have (OngeldigeOvergang) and a stale copy
    (IntussenGewijzigd).
    """
    van = Vergaderstatus(vergadering.status)
    if naar not in OVERGANGEN[van]:
        raise OngeldigeOvergang
    velden: dict[str, Any] = {"status": naar}
    if naar == Vergaderstatus.GEHOUDEN:
        velden["gehouden_op"] = nu
    if naar == Vergaderstatus.AFGELAST:
        velden |= {"afgelast_op": nu, "reden_afgelast": reden}
    if Vergadering.objects.filter(pk=vergadering.pk, status=van).update(**velden) != 1:
        raise IntussenGewijzigd
    leg_vast(
        f"lok.vergadering.{naar.value}",
        vergadering,
        door=door,
        nu=nu,
        loket=vergadering.loket,
        van=van.value,
    )
    vergadering.refresh_from_db()


def vergrendel(vergadering: Vergadering) -> Vergadering:
    """Lock the meeting: its agenda, attendance, votes and minutes change one at a time."""
    return (
        Vergadering.objects.select_for_update(of=("self",))
        .select_related("loket")
        .get(pk=vergadering.pk)
    )
