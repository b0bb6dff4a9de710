"""A search as the address bar writes it, for a link to it from a suggestion or a mail.

The names are those of `forms.ZoekForm`; a test follows such a link and finds the same question.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from opvang.domain.zoeken import Zoekvraag

#: What one location is asked about; where to look is the search's own business.
VAN_EEN_LOCATIE = ("vanaf", "dagen", "leeftijd", "opvang")


def zoekparameters(vraag: Zoekvraag) -> dict[str, list[str]]:
    """Write every question that was asked; where somebody stands is not a thing to pass on."""
    alles = {
        "waar": [vraag.gebied.tekst],
        "ver": [_tekst(vraag.straal_km)],
        "vanaf": [vraag.start.isoformat() if vraag.start else ""],
        "dagen": [_tekst(vraag.rooster_masker)],
        "leeftijd": [_tekst(vraag.leeftijd_maanden)],
        "opvang": list(vraag.soorten),
        "soort": list(vraag.vormen),
        "prijs": ["inkomen"] * vraag.inkomenstarief + ["vrij"] * vraag.vrije_prijs,
        "ook": [*vraag.ruimere_uren, *(["zorg"] * vraag.inclusief)],
        "talen": list(vraag.talen),
        "stand": list(vraag.standen),
        "eerst": ["vrij"] * vraag.vrij_eerst,
    }
    return {naam: waarden for naam, waarden in alles.items() if any(waarden)}


def voor_een_locatie(vraag: Zoekvraag) -> dict[str, list[str]]:
    """Write what the page of one location can answer: whether there is room for this child."""
    alles = zoekparameters(vraag)
    return {naam: alles[naam] for naam in VAN_EEN_LOCATIE if naam in alles}


def zoekadres(vraag: Zoekvraag) -> str:
    """Absolute address of the page with this search."""
    vragen = urlencode(zoekparameters(vraag), doseq=True)
    return f"{settings.SITE_URL}{reverse('opvang:zoeken')}{'?' if vragen else ''}{vragen}"


def _tekst(getal: int | None) -> str:
    return "" if getal is None else str(getal)
