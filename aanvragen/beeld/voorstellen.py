"""What the part `voorstellen` shows of a question."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from aanvragen.domain.terugdraaien import kan_terug, terug_tot
from aanvragen.models import Opvangvraag, Plaatsing
from aanvragen.permissions import Actie, mag
from aanvragen.workflow import Aanmeldingstatus
from loket.models import Gebruiker


def in_dossier(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Until when an acceptance can be undone, where to ask again, and if a place may be sought."""
    plaatsing = _terug_te_draaien(vraag, gebruiker)
    mag_zoeken = mag(gebruiker, Actie.BUITEN_KEUZE_VOORSTELLEN, vraag)
    return {
        "voorstellen_plaatsing": plaatsing,
        "voorstellen_tot": terug_tot(plaatsing) if plaatsing else None,
        "voorstellen_mag_zoeken": mag_zoeken,
        "voorstellen_opnieuw": list(
            vraag.aanmeldingen.filter(status=Aanmeldingstatus.VERVALLEN_ELDERS)
            .select_related("locatie")
            .order_by("rang")
        )
        if mag_zoeken
        else [],
    }


def _terug_te_draaien(vraag: Opvangvraag, gebruiker: Gebruiker) -> Plaatsing | None:
    if not mag(gebruiker, Actie.PLAATSING_TERUGDRAAIEN, vraag):
        return None
    plaatsing = vraag.plaatsingen.filter(beeindigd_op=None).select_related("locatie").first()
    if plaatsing is None:
        return None
    plaatsing.opvangvraag = vraag
    return plaatsing if kan_terug(plaatsing, nu=timezone.now()) else None
