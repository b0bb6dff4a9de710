"""What the council decided, as data: the reglement, its rules and its money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket
from opvang.domain.subsidies.fouten import BudgetTeKlein, LigtVast
from opvang.models import Subsidie, Subsidiebudget, Subsidieregel, Subsidiereglement
from opvang.workflow import SUBSIDIE_OPEN, Subsidiestatus

#: What may still change when something was decided under the reglement: the rest made the amounts.
BLIJFT_OPEN = frozenset({"naam", "tot", "slotzin", "bron", "link"})


@transaction.atomic
def maak_reglement(
    loket: Loket, gegevens: Mapping[str, Any], *, door: Gebruiker, nu: dt.datetime
) -> Subsidiereglement:
    """Enter a reglement. Refuses a gemeente outside the werkingsgebied."""
    _keur_gemeente(loket, gegevens)
    reglement = Subsidiereglement.objects.create(loket=loket, aangemaakt_op=nu, **gegevens)
    _log("reglement_gemaakt", reglement, door=door, nu=nu, naam=reglement.naam)
    return reglement


@transaction.atomic
def wijzig_reglement(
    reglement: Subsidiereglement, gegevens: Mapping[str, Any], *, door: Gebruiker, nu: dt.datetime
) -> None:
    """Change a reglement. Once something was decided under it, only what makes no amount
    (LigtVast).
    """
    rij = _vergrendel(reglement)
    _keur_gemeente(rij.loket, gegevens)
    anders = {veld for veld, waarde in gegevens.items() if getattr(rij, veld) != waarde}
    if anders - BLIJFT_OPEN and _beslist(rij.pk):
        raise LigtVast
    for veld, waarde in gegevens.items():
        setattr(rij, veld, waarde)
    rij.save()
    _log("reglement_gewijzigd", rij, door=door, nu=nu, velden=sorted(anders))


@transaction.atomic
def bewaar_budget(
    reglement: Subsidiereglement,
    *,
    jaar: int,
    bedrag: Decimal,
    door: Gebruiker,
    nu: dt.datetime,
) -> Subsidiebudget:
    """Set the budget of a year. Refuses less than what was approved already (BudgetTeKlein)."""
    _vergrendel(reglement)
    budget = Subsidiebudget.objects.filter(reglement=reglement, jaar=jaar).vergrendeld().first()
    if budget is None:
        budget = Subsidiebudget(reglement=reglement, jaar=jaar)
        was = None
    else:
        was = budget.bedrag
        gebruikt = Subsidie.objects.van_budget(budget).telt().som()
        if bedrag < gebruikt:
            raise BudgetTeKlein(gebruikt)
    budget.bedrag = bedrag
    budget.save()
    _log(
        "budget",
        reglement,
        door=door,
        nu=nu,
        jaar=jaar,
        bedrag=str(bedrag),
        was=None if was is None else str(was),
    )
    return budget


@transaction.atomic
def bewaar_regel(
    reglement: Subsidiereglement,
    gegevens: Mapping[str, Any],
    *,
    door: Gebruiker,
    nu: dt.datetime,
    regel: Subsidieregel | None = None,
) -> Subsidieregel:
    """Add a rule, or change one by which nothing was decided yet (LigtVast)."""
    _vergrendel(reglement)
    if regel is None:
        regel = Subsidieregel(reglement=reglement)
    elif _beslist(reglement.pk, regel=regel):
        raise LigtVast
    elif regel.soort != gegevens["soort"] and regel.subsidies.exists():
        raise Weigering(
            _("Er zijn al voorstellen volgens deze regel. Maak voor iets anders een nieuwe regel.")
        )
    for veld, waarde in gegevens.items():
        setattr(regel, veld, waarde)
    regel.save()
    _log("regel", reglement, door=door, nu=nu, regel=regel.naam)
    return regel


@transaction.atomic
def verwijder_regel(regel: Subsidieregel, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Remove a rule that nothing was computed with."""
    reglement = _vergrendel(regel.reglement)
    if regel.subsidies.exists():
        raise Weigering(
            _("Er zijn al voorstellen of aanvragen volgens deze regel. Ze blijft daarom staan.")
        )
    naam = regel.naam
    regel.delete()
    _log("regel_weg", reglement, door=door, nu=nu, regel=naam)


def ligt_vast(regel: Subsidieregel) -> bool:
    """Whether something was decided by this rule."""
    return _beslist(regel.reglement_id, regel=regel)


def _beslist(reglement_id: int, *, regel: Subsidieregel | None = None) -> bool:
    rijen = Subsidie.objects.filter(regel__reglement=reglement_id)
    if regel is not None:
        rijen = rijen.filter(regel=regel)
    return rijen.exclude(status__in=sorted({*SUBSIDIE_OPEN, Subsidiestatus.VERVALLEN})).exists()


def _keur_gemeente(loket: Loket, gegevens: Mapping[str, Any]) -> None:
    gemeente = gegevens.get("gemeente")
    if gemeente is not None and not loket.gemeenten.filter(pk=gemeente.pk).exists():
        raise Weigering(_("Die gemeente hoort niet bij dit loket."))


def _vergrendel(reglement: Subsidiereglement) -> Subsidiereglement:
    return (
        Subsidiereglement.objects.vergrendeld()
        .select_related("loket", "gemeente")
        .get(pk=reglement.pk)
    )


def _log(
    wat: str, reglement: Subsidiereglement, *, door: Gebruiker, nu: dt.datetime, **gegevens: Any
) -> None:
    leg_vast(
        f"opvang.subsidie.{wat}", reglement, door=door, nu=nu, loket=reglement.loket, **gegevens
    )
