"""What happened to the free places of the demo's provider: enough to read a history."""

from __future__ import annotations

import datetime as dt

from opvang.domain.bevestiglink import NAMENS_MAIL
from opvang.domain.vrije_plaatsen import bevestig_ongewijzigd, pas_vrij_aan
from opvang.models import Plaatsaanbod
from rapportage.demodata.verhalen import Accounts


def vul_vrije_plaatsen(accounts: Accounts, *, nu: dt.datetime) -> None:
    """A slip, its correction, and a month later the tap in the mail; the figures stay the same."""
    locatie, opvang = accounts.locatie, accounts.mensen["opvang"]
    aanbod = Plaatsaanbod.objects.filter(locatie=locatie, tot=None).order_by("pk").first()
    if aanbod is None:
        return
    vrij = aanbod.vrij
    for uren, cijfers in ((60, [aantal + 1 for aantal in vrij[:2]] + vrij[2:]), (59, vrij)):
        aanbod = pas_vrij_aan(
            aanbod,
            vrij=cijfers,
            verwachte_versie=aanbod.versie,
            door=opvang,
            nu=nu - dt.timedelta(hours=uren),
        )
    bevestig_ongewijzigd(locatie, door=None, nu=nu - dt.timedelta(days=2), namens=NAMENS_MAIL)
