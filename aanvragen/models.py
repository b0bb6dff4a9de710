"""The demand: families, their children, their questions for care, and what became of them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanvragen.querysets import (
    AanmeldingQuerySet,
    ConceptQuerySet,
    OpvangvraagQuerySet,
    ToestemmingQuerySet,
    VoorstelQuerySet,
)
from aanvragen.referentie import nieuwe_referentie
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    LOPENDE_VOORSTELLEN,
    LOPENDE_VRAGEN,
    Aanmeldingstatus,
    DringendeReden,
    Kanaal,
    Kenmerkcode,
    Kenmerkstand,
    Prijswens,
    Relatie,
    Vervalreden,
    Voorstelstatus,
    Vormwens,
    Vraagstatus,
    Weigerreden,
    Zorgbehoefte,
)
from loket.models import Gebruiker, Gemeente, Loket, Wijk
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import Weekrooster
from opvang.workflow import Ruimer


class Concept(models.Model):
    """A request that somebody is still writing: the answers of each question page, kept on the
    server.

    `gegevens` holds the raw input per step, so that nothing typed is lost; it is validated again
    when sent. Kept for `Loket.conceptdagen` days after the last change.
    """

    sleutel = models.CharField(max_length=40, unique=True, default=uuid.uuid4, editable=False)
    loket = models.ForeignKey(Loket, on_delete=models.CASCADE, related_name="+")
    gebruiker = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.CASCADE, related_name="concepten"
    )
    ingevoerd_door = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_comment="staff or toeleider who types this on behalf of a family",
    )
    gegevens = models.JSONField(default=dict, db_comment="{step: {field: [raw values]}}")
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    afgerond_op = models.DateTimeField(null=True, blank=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("onafgewerkte aanvraag")
        verbose_name_plural = _("onafgewerkte aanvragen")
        ordering = ("-gewijzigd_op",)

    def __str__(self) -> str:
        return f"Concept {self.sleutel}"


class Gezin(models.Model):
    """A family as one household address; holds the parents and the children."""

    loket = models.ForeignKey(Loket, on_delete=models.PROTECT, related_name="gezinnen")
    straat = models.CharField(_("straat"), max_length=120, blank=True)
    huisnummer = models.CharField(_("huisnummer"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    wijk = models.ForeignKey(
        Wijk, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taal = models.CharField(_("taal thuis"), max_length=10, blank=True)
    tolk = models.BooleanField(_("hulp van een tolk gewenst"), default=False)
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("gezin")
        verbose_name_plural = _("gezinnen")

    def __str__(self) -> str:
        return f"Gezin {self.pk}"


class Ouder(models.Model):
    """A parent, foster parent or other carer of the family, with or without an account."""

    gezin = models.ForeignKey(Gezin, on_delete=models.CASCADE, related_name="ouders")
    gebruiker = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="ouderschappen"
    )
    voornaam = models.CharField(_("voornaam"), max_length=80)
    familienaam = models.CharField(_("familienaam"), max_length=80)
    email = models.EmailField(_("e-mailadres"), blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=30, blank=True)
    relatie = models.CharField(max_length=12, choices=Relatie, default=Relatie.OUDER)

    class Meta:
        verbose_name = _("ouder")
        verbose_name_plural = _("ouders")
        constraints = [
            models.UniqueConstraint(fields=["gezin", "gebruiker"], name="ouder_een_keer_per_gezin"),
            models.CheckConstraint(
                name="ouder_relatie_bestaat", condition=Q(relatie__in=Relatie.values)
            ),
            models.CheckConstraint(
                name="ouder_is_te_bereiken",
                condition=~Q(email="") | ~Q(telefoon=""),
                violation_error_message=_("Geef een e-mailadres of een telefoonnummer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voornaam} {self.familienaam}"


class Kind(models.Model):
    """A child, born or expected. Twins are two children with the same `meerling`."""

    gezin = models.ForeignKey(Gezin, on_delete=models.CASCADE, related_name="kinderen")
    voornaam = models.CharField(_("voornaam"), max_length=80, blank=True)
    familienaam = models.CharField(_("familienaam"), max_length=80)
    geboortedatum = models.DateField(_("geboortedatum"), null=True, blank=True)
    verwachte_geboortedatum = models.DateField(_("uitgerekende datum"), null=True, blank=True)
    meerling = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("kind")
        verbose_name_plural = _("kinderen")
        constraints = [
            models.CheckConstraint(
                name="kind_heeft_een_geboortedatum_of_een_verwachte",
                condition=Q(geboortedatum__isnull=False) | Q(verwachte_geboortedatum__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        """First and family name, or "baby Peeters" for a child without a first name yet."""
        return f"{self.voornaam or _('baby')} {self.familienaam}"

    @property
    def geboren(self) -> bool:
        return self.geboortedatum is not None

    @property
    def rekendatum(self) -> dt.date:
        """The real birth date, or the expected one as long as that is all we know."""
        datum = self.geboortedatum or self.verwachte_geboortedatum
        assert datum is not None
        return datum

    def leeftijd_in_maanden(self, peildatum: dt.date) -> int:
        """Whole months on a day; negative before birth."""
        geboren = self.rekendatum
        maanden = (peildatum.year - geboren.year) * 12 + peildatum.month - geboren.month
        return maanden - (peildatum.day < geboren.day)


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
    toestemming_op = models.DateTimeField()
    toestemming_versie = models.CharField(max_length=20)
    aangemaakt_op = models.DateTimeField()
    ingediend_op = models.DateTimeField(null=True, blank=True)
    laatst_bevestigd = models.DateTimeField()
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


class Toestemming(models.Model):
    """A family lets a toeleider act for it, from a day until another. Without it a toeleider sees
    nothing.

    Source: domein.md §1.6: a referrer passes on information only with the parent's consent.
    """

    gezin = models.ForeignKey(Gezin, on_delete=models.CASCADE, related_name="toestemmingen")
    toeleider = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="toestemmingen")
    vanaf = models.DateField()
    tot = models.DateField(null=True, blank=True)
    gegeven_op = models.DateTimeField()
    wijze = models.CharField(
        max_length=80, blank=True, db_comment="how it was given, e.g. on paper"
    )

    objects = ToestemmingQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        constraints = [
            models.CheckConstraint(
                name="toestemming_begint_voor_ze_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.gezin} → {self.toeleider}"


from aanvragen.models_noodplan import (  # noqa: E402 -- it points at the models above by name
    Belpoging,
    Noodbericht,
    Noodplan,
    Noodplanregel,
    Vervangcapaciteit,
)

__all__ = [
    "Aanmelding",
    "Belpoging",
    "Concept",
    "Gezin",
    "Kenmerk",
    "Kind",
    "Noodbericht",
    "Noodplan",
    "Noodplanregel",
    "Opvangvraag",
    "Ouder",
    "Plaatsing",
    "Toestemming",
    "Vervangcapaciteit",
    "Voorstel",
]
