"""What was left behind is picked up: reports that the queue lost, and reports whose worker died."""

from __future__ import annotations

import datetime as dt

from rapportage.domain.aanvragen import por
from rapportage.domain.status import geef_terug, meld_mislukt
from rapportage.models import CapaciteitsRapport
from rapportage.workflow import Rapportstatus

#: A worker that is alive says so at every step; the longest step ends at the hard limit of a task
#: (180 seconds).
STIL_TEL_ALS_DOOD = dt.timedelta(minutes=5)
#: So long a nudge may be under way before it is repeated.
GEDULD = dt.timedelta(minutes=1)
#: A report that kills its worker every time is not made a fourth time by itself.
MEESTE_POGINGEN = 3


def pak_op(*, nu: dt.datetime) -> int:
    """Nudge a worker for every report that waits too long, or whose worker died.

    Guarantees: a report of which the worker was killed is made by another, at most
    `MEESTE_POGINGEN` times; after that it failed, and a person decides. Repeated nudges do no harm:
    the claim decides who makes it. Gives how many were nudged.
    """
    gepord = 0
    achtergebleven = CapaciteitsRapport.objects.zonder_inhoud().achtergebleven(
        gevraagd_voor=nu - GEDULD, stil_sinds=nu - STIL_TEL_ALS_DOOD
    )
    for rapport in achtergebleven.order_by("aangevraagd_op"):
        if rapport.status == Rapportstatus.BEZIG:
            assert rapport.claim is not None
            if rapport.pogingen >= MEESTE_POGINGEN:
                meld_mislukt(rapport.pk, rapport.claim, nu=nu)
                continue
            if not geef_terug(rapport.pk, rapport.claim):
                continue
        gepord += por(rapport.pk)
    return gepord
