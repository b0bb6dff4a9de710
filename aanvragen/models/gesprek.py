"""What a family, its loket and a provider say to each other about one question."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from aanvragen.models.plaatsen import Aanmelding
from aanvragen.models.vragen import Opvangvraag
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    GESPREK_AANMELDINGEN,
    KANT_VAN_HET_GEZIN,
    Partij,
)
from loket.models import Gebruiker

MAX_TEKENS = 2000


class GesprekQuerySet(models.QuerySet["Gesprek"]):
    def open(self) -> Self:
        """Threads in which something may still be written: the question and the request live."""
        return self.exclude(opvangvraag__status__in=AFGESLOTEN_VRAGEN).filter(
            Q(aanmelding=None) | Q(aanmelding__status__in=GESPREK_AANMELDINGEN)
        )

    def wacht_op_loket(self) -> Self:
        """Where a family wrote last and staff neither answered nor said that it needs no answer."""
        return self.open().filter(
            Q(afgehandeld_op=None) | Q(afgehandeld_op__lt=F("laatste_op")),
            aanmelding=None,
            laatste_partij__in=KANT_VAN_HET_GEZIN,
        )

    def met_ongelezen(self, partij: Partij, gebruiker: Gebruiker | None = None) -> Self:
        """Add `ongelezen`: how many messages of others this side has not opened. Of a family each
        parent reads for itself; a provider and a loket read together.
        """
        gelezen = Gelezen.objects.filter(
            gesprek=OuterRef("gesprek"),
            partij=partij,
            gebruiker=gebruiker if partij == Partij.GEZIN else None,
            tot__gte=OuterRef("op"),
        )
        nieuw = (
            Gespreksbericht.objects.filter(~Exists(gelezen), gesprek=OuterRef("pk"))
            .exclude(partij=partij)
            .order_by()
            .values("gesprek")
            .annotate(aantal=Count("pk"))
            .values("aantal")
        )
        return self.annotate(ongelezen=Coalesce(Subquery(nieuw), Value(0)))

    def met_nieuws(self, partij: Partij, gebruiker: Gebruiker | None = None) -> Self:
        """Only threads with something new for this side."""
        return self.met_ongelezen(partij, gebruiker).filter(Q(ongelezen__gt=0))

    def nieuws_eerst(self, partij: Partij) -> Self:
        return self.met_ongelezen(partij).order_by(F("ongelezen").desc(), "-laatste_op", "-pk")


class Gesprek(models.Model):
    """One thread about one question: of the family with its loket, or (`aanmelding`) with the
    provider of one request. A provider never sees another thread than its own.
    """

    opvangvraag = models.ForeignKey(
        Opvangvraag, on_delete=models.CASCADE, related_name="gesprekken"
    )
    aanmelding = models.OneToOneField(
        Aanmelding, null=True, blank=True, on_delete=models.CASCADE, related_name="gesprek"
    )
    begonnen_op = models.DateTimeField()
    laatste_op = models.DateTimeField()
    laatste_partij = models.CharField(max_length=12, choices=Partij)
    afgehandeld_op = models.DateTimeField(
        null=True, blank=True, db_comment="staff: what was written until here needs no answer"
    )

    objects = GesprekQuerySet.as_manager()

    #: Only after `met_ongelezen`.
    ongelezen: int

    class Meta:
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        ordering = ("-laatste_op", "-pk")
        indexes = [
            models.Index(
                fields=["laatste_partij", "laatste_op"],
                condition=Q(aanmelding=None),
                name="gesprek_met_het_loket",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["opvangvraag"],
                condition=Q(aanmelding=None),
                name="gesprek_een_met_het_loket",
            ),
            models.CheckConstraint(
                name="gesprek_laatste_partij_bestaat", condition=Q(laatste_partij__in=Partij.values)
            ),
        ]

    def __str__(self) -> str:
        return f"Gesprek {self.pk}"

    @property
    def loket_id(self) -> int:
        return self.opvangvraag.loket_id


class Gespreksbericht(models.Model):
    """One message. `door` is empty when a provider answered through the link in its mail."""

    gesprek = models.ForeignKey(Gesprek, on_delete=models.CASCADE, related_name="berichten")
    partij = models.CharField(max_length=12, choices=Partij)
    door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tekst = models.TextField(_("je bericht"), max_length=MAX_TEKENS)
    op = models.DateTimeField()

    class Meta:
        verbose_name = _("bericht in een gesprek")
        verbose_name_plural = _("berichten in een gesprek")
        ordering = ("op", "pk")
        constraints = [
            models.CheckConstraint(
                name="gespreksbericht_partij_bestaat", condition=Q(partij__in=Partij.values)
            ),
        ]

    def __str__(self) -> str:
        return f"Gespreksbericht {self.pk}"


class Gelezen(models.Model):
    """Until when somebody read a thread: a parent for itself, a provider or loket together."""

    gesprek = models.ForeignKey(Gesprek, on_delete=models.CASCADE, related_name="gelezen")
    partij = models.CharField(max_length=12, choices=Partij)
    gebruiker = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    tot = models.DateTimeField()

    class Meta:
        verbose_name = _("gelezen")
        verbose_name_plural = _("gelezen")
        constraints = [
            models.UniqueConstraint(
                fields=["gesprek", "partij", "gebruiker"],
                nulls_distinct=False,
                name="gelezen_een_per_lezer",
            ),
            models.CheckConstraint(
                name="gelezen_partij_bestaat", condition=Q(partij__in=Partij.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partij} tot {self.tot}"


class VrijmeldingQuerySet(models.QuerySet["Vrijmelding"]):
    def open(self) -> Self:
        return self.filter(gemeld_op=None)

    def voor_balie(self, gebruiker: Any) -> Self:
        """Of the questions that this person may open at the counter."""
        return self.filter(
            aanmelding__opvangvraag__in=Opvangvraag.objects.voor_balie(gebruiker).values("pk")
        )


class Vrijmelding(models.Model):
    """Somebody has to call a provider: its place is free again. After sad news no mail says so."""

    aanmelding = models.OneToOneField(
        Aanmelding, on_delete=models.CASCADE, related_name="vrijmelding"
    )
    sinds = models.DateTimeField()
    gemeld_op = models.DateTimeField(null=True, blank=True)
    gemeld_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VrijmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaats die vrij is en nog gemeld moet worden")
        verbose_name_plural = _("plaatsen die vrij zijn en nog gemeld moeten worden")
        ordering = ("sinds", "pk")

    def __str__(self) -> str:
        return f"Vrijmelding {self.pk}"

    @property
    def loket_id(self) -> int:
        return self.aanmelding.opvangvraag.loket_id
