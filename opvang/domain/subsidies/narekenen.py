"""What a subsidie comes to with the facts of now, and the snapshot that is kept of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from opvang.domain.subsidie_berekenen import (
    NUL,
    Berekening,
    Capaciteit,
    Lening,
    Periode,
    Regel,
    bereken,
)
from opvang.models import (
    Opvanglocatie,
    Subsidie,
    Subsidieregel,
    Subsidiereglement,
    Vergunning,
)
from opvang.workflow import MaximumPer, Regelsoort, Trap


def reken_na(subsidie: Subsidie, *, al_gegeven: Decimal | None = None) -> Berekening:
    """Compute this subsidie with what is known now; nothing is written.

    A rule that is not about this kind of location (any more) gives nothing.
    Give `al_gegeven` where it was asked for many at once.
    """
    regel = subsidie.regel
    if not past_bij(regel, subsidie.locatie):
        return Berekening((), NUL)
    lening = None
    if subsidie.lening_hoofdsom is not None:
        assert subsidie.lening_rente is not None
        assert subsidie.lening_vanaf is not None
        lening = Lening(
            subsidie.lening_hoofdsom,
            subsidie.lening_rente,
            Periode(subsidie.lening_vanaf, subsidie.lening_tot),
        )
    return bereken(
        als_regel(regel),
        jaar=subsidie.jaar,
        geldig=Periode(regel.reglement.vanaf, regel.reglement.tot),
        capaciteit=capaciteit_van(subsidie.locatie),
        lening=lening,
        al_gegeven=_al_gegeven(subsidie) if al_gegeven is None else al_gegeven,
    )


def momentopname(subsidie: Subsidie, uit: Berekening) -> dict[str, Any]:
    """What is stored of a calculation, so that it reads the same years later: plain data."""
    regel, locatie = subsidie.regel, subsidie.locatie
    reglement = regel.reglement
    return {
        "bedrag": uit.totaal,
        "nieuwe_plaatsen": uit.nieuwe_plaatsen,
        "berekening": {
            "versie": 1,
            "lijnen": [
                {"tekst": lijn.tekst, "formule": lijn.formule, "bedrag": str(lijn.bedrag)}
                for lijn in uit.lijnen
            ],
            "totaal": str(uit.totaal),
            "regel": regel.naam,
            "reglement": {
                "naam": reglement.naam,
                "raadsbesluit_op": reglement.raadsbesluit_op.isoformat(),
                "bron": reglement.bron,
                "link": reglement.link,
                "slotzin": reglement.slotzin,
            },
            "locatie": {
                "naam": locatie.naam,
                "adres": locatie.adres,
                "dossiernummer": locatie.dossiernummer or "",
                "organisator": locatie.organisator.naam,
            },
        },
    }


def is_gelijk(subsidie: Subsidie, uit: Berekening) -> bool:
    """Whether the stored calculation says what comes out now; names may have changed since."""
    nieuw = momentopname(subsidie, uit)["berekening"]
    return all(subsidie.berekening.get(deel) == nieuw[deel] for deel in ("lijnen", "totaal"))


def past_bij(regel: Subsidieregel, locatie: Opvanglocatie) -> bool:
    """Whether the rule is about this kind of location."""
    if locatie.gemeentelijk and not regel.ook_gemeentelijk:
        return False
    return not regel.opvangvormen or locatie.opvangvorm in regel.opvangvormen


def als_regel(regel: Subsidieregel) -> Regel:
    return Regel(
        soort=Regelsoort(regel.soort),
        bedrag=regel.bedrag or Decimal(0),
        trappen=frozenset(Trap(trap) for trap in regel.trappen),
        rentepunten=regel.rentepunten,
        jaren=regel.jaren,
        maximum=regel.maximum,
        maximum_per=MaximumPer(regel.maximum_per),
    )


def capaciteit_van(locatie: Opvanglocatie) -> list[Capaciteit]:
    """The licences of a location as places over time; those for schoolchildren alone hold none."""
    return [
        Capaciteit(
            Periode(rij.vanaf, rij.tot),
            (0, 0, 0, 0)
            if rij.alleen_schoolkinderen
            else (rij.plaatsen_t0, rij.plaatsen_t1, rij.plaatsen_t2, rij.plaatsen_t3),
        )
        for rij in locatie.vergunningen.all()
    ]


def met_vergunningen(reglement: Subsidiereglement) -> QuerySet[Opvanglocatie]:
    """The locations of the reglement, with all their licences."""
    return (
        reglement.locaties()
        .select_related("organisator")
        .prefetch_related(Prefetch("vergunningen", Vergunning.objects.order_by("vanaf")))
        .order_by("pk")
    )


def neem_over(subsidie: Subsidie, uit: Berekening) -> None:
    for veld, waarde in momentopname(subsidie, uit).items():
        setattr(subsidie, veld, waarde)


def al_gegeven_per_locatie(regel: Subsidieregel, *, jaar: int) -> dict[int, Decimal]:
    """What the maximum of the rule already went to, per location; empty where it is per dossier."""
    if regel.maximum is None or regel.maximum_per == MaximumPer.DOSSIER:
        return {}
    rijen = Subsidie.objects.telt().filter(regel=regel)
    if regel.maximum_per == MaximumPer.JAAR:
        rijen = rijen.filter(jaar=jaar)
    return dict(rijen.order_by().values_list("locatie").annotate(som=Sum("bedrag")))


def _al_gegeven(subsidie: Subsidie) -> Decimal:
    """What went to this location. One that is open itself is not in it."""
    per_locatie = al_gegeven_per_locatie(subsidie.regel, jaar=subsidie.jaar)
    return per_locatie.get(subsidie.locatie_id, Decimal(0))
