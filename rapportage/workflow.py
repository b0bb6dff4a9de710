"""The life of a report: asked for, being made, done or failed; and the steps of its making."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rapportstatus(models.TextChoices):
    AANGEVRAAGD = "aangevraagd", _("Gevraagd")
    BEZIG = "bezig", _("Wordt gemaakt")
    KLAAR = "klaar", _("Klaar")
    MISLUKT = "mislukt", _("Niet gelukt")


#: `bezig -> aangevraagd` gives the work of a worker that died to another; `mislukt -> aangevraagd`
#: is a person who tries again. A finished report is a snapshot: it never leaves `klaar`.
OVERGANGEN: dict[Rapportstatus, frozenset[Rapportstatus]] = {
    Rapportstatus.AANGEVRAAGD: frozenset({Rapportstatus.BEZIG}),
    Rapportstatus.BEZIG: frozenset(
        {Rapportstatus.KLAAR, Rapportstatus.MISLUKT, Rapportstatus.AANGEVRAAGD}
    ),
    Rapportstatus.KLAAR: frozenset(),
    Rapportstatus.MISLUKT: frozenset({Rapportstatus.AANGEVRAAGD}),
}
LOPEND = frozenset({Rapportstatus.AANGEVRAAGD, Rapportstatus.BEZIG})


class Stap(models.TextChoices):
    """What a worker is doing, in the order in which it does it."""

    WACHT = "wacht", _("Het rapport wacht op zijn beurt")
    PLAATSEN = "plaatsen", _("We tellen de vergunde plaatsen")
    VRAGEN = "vragen", _("We tellen de opvangvragen")
    VRIJE_PLAATSEN = "vrije_plaatsen", _("We kijken welke plaatsen vrij zijn")
    TEKORT = "tekort", _("We berekenen het tekort per maand en per dag")
    PDF = "pdf", _("We maken de grafieken en het PDF-bestand")
    KLAAR = "klaar", _("Het rapport is klaar")


VOORTGANG: dict[Stap, int] = {
    Stap.WACHT: 0,
    Stap.PLAATSEN: 5,
    Stap.VRAGEN: 20,
    Stap.VRIJE_PLAATSEN: 40,
    Stap.TEKORT: 50,
    Stap.PDF: 60,
    Stap.KLAAR: 100,
}
