"""One question at one location: its answer, the offers that came of it, the place taken."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aanvragen.models.vragen import Opvangvraag
from aanvragen.querysets import (
    AanmeldingQuerySet,
    VoorstelQuerySet,
)
from aanvragen.workflow import (
    LOPENDE_VOORSTELLEN,
    Aanmeldingstatus,
    BijEinde,
    Ouderreden,
    Voorstelstatus,
    Weigerreden,
)
from loket.models import Gebruiker
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import Weekrooster


class Aanmelding(models.Model):
    """One question at one location: its own state, deadline and answer."""

    opvangvraag = models.ForeignKey(
        Opvangvraag, on_delete=models.CASCADE, related_name="aanmeldingen"
    )
    locatie = models.ForeignKey(
        Opvanglocatie, on_delete=models.PROTECT, related_name="aanmeldingen"
    )
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    rang = models.PositiveSmallIntegerField(db_comment="1 = the parent's first wish")
    buiten_keuze = models.BooleanField(
        default=False,
        db_comment="the family never asked here: staff found this place; it costs no other wish",
    )
    status = models.CharField(
        max_length=24, choices=Aanmeldingstatus, default=Aanmeldingstatus.VERZONDEN
    )
    weigerreden = models.CharField(max_length=12, choices=Weigerreden, blank=True)
    toelichting = models.CharField(
        _("toelichting"),
        max_length=500,
        blank=True,
        db_comment="the provider's own words to the parent",
    )
    verzonden_op = models.DateTimeField()
    antwoord_voor = models.DateField(db_comment="answer expected before this day")
    gezien_op = models.DateTimeField(null=True, blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    gewijzigd_op = models.DateTimeField()
    ronde = models.PositiveSmallIntegerField(
        default=1, db_comment="how often the provider was asked; a link of an earlier time is dead"
    )
    link_tot = models.DateField(
        null=True,
        blank=True,
        db_comment="last day of the link in the mail, when a reminder made it longer",
    )
    herinnerd_voor = models.DateField(
        null=True, blank=True, db_comment="the antwoord_voor of which the provider was reminded"
    )
    eindstatus_voor = models.DateField(
        null=True,
        blank=True,
        db_comment="the wished start has passed: say before this day how it ended",
    )
    wacht_bevestigd_op = models.DateField(
        null=True, blank=True, db_comment="the provider said that the family still waits"
    )

    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ("opvangvraag", "rang")
        indexes = [
            models.Index(fields=["locatie", "status", "antwoord_voor"], name="aanmelding_te_doen")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["opvangvraag", "locatie"], name="aanmelding_een_keer_per_locatie"
            ),
            models.CheckConstraint(
                name="aanmelding_status_bestaat", condition=Q(status__in=Aanmeldingstatus.values)
            ),
            models.CheckConstraint(
                name="aanmelding_weigerreden_hoort_bij_weigering",
                condition=(
                    Q(status=Aanmeldingstatus.GEWEIGERD_OPVANG)
                    & Q(weigerreden__in=Weigerreden.values)
                )
                | (~Q(status=Aanmeldingstatus.GEWEIGERD_OPVANG) & Q(weigerreden="")),
            ),
            models.CheckConstraint(
                name="aanmelding_eindstatus_alleen_op_wachtlijst",
                condition=Q(eindstatus_voor=None) | Q(status=Aanmeldingstatus.WACHTLIJST),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opvangvraag.referentie} bij {self.locatie}"

    @property
    def loket_id(self) -> int:
        return self.opvangvraag.loket_id


class Voorstel(models.Model):
    """A concrete offer: places out of a Plaatsaanbod, from a day, with a deadline for the parent.

    It takes its places while `neemt_plaats` holds; a trigger adds them to `Plaatsaanbod.ingenomen`
    and the database refuses more than there are. With `reserveert` off the same place may be
    offered to several families: only who accepts first takes it, and the parent is told so
    beforehand.
    """

    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.CASCADE, related_name="voorstellen")
    plaatsaanbod = models.ForeignKey(
        Plaatsaanbod, on_delete=models.PROTECT, related_name="voorstellen"
    )
    status = models.CharField(max_length=12, choices=Voorstelstatus, default=Voorstelstatus.OPEN)
    start = models.DateField(_("start"))
    einde = models.DateField(_("einde"), null=True, blank=True)
    rooster = models.PositiveSmallIntegerField(db_comment="14-bit weekrooster mask")
    reserveert = models.BooleanField(default=True)
    toelichting = models.CharField(_("toelichting"), max_length=500, blank=True)
    geldig_tot = models.DateTimeField()
    gedaan_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    gedaan_op = models.DateTimeField()
    beslist_op = models.DateTimeField(null=True, blank=True)
    bij_einde = models.CharField(
        max_length=10,
        choices=BijEinde,
        default=BijEinde.VRIJGEVEN,
        db_comment="what happens at the deadline while the family holds it",
    )
    ouderreden = models.CharField(max_length=12, choices=Ouderreden, blank=True, default="")
    herinnerd_op = models.DateTimeField(
        null=True, blank=True, db_comment="the family was reminded of the deadline, once"
    )

    objects = VoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = _("voorstel")
        verbose_name_plural = _("voorstellen")
        ordering = ("-gedaan_op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="voorstel_status_bestaat", condition=Q(status__in=Voorstelstatus.values)
            ),
            models.CheckConstraint(
                name="voorstel_rooster_is_week", condition=Q(rooster__range=(1, 16383))
            ),
            models.CheckConstraint(
                name="voorstel_bij_einde_bestaat", condition=Q(bij_einde__in=BijEinde.values)
            ),
            models.CheckConstraint(
                name="voorstel_ouderreden_hoort_bij_weigering",
                condition=Q(ouderreden="")
                | Q(status=Voorstelstatus.GEWEIGERD, ouderreden__in=Ouderreden.values),
            ),
            models.UniqueConstraint(
                fields=["aanmelding"],
                condition=Q(status__in=LOPENDE_VOORSTELLEN),
                name="voorstel_een_lopend_per_aanmelding",
                violation_error_message=_("Er loopt al een voorstel voor dit gezin."),
            ),
        ]

    def __str__(self) -> str:
        return f"Voorstel {self.pk} aan {self.aanmelding.opvangvraag.referentie}"

    @property
    def week(self) -> Weekrooster:
        return Weekrooster(self.rooster)

    @property
    def neemt_plaats(self) -> bool:
        """Held and accepted offers take their places; an open one only when it reserves. The
        trigger says the same.
        """
        return self.status in {Voorstelstatus.VASTGEHOUDEN, Voorstelstatus.AANVAARD} or (
            self.status == Voorstelstatus.OPEN and self.reserveert
        )


class Plaatsing(models.Model):
    """A place that was taken: the end of a question that went well. At most one that holds per
    question.
    """

    opvangvraag = models.ForeignKey(
        Opvangvraag, on_delete=models.PROTECT, related_name="plaatsingen"
    )
    voorstel = models.OneToOneField(Voorstel, on_delete=models.PROTECT, related_name="plaatsing")
    locatie = models.ForeignKey(Opvanglocatie, on_delete=models.PROTECT, related_name="plaatsingen")
    vanaf = models.DateField()
    tot = models.DateField(null=True, blank=True)
    rooster = models.PositiveSmallIntegerField(db_comment="14-bit weekrooster mask")
    gemaakt_op = models.DateTimeField()
    beeindigd_op = models.DateTimeField(
        null=True, blank=True, db_comment="undone or lapsed at this moment"
    )
    verviel = models.JSONField(
        default=dict,
        blank=True,
        db_comment="what the acceptance ended, by primary key, as it stood before: to undo it",
    )

    class Meta:
        verbose_name = _("plaatsing")
        verbose_name_plural = _("plaatsingen")
        ordering = ("vanaf", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["opvangvraag"],
                condition=Q(beeindigd_op=None),
                name="plaatsing_een_per_vraag",
                violation_error_message=_("Voor deze vraag is er al een plaats."),
            ),
            models.CheckConstraint(
                name="plaatsing_rooster_is_week", condition=Q(rooster__range=(1, 16383))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opvangvraag.referentie} bij {self.locatie} vanaf {self.vanaf}"

    @property
    def week(self) -> Weekrooster:
        return Weekrooster(self.rooster)
