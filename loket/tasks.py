"""Work for the Celery workers on the ground floor."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from loket.domain.verzenden import verstuur, verstuur_wachtende


@shared_task
def verstuur_bericht(pk: int) -> None:
    """Send one mail of the outbox."""
    verstuur(pk, nu=timezone.now())


@shared_task
def verstuur_berichten() -> None:
    """Pick up what was left behind."""
    verstuur_wachtende(nu=timezone.now())
