"""What a family asks for one child, and the traits that may give it priority."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aanvragen.models.gezinnen import Kind, Ouder
from aanvragen.querysets import (
    OpvangvraagQuerySet,
)
from aanvragen.referentie import nieuwe_referentie
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    LOPENDE_VRAGEN,
    DringendeReden,
    Kanaal,
    Kenmerkcode,
    Kenmerkstand,
    Prijswens,
    Vervalreden,
    Vormwens,
    Vraagstatus,
    Zorgbehoefte,
)
from loket.models import Gebruiker, Gemeente, Loket
from opvang.weekrooster import Weekrooster
from opvang.workflow import Ruimer


class Opvangvraag(models.Model):
    """One applicant and one child who need care (R1, domein.md §1.4). Change its status only
    through `domain.status`.
    """

    referentie = models.CharField(
        max_length=9, unique=True, default=nieuwe_referentie, editable=False
    )
    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="opvangvragen")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="opvangvragen")
    aanvrager = models.ForeignKey(Ouder, on_delete=models.PROTECT, related_name="opvangvragen")
    ingevoerd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=12, choices=Vraagstatus, default=Vraagstatus.CONCEPT)
    vervalreden = models.CharField(max_length=20, choices=Vervalreden, blank=True)
    kanaal = models.CharField(max_length=12, choices=Kanaal, default=Kanaal.ONLINE)

    gewenste_start = models.DateField(_("gewenste startdatum"))
    gewenst_einde = models.DateField(_("einde"), null=True, blank=True)
    rooster = models.PositiveSmallIntegerField(db_comment="14-bit weekrooster mask")
    rooster_wissel = models.PositiveSmallIntegerField(
        null=True, blank=True, db_comment="mask of the other week when care alternates"
    )
    flexibel_weken = models.PositiveSmallIntegerField(
        default=0, db_comment="start may move by this many weeks, earlier or later"
    )
    flexibel_dagen = models.BooleanField(default=False)
    vormwens = models.CharField(max_length=20, choices=Vormwens, blank=True, default="")
    prijswens = models.CharField(max_length=20, choices=Prijswens, blank=True, default="")
    dringende_reden = models.CharField(
        max_length=20, choices=DringendeReden, blank=True, default=""
    )
    ruimere_uren = ArrayField(
        models.CharField(max_length=20, choices=Ruimer), default=list, blank=True
    )
    zorgbehoefte = models.CharField(max_length=12, choices=Zorgbehoefte, blank=True, default="")
    geen_voorkeur = models.BooleanField(
        default=False, db_comment="no preference: all locations of the chosen area"
    )
    gebied = models.ManyToManyField(Gemeente, blank=True, related_name="+")

    mogelijk_dubbel_van = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="mogelijke_dubbels"
    )
    geteld_met = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="samen_geteld",
        db_comment="same child as this question (R2), counted once, never shared",
    )
    toestemming_op = models.DateTimeField()
    toestemming_versie = models.CharField(max_length=20)
    aangemaakt_op = models.DateTimeField()
    ingediend_op = models.DateTimeField(null=True, blank=True)
    laatst_bevestigd = models.DateTimeField()
    hartslag_gevraagd_op = models.DateTimeField(
        null=True, blank=True, db_comment="the family was asked whether it still searches"
    )
    hartslag_bellen_vanaf = models.DateField(
        null=True,
        blank=True,
        db_comment="from this day somebody calls when the family did not answer",
    )
    afgesloten_op = models.DateTimeField(null=True, blank=True)
    opvang_stopt_op = models.DateField(
        null=True,
        blank=True,
        db_comment="the location of the placement closes on this day: the child may ask anew (R4)",
    )

    objects = OpvangvraagQuerySet.as_manager()

    class Meta:
        verbose_name = _("opvangvraag")
        verbose_name_plural = _("opvangvragen")
        ordering = ("-aangemaakt_op", "-pk")
        indexes = [
            models.Index(fields=["loket", "status", "gewenste_start"], name="vraag_loket_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="vraag_status_bestaat", condition=Q(status__in=Vraagstatus.values)
            ),
            models.CheckConstraint(
                name="vraag_vervalreden_hoort_bij_vervallen",
                condition=(Q(status=Vraagstatus.VERVALLEN) & Q(vervalreden__in=Vervalreden.values))
                | (~Q(status=Vraagstatus.VERVALLEN) & Q(vervalreden="")),
            ),
            models.CheckConstraint(
                name="vraag_afgesloten_heeft_tijdstip",
                condition=Q(status__in=AFGESLOTEN_VRAGEN, afgesloten_op__isnull=False)
                | (~Q(status__in=AFGESLOTEN_VRAGEN) & Q(afgesloten_op=None)),
            ),
            models.CheckConstraint(
                name="vraag_ingediend_heeft_tijdstip",
                condition=Q(status=Vraagstatus.CONCEPT)
                | Q(ingediend_op__isnull=False)
                | Q(status__in=AFGESLOTEN_VRAGEN),
            ),
            models.CheckConstraint(
                name="vraag_roosters_zijn_weken",
                condition=Q(rooster__range=(1, 16383))
                & (Q(rooster_wissel=None) | Q(rooster_wissel__range=(0, 16383))),
            ),
            models.CheckConstraint(
                name="vraag_begint_voor_ze_eindigt",
                condition=Q(gewenst_einde=None) | Q(gewenste_start__lt=F("gewenst_einde")),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(status__in=LOPENDE_VRAGEN)
                | Q(status=Vraagstatus.GEPLAATST, opvang_stopt_op=None),
                name="vraag_een_lopende_per_kind",
                violation_error_message=_("Voor dit kind is er al een opvangvraag."),
            ),
        ]

    def __str__(self) -> str:
        return self.referentie

    def get_absolute_url(self) -> str:
        return reverse("mijn:vraag", args=[self.referentie])

    @property
    def week(self) -> Weekrooster:
        return Weekrooster(self.rooster)

    @property
    def week_wissel(self) -> Weekrooster | None:
        return None if self.rooster_wissel is None else Weekrooster(self.rooster_wissel)

    @property
    def week_samen(self) -> Weekrooster:
        """Every dagdeel that is needed in any week: what must be free."""
        return self.week | (self.week_wissel or Weekrooster())


class Kenmerk(models.Model):
    """A priority trait of the family for one question: yes or no, and how sure. No row means: not
    asked.
    """

    opvangvraag = models.ForeignKey(Opvangvraag, on_delete=models.CASCADE, related_name="kenmerken")
    code = models.CharField(max_length=30, choices=Kenmerkcode)
    aanwezig = models.BooleanField()
    stand = models.CharField(max_length=12, choices=Kenmerkstand, default=Kenmerkstand.VERKLAARD)
    door = models.ForeignKey(Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = _("kenmerk")
        verbose_name_plural = _("kenmerken")
        constraints = [
            models.UniqueConstraint(
                fields=["opvangvraag", "code"], name="kenmerk_een_keer_per_vraag"
            ),
            models.CheckConstraint(
                name="kenmerk_code_bestaat", condition=Q(code__in=Kenmerkcode.values)
            ),
            models.CheckConstraint(
                name="kenmerk_stand_bestaat", condition=Q(stand__in=Kenmerkstand.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.stand}"
