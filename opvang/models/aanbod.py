"""What a location says is free."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker
from opvang.models.locaties import Opvanglocatie
from opvang.querysets import PlaatsaanbodQuerySet
from opvang.weekrooster import AANTAL_DAGDELEN, trek_af
from opvang.workflow import Aanbodsoort


def nul_plaatsen() -> list[int]:
    return [0] * AANTAL_DAGDELEN


class Plaatsaanbod(models.Model):
    """Places that a location says it can give in a period, per dagdeel; and how many of them are
    taken.

    `ingenomen` is kept by a trigger on the voorstellen: code reads it and never writes it. The
    database refuses to take more than there is. No row for a day means *unknown*, which is not
    zero.
    """

    locatie = models.ForeignKey(
        Opvanglocatie, on_delete=models.CASCADE, related_name="plaatsaanbod"
    )
    soort = models.CharField(max_length=12, choices=Aanbodsoort, default=Aanbodsoort.REGULIER)
    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(_("tot"), null=True, blank=True)
    leeftijd_vanaf = models.PositiveSmallIntegerField(_("leeftijd vanaf (maanden)"), default=0)
    leeftijd_tot = models.PositiveSmallIntegerField(_("leeftijd tot (maanden)"), default=36)
    plaatsen = ArrayField(models.SmallIntegerField(), size=AANTAL_DAGDELEN, default=nul_plaatsen)
    ingenomen = ArrayField(
        models.SmallIntegerField(), size=AANTAL_DAGDELEN, default=nul_plaatsen, editable=False
    )
    versie = models.PositiveIntegerField(
        default=1, db_comment="raised at each change by the provider"
    )
    laatst_bevestigd = models.DateTimeField()
    bevestigd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PlaatsaanbodQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrije plaatsen")
        verbose_name_plural = _("vrije plaatsen")
        ordering = ("vanaf", "pk")
        constraints = [
            models.CheckConstraint(
                name="aanbod_soort_bestaat", condition=Q(soort__in=Aanbodsoort.values)
            ),
            models.CheckConstraint(
                name="aanbod_begint_voor_het_eindigt", condition=Q(tot=None) | Q(vanaf__lt=F("tot"))
            ),
            models.CheckConstraint(
                name="aanbod_leeftijden_oplopend", condition=Q(leeftijd_vanaf__lt=F("leeftijd_tot"))
            ),
            models.CheckConstraint(
                name="aanbod_heeft_veertien_dagdelen",
                condition=Q(plaatsen__len=AANTAL_DAGDELEN, ingenomen__len=AANTAL_DAGDELEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locatie} vanaf {self.vanaf}"

    @property
    def vrij(self) -> list[int]:
        """Places still free per dagdeel."""
        return trek_af(self.plaatsen, self.ingenomen)
