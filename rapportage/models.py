"""Reports as snapshots, and the populations that they divide by."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker, Gemeente, Loket
from rapportage.querysets import CapaciteitsRapportQuerySet, KinderaantalQuerySet
from rapportage.workflow import LOPEND, Rapportstatus, Stap


class CapaciteitsRapport(models.Model):
    """Supply, demand and shortage of one loket as they were on one day.

    Finished, it never changes: a trigger refuses. The PDF stands in the row and not in the file
    storage: one transaction finishes report, figures and PDF together, the same trigger guards all
    three, one backup holds them, and web and worker need no shared disk. It is some 100 kB.
    """

    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="rapporten")
    peildatum = models.DateField(_("stand op"))
    status = models.CharField(
        max_length=12, choices=Rapportstatus, default=Rapportstatus.AANGEVRAAGD
    )
    aangevraagd_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.PROTECT, related_name="+"
    )
    aangevraagd_op = models.DateTimeField()
    claim = models.UUIDField(
        null=True,
        editable=False,
        db_comment="which making is at it; one at a time, by compare-and-swap",
    )
    pogingen = models.PositiveSmallIntegerField(default=0, editable=False)
    begonnen_op = models.DateTimeField(null=True, editable=False)
    hartslag_op = models.DateTimeField(
        null=True, editable=False, db_comment="last sign of life of the worker"
    )
    voortgang = models.PositiveSmallIntegerField(
        default=0, editable=False, validators=[MaxValueValidator(100)]
    )
    stap = models.CharField(max_length=16, choices=Stap, default=Stap.WACHT, editable=False)
    afgerond_op = models.DateTimeField(null=True, editable=False)
    gegevens = models.JSONField(
        null=True,
        editable=False,
        db_comment="every row of every indicator, small cells already hidden",
    )
    codeversie = models.CharField(
        max_length=64, blank=True, editable=False, db_comment="fingerprint of the code that counted"
    )
    checksum = models.CharField(
        max_length=64, blank=True, editable=False, db_comment="sha256 of gegevens as canonical JSON"
    )
    pdf = models.BinaryField(null=True, editable=False)

    objects = CapaciteitsRapportQuerySet.as_manager()

    class Meta:
        verbose_name = _("capaciteitsrapport")
        verbose_name_plural = _("capaciteitsrapporten")
        ordering = ("-peildatum", "-aangevraagd_op", "-pk")
        indexes = [
            models.Index(fields=["loket", "status", "-peildatum"], name="rapport_loket"),
        ]
        constraints = [
            models.CheckConstraint(
                name="rapport_status_bestaat", condition=Q(status__in=Rapportstatus.values)
            ),
            models.CheckConstraint(name="rapport_stap_bestaat", condition=Q(stap__in=Stap.values)),
            models.CheckConstraint(
                name="rapport_voortgang_is_procent", condition=Q(voortgang__range=(0, 100))
            ),
            models.CheckConstraint(
                name="rapport_bezig_heeft_een_maker",
                condition=~Q(status=Rapportstatus.BEZIG)
                | Q(claim__isnull=False, begonnen_op__isnull=False, hartslag_op__isnull=False),
            ),
            models.CheckConstraint(
                name="rapport_klaar_is_volledig",
                condition=(
                    Q(status=Rapportstatus.KLAAR)
                    & Q(
                        gegevens__isnull=False,
                        pdf__isnull=False,
                        afgerond_op__isnull=False,
                        voortgang=100,
                    )
                    & ~Q(checksum="")
                    & ~Q(codeversie="")
                )
                | (
                    ~Q(status=Rapportstatus.KLAAR)
                    & Q(gegevens=None, pdf=None, checksum="", codeversie="")
                ),
            ),
            models.UniqueConstraint(
                fields=["loket", "peildatum"],
                condition=Q(status__in=LOPEND),
                name="rapport_een_lopend_per_dag",
                violation_error_message=_("Dit rapport wordt al gemaakt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loket} op {self.peildatum}"

    def get_absolute_url(self) -> str:
        return reverse("rapporten:rapport", args=[self.pk])

    @property
    def is_klaar(self) -> bool:
        return self.status == Rapportstatus.KLAAR

    @property
    def is_lopend(self) -> bool:
        return self.status in LOPEND

    @property
    def is_mislukt(self) -> bool:
        return self.status == Rapportstatus.MISLUKT

    @property
    def bestandsnaam(self) -> str:
        """Name of a downloaded file, without its extension."""
        return f"capaciteit-{self.loket.slug}-{self.peildatum.isoformat()}"


class Kinderaantal(models.Model):
    """How many children younger than 3 lived in a municipality on a day, and who says so."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="kinderaantallen")
    peildatum = models.DateField(_("stand op"), help_text=_("Meestal 1 januari."))
    jonger_dan_3 = models.PositiveIntegerField(
        _("kinderen jonger dan 3 jaar"), help_text=_("Kinderen van 0, 1 en 2 jaar.")
    )
    bron = models.CharField(_("bron"), max_length=200)
    bron_url = models.URLField(_("adres van de bron"), blank=True)

    objects = KinderaantalQuerySet.as_manager()

    class Meta:
        verbose_name = _("aantal kinderen")
        verbose_name_plural = _("aantallen kinderen")
        ordering = ("gemeente", "-peildatum")
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "peildatum"],
                name="kinderaantal_een_per_dag",
                violation_error_message=_("Voor deze gemeente en dag is er al een aantal."),
            ),
            models.CheckConstraint(name="kinderaantal_heeft_een_bron", condition=~Q(bron="")),
        ]

    def __str__(self) -> str:
        return f"{self.gemeente} {self.peildatum}: {self.jonger_dan_3}"
