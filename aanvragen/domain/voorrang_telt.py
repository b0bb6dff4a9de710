"""Do traits of a family matter for this choice of locations? If not, nobody asks for them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from opvang.models import Opvanglocatie, Vergunning


def geeft_voorrang(locaties: QuerySet[Opvanglocatie], *, peildatum: dt.date) -> bool:
    """Tell whether one of these locations has subsidised places with priority rules (T2 or T3).

    Only there a family's traits decide anything (Subsidiebesluit 22-11-2013, art. 22; domein.md
    §3.2); elsewhere asking would be collecting. A location without a known licence may have such
    places. One query.
    """
    lopend = Vergunning.objects.geldig_op(peildatum).filter(locatie=OuterRef("pk"))
    met_trap = lopend.filter(Q(plaatsen_t2__gt=0) | Q(plaatsen_t3__gt=0))
    return locaties.filter(Exists(met_trap) | ~Exists(lopend)).exists()
