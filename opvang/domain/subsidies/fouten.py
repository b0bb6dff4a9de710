"""The refusals of subsidies, each with the sentence that the person reads."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.domain.fouten import Weigering
from opvang.domain.subsidie_berekenen import euro


class LigtVast(Weigering):
    standaard = gettext_lazy(
        "Hierover is al beslist. Sluit dit reglement af met een einddatum en maak een nieuw."
    )


class GeenBudget(Weigering):
    """No money was put aside for that year."""

    def __init__(self, jaar: int) -> None:
        super().__init__(
            _("Er is nog geen budget voor %(jaar)s. Vul eerst het budget in.") % {"jaar": jaar}
        )


class BudgetOp(Weigering):
    """The approval would go beyond what the year has; it says how much is short."""

    def __init__(self, *, jaar: int, budget: Decimal, gebruikt: Decimal, bedrag: Decimal) -> None:
        super().__init__(
            _(
                "Dit past niet in het budget van %(jaar)s. Er is nog %(over)s van de %(budget)s. "
                "Deze subsidie is %(bedrag)s. Verhoog eerst het budget, of weiger."
            )
            % {
                "jaar": jaar,
                "over": euro(budget - gebruikt),
                "budget": euro(budget),
                "bedrag": euro(bedrag),
            }
        )


class BudgetTeKlein(Weigering):
    def __init__(self, gebruikt: Decimal) -> None:
        super().__init__(
            _("Er is al %(gebruikt)s goedgekeurd. Het budget kan niet lager zijn.")
            % {"gebruikt": euro(gebruikt)}
        )


class VierOgen(Weigering):
    standaard = gettext_lazy(
        "Jij hebt dit bedrag berekend. Een collega van de dienst moet het goedkeuren."
    )


class CijfersVeranderd(Weigering):
    standaard = gettext_lazy(
        "Het reglement of de vergunning is veranderd sinds de berekening. Reken eerst opnieuw."
    )


class NietsTeGeven(Weigering):
    standaard = gettext_lazy("De berekening komt op nul uit. Er is niets om goed te keuren.")


class ZonderReden(Weigering):
    standaard = gettext_lazy("Zeg waarom. De organisator kan dit lezen.")
