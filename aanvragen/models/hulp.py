"""Who helps a family: the consent of a toeleider, what is agreed with it, and where it is sent."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aanvragen.models.gezinnen import Gezin
from aanvragen.models.vragen import Opvangvraag
from aanvragen.querysets import (
    AfspraakQuerySet,
    DoorverwijzingQuerySet,
    ToestemmingQuerySet,
    ToestemmingscodeQuerySet,
)
from aanvragen.workflow import (
    Afspraaksoort,
    Afspraakstatus,
    Doorverwijsuitkomst,
    Doorverwijswijze,
    Hulpduur,
    Hulpomvang,
    Partnersoort,
    Toestemmingswijze,
)
from loket.models import Gebruiker, Loket
from opvang.models import Opvanglocatie


class Toestemming(models.Model):
    """A family lets a toeleider help it: so much, from a day until another. Without it a toeleider
    sees nothing.

    Source: domein.md §1.6: a referrer passes on information only with the parent's consent. What
    holds is asked with `geldig_op`; it ends by itself, or when the family says so.
    """

    gezin = models.ForeignKey(Gezin, on_delete=models.CASCADE, related_name="toestemmingen")
    toeleider = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="toestemmingen")
    omvang = models.CharField(max_length=12, choices=Hulpomvang, default=Hulpomvang.AANVRAGEN)
    vanaf = models.DateField()
    tot = models.DateField()
    gegeven_op = models.DateTimeField()
    wijze = models.CharField(
        max_length=12, choices=Toestemmingswijze, default=Toestemmingswijze.PAPIER
    )
    genoteerd_door = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_comment="who wrote it down; none when the parent gave it by link or code",
    )
    beeindigd_op = models.DateTimeField(
        null=True, blank=True, db_comment="ended before its last day, or replaced by another"
    )

    objects = ToestemmingQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        ordering = ("-gegeven_op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="toestemming_begint_voor_ze_eindigt", condition=Q(vanaf__lt=F("tot"))
            ),
            models.CheckConstraint(
                name="toestemming_omvang_bestaat", condition=Q(omvang__in=Hulpomvang.values)
            ),
            models.CheckConstraint(
                name="toestemming_wijze_bestaat", condition=Q(wijze__in=Toestemmingswijze.values)
            ),
            models.UniqueConstraint(
                fields=["gezin", "toeleider"],
                condition=Q(beeindigd_op=None),
                name="toestemming_een_per_toeleider",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gezin} → {self.toeleider}"

    @property
    def laatste_dag(self) -> dt.date:
        return self.tot - dt.timedelta(days=1)


class Toestemmingscode(models.Model):
    """A consent that waits for the family: six digits that it reads out, or a link that it opens.

    The digits are not stored: `domain.toestemming.code_van` computes them from the key of the row.
    """

    sleutel = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    opvangvraag = models.ForeignKey(
        Opvangvraag,
        on_delete=models.CASCADE,
        related_name="toestemmingscodes",
        db_comment="whose family is asked",
    )
    toeleider = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_comment="none: any toeleider of the loket to whom the parent reads the code",
    )
    omvang = models.CharField(max_length=12, choices=Hulpomvang)
    dagen = models.PositiveSmallIntegerField(choices=Hulpduur)
    gemaakt_op = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    pogingen = models.PositiveSmallIntegerField(default=0)
    gebruikt_op = models.DateTimeField(null=True, blank=True)
    geweigerd_op = models.DateTimeField(null=True, blank=True)

    objects = ToestemmingscodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("gevraagde toestemming")
        verbose_name_plural = _("gevraagde toestemmingen")
        ordering = ("-gemaakt_op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="toestemmingscode_niet_ja_en_nee",
                condition=Q(gebruikt_op=None) | Q(geweigerd_op=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opvangvraag} → {self.toeleider or '?'}"


class Afspraak(models.Model):
    """Something that is agreed with a family: to ring back, to visit together, to help with a form.

    `versie` counts what was told: each mail raises the SEQUENCE of the calendar entry.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    opvangvraag = models.ForeignKey(Opvangvraag, on_delete=models.CASCADE, related_name="afspraken")
    soort = models.CharField(max_length=12, choices=Afspraaksoort)
    begint_op = models.DateTimeField()
    duur = models.PositiveSmallIntegerField(db_comment="minutes")
    locatie = models.ForeignKey(
        Opvanglocatie, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    plaats = models.CharField(max_length=120, blank=True)
    wie = models.ForeignKey(
        Gebruiker,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="who rings, goes along or helps",
    )
    status = models.CharField(max_length=12, choices=Afspraakstatus, default=Afspraakstatus.GEPLAND)
    uitkomst = models.CharField(max_length=200, blank=True)
    versie = models.PositiveSmallIntegerField(default=0)
    gemaakt_op = models.DateTimeField()
    gewijzigd_op = models.DateTimeField()

    objects = AfspraakQuerySet.as_manager()

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = ("begint_op", "pk")
        indexes = [
            models.Index(
                fields=["begint_op"],
                name="afspraak_te_doen",
                condition=Q(status=Afspraakstatus.GEPLAND),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="afspraak_soort_bestaat", condition=Q(soort__in=Afspraaksoort.values)
            ),
            models.CheckConstraint(
                name="afspraak_status_bestaat", condition=Q(status__in=Afspraakstatus.values)
            ),
            models.CheckConstraint(
                name="afspraak_duurt_even", condition=Q(duur__gte=5, duur__lte=480)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.opvangvraag}"

    @property
    def eindigt_op(self) -> dt.datetime:
        return self.begint_op + dt.timedelta(minutes=self.duur)

    @property
    def waar(self) -> str:
        """Where it is: the location, and what was said of the place."""
        delen = [f"{self.locatie.naam}, {self.locatie.adres}" if self.locatie else "", self.plaats]
        return ", ".join(deel for deel in delen if deel)


class Partner(models.Model):
    """An organisation to which a loket sends families on. Master data of the loket."""

    loket = models.ForeignKey(Loket, on_delete=models.CASCADE, related_name="partners")
    naam = models.CharField(_("naam"), max_length=120)
    soort = models.CharField(_("soort"), max_length=20, choices=Partnersoort)
    waarmee = models.CharField(
        _("waarmee ze helpen"),
        max_length=200,
        blank=True,
        help_text=_("Eén zin die een ouder leest, zoals: Ze helpen je met je rekeningen."),
    )
    telefoon = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    adres = models.CharField(_("adres"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    actief = models.BooleanField(
        _("actief"), default=True, help_text=_("Zet uit wat niet meer bestaat.")
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("naam", "pk")
        constraints = [
            models.CheckConstraint(
                name="partner_soort_bestaat", condition=Q(soort__in=Partnersoort.values)
            ),
            models.UniqueConstraint(fields=["loket", "naam"], name="partner_een_keer_per_loket"),
            models.CheckConstraint(
                name="partner_is_te_bereiken",
                condition=~Q(telefoon="") | ~Q(email="") | ~Q(website=""),
                violation_error_message=_(
                    "Geef een telefoonnummer, een e-mailadres of een website."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Doorverwijzing(models.Model):
    """A family was told of a partner, or the partner of the family; only as the family agreed.

    Never why: no diagnosis, no income, no reason.
    """

    opvangvraag = models.ForeignKey(
        Opvangvraag, on_delete=models.CASCADE, related_name="doorverwijzingen"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    wijze = models.CharField(max_length=12, choices=Doorverwijswijze)
    door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()
    toestemming_op = models.DateTimeField(db_comment="when the parent agreed to this")
    uitkomst = models.CharField(max_length=20, choices=Doorverwijsuitkomst, blank=True, default="")
    uitkomst_nota = models.CharField(max_length=200, blank=True)
    uitkomst_op = models.DateTimeField(null=True, blank=True)

    objects = DoorverwijzingQuerySet.as_manager()

    class Meta:
        verbose_name = _("doorverwijzing")
        verbose_name_plural = _("doorverwijzingen")
        ordering = ("-op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="doorverwijzing_wijze_bestaat", condition=Q(wijze__in=Doorverwijswijze.values)
            ),
            models.CheckConstraint(
                name="doorverwijzing_uitkomst_heeft_tijdstip",
                condition=Q(uitkomst="", uitkomst_op=None)
                | Q(uitkomst__in=Doorverwijsuitkomst.values, uitkomst_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opvangvraag} → {self.partner}"
