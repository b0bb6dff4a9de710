"""The vocabulary of queries on the ground floor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from loket.workflow import Berichtstatus

if TYPE_CHECKING:
    from loket.models import (  # noqa: F401 -- named in the generic parameters below
        Bericht,
        Lidmaatschap,
        Loket,
    )


class LidmaatschapQuerySet(models.QuerySet["Lidmaatschap"]):
    def geldig_op(self, peildatum: dt.date) -> Self:
        return self.filter(Q(tot=None) | Q(tot__gt=peildatum), vanaf__lte=peildatum)


class LoketQuerySet(models.QuerySet["Loket"]):
    def zichtbaar_voor(self, gebruiker: Any) -> Self:
        """Lokets for which this person holds any role today."""
        if not gebruiker.is_authenticated:
            return self.none()
        return self.filter(pk__in={loket_id for loket_id, _ in gebruiker.rollen})

    def voor_gemeente(self, gemeente_id: int) -> Self:
        return self.filter(gemeenten=gemeente_id)


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def te_versturen(self, nu: dt.datetime, *, vastgelopen_voor: dt.datetime) -> Self:
        """Waiting mail whose time has come, and mail claimed by a worker that died before
        `vastgelopen_voor`.
        """
        return self.filter(
            Q(status=Berichtstatus.WACHT, volgende_poging_op__lte=nu)
            | Q(status=Berichtstatus.BEZIG, geclaimd_op__lt=vastgelopen_voor)
        )

    def over(self, onderwerp: models.Model) -> Self:
        return self.filter(onderwerp_soort=onderwerp._meta.label_lower, onderwerp_id=onderwerp.pk)
