"""Work for the Celery workers: queue `rapporten` makes reports, beat picks up what was left."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from rapportage.domain.maken import maak
from rapportage.domain.oppikken import pak_op


@shared_task
def maak_rapport(rapport_id: int) -> bool:
    """Make one report that was asked for."""
    return maak(rapport_id, klok=timezone.now)


@shared_task
def pak_rapporten_op() -> int:
    """Nudge the workers for what was left behind."""
    return pak_op(nu=timezone.now())
