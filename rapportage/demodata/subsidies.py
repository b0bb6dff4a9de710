"""The invented subsidies of the demo: one reglement, two years, in every state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from loket.models import Gebruiker, Lidmaatschap, Loket, Rol
from opvang.domain.subsidie_berekenen import Lening, Periode
from opvang.domain.subsidies.beslissen import (
    keur_goed_college,
    keur_goed_dienst,
    noteer_betaling,
    weiger,
)
from opvang.domain.subsidies.reglementen import bewaar_budget, bewaar_regel, maak_reglement
from opvang.domain.subsidies.rekenen import bereken_opnieuw, reken_jaar, vraag_aan
from opvang.models import Opvanglocatie, Subsidie, Subsidiereglement
from opvang.workflow import MaximumPer, Regelsoort

_DAG = dt.timedelta(days=1)
#: What municipalities told (domein.md §5.3; Odisee-VVSG 2025, §6.6.2); the limits are invented.
_REGELS: tuple[tuple[str, Regelsoort, str | None, list[str], str | None], ...] = (
    ("Startpremie per nieuwe plaats", Regelsoort.NIEUWE_PLAATS, "1000", [], "14000"),
    ("Werkingspremie per T1-plaats", Regelsoort.PLAATS_JAAR, "500", ["T1"], None),
    ("Rentetoelage", Regelsoort.RENTE, None, [], "2500"),
)


def geef_subsidies(
    loket: Loket, mensen: dict[str, Gebruiker], van_opvang: Opvanglocatie, *, nu: dt.datetime
) -> None:
    """Last year paid, this year on its way: proposals, one refused, one waiting for the college."""
    carla, toen = mensen["loket"], nu - 30 * _DAG
    kim = Gebruiker.objects.create_user("kim.dienst@voorbeeld.test", naam="Kim Dienst")
    vorig = timezone.localdate(nu).year - 1
    Lidmaatschap.objects.create(
        gebruiker=kim, loket=loket, rol=Rol.LOKETMEDEWERKER, vanaf=dt.date(vorig, 1, 1)
    )
    reglement = _reglement(loket, vorig, door=carla, nu=toen)
    rente = reglement.regels.get(soort=Regelsoort.RENTE)
    lening = Lening(
        Decimal(80_000), Decimal("3.250"), Periode(dt.date(vorig, 1, 1), dt.date(vorig + 10, 1, 1))
    )
    for jaar in (vorig, vorig + 1):
        vraag_aan(rente, van_opvang, jaar=jaar, lening=lening, door=carla, nu=toen)
        reken_jaar(reglement, jaar=jaar, door=carla, nu=toen)
        rijen = Subsidie.objects.filter(regel__reglement=reglement, jaar=jaar, bedrag__gt=0)
        eerste = rijen.order_by("pk")[: 5 if jaar == vorig else 4]
        for nummer, een in enumerate(eerste):
            _beslis(een, nummer, af=jaar == vorig, carla=carla, kim=kim, nu=toen)


def _reglement(loket: Loket, jaar: int, *, door: Gebruiker, nu: dt.datetime) -> Subsidiereglement:
    reglement = maak_reglement(
        loket,
        {
            "naam": "Premies voor opvang",
            "raadsbesluit_op": dt.date(jaar - 1, 12, 14),
            "bron": "Demo: verzonnen raadsbesluit",
            "vanaf": dt.date(jaar, 1, 1),
            "slotzin": "Ben je het niet eens met deze beslissing? Bel ons eerst. We kijken samen.",
        },
        door=door,
        nu=nu,
    )
    for naam, soort, bedrag, trappen, maximum in _REGELS:
        bewaar_regel(
            reglement,
            {
                "naam": naam,
                "soort": soort,
                "bedrag": Decimal(bedrag) if bedrag else None,
                "trappen": trappen,
                "maximum": Decimal(maximum) if maximum else None,
                "maximum_per": MaximumPer.JAAR,
            },
            door=door,
            nu=nu,
        )
    for dit_jaar in (jaar, jaar + 1):
        bewaar_budget(reglement, jaar=dit_jaar, bedrag=Decimal(75_000), door=door, nu=nu)
    return reglement


def _beslis(
    subsidie: Subsidie,
    nummer: int,
    *,
    af: bool,
    carla: Gebruiker,
    kim: Gebruiker,
    nu: dt.datetime,
) -> None:
    """Bring one as far as its number says; those of last year to the end."""
    dag = timezone.localdate(nu)
    if not af and nummer == 1:
        weiger(
            subsidie,
            datum=dag,
            motivering="Het college wacht eerst het advies af.",
            door=kim,
            nu=nu,
        )
        return
    if not af and nummer == 3:
        # For Carla to approve.
        bereken_opnieuw(subsidie, door=kim, nu=nu)
        return
    bereken_opnieuw(subsidie, door=carla, nu=nu)
    keur_goed_dienst(subsidie, door=kim, nu=nu)
    if not af and nummer == 2:  # the college still has to decide
        return
    keur_goed_college(subsidie, datum=dag, door=kim, nu=nu)
    if af:
        noteer_betaling(subsidie, datum=dag, door=carla, nu=nu)
