"""What a location may offer: its licences."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from opvang.models.locaties import Opvanglocatie
from opvang.querysets import VergunningQuerySet


class DateRange(Func):
    """SQL `daterange(vanaf, tot, '[)')`: the interval of a row, open-ended without `tot`."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Vergunning(models.Model):
    """What a location may offer from a day on: licensed places, those in use, and their subsidy
    tier.

    Each place counts once, at its highest tier; T2 and T3 are places at inkomenstarief. Two
    licences of one location never overlap: the database refuses.
    """

    locatie = models.ForeignKey(
        Opvanglocatie, on_delete=models.CASCADE, related_name="vergunningen"
    )
    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(_("tot"), null=True, blank=True)
    vergunde_plaatsen = models.PositiveSmallIntegerField(_("vergunde plaatsen"))
    operationele_plaatsen = models.PositiveSmallIntegerField(_("feitelijk opengestelde plaatsen"))
    plaatsen_t0 = models.PositiveSmallIntegerField(_("zonder subsidie (T0)"), default=0)
    plaatsen_t1 = models.PositiveSmallIntegerField(_("basissubsidie (T1)"), default=0)
    plaatsen_t2 = models.PositiveSmallIntegerField(_("inkomenstarief (T2)"), default=0)
    plaatsen_t3 = models.PositiveSmallIntegerField(_("plussubsidie (T3)"), default=0)
    alleen_schoolkinderen = models.BooleanField(_("alleen schoolkinderen"), default=False)
    bron = models.CharField(_("bron"), max_length=200, blank=True)

    objects = VergunningQuerySet.as_manager()

    class Meta:
        verbose_name = _("vergunning")
        verbose_name_plural = _("vergunningen")
        ordering = ("locatie", "vanaf")
        constraints = [
            ExclusionConstraint(
                name="vergunning_overlapt_niet",
                expressions=[
                    ("locatie", RangeOperators.EQUAL),
                    (DateRange("vanaf", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Deze locatie heeft in die periode al een vergunning."),
            ),
            models.CheckConstraint(
                name="vergunning_begint_voor_ze_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            ),
            models.CheckConstraint(
                name="vergunning_operationeel_binnen_vergund",
                condition=Q(operationele_plaatsen__lte=F("vergunde_plaatsen")),
                violation_error_message=_("Er kunnen niet meer plaatsen open zijn dan vergund."),
            ),
            models.CheckConstraint(
                name="vergunning_trappen_tellen_op",
                condition=Q(
                    vergunde_plaatsen=F("plaatsen_t0")
                    + F("plaatsen_t1")
                    + F("plaatsen_t2")
                    + F("plaatsen_t3")
                ),
                violation_error_message=_("De plaatsen per trap zijn samen de vergunde plaatsen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locatie}: {self.vergunde_plaatsen} vanaf {self.vanaf}"

    @property
    def plaatsen_ikt(self) -> int:
        """Places at inkomenstarief: tiers T2 and T3 (domein.md §5.3)."""
        return self.plaatsen_t2 + self.plaatsen_t3

    @property
    def plaatsen_vrije_prijs(self) -> int:
        return self.vergunde_plaatsen - self.plaatsen_ikt
