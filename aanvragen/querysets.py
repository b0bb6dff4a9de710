"""The vocabulary of queries on the demand, and who may see what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    LOPENDE_VOORSTELLEN,
    LOPENDE_VRAGEN,
    WACHT_OP_ANTWOORD,
    Vraagstatus,
)
from loket.models import Rol
from opvang.querysets import organisator_ids

if TYPE_CHECKING:
    from aanvragen.models import (  # noqa: F401 -- named in the generic parameters below
        Aanmelding,
        Concept,
        Opvangvraag,
        Toestemming,
        Voorstel,
    )


class ConceptQuerySet(models.QuerySet["Concept"]):
    def zichtbaar_voor(self, gebruiker: Any, sessiesleutels: list[str]) -> Self:
        """Drafts of this signed-in person, or begun in this very browser."""
        mag = Q(sleutel__in=sessiesleutels, gebruiker=None)
        if gebruiker.is_authenticated:
            mag |= Q(gebruiker=gebruiker)
        return self.filter(mag, afgerond_op=None)


class OpvangvraagQuerySet(models.QuerySet["Opvangvraag"]):
    def van_ouder(self, gebruiker: Any) -> Self:
        """Questions for the children of this person's family."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(kind__gezin__ouders__gebruiker=gebruiker)

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

    def lopend(self) -> Self:
        return self.filter(status__in=LOPENDE_AANMELDINGEN)

    def wacht_op_antwoord(self) -> Self:
        return self.filter(status__in=WACHT_OP_ANTWOORD)

    def te_laat(self, peildatum: dt.date) -> Self:
        return self.wacht_op_antwoord().filter(antwoord_voor__lt=peildatum)


class VoorstelQuerySet(models.QuerySet["Voorstel"]):
    def lopend(self) -> Self:
        return self.filter(status__in=LOPENDE_VOORSTELLEN)

    def voor_ouder(self, gebruiker: Any) -> Self:
        """Offers to this person's family."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(aanmelding__opvangvraag__kind__gezin__ouders__gebruiker=gebruiker)

    def verstreken(self, nu: dt.datetime) -> Self:
        """Offers whose deadline has passed and that nobody answered."""
        return self.lopend().filter(geldig_tot__lte=nu)


class ToestemmingQuerySet(models.QuerySet["Toestemming"]):
    def geldig_op(self, peildatum: dt.date) -> Self:
        return self.filter(Q(tot=None) | Q(tot__gt=peildatum), vanaf__lte=peildatum)


def toeleider_mag(gebruiker: Any, vraag: Opvangvraag) -> bool:
    """Tell whether this toeleider holds the family's consent today."""
    return (
        vraag.kind.gezin.toestemmingen.geldig_op(timezone.localdate())
        .filter(toeleider=gebruiker)
        .exists()
    )
