"""Compute what locations may get: proposals for a year, applications, and one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.domain.subsidie_berekenen import Lening
from opvang.domain.subsidies.narekenen import (
    al_gegeven_per_locatie,
    is_gelijk,
    met_vergunningen,
    momentopname,
    neem_over,
    past_bij,
    reken_na,
)
from opvang.domain.subsidies.status import verander_subsidie, vergrendel
from opvang.models import Opvanglocatie, Subsidie, Subsidieregel, Subsidiereglement
from opvang.models.subsidies import SubsidieQuerySet
from opvang.workflow import (
    SUBSIDIE_OPEN,
    SUBSIDIE_WEG,
    UIT_VERGUNNING,
    Herkomst,
    Regelsoort,
    Subsidiestatus,
)

#: Where something that was computed goes back to when the facts changed.
TERUG_NAAR = {
    Herkomst.VOORSTEL: Subsidiestatus.VOORGESTELD,
    Herkomst.AANVRAAG: Subsidiestatus.AANGEVRAAGD,
}


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What a run did."""

    nieuw: int = 0
    vernieuwd: int = 0
    vervallen: int = 0
    vast: int = 0


@transaction.atomic
def reken_jaar(
    reglement: Subsidiereglement, *, jaar: int, door: Gebruiker, nu: dt.datetime
) -> Uitkomst:
    """Propose what each location may get by each rule in this year.

    A second run gives no doubles: it leaves what was decided as it is, refreshes what is open, and
    sends what somebody computed back when its amount changed. A proposal of which nothing is left
    lapses. Loans are not proposed: nobody knows them before somebody asks. Two runs at the same
    moment wait for each other.
    """
    rij = Subsidiereglement.objects.vergrendeld().select_related("loket").get(pk=reglement.pk)
    uitkomst = Uitkomst()
    locaties = list(met_vergunningen(rij))
    for regel in rij.regels.filter(soort__in=sorted(UIT_VERGUNNING)):
        uitkomst = _tel_op(uitkomst, _reken_regel(regel, rij, locaties, jaar, door=door, nu=nu))
    leg_vast(
        "opvang.subsidie.gerekend",
        rij,
        door=door,
        nu=nu,
        loket=rij.loket,
        jaar=jaar,
        nieuw=uitkomst.nieuw,
        vernieuwd=uitkomst.vernieuwd,
        vervallen=uitkomst.vervallen,
    )
    return uitkomst


@transaction.atomic
def vraag_aan(
    regel: Subsidieregel,
    locatie: Opvanglocatie,
    *,
    jaar: int,
    door: Gebruiker,
    nu: dt.datetime,
    lening: Lening | None = None,
) -> Subsidie:
    """Enter the application of an organisator, with what it would come to now.

    Refuses a location outside the area or the kinds of care of the rule, interest without a loan
    (and a loan for anything else), and a second one for the same rule, location and year.
    """
    reglement = (
        Subsidiereglement.objects.vergrendeld().select_related("loket").get(pk=regel.reglement_id)
    )
    if (regel.soort == Regelsoort.RENTE) != (lening is not None):
        raise Weigering(_("Vul de lening in bij rente op een lening, en alleen daar."))
    gevonden = met_vergunningen(reglement).filter(pk=locatie.pk).first()
    if gevonden is None or not past_bij(regel, gevonden):
        raise Weigering(_("Deze regel is niet voor deze opvanglocatie."))
    if lening is None and _bestaande(regel, jaar).filter(locatie=locatie).exists():
        raise Weigering(
            _("Voor deze opvanglocatie is er al een voorstel of aanvraag voor %(jaar)s.")
            % {"jaar": jaar}
        )
    subsidie = Subsidie(
        regel=regel,
        locatie=gevonden,
        jaar=jaar,
        herkomst=Herkomst.AANVRAAG,
        status=Subsidiestatus.AANGEVRAAGD,
        aangemaakt_op=nu,
    )
    if lening is not None:
        subsidie.lening_hoofdsom, subsidie.lening_rente = lening.hoofdsom, lening.rente
        subsidie.lening_vanaf, subsidie.lening_tot = lening.periode.vanaf, lening.periode.tot
    neem_over(subsidie, reken_na(subsidie))
    subsidie.save()
    leg_vast(
        "opvang.subsidie.aangevraagd",
        subsidie,
        door=door,
        nu=nu,
        loket=reglement.loket,
        bedrag=str(subsidie.bedrag),
    )
    return subsidie


@transaction.atomic
def bereken_opnieuw(subsidie: Subsidie, *, door: Gebruiker, nu: dt.datetime) -> Subsidie:
    """Fix the amount with what is known now, in the name of `door`; somebody else approves it.

    Refuses once it was decided (OngeldigeOvergang). Computing again makes you the one who did.
    """
    rij = vergrendel(subsidie)
    velden = {**momentopname(rij, reken_na(rij)), "berekend_door": door, "berekend_op": nu}
    verander_subsidie(rij, Subsidiestatus.BEREKEND, door=door, nu=nu, **velden)
    return rij


def _reken_regel(
    regel: Subsidieregel,
    reglement: Subsidiereglement,
    locaties: Sequence[Opvanglocatie],
    jaar: int,
    *,
    door: Gebruiker,
    nu: dt.datetime,
) -> Uitkomst:
    regel.reglement = reglement
    # What was refused or withdrawn stands back for a newer application.
    rijen = Subsidie.objects.filter(regel=regel, jaar=jaar, lening_hoofdsom=None).vergrendeld()
    bestaand = {
        een.locatie_id: een for een in sorted(rijen, key=lambda een: een.status not in SUBSIDIE_WEG)
    }
    al_gegeven = al_gegeven_per_locatie(regel, jaar=jaar)
    nieuw: list[Subsidie] = []
    uitkomst = Uitkomst()
    for locatie in locaties:
        een = bestaand.get(locatie.pk)
        al = al_gegeven.get(locatie.pk, Decimal(0))
        if een is not None:
            een.regel, een.locatie = regel, locatie
            uitkomst = _tel_op(uitkomst, _ververs(een, al_gegeven=al, door=door, nu=nu))
        else:
            voorstel = Subsidie(
                regel=regel,
                locatie=locatie,
                jaar=jaar,
                herkomst=Herkomst.VOORSTEL,
                status=Subsidiestatus.VOORGESTELD,
                aangemaakt_op=nu,
            )
            uit = reken_na(voorstel, al_gegeven=al)
            if uit.totaal:
                neem_over(voorstel, uit)
                nieuw.append(voorstel)
    Subsidie.objects.bulk_create(nieuw)
    return _tel_op(uitkomst, Uitkomst(nieuw=len(nieuw)))


def _ververs(
    subsidie: Subsidie, *, al_gegeven: Decimal, door: Gebruiker, nu: dt.datetime
) -> Uitkomst:
    """Bring one that is open up to date; leave one that was decided."""
    status = Subsidiestatus(subsidie.status)
    if status not in SUBSIDIE_OPEN | {Subsidiestatus.VERVALLEN}:
        return Uitkomst(vast=1)
    uit = reken_na(subsidie, al_gegeven=al_gegeven)
    leeg = {"berekend_door": None, "berekend_op": None}
    if not uit.totaal and subsidie.herkomst == Herkomst.VOORSTEL:
        if status == Subsidiestatus.VERVALLEN:
            return Uitkomst()
        naar, uitkomst = Subsidiestatus.VERVALLEN, Uitkomst(vervallen=1)
    elif is_gelijk(subsidie, uit) and status != Subsidiestatus.VERVALLEN:
        return Uitkomst()
    else:
        naar, uitkomst = TERUG_NAAR[Herkomst(subsidie.herkomst)], Uitkomst(vernieuwd=1)
    if naar == status:
        neem_over(subsidie, uit)
        subsidie.save(update_fields=["bedrag", "nieuwe_plaatsen", "berekening"])
    else:
        nieuw = momentopname(subsidie, uit) | leeg
        verander_subsidie(subsidie, naar, door=door, nu=nu, **nieuw)
    return uitkomst


def _bestaande(regel: Subsidieregel, jaar: int) -> SubsidieQuerySet:
    """What stands in the way of a second one for this rule and year."""
    return Subsidie.objects.filter(regel=regel, jaar=jaar, lening_hoofdsom=None).exclude(
        status__in=sorted(SUBSIDIE_WEG)
    )


def _tel_op(een: Uitkomst, ander: Uitkomst) -> Uitkomst:
    return Uitkomst(
        een.nieuw + ander.nieuw,
        een.vernieuwd + ander.vernieuwd,
        een.vervallen + ander.vervallen,
        een.vast + ander.vast,
    )
