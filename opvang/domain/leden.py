"""Let somebody act for an organisator, or no longer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import OrganisatorLid


@transaction.atomic
def bewaar_lid(lid: OrganisatorLid, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Write who may answer for an organisator, and who decided that."""
    nieuw = lid.pk is None
    lid.save()
    leg_vast(
        "opvang.lid_toegevoegd" if nieuw else "opvang.lid_gewijzigd",
        lid.organisator,
        door=door,
        nu=nu,
        gebruiker=lid.gebruiker_id,
        vanaf=lid.vanaf.isoformat(),
        tot=lid.tot.isoformat() if lid.tot else None,
    )
