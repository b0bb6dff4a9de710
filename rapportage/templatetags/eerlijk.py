"""The one open figure of the first page: `{% load eerlijk %}{% eerlijk_cijfer gezicht.loket %}`."""

from __future__ import annotations

from typing import Any

from django import template

from loket.models import Loket
from rapportage.indicatoren.dekking import Dekking
from rapportage.models import CapaciteitsRapport
from rapportage.snapshot import uit_json

register = template.Library()


@register.inclusion_tag("rapporten/onderdelen/eerlijk.html")
def eerlijk_cijfer(loket: Loket | None) -> dict[str, Any]:
    """Show the places per 100 children of the latest report, or words that always hold."""
    if loket is None:
        return {}
    # Of the snapshot only this part: the rest is large, and this is the busiest page.
    gevonden = (
        CapaciteitsRapport.objects.laatste_per_loket()
        .filter(loket=loket)
        .values_list("peildatum", "gegevens__dekking")
        .first()
    )
    if gevonden is None:
        return {}
    peildatum, gegevens = gevonden
    return {"peildatum": peildatum, "dekking": uit_json(Dekking, gegevens)}
