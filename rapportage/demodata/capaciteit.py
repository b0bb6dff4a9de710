"""Ages per licence for half of the group care; some childminders planned for the new ratio."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from opvang.domain.capaciteit import wissel_bij
from opvang.domain.plaatsen_plannen import plan_open_plaatsen
from opvang.models import Leeftijdsgroep, Vergunning
from opvang.workflow import Opvangvorm

BABY_MAANDEN, OUDSTE_MAANDEN = 13, 36
#: So many childminders have planned already; the others still have to.
VOORUIT = 3


def bouw_capaciteit(*, nu: dt.datetime) -> None:
    """Choose by name, not by chance: the same world gives the same groups and plans."""
    vandaag = timezone.localdate(nu)
    geldig = (
        Vergunning.objects.geldig_op(vandaag)
        .select_related("locatie")
        .order_by("locatie__naam", "locatie__slug")
    )
    groepen = geldig.filter(locatie__opvangvorm=Opvangvorm.GROEP, vergunde_plaatsen__gte=14)
    Leeftijdsgroep.objects.bulk_create(
        groep for vergunning in groepen[::2] for groep in _groepen(vergunning)
    )
    wissel = wissel_bij(vandaag)
    if wissel is None or wissel[1].vanaf is None:
        return
    dag, meeste = max(wissel[1].vanaf, vandaag), wissel[1].gezin
    gezinnen = geldig.filter(
        locatie__opvangvorm=Opvangvorm.GEZIN, operationele_plaatsen__gt=meeste, tot=None
    )
    for vergunning in list(gezinnen)[1 : 2 * VOORUIT : 2]:
        plan_open_plaatsen(
            vergunning.locatie, vanaf=dag, plaatsen=meeste, door=None, nu=nu, namens="demo"
        )


def _groepen(vergunning: Vergunning) -> list[Leeftijdsgroep]:
    babys = vergunning.vergunde_plaatsen // 3
    return [
        Leeftijdsgroep(
            vergunning=vergunning, naam="Baby's", leeftijd_tot=BABY_MAANDEN, plaatsen=babys
        ),
        Leeftijdsgroep(
            vergunning=vergunning,
            naam="Peuters",
            leeftijd_vanaf=BABY_MAANDEN,
            leeftijd_tot=OUDSTE_MAANDEN,
            plaatsen=vergunning.vergunde_plaatsen - babys,
        ),
    ]
