"""What care costs: dated amounts with their source, and who helps to pay less."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DecimalRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from loket.models import Loket
from opvang.models.vergunningen import DateRange


class Duurgeval(models.TextChoices):
    """Where a part of a day exists. Source: domein.md §4.2 (FO-SU-05)."""

    GEWOON = "gewoon", _("Overal")
    FLEXIBEL = "flexibel", _("Alleen bij opvang met toestemming voor flexibele opvang")
    SCHOOL = "school", _("Alleen bij opvang van schoolkinderen")


class Tariefhulpsoort(models.TextChoices):
    SOCIAAL = "sociaal", _("Sociaal tarief van het OCMW")
    KANSENTARIEF = "kansentarief", _("UiTPAS met kansentarief")
    VERMINDERD = "verminderd", _("Individueel verminderd tarief")
    ANDERE = "andere", _("Andere hulp")


class NumRange(Func):
    """SQL `numrange(van, tot, '[)')`, open-ended without `tot`."""

    function = "NUMRANGE"
    output_field = DecimalRangeField()


def _bedrag(label: object, hulp: object = "", **opties: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(
        str(label),
        max_digits=9,
        decimal_places=2,
        help_text=str(hulp),
        validators=[MinValueValidator(0)],
        **opties,
    )


def _maanden(label: object, hulp: object = "") -> models.PositiveSmallIntegerField[Any, Any]:
    return models.PositiveSmallIntegerField(
        str(label),
        null=True,
        blank=True,
        help_text=str(hulp),
        validators=[MinValueValidator(1), MaxValueValidator(300)],
    )


class _Gedateerd(models.QuerySet[Any]):
    """Rows that count on a day: active, and within their dates."""

    def geldig_op(self, peildatum: dt.date) -> Self:
        return self.filter(Q(tot=None) | Q(tot__gt=peildatum), actief=True, vanaf__lte=peildatum)


class Tarieftabel(models.Model):
    """The amounts of the inkomenstarief in a period, as a source states them.

    Only active tables count. Of these no two overlap (exclusion constraint) and none leaves a hole
    before the next (deferred trigger, opvang/0006): a forgotten month would show no amount to
    anybody. What nobody checked at the source stays inactive.
    """

    naam = models.CharField(_("naam"), max_length=100)
    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(
        _("tot"),
        null=True,
        blank=True,
        help_text=_("Tot en zonder deze dag. Leeg: tot nader order."),
    )
    actief = models.BooleanField(
        _("actief"),
        default=False,
        help_text=_("Ouders krijgen er bedragen mee. Zet dit pas aan na een blik op de bron."),
    )
    bron = models.CharField(_("bron"), max_length=300)
    bron_url = models.URLField(_("link naar de bron"), max_length=300, blank=True)
    minimum = _bedrag(_("laagste prijs per dag"))
    maximum = _bedrag(_("hoogste prijs per dag"))
    stap_bedrag = _bedrag(_("boven de laatste schijf: bedrag per begonnen stap"))
    stap_inkomen = _bedrag(_("boven de laatste schijf: inkomen per stap"))
    kindkorting = _bedrag(
        _("vermindering per ander kind ten laste"),
        _("Leeg als de bron ze niet noemt; de tabel kan dan niet actief zijn."),
        null=True,
        blank=True,
    )
    meerlingkorting = _bedrag(_("vermindering bij een meerling"), null=True, blank=True)
    kind_tot_maanden = _maanden(
        _("andere kinderen tellen tot (maanden)"), _("144 is tot 12 jaar. Leeg: geen grens.")
    )
    nieuwe_start_vanaf = models.DateField(
        _("andere leeftijdsgrens voor een start vanaf"), null=True, blank=True
    )
    nieuwe_start_tot_maanden = _maanden(_("kinderen tellen dan tot (maanden)"))
    laag_inkomen_onder = _bedrag(_("laag inkomen: onder"), null=True, blank=True)
    laag_inkomen_korting = _bedrag(
        _("laag inkomen: hoogste vermindering per dag"), null=True, blank=True
    )
    maandcoefficient = models.DecimalField(
        _("van maandinkomen naar jaarinkomen: maal"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )

    objects = _Gedateerd.as_manager()

    class Meta:
        verbose_name = _("tarieftabel")
        verbose_name_plural = _("tarieftabellen")
        ordering = ("-vanaf", "pk")
        constraints = [
            ExclusionConstraint(
                name="tarieftabel_overlapt_niet",
                expressions=[(DateRange("vanaf", "tot", RangeBoundary()), RangeOperators.OVERLAPS)],
                condition=Q(actief=True),
                violation_error_message=_("In die periode is er al een actieve tabel."),
            ),
            models.CheckConstraint(
                name="tarieftabel_begint_voor_ze_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
                violation_error_message=_("De tabel eindigt voor ze begint."),
            ),
            models.CheckConstraint(
                name="tarieftabel_actief_is_volledig",
                condition=Q(actief=False)
                | (~Q(bron="") & Q(kindkorting__isnull=False, meerlingkorting__isnull=False)),
                violation_error_message=_(
                    "Een actieve tabel noemt haar bron en de verminderingen voor kinderen."
                ),
            ),
            models.CheckConstraint(
                name="tarieftabel_minimum_onder_maximum",
                condition=Q(minimum__gte=0, minimum__lte=F("maximum")),
                violation_error_message=_("De laagste prijs ligt niet boven de hoogste."),
            ),
            models.CheckConstraint(
                name="tarieftabel_stappen_gaan_omhoog",
                condition=Q(stap_bedrag__gte=0, stap_inkomen__gt=0),
                violation_error_message=_("Een stap is een bedrag per stuk inkomen boven nul."),
            ),
            models.CheckConstraint(
                name="tarieftabel_korting_is_niet_negatief",
                condition=(Q(kindkorting=None) | Q(kindkorting__gte=0))
                & (Q(meerlingkorting=None) | Q(meerlingkorting__gte=0)),
            ),
            models.CheckConstraint(
                name="tarieftabel_nieuwe_start_is_volledig",
                condition=Q(nieuwe_start_vanaf=None, nieuwe_start_tot_maanden=None)
                | Q(nieuwe_start_vanaf__isnull=False, nieuwe_start_tot_maanden__isnull=False),
                violation_error_message=_(
                    "Geef bij de andere leeftijdsgrens de dag én de leeftijd."
                ),
            ),
            models.CheckConstraint(
                name="tarieftabel_laag_inkomen_is_volledig",
                condition=Q(laag_inkomen_onder=None, laag_inkomen_korting=None)
                | Q(laag_inkomen_onder__isnull=False, laag_inkomen_korting__gte=0),
                violation_error_message=_("Geef bij laag inkomen de grens én de vermindering."),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        """Say before the database does that days would be left without a table."""
        gat = self.dagen_zonder() if self.vanaf else None
        if gat is not None:
            raise ValidationError(
                _("Van %(vanaf)s tot %(tot)s zou er geen tabel zijn."),
                code="gat",
                params={"vanaf": gat[0], "tot": gat[1]},
            )

    def dagen_zonder(self) -> tuple[dt.date, dt.date] | None:
        """Find the days without a table that this one, if active, leaves beside its neighbours."""
        if not self.actief:
            return None
        andere = Tarieftabel.objects.filter(actief=True).exclude(pk=self.pk)
        ervoor = andere.filter(tot__lt=self.vanaf).order_by("-tot").first()
        if ervoor is not None and not andere.filter(tot=self.vanaf).exists():
            return ervoor.tot, self.vanaf
        if self.tot is not None and not andere.filter(vanaf=self.tot).exists():
            erna = andere.filter(vanaf__gt=self.tot).order_by("vanaf").first()
            if erna is not None:
                return self.tot, erna.vanaf
        return None


class Tariefschijf(models.Model):
    """Incomes from the end of the former bracket up to and including `tot`: so there is no hole."""

    tabel = models.ForeignKey(Tarieftabel, on_delete=models.CASCADE, related_name="schijven")
    tot = _bedrag(_("inkomen tot en met"))
    coefficient = models.DecimalField(_("coëfficiënt"), max_digits=9, decimal_places=8)
    plafond = _bedrag(_("hoogste prijs in deze schijf"), null=True, blank=True)

    class Meta:
        verbose_name = _("schijf")
        verbose_name_plural = _("schijven")
        ordering = ("tabel", "tot")
        constraints = [
            models.UniqueConstraint(fields=["tabel", "tot"], name="tariefschijf_eindigt_een_keer"),
            models.CheckConstraint(
                name="tariefschijf_is_positief",
                condition=Q(tot__gt=0, coefficient__gt=0, coefficient__lt=1)
                & (Q(plafond=None) | Q(plafond__gt=0)),
                violation_error_message=_("Een schijf heeft bedragen boven nul."),
            ),
        ]

    def __str__(self) -> str:
        return f"≤ {self.tot} × {self.coefficient}"


class Tariefduur(models.Model):
    """A presence from so many hours until (not including) so many costs this part of a day."""

    tabel = models.ForeignKey(Tarieftabel, on_delete=models.CASCADE, related_name="duren")
    van_uur = models.DecimalField(_("vanaf (uren)"), max_digits=4, decimal_places=2)
    tot_uur = models.DecimalField(
        _("tot (uren)"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    procent = models.PositiveSmallIntegerField(
        _("procent van de dagprijs"), validators=[MinValueValidator(1), MaxValueValidator(300)]
    )
    geval = models.CharField(_("waar"), max_length=10, choices=Duurgeval, default=Duurgeval.GEWOON)

    class Meta:
        verbose_name = _("duur")
        verbose_name_plural = _("duren")
        ordering = ("tabel", "van_uur", "pk")
        constraints = [
            ExclusionConstraint(
                name="tariefduur_overlapt_niet",
                expressions=[
                    ("tabel", RangeOperators.EQUAL),
                    (NumRange("van_uur", "tot_uur", Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=~Q(geval=Duurgeval.SCHOOL.value),
                violation_error_message=_("Deze uren staan al in de tabel."),
            ),
            models.CheckConstraint(
                name="tariefduur_geval_bestaat", condition=Q(geval__in=Duurgeval.values)
            ),
            models.CheckConstraint(
                name="tariefduur_loopt_op",
                condition=Q(van_uur__gte=0) & (Q(tot_uur=None) | Q(van_uur__lt=F("tot_uur"))),
            ),
            models.CheckConstraint(name="tariefduur_procent", condition=Q(procent__range=(1, 300))),
        ]

    def __str__(self) -> str:
        return f"{self.van_uur}: {self.procent} %"


class Kinderopvangtoeslag(models.Model):
    """What the Groeipakket gives back per day of care at a free price, in a period."""

    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(_("tot"), null=True, blank=True)
    bedrag = _bedrag(_("bedrag per dag"))
    bron = models.CharField(_("bron"), max_length=300)
    bron_url = models.URLField(_("link naar de bron"), max_length=300, blank=True)
    actief = models.BooleanField(
        _("actief"), default=False, help_text=_("Zet dit pas aan na een blik op de bron.")
    )

    objects = _Gedateerd.as_manager()

    class Meta:
        verbose_name = _("kinderopvangtoeslag")
        verbose_name_plural = _("kinderopvangtoeslag")
        ordering = ("-vanaf",)
        constraints = [
            ExclusionConstraint(
                name="toeslag_overlapt_niet",
                expressions=[(DateRange("vanaf", "tot", RangeBoundary()), RangeOperators.OVERLAPS)],
                condition=Q(actief=True),
                violation_error_message=_("In die periode is er al een bedrag."),
            ),
            models.CheckConstraint(
                name="toeslag_begint_voor_hij_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            ),
            models.CheckConstraint(
                name="toeslag_noemt_zijn_bron", condition=Q(actief=False) | ~Q(bron="")
            ),
        ]

    def __str__(self) -> str:
        return f"€ {self.bedrag} vanaf {self.vanaf}"


class Tariefhulp(models.Model):
    """Help to pay less that exists at this loket, in its own words; no row = it is not there."""

    loket = models.ForeignKey(Loket, on_delete=models.CASCADE, related_name="tariefhulp")
    soort = models.CharField(_("soort"), max_length=12, choices=Tariefhulpsoort)
    uitleg = models.TextField(_("wat is het, en voor wie"))
    vragen = models.TextField(_("hoe vraag je het"))
    link = models.URLField(_("link"), blank=True)
    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(_("tot"), null=True, blank=True)
    actief = models.BooleanField(_("tonen"), default=True)

    objects = _Gedateerd.as_manager()

    class Meta:
        verbose_name = _("hulp bij de prijs")
        verbose_name_plural = _("hulp bij de prijs")
        ordering = ("loket", "soort", "pk")
        constraints = [
            models.CheckConstraint(
                name="tariefhulp_soort_bestaat", condition=Q(soort__in=Tariefhulpsoort.values)
            ),
            models.CheckConstraint(
                name="tariefhulp_begint_voor_ze_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} · {self.loket}"
