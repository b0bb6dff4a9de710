"""A family moves: its questions stay where they are, with the new address."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.rust import vergrendel_gezinnen
from aanvragen.models import Opvangvraag
from aanvragen.workflow import AFGESLOTEN_VRAGEN
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Gemeente, Loket


@transaction.atomic
def verhuis(
    vraag: Opvangvraag,
    *,
    straat: str,
    huisnummer: str,
    postcode: str,
    gemeente: Gemeente,
    wijk_id: int | None,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> Loket | None:
    """Note the family's new address. Gives the loket that helps families there, when it is another.

    Guarantees: no question stops or moves by it, at any loket: the family decides that itself. The
    address is the household's, so it counts for all its children. Refuses a question that ended.
    """
    gezin = vraag.kind.gezin
    vergrendel_gezinnen([gezin.pk])
    vraag.refresh_from_db(fields=["status"])
    if vraag.status in AFGESLOTEN_VRAGEN:
        raise OngeldigeOvergang
    gezin.straat, gezin.huisnummer, gezin.postcode = straat, huisnummer, postcode
    gezin.gemeente, gezin.wijk_id = gemeente, wijk_id
    gezin.save(update_fields=["straat", "huisnummer", "postcode", "gemeente", "wijk"])
    lokets = list(Loket.objects.voor_gemeente(gemeente.pk).order_by("pk"))
    anders = vraag.loket not in lokets
    leg_vast(
        "aanvragen.gezin.verhuisd", vraag, door=door, nu=nu, loket=vraag.loket, ander_loket=anders
    )
    return lokets[0] if anders and lokets else None
