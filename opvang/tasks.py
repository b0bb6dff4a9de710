"""Periodic work on the supply: each task finds what is due and calls the domain."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from opvang.domain.herinneren import stuur_herinneringen


@shared_task
def vraag_bevestiging_vrije_plaatsen() -> int:
    """Mail every provider whose figures get old. Gives the number of mails."""
    return stuur_herinneringen(nu=timezone.now())
