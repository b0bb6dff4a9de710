"""The vocabulary of queries on reports and populations."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from loket.models import Rol
from rapportage.workflow import Rapportstatus

if TYPE_CHECKING:
    from rapportage.models import CapaciteitsRapport, Kinderaantal  # noqa: F401 -- type parameters

#: Who reads the reports of a loket: its staff, who also ask for them, and its schepen.
LEZERS = (Rol.LOKETMEDEWERKER, Rol.SCHEPEN)


class CapaciteitsRapportQuerySet(models.QuerySet["CapaciteitsRapport"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        """The reports of the lokets where somebody is staff or schepen today."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(loket__in=gebruiker.lokets_als(*LEZERS))

    def klaar(self) -> Self:
        return self.filter(status=Rapportstatus.KLAAR)

    def zonder_inhoud(self) -> Self:
        """Without the figures and the PDF, which are large and which a list does not show."""
        return self.defer("gegevens", "pdf")

    def laatste_per_loket(self) -> Self:
        """Of each loket the finished report of the latest day; of two, the one made last."""
        return (
            self.klaar()
            .order_by("loket_id", "-peildatum", "-afgerond_op", "-pk")
            .distinct("loket_id")
        )

    def achtergebleven(self, *, gevraagd_voor: dt.datetime, stil_sinds: dt.datetime) -> Self:
        """Asked for and not picked up, or picked up by a worker that fell silent."""
        return self.filter(
            Q(status=Rapportstatus.AANGEVRAAGD, aangevraagd_op__lt=gevraagd_voor)
            | Q(status=Rapportstatus.BEZIG, hartslag_op__lt=stil_sinds)
        )


class KinderaantalQuerySet(models.QuerySet["Kinderaantal"]):
    def laatste_per_gemeente(self, peildatum: dt.date) -> Self:
        """Of each municipality the last population that is known on or before `peildatum`."""
        return (
            self.filter(peildatum__lte=peildatum)
            .order_by("gemeente_id", "-peildatum")
            .distinct("gemeente_id")
        )
