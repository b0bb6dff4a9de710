"""Undo the last change of a location's free places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy

from loket.domain.fouten import IntussenGewijzigd, Weigering
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Gebeurtenis, Gebruiker
from opvang.domain.vrije_plaatsen import VERB, log, momentopname
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import tel_op

_TERUG_TE_DRAAIEN = frozenset(f"{VERB}{wat}" for wat in ("gemeld", "gewijzigd", "weggehaald"))
#: A change that is older than this is no slip any more.
ZOLANG = dt.timedelta(hours=24)


class AlUitVoorgesteld(Weigering):
    standaard = gettext_lazy(
        "Uit deze periode stelde je al een plaats voor. Terugdraaien kan dan niet meer."
    )


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What was changed in one go, newest first; `nummer` names it."""

    gebeurtenissen: Sequence[Gebeurtenis]

    @property
    def nummer(self) -> int:
        return self.gebeurtenissen[0].pk

    @property
    def door(self) -> Gebruiker | None:
        return self.gebeurtenissen[0].door


def terug_te_draaien(
    locatie: Opvanglocatie, rijen: Mapping[int, Plaatsaanbod], *, nu: dt.datetime
) -> Wijziging | None:
    """Find the last change, when nothing happened since and it may still be a slip.

    `rijen` are the location's periods by their id. A confirmation, an undo, or a family that took
    a place is something that happened since.
    """
    recent = list(
        gebeurtenissen_van(locatie).filter(werkwoord__startswith=VERB, op__gt=nu - ZOLANG)[:200]
    )
    if not recent or recent[0].werkwoord not in _TERUG_TE_DRAAIEN:
        return None
    laatst = recent[0]
    samen = [g for g in recent if (g.op, g.door_id) == (laatst.op, laatst.door_id)]
    if all(_staat_er_nog(g, rijen.get(g.gegevens["aanbod"])) for g in samen):
        return Wijziging(samen)
    return None


def _staat_er_nog(gebeurtenis: Gebeurtenis, rij: Plaatsaanbod | None) -> bool:
    """Say if a period is still as this event left it."""
    if rij is None:
        return gebeurtenis.werkwoord == f"{VERB}weggehaald"
    gegevens = gebeurtenis.gegevens
    return (rij.versie, rij.vrij) == (gegevens["versie"], gegevens["vrij"])


@transaction.atomic
def maak_ongedaan(
    locatie: Opvanglocatie, *, nummer: int, door: Gebruiker | None, nu: dt.datetime
) -> int:
    """Put back what stood there before the change `nummer`; gives how many periods.

    Guarantees: all of that change or nothing; what is taken stays taken. An undo confirms nothing:
    the figures are as old again as they were.
    Refuses (IntussenGewijzigd) when anything changed since, also when a family took a place; and
    to take back a new period out of which something was offered (AlUitVoorgesteld).
    """
    # The location first, so that two undos of a removed period meet here.
    Opvanglocatie.objects.select_for_update(no_key=True).get(pk=locatie.pk)
    rijen = {rij.pk: rij for rij in Plaatsaanbod.objects.vergrendeld().filter(locatie=locatie)}
    wijziging = terug_te_draaien(locatie, rijen, nu=nu)
    if wijziging is None or wijziging.nummer != nummer:
        raise IntussenGewijzigd
    for gebeurtenis in wijziging.gebeurtenissen:
        gegevens = gebeurtenis.gegevens
        rij = rijen.get(gegevens["aanbod"])
        if "was_vanaf" in gegevens:
            _zet_terug(rij, locatie, gegevens, door=door, nu=nu)
        else:
            assert rij is not None  # a new period that is gone is not as it was left
            _haal_weg(rij, door=door, nu=nu)
    return len(wijziging.gebeurtenissen)


def _haal_weg(rij: Plaatsaanbod, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Take back a period that was new."""
    was, pk = momentopname(rij), rij.pk
    try:
        rij.delete()
    except ProtectedError as fout:
        raise AlUitVoorgesteld from fout
    rij.pk = pk
    log("teruggedraaid_weg", rij, was, door=door, nu=nu)


def _zet_terug(
    rij: Plaatsaanbod | None,
    locatie: Opvanglocatie,
    gegevens: Mapping[str, Any],
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> None:
    """Give a period its earlier figures and dates; one that was removed comes back as new."""
    was = momentopname(rij) if rij is not None else None
    rij = rij or Plaatsaanbod(locatie=locatie, versie=0)
    rij.soort = gegevens["was_soort"]
    rij.vanaf = dt.date.fromisoformat(gegevens["was_vanaf"])
    einde = gegevens["was_tot"]
    rij.tot = dt.date.fromisoformat(einde) if einde else None
    rij.leeftijd_vanaf = gegevens["was_leeftijd_vanaf"]
    rij.leeftijd_tot = gegevens["was_leeftijd_tot"]
    rij.plaatsen = tel_op(gegevens["was_vrij"], rij.ingenomen)
    rij.versie += 1
    rij.laatst_bevestigd = dt.datetime.fromisoformat(gegevens["was_bevestigd"])
    rij.bevestigd_door = door
    rij.save()
    log("teruggedraaid", rij, was, door=door, nu=nu)
