"""No family waits on a list that was forgotten: once the wished start has passed, the provider
says how it ended (domein.md §8: an end status for everybody who ever waited).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from aanvragen.domain.herinneren import TOT_UUR, VAN_UUR
from aanvragen.domain.meldingen import meld_aanbieder
from aanvragen.domain.ronde import antwoord_voor
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus
from loket.domain.logboek import leg_vast
from loket.werkdagen import is_werkdag

GEVRAAGD = "aanvragen.aanmelding.eindstatus_gevraagd"


def te_vragen(nu: dt.datetime) -> QuerySet[Aanmelding]:
    """Requests on a waiting list whose wished start lies before today, of which the provider was
    not asked yet how it ended, or said longer than `bevestigingstermijn` ago that it still waits.
    """
    vandaag = timezone.localdate(nu)
    opnieuw = ExpressionWrapper(
        F("wacht_bevestigd_op") + F("opvangvraag__loket__bevestigingstermijn"),
        output_field=DateField(),
    )
    return (
        Aanmelding.objects.filter(
            status=Aanmeldingstatus.WACHTLIJST,
            eindstatus_voor=None,
            opvangvraag__status=Vraagstatus.ACTIEF,
            opvangvraag__gewenste_start__lt=vandaag,
        )
        .alias(opnieuw_op=opnieuw)
        .filter(Q(wacht_bevestigd_op=None) | Q(opnieuw_op__lte=vandaag))
        .niet_opgeschort()
        .order_by("pk")
    )


@transaction.atomic
def vraag_eindstatus(aanmelding: Aanmelding, *, nu: dt.datetime) -> bool:
    """Ask the provider how the waiting ended; False when that was asked or answered meanwhile.

    Guarantees: a term in working days as for a first answer; links of earlier mails stay dead;
    logged. Causes: a mail to the provider, and the request in its queue until it answers.
    """
    vraag = (
        Opvangvraag.objects.vergrendeld().select_related("loket").get(pk=aanmelding.opvangvraag_id)
    )
    if not te_vragen(nu).filter(pk=aanmelding.pk).exists():
        return False
    Aanmelding.objects.filter(pk=aanmelding.pk).update(
        eindstatus_voor=antwoord_voor(vraag.loket, nu=nu), link_tot=None, ronde=F("ronde") + 1
    )
    aanmelding.refresh_from_db()
    leg_vast(
        GEVRAAGD,
        vraag,
        door=None,
        nu=nu,
        loket=vraag.loket,
        namens="termijn",
        aanmelding=aanmelding.pk,
        locatie=aanmelding.locatie.naam,
    )
    meld_aanbieder(aanmelding, "aanbieder_eindstatus", nu=nu)
    return True


def vraag_allen(nu: dt.datetime) -> int:
    """Ask every end status that is due, each in its own transaction, on working days in the day."""
    uur = timezone.localtime(nu).hour
    if not is_werkdag(timezone.localdate(nu)) or not VAN_UUR <= uur < TOT_UUR:
        return 0
    return sum(vraag_eindstatus(aanmelding, nu=nu) for aanmelding in te_vragen(nu))
