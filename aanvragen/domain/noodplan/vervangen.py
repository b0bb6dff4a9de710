"""Temporary replacement capacity (tijdelijke vervangcapaciteit) at a location that is willing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import Weigering
from aanvragen.models import Noodplan, Vervangcapaciteit
from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.domain.adressen import adressen_van
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.vrije_plaatsen import meld_vrij
from opvang.models import Opvanglocatie
from opvang.weekrooster import AANTAL_DAGDELEN, Weekrooster

_MAANDEN_PER_JAAR = 12
NAMENS = "noodplan"


@dataclass(frozen=True, slots=True)
class Vervangregel:
    """For how long temporary replacement places may stay, from a day on."""

    vanaf: dt.date
    maanden: int
    bron: str


#: Newest last. Opgroeien pays presences only, without the full inkomenstarief regime (domein.md
#: §1.7, OPG-FAQ).
REGELS: tuple[Vervangregel, ...] = (
    Vervangregel(dt.date(2022, 12, 9), 18, "vrt.be 9-12-2022 (domein.md §1.7)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vervanggegevens:
    """So many places on these days, until a day; who at the location agreed, and when."""

    aantal: int
    rooster: Weekrooster
    vanaf: dt.date
    tot: dt.date
    akkoord_van: str
    akkoord_op: dt.date


def uiterlijk_tot(vanaf: dt.date) -> dt.date | None:
    """The last possible end of temporary places that open on this day; None before any rule."""
    regel = next((een for een in reversed(REGELS) if een.vanaf <= vanaf), None)
    return None if regel is None else _maanden_later(vanaf, regel.maanden)


def _maanden_later(dag: dt.date, maanden: int) -> dt.date:
    """The same day so many months later, or the last day of that month."""
    jaar, maand = divmod(dag.month - 1 + maanden, _MAANDEN_PER_JAAR)
    for dagnummer in range(dag.day, dag.day - 4, -1):
        try:
            return dt.date(dag.year + jaar, maand + 1, dagnummer)
        except ValueError:
            continue
    raise ValueError(dag)


@transaction.atomic
def open_vervangplaatsen(
    noodplan: Noodplan,
    locatie: Opvanglocatie,
    gegevens: Vervanggegevens,
    *,
    door: Gebruiker,
    nu: dt.datetime,
) -> Vervangcapaciteit:
    """Open temporary places at a location, in this werkingsgebied or over its border.

    Guarantees: an ordinary period of free places that anybody may ask for (it may not be limited
    to own residents), with an end and a mark of its own. Refuses: the closing location itself, one
    that parents can't find, longer than the rule of that day allows (18 months), no agreement.
    Causes: a mail to that provider, so that it knows what stands in its name.
    """
    if locatie.pk == noodplan.sluiting.locatie_id:
        raise Weigering(_("Dit is de opvang die sluit. Kies een andere opvang."))
    if not Opvanglocatie.objects.publiek().filter(pk=locatie.pk).exists():
        raise Weigering(_("Deze opvang is niet te vinden voor ouders."))
    if not gegevens.akkoord_van.strip():
        raise Weigering(_("Noteer wie bij de opvang ja zei: zonder akkoord kan het niet."))
    grens = uiterlijk_tot(gegevens.vanaf)
    if grens is not None and gegevens.tot > grens:
        raise Weigering(
            _("Tijdelijke vervangplaatsen kunnen tot %(dag)s, niet langer.")
            % {"dag": date_format(grens, "j F Y")}
        )
    if gegevens.aantal < 1 or not gegevens.rooster:
        raise Weigering(_("Geef minstens één plaats op minstens één dag."))
    aanbod = meld_vrij(
        locatie,
        Aanbodgegevens(
            vanaf=gegevens.vanaf,
            tot=gegevens.tot,
            vrij=tuple(
                gegevens.aantal if i in gegevens.rooster else 0 for i in range(AANTAL_DAGDELEN)
            ),
        ),
        door=door,
        nu=nu,
        namens=NAMENS,
    )
    rij = Vervangcapaciteit.objects.create(
        noodplan=noodplan,
        locatie=locatie,
        plaatsaanbod=aanbod,
        aantal=gegevens.aantal,
        vanaf=gegevens.vanaf,
        tot=gegevens.tot,
        akkoord_van=gegevens.akkoord_van.strip(),
        akkoord_op=gegevens.akkoord_op,
        door=door,
        gemaakt_op=nu,
    )
    leg_vast(
        "aanvragen.noodplan.vervangplaatsen",
        noodplan,
        door=door,
        nu=nu,
        loket=noodplan.loket,
        locatie=locatie.naam,
        aantal=gegevens.aantal,
        tot=gegevens.tot.isoformat(),
    )
    for adres in adressen_van(locatie):
        leg_klaar(
            "aanvragen/noodplan_vervangplaatsen",
            aan=adres,
            nu=nu,
            loket=noodplan.loket,
            onderwerp=noodplan,
            context={"vervang": rij, "locatie": locatie, "sluiting": noodplan.sluiting},
        )
    return rij
