"""The refusals of the reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.domain.fouten import OngeldigeOvergang, Weigering

__all__ = ["InDeToekomst", "OngeldigeOvergang", "Weigering"]


class InDeToekomst(Weigering):
    standaard = _("Een rapport gaat over vandaag of over een vroegere dag.")
