"""The vocabulary of queries on the LOK, and who may see what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from lok_overleg.workflow import KOMEND, Aanwezigheidsstand, Stemkeuze, Vergaderstatus
from loket.models import Rol

if TYPE_CHECKING:
    from lok_overleg.models import (  # noqa: F401 -- named in the generic parameters below
        Aanwezigheid,
        Advies,
        LokLid,
        LokReglement,
        Vergadering,
    )

#: Who reads everything of the LOK of their loket; members with an account do so too.
LEZERS = (Rol.VOORZITTER, Rol.SCHEPEN, Rol.LOKETMEDEWERKER, Rol.BEHEERDER)


def lok_lokets(gebruiker: Any) -> frozenset[int]:
    """Ids of the lokets whose LOK this person may read: by role, or as a member with an account."""
    if not gebruiker.is_authenticated:
        return frozenset()
    bekend: frozenset[int] | None = gebruiker.__dict__.get("_lok_lokets")
    if bekend is None:
        lid_van = (
            gebruiker.lok_lidmaatschappen.geldig_op(timezone.localdate())
            .order_by()
            .values_list("loket_id", flat=True)
        )
        bekend = gebruiker.lokets_als(*LEZERS) | frozenset(lid_van)
        gebruiker.__dict__["_lok_lokets"] = bekend
    return bekend


class LokReglementQuerySet(models.QuerySet["LokReglement"]):
    def geldig_op(self, peildatum: dt.date) -> Self:
        """Put the newest of the rules that hold on this day first."""
        return self.filter(vanaf__lte=peildatum).order_by("-vanaf")


class LokLidQuerySet(models.QuerySet["LokLid"]):
    def geldig_op(self, peildatum: dt.date) -> Self:
        return self.filter(Q(tot=None) | Q(tot__gt=peildatum), vanaf__lte=peildatum)

    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        return self.filter(loket__in=lok_lokets(gebruiker))


class VergaderingQuerySet(models.QuerySet["Vergadering"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        return self.filter(loket__in=lok_lokets(gebruiker))

    def openbaar(self) -> Self:
        """Meetings whose minutes everybody may read."""
        return self.filter(status=Vergaderstatus.VERSLAG_GEPUBLICEERD)

    def komend(self, nu: dt.datetime) -> Self:
        """Still to be held, the next one first; a meeting of today that began is not over yet."""
        vandaag = timezone.localtime(nu).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(status__in=KOMEND, begint_op__gte=vandaag).order_by("begint_op", "pk")

    def met_aantallen(self) -> Self:
        """Add `aantal_genodigden` and `aantal_aanwezig`."""
        return self.annotate(
            aantal_genodigden=Count("aanwezigheden"),
            aantal_aanwezig=Count(
                "aanwezigheden",
                filter=Q(aanwezigheden__stand=Aanwezigheidsstand.AANWEZIG),
            ),
        )


class AanwezigheidQuerySet(models.QuerySet["Aanwezigheid"]):
    def aanwezig(self) -> Self:
        return self.filter(stand=Aanwezigheidsstand.AANWEZIG)

    def stemgerechtigd(self) -> Self:
        """Who may vote at this meeting: there, and with voting right."""
        return self.aanwezig().filter(stemrecht=True)


class AdviesQuerySet(models.QuerySet["Advies"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        return self.filter(vergadering__loket__in=lok_lokets(gebruiker))

    def met_totalen(self) -> Self:
        """Add `aantal_voor`, `aantal_tegen` and `aantal_onthouding`."""
        return self.annotate(
            **{
                f"aantal_{keuze.value}": Count("stemmen", filter=Q(stemmen__keuze=keuze))
                for keuze in Stemkeuze
            }
        )

    def wacht_op_college(self) -> Self:
        """Adopted and sent to the college, which has not answered; the most urgent first."""
        return self.filter(antwoord_voor__isnull=False, opvolging=None).order_by(
            F("antwoord_voor").asc(), "pk"
        )
