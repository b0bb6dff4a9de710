"""What a location shows of itself: texts by topic, photos, closing days; and who may join."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from loket.models import Gebruiker, Gemeente, Rol
from opvang.models.locaties import Opvanglocatie, Organisator
from opvang.models.vergunningen import DateRange
from opvang.querysets import organisator_ids
from opvang.workflow import Fotostatus, Onderwerp, Sluitingsreden, Tekststatus

#: A text that is not public (any more) and that the provider still works on.
WERKVERSIES = (Tekststatus.CONCEPT, Tekststatus.WACHT, Tekststatus.TERUG)


_Ding = TypeVar("_Ding", bound=models.Model)


class _VanEenLocatie(models.QuerySet[_Ding]):
    """What hangs on a location and is seen by its provider, and by the loket that looks it over."""

    wacht: str
    openbaar: str

    def van_aanbieder(self, gebruiker: Any) -> Self:
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(locatie__organisator_id__in=organisator_ids(gebruiker))

    def onder_ogen_van(self, gebruiker: Any) -> Self:
        """What waits or is public in the area of this member of staff."""
        if not gebruiker.is_authenticated:
            return self.none()
        hier = Gemeente.objects.filter(lokets__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER))
        return self.filter(status__in=[self.wacht, self.openbaar], locatie__gemeente__in=hier)

    def voor_blik_van(self, gebruiker: Any) -> Self:
        """What waits for a look by staff of the area."""
        return self.onder_ogen_van(gebruiker).filter(status=self.wacht)


class PaginatekstQuerySet(_VanEenLocatie["Paginatekst"]):
    wacht = Tekststatus.WACHT
    openbaar = Tekststatus.GEPUBLICEERD

    def publiek(self) -> Self:
        return self.filter(status=Tekststatus.GEPUBLICEERD)

    def werkversies(self) -> Self:
        return self.filter(status__in=WERKVERSIES)


class LocatiefotoQuerySet(_VanEenLocatie["Locatiefoto"]):
    wacht = Fotostatus.WACHT
    openbaar = Fotostatus.GEPUBLICEERD

    def publiek(self) -> Self:
        return self.filter(status=Fotostatus.GEPUBLICEERD)

    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        """Public ones for everybody; the others for the provider, and for staff of the area."""
        if not gebruiker.is_authenticated:
            return self.publiek()
        mag = Q(status=Fotostatus.GEPUBLICEERD) | Q(
            locatie__organisator_id__in=organisator_ids(gebruiker)
        )
        lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER)
        if lokets:
            mag |= Q(locatie__gemeente__in=Gemeente.objects.filter(lokets__in=lokets))
        return self.filter(mag)


class SluitingsdagQuerySet(models.QuerySet["Sluitingsdag"]):
    def nog_niet_voorbij(self, peildatum: dt.date) -> Self:
        return self.filter(tot__gt=peildatum)

    def van_aanbieder(self, gebruiker: Any) -> Self:
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(locatie__organisator_id__in=organisator_ids(gebruiker))


class CollegauitnodigingQuerySet(models.QuerySet["Collegauitnodiging"]):
    def open(self, nu: dt.datetime) -> Self:
        return self.filter(aanvaard_op=None, ingetrokken_op=None, vervalt_op__gt=nu)

    def van_aanbieder(self, gebruiker: Any) -> Self:
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(organisator_id__in=organisator_ids(gebruiker))


class Paginatekst(models.Model):
    """One version of what a location writes about one topic.

    At most one version is public and at most one is being worked on; the public one stays until
    the next is approved. The base text `Opvanglocatie.tekst` (from an import) stands in for the
    topic "over" as long as the location published none of its own.
    """

    locatie = models.ForeignKey(
        Opvanglocatie, on_delete=models.CASCADE, related_name="paginateksten"
    )
    onderwerp = models.CharField(_("onderwerp"), max_length=12, choices=Onderwerp)
    tekst = models.TextField(_("tekst"), blank=True)
    status = models.CharField(max_length=12, choices=Tekststatus, default=Tekststatus.CONCEPT)
    versie = models.PositiveIntegerField(default=1, db_comment="raised at each change of the text")
    opmerking = models.CharField(
        _("opmerking"), max_length=500, blank=True, db_comment="why the loket sent it back"
    )
    geschreven_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    gewijzigd_op = models.DateTimeField()
    nagekeken_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    gepubliceerd_op = models.DateTimeField(null=True)

    objects = PaginatekstQuerySet.as_manager()

    class Meta:
        verbose_name = _("tekst op een pagina")
        verbose_name_plural = _("teksten op een pagina")
        ordering = ("locatie", "onderwerp", "pk")
        constraints = [
            models.CheckConstraint(
                name="paginatekst_status_bestaat", condition=Q(status__in=Tekststatus.values)
            ),
            models.CheckConstraint(
                name="paginatekst_onderwerp_bestaat", condition=Q(onderwerp__in=Onderwerp.values)
            ),
            models.UniqueConstraint(
                fields=["locatie", "onderwerp"],
                condition=Q(status=Tekststatus.GEPUBLICEERD),
                name="paginatekst_een_gepubliceerd",
            ),
            models.UniqueConstraint(
                fields=["locatie", "onderwerp"],
                condition=Q(status__in=WERKVERSIES),
                name="paginatekst_een_werkversie",
            ),
            models.CheckConstraint(
                name="paginatekst_terug_heeft_reden",
                condition=~Q(status=Tekststatus.TERUG) | ~Q(opmerking=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locatie}: {self.get_onderwerp_display()} ({self.get_status_display()})"


def foto_pad(foto: Locatiefoto, naam: str) -> str:
    """Choose a name that says nothing; the one that the sender chose is never used."""
    return f"locaties/{foto.locatie_id}/{uuid.uuid4().hex}.{naam.rpartition('.')[2]}"


class Locatiefoto(models.Model):
    """A photo of a location, made anew by us in two sizes; `alt` says what is on it."""

    locatie = models.ForeignKey(Opvanglocatie, on_delete=models.CASCADE, related_name="fotos")
    bestand = models.FileField(upload_to=foto_pad)
    klein = models.FileField(upload_to=foto_pad)
    breedte = models.PositiveSmallIntegerField()
    hoogte = models.PositiveSmallIntegerField()
    alt = models.CharField(_("wat staat er op de foto?"), max_length=200)
    volgorde = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=12, choices=Fotostatus)
    versie = models.PositiveIntegerField(default=1, db_comment="raised when `alt` changes")
    opmerking = models.CharField(
        _("opmerking"), max_length=500, blank=True, db_comment="why the loket sent it back"
    )
    geplaatst_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    geplaatst_op = models.DateTimeField()
    nagekeken_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = LocatiefotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto's")
        ordering = ("locatie", "volgorde", "pk")
        constraints = [
            models.CheckConstraint(
                name="foto_status_bestaat", condition=Q(status__in=Fotostatus.values)
            ),
            models.CheckConstraint(name="foto_heeft_alt", condition=~Q(alt="")),
            models.CheckConstraint(
                name="foto_terug_heeft_reden",
                condition=~Q(status=Fotostatus.TERUG) | ~Q(opmerking=""),
            ),
        ]

    def __str__(self) -> str:
        return self.alt


class Sluitingsdag(models.Model):
    """Days on which a location is closed, while it is otherwise open; two never overlap."""

    locatie = models.ForeignKey(
        Opvanglocatie, on_delete=models.CASCADE, related_name="sluitingsdagen"
    )
    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(_("tot"))
    reden = models.CharField(_("reden"), max_length=12, choices=Sluitingsreden)

    objects = SluitingsdagQuerySet.as_manager()

    class Meta:
        verbose_name = _("sluitingsdag")
        verbose_name_plural = _("sluitingsdagen")
        ordering = ("vanaf", "pk")
        constraints = [
            ExclusionConstraint(
                name="sluitingsdag_overlapt_niet",
                expressions=[
                    ("locatie", RangeOperators.EQUAL),
                    (DateRange("vanaf", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="sluitingsdag_begint_voor_ze_eindigt", condition=Q(vanaf__lt=F("tot"))
            ),
            models.CheckConstraint(
                name="sluitingsdag_reden_bestaat", condition=Q(reden__in=Sluitingsreden.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locatie}: {self.vanaf} – {self.laatste_dag}"

    @property
    def laatste_dag(self) -> dt.date:
        return self.tot - dt.timedelta(days=1)


class Collegauitnodiging(models.Model):
    """An invitation to act for an organisator; only the hash of its link is stored."""

    organisator = models.ForeignKey(
        Organisator, on_delete=models.CASCADE, related_name="collegauitnodigingen"
    )
    email = models.EmailField(_("e-mailadres"), max_length=254)
    hash = models.CharField(max_length=64, unique=True)
    door = models.ForeignKey(Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+")
    aangemaakt_op = models.DateTimeField()
    vervalt_op = models.DateTimeField()
    aanvaard_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = CollegauitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging voor een collega")
        verbose_name_plural = _("uitnodigingen voor collega's")
        ordering = ("-aangemaakt_op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="collegauitnodiging_een_einde",
                condition=Q(aanvaard_op=None) | Q(ingetrokken_op=None),
            ),
            models.UniqueConstraint(
                "organisator",
                Lower("email"),
                condition=Q(aanvaard_op=None, ingetrokken_op=None),
                name="collegauitnodiging_een_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisator}"
