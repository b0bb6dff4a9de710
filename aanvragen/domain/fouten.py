"""The refusals of the demand side, each with the sentence that the person reads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering

__all__ = [
    "AlGeplaatst",
    "DubbeleVraag",
    "GeenLocaties",
    "GeenPlaats",
    "IntussenGewijzigd",
    "OngeldigeOvergang",
    "VoorstelVerlopen",
    "Weigering",
]


class GeenPlaats(Weigering):
    standaard = _(
        "Een ander gezin heeft deze plaats net voor jou genomen. Dat spijt ons. "
        "Je vraag blijft bij deze opvang op de wachtlijst staan."
    )


class AlGeplaatst(Weigering):
    standaard = _("Je hebt voor dit kind al een plaats aanvaard.")


class VoorstelVerlopen(Weigering):
    standaard = _(
        "De tijd om te antwoorden op dit voorstel is voorbij. Bel het loket als je nog wilt."
    )


class DubbeleVraag(Weigering):
    """The same person already has a question for this child; carries its reference, which is their
    own.
    """

    standaard = _("Je hebt voor dit kind al een opvangvraag.")

    def __init__(self, bericht: object = "", *, referentie: str = "") -> None:
        super().__init__(bericht)
        self.referentie = referentie


class GeenLocaties(Weigering):
    standaard = _("Kies minstens één opvang, of een gebied waar je zoekt.")
