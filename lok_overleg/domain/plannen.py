"""Plan a meeting, change it, or call it off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from lok_overleg.domain.fouten import Vastgelegd
from lok_overleg.domain.status import verander_vergadering, vergrendel
from lok_overleg.domain.uitnodigen import meld_afgelast, verstuur_uitnodiging
from lok_overleg.models import Aanwezigheid, Vergadering
from lok_overleg.workflow import KOMEND, Aanwezigheidsstand, Vergaderstatus
from loket.domain.logboek import leg_vast

if TYPE_CHECKING:
    from loket.models import Gebruiker, Loket


@dataclass(frozen=True, slots=True, kw_only=True)
class Vergadergegevens:
    titel: str
    begint_op: dt.datetime
    duur: int
    plaats: str


@transaction.atomic
def plan(
    gegevens: Vergadergegevens, *, loket: Loket, door: Gebruiker, nu: dt.datetime
) -> Vergadering:
    """Plan a meeting; nobody is told before the chair invites."""
    vergadering = Vergadering.objects.create(
        loket=loket,
        titel=gegevens.titel,
        begint_op=gegevens.begint_op,
        duur=gegevens.duur,
        plaats=gegevens.plaats,
        aangemaakt_op=nu,
    )
    leg_vast("lok.vergadering.gepland", vergadering, door=door, nu=nu, loket=loket)
    return vergadering


@transaction.atomic
def wijzig(
    vergadering: Vergadering, gegevens: Vergadergegevens, *, door: Gebruiker, nu: dt.datetime
) -> bool:
    """Change date, place or title. Says whether the members were told.

    After the invitation every change goes to all members at once, as the same appointment with a
    higher SEQUENCE. Another moment asks everybody anew whether they come; answers to another place
    or title stay. Refuses a meeting that was held or called off (Vastgelegd).
    """
    rij = vergrendel(vergadering)
    if rij.status not in KOMEND:
        raise Vastgelegd
    was = Vergadergegevens(
        titel=rij.titel, begint_op=rij.begint_op, duur=rij.duur, plaats=rij.plaats
    )
    if was == gegevens:
        return False
    rij.titel, rij.plaats = gegevens.titel, gegevens.plaats
    rij.begint_op, rij.duur = gegevens.begint_op, gegevens.duur
    rij.save(update_fields=["titel", "plaats", "begint_op", "duur"])
    leg_vast("lok.vergadering.gewijzigd", rij, door=door, nu=nu, loket=rij.loket)
    if rij.status != Vergaderstatus.UITGENODIGD:
        return False
    if was.begint_op != gegevens.begint_op:
        Aanwezigheid.objects.filter(vergadering=rij).update(
            stand=Aanwezigheidsstand.UITGENODIGD, geantwoord_op=None
        )
    verstuur_uitnodiging(rij, nu=nu, gewijzigd=True)
    return True


@transaction.atomic
def las_af(vergadering: Vergadering, *, reden: str, door: Gebruiker, nu: dt.datetime) -> None:
    """Call the meeting off. Whoever was invited is told why, and the appointment is cancelled.

    Refuses a meeting that was held already (OngeldigeOvergang).
    """
    rij = vergrendel(vergadering)
    was_uitgenodigd = rij.status == Vergaderstatus.UITGENODIGD
    verander_vergadering(rij, Vergaderstatus.AFGELAST, door=door, nu=nu, reden=reden)
    if was_uitgenodigd:
        meld_afgelast(rij, nu=nu)
