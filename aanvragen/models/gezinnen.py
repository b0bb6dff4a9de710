"""A family: its address, its parents, its children, and a request it is still writing."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanvragen.querysets import (
    ConceptQuerySet,
    OuderQuerySet,
)
from aanvragen.workflow import (
    Relatie,
)
from loket.models import Gebruiker, Gemeente, Loket, Wijk


class Concept(models.Model):
    """A request that somebody is still writing: the answers of each question page, kept on the
    server.

    `gegevens` holds the raw input per step, so that nothing typed is lost; it is validated again
    when sent. Kept for `Loket.conceptdagen` days after the last change. `email` is where somebody
    without an account can be reached, and who may go on with it elsewhere: only a code that was
    sent there opens it.
    """

    sleutel = models.CharField(max_length=40, unique=True, default=uuid.uuid4, editable=False)
    loket = models.ForeignKey(Loket, on_delete=models.CASCADE, related_name="+")
    gebruiker = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.CASCADE, related_name="concepten"
    )
    ingevoerd_door = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_comment="staff or toeleider who types this on behalf of a family",
    )
    email = models.EmailField(blank=True, db_comment="in lower case; who proves it may go on")
    gegevens = models.JSONField(default=dict, db_comment="{step: {field: [raw values]}}")
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    afgerond_op = models.DateTimeField(null=True, blank=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("onafgewerkte aanvraag")
        verbose_name_plural = _("onafgewerkte aanvragen")
        ordering = ("-gewijzigd_op",)
        indexes = [
            models.Index(fields=["email"], condition=~Q(email=""), name="concept_van_een_adres")
        ]

    def __str__(self) -> str:
        return f"Concept {self.sleutel}"


class Gezin(models.Model):
    """A family as one household address; holds the parents and the children."""

    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="gezinnen")
    straat = models.CharField(_("straat"), max_length=120, blank=True)
    huisnummer = models.CharField(_("huisnummer"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    wijk = models.ForeignKey(
        Wijk, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taal = models.CharField(_("taal thuis"), max_length=10, blank=True)
    tolk = models.BooleanField(_("hulp van een tolk gewenst"), default=False)
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("gezin")
        verbose_name_plural = _("gezinnen")

    def __str__(self) -> str:
        return f"Gezin {self.pk}"


class Ouder(models.Model):
    """A parent, foster parent or other carer of the family, with or without an account."""

    gezin = models.ForeignKey(Gezin, on_delete=models.CASCADE, related_name="ouders")
    gebruiker = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="ouderschappen"
    )
    voornaam = models.CharField(_("voornaam"), max_length=80)
    familienaam = models.CharField(_("familienaam"), max_length=80)
    email = models.EmailField(_("e-mailadres"), blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=30, blank=True)
    relatie = models.CharField(max_length=12, choices=Relatie, default=Relatie.OUDER)

    objects = OuderQuerySet.as_manager()

    class Meta:
        verbose_name = _("ouder")
        verbose_name_plural = _("ouders")
        constraints = [
            models.UniqueConstraint(fields=["gezin", "gebruiker"], name="ouder_een_keer_per_gezin"),
            models.CheckConstraint(
                name="ouder_relatie_bestaat", condition=Q(relatie__in=Relatie.values)
            ),
            models.CheckConstraint(
                name="ouder_is_te_bereiken",
                condition=~Q(email="") | ~Q(telefoon=""),
                violation_error_message=_("Geef een e-mailadres of een telefoonnummer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voornaam} {self.familienaam}"


class Kind(models.Model):
    """A child, born or expected. Twins are two children with the same `meerling`."""

    gezin = models.ForeignKey(Gezin, on_delete=models.CASCADE, related_name="kinderen")
    voornaam = models.CharField(_("voornaam"), max_length=80, blank=True)
    familienaam = models.CharField(_("familienaam"), max_length=80)
    geboortedatum = models.DateField(_("geboortedatum"), null=True, blank=True)
    verwachte_geboortedatum = models.DateField(_("uitgerekende datum"), null=True, blank=True)
    meerling = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("kind")
        verbose_name_plural = _("kinderen")
        constraints = [
            models.CheckConstraint(
                name="kind_heeft_een_geboortedatum_of_een_verwachte",
                condition=Q(geboortedatum__isnull=False) | Q(verwachte_geboortedatum__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """First and family name, or "baby Peeters" for a child without a first name yet."""
        return f"{self.voornaam or _('baby')} {self.familienaam}"

    @property
    def ouders(self) -> OuderQuerySet:
        """Who may follow this child and hear of it."""
        return self.gezin.ouders.van_kind(self)

    @property
    def geboren(self) -> bool:
        return self.geboortedatum is not None

    @property
    def rekendatum(self) -> dt.date:
        """The real birth date, or the expected one as long as that is all we know."""
        datum = self.geboortedatum or self.verwachte_geboortedatum
        assert datum is not None
        return datum

    def leeftijd_in_maanden(self, peildatum: dt.date) -> int:
        """Whole months on a day; negative before birth."""
        geboren = self.rekendatum
        maanden = (peildatum.year - geboren.year) * 12 + peildatum.month - geboren.month
        return maanden - (peildatum.day < geboren.day)
