"""A worker makes a report: claim, count, draw, store.

Nothing is locked while it works, so that its progress can be followed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Lidmaatschap, Rol
from rapportage.domain.status import meld_mislukt, meld_voortgang, neem, rond_af
from rapportage.indicatoren.basis import Werkgebied
from rapportage.models import CapaciteitsRapport
from rapportage.pdf import rapport_als_pdf
from rapportage.rapport import Rapportgegevens, codeversie, stel_samen
from rapportage.snapshot import checksum, naar_json
from rapportage.workflow import Stap


class ClaimVerlorenError(Exception):
    """Another worker got the report, after a long silence of this one: stop, and store nothing."""


def maak(rapport_id: int, *, klok: Callable[[], dt.datetime]) -> bool:
    """Make a report that waits; False when another worker has it or had it.

    Guarantees: of any number of workers exactly one stores a result, in one transaction with the
    event and the mail that it is ready. Breaks it off, then the report is marked as failed and the
    error goes on to the caller. Killed outright, then the row is picked up later (`oppikken`).
    `klok` tells the time, for the moments along the way.
    """
    claim = neem(rapport_id, nu=klok())
    if claim is None:
        return False
    rapport = (
        CapaciteitsRapport.objects.zonder_inhoud()
        .select_related("loket", "aangevraagd_door")
        .get(pk=rapport_id)
    )

    def meld(stap: Stap) -> None:
        if not meld_voortgang(rapport_id, claim, stap, nu=klok()):
            raise ClaimVerlorenError

    try:
        with _mislukt_als_het_afbreekt(rapport_id, claim, klok=klok):
            gemaakt = stel_samen(
                Werkgebied.van(rapport.loket), rapport.peildatum, gemaakt_op=klok(), meld=meld
            )
            meld(Stap.PDF)
            pdf = rapport_als_pdf(gemaakt, loket=rapport.loket)
            return _bewaar(rapport, claim, gemaakt, pdf, nu=klok())
    except ClaimVerlorenError:
        return False


@transaction.atomic
def _bewaar(
    rapport: CapaciteitsRapport,
    claim: uuid.UUID,
    gemaakt: Rapportgegevens,
    pdf: bytes,
    *,
    nu: dt.datetime,
) -> bool:
    """Close the report, log it and announce it, together or not at all."""
    gegevens = naar_json(gemaakt)
    som = checksum(gegevens)
    gelukt = rond_af(
        rapport.pk,
        claim,
        gegevens=gegevens,
        checksum=som,
        codeversie=codeversie(),
        pdf=pdf,
        nu=nu,
    )
    if gelukt:
        leg_vast(
            "rapportage.rapport.klaar",
            rapport,
            door=None,
            nu=nu,
            loket=rapport.loket,
            namens="worker",
            checksum=som,
        )
        _kondig_aan(rapport, nu=nu)
    return gelukt


def _kondig_aan(rapport: CapaciteitsRapport, *, nu: dt.datetime) -> None:
    """One mail to who asked and to each schepen of the loket: it is ready, and where it stands."""
    schepenen = Lidmaatschap.objects.geldig_op(timezone.localdate(nu)).filter(
        loket=rapport.loket, rol=Rol.SCHEPEN, gebruiker__is_active=True
    )
    lezers: dict[int, Gebruiker] = {
        lid.gebruiker.pk: lid.gebruiker for lid in schepenen.select_related("gebruiker")
    }
    if rapport.aangevraagd_door is not None:
        lezers.setdefault(rapport.aangevraagd_door.pk, rapport.aangevraagd_door)
    for lezer in lezers.values():
        leg_klaar(
            "rapportage/klaar",
            aan=lezer.email,
            ontvanger=lezer,
            nu=nu,
            loket=rapport.loket,
            onderwerp=rapport,
            sleutel=f"rapport-{rapport.pk}-klaar-{lezer.pk}",
            context={
                "rapport": rapport,
                "naam": lezer.naam,
                "url": settings.SITE_URL + rapport.get_absolute_url(),
            },
        )


@contextmanager
def _mislukt_als_het_afbreekt(
    rapport_id: int, claim: uuid.UUID, *, klok: Callable[[], dt.datetime]
) -> Iterator[None]:
    """Mark a making that broke off as failed, whatever the reason; the error itself goes on."""
    af = False
    try:
        yield
        af = True
    finally:
        if not af:
            meld_mislukt(rapport_id, claim, nu=klok())
