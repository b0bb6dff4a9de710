"""The LOK: its members, its meetings, what it advised and what the college did with that."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lok_overleg.querysets import (
    AanwezigheidQuerySet,
    AdviesQuerySet,
    LokLidQuerySet,
    LokReglementQuerySet,
    VergaderingQuerySet,
)
from lok_overleg.workflow import (
    Aanwezigheidsstand,
    Beslissing,
    Functie,
    Hoedanigheid,
    Puntsoort,
    Stemkeuze,
    Vergaderstatus,
)
from loket.models import Gebruiker, Loket

#: Days within which the college answers an advice, where the council decided nothing else.
#: An example from practice (domein.md §6.1), no law: hence `LokReglement`.
OPVOLGTERMIJN = 30


class LokReglement(models.Model):
    """What the council laid down about the LOK of a loket, from a day on. The newest counts."""

    loket = models.ForeignKey(Loket, on_delete=models.CASCADE, related_name="lok_reglementen")
    vanaf = models.DateField(_("vanaf"))
    opvolgtermijn = models.PositiveSmallIntegerField(
        _("het college antwoordt binnen (dagen)"),
        default=OPVOLGTERMIJN,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    bron = models.CharField(
        _("bron"), max_length=200, blank=True, help_text=_("Bijvoorbeeld het raadsbesluit.")
    )

    objects = LokReglementQuerySet.as_manager()

    class Meta:
        verbose_name = _("reglement van het lokaal overleg")
        verbose_name_plural = _("reglementen van het lokaal overleg")
        ordering = ("loket", "-vanaf")
        constraints = [
            models.UniqueConstraint(fields=["loket", "vanaf"], name="lokreglement_een_per_dag"),
            models.CheckConstraint(
                name="lokreglement_termijn_is_positief", condition=Q(opvolgtermijn__range=(1, 365))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loket} vanaf {self.vanaf}"


class LokLid(models.Model):
    """Somebody who sits in the LOK, with or without an account, from a day until another.

    Voting right is set per member: practice differs, and the law keeps college and council members
    from voting (domein.md §6.1). An observer never votes.
    """

    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="lok_leden")
    naam = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    gebruiker = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lok_lidmaatschappen",
        verbose_name=_("account"),
    )
    hoedanigheid = models.CharField(_("hoedanigheid"), max_length=12, choices=Hoedanigheid)
    functie = models.CharField(_("functie"), max_length=10, choices=Functie, default=Functie.LID)
    organisatie = models.CharField(_("organisatie"), max_length=120, blank=True)
    stemrecht = models.BooleanField(_("mag stemmen"), default=True)
    vanaf = models.DateField(_("lid vanaf"), default=timezone.localdate)
    tot = models.DateField(_("lid tot"), null=True, blank=True)

    objects = LokLidQuerySet.as_manager()

    class Meta:
        verbose_name = _("lid van het lokaal overleg")
        verbose_name_plural = _("leden van het lokaal overleg")
        ordering = ("naam", "pk")
        constraints = [
            models.CheckConstraint(
                name="loklid_hoedanigheid_bestaat",
                condition=Q(hoedanigheid__in=Hoedanigheid.values),
            ),
            models.CheckConstraint(
                name="loklid_functie_bestaat", condition=Q(functie__in=Functie.values)
            ),
            models.CheckConstraint(
                name="loklid_waarnemer_stemt_niet",
                condition=~Q(hoedanigheid=Hoedanigheid.WAARNEMER) | Q(stemrecht=False),
                violation_error_message=_("Een waarnemer mag niet stemmen."),
            ),
            models.CheckConstraint(
                name="loklid_begint_voor_het_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
                violation_error_message=_("Het lidmaatschap eindigt voor het begint."),
            ),
            models.UniqueConstraint(
                "loket",
                Lower("email"),
                condition=Q(tot=None) & ~Q(email=""),
                name="loklid_een_keer_per_loket",
                violation_error_message=_("Er is al een lid met dit e-mailadres."),
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Vergadering(models.Model):
    """One meeting of the LOK. Change its status only through `domain.status`."""

    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="lok_vergaderingen")
    uuid = models.UUIDField(
        unique=True,
        default=uuid.uuid4,
        editable=False,
        db_comment="also the UID in calendars, so that a change finds its appointment",
    )
    titel = models.CharField(_("titel"), max_length=120)
    begint_op = models.DateTimeField(_("begint op"))
    duur = models.PositiveSmallIntegerField(_("duur in minuten"), default=120)
    plaats = models.CharField(_("plaats"), max_length=200)
    status = models.CharField(max_length=20, choices=Vergaderstatus, default=Vergaderstatus.GEPLAND)
    uitnodiging = models.PositiveSmallIntegerField(
        default=0, db_comment="iCalendar SEQUENCE of the last invitation that was sent"
    )
    uitgenodigd_op = models.DateTimeField(null=True, blank=True)
    gehouden_op = models.DateTimeField(
        null=True, blank=True, db_comment="when attendance was noted for the first time"
    )
    afgelast_op = models.DateTimeField(null=True, blank=True)
    reden_afgelast = models.CharField(_("waarom"), max_length=300, blank=True)
    aangemaakt_op = models.DateTimeField()

    objects = VergaderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vergadering")
        verbose_name_plural = _("vergaderingen")
        ordering = ("-begint_op", "-pk")
        indexes = [
            models.Index(fields=["loket", "status", "begint_op"], name="vergadering_loket_status")
        ]
        constraints = [
            models.CheckConstraint(
                name="vergadering_status_bestaat", condition=Q(status__in=Vergaderstatus.values)
            ),
            models.CheckConstraint(
                name="vergadering_duurt_een_kwartier_tot_een_dag",
                condition=Q(duur__range=(15, 24 * 60)),
            ),
            models.CheckConstraint(
                name="vergadering_afgelast_heeft_tijdstip",
                condition=Q(status=Vergaderstatus.AFGELAST, afgelast_op__isnull=False)
                | (~Q(status=Vergaderstatus.AFGELAST) & Q(afgelast_op=None, reden_afgelast="")),
            ),
            models.CheckConstraint(
                name="vergadering_gehouden_heeft_tijdstip",
                condition=Q(
                    status__in=[Vergaderstatus.GEHOUDEN, Vergaderstatus.VERSLAG_GEPUBLICEERD],
                    gehouden_op__isnull=False,
                )
                | (
                    ~Q(status__in=[Vergaderstatus.GEHOUDEN, Vergaderstatus.VERSLAG_GEPUBLICEERD])
                    & Q(gehouden_op=None)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titel} ({timezone.localtime(self.begint_op):%d/%m/%Y})"

    def get_absolute_url(self) -> str:
        return reverse("lok:vergadering", args=[self.uuid])

    @property
    def eindigt_op(self) -> dt.datetime:
        return self.begint_op + dt.timedelta(minutes=self.duur)

    @property
    def dag(self) -> dt.date:
        """The day of the meeting, as people here say it."""
        return timezone.localdate(self.begint_op)


class Agendapunt(models.Model):
    """One point of the agenda, in its order, and what the minutes say about it."""

    vergadering = models.ForeignKey(
        Vergadering, on_delete=models.CASCADE, related_name="agendapunten"
    )
    volgorde = models.PositiveSmallIntegerField()
    titel = models.CharField(_("titel"), max_length=150)
    soort = models.CharField(
        _("soort"), max_length=12, choices=Puntsoort, default=Puntsoort.BESPREKING
    )
    toelichting = models.CharField(_("toelichting"), max_length=500, blank=True)
    duur = models.PositiveSmallIntegerField(_("duur in minuten"), null=True, blank=True)
    verslag = models.TextField(_("verslag"), blank=True)

    class Meta:
        verbose_name = _("agendapunt")
        verbose_name_plural = _("agendapunten")
        ordering = ("vergadering", "volgorde")
        constraints = [
            # Deferred: two points change places within one transaction.
            models.UniqueConstraint(
                fields=["vergadering", "volgorde"],
                name="agendapunt_eigen_plaats",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="agendapunt_soort_bestaat", condition=Q(soort__in=Puntsoort.values)
            ),
        ]

    def __str__(self) -> str:
        return self.titel


class Aanwezigheid(models.Model):
    """A member at a meeting: invited, what they answered, and in the end whether they were there.

    `naam` and `stemrecht` are the member's as they were then: a later change of the member changes
    no old minutes and no old vote.
    """

    vergadering = models.ForeignKey(
        Vergadering, on_delete=models.CASCADE, related_name="aanwezigheden"
    )
    lid = models.ForeignKey(LokLid, on_delete=models.PROTECT, related_name="aanwezigheden")
    naam = models.CharField(max_length=120)
    stand = models.CharField(
        max_length=16, choices=Aanwezigheidsstand, default=Aanwezigheidsstand.UITGENODIGD
    )
    stemrecht = models.BooleanField()
    geantwoord_op = models.DateTimeField(
        null=True, blank=True, db_comment="when the member answered the invitation"
    )

    objects = AanwezigheidQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheden")
        ordering = ("naam", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["vergadering", "lid"], name="aanwezigheid_een_keer_per_lid"
            ),
            models.CheckConstraint(
                name="aanwezigheid_stand_bestaat",
                condition=Q(stand__in=Aanwezigheidsstand.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam}: {self.get_stand_display()}"


class Advies(models.Model):
    """What the LOK tells the college. Its votes decide whether it is adopted."""

    vergadering = models.ForeignKey(Vergadering, on_delete=models.CASCADE, related_name="adviezen")
    agendapunt = models.ForeignKey(
        Agendapunt,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adviezen",
        verbose_name=_("agendapunt"),
    )
    onderwerp = models.CharField(_("onderwerp"), max_length=150)
    tekst = models.TextField(_("advies"))
    gestemd_op = models.DateTimeField(null=True, blank=True)
    antwoord_voor = models.DateField(
        null=True, blank=True, db_comment="adopted: the college answers before this day"
    )

    objects = AdviesQuerySet.as_manager()

    class Meta:
        verbose_name = _("advies")
        verbose_name_plural = _("adviezen")
        ordering = ("vergadering", "pk")
        constraints = [
            models.CheckConstraint(
                name="advies_wacht_pas_na_de_stemming",
                condition=Q(antwoord_voor=None) | Q(gestemd_op__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.onderwerp

    @property
    def loket_id(self) -> int:
        return self.vergadering.loket_id


class Stem(models.Model):
    """One vote of one member who was there and may vote. The database refuses any other (0002)."""

    advies = models.ForeignKey(Advies, on_delete=models.CASCADE, related_name="stemmen")
    aanwezigheid = models.ForeignKey(Aanwezigheid, on_delete=models.PROTECT, related_name="stemmen")
    keuze = models.CharField(max_length=10, choices=Stemkeuze)

    class Meta:
        verbose_name = _("stem")
        verbose_name_plural = _("stemmen")
        constraints = [
            models.UniqueConstraint(
                fields=["advies", "aanwezigheid"],
                name="stem_een_per_lid",
                violation_error_message=_("Dit lid heeft al gestemd."),
            ),
            models.CheckConstraint(
                name="stem_keuze_bestaat", condition=Q(keuze__in=Stemkeuze.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.advies}: {self.get_keuze_display()}"


class Opvolging(models.Model):
    """What the college did with an advice, when, and why. It always says why it does not follow."""

    advies = models.OneToOneField(Advies, on_delete=models.PROTECT, related_name="opvolging")
    beslissing = models.CharField(_("beslissing"), max_length=12, choices=Beslissing)
    datum = models.DateField(_("datum van het college"))
    motivering = models.TextField(_("motivering"), blank=True)
    ingevoerd_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ingevoerd_op = models.DateTimeField()

    class Meta:
        verbose_name = _("opvolging")
        verbose_name_plural = _("opvolgingen")
        constraints = [
            models.CheckConstraint(
                name="opvolging_beslissing_bestaat", condition=Q(beslissing__in=Beslissing.values)
            ),
            models.CheckConstraint(
                name="opvolging_zegt_waarom_niet",
                condition=Q(beslissing=Beslissing.VOLGT) | ~Q(motivering=""),
                violation_error_message=_("Zeg waarom het college het advies niet volgt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.advies}: {self.get_beslissing_display()}"


class Verslag(models.Model):
    """The minutes of a meeting: per point of the agenda (`Agendapunt.verslag`), the rest is here.

    Once published it never changes. Everybody may then read it without the names of people.
    """

    vergadering = models.OneToOneField(
        Vergadering, on_delete=models.CASCADE, related_name="verslag"
    )
    tekst = models.TextField(_("andere zaken"), blank=True)
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_op = models.DateTimeField()
    gepubliceerd_op = models.DateTimeField(null=True, blank=True)
    gepubliceerd_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("verslag")
        verbose_name_plural = _("verslagen")

    def __str__(self) -> str:
        return f"Verslag van {self.vergadering}"
