"""The daily work of the counter: who does a task, what was noted, and the letters of a loket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aanvragen.briefvelden import fouten_in, fouten_in_titel
from aanvragen.models.vragen import Opvangvraag
from aanvragen.workflow import Notitiesoort, Rustreden, Taakuitkomst
from loket.models import Gebruiker, Loket, Rol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

NEDERLANDS = "nl"


class Taakwerk(models.Model):
    """What people did with one task of the work list: who has it, how long it rests, what came of
    it.

    A task itself is no row: the rules compute it from the state of things (domain/werklijst.py). So
    nothing that is still to be done can be lost here: what rests comes back by itself.
    """

    soort = models.CharField(max_length=24, db_comment="kind of task: domain.werklijst.Taaksoort")
    opvangvraag = models.ForeignKey(Opvangvraag, on_delete=models.CASCADE, related_name="taakwerk")
    ding_id = models.BigIntegerField(db_comment="the aanmelding, offer, mail ... it is about")
    wie = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="taakwerk"
    )
    rust_tot = models.DateField(null=True, blank=True, db_comment="shown again from this day")
    rust_reden = models.CharField(max_length=16, choices=Rustreden, blank=True)
    gedaan_termijn = models.DateField(
        null=True, blank=True, db_comment="done as it was due on this day; due later is a new task"
    )
    uitkomst = models.CharField(max_length=16, choices=Taakuitkomst, blank=True)
    gewijzigd_op = models.DateTimeField()

    class Meta:
        verbose_name = _("werk aan een taak")
        verbose_name_plural = _("werk aan taken")
        constraints = [
            models.UniqueConstraint(
                fields=["opvangvraag", "soort", "ding_id"], name="taakwerk_een_per_taak"
            ),
            models.CheckConstraint(
                name="taakwerk_uitstel_heeft_een_dag",
                condition=Q(rust_reden="")
                | Q(rust_reden__in=Rustreden.values, rust_tot__isnull=False),
            ),
            models.CheckConstraint(
                name="taakwerk_gedaan_heeft_een_uitkomst",
                condition=Q(uitkomst="", gedaan_termijn=None)
                | Q(uitkomst__in=Taakuitkomst.values, gedaan_termijn__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.opvangvraag_id}/{self.ding_id}"


class NotitieQuerySet(models.QuerySet["Notitie"]):
    def voor_balie(self, gebruiker: Any) -> Self:
        """Notes of the loket where this person is staff; a toeleider reads none."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(opvangvraag__loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER))

    def open_taken(self) -> Self:
        return self.filter(soort=Notitiesoort.TAAK, gedaan_op=None)


class Notitie(models.Model):
    """What staff note about a question: a remark, a call, or something to do on a day.

    Only staff of the loket read it; a family may ask for it (GDPR art. 15), so it is written as if
    the family reads along.
    """

    opvangvraag = models.ForeignKey(Opvangvraag, on_delete=models.CASCADE, related_name="notities")
    soort = models.CharField(max_length=12, choices=Notitiesoort)
    tekst = models.TextField(_("notitie"), max_length=2000)
    wanneer = models.DateField(null=True, blank=True, db_comment="a task: to be done on this day")
    gedaan_op = models.DateTimeField(null=True, blank=True)
    door = models.ForeignKey(Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+")
    op = models.DateTimeField()

    objects = NotitieQuerySet.as_manager()

    class Meta:
        verbose_name = _("notitie")
        verbose_name_plural = _("notities")
        ordering = ("-op", "-pk")
        indexes = [
            models.Index(
                fields=["wanneer"],
                name="notitie_te_doen",
                condition=Q(soort=Notitiesoort.TAAK, gedaan_op=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="notitie_soort_bestaat", condition=Q(soort__in=Notitiesoort.values)
            ),
            models.CheckConstraint(
                name="notitie_alleen_een_taak_heeft_een_dag",
                condition=Q(soort=Notitiesoort.TAAK, wanneer__isnull=False)
                | (~Q(soort=Notitiesoort.TAAK) & Q(wanneer=None, gedaan_op=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.pk}"


class BriefsjabloonQuerySet(models.QuerySet["Briefsjabloon"]):
    def bruikbaar(self, loket_ids: Iterable[int]) -> Self:
        """Those that these lokets use, complete: with a Dutch text."""
        return (
            self.filter(loket__in=loket_ids, actief=True, teksten__taal=NEDERLANDS)
            .prefetch_related("teksten")
            .order_by("naam")
        )


class Briefsjabloon(models.Model):
    """A letter that a loket sends more than once, in one or more languages, Dutch always."""

    loket = models.ForeignKey(Loket, on_delete=models.CASCADE, related_name="briefsjablonen")
    naam = models.CharField(
        _("naam"), max_length=80, help_text=_("Zo vindt een collega de brief terug.")
    )
    actief = models.BooleanField(_("in gebruik"), default=True)

    objects = BriefsjabloonQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("brieven")
        ordering = ("naam",)
        constraints = [
            models.UniqueConstraint(
                fields=["loket", "naam"],
                name="briefsjabloon_naam_een_keer",
                violation_error_message=_("Dit loket heeft al een brief met deze naam."),
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Brieftekst(models.Model):
    """One letter in one language: subject and text, with named fields like {kind}."""

    sjabloon = models.ForeignKey(Briefsjabloon, on_delete=models.CASCADE, related_name="teksten")
    taal = models.CharField(_("taal"), max_length=10, default=NEDERLANDS)
    titel = models.CharField(_("onderwerp"), max_length=120)
    tekst = models.TextField(_("tekst"), max_length=4000)

    class Meta:
        verbose_name = _("tekst van een brief")
        verbose_name_plural = _("teksten van een brief")
        ordering = ("taal",)
        constraints = [
            models.UniqueConstraint(
                fields=["sjabloon", "taal"],
                name="brieftekst_taal_een_keer",
                violation_error_message=_("Deze taal staat er al."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sjabloon_id} {self.taal}"

    def clean(self) -> None:
        """Refuse a field that we can't fill in, and a name in the subject."""
        fouten: dict[str, list[str | StrPromise]] = {}
        for veld, keur in (("titel", fouten_in_titel), ("tekst", fouten_in)):
            if gevonden := keur(getattr(self, veld)):
                fouten[veld] = list(gevonden)
        if fouten:
            raise ValidationError(fouten)
