"""The loket reminds a provider that a family waits for an answer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_aanbieder
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import WACHT_OP_ANTWOORD, Vraagstatus
from loket.domain.logboek import gebeurtenissen_van, leg_vast
from loket.models import Gebruiker
from opvang.domain.adressen import adressen_van

HERINNERD = "aanvragen.aanmelding.herinnerd"


@transaction.atomic
def herinner(aanmelding: Aanmelding, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Mail the provider again, with the same link, and log it.

    Guarantees: at most one reminder a day for one request, also after a double click. Refuses: a
    request that no longer waits for an answer (OngeldigeOvergang), a location without any address
    (call it instead).
    """
    vraag = (
        Opvangvraag.objects.vergrendeld().select_related("loket").get(pk=aanmelding.opvangvraag_id)
    )
    aanmelding.refresh_from_db(fields=["status"])
    if vraag.status != Vraagstatus.ACTIEF or aanmelding.status not in WACHT_OP_ANTWOORD:
        raise OngeldigeOvergang
    if not adressen_van(aanmelding.locatie):
        raise Weigering(_("Van deze opvang kennen we geen e-mailadres. Bel de opvang."))
    eerder = gebeurtenissen_van(vraag).filter(
        werkwoord=HERINNERD, gegevens__aanmelding=aanmelding.pk
    )
    if any(timezone.localdate(g.op) == timezone.localdate(nu) for g in eerder):
        raise Weigering(_("Deze opvang kreeg vandaag al een herinnering."))
    leg_vast(
        HERINNERD,
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        aanmelding=aanmelding.pk,
        locatie=aanmelding.locatie.naam,
    )
    meld_aanbieder(aanmelding, "aanbieder_herinnering", nu=nu)
