"""Subsidies as they are shown: amounts in words, states with their label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opvang.domain.subsidie_berekenen import euro, procent
from opvang.domain.subsidies.cijfers import PER_BEDRAG, Budgetstand, Effect
from opvang.models import Subsidie, Subsidieregel, Subsidiereglement
from opvang.views.subsidies.hulp import KLEUR, bedrag_of_niets
from opvang.workflow import Opvangvorm, Regelsoort, Subsidiestatus


@dataclass(frozen=True, slots=True)
class Rij:
    """One subsidie in a list."""

    subsidie: Subsidie
    bedrag: str
    kleur: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A budget against what goes out of it."""

    jaar: int
    budget: str
    gebruikt: str
    goedgekeurd: str
    betaald: str
    over: str
    open: str
    aantal_open: int
    tekort: str
    deel: int | None
    is_ingevuld: bool


@dataclass(frozen=True, slots=True)
class Effectrij:
    naam: str
    dossiers: int
    bedrag: str
    plaatsen: str
    per_plaats: str
    per_bedrag: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A calculation as it was stored: read from the snapshot, never computed anew."""

    lijnen: list[dict[str, str]]
    totaal: str
    regel: str
    reglement: Mapping[str, str]
    raadsbesluit_op: dt.date
    locatie: Mapping[str, str]


def als_rij(subsidie: Subsidie) -> Rij:
    return Rij(subsidie, euro(subsidie.bedrag), KLEUR[Subsidiestatus(subsidie.status)])


def als_stand(stand: Budgetstand) -> Stand:
    deel = None
    if stand.budget:
        deel = min(100, int(stand.gebruikt * 100 / stand.budget))
    return Stand(
        jaar=stand.jaar,
        budget=bedrag_of_niets(stand.budget),
        gebruikt=euro(stand.gebruikt),
        goedgekeurd=euro(stand.goedgekeurd),
        betaald=euro(stand.betaald),
        over="" if stand.over is None else euro(stand.over),
        open=euro(stand.open),
        aantal_open=stand.aantal_open,
        tekort=euro(stand.tekort) if stand.tekort else "",
        deel=deel,
        is_ingevuld=stand.budget is not None,
    )


def als_effect(effecten: Iterable[Effect]) -> list[Effectrij]:
    """What has no number of places says so, and is no zero."""
    return [
        Effectrij(
            een.naam,
            een.dossiers,
            euro(een.bedrag),
            _("telt geen plaatsen") if een.plaatsen is None else str(een.plaatsen),
            "" if een.euro_per_plaats is None else euro(een.euro_per_plaats),
            ""
            if een.plaatsen_per_bedrag is None
            else f"{een.plaatsen_per_bedrag}".replace(".", ","),
        )
        for een in effecten
    ]


def per_bedrag() -> str:
    return euro(PER_BEDRAG).removesuffix(",00")


def lees_brief(subsidie: Subsidie) -> Brief:
    """Read the snapshot back."""
    opname: dict[str, Any] = subsidie.berekening
    reglement = opname["reglement"]
    return Brief(
        lijnen=[{**lijn, "bedrag": euro(Decimal(lijn["bedrag"]))} for lijn in opname["lijnen"]],
        totaal=euro(Decimal(opname["totaal"])),
        regel=opname["regel"],
        reglement=reglement,
        raadsbesluit_op=dt.date.fromisoformat(reglement["raadsbesluit_op"]),
        locatie=opname["locatie"],
    )


def regel_in_woorden(regel: Subsidieregel) -> list[str]:
    """Say what a rule pays, and its limits."""
    uit = []
    if regel.soort == Regelsoort.RENTE:
        uit.append(
            _("Rente op een lening, hoogstens %(procent)s")
            % {"procent": procent(regel.rentepunten)}
            if regel.rentepunten is not None
            else _("De hele rente op een lening")
        )
        if regel.jaren is not None:
            uit.append(_("hoogstens %(jaren)s jaar") % {"jaren": regel.jaren})
    else:
        assert regel.bedrag is not None
        wat = {
            Regelsoort.NIEUWE_PLAATS: _("%(bedrag)s per nieuwe plaats, één keer"),
            Regelsoort.START: _("%(bedrag)s per start"),
            Regelsoort.PLAATS_JAAR: _("%(bedrag)s per plaats per jaar, per dag gerekend"),
        }[Regelsoort(regel.soort)]
        uit.append(wat % {"bedrag": euro(regel.bedrag)})
    if regel.trappen:
        uit.append(_("alleen %(trappen)s") % {"trappen": ", ".join(sorted(regel.trappen))})
    uit += [str(Opvangvorm(vorm).label).lower() for vorm in regel.opvangvormen]
    if not regel.ook_gemeentelijk:
        uit.append(_("niet voor opvang van het lokaal bestuur"))
    if regel.maximum is not None:
        uit.append(
            _("maximum %(bedrag)s %(per)s")
            % {"bedrag": euro(regel.maximum), "per": regel.get_maximum_per_display()}
        )
    return uit


def gebied(reglement: Subsidiereglement) -> str:
    return str(reglement.gemeente) if reglement.gemeente_id else _("het hele werkingsgebied")
