"""Who comes, and who was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from lok_overleg.domain.fouten import NogNietBegonnen, Vastgelegd, Weigering
from lok_overleg.domain.status import verander_vergadering, vergrendel
from lok_overleg.models import Aanwezigheid, Vergadering
from lok_overleg.workflow import ANTWOORDEN, VASTGESTELD, Aanwezigheidsstand, Vergaderstatus
from loket.domain.logboek import leg_vast

if TYPE_CHECKING:
    from loket.models import Gebruiker


@transaction.atomic
def antwoord(
    aanwezigheid: Aanwezigheid,
    stand: Aanwezigheidsstand,
    *,
    nu: dt.datetime,
    door: Gebruiker | None = None,
) -> None:
    """Note whether a member comes; they may change their mind until attendance was noted.

    Refuses after the meeting was held or called off (Vastgelegd) and an answer that is none.
    """
    rij = vergrendel(aanwezigheid.vergadering)
    if rij.status != Vergaderstatus.UITGENODIGD:
        raise Vastgelegd(_("Antwoorden kan niet meer: de vergadering is voorbij of afgelast."))
    if stand not in ANTWOORDEN:
        raise Weigering(_("Kies of je komt of niet."))
    Aanwezigheid.objects.filter(pk=aanwezigheid.pk).update(stand=stand, geantwoord_op=nu)
    leg_vast(
        f"lok.antwoord.{stand.value}",
        rij,
        door=door,
        nu=nu,
        loket=rij.loket,
        namens="" if door else "lid",
        lid=aanwezigheid.lid_id,
    )
    aanwezigheid.refresh_from_db()


@transaction.atomic
def noteer_aanwezigheid(
    vergadering: Vergadering,
    standen: Mapping[int, Aanwezigheidsstand],
    *,
    door: Gebruiker,
    nu: dt.datetime,
) -> None:
    """Note who was there (`standen`: id of the aanwezigheid -> stand); the meeting was then held.

    Whoever is not named was absent, unless they had sent their excuses. Name and voting right are
    copied from the member as of now. May be corrected until the minutes are published. Refuses
    before the meeting began (NogNietBegonnen), after publication (Vastgelegd), and to send away
    whoever voted.
    """
    rij = vergrendel(vergadering)
    if rij.status not in {Vergaderstatus.UITGENODIGD, Vergaderstatus.GEHOUDEN}:
        raise Vastgelegd
    if nu < rij.begint_op:
        raise NogNietBegonnen
    wie = list(
        rij.aanwezigheden.select_for_update(of=("self",)).select_related("lid").order_by("pk")
    )
    gestemd = set(rij.aanwezigheden.exclude(stemmen=None).values_list("pk", flat=True))
    for aanwezigheid in wie:
        verontschuldigd = aanwezigheid.stand == Aanwezigheidsstand.VERONTSCHULDIGD
        stand = standen.get(
            aanwezigheid.pk,
            Aanwezigheidsstand.VERONTSCHULDIGD if verontschuldigd else Aanwezigheidsstand.AFWEZIG,
        )
        if stand not in VASTGESTELD:
            raise Weigering(_("Kies voor elk lid: aanwezig, verontschuldigd of afwezig."))
        if aanwezigheid.pk in gestemd:
            if stand != Aanwezigheidsstand.AANWEZIG:
                raise Weigering(
                    _("%(naam)s heeft gestemd en was er dus. Pas eerst de stemming aan.")
                    % {"naam": aanwezigheid.naam}
                )
        else:
            aanwezigheid.stemrecht = aanwezigheid.lid.stemrecht
            aanwezigheid.naam = aanwezigheid.lid.naam
        aanwezigheid.stand = stand
    Aanwezigheid.objects.bulk_update(wie, ["stand", "stemrecht", "naam"])
    if rij.status == Vergaderstatus.UITGENODIGD:
        verander_vergadering(rij, Vergaderstatus.GEHOUDEN, door=door, nu=nu)
    leg_vast(
        "lok.aanwezigheid.genoteerd",
        rij,
        door=door,
        nu=nu,
        loket=rij.loket,
        aanwezig=sum(a.stand == Aanwezigheidsstand.AANWEZIG for a in wie),
        leden=len(wie),
    )
