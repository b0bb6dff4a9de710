"""The vocabulary of queries on the demand, and who may see what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    LOPENDE_AANMELDINGEN,
    LOPENDE_VOORSTELLEN,
    LOPENDE_VRAGEN,
    OMVANGEN,
    OP_TE_SCHORTEN,
    WACHT_OP_ANTWOORD,
    Afspraakstatus,
    Hulpomvang,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
)
from loket.models import Rol
from opvang.querysets import organisator_ids

if TYPE_CHECKING:
    from aanvragen.models import (  # noqa: F401 -- named in the generic parameters below
        Aanmelding,
        Afspraak,
        Concept,
        Doorverwijzing,
        Opvangvraag,
        Ouder,
        Toestemming,
        Toestemmingscode,
        Voorstel,
    )

#: So often may somebody type a wrong code before it stops working.
MAX_POGINGEN = 5


class ConceptQuerySet(models.QuerySet["Concept"]):
    def zichtbaar_voor(self, gebruiker: Any, sessiesleutels: list[str]) -> Self:
        """Drafts of this signed-in person, kept under the address they signed in with, or begun in
        this very browser.
        """
        mag = Q(sleutel__in=sessiesleutels, gebruiker=None)
        if gebruiker.is_authenticated:
            van_adres = Q(gebruiker=None, ingevoerd_door=None, email=gebruiker.email.lower())
            mag |= Q(gebruiker=gebruiker) | van_adres
        return self.filter(mag, afgerond_op=None)


class OuderQuerySet(models.QuerySet["Ouder"]):
    def thuis(self) -> Self:
        """Those who live at the address of their family: not who joined it by a merge (R2)."""
        return self.filter(samenvoegingen=None)

    def van_kind(self, kind: Any) -> Self:
        """The parents who may follow this child and hear of it: those of its family, except who
        joined by a merge for another child only (R2).
        """
        return self.filter(
            Q(samenvoegingen=None)
            | Q(samenvoegingen__eerste__kind=kind, samenvoegingen__stand="samen")
        ).distinct()


class OpvangvraagQuerySet(models.QuerySet["Opvangvraag"]):
    def van_ouder(self, gebruiker: Any) -> Self:
        """Questions for the children of this person's family; who joined by a merge follows the
        child of that merge and no other (R2).
        """
        if not gebruiker.is_authenticated:
            return self.none()
        ouders = "kind__gezin__ouders"
        mag = Q(**{f"{ouders}__samenvoegingen": None}) | Q(
            **{
                f"{ouders}__samenvoegingen__eerste__kind": models.F("kind"),
                f"{ouders}__samenvoegingen__stand": "samen",
            }
        )
        van_gezin = self.model.objects.filter(mag, **{f"{ouders}__gebruiker": gebruiker})
        return self.filter(pk__in=van_gezin.values("pk"))

    def voor_balie(self, gebruiker: Any) -> Self:
        """What staff and toeleiders may open: their loket's questions; a toeleider only with a
        consent that holds today.
        """
        if not gebruiker.is_authenticated:
            return self.none()
        mag = Q(loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER))
        if gebruiker.heeft_rol(Rol.TOELEIDER):
            met_toestemming = gebruiker.toestemmingen.geldig_op(timezone.localdate()).values(
                "gezin"
            )
            mag |= Q(loket__in=gebruiker.lokets_als(Rol.TOELEIDER), kind__gezin__in=met_toestemming)
        return self.filter(mag).exclude(status=Vraagstatus.CONCEPT)

    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        """A parent's own, or what the counter may open. Providers see aanmeldingen, never the whole
        question.
        """
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(
            Q(pk__in=self.model.objects.van_ouder(gebruiker).values("pk"))
            | Q(pk__in=self.model.objects.voor_balie(gebruiker).values("pk"))
        )

    def lopend(self) -> Self:
        return self.filter(status__in=LOPENDE_VRAGEN)

    def vergrendeld(self) -> Self:
        """Lock the rows in primary-key order. Always before any Plaatsaanbod
        (docs/gelijktijdigheid.md).
        """
        return self.select_for_update(of=("self",)).order_by("pk")


class AanmeldingQuerySet(models.QuerySet["Aanmelding"]):
    def van_aanbieder(self, gebruiker: Any) -> Self:
        """Requests at the locations that this person acts for; not while the question waits at the
        loket.
        """
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(locatie__organisator_id__in=organisator_ids(gebruiker)).exclude(
            opvangvraag__status__in=[Vraagstatus.CONCEPT, Vraagstatus.INGEDIEND]
        )

    def van_loket(self, gebruiker: Any) -> Self:
        """Requests of the families of the lokets where this person is staff; not while the question
        waits at the loket. A toeleider has none.
        """
        return self.filter(
            opvangvraag__loket__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER)
        ).exclude(opvangvraag__status__in=[Vraagstatus.CONCEPT, Vraagstatus.INGEDIEND])

    def lopend(self) -> Self:
        return self.filter(status__in=LOPENDE_AANMELDINGEN)

    def wacht_op_antwoord(self) -> Self:
        return self.filter(status__in=WACHT_OP_ANTWOORD)

    def te_laat(self, peildatum: dt.date) -> Self:
        """Requests that the provider should have answered; one that is suspended is not asked."""
        return self.wacht_op_antwoord().niet_opgeschort().filter(antwoord_voor__lt=peildatum)

    def opgeschort(self) -> Self:
        """Wishes that wait while the family holds an offer that it ranks higher.

        Derived, never stored: when the hold ends they count again. `domain.passen.is_opgeschort`
        says the same of rows in memory.
        """
        return self.filter(_hogere_vastgehouden(), status__in=OP_TE_SCHORTEN)

    def niet_opgeschort(self) -> Self:
        return self.exclude(_hogere_vastgehouden(), status__in=OP_TE_SCHORTEN)


def _hogere_vastgehouden() -> Exists:
    """A held offer of the same question at a location that the family ranked higher."""
    from aanvragen.models import Voorstel  # noqa: PLC0415 -- the models are built on this module

    return Exists(
        Voorstel.objects.filter(
            status=Voorstelstatus.VASTGEHOUDEN,
            aanmelding__opvangvraag=OuterRef("opvangvraag"),
            aanmelding__rang__lt=OuterRef("rang"),
        )
    )


class VoorstelQuerySet(models.QuerySet["Voorstel"]):
    def lopend(self) -> Self:
        return self.filter(status__in=LOPENDE_VOORSTELLEN)

    def voor_ouder(self, gebruiker: Any) -> Self:
        """Offers to this person's family."""
        if not gebruiker.is_authenticated:
            return self.none()
        vragen = self.model._meta.apps.get_model("aanvragen", "Opvangvraag")
        return self.filter(
            aanmelding__opvangvraag__in=vragen.objects.van_ouder(gebruiker).values("pk")
        )

    def verstreken(self, nu: dt.datetime) -> Self:
        """Offers whose deadline has passed and that nobody answered."""
        return self.lopend().filter(geldig_tot__lte=nu)


class ToestemmingQuerySet(models.QuerySet["Toestemming"]):
    def geldig_op(self, peildatum: dt.date) -> Self:
        """Consents that hold on a day: begun, not over, and not ended by the family."""
        return self.filter(vanaf__lte=peildatum, tot__gt=peildatum, beeindigd_op=None)

    def reikt(self, omvang: Hulpomvang) -> Self:
        """Consents that allow at least this much."""
        return self.filter(omvang__in=OMVANGEN[OMVANGEN.index(omvang) :])


class ToestemmingscodeQuerySet(models.QuerySet["Toestemmingscode"]):
    def bruikbaar(self, nu: dt.datetime) -> Self:
        """Codes that still work: not used, not refused, in time, and not guessed at too often."""
        return self.filter(
            geldig_tot__gt=nu, gebruikt_op=None, geweigerd_op=None, pogingen__lt=MAX_POGINGEN
        )


class AfspraakQuerySet(models.QuerySet["Afspraak"]):
    def te_doen(self) -> Self:
        """Appointments that still stand. One of a question that ended stands no more (R5)."""
        return self.filter(status=Afspraakstatus.GEPLAND).exclude(
            opvangvraag__status__in=AFGESLOTEN_VRAGEN
        )


class DoorverwijzingQuerySet(models.QuerySet["Doorverwijzing"]):
    def zonder_uitkomst(self) -> Self:
        """Referrals of which nobody noted yet what came of them."""
        return self.filter(uitkomst="").exclude(opvangvraag__vervalreden=Vervalreden.DROEVIG)


def toeleider_mag(
    gebruiker: Any, vraag: Opvangvraag, omvang: Hulpomvang = Hulpomvang.BEKIJKEN
) -> bool:
    """Tell whether this toeleider holds a consent of the family that reaches so far today."""
    return (
        vraag.kind.gezin.toestemmingen.geldig_op(timezone.localdate())
        .reikt(omvang)
        .filter(toeleider=gebruiker)
        .exists()
    )
