"""Somebody asks for a report, or asks again for one that failed."""

from __future__ import annotations

import datetime as dt
import logging

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket
from rapportage.domain.fouten import InDeToekomst, OngeldigeOvergang, Weigering
from rapportage.domain.status import vraag_opnieuw
from rapportage.models import CapaciteitsRapport

logger = logging.getLogger(__name__)


def vraag_aan(
    loket: Loket, *, peildatum: dt.date, door: Gebruiker | None, nu: dt.datetime
) -> CapaciteitsRapport:
    """Write down that this report must be made, and nudge a worker after the commit.

    Guarantees: what was asked is a row first, so it is made even if the queue loses it. Asked twice
    while it is being made gives the running report. Refuses a day in the future (InDeToekomst).
    """
    if peildatum > timezone.localdate(nu):
        raise InDeToekomst
    try:
        with transaction.atomic():
            rapport = CapaciteitsRapport.objects.create(
                loket=loket, peildatum=peildatum, aangevraagd_door=door, aangevraagd_op=nu
            )
            leg_vast(
                "rapportage.rapport.aangevraagd",
                rapport,
                door=door,
                nu=nu,
                loket=loket,
                peildatum=peildatum.isoformat(),
            )
            _porren_na_commit(rapport.pk)
    except IntegrityError:
        # The constraint `rapport_een_lopend_per_dag`: it is being made, or was finished just now.
        return CapaciteitsRapport.objects.filter(loket=loket, peildatum=peildatum).latest("pk")
    return rapport


def probeer_opnieuw(rapport: CapaciteitsRapport, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Ask again for a report that failed.

    Refuses one that did not fail (OngeldigeOvergang), or whose day is being counted in another
    report already.
    """
    try:
        with transaction.atomic():
            if not vraag_opnieuw(rapport.pk, nu=nu):
                raise OngeldigeOvergang
            leg_vast("rapportage.rapport.opnieuw", rapport, door=door, nu=nu, loket=rapport.loket)
            _porren_na_commit(rapport.pk)
    except IntegrityError as dubbel:
        raise Weigering(_("Voor deze dag wordt al een ander rapport gemaakt.")) from dubbel
    rapport.refresh_from_db()


def _porren_na_commit(rapport_id: int) -> None:
    transaction.on_commit(lambda: por(rapport_id), robust=True)


def por(rapport_id: int) -> bool:
    """Ask a worker to make this report now; best effort, the row is what counts."""
    try:
        current_app.send_task("rapportage.tasks.maak_rapport", args=[rapport_id])
    except OperationalError:
        logger.warning("the broker can't be reached; the report waits for the periodic pick-up")
        return False
    return True
