"""Periodic work on the demand: each task finds what is due and calls the domain."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from aanvragen.domain import concept, eindstatus, geboorte, hartslag, herinneren, hervatten
from aanvragen.domain.voorstel_herinneren import herinner_voorstel, te_herinneren
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.models import Voorstel


@shared_task
def laat_voorstellen_verlopen() -> int:
    """Let every offer lapse whose deadline has passed, each in its own transaction; how many."""
    nu = timezone.now()
    return sum(laat_verlopen(voorstel, nu=nu) for voorstel in Voorstel.objects.verstreken(nu))


@shared_task
def herinner_aan_voorstellen() -> int:
    """Remind families of an offer that is about to lapse, each in its own transaction; how many."""
    nu = timezone.now()
    return sum(herinner_voorstel(voorstel, nu=nu) for voorstel in te_herinneren(nu))


@shared_task
def ruim_concepten_op() -> int:
    """Throw away requests that were never finished (`Loket.conceptdagen`). Gives how many."""
    return concept.ruim_concepten_op(timezone.now())


@shared_task
def herinner_opvang() -> int:
    """Remind providers whose term is about to end. Gives how many."""
    return herinneren.herinner_allen(timezone.now())


@shared_task
def vraag_eindstatus() -> int:
    """Ask providers how it ended with families whose start has passed. Gives how many."""
    return eindstatus.vraag_allen(timezone.now())


@shared_task
def waarschuw_voor_opruimen() -> int:
    """Tell who can be reached that an unfinished request goes in some days. Gives how many."""
    return hervatten.waarschuw_voor_opruimen(timezone.now())


@shared_task
def vraag_geboorten() -> int:
    """Ask families once for the real birth date, after the expected one. Gives how many."""
    return geboorte.vraag_geboorten(timezone.now())


@shared_task
def vraag_of_het_klopt() -> int:
    """Ask families whether they still search, when their loket wants to know. Gives how many."""
    return hartslag.vraag_alle(timezone.now())
