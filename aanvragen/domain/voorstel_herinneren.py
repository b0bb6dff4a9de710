"""A family hears in time that an offer is about to lapse: once, and never after the deadline."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.utils import timezone

from aanvragen.domain.meldingen import meld_ouders
from aanvragen.models import Opvangvraag, Voorstel
from aanvragen.workflow import Vraagstatus
from loket.domain.logboek import leg_vast

DAG = dt.timedelta(days=1)
#: Not in the night: from this hour of the day on.
UUR = dt.time(9)


def herinner_vanaf(voorstel: Voorstel) -> dt.datetime:
    """Give the moment from which the family may be reminded. Pure.

    So many days before the last day to answer, in the morning. An offer with a short term is
    reminded when half of the term is over, so that the reminder never follows on the offer's heels.
    """
    laatste_dag = timezone.localdate(voorstel.geldig_tot - dt.timedelta(microseconds=1))
    dagen = voorstel.aanmelding.opvangvraag.loket.herinner_voorstel_voor
    ochtend = timezone.make_aware(dt.datetime.combine(laatste_dag - dagen * DAG, UUR))
    helft = voorstel.gedaan_op + (voorstel.geldig_tot - voorstel.gedaan_op) / 2
    return max(ochtend, helft)


def te_herinneren(nu: dt.datetime) -> list[Voorstel]:
    """List the running offers whose family should be reminded now."""
    ruim = ExpressionWrapper(
        Value(nu) + (F("aanmelding__opvangvraag__loket__herinner_voorstel_voor") + 1) * DAG,
        output_field=DateTimeField(),
    )
    kandidaten = (
        Voorstel.objects.lopend()
        .filter(
            herinnerd_op=None,
            geldig_tot__gt=nu,
            geldig_tot__lte=ruim,
            aanmelding__opvangvraag__status=Vraagstatus.ACTIEF,
        )
        .select_related("aanmelding__opvangvraag__loket")
        .order_by("pk")
    )
    return [voorstel for voorstel in kandidaten if herinner_vanaf(voorstel) <= nu]


@transaction.atomic
def herinner_voorstel(voorstel: Voorstel, *, nu: dt.datetime) -> bool:
    """Remind both parents, once. False when the offer ended or lapsed meanwhile, or it was done.

    Causes: a mail; a family without an address is on the work list instead (offers about to lapse).
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=voorstel.aanmelding.opvangvraag_id)
    eerste = Voorstel.objects.lopend().filter(pk=voorstel.pk, herinnerd_op=None, geldig_tot__gt=nu)
    if vraag.status != Vraagstatus.ACTIEF or not eerste.update(herinnerd_op=nu):
        return False
    voorstel.refresh_from_db()
    leg_vast(
        "aanvragen.voorstel.herinnerd",
        vraag,
        door=None,
        nu=nu,
        loket=vraag.loket,
        namens="termijn",
        voorstel=voorstel.pk,
        locatie=voorstel.aanmelding.locatie.naam,
    )
    meld_ouders(
        vraag,
        "voorstel_herinnering",
        nu=nu,
        voorstel=voorstel,
        locatie=voorstel.aanmelding.locatie,
    )
    return True
