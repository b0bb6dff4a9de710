"""Plan how many licensed places are really open, from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Leeftijdsgroep, Opvanglocatie, Vergunning


class GeenVergunning(Weigering):
    standaard = _("Op die dag is er geen vergunning. Kies een andere dag.")


class MeerDanVergund(Weigering):
    """More open than licensed."""


class DagIsVoorbij(Weigering):
    standaard = _("Die dag is voorbij. Kies vandaag of een latere dag.")


@transaction.atomic
def plan_open_plaatsen(
    locatie: Opvanglocatie,
    *,
    vanaf: dt.date,
    plaatsen: int,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> Vergunning:
    """From this day on so many places are open, until the licence row of that day ends.

    Guarantees: the licence itself stays as it is: its row is cut in two on that day, the same
    places by tier and age in both, and what was planned for later stays. The location is locked
    first: two plans at once come after one another.
    Refuses a day that is over, a day without a licence, and more places than licensed.
    """
    if vanaf < timezone.localdate(nu):
        raise DagIsVoorbij
    vergrendel(locatie)
    rij = Vergunning.objects.filter(locatie=locatie).geldig_op(vanaf).first()
    if rij is None:
        raise GeenVergunning
    if not 0 <= plaatsen <= rij.vergunde_plaatsen:
        raise MeerDanVergund(
            _("De vergunning is voor %(aantal)s plaatsen. Er kunnen er niet meer open zijn.")
            % {"aantal": rij.vergunde_plaatsen}
        )
    was = rij.operationele_plaatsen
    if rij.vanaf < vanaf:
        rij = _knip(rij, vanaf)
    rij.operationele_plaatsen = plaatsen
    rij.save(update_fields=["operationele_plaatsen"])
    leg_vast(
        "opvang.plaatsen_gepland",
        locatie,
        door=door,
        nu=nu,
        namens=namens,
        vanaf=vanaf.isoformat(),
        was=was,
        plaatsen=plaatsen,
    )
    return rij


def vergrendel(locatie: Opvanglocatie) -> None:
    """Let nobody else plan for this location before we are done."""
    Opvanglocatie.objects.select_for_update(of=("self",), no_key=True).get(pk=locatie.pk)


def _knip(rij: Vergunning, dag: dt.date) -> Vergunning:
    """End a licence row on a day, and let a copy with the same age groups follow it."""
    groepen = list(rij.leeftijdsgroepen.all())
    tot, rij.tot = rij.tot, dag
    rij.save(update_fields=["tot"])
    rij.pk, rij.vanaf, rij.tot = None, dag, tot
    rij.save(force_insert=True)
    Leeftijdsgroep.objects.bulk_create(
        Leeftijdsgroep(
            vergunning=rij,
            naam=groep.naam,
            leeftijd_vanaf=groep.leeftijd_vanaf,
            leeftijd_tot=groep.leeftijd_tot,
            plaatsen=groep.plaatsen,
        )
        for groep in groepen
    )
    return rij
