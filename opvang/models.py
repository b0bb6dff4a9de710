"""The supply: organisatoren, their locations, licences and free places."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker, Gemeente, Wijk
from opvang.querysets import (
    ApiSleutelQuerySet,
    OpvanglocatieQuerySet,
    OrganisatorQuerySet,
    PlaatsaanbodQuerySet,
    VergunningQuerySet,
)
from opvang.weekrooster import AANTAL_DAGDELEN, trek_af
from opvang.workflow import Aanbodsoort, Opvangvorm, Prijssysteem, Ruimer


class DateRange(Func):
    """SQL `daterange(vanaf, tot, '[)')`: the interval of a row, open-ended without `tot`."""

    function = "DATERANGE"
    output_field = DateRangeField()


def nul_plaatsen() -> list[int]:
    return [0] * AANTAL_DAGDELEN


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


class ApiSleutel(models.Model):
    """A key with which the back office of one organisator talks to the API; only its hash is
    stored.
    """

    organisator = models.ForeignKey(
        Organisator, on_delete=models.CASCADE, related_name="api_sleutels"
    )
    naam = models.CharField(_("naam"), max_length=80)
    voorvoegsel = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64)
    aangemaakt_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    aangemaakt_op = models.DateTimeField()
    laatst_gebruikt_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = ApiSleutelQuerySet.as_manager()

    class Meta:
        verbose_name = _("API-sleutel")
        verbose_name_plural = _("API-sleutels")
        ordering = ("-aangemaakt_op",)

    def __str__(self) -> str:
        return f"{self.naam} ({self.voorvoegsel}…)"
