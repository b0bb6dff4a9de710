"""A location that stops, is suspended or loses its licence."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker
from opvang.models.locaties import Opvanglocatie
from opvang.models.vergunningen import DateRange


class Sluitingsoort(models.TextChoices):
    """Who decides: the organisator stops, or the agency enforces. Source: domein.md §5.4 (OPG-FAQ:
    aanmaning, schorsing, opheffing).
    """

    STOP = "stop", _("De opvang stopt zelf")
    SCHORSING = "schorsing", _("Schorsing van de vergunning")
    OPHEFFING = "opheffing", _("Opheffing van de vergunning")


#: For good: the location does not come back.
BLIJVEND = frozenset({Sluitingsoort.STOP, Sluitingsoort.OPHEFFING})
#: Decided by Opgroeien: the municipality gets no contact data of parents (domein.md §1.6, OPG-FAQ).
HANDHAVING = frozenset({Sluitingsoort.SCHORSING, Sluitingsoort.OPHEFFING})


class SluitingQuerySet(models.QuerySet["Sluiting"]):
    def die_telt(self) -> Self:
        """Those that were not taken back."""
        return self.filter(ingetrokken_op=None)

    def geldig_op(self, dag: dt.date) -> Self:
        """Of locations that are closed on this day."""
        return self.die_telt().filter(Q(tot=None) | Q(tot__gt=dag), vanaf__lte=dag)

    def nog_niet_voorbij(self, dag: dt.date) -> Self:
        """Closed now, or announced for later."""
        return self.die_telt().exclude(tot__lte=dag)


class Sluiting(models.Model):
    """From `vanaf` on this location gives no care; only a suspension may have an end (`tot`).

    From that day parents no longer find it (`OpvanglocatieQuerySet.publiek`) and it offers
    nothing: a trigger cuts every period of free places at that day, whoever writes it
    (`opvang/0010_sluitingen`). One closing for good per location, and no two suspensions at once:
    the database refuses.
    """

    locatie = models.ForeignKey(Opvanglocatie, on_delete=models.PROTECT, related_name="sluitingen")
    soort = models.CharField(_("wat is er beslist"), max_length=12, choices=Sluitingsoort)
    vanaf = models.DateField(_("eerste dag zonder opvang"))
    tot = models.DateField(_("eerste dag dat de opvang weer open is"), null=True, blank=True)
    bron = models.CharField(_("hoe weet je het"), max_length=200)
    aangemaakt_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    aangemaakt_op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = SluitingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sluiting")
        verbose_name_plural = _("sluitingen")
        ordering = ("-vanaf", "-pk")
        constraints = [
            models.CheckConstraint(
                name="sluiting_soort_bestaat", condition=Q(soort__in=Sluitingsoort.values)
            ),
            models.CheckConstraint(
                name="sluiting_begint_voor_ze_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            ),
            models.CheckConstraint(
                name="sluiting_alleen_schorsing_eindigt",
                condition=Q(tot=None) | Q(soort=Sluitingsoort.SCHORSING),
            ),
            models.UniqueConstraint(
                fields=["locatie"],
                condition=Q(
                    soort__in=[Sluitingsoort.STOP, Sluitingsoort.OPHEFFING], ingetrokken_op=None
                ),
                name="sluiting_een_blijvende_per_locatie",
            ),
            ExclusionConstraint(
                name="sluiting_schorsingen_overlappen_niet",
                expressions=[
                    ("locatie", RangeOperators.EQUAL),
                    (DateRange("vanaf", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(soort=Sluitingsoort.SCHORSING, ingetrokken_op=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locatie}: {self.soort} vanaf {self.vanaf}"

    @property
    def is_blijvend(self) -> bool:
        return self.soort in BLIJVEND

    @property
    def is_handhaving(self) -> bool:
        return self.soort in HANDHAVING

    def raakt(self, vanaf: dt.date, tot: dt.date | None) -> bool:
        """Tell whether care from `vanaf` until (not including) `tot` runs into this closing."""
        na_het_begin = tot is None or tot > self.vanaf
        return na_het_begin and (self.tot is None or vanaf < self.tot)
