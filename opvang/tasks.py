"""Periodic work on the supply: each task finds what is due and calls the domain."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from opvang.domain.herinneren import stuur_herinneringen
from opvang.domain.meldingen import laat_meldingen_verlopen, ruim_meldingen_op
from opvang.domain.vrijgekomen import mail_vrijgekomen
from opvang.domain.weeklijst import mail_weeklijsten


@shared_task
def vraag_bevestiging_vrije_plaatsen() -> int:
    """Mail every provider whose figures get old. Gives the number of mails."""
    return stuur_herinneringen(nu=timezone.now())


@shared_task
def mail_vrijgekomen_plaatsen() -> int:
    """Mail what freed up to who asked for it. Gives the number of mails."""
    return mail_vrijgekomen(nu=timezone.now())


@shared_task
def mail_lijst_van_de_week() -> int:
    """From Thursday morning on: the list of each loket to who asked. Gives the number of mails."""
    return mail_weeklijsten(nu=timezone.now())


@shared_task
def ruim_meldingen() -> int:
    """End alerts that ran their time, throw away what is over. Gives how many are gone."""
    nu = timezone.now()
    laat_meldingen_verlopen(nu=nu)
    return ruim_meldingen_op(nu=nu)
