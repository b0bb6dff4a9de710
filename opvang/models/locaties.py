"""Organisatoren, the people who act for them, and their locations."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker, Gemeente, Wijk
from opvang.querysets import OpvanglocatieQuerySet, OrganisatorQuerySet
from opvang.workflow import Opvangvorm, Prijssysteem, Ruimer


class Organisator(models.Model):
    """Who runs one or more locations: a legal or natural person with an ondernemingsnummer."""

    naam = models.CharField(_("naam"), max_length=150)
    ondernemingsnummer = models.CharField(
        _("ondernemingsnummer"),
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        validators=[
            RegexValidator(r"^[01]\d{9}$", _("Een ondernemingsnummer heeft tien cijfers."))
        ],
    )
    email = models.EmailField(_("e-mailadres"), blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=30, blank=True)

    objects = OrganisatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisator")
        verbose_name_plural = _("organisatoren")
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam


class OrganisatorLid(models.Model):
    """Somebody who may act for an organisator, from a day until (not including) another."""

    organisator = models.ForeignKey(Organisator, on_delete=models.CASCADE, related_name="leden")
    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="organisaties")
    vanaf = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("lid van een organisator")
        verbose_name_plural = _("leden van een organisator")
        constraints = [
            models.UniqueConstraint(
                fields=["organisator", "gebruiker"], name="organisatorlid_is_uniek"
            ),
            models.CheckConstraint(
                name="organisatorlid_begint_voor_het_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} · {self.organisator}"


class Opvanglocatie(models.Model):
    """A licensed place of care with an address of its own; what a parent chooses."""

    organisator = models.ForeignKey(Organisator, on_delete=models.PROTECT, related_name="locaties")
    naam = models.CharField(_("naam"), max_length=150)
    slug = models.SlugField(max_length=80, unique=True)
    dossiernummer = models.CharField(
        _("dossiernummer"),
        max_length=10,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Van de vergunde locatie, gegeven door Opgroeien."),
        validators=[
            RegexValidator(r"^\d{9,10}$", _("Een dossiernummer heeft negen of tien cijfers."))
        ],
    )
    opvangvorm = models.CharField(_("soort opvang"), max_length=20, choices=Opvangvorm)
    prijssysteem = models.CharField(
        _("prijs"), max_length=20, choices=Prijssysteem, default=Prijssysteem.ONBEKEND
    )
    straat = models.CharField(_("straat"), max_length=120)
    huisnummer = models.CharField(_("huisnummer"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4)
    plaats = models.CharField(_("plaats"), max_length=80)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="locaties")
    wijk = models.ForeignKey(
        Wijk, null=True, blank=True, on_delete=models.SET_NULL, related_name="locaties"
    )
    breedtegraad = models.FloatField(null=True, blank=True)
    lengtegraad = models.FloatField(null=True, blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    website = models.URLField(_("website"), blank=True)
    opening_van = models.TimeField(_("open van"), null=True, blank=True)
    opening_tot = models.TimeField(_("open tot"), null=True, blank=True)
    openingsdagen = models.PositiveSmallIntegerField(
        default=0b0000_1111111111, db_comment="14-bit weekrooster mask of the opening dagdelen"
    )
    ruimere_uren = ArrayField(
        models.CharField(max_length=20, choices=Ruimer), default=list, blank=True
    )
    talen = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    inclusief = models.BooleanField(_("vangt kinderen op met een zorgbehoefte"), default=False)
    tekst = models.TextField(_("over de opvang"), blank=True)
    gemeentelijk = models.BooleanField(_("van het lokaal bestuur"), default=False)
    zichtbaar = models.BooleanField(_("te vinden voor ouders"), default=True)

    objects = OpvanglocatieQuerySet.as_manager()

    class Meta:
        verbose_name = _("opvanglocatie")
        verbose_name_plural = _("opvanglocaties")
        ordering = ("naam", "pk")
        indexes = [
            GinIndex(fields=["naam"], opclasses=["gin_trgm_ops"], name="locatie_naam_trgm"),
            # The neutral order, page by page, without sorting all of Flanders.
            models.Index(fields=["naam", "id"], name="locatie_op_naam"),
        ]
        constraints = [
            models.CheckConstraint(
                name="locatie_opvangvorm_bestaat", condition=Q(opvangvorm__in=Opvangvorm.values)
            ),
            models.CheckConstraint(
                name="locatie_prijssysteem_bestaat",
                condition=Q(prijssysteem__in=Prijssysteem.values),
            ),
            models.CheckConstraint(
                name="locatie_coordinaten_samen_en_op_aarde",
                condition=Q(breedtegraad=None, lengtegraad=None)
                | Q(
                    # A check lets NULL pass: half a coordinate must be named.
                    breedtegraad__isnull=False,
                    lengtegraad__isnull=False,
                    breedtegraad__range=(-90, 90),
                    lengtegraad__range=(-180, 180),
                ),
                violation_error_message=_(
                    "Geef een breedtegraad en een lengtegraad, of geen van beide."
                ),
            ),
            models.CheckConstraint(
                name="locatie_openingsdagen_zijn_een_weekrooster",
                condition=Q(openingsdagen__range=(0, 16383)),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("opvang:locatie", args=[self.slug])

    @property
    def adres(self) -> str:
        return f"{self.straat} {self.huisnummer}".strip() + f", {self.postcode} {self.plaats}"
