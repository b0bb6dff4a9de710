"""The vocabulary of queries on the supply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from loket.models import Gemeente, Rol
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    from opvang.models import (  # noqa: F401 -- named in the generic parameters below
        ApiSleutel,
        Opvanglocatie,
        Organisator,
        Plaatsaanbod,
        Vergunning,
    )


def organisator_ids(gebruiker: Any) -> frozenset[int]:
    """Find the organisatoren that this person acts for today; asked once, kept on the instance."""
    bekend: frozenset[int] | None = gebruiker.__dict__.get("_organisator_ids")
    if bekend is None:
        vandaag = timezone.localdate()
        bekend = frozenset(
            gebruiker.organisaties.filter(
                Q(tot=None) | Q(tot__gt=vandaag), vanaf__lte=vandaag
            ).values_list("organisator_id", flat=True)
        )
        gebruiker.__dict__["_organisator_ids"] = bekend
    return bekend


class OrganisatorQuerySet(models.QuerySet["Organisator"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        """Where somebody works; staff see those with a location in their werkingsgebied."""
        if not gebruiker.is_authenticated:
            return self.none()
        eigen = Q(pk__in=organisator_ids(gebruiker))
        lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.BEHEERDER)
        if lokets:
            eigen |= Q(locaties__gemeente__lokets__in=lokets)
        return self.filter(eigen).distinct()


def _te_vinden() -> Q:
    """Not hidden, and not closed today (models/sluitingen.py)."""
    sluitingen = apps.get_model("opvang", "Sluiting").objects
    return Q(zichtbaar=True) & ~Q(
        pk__in=sluitingen.geldig_op(timezone.localdate()).values("locatie")
    )


class OpvanglocatieQuerySet(models.QuerySet["Opvanglocatie"]):
    def publiek(self) -> Self:
        """Locations that anybody may find: not hidden, and not closed today."""
        return self.filter(_te_vinden())

    def in_werkingsgebied(self, loket_id: int) -> Self:
        return self.filter(gemeente__lokets=loket_id)

    def van_aanbieder(self, gebruiker: Any) -> Self:
        """Those that this person may act for."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(organisator_id__in=organisator_ids(gebruiker))

    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        """Public ones for everybody; hidden ones for their own provider and staff of the area."""
        if not gebruiker.is_authenticated:
            return self.publiek()
        mag = _te_vinden() | Q(organisator_id__in=organisator_ids(gebruiker))
        lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.BEHEERDER)
        if lokets:
            mag |= Q(gemeente__in=Gemeente.objects.filter(lokets__in=lokets))
        return self.filter(mag)


class VergunningQuerySet(models.QuerySet["Vergunning"]):
    def geldig_op(self, peildatum: dt.date) -> Self:
        return self.filter(Q(tot=None) | Q(tot__gt=peildatum), vanaf__lte=peildatum)


class PlaatsaanbodQuerySet(models.QuerySet["Plaatsaanbod"]):
    def vergrendeld(self) -> Self:
        """Lock the rows in primary-key order, so that two callers can't deadlock."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def geldig_op(self, peildatum: dt.date) -> Self:
        return self.filter(Q(tot=None) | Q(tot__gt=peildatum), vanaf__lte=peildatum)

    def nog_niet_voorbij(self, peildatum: dt.date) -> Self:
        """Running now or announced for later."""
        return self.exclude(tot__lte=peildatum)

    def voor_start(
        self,
        start: dt.date | None,
        *,
        peildatum: dt.date,
        soorten: Sequence[str] = (),
        leeftijd_maanden: int | None = None,
    ) -> Self:
        """Places that speak of a start on this day, of this kind (fixed places, unless others are
        named) and for a child of this age; without a day, of now or later.
        """
        rijen = self.filter(soort__in=soorten or [Aanbodsoort.REGULIER])
        if leeftijd_maanden is not None:
            rijen = rijen.filter(
                leeftijd_vanaf__lte=leeftijd_maanden, leeftijd_tot__gt=leeftijd_maanden
            )
        if start is None:
            return rijen.nog_niet_voorbij(peildatum)
        return rijen.geldig_op(start)

    def van_aanbieder(self, gebruiker: Any) -> Self:
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(locatie__organisator_id__in=organisator_ids(gebruiker))


class ApiSleutelQuerySet(models.QuerySet["ApiSleutel"]):
    def bruikbaar(self) -> Self:
        return self.filter(ingetrokken_op=None)

    def van_aanbieder(self, gebruiker: Any) -> Self:
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(organisator_id__in=organisator_ids(gebruiker))
