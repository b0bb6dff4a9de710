"""The only place where the status of a report changes: by compare-and-swap, without a lock."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import F

from rapportage.models import CapaciteitsRapport
from rapportage.workflow import OVERGANGEN, VOORTGANG, Rapportstatus, Stap


def neem(rapport_id: int, *, nu: dt.datetime) -> uuid.UUID | None:
    """Claim a report that waits; None when somebody else has it or had it, which is fine."""
    claim = uuid.uuid4()
    gelukt = _wissel(
        rapport_id,
        Rapportstatus.AANGEVRAAGD,
        Rapportstatus.BEZIG,
        claim=claim,
        pogingen=F("pogingen") + 1,
        begonnen_op=nu,
        hartslag_op=nu,
        stap=Stap.WACHT,
        voortgang=VOORTGANG[Stap.WACHT],
    )
    return claim if gelukt else None


def meld_voortgang(rapport_id: int, claim: uuid.UUID, stap: Stap, *, nu: dt.datetime) -> bool:
    """Show what is being done, and that the worker lives; False when the claim was taken over."""
    return (
        CapaciteitsRapport.objects.filter(
            pk=rapport_id, status=Rapportstatus.BEZIG, claim=claim
        ).update(stap=stap, voortgang=VOORTGANG[stap], hartslag_op=nu)
        == 1
    )


def rond_af(
    rapport_id: int,
    claim: uuid.UUID,
    *,
    gegevens: dict[str, Any],
    checksum: str,
    codeversie: str,
    pdf: bytes,
    nu: dt.datetime,
) -> bool:
    """Store figures and PDF and close the report for good; only for who still holds the claim."""
    return _wissel(
        rapport_id,
        Rapportstatus.BEZIG,
        Rapportstatus.KLAAR,
        als=claim,
        gegevens=gegevens,
        checksum=checksum,
        codeversie=codeversie,
        pdf=pdf,
        stap=Stap.KLAAR,
        voortgang=VOORTGANG[Stap.KLAAR],
        afgerond_op=nu,
    )


def meld_mislukt(rapport_id: int, claim: uuid.UUID, *, nu: dt.datetime) -> bool:
    """The making broke off; a person may ask again. Only for who still holds the claim."""
    return _wissel(
        rapport_id, Rapportstatus.BEZIG, Rapportstatus.MISLUKT, als=claim, afgerond_op=nu
    )


def geef_terug(rapport_id: int, claim: uuid.UUID) -> bool:
    """Let another worker have a report whose maker fell silent; the old claim is void."""
    return _wissel(
        rapport_id,
        Rapportstatus.BEZIG,
        Rapportstatus.AANGEVRAAGD,
        als=claim,
        claim=None,
        stap=Stap.WACHT,
        voortgang=VOORTGANG[Stap.WACHT],
    )


def vraag_opnieuw(rapport_id: int, *, nu: dt.datetime) -> bool:
    """Put a failed report back in the row, with a clean slate."""
    return _wissel(
        rapport_id,
        Rapportstatus.MISLUKT,
        Rapportstatus.AANGEVRAAGD,
        claim=None,
        pogingen=0,
        aangevraagd_op=nu,
        afgerond_op=None,
        stap=Stap.WACHT,
        voortgang=VOORTGANG[Stap.WACHT],
    )


def _wissel(
    rapport_id: int,
    van: Rapportstatus,
    naar: Rapportstatus,
    *,
    als: uuid.UUID | None = None,
    **velden: Any,
) -> bool:
    """Compare-and-swap: one row in the expected state, with the expected claim if one is asked."""
    assert naar in OVERGANGEN[van], (van, naar)
    rijen = CapaciteitsRapport.objects.filter(pk=rapport_id, status=van)
    if als is not None:
        rijen = rijen.filter(claim=als)
    return rijen.update(status=naar, **velden) == 1
