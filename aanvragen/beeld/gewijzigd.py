"""What a provider is told of a question that changed after it was sent: what, when, what it was.

Everything comes from the log (`aanvragen.vraag.gewijzigd`); many requests take one query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from aanvragen.beeld.wijzigen import Verschil, waarde_in_woorden, wat_is
from aanvragen.domain.gevolgen import INHOUD
from aanvragen.models import Aanmelding, Opvangvraag
from loket.models import Gebeurtenis


@dataclass(frozen=True, slots=True)
class Wijziging:
    """The last change of what is asked, after this location got the question."""

    op: dt.datetime
    verschillen: list[Verschil]


def laatste_wijzigingen(aanmeldingen: Sequence[Aanmelding]) -> dict[int, Wijziging]:
    """Give per request the last change that its provider has to know. One query."""
    vragen = {een.opvangvraag_id for een in aanmeldingen}
    laatste: dict[int, Gebeurtenis] = {}
    for gebeurtenis in Gebeurtenis.objects.filter(
        werkwoord="aanvragen.vraag.gewijzigd",
        onderwerp_soort=Opvangvraag._meta.label_lower,
        onderwerp_id__in=vragen,
    ).order_by("op", "pk"):
        # Another order of wishes, or another location, is not this provider's to know.
        if gebeurtenis.gegevens.get("velden"):
            laatste[gebeurtenis.onderwerp_id] = gebeurtenis
    gevonden = {}
    for een in aanmeldingen:
        gewijzigd = laatste.get(een.opvangvraag_id)
        if gewijzigd is not None and gewijzigd.op > een.verzonden_op:
            gevonden[een.pk] = Wijziging(gewijzigd.op, _verschillen(gewijzigd, een.opvangvraag))
    return gevonden


def _verschillen(gebeurtenis: Gebeurtenis, vraag: Opvangvraag) -> list[Verschil]:
    """Set what was asked before beside what is asked now; older lines of the log lack the first."""
    was = gebeurtenis.gegevens
    return [
        Verschil(
            wat_is(naam),
            waarde_in_woorden(naam, _gelezen(was[f"was_{naam}"])),
            waarde_in_woorden(naam, getattr(vraag, naam)),
        )
        for naam in INHOUD
        if f"was_{naam}" in was
    ]


def _gelezen(feit: str | int | None) -> dt.date | int | None:
    return dt.date.fromisoformat(feit) if isinstance(feit, str) else feit
