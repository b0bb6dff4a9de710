"""Change how a plan looks for places, and the number of children that the loket doesn't know."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from aanvragen.domain.noodplan.starten import Plangegevens
from aanvragen.models import Noodplan
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker


@transaction.atomic
def stel_in(
    noodplan: Noodplan, gegevens: Plangegevens, *, door: Gebruiker, nu: dt.datetime
) -> None:
    """Keep the new figures; the log says who changed them to what."""
    Noodplan.objects.filter(pk=noodplan.pk).update(
        dagen=gegevens.dagen,
        straal_km=gegevens.straal_km,
        onbekende_kinderen=gegevens.onbekende_kinderen,
    )
    leg_vast(
        "aanvragen.noodplan.ingesteld",
        noodplan,
        door=door,
        nu=nu,
        loket=noodplan.loket,
        dagen=gegevens.dagen,
        straal_km=gegevens.straal_km,
        onbekende_kinderen=gegevens.onbekende_kinderen,
    )
    noodplan.refresh_from_db()
