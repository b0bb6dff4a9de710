"""The noodplan of a closing: which children lose their place, and what became of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from aanvragen.workflow import Vervalreden
from loket.models import Gebruiker, Loket, Rol
from opvang.models import Opvanglocatie, Plaatsaanbod, Sluiting

if TYPE_CHECKING:
    from aanvragen.models import Gezin
    from aanvragen.querysets import OuderQuerySet


class Beluitkomst(models.TextChoices):
    """What came of a call to a family."""

    BEREIKT = "bereikt", _("Gesproken, we zoeken samen")
    NIET_BEREIKT = "niet_bereikt", _("Niet bereikt, ik bel nog eens")
    EIGEN = "eigen_oplossing", _("Het gezin heeft zelf een oplossing")
    ELDERS = "elders", _("Het gezin vond een plaats bij een andere opvang")
    RUST = "rust", _("Het gezin vraagt rust")


#: After these nobody has to call any more.
GEREGELD = frozenset({Beluitkomst.EIGEN, Beluitkomst.ELDERS})


class Wijze(models.TextChoices):
    """How the loket writes to a family."""

    MAIL = "mail", _("Mail")
    BRIEF = "brief", _("Brief")


class NoodplanQuerySet(models.QuerySet["Noodplan"]):
    def voor_balie(self, gebruiker: Any) -> Self:
        """Plans of the loket where this person is staff."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER))

    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        """Whose figures this person may see: staff and schepen of the loket."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.SCHEPEN))

    def vergrendeld(self) -> Self:
        return self.select_for_update(of=("self",)).order_by("pk")


class Noodplan(models.Model):
    """What the loket does for the families of one closing. At most one per closing.

    Children that are cared for at the location but that the loket doesn't know are only a number:
    at an enforcement the municipality gets no contact data of parents, Opgroeien forwards the
    message (domein.md §1.6, OPG-FAQ).
    """

    sluiting = models.OneToOneField(Sluiting, on_delete=models.PROTECT, related_name="noodplan")
    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="noodplannen")
    dagen = models.PositiveSmallIntegerField(
        _("zoek plaatsen die vrij zijn tot zoveel dagen na de sluiting"),
        default=14,
        validators=[MinValueValidator(0), MaxValueValidator(365)],
    )
    straal_km = models.PositiveSmallIntegerField(
        _("zoek tot zoveel kilometer van het gezin"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    onbekende_kinderen = models.PositiveSmallIntegerField(
        _("kinderen in de opvang die wij niet kennen"),
        default=0,
        validators=[MaxValueValidator(500)],
    )
    gestart_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    gestart_op = models.DateTimeField()

    objects = NoodplanQuerySet.as_manager()

    class Meta:
        verbose_name = _("noodplan")
        verbose_name_plural = _("noodplannen")
        ordering = ("-gestart_op", "-pk")

    def __str__(self) -> str:
        return f"Noodplan {self.sluiting}"


class NoodplanregelQuerySet(models.QuerySet["Noodplanregel"]):
    def die_rust_willen(self) -> Self:
        """Of families that asked for calm: nothing of the plan may reach them (R5)."""
        return self.filter(wil_rust(OuterRef(_GEZIN)))

    def aanspreekbaar(self, plan: Noodplan) -> Self:
        """The only way to a family's name and contact data: ours, and not asking for calm.

        Families of another loket are that loket's: their contact data is not ours by right.
        """
        return self.filter(
            ~wil_rust(OuterRef(_GEZIN)),
            noodplan=plan,
            plaatsing__opvangvraag__loket=plan.loket_id,
        )

    def vergrendeld(self) -> Self:
        return self.select_for_update(of=("self",)).order_by("pk")


class Noodplanregel(models.Model):
    """One child whose place falls away, and the question that asks for another.

    `heropend` is a new question (R4: care stops, later a new question) when the child was cared for
    before the closing, and the old question itself when its care had not begun yet; empty when the
    family asked for calm, because then nothing is done in its name.
    """

    noodplan = models.ForeignKey(Noodplan, on_delete=models.CASCADE, related_name="regels")
    plaatsing = models.ForeignKey(
        "aanvragen.Plaatsing", on_delete=models.PROTECT, related_name="noodplanregels"
    )
    heropend = models.ForeignKey(
        "aanvragen.Opvangvraag",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="noodplanregels",
    )
    tot_voordien = models.DateField(
        null=True, blank=True, db_comment="when the care would have ended without the closing"
    )
    uitkomst = models.CharField(max_length=16, choices=Beluitkomst, blank=True)
    bel_op = models.DateField(db_comment="call on this day; what is due first is called first")
    rust_op = models.DateTimeField(
        null=True, blank=True, db_comment="the family asked for calm on the phone"
    )
    aangemaakt_op = models.DateTimeField()

    objects = NoodplanregelQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind in een noodplan")
        verbose_name_plural = _("kinderen in een noodplan")
        ordering = ("bel_op", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["noodplan", "plaatsing"], name="noodplanregel_een_per_plaatsing"
            ),
            models.CheckConstraint(
                name="noodplanregel_uitkomst_bestaat",
                condition=Q(uitkomst="") | Q(uitkomst__in=Beluitkomst.values),
            ),
        ]

    def __str__(self) -> str:
        return f"Noodplanregel {self.pk}"

    @property
    def gezin(self) -> Gezin:
        return self.plaatsing.opvangvraag.kind.gezin

    @property
    def ouders(self) -> OuderQuerySet:
        """Who may hear that this child loses its place."""
        return self.plaatsing.opvangvraag.kind.ouders

    @property
    def gezin_id(self) -> int:
        return self.plaatsing.opvangvraag.kind.gezin_id


class Belpoging(models.Model):
    """One call to a family, with what came of it."""

    regel = models.ForeignKey(Noodplanregel, on_delete=models.CASCADE, related_name="belpogingen")
    uitkomst = models.CharField(max_length=16, choices=Beluitkomst)
    opnieuw_op = models.DateField(null=True, blank=True)
    notitie = models.CharField(max_length=300, blank=True)
    door = models.ForeignKey(Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = _("telefoontje")
        verbose_name_plural = _("telefoontjes")
        ordering = ("-op", "-pk")
        constraints = [
            models.CheckConstraint(
                name="belpoging_uitkomst_bestaat", condition=Q(uitkomst__in=Beluitkomst.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d} {self.uitkomst}"


class Noodbericht(models.Model):
    """A mail or letter to one family: a draft until somebody sends it."""

    regel = models.ForeignKey(Noodplanregel, on_delete=models.CASCADE, related_name="berichten")
    wijze = models.CharField(max_length=8, choices=Wijze)
    tekst = models.TextField(
        blank=True, db_comment="what staff add; the rest is the template, filled in when it is sent"
    )
    gemaakt_op = models.DateTimeField()
    verstuurd_op = models.DateTimeField(null=True, blank=True)
    verstuurd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("bericht van een noodplan")
        verbose_name_plural = _("berichten van een noodplan")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="noodbericht_wijze_bestaat", condition=Q(wijze__in=Wijze.values)
            ),
            models.UniqueConstraint(
                fields=["regel"],
                condition=Q(verstuurd_op=None),
                name="noodbericht_een_ontwerp_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wijze} {self.pk}"


class Vervangcapaciteit(models.Model):
    """Temporary replacement places at a location that is willing: which, until when, who agreed.

    The places themselves are a `Plaatsaanbod` like any other, open to every family: it may not be
    limited to own residents (domein.md §1.7, OPG-FAQ). The location may lie outside the
    werkingsgebied. This row is the mark that they are temporary.
    """

    noodplan = models.ForeignKey(Noodplan, on_delete=models.CASCADE, related_name="vervangplaatsen")
    locatie = models.ForeignKey(Opvanglocatie, on_delete=models.PROTECT, related_name="+")
    plaatsaanbod = models.OneToOneField(
        Plaatsaanbod,
        null=True,
        on_delete=models.SET_NULL,
        related_name="vervangcapaciteit",
    )
    aantal = models.PositiveSmallIntegerField(_("plaatsen"))
    vanaf = models.DateField(_("vanaf"))
    tot = models.DateField(_("tot"))
    akkoord_van = models.CharField(_("wie bij de opvang zei ja"), max_length=120)
    akkoord_op = models.DateField(_("wanneer"))
    door = models.ForeignKey(Gebruiker, null=True, on_delete=models.SET_NULL, related_name="+")
    gemaakt_op = models.DateTimeField()

    class Meta:
        verbose_name = _("tijdelijke vervangplaatsen")
        verbose_name_plural = _("tijdelijke vervangplaatsen")
        ordering = ("vanaf", "pk")
        constraints = [
            models.CheckConstraint(
                name="vervangcapaciteit_begint_voor_ze_eindigt",
                condition=Q(vanaf__lt=F("tot")),
            ),
            models.CheckConstraint(
                name="vervangcapaciteit_heeft_plaatsen", condition=Q(aantal__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aantal} bij {self.locatie}"


_GEZIN = "plaatsing__opvangvraag__kind__gezin"


def wil_rust(gezin: OuterRef) -> Q:
    """SQL: this family asked for calm, and did not ask for care itself since.

    Calm is a question of any of its children that lapsed after sad news (R5, domein.md §1.4), or
    what it said on the phone during a plan. It ends when the family hands in a question of its own
    again (R5: a new pregnancy is a new question); a question that a plan made for it is none.
    """
    from aanvragen.models import Opvangvraag  # noqa: PLC0415 -- that module imports this one

    def vroeg_zelf(gezin: str, *, na: str) -> Exists:
        return Exists(
            Opvangvraag.objects.filter(
                kind__gezin=OuterRef(gezin), ingediend_op__gt=OuterRef(na), noodplanregels=None
            )
        )

    droevig = Opvangvraag.objects.filter(
        ~vroeg_zelf("kind__gezin", na="afgesloten_op"),
        kind__gezin=gezin,
        vervalreden=Vervalreden.DROEVIG,
    )
    gezegd = Noodplanregel.objects.filter(
        ~vroeg_zelf(_GEZIN, na="rust_op"), rust_op__isnull=False, **{_GEZIN: gezin}
    )
    return Q(Exists(droevig)) | Q(Exists(gezegd))
