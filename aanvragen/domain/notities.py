"""Notes, calls and tasks of staff about a question."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import Weigering
from aanvragen.models import Notitie, Opvangvraag
from aanvragen.workflow import Notitiesoort
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker


@transaction.atomic
def noteer(
    vraag: Opvangvraag,
    soort: Notitiesoort,
    tekst: str,
    *,
    door: Gebruiker,
    nu: dt.datetime,
    wanneer: dt.date | None = None,
) -> Notitie:
    """Keep a note about a question; a task stands on the work list on its day.

    Only staff of the loket read it (`NotitieQuerySet.voor_balie`). Refuses a task without a day, or
    for a day that has passed. Causes a line in the logbook that says there is a note, never what it
    says.
    """
    if soort == Notitiesoort.TAAK and (wanneer is None or wanneer < timezone.localdate(nu)):
        raise Weigering(_("Kies vandaag of een latere dag voor deze taak."))
    notitie = Notitie.objects.create(
        opvangvraag=vraag,
        soort=soort,
        tekst=tekst.strip(),
        wanneer=wanneer if soort == Notitiesoort.TAAK else None,
        door=door,
        op=nu,
    )
    _leg_vast("genoteerd", vraag, notitie, door=door, nu=nu)
    return notitie


@transaction.atomic
def wis(notitie: Notitie, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Delete a note for good, e.g. what should never have been written down (GDPR art. 5, 16).

    Causes a line in the logbook: who, and which kind. Refuses nothing: a task that was done is a
    note too.
    """
    vraag = notitie.opvangvraag
    _leg_vast("gewist", vraag, notitie, door=door, nu=nu)
    notitie.delete()


def _leg_vast(
    wat: str, vraag: Opvangvraag, notitie: Notitie, *, door: Gebruiker, nu: dt.datetime
) -> None:
    leg_vast(
        f"aanvragen.notitie.{wat}",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        notitie=notitie.pk,
        soort=str(notitie.soort),
    )
