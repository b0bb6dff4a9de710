"""Copy the figures of the last period to the next one: "the same as last month"."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from loket.domain.fouten import IntussenGewijzigd, Weigering
from loket.models import Gebruiker
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.vrije_plaatsen import meld_vrij, wijzig_periode
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.workflow import Aanbodsoort


class StaatErAl(Weigering):
    standaard = gettext_lazy("Voor die periode gaf je al cijfers door.")


def volgende(bron: Plaatsaanbod, *, vandaag: dt.date) -> Aanbodgegevens:
    """Work out the period after this one, with the same free places. Pure.

    It starts where `bron` ends, but never before this month; after a period without an end, on the
    first of next month. Whole months stay whole months, other periods keep their number of days.
    """
    begin_van_maand = vandaag.replace(day=1)
    if bron.tot:
        vanaf = max(bron.tot, begin_van_maand)
    else:
        vanaf = _maanden_na(max(begin_van_maand, bron.vanaf.replace(day=1)), 1)
    return Aanbodgegevens(
        vanaf=vanaf,
        tot=bron.tot and _einde(vanaf, bron.vanaf, bron.tot),
        soort=bron.soort,
        leeftijd_vanaf=bron.leeftijd_vanaf,
        leeftijd_tot=bron.leeftijd_tot,
        vrij=tuple(bron.vrij),
    )


def _maanden_na(dag: dt.date, maanden: int) -> dt.date:
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return dt.date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


def _einde(vanaf: dt.date, begin: dt.date, einde: dt.date) -> dt.date:
    if begin.day == einde.day == vanaf.day:
        maanden = (einde.year - begin.year) * 12 + einde.month - begin.month
        return _maanden_na(vanaf, maanden)
    return vanaf + (einde - begin)


def bron_van(aanbod: Iterable[Plaatsaanbod]) -> Plaatsaanbod | None:
    """Choose which period to go on from: the fixed places that were announced for the latest."""
    regulier = [rij for rij in aanbod if rij.soort == Aanbodsoort.REGULIER]
    return max(regulier, key=lambda rij: (rij.vanaf, rij.pk), default=None)


@transaction.atomic
def neem_over(
    bron: Plaatsaanbod, *, verwachte_versie: int, door: Gebruiker | None, nu: dt.datetime
) -> Plaatsaanbod:
    """Announce the next period with the figures of this one.

    Also causes: a period without an end then ends where the new one starts, so that the two never
    speak of the same day. Refuses a stale page (IntussenGewijzigd), and a period that is there
    already (StaatErAl), so also the second press of an impatient finger.
    """
    Opvanglocatie.objects.select_for_update(no_key=True).get(pk=bron.locatie_id)
    rij = Plaatsaanbod.objects.vergrendeld().filter(pk=bron.pk, versie=verwachte_versie).first()
    if rij is None:
        raise IntussenGewijzigd
    nieuw = volgende(rij, vandaag=timezone.localdate(nu))
    if rij.locatie.plaatsaanbod.filter(soort=rij.soort, vanaf__gte=nieuw.vanaf).exists():
        raise StaatErAl
    if rij.tot is None:
        wijzig_periode(
            rij,
            dataclasses.replace(nieuw, vanaf=rij.vanaf, tot=nieuw.vanaf),
            verwachte_versie=verwachte_versie,
            door=door,
            nu=nu,
        )
    return meld_vrij(rij.locatie, nieuw, door=door, nu=nu)
