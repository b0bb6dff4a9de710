"""A provider is reminded that a family waits for an answer: by the loket, or by itself before the
term ends.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_aanbieder
from aanvragen.domain.ronde import LINK_NA_TERMIJN, herinneringsdag
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import WACHT_OP_ANTWOORD, Vraagstatus
from loket.domain.logboek import gebeurtenissen_van, leg_vast
from loket.models import Gebruiker, Loket
from loket.werkdagen import begin_van, is_werkdag, na_werkdagen
from opvang.domain.adressen import adressen_van

HERINNERD = "aanvragen.aanmelding.herinnerd"
VANZELF = "aanvragen.aanmelding.vanzelf_herinnerd"
NAMENS_TERMIJN = "termijn"
#: Nobody is mailed at night.
VAN_UUR, TOT_UUR = 8, 18


@transaction.atomic
def herinner(aanmelding: Aanmelding, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Mail the provider again, with the same link, and log it.

    Guarantees: at most one reminder a day for one request, also after a double click; its link
    works for some working days more. Refuses: a request that no longer waits for an answer
    (OngeldigeOvergang), a location without any address (call it instead).
    """
    vraag = (
        Opvangvraag.objects.vergrendeld().select_related("loket").get(pk=aanmelding.opvangvraag_id)
    )
    aanmelding.refresh_from_db()
    if vraag.status != Vraagstatus.ACTIEF or aanmelding.status not in WACHT_OP_ANTWOORD:
        raise OngeldigeOvergang
    if not adressen_van(aanmelding.locatie):
        raise Weigering(_("Van deze opvang kennen we geen e-mailadres. Bel de opvang."))
    eerder = gebeurtenissen_van(vraag).filter(
        werkwoord=HERINNERD, gegevens__aanmelding=aanmelding.pk
    )
    if any(timezone.localdate(g.op) == timezone.localdate(nu) for g in eerder):
        raise Weigering(_("Deze opvang kreeg vandaag al een herinnering."))
    aanmelding.link_tot = na_werkdagen(timezone.localdate(nu), LINK_NA_TERMIJN)
    aanmelding.save(update_fields=["link_tot"])
    _mail(aanmelding, vraag, HERINNERD, door=door, nu=nu)


def te_herinneren(nu: dt.datetime) -> QuerySet[Aanmelding]:
    """Requests whose term ends within the `herinner_opvang_voor` working days of their loket, and
    that were not reminded of this term. Never one whose term is over, nor one that was sent today.
    """
    vandaag = timezone.localdate(nu)
    bijna = Q(pk__in=[])
    for werkdagen in set(Loket.objects.values_list("herinner_opvang_voor", flat=True)):
        bijna |= Q(
            opvangvraag__loket__herinner_opvang_voor=werkdagen,
            antwoord_voor__lte=na_werkdagen(vandaag, werkdagen),
        )
    return (
        Aanmelding.objects.wacht_op_antwoord()
        .niet_opgeschort()
        .filter(
            bijna,
            Q(herinnerd_voor=None) | ~Q(herinnerd_voor=F("antwoord_voor")),
            opvangvraag__status=Vraagstatus.ACTIEF,
            antwoord_voor__gte=vandaag,
            verzonden_op__lt=begin_van(vandaag),
        )
        .order_by("pk")
    )


@transaction.atomic
def herinner_vanzelf(aanmelding: Aanmelding, *, nu: dt.datetime) -> bool:
    """Remind the provider before its term ends; False when there was nothing to remind of.

    Guarantees: once for each term, whoever else is doing the same; logged. A location without an
    address is not looked at again: staff see it on their list once the term is over.
    """
    vraag = (
        Opvangvraag.objects.vergrendeld().select_related("loket").get(pk=aanmelding.opvangvraag_id)
    )
    aanmelding.refresh_from_db()
    dag = herinneringsdag(aanmelding.antwoord_voor, werkdagen=vraag.loket.herinner_opvang_voor)
    if timezone.localdate(nu) < dag or not te_herinneren(nu).filter(pk=aanmelding.pk).exists():
        return False
    aanmelding.herinnerd_voor = aanmelding.antwoord_voor
    aanmelding.save(update_fields=["herinnerd_voor"])
    if not adressen_van(aanmelding.locatie):
        return False
    _mail(aanmelding, vraag, VANZELF, door=None, nu=nu)
    return True


def herinner_allen(nu: dt.datetime) -> int:
    """Send every reminder that is due, each in its own transaction; none at night or on a day off.

    Gives how many.
    """
    uur = timezone.localtime(nu).hour
    if not is_werkdag(timezone.localdate(nu)) or not VAN_UUR <= uur < TOT_UUR:
        return 0
    return sum(herinner_vanzelf(aanmelding, nu=nu) for aanmelding in te_herinneren(nu))


def _mail(
    aanmelding: Aanmelding,
    vraag: Opvangvraag,
    werkwoord: str,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> None:
    leg_vast(
        werkwoord,
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens="" if werkwoord == HERINNERD else NAMENS_TERMIJN,
        aanmelding=aanmelding.pk,
        locatie=aanmelding.locatie.naam,
    )
    meld_aanbieder(aanmelding, "aanbieder_herinnering", nu=nu, op_tijd=werkwoord == VANZELF)
