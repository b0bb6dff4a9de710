"""Work for the Celery workers on the ground floor."""

from __future__ import annotations

from celery import shared_task


@shared_task
def verstuur_bericht(pk: int) -> None:
    """Send one mail of the outbox."""


@shared_task
def verstuur_berichten() -> None:
    """Pick up what was left behind."""
