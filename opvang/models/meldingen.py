"""Who wants to hear by mail what is free, and what they know already."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from loket.models import Loket
from opvang.models.locaties import Opvanglocatie
from opvang.workflow import LOPENDE_MELDINGEN, Meldingsoort, Meldingstatus

_GEEINDIGD = (Meldingstatus.GESTOPT, Meldingstatus.VERLOPEN)


class MeldingQuerySet(models.QuerySet["Melding"]):
    def lopend(self) -> Self:
        """Those that may still lead to a mail."""
        return self.filter(status__in=LOPENDE_MELDINGEN)

    def actief(self, soort: Meldingsoort) -> Self:
        return self.filter(soort=soort, status=Meldingstatus.ACTIEF)

    def vergrendeld(self) -> Self:
        """Lock the rows that nobody else is busy with; another worker has the rest."""
        return self.select_for_update(of=("self",), skip_locked=True).order_by("pk")

    def verstreken(self, nu: dt.datetime) -> Self:
        return self.filter(status=Meldingstatus.ACTIEF, verloopt_op__lte=nu)


class Melding(models.Model):
    """Somebody wants to hear by mail what is free: of one search, or each week of one loket.

    Needs no account: the address is confirmed by a link in a mail, and every mail has a link that
    stops it. `vraag` holds the search as primitives (`domain/meldvraag.py`).
    """

    soort = models.CharField(max_length=12, choices=Meldingsoort)
    email = models.EmailField(_("e-mailadres"))
    loket = models.ForeignKey(
        Loket, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    vraag = models.JSONField(
        default=dict, blank=True, db_comment="the search as primitives, empty for a weekly list"
    )
    kenmerk = models.CharField(
        max_length=64, db_comment="digest of soort, loket and vraag: the same wish has the same"
    )
    status = models.CharField(max_length=20, choices=Meldingstatus, default=Meldingstatus.WACHT)
    gevraagd_op = models.DateTimeField()
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    verloopt_op = models.DateTimeField(null=True, blank=True)
    geeindigd_op = models.DateTimeField(null=True, blank=True)
    bekeken_op = models.DateTimeField(db_comment="when we last looked what is free")
    gemaild_op = models.DateTimeField(null=True, blank=True)

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding per mail")
        verbose_name_plural = _("meldingen per mail")
        ordering = ("-gevraagd_op", "-pk")
        indexes = [
            models.Index(
                fields=["bekeken_op"],
                name="melding_te_bekijken",
                condition=Q(status=Meldingstatus.ACTIEF),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="melding_soort_bestaat", condition=Q(soort__in=Meldingsoort.values)
            ),
            models.CheckConstraint(
                name="melding_status_bestaat", condition=Q(status__in=Meldingstatus.values)
            ),
            models.CheckConstraint(
                name="melding_adres_in_kleine_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="melding_weeklijst_is_van_een_loket",
                condition=Q(soort=Meldingsoort.PLAATS) | Q(loket__isnull=False),
            ),
            models.CheckConstraint(
                name="melding_mailt_alleen_na_bevestiging",
                condition=Q(status__in=[Meldingstatus.WACHT, Meldingstatus.GESTOPT])
                | Q(bevestigd_op__isnull=False, verloopt_op__isnull=False),
            ),
            models.CheckConstraint(
                name="melding_einde_heeft_tijdstip",
                condition=Q(status__in=_GEEINDIGD, geeindigd_op__isnull=False)
                | Q(status__in=LOPENDE_MELDINGEN, geeindigd_op__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["email", "kenmerk"],
                condition=Q(status__in=LOPENDE_MELDINGEN),
                name="melding_loopt_een_keer_per_adres",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.get_status_display()})"


class BekendePlaats(models.Model):
    """A location with room that this person knows of: seen when asking, or mailed.

    Goes away when the location is full, so that a place that frees up again is news again.
    """

    melding = models.ForeignKey(Melding, on_delete=models.CASCADE, related_name="bekend")
    locatie = models.ForeignKey(Opvanglocatie, on_delete=models.CASCADE, related_name="+")
    sinds = models.DateTimeField()

    class Meta:
        verbose_name = _("bekende plaats")
        verbose_name_plural = _("bekende plaatsen")
        constraints = [
            models.UniqueConstraint(
                fields=["melding", "locatie"], name="bekendeplaats_een_keer_per_melding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.melding_id} · {self.locatie_id}"
