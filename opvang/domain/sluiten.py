"""A location closes: record it, and take back what it offers from that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket
from opvang.models import Opvanglocatie, Plaatsaanbod, Sluiting, Sluitingsoort


class AlGemeld(Weigering):
    standaard = gettext_lazy("Voor deze opvang is er al een sluiting gemeld in die periode.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sluitinggegevens:
    """What is known of a closing; `bron` says how the loket knows."""

    soort: str
    vanaf: dt.date
    bron: str
    tot: dt.date | None = None


def vergrendel_locatie(locatie: Opvanglocatie) -> Opvanglocatie:
    """Lock the location, so that two people don't record its closing at once.

    Without the key (`no_key`): who accepts an offer there at this moment must be able to point at
    it.
    """
    return Opvanglocatie.objects.select_for_update(no_key=True).get(pk=locatie.pk)


@transaction.atomic
def meld_sluiting(
    locatie: Opvanglocatie,
    gegevens: Sluitinggegevens,
    *,
    loket: Loket,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> Sluiting:
    """Record that a location gives no care from a day on; it offers nothing from then.

    Guarantees: one closing for good per location, no two suspensions at once. Refuses the second
    (AlGemeld), an end of what has none, and an end before the begin. Causes: its periods of free
    places end on that day. What families already have there is the business of the noodplan.
    """
    _keur(gegevens)
    vergrendel_locatie(locatie)
    if _loopt_al(locatie, gegevens):
        raise AlGemeld
    sluiting = Sluiting.objects.create(
        locatie=locatie,
        soort=gegevens.soort,
        vanaf=gegevens.vanaf,
        tot=gegevens.tot,
        bron=gegevens.bron,
        aangemaakt_door=door,
        aangemaakt_op=nu,
    )
    # All its rows, in pk order: who undoes a placement there frees places in any of them.
    rijen = list(Plaatsaanbod.objects.vergrendeld().filter(locatie=locatie))
    geraakt = [rij.pk for rij in rijen if sluiting.raakt(rij.vanaf, rij.tot)]
    # The trigger cuts each period that is written (opvang/0010_sluitingen); a stale page is told.
    Plaatsaanbod.objects.filter(pk__in=geraakt).update(
        plaatsen=F("plaatsen"), versie=F("versie") + 1
    )
    leg_vast(
        "opvang.sluiting.gemeld",
        locatie,
        door=door,
        nu=nu,
        loket=loket,
        soort=gegevens.soort,
        vanaf=gegevens.vanaf.isoformat(),
    )
    return sluiting


def _loopt_al(locatie: Opvanglocatie, gegevens: Sluitinggegevens) -> bool:
    bestaand = Sluiting.objects.die_telt().filter(locatie=locatie)
    if gegevens.soort != Sluitingsoort.SCHORSING:
        return bestaand.exclude(soort=Sluitingsoort.SCHORSING).exists()
    return any(
        een.raakt(gegevens.vanaf, gegevens.tot)
        for een in bestaand.filter(soort=Sluitingsoort.SCHORSING)
    )


def _keur(gegevens: Sluitinggegevens) -> None:
    if gegevens.soort not in Sluitingsoort.values:
        raise Weigering(_("Kies wat er beslist is."))
    if gegevens.tot is not None and gegevens.soort != Sluitingsoort.SCHORSING:
        raise Weigering(_("Alleen een schorsing heeft een einde."))
    if gegevens.tot is not None and gegevens.tot <= gegevens.vanaf:
        raise Weigering(_("De schorsing eindigt voor ze begint."))
