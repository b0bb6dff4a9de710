"""The ground floor: people and their roles, lokets and their area, the logbook and the outbox.

Nothing here knows about child care.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from loket.querysets import BerichtQuerySet, LidmaatschapQuerySet, LoketQuerySet
from loket.workflow import Berichtstatus


class Rol(models.TextChoices):
    """What somebody may be for a loket. Providers and parents have no role here."""

    LOKETMEDEWERKER = "loketmedewerker", _("Loketmedewerker")
    TOELEIDER = "toeleider", _("Toeleider")
    VOORZITTER = "voorzitter", _("Voorzitter van het lokaal overleg")
    SCHEPEN = "schepen", _("Schepen")
    BEHEERDER = "beheerder", _("Beheerder")


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """People are found by e-mail, whatever the case it was typed in."""

    def get_by_natural_key(self, username: str | None) -> Gebruiker:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        """Make a person who signs in by e-mail; without a password only a code works."""
        gebruiker = self.model(email=self.normalize_email(email).lower(), **velden)
        if password is None:
            gebruiker.set_unusable_password()
        else:
            gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email: str, password: str | None = None, **velden: Any) -> Gebruiker:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **velden)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in: a parent, a provider, staff. Known by e-mail alone."""

    email = models.EmailField(_("e-mailadres"), max_length=254, unique=True)
    naam = models.CharField(_("naam"), max_length=150, blank=True)
    is_active = models.BooleanField(_("actief"), default=True)
    is_staff = models.BooleanField(_("mag in het beheer"), default=False)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = GebruikerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [models.UniqueConstraint(Lower("email"), name="gebruiker_email_is_uniek")]

    def __str__(self) -> str:
        return self.naam or self.email

    def get_full_name(self) -> str:
        return str(self)

    @cached_property
    def rollen(self) -> frozenset[tuple[int, Rol]]:
        """(loket id, role) of the memberships that hold today; one query per request."""
        vandaag = timezone.localdate()
        return frozenset(
            (loket_id, Rol(rol))
            for loket_id, rol in Lidmaatschap.objects.geldig_op(vandaag)
            .filter(gebruiker=self)
            .values_list("loket_id", "rol")
        )

    def lokets_als(self, *rollen: Rol) -> frozenset[int]:
        """Ids of the lokets for which this person holds one of the roles today."""
        return frozenset(loket_id for loket_id, rol in self.rollen if rol in rollen)

    def heeft_rol(self, *rollen: Rol) -> bool:
        return bool(self.lokets_als(*rollen))


class Gemeente(models.Model):
    """A municipality of Flanders or Brussels as it exists since the mergers of 1-1-2025 (Statbel
    REFNIS).
    """

    nis = models.CharField(_("NIS-code"), max_length=5, unique=True)
    naam = models.CharField(_("naam"), max_length=80)
    provincie = models.CharField(_("provincie"), max_length=60, blank=True)
    gewest = models.CharField(_("gewest"), max_length=60)
    postcodes = ArrayField(models.CharField(max_length=4), default=list)
    breedtegraad = models.FloatField(null=True, blank=True)
    lengtegraad = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam


class Wijk(models.Model):
    """A part of a municipality: a deelgemeente or a wijk, with its outline as GeoJSON."""

    class Soort(models.TextChoices):
        DEELGEMEENTE = "deelgemeente", _("Deelgemeente")
        WIJK = "wijk", _("Wijk")

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="wijken")
    soort = models.CharField(max_length=20, choices=Soort, default=Soort.WIJK)
    code = models.CharField(max_length=20, unique=True)
    naam = models.CharField(max_length=100)
    omtrek = models.JSONField(_("omtrek (GeoJSON)"), null=True, blank=True)
    breedtegraad = models.FloatField(null=True, blank=True)
    lengtegraad = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")
        ordering = ("naam",)
        constraints = [
            models.CheckConstraint(
                name="wijk_soort_bestaat", condition=Q(soort__in=["deelgemeente", "wijk"])
            )
        ]

    def __str__(self) -> str:
        return self.naam


def _termijn(
    label: object, standaard: int, hulp: object = ""
) -> models.PositiveSmallIntegerField[Any, Any]:
    return models.PositiveSmallIntegerField(
        str(label),
        default=standaard,
        help_text=str(hulp),
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )


class Loket(models.Model):
    """A lokaal loket kinderopvang: a neutral counter for one or more municipalities (its
    werkingsgebied).

    Every term of the process is a setting of the loket, in calendar days unless the name says
    otherwise.
    """

    naam = models.CharField(_("naam"), max_length=120)
    slug = models.SlugField(unique=True)
    gemeenten = models.ManyToManyField(
        Gemeente, related_name="lokets", verbose_name=_("werkingsgebied")
    )
    telefoon = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    adres = models.CharField(_("adres"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    openingsuren = models.TextField(_("openingsuren"), blank=True)
    huisstijl = models.JSONField(_("huisstijl"), default=dict, blank=True)
    antwoordtermijn = _termijn("antwoordtermijn opvang, in werkdagen", 10)
    voorsteltermijn = _termijn("bedenktijd ouder bij een voorstel", 10)
    bevestigingstermijn = _termijn("ouder bevestigt de vraag opnieuw na", 90)
    herinner_opvang_voor = _termijn(
        "opvang krijgt een herinnering voor de antwoordtermijn, in werkdagen", 2
    )
    herinner_voorstel_voor = _termijn("ouder krijgt een herinnering voor het voorstel vervalt", 3)
    vasthouden_mag = models.BooleanField(
        _("een ouder mag een voorstel vasthouden"),
        default=True,
        help_text=_("De plaats blijft dan van het gezin terwijl betere keuzes nog openstaan."),
    )
    terugdraaien_uren = _termijn("een aanvaarde plaats is terug te draaien, in uren", 24)
    bevestiging_voor_start = _termijn("vraag ook of de vraag nog klopt voor de start", 60)
    bellen_na_stilte = _termijn("bel het gezin als het niet reageert na", 14)
    actieve_hulp_maanden = _termijn("help actief zoeken voor de start, in maanden", 6)
    vers_dagen = _termijn("vrije plaatsen gelden als zeker tot", 30)
    verborgen_dagen = _termijn("vrije plaatsen gelden niet meer na", 60)
    conceptdagen = _termijn("een onafgewerkte aanvraag blijft bewaard", 14)
    bewaarmaanden = _termijn("bewaartermijn in maanden", 36)
    teksten_nakijken = models.BooleanField(
        _("teksten van opvang eerst nakijken"),
        default=False,
        help_text=_(
            "Wat een opvang over zichzelf schrijft, verschijnt pas na een blik van het loket."
        ),
    )
    kleine_cel = models.PositiveSmallIntegerField(
        _("kleinste getal in een rapport"),
        default=5,
        help_text=_("Kleinere aantallen worden niet getoond, om niemand herkenbaar te maken."),
    )

    objects = LoketQuerySet.as_manager()

    class Meta:
        verbose_name = _("loket")
        verbose_name_plural = _("lokets")
        ordering = ("naam",)
        constraints = [
            models.CheckConstraint(
                name="loket_vers_voor_verborgen",
                condition=Q(vers_dagen__lt=F("verborgen_dagen")),
                violation_error_message=_(
                    "Vrije plaatsen zijn eerst zeker en pas later verborgen."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Lidmaatschap(models.Model):
    """The role that somebody has for a loket, from a day until (not including) another."""

    gebruiker = models.ForeignKey(
        Gebruiker, on_delete=models.CASCADE, related_name="lidmaatschappen"
    )
    loket = models.ForeignKey(Loket, on_delete=models.CASCADE, related_name="lidmaatschappen")
    rol = models.CharField(_("rol"), max_length=20, choices=Rol)
    organisatie = models.CharField(_("organisatie"), max_length=120, blank=True)
    vanaf = models.DateField(_("vanaf"), default=timezone.localdate)
    tot = models.DateField(_("tot"), null=True, blank=True)

    objects = LidmaatschapQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.CheckConstraint(
                name="lidmaatschap_rol_bestaat", condition=Q(rol__in=Rol.values)
            ),
            models.CheckConstraint(
                name="lidmaatschap_begint_voor_het_eindigt",
                condition=Q(tot=None) | Q(vanaf__lt=F("tot")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} · {self.get_rol_display()} · {self.loket}"


class Gebeurtenis(models.Model):
    """Something that was decided or happened. Written once with the decision, never changed (a
    trigger refuses).
    """

    werkwoord = models.CharField(
        max_length=60, db_comment="namespaced verb, e.g. aanvragen.ingediend"
    )
    onderwerp_soort = models.CharField(max_length=60, db_comment="model label in lower case")
    onderwerp_id = models.BigIntegerField()
    loket = models.ForeignKey(Loket, null=True, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(Gebruiker, null=True, on_delete=models.PROTECT, related_name="+")
    namens = models.CharField(
        max_length=120,
        blank=True,
        db_comment="who acted when nobody was signed in, e.g. an e-mail link",
    )
    gegevens = models.JSONField(default=dict, db_comment="primitives only, no personal data")
    op = models.DateTimeField()

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        ordering = ("-op", "-pk")
        indexes = [
            models.Index(
                fields=["onderwerp_soort", "onderwerp_id", "op"], name="gebeurtenis_onderwerp"
            )
        ]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.werkwoord}"


class Inzage(models.Model):
    """Who opened whose dossier, when and why. Append-only by a trigger."""

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    onderwerp_soort = models.CharField(max_length=60)
    onderwerp_id = models.BigIntegerField()
    reden = models.CharField(max_length=120, blank=True)
    op = models.DateTimeField()

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        ordering = ("-op", "-pk")
        indexes = [
            models.Index(fields=["onderwerp_soort", "onderwerp_id", "op"], name="inzage_onderwerp")
        ]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.onderwerp_soort} {self.onderwerp_id}"


class Bericht(models.Model):
    """A rendered mail that still has to go out, or went out: the outbox.

    The row is written in the transaction that decides; a worker claims it by compare-and-swap and
    sends it.
    """

    sjabloon = models.CharField(max_length=60)
    aan = models.EmailField(_("aan"))
    ontvanger = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.SET_NULL, related_name="berichten"
    )
    loket = models.ForeignKey(Loket, null=True, on_delete=models.PROTECT, related_name="+")
    titel = models.CharField(_("onderwerp"), max_length=200)
    tekst = models.TextField()
    html = models.TextField(blank=True)
    bijlagen = models.JSONField(
        default=list,
        blank=True,
        db_comment="[{naam, type, inhoud (base64)}], e.g. an iCalendar file",
    )
    gevoelig = models.BooleanField(
        default=False, db_comment="holds a sign-in code: the text is wiped once it was sent"
    )
    onderwerp_soort = models.CharField(max_length=60, blank=True)
    onderwerp_id = models.BigIntegerField(null=True, blank=True)
    sleutel = models.CharField(
        max_length=120,
        null=True,
        blank=True,
        unique=True,
        db_comment="same key = same mail: written once",
    )
    status = models.CharField(max_length=12, choices=Berichtstatus, default=Berichtstatus.WACHT)
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_poging_op = models.DateTimeField()
    geclaimd_op = models.DateTimeField(null=True, blank=True)
    verzonden_op = models.DateTimeField(null=True, blank=True)
    fout = models.CharField(max_length=300, blank=True)
    aangemaakt_op = models.DateTimeField()

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ("-aangemaakt_op", "-pk")
        indexes = [
            models.Index(fields=["onderwerp_soort", "onderwerp_id"], name="bericht_onderwerp"),
            models.Index(
                fields=["volgende_poging_op"],
                name="bericht_te_doen",
                condition=Q(status__in=["wacht", "bezig"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="bericht_status_bestaat", condition=Q(status__in=Berichtstatus.values)
            ),
            models.CheckConstraint(
                name="bericht_verzonden_heeft_tijdstip",
                condition=Q(status=Berichtstatus.VERZONDEN, verzonden_op__isnull=False)
                | (~Q(status=Berichtstatus.VERZONDEN) & Q(verzonden_op__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titel} → {self.aan}"
