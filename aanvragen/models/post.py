"""What goes on paper, and a child that two parents asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from aanvragen.models.gezinnen import Gezin, Ouder
from aanvragen.models.vragen import Opvangvraag
from aanvragen.workflow import Vervalreden, Vraagstatus
from loket.models import Gebruiker, Rol


class Samenvoegstand(models.TextChoices):
    """Where the merge of two questions stands."""

    GEVRAAGD = "gevraagd", _("Wacht op de ouder van de eerste vraag")
    SAMEN = "samen", _("Samengevoegd")
    GEWEIGERD = "geweigerd", _("De ouder van de eerste vraag wil dit niet")
    GESTOPT = "gestopt", _("Het loket vroeg het niet langer")
    GESCHEIDEN = "gescheiden", _("Weer twee vragen")


class Wijze(models.TextChoices):
    """How the parent of the first question answered."""

    ONLINE = "online", _("Online")
    TELEFOON = "telefoon", _("Aan de telefoon")
    BALIE = "balie", _("Aan de balie")
    PAPIER = "papier", _("Op papier")


class SamenvoegingQuerySet(models.QuerySet["Samenvoeging"]):
    def wacht_op_ouder(self) -> Self:
        """Asked, not answered, and both questions still as they were when asked."""
        return self.filter(
            stand=Samenvoegstand.GEVRAAGD, dubbel__status=Vraagstatus.INGEDIEND
        ).exclude(eerste__vervalreden=Vervalreden.DROEVIG)

    def voor_balie(self, gebruiker: Any) -> Self:
        """For staff of the loket; a toeleider knows one family, never the other."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(eerste__loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER))


class Samenvoeging(models.Model):
    """Staff think that two questions are about one child (R2); the parent of the first one says if
    the other may share it.

    Nothing of one family is shown to the other before `SAMEN`.
    """

    eerste = models.ForeignKey(
        Opvangvraag, on_delete=models.CASCADE, related_name="samenvoegingen_als_eerste"
    )
    dubbel = models.ForeignKey(Opvangvraag, on_delete=models.CASCADE, related_name="samenvoegingen")
    stand = models.CharField(max_length=12, choices=Samenvoegstand, default=Samenvoegstand.GEVRAAGD)
    gevraagd_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    gevraagd_op = models.DateTimeField()
    wijze = models.CharField(max_length=12, choices=Wijze, blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    toegevoegd = models.ForeignKey(
        Ouder,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="samenvoegingen",
        db_comment="the parent that the merge added to the first family; an undo takes it out",
    )
    gescheiden_op = models.DateTimeField(null=True, blank=True)
    verder_als = models.ForeignKey(
        Opvangvraag,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_comment="the question that an undo gave the second family back",
    )

    objects = SamenvoegingQuerySet.as_manager()

    class Meta:
        verbose_name = _("samenvoeging")
        verbose_name_plural = _("samenvoegingen")
        ordering = ("-gevraagd_op", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["dubbel"],
                condition=Q(stand__in=[Samenvoegstand.GEVRAAGD, Samenvoegstand.SAMEN]),
                name="samenvoeging_een_lopende_per_vraag",
                violation_error_message=_("Voor deze vraag is dit al gevraagd."),
            ),
            models.CheckConstraint(
                name="samenvoeging_stand_bestaat",
                condition=Q(stand__in=list(Samenvoegstand.values)),
            ),
            models.CheckConstraint(
                name="samenvoeging_van_twee_vragen", condition=~Q(eerste=F("dubbel"))
            ),
            models.CheckConstraint(
                name="samenvoeging_beantwoord_met_wijze",
                condition=~Q(stand__in=[Samenvoegstand.SAMEN, Samenvoegstand.GEWEIGERD])
                | (Q(beantwoord_op__isnull=False) & ~Q(wijze="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dubbel} bij {self.eerste}"


class Poststand(models.TextChoices):
    KLAAR = "klaar", _("Af te drukken")
    VERSTUURD = "verstuurd", _("Op de post")
    NIET_NODIG = "niet_nodig", _("Niet meer nodig")


class PapierpostQuerySet(models.QuerySet["Papierpost"]):
    def voor_balie(self, gebruiker: Any) -> Self:
        """Letters of the loket where this person is staff."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(vraag__loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER))

    def mag_weg(self) -> Self:
        """What may still leave: not about a child at rest (R5), nor overtaken by the end of the
        question.
        """
        droevig = Opvangvraag.objects.filter(
            kind=OuterRef("vraag__kind"),
            vervalreden=Vervalreden.DROEVIG,
            afgesloten_op__gte=OuterRef("aangemaakt_op"),
        )
        return self.filter(stand=Poststand.KLAAR).exclude(
            Exists(droevig) | Q(vraag__afgesloten_op__gt=F("aangemaakt_op"))
        )


class Papierpost(models.Model):
    """A letter to a family without an e-mail address, for what would have been a mail.

    Its text is what was true when it was made, as a mail's is. What may leave is asked when it is
    printed (`mag_weg`), so calm needs no list of letters to take back.
    """

    vraag = models.ForeignKey(Opvangvraag, on_delete=models.CASCADE, related_name="papierpost")
    gezin = models.ForeignKey(
        Gezin, on_delete=models.CASCADE, related_name="+", db_comment="whose address it goes to"
    )
    ouders = models.ManyToManyField(Ouder, related_name="+")
    sjabloon = models.CharField(max_length=80)
    titel = models.CharField(max_length=200)
    tekst = models.TextField()
    sms = models.CharField(max_length=200)
    antwoord_tegen = models.DateTimeField(null=True, blank=True)
    sleutel = models.CharField(max_length=120, null=True, blank=True, unique=True)
    aangemaakt_op = models.DateTimeField()
    stand = models.CharField(max_length=12, choices=Poststand, default=Poststand.KLAAR)
    afgehandeld_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PapierpostQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("brieven")
        ordering = ("aangemaakt_op", "pk")
        indexes = [models.Index(fields=["stand", "aangemaakt_op"], name="papierpost_te_doen")]
        constraints = [
            models.CheckConstraint(
                name="papierpost_stand_bestaat", condition=Q(stand__in=list(Poststand.values))
            ),
            models.CheckConstraint(
                name="papierpost_afgehandeld_heeft_tijdstip",
                condition=Q(stand=Poststand.KLAAR, afgehandeld_op=None)
                | (~Q(stand=Poststand.KLAAR) & Q(afgehandeld_op__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Brief {self.pk} over {self.vraag}"

    @property
    def alineas(self) -> list[list[str]]:
        """The text as paragraphs of lines."""
        return [deel.splitlines() for deel in self.tekst.split("\n\n") if deel.strip()]

    @property
    def dag(self) -> dt.datetime:
        return self.aangemaakt_op
