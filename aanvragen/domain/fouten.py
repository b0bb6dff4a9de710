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
    "NietMeerTerug",
    "OngeldigeOvergang",
    "Opgeschort",
    "VasthoudenKanNiet",
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


class Opgeschort(Weigering):
    standaard = _(
        "Dit gezin houdt nu een plaats bij een andere opvang vast. "
        "Geeft het gezin die vrij, dan staat de vraag weer bij jou."
    )


class VasthoudenKanNiet(Weigering):
    standaard = _("Deze plaats kun je niet vasthouden. Je kunt ja of nee zeggen.")


class NietMeerTerug(Weigering):
    standaard = _("Deze plaats is niet meer terug te draaien: de tijd daarvoor is voorbij.")


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
