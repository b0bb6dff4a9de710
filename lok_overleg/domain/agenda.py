"""The agenda: points in an order, until the meeting was held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.db.models import Max

from lok_overleg.domain.fouten import Vastgelegd
from lok_overleg.domain.status import vergrendel
from lok_overleg.models import Agendapunt, Vergadering
from lok_overleg.workflow import KOMEND, Puntsoort, Vergaderstatus
from loket.domain.logboek import leg_vast

if TYPE_CHECKING:
    from loket.models import Gebruiker


@dataclass(frozen=True, slots=True, kw_only=True)
class Puntgegevens:
    titel: str
    soort: str = Puntsoort.BESPREKING
    toelichting: str = ""
    duur: int | None = None


@transaction.atomic
def voeg_punt_toe(
    vergadering: Vergadering, gegevens: Puntgegevens, *, door: Gebruiker, nu: dt.datetime
) -> Agendapunt:
    """Add a point at the end of the agenda.

    Allowed until the minutes are published: what came up during the meeting belongs in them.
    """
    rij = vergrendel(vergadering)
    if rij.status not in KOMEND | {Vergaderstatus.GEHOUDEN}:
        raise Vastgelegd
    laatste = rij.agendapunten.aggregate(laatste=Max("volgorde"))["laatste"] or 0
    punt = Agendapunt.objects.create(
        vergadering=rij,
        volgorde=laatste + 1,
        titel=gegevens.titel,
        soort=gegevens.soort,
        toelichting=gegevens.toelichting,
        duur=gegevens.duur,
    )
    leg_vast("lok.agenda.toegevoegd", rij, door=door, nu=nu, loket=rij.loket, punt=punt.titel)
    return punt


@transaction.atomic
def wijzig_punt(
    punt: Agendapunt, gegevens: Puntgegevens, *, door: Gebruiker, nu: dt.datetime
) -> None:
    """Change a point. Refuses after the meeting (Vastgelegd): that was the agenda."""
    rij = _komende(punt)
    punt.titel, punt.soort = gegevens.titel, gegevens.soort
    punt.toelichting, punt.duur = gegevens.toelichting, gegevens.duur
    punt.save(update_fields=["titel", "soort", "toelichting", "duur"])
    leg_vast("lok.agenda.gewijzigd", rij, door=door, nu=nu, loket=rij.loket, punt=punt.titel)


@transaction.atomic
def verplaats_punt(
    punt: Agendapunt,
    richting: Literal["omhoog", "omlaag"],
    *,
    door: Gebruiker,
    nu: dt.datetime,
) -> None:
    """Let a point change places with its neighbour; at the end of the list nothing happens."""
    rij = _komende(punt)
    punten = list(rij.agendapunten.order_by("volgorde"))
    plek = punten.index(punt)
    buur = plek + (1 if richting == "omlaag" else -1)
    if not 0 <= buur < len(punten):
        return
    een, ander = punten[plek], punten[buur]
    een.volgorde, ander.volgorde = ander.volgorde, een.volgorde
    Agendapunt.objects.bulk_update([een, ander], ["volgorde"])
    leg_vast("lok.agenda.verplaatst", rij, door=door, nu=nu, loket=rij.loket, punt=een.titel)


@transaction.atomic
def verwijder_punt(punt: Agendapunt, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Take a point off the agenda; an advice that was tied to it stays."""
    rij = _komende(punt)
    leg_vast("lok.agenda.geschrapt", rij, door=door, nu=nu, loket=rij.loket, punt=punt.titel)
    punt.delete()


def _komende(punt: Agendapunt) -> Vergadering:
    rij = vergrendel(punt.vergadering)
    if rij.status not in KOMEND:
        raise Vastgelegd
    return rij
