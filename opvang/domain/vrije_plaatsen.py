"""A location says what is free: announce, change, confirm, replace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.domain.fouten import IntussenGewijzigd, Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import AANTAL_DAGDELEN, tel_op
from opvang.workflow import Aanbodsoort, Stand

#: More free places on one dagdeel than any location has: a typing error.
MEESTE_PLAATSEN = 200


class OngeldigAanbod(Weigering):
    standaard = gettext_lazy(
        "Een aantal vrije plaatsen is een getal van 0 tot 200 voor elk dagdeel."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanbodgegevens:
    """One period with places *still free* per dagdeel (14 numbers); `id` names an existing one."""

    vanaf: dt.date
    vrij: tuple[int, ...]
    tot: dt.date | None = None
    soort: str = Aanbodsoort.REGULIER
    leeftijd_vanaf: int = 0
    leeftijd_tot: int = 36
    id: int | None = None


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
    _keur(gegevens)
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
    _log("gemeld", aanbod, door=door, nu=nu, namens=namens)
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
    _keur_vector(vrij)
    rij = _vergrendel(aanbod, verwachte_versie=verwachte_versie, gezien_vrij=gezien_vrij)
    rij.plaatsen = tel_op(vrij, rij.ingenomen)
    rij.versie += 1
    rij.laatst_bevestigd = nu
    rij.bevestigd_door = door
    rij.save(update_fields=["plaatsen", "versie", "laatst_bevestigd", "bevestigd_door"])
    _log("gewijzigd", rij, door=door, nu=nu, namens=namens)
    return rij


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
    _keur(gegevens)
    rij = _vergrendel(aanbod, verwachte_versie=verwachte_versie, gezien_vrij=gezien_vrij)
    _neem_over(rij, gegevens, door=door, nu=nu)
    _log("gewijzigd", rij, door=door, nu=nu, namens=namens)
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
    pk = rij.pk
    _verwijder_of_maak_vol(rij, door=door, nu=nu)
    leg_vast(
        "opvang.vrije_plaatsen.weggehaald", rij.locatie, door=door, nu=nu, namens=namens, aanbod=pk
    )


@transaction.atomic
def bevestig_ongewijzigd(
    locatie: Opvanglocatie,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
    gezien: Mapping[int, int] | None = None,
) -> int:
    """All that this location said still holds: its periods that have not ended are fresh again.

    Gives their number. Refuses (IntussenGewijzigd) when a period is no longer as the page showed
    it: `gezien` is {period: versie}.
    """
    rijen = list(
        Plaatsaanbod.objects.vergrendeld()
        .filter(locatie=locatie)
        .nog_niet_voorbij(timezone.localdate(nu))
    )
    if gezien is not None and {rij.pk: rij.versie for rij in rijen} != dict(gezien):
        raise IntussenGewijzigd
    aantal = Plaatsaanbod.objects.filter(pk__in=[rij.pk for rij in rijen]).update(
        laatst_bevestigd=nu, bevestigd_door=door
    )
    leg_vast(
        "opvang.vrije_plaatsen.bevestigd", locatie, door=door, nu=nu, namens=namens, aantal=aantal
    )
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
        _keur(een)
    bestaand = {a.pk: a for a in Plaatsaanbod.objects.vergrendeld().filter(locatie=locatie)}
    genoemd = {een.id for een in gegevens if een.id is not None}
    if genoemd - bestaand.keys():
        raise OngeldigAanbod(_("Een van de periodes bestaat niet bij deze locatie."))
    for pk, rij in bestaand.items():
        if pk not in genoemd:
            _verwijder_of_maak_vol(rij, door=door, nu=nu)
    uit: list[Plaatsaanbod] = []
    for een in gegevens:
        if een.id is None:
            uit.append(meld_vrij(locatie, een, door=door, nu=nu, namens=namens))
            continue
        rij = bestaand[een.id]
        _neem_over(rij, een, door=door, nu=nu)
        _log("gewijzigd", rij, door=door, nu=nu, namens=namens)
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
    if rij is None or rij.versie != verwachte_versie:
        raise IntussenGewijzigd
    if gezien_vrij is not None and list(gezien_vrij) != rij.vrij:
        raise IntussenGewijzigd
    return rij


def _neem_over(
    rij: Plaatsaanbod, gegevens: Aanbodgegevens, *, door: Gebruiker | None, nu: dt.datetime
) -> None:
    rij.soort, rij.vanaf, rij.tot = gegevens.soort, gegevens.vanaf, gegevens.tot
    rij.leeftijd_vanaf, rij.leeftijd_tot = gegevens.leeftijd_vanaf, gegevens.leeftijd_tot
    rij.plaatsen = tel_op(gegevens.vrij, rij.ingenomen)
    rij.versie += 1
    rij.laatst_bevestigd, rij.bevestigd_door = nu, door
    rij.save()


def _verwijder_of_maak_vol(rij: Plaatsaanbod, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Remove the period; one with an offer is history: it stays, with nothing free."""
    try:
        rij.delete()
    except ProtectedError:
        rij.plaatsen = list(rij.ingenomen)
        rij.versie += 1
        rij.laatst_bevestigd, rij.bevestigd_door = nu, door
        rij.save()


def _keur(gegevens: Aanbodgegevens) -> None:
    _keur_vector(gegevens.vrij)
    if gegevens.tot is not None and gegevens.tot <= gegevens.vanaf:
        raise OngeldigAanbod(_("De periode eindigt voor ze begint."))
    if gegevens.soort not in Aanbodsoort.values:
        raise OngeldigAanbod(_("Deze soort plaats bestaat niet."))
    if not 0 <= gegevens.leeftijd_vanaf < gegevens.leeftijd_tot:
        raise OngeldigAanbod(_("De leeftijd loopt van een kleiner naar een groter aantal maanden."))


def _keur_vector(vrij: Sequence[int]) -> None:
    if len(vrij) != AANTAL_DAGDELEN or any(not 0 <= n <= MEESTE_PLAATSEN for n in vrij):
        raise OngeldigAanbod


def _log(
    wat: str, aanbod: Plaatsaanbod, *, door: Gebruiker | None, nu: dt.datetime, namens: str
) -> None:
    leg_vast(
        f"opvang.vrije_plaatsen.{wat}",
        aanbod.locatie,
        door=door,
        nu=nu,
        namens=namens,
        aanbod=aanbod.pk,
        vanaf=aanbod.vanaf.isoformat(),
        vrij=aanbod.vrij,
    )
