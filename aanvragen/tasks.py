"""Periodic work on the demand: each task finds what is due and calls the domain."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from aanvragen.domain import concept
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.models import Voorstel


@shared_task
def laat_voorstellen_verlopen() -> int:
    """Let every offer lapse whose deadline has passed, each in its own transaction; how many."""
    nu = timezone.now()
    return sum(laat_verlopen(voorstel, nu=nu) for voorstel in Voorstel.objects.verstreken(nu))


@shared_task
def ruim_concepten_op() -> int:
    """Throw away requests that were never finished (`Loket.conceptdagen`). Gives how many."""
    return concept.ruim_concepten_op(timezone.now())
