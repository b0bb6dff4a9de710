"""A location says what is free: announce, change, confirm, replace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from loket.domain.fouten import IntussenGewijzigd
from loket.domain.logboek import Primitief, leg_vast
from loket.models import Gebruiker
from opvang.domain.keuren import (
    PERIODE_BESTAAT_NIET,
    Aanbodgegevens,
    OngeldigAanbod,
    keur,
    keur_vector,
)
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import AANTAL_DAGDELEN, tel_op
from opvang.workflow import Stand

#: How an event of free places is called in the logbook.
VERB = "opvang.vrije_plaatsen."


@dataclass(frozen=True, slots=True)
class Roosterregel:
    """The new numbers of one period, and what the page showed when they were typed."""

    vrij: tuple[int, ...]
    versie: int
    gezien: tuple[int, ...] | None = None


@transaction.atomic
def meld_vrij(
    locatie: Opvanglocatie,
    gegevens: Aanbodgegevens,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> Plaatsaanbod:
    """Announce free places for a period; zeros say that it is full: not the same as silence."""
    keur(gegevens)
    aanbod = Plaatsaanbod.objects.create(
        locatie=locatie,
        soort=gegevens.soort,
        vanaf=gegevens.vanaf,
        tot=gegevens.tot,
        leeftijd_vanaf=gegevens.leeftijd_vanaf,
        leeftijd_tot=gegevens.leeftijd_tot,
        plaatsen=list(gegevens.vrij),
        laatst_bevestigd=nu,
        bevestigd_door=door,
    )
    log("gemeld", aanbod, None, door=door, nu=nu, namens=namens)
    return aanbod


@transaction.atomic
def pas_vrij_aan(
    aanbod: Plaatsaanbod,
    *,
    vrij: Sequence[int],
    verwachte_versie: int,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
    gezien_vrij: Sequence[int] | None = None,
) -> Plaatsaanbod:
    """Set how many places are *still free*; what is taken stays taken.

    Guarantees: a place accepted at the same moment is never lost: the row is locked before it is
    read.
    Refuses: a stale page (IntussenGewijzigd), also when only a family took a place since the page
    showed `gezien_vrij`; numbers outside 0..200 (OngeldigAanbod). Confirms the figures as of now.
    """
    keur_vector(vrij)
    rij = _vergrendel(aanbod, verwachte_versie=verwachte_versie, gezien_vrij=gezien_vrij)
    _zet_vrij(rij, vrij, door=door, nu=nu, namens=namens)
    return rij


@transaction.atomic
def pas_rooster_aan(
    locatie: Opvanglocatie,
    regels: Mapping[int, Roosterregel],
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> None:
    """Set the free places of several periods of one location, by their id: all or nothing.

    Guarantees and refuses what `pas_vrij_aan` does; all rows are locked in one call.
    """
    for regel in regels.values():
        keur_vector(regel.vrij)
    rijen = {
        rij.pk: rij
        for rij in Plaatsaanbod.objects.vergrendeld().filter(locatie=locatie, pk__in=regels)
    }
    for pk, regel in regels.items():
        _keur_ongewijzigd(rijen.get(pk), regel.versie, regel.gezien)
    for pk, rij in rijen.items():
        _zet_vrij(rij, regels[pk].vrij, door=door, nu=nu, namens="")


@transaction.atomic
def wijzig_periode(
    aanbod: Plaatsaanbod,
    gegevens: Aanbodgegevens,
    *,
    verwachte_versie: int,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
    gezien_vrij: Sequence[int] | None = None,
) -> Plaatsaanbod:
    """Change dates, ages, kind and free places of one period; what is taken stays taken.

    Refuses what `meld_vrij` refuses, and a stale page as `pas_vrij_aan` does.
    """
    keur(gegevens)
    rij = _vergrendel(aanbod, verwachte_versie=verwachte_versie, gezien_vrij=gezien_vrij)
    was = momentopname(rij)
    _neem_over(rij, gegevens, door=door, nu=nu)
    log("gewijzigd", rij, was, door=door, nu=nu, namens=namens)
    return rij


@transaction.atomic
def haal_periode_weg(
    aanbod: Plaatsaanbod,
    *,
    verwachte_versie: int,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> None:
    """Take a period back; one out of which something was offered stays, with nothing free.

    Refuses a stale page (IntussenGewijzigd).
    """
    rij = _vergrendel(aanbod, verwachte_versie=verwachte_versie, gezien_vrij=None)
    _verwijder_of_maak_vol(rij, door=door, nu=nu, namens=namens)


@transaction.atomic
def bevestig_ongewijzigd(
    *locaties: Opvanglocatie,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
    gezien: Mapping[int, int] | None = None,
) -> int:
    """All that these locations said still holds: their periods that have not ended are fresh again.

    Gives the number of periods. Refuses (IntussenGewijzigd) when one is no longer as the page
    showed it: `gezien` is {period: versie}. All locations or none.
    """
    rijen = list(
        Plaatsaanbod.objects.vergrendeld()
        .filter(locatie__in=locaties)
        .nog_niet_voorbij(timezone.localdate(nu))
    )
    if gezien is not None and {rij.pk: rij.versie for rij in rijen} != dict(gezien):
        raise IntussenGewijzigd
    aantal = Plaatsaanbod.objects.filter(pk__in=[rij.pk for rij in rijen]).update(
        laatst_bevestigd=nu, bevestigd_door=door
    )
    for locatie in locaties:
        eigen = sum(rij.locatie_id == locatie.pk for rij in rijen)
        leg_vast(f"{VERB}bevestigd", locatie, door=door, nu=nu, namens=namens, aantal=eigen)
    return aantal


@transaction.atomic
def vervang_aanbod(
    locatie: Opvanglocatie,
    gegevens: Sequence[Aanbodgegevens],
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> list[Plaatsaanbod]:
    """Replace all free places of a location by this list: all that its back office knows.

    A period with an `id` of this location is changed, one without is new, one that is missing is
    removed; a removed period out of which places were taken or offered stays, with nothing free.
    All or nothing. Refuses an `id` that is not this location's.
    """
    for een in gegevens:
        keur(een)
    bestaand = {a.pk: a for a in Plaatsaanbod.objects.vergrendeld().filter(locatie=locatie)}
    genoemd = {een.id for een in gegevens if een.id is not None}
    if genoemd - bestaand.keys():
        raise OngeldigAanbod(PERIODE_BESTAAT_NIET)
    for pk, rij in bestaand.items():
        if pk not in genoemd:
            _verwijder_of_maak_vol(rij, door=door, nu=nu, namens=namens)
    uit: list[Plaatsaanbod] = []
    for een in gegevens:
        if een.id is None:
            uit.append(meld_vrij(locatie, een, door=door, nu=nu, namens=namens))
            continue
        rij = bestaand[een.id]
        was = momentopname(rij)
        _neem_over(rij, een, door=door, nu=nu)
        log("gewijzigd", rij, was, door=door, nu=nu, namens=namens)
        uit.append(rij)
    return uit


def stand_van(
    aanbod: Sequence[Plaatsaanbod],
    *,
    rooster_masker: int | None,
    nu: dt.datetime,
    vers_dagen: int,
    verborgen_dagen: int,
) -> Stand:
    """Is there room, and how sure is that? Pure: rows in, one of four answers out.

    Without any row, or with rows confirmed longer ago than `verborgen_dagen`: onbekend, never
    vol. Free and confirmed within `vers_dagen`: vrij; free but older: misschien. Otherwise vol.
    With a `rooster_masker` every asked dagdeel must be free in one period; without one (or an
    empty one, nothing was asked) any free dagdeel will do. `domain/stand.py` says the same in
    SQL.
    """
    grens = nu - dt.timedelta(days=verborgen_dagen)
    bekend = [rij for rij in aanbod if rij.laatst_bevestigd > grens]
    if not bekend:
        return Stand.ONBEKEND
    vrij = [rij for rij in bekend if heeft_plaats(rij, rooster_masker)]
    if not vrij:
        return Stand.VOL
    vers = nu - dt.timedelta(days=vers_dagen)
    return Stand.VRIJ if any(rij.laatst_bevestigd > vers for rij in vrij) else Stand.MISSCHIEN


def heeft_plaats(rij: Plaatsaanbod, masker: int | None) -> bool:
    """Say if every asked dagdeel is free in this period; without a question, if anything is."""
    vrij = rij.vrij
    if not masker:
        return any(aantal > 0 for aantal in vrij)
    return all(vrij[i] > 0 for i in range(AANTAL_DAGDELEN) if masker >> i & 1)


def _vergrendel(
    aanbod: Plaatsaanbod, *, verwachte_versie: int, gezien_vrij: Sequence[int] | None
) -> Plaatsaanbod:
    """Lock the row, then look: it must still be what the person saw, or be told that it is not."""
    rij = Plaatsaanbod.objects.vergrendeld().filter(pk=aanbod.pk).first()
    return _keur_ongewijzigd(rij, verwachte_versie, gezien_vrij)


def _keur_ongewijzigd(
    rij: Plaatsaanbod | None, versie: int, gezien_vrij: Sequence[int] | None
) -> Plaatsaanbod:
    if rij is None or rij.versie != versie:
        raise IntussenGewijzigd
    if gezien_vrij is not None and list(gezien_vrij) != rij.vrij:
        raise IntussenGewijzigd
    return rij


def _zet_vrij(
    rij: Plaatsaanbod, vrij: Sequence[int], *, door: Gebruiker | None, nu: dt.datetime, namens: str
) -> None:
    was = momentopname(rij)
    rij.plaatsen = tel_op(vrij, rij.ingenomen)
    rij.versie += 1
    rij.laatst_bevestigd, rij.bevestigd_door = nu, door
    rij.save(update_fields=["plaatsen", "versie", "laatst_bevestigd", "bevestigd_door"])
    log("gewijzigd", rij, was, door=door, nu=nu, namens=namens)


def _neem_over(
    rij: Plaatsaanbod, gegevens: Aanbodgegevens, *, door: Gebruiker | None, nu: dt.datetime
) -> None:
    rij.soort, rij.vanaf, rij.tot = gegevens.soort, gegevens.vanaf, gegevens.tot
    rij.leeftijd_vanaf, rij.leeftijd_tot = gegevens.leeftijd_vanaf, gegevens.leeftijd_tot
    rij.plaatsen = tel_op(gegevens.vrij, rij.ingenomen)
    rij.versie += 1
    rij.laatst_bevestigd, rij.bevestigd_door = nu, door
    rij.save()


def _verwijder_of_maak_vol(
    rij: Plaatsaanbod, *, door: Gebruiker | None, nu: dt.datetime, namens: str
) -> None:
    """Remove the period; one with an offer is history: it stays, with nothing free."""
    was, pk = momentopname(rij), rij.pk
    try:
        rij.delete()
    except ProtectedError:
        rij.plaatsen = list(rij.ingenomen)
        rij.versie += 1
        rij.laatst_bevestigd, rij.bevestigd_door = nu, door
        rij.save()
    rij.pk = pk
    log("weggehaald", rij, was, door=door, nu=nu, namens=namens)


# The logbook keeps what stood there before, so that it can be told and undone


def momentopname(rij: Plaatsaanbod) -> dict[str, Primitief]:
    """All that the provider decides about a period, as primitives."""
    return {
        "soort": str(rij.soort),
        "vanaf": rij.vanaf.isoformat(),
        "tot": rij.tot.isoformat() if rij.tot else None,
        "leeftijd_vanaf": rij.leeftijd_vanaf,
        "leeftijd_tot": rij.leeftijd_tot,
        "vrij": rij.vrij,
        "versie": rij.versie,
        "bevestigd": rij.laatst_bevestigd.isoformat(),
    }


def log(
    wat: str,
    rij: Plaatsaanbod,
    was: Mapping[str, Primitief] | None,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> None:
    """Record a change of one period: as it is now and, with `was_`, as it was before."""
    gegevens = {**momentopname(rij), **{f"was_{naam}": w for naam, w in (was or {}).items()}}
    leg_vast(
        f"{VERB}{wat}",
        rij.locatie,
        door=door,
        nu=nu,
        loket=None,
        namens=namens,
        aanbod=rij.pk,
        **gegevens,
    )
