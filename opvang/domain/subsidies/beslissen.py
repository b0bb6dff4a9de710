"""Decide on a subsidie: the dienst, the college, the payment; or no."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.domain.berichten import leg_klaar
from loket.domain.fouten import IntussenGewijzigd, Weigering
from loket.models import Gebruiker
from opvang.domain.subsidies.fouten import (
    BudgetOp,
    CijfersVeranderd,
    GeenBudget,
    NietsTeGeven,
    VierOgen,
    ZonderReden,
)
from opvang.domain.subsidies.narekenen import is_gelijk, reken_na
from opvang.domain.subsidies.status import verander_subsidie, vergrendel, vergrendel_budgetten
from opvang.models import Subsidie, Subsidiebudget
from opvang.workflow import Herkomst, Subsidiestatus


@transaction.atomic
def keur_goed_dienst(
    subsidie: Subsidie,
    *,
    door: Gebruiker,
    nu: dt.datetime,
    motivering: str = "",
    gezien: Decimal | None = None,
) -> Subsidie:
    """Approve as the dienst: from now the amount lies fixed and takes its part of the budget.

    The budgets of the reglement are locked first, then the sum is made, then it is written: two
    approvals never go over the budget together. Refuses another amount than was `gezien`, whoever
    computed it (VierOgen), facts that changed since (CijfersVeranderd), nothing to give, no budget
    (GeenBudget) and one that does not hold it (BudgetOp): raise the budget first.
    """
    budgetten = vergrendel_budgetten(subsidie.regel.reglement)
    rij = vergrendel(subsidie)
    if rij.status == Subsidiestatus.BEREKEND:
        if gezien is not None and gezien != rij.bedrag:
            raise IntussenGewijzigd
        _keur(rij, budgetten.get(rij.jaar), door=door)
    verander_subsidie(
        rij,
        Subsidiestatus.DIENST,
        door=door,
        nu=nu,
        motivering=motivering.strip(),
        goedgekeurd_door=door,
    )
    return rij


@transaction.atomic
def keur_goed_college(
    subsidie: Subsidie,
    *,
    datum: dt.date,
    door: Gebruiker,
    nu: dt.datetime,
    motivering: str = "",
) -> Subsidie:
    """Note that the college approved on `datum`; the organisator gets a mail with the decision.

    Refuses a day in the future, or before the dienst approved.
    """
    rij = vergrendel(subsidie)
    _keur_datum(rij, datum, na=Subsidiestatus.DIENST, nu=nu)
    verander_subsidie(
        rij,
        Subsidiestatus.COLLEGE,
        door=door,
        nu=nu,
        motivering=motivering.strip(),
        datum=datum,
        besluit_op=datum,
        bekend_op=nu,
    )
    _meld(rij, "opvang/subsidie_goedgekeurd", nu=nu)
    return rij


@transaction.atomic
def weiger(
    subsidie: Subsidie, *, datum: dt.date, motivering: str, door: Gebruiker, nu: dt.datetime
) -> Subsidie:
    """Say no, and why. Who asked is told; a proposal that nobody knew of stays among ourselves.

    Refuses without a reason (ZonderReden) and a day in the future. Frees its part of the budget.
    """
    rij = vergrendel(subsidie)
    if not motivering.strip():
        raise ZonderReden
    _keur_datum(rij, datum, na=None, nu=nu)
    gevraagd = rij.herkomst == Herkomst.AANVRAAG
    verander_subsidie(
        rij,
        Subsidiestatus.GEWEIGERD,
        door=door,
        nu=nu,
        motivering=motivering.strip(),
        datum=datum,
        besluit_op=datum,
        bekend_op=nu if gevraagd else None,
    )
    if gevraagd:
        _meld(rij, "opvang/subsidie_geweigerd", nu=nu, reden=motivering.strip())
    return rij


@transaction.atomic
def trek_subsidie_in(
    subsidie: Subsidie, *, motivering: str, door: Gebruiker, nu: dt.datetime
) -> Subsidie:
    """Take it back, and say why; who knew of the decision is told. Frees its part of the budget."""
    rij = vergrendel(subsidie)
    if not motivering.strip():
        raise ZonderReden
    verander_subsidie(
        rij, Subsidiestatus.INGETROKKEN, door=door, nu=nu, motivering=motivering.strip()
    )
    if rij.bekend_op is not None:
        _meld(rij, "opvang/subsidie_ingetrokken", nu=nu, reden=motivering.strip())
    return rij


@transaction.atomic
def noteer_betaling(
    subsidie: Subsidie, *, datum: dt.date, door: Gebruiker, nu: dt.datetime
) -> Subsidie:
    """Note the day of payment, after the college approved and not in the future."""
    rij = vergrendel(subsidie)
    _keur_datum(rij, datum, na=Subsidiestatus.COLLEGE, nu=nu)
    verander_subsidie(rij, Subsidiestatus.BETAALD, door=door, nu=nu, datum=datum)
    return rij


def _keur(subsidie: Subsidie, budget: Subsidiebudget | None, *, door: Gebruiker) -> None:
    """Refuse what may not be approved; the caller holds the locks."""
    if subsidie.berekend_door_id == door.pk:
        raise VierOgen
    if not is_gelijk(subsidie, reken_na(subsidie)):
        raise CijfersVeranderd
    if not subsidie.bedrag:
        raise NietsTeGeven
    if budget is None:
        raise GeenBudget(subsidie.jaar)
    gebruikt = Subsidie.objects.van_budget(budget).telt().som()
    if gebruikt + subsidie.bedrag > budget.bedrag:
        raise BudgetOp(
            jaar=subsidie.jaar, budget=budget.bedrag, gebruikt=gebruikt, bedrag=subsidie.bedrag
        )


def _keur_datum(
    subsidie: Subsidie, datum: dt.date, *, na: Subsidiestatus | None, nu: dt.datetime
) -> None:
    if datum > timezone.localdate(nu):
        raise Weigering(_("Deze dag is nog niet geweest. Kijk de datum na."))
    stap = subsidie.stappen.filter(naar=na).last() if na else None
    vroegst = (stap.datum or timezone.localdate(stap.op)) if stap else None
    if vroegst is not None and datum < vroegst:
        raise Weigering(_("Deze dag ligt voor de vorige stap. Kijk de datum na."))


def _meld(subsidie: Subsidie, sjabloon: str, *, nu: dt.datetime, reden: str = "") -> None:
    """Mail the organisator that there is a decision; what it says in full is in the letter."""
    organisator = subsidie.locatie.organisator
    leg_klaar(
        sjabloon,
        aan=organisator.email or subsidie.locatie.email,
        nu=nu,
        loket=subsidie.regel.reglement.loket,
        onderwerp=subsidie,
        context={
            "subsidie": subsidie,
            "reden": reden,
            "url": settings.SITE_URL + reverse("aanbod_subsidies:lijst"),
        },
    )
