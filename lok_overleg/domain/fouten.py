"""The refusals of the LOK, each with the sentence that the person reads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering

__all__ = [
    "GeenAgenda",
    "GeenGenodigden",
    "IntussenGewijzigd",
    "MagNietStemmen",
    "NogNietBegonnen",
    "OngeldigeOpvolging",
    "OngeldigeOvergang",
    "Vastgelegd",
    "Weigering",
]


class GeenAgenda(Weigering):
    standaard = _("Zet eerst minstens één punt op de agenda.")


class GeenGenodigden(Weigering):
    standaard = _("Er zijn op die dag geen leden om uit te nodigen. Voeg eerst leden toe.")


class NogNietBegonnen(Weigering):
    standaard = _("De vergadering is nog niet begonnen. Noteer daarna wie er was.")


class MagNietStemmen(Weigering):
    standaard = _("Alleen leden met stemrecht die er waren, kunnen stemmen.")


class Vastgelegd(Weigering):
    standaard = _("Dit ligt vast en kan niet meer veranderen.")


class OngeldigeOpvolging(Weigering):
    standaard = _("Zeg waarom het college het advies niet of maar voor een deel volgt.")
