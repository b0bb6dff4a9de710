"""What a municipality gives to providers: its reglementen, the money for them, and each subsidie.

The database holds the money together (opvang/migrations/0009): a decided subsidie never changes,
what is approved stays within the budget of its year, and a step is never rewritten.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker, Gemeente, Loket, Rol
from opvang.models.locaties import Opvanglocatie
from opvang.querysets import organisator_ids
from opvang.workflow import (
    SUBSIDIE_OPEN,
    SUBSIDIE_TELT,
    SUBSIDIE_WEG,
    Herkomst,
    MaximumPer,
    Opvangvorm,
    Regelsoort,
    Subsidiestatus,
    Trap,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

EERSTE_JAAR, LAATSTE_JAAR = 2000, 2199
#: Who reads the subsidies of a loket.
LEZERS = (Rol.LOKETMEDEWERKER, Rol.BEHEERDER, Rol.SCHEPEN)
NUL = Decimal(0)


def subsidie_lokets(gebruiker: Any) -> frozenset[int]:
    """Ids of the lokets whose subsidies this person may read."""
    if not gebruiker.is_authenticated:
        return frozenset()
    lokets: frozenset[int] = gebruiker.lokets_als(*LEZERS)
    return lokets


class SubsidiereglementQuerySet(models.QuerySet["Subsidiereglement"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        return self.filter(loket__in=subsidie_lokets(gebruiker))

    def in_jaar(self, jaar: int) -> Self:
        """Those that hold on some day of this year."""
        return self.exclude(tot__lte=dt.date(jaar, 1, 1)).filter(vanaf__lte=dt.date(jaar, 12, 31))

    def vergrendeld(self) -> Self:
        """Lock the rows: one run at a time proposes."""
        return self.select_for_update(of=("self",)).order_by("pk")


class SubsidiebudgetQuerySet(models.QuerySet["Subsidiebudget"]):
    def vergrendeld(self) -> Self:
        """Lock the rows in primary-key order: one approval at a time sums and writes."""
        return self.select_for_update(of=("self",)).order_by("pk")


class SubsidieregelQuerySet(models.QuerySet["Subsidieregel"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        return self.filter(reglement__loket__in=subsidie_lokets(gebruiker))


class SubsidieQuerySet(models.QuerySet["Subsidie"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        return self.filter(regel__reglement__loket__in=subsidie_lokets(gebruiker))

    def van_aanbieder(self, gebruiker: Any) -> Self:
        """What their organisatoren were told: never a proposal of which nobody knows."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.bekendgemaakt().filter(locatie__organisator_id__in=organisator_ids(gebruiker))

    def bekendgemaakt(self) -> Self:
        return self.filter(bekend_op__isnull=False)

    def vergrendeld(self) -> Self:
        return self.select_for_update(of=("self",)).order_by("pk")

    def open(self) -> Self:
        return self.filter(status__in=SUBSIDIE_OPEN)

    def telt(self) -> Self:
        """What takes a part of the budget: approved or paid."""
        return self.filter(status__in=SUBSIDIE_TELT)

    def van_budget(self, budget: Subsidiebudget) -> Self:
        """What is paid, or may be paid, out of this budget."""
        return self.filter(regel__reglement=budget.reglement_id, jaar=budget.jaar)

    def som(self) -> Decimal:
        return self.aggregate(som=Sum("bedrag"))["som"] or NUL


class Subsidiereglement(models.Model):
    """What the council decided to pay for, from a day until (not including) another."""

    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="subsidiereglementen")
    gemeente = models.ForeignKey(
        Gemeente,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subsidiereglementen",
        verbose_name=_("gemeente"),
    )
    naam = models.CharField(_("naam"), max_length=120)
    raadsbesluit_op = models.DateField(_("datum van het raadsbesluit"))
    bron = models.CharField(_("bron"), max_length=200)
    link = models.URLField(_("link naar het besluit"), blank=True)
    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(_("tot"), null=True, blank=True)
    slotzin = models.TextField(_("slot van de brief"), blank=True)
    aangemaakt_op = models.DateTimeField()

    objects = SubsidiereglementQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidiereglement")
        verbose_name_plural = _("subsidiereglementen")
        ordering = ("naam", "pk")
        constraints = [
            models.CheckConstraint(
                name="subsidiereglement_begint_voor_het_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
                violation_error_message=_("Het reglement eindigt voor het begint."),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("subsidies:reglement", args=[self.pk])

    def locaties(self) -> QuerySet[Opvanglocatie]:
        """The locations that it is about: of its gemeente, else of the whole werkingsgebied."""
        if self.gemeente_id is not None:
            return Opvanglocatie.objects.filter(gemeente_id=self.gemeente_id)
        return Opvanglocatie.objects.in_werkingsgebied(self.loket_id)


class Subsidiebudget(models.Model):
    """How much there is for a reglement in one calendar year."""

    reglement = models.ForeignKey(
        Subsidiereglement, on_delete=models.CASCADE, related_name="budgetten"
    )
    jaar = models.PositiveSmallIntegerField(
        _("jaar"),
        validators=[MinValueValidator(EERSTE_JAAR), MaxValueValidator(LAATSTE_JAAR)],
    )
    bedrag = models.DecimalField(_("bedrag"), max_digits=12, decimal_places=2)

    objects = SubsidiebudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidiebudget")
        verbose_name_plural = _("subsidiebudgetten")
        ordering = ("reglement", "jaar")
        constraints = [
            models.UniqueConstraint(
                fields=["reglement", "jaar"], name="subsidiebudget_een_per_jaar"
            ),
            models.CheckConstraint(
                name="subsidiebudget_is_niet_negatief", condition=Q(bedrag__gte=0)
            ),
            models.CheckConstraint(
                name="subsidiebudget_jaar_bestaat",
                condition=Q(jaar__range=(EERSTE_JAAR, LAATSTE_JAAR)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reglement} {self.jaar}"


class Subsidieregel(models.Model):
    """One thing that the reglement pays for. What it computes: domain/subsidie_berekenen.py."""

    reglement = models.ForeignKey(
        Subsidiereglement, on_delete=models.CASCADE, related_name="regels"
    )
    naam = models.CharField(_("naam"), max_length=120)
    soort = models.CharField(_("soort"), max_length=16, choices=Regelsoort)
    bedrag = models.DecimalField(_("bedrag"), max_digits=9, decimal_places=2, null=True, blank=True)
    trappen = ArrayField(
        models.CharField(max_length=2, choices=Trap),
        default=list,
        blank=True,
        db_comment="which places count; empty = all",
    )
    opvangvormen = ArrayField(
        models.CharField(max_length=20, choices=Opvangvorm),
        default=list,
        blank=True,
        db_comment="which locations count; empty = all",
    )
    ook_gemeentelijk = models.BooleanField(
        _("ook voor opvang van het lokaal bestuur"), default=True
    )
    rentepunten = models.DecimalField(
        _("hoogstens zoveel procent rente"),
        max_digits=5,
        decimal_places=3,
        null=True,
        blank=True,
        db_comment="interest only; empty = the whole rate",
    )
    jaren = models.PositiveSmallIntegerField(
        _("hoogstens zoveel jaar"),
        null=True,
        blank=True,
        db_comment="interest only, counted from the start of the loan; empty = as long as it runs",
    )
    maximum = models.DecimalField(
        _("maximum"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    maximum_per = models.CharField(max_length=8, choices=MaximumPer, default=MaximumPer.DOSSIER)

    objects = SubsidieregelQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidieregel")
        verbose_name_plural = _("subsidieregels")
        ordering = ("reglement", "pk")
        constraints = [
            models.CheckConstraint(
                name="subsidieregel_soort_bestaat", condition=Q(soort__in=Regelsoort.values)
            ),
            models.CheckConstraint(
                name="subsidieregel_maximum_per_bestaat",
                condition=Q(maximum_per__in=MaximumPer.values),
            ),
            models.CheckConstraint(
                name="subsidieregel_bedrag_of_rente",
                condition=Q(soort=Regelsoort.RENTE, bedrag=None)
                | (
                    ~Q(soort=Regelsoort.RENTE)
                    & Q(bedrag__isnull=False, bedrag__gt=0, rentepunten=None, jaren=None)
                ),
            ),
            models.CheckConstraint(
                name="subsidieregel_grenzen_zijn_positief",
                condition=(Q(maximum=None) | Q(maximum__gt=0))
                & (Q(rentepunten=None) | Q(rentepunten__gt=0))
                & (Q(jaren=None) | Q(jaren__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def loket_id(self) -> int:
        return self.reglement.loket_id


class Subsidie(models.Model):
    """What one location gets by one rule for one year, from proposal to payment.

    Change the status only through `domain.subsidies.status`. `berekening` is a snapshot: the lines
    with their formula in words, and what the letter says. Once the dienst approved it, the database
    refuses any change of it.
    """

    regel = models.ForeignKey(Subsidieregel, on_delete=models.PROTECT, related_name="subsidies")
    locatie = models.ForeignKey(Opvanglocatie, on_delete=models.PROTECT, related_name="subsidies")
    jaar = models.PositiveSmallIntegerField(_("jaar"))
    herkomst = models.CharField(max_length=8, choices=Herkomst)
    status = models.CharField(max_length=20, choices=Subsidiestatus)
    lening_hoofdsom = models.DecimalField(
        _("nog af te lossen bedrag"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    lening_rente = models.DecimalField(
        _("rente in procent"), max_digits=5, decimal_places=3, null=True, blank=True
    )
    lening_vanaf = models.DateField(_("begin van de lening"), null=True, blank=True)
    lening_tot = models.DateField(_("einde van de lening"), null=True, blank=True)
    bedrag = models.DecimalField(_("bedrag"), max_digits=14, decimal_places=2)
    nieuwe_plaatsen = models.PositiveSmallIntegerField(
        null=True, blank=True, db_comment="places that it pays for; empty = the rule counts none"
    )
    berekening = models.JSONField(db_comment="snapshot: lines with their formula, and the letter")
    berekend_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    berekend_op = models.DateTimeField(null=True, blank=True)
    goedgekeurd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    besluit_op = models.DateField(
        null=True, blank=True, db_comment="day on which the college decided"
    )
    bekend_op = models.DateTimeField(
        null=True, blank=True, db_comment="when the organisator was told; empty = never"
    )
    aangemaakt_op = models.DateTimeField()

    objects = SubsidieQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidie")
        verbose_name_plural = _("subsidies")
        ordering = ("-jaar", "locatie__naam", "pk")
        indexes = [models.Index(fields=["jaar", "status"], name="subsidie_jaar_status")]
        constraints = [
            models.CheckConstraint(
                name="subsidie_status_bestaat", condition=Q(status__in=Subsidiestatus.values)
            ),
            models.CheckConstraint(
                name="subsidie_herkomst_bestaat", condition=Q(herkomst__in=Herkomst.values)
            ),
            models.CheckConstraint(name="subsidie_is_niet_negatief", condition=Q(bedrag__gte=0)),
            models.CheckConstraint(
                name="subsidie_jaar_bestaat", condition=Q(jaar__range=(EERSTE_JAAR, LAATSTE_JAAR))
            ),
            # A loan is its own application; for the rest a location asks once per rule and year.
            models.UniqueConstraint(
                fields=["regel", "locatie", "jaar"],
                condition=Q(lening_hoofdsom=None) & ~Q(status__in=sorted(SUBSIDIE_WEG)),
                name="subsidie_een_per_regel_locatie_en_jaar",
            ),
            models.CheckConstraint(
                name="subsidie_lening_is_volledig",
                condition=Q(
                    lening_hoofdsom=None, lening_rente=None, lening_vanaf=None, lening_tot=None
                )
                | Q(
                    lening_hoofdsom__isnull=False,
                    lening_rente__isnull=False,
                    lening_vanaf__isnull=False,
                    lening_hoofdsom__gt=0,
                    lening_rente__gt=0,
                    lening_vanaf__lt=F("lening_tot"),
                    lening_tot__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="subsidie_goedgekeurd_is_berekend",
                condition=~Q(status__in=sorted({Subsidiestatus.BEREKEND, *SUBSIDIE_TELT}))
                | Q(berekend_door__isnull=False, berekend_op__isnull=False),
            ),
            models.CheckConstraint(
                name="subsidie_vier_ogen",
                condition=~Q(status__in=sorted(SUBSIDIE_TELT))
                | (Q(goedgekeurd_door__isnull=False) & ~Q(goedgekeurd_door=F("berekend_door"))),
                violation_error_message=_("Wie berekende, keurt niet goed."),
            ),
            models.CheckConstraint(
                name="subsidie_college_heeft_datum",
                condition=~Q(status__in=[Subsidiestatus.COLLEGE, Subsidiestatus.BETAALD])
                | Q(besluit_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kenmerk} {self.locatie}"

    def get_absolute_url(self) -> str:
        return reverse("subsidies:subsidie", args=[self.pk])

    @property
    def kenmerk(self) -> str:
        """What letters and spreadsheets call it."""
        return f"S{self.jaar}-{self.pk:05d}"

    @property
    def loket_id(self) -> int:
        return self.regel.reglement.loket_id

    @property
    def is_open(self) -> bool:
        return self.status in SUBSIDIE_OPEN


class Subsidiestap(models.Model):
    """A step that somebody took: who, when, and why. Append-only by a trigger."""

    subsidie = models.ForeignKey(Subsidie, on_delete=models.PROTECT, related_name="stappen")
    naar = models.CharField(max_length=20, choices=Subsidiestatus)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()
    datum = models.DateField(
        null=True, blank=True, db_comment="day of the decision or the payment itself"
    )
    motivering = models.TextField(blank=True)

    class Meta:
        verbose_name = _("stap van een subsidie")
        verbose_name_plural = _("stappen van een subsidie")
        ordering = ("op", "pk")
        constraints = [
            models.CheckConstraint(
                name="subsidiestap_naar_bestaat", condition=Q(naar__in=Subsidiestatus.values)
            ),
            models.CheckConstraint(
                name="subsidiestap_weigeren_met_reden",
                condition=~Q(naar__in=[Subsidiestatus.GEWEIGERD, Subsidiestatus.INGETROKKEN])
                | ~Q(motivering=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subsidie}: {self.get_naar_display()}"
