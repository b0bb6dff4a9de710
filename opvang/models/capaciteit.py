"""For which ages the licensed places of a location are."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opvang.models.vergunningen import Vergunning


class Leeftijdsgroep(models.Model):
    """So many places of a licence for children of this age, in months: from, until (not including).

    Together they are never more than the licensed places: a trigger refuses (opvang/0008).
    """

    vergunning = models.ForeignKey(
        Vergunning, on_delete=models.CASCADE, related_name="leeftijdsgroepen"
    )
    naam = models.CharField(_("naam"), max_length=60)
    leeftijd_vanaf = models.PositiveSmallIntegerField(_("leeftijd vanaf (maanden)"), default=0)
    leeftijd_tot = models.PositiveSmallIntegerField(_("leeftijd tot (maanden)"), default=36)
    plaatsen = models.PositiveSmallIntegerField(_("plaatsen"))

    class Meta:
        verbose_name = _("leeftijdsgroep")
        verbose_name_plural = _("leeftijdsgroepen")
        ordering = ("vergunning", "leeftijd_vanaf", "pk")
        constraints = [
            models.CheckConstraint(
                name="leeftijdsgroep_leeftijden_oplopend",
                condition=Q(leeftijd_vanaf__lt=F("leeftijd_tot")),
                violation_error_message=_("De leeftijd loopt van jong naar oud."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam}: {self.plaatsen}"
