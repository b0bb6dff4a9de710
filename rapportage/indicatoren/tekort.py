"""The shortage per month and weekday: care that is asked, less places that are known to be free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from opvang.weekrooster import Weekrooster
from rapportage.indicatoren.basis import Telling, Toelichting, Werkgebied
from rapportage.indicatoren.capaciteit import Vergunningsfeit, lees_vergunningen
from rapportage.indicatoren.kleine_cellen import als_rij, verberg
from rapportage.indicatoren.opvangvragen import Vraagfeit, lees_vragen
from rapportage.indicatoren.rekenen import dagen
from rapportage.indicatoren.vrije_plaatsen import (
    WERKDAGEN,
    Aanbodfeit,
    gekend_aanbod,
    lees_aanbod,
    per_dag,
    vrij_op,
)

AANTAL_MAANDEN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tekortcel:
    """One weekday in one month; None for `gevraagd` is hidden, None for `vrij` is not known."""

    gevraagd: Decimal | None
    vrij: Decimal | None
    tekort: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tekortmaand:
    """Monday to Friday of one month, and the five days together."""

    maand: dt.date
    cellen: tuple[Tekortcel, ...]
    totaal: Tekortcel


@dataclass(frozen=True, slots=True, kw_only=True)
class Tekort:
    toelichting: Toelichting
    vrij_gekend: bool
    maanden: tuple[Tekortmaand, ...]

    @property
    def alles_getoond(self) -> bool:
        """No cell is hidden or unknown."""
        return all(cel.tekort is not None for maand in self.maanden for cel in maand.cellen)

    @property
    def ergste(self) -> tuple[dt.date, int, Decimal] | None:
        """Month, weekday and size of the largest shortage that is shown; of equals the first."""
        cellen = [
            (cel.tekort, -volgorde, maand.maand, dag)
            for volgorde, maand in enumerate(self.maanden)
            for dag, cel in enumerate(maand.cellen)
            if cel.tekort
        ]
        if not cellen:
            return None
        tekort, _volgorde, maand, dag = max(cellen, key=lambda cel: (cel[0], cel[1], -cel[3]))
        return maand, dag, tekort


def maanden_vanaf(peildatum: dt.date, aantal: int = AANTAL_MAANDEN) -> list[dt.date]:
    """The first days of this month and the next ones."""
    begin = peildatum.year * 12 + peildatum.month - 1
    return [dt.date((begin + nr) // 12, (begin + nr) % 12 + 1, 1) for nr in range(aantal)]


def tekort(
    werkgebied: Werkgebied,
    peildatum: dt.date,
    *,
    n: Telling = None,
    vergunningen: Sequence[Vergunningsfeit] | None = None,
    feiten: Sequence[Vraagfeit] | None = None,
    aanbod: Sequence[Aanbodfeit] | None = None,
) -> Tekort:
    """Hold what running questions ask in twelve months against what is known to be free then.

    A question asks in a month when its care begins before the month ends and goes on after it
    begins. Days of an alternating week count for their mean. A day that too few families ask for is
    hidden, with its complement in the week; then the week has no shortage either. `n` is the number
    of running questions, if it may be shown.
    """
    demand = lees_vragen(werkgebied, peildatum) if feiten is None else feiten
    if aanbod is None:
        supply = lees_vergunningen(werkgebied, peildatum) if vergunningen is None else vergunningen
        aanbod = lees_aanbod({feit.locatie_id for feit in supply}, peildatum)
    gekend = gekend_aanbod(werkgebied, peildatum, aanbod)
    lopend = [feit for feit in demand if feit.loopt]
    eerste_dagen = maanden_vanaf(peildatum, AANTAL_MAANDEN + 1)
    return Tekort(
        toelichting=Toelichting(
            definitie=_(
                "Gevraagd zijn de dagen van alle gezinnen die nog zoeken en in die maand opvang "
                "nodig hebben, tot hun kind 3 jaar wordt. Een halve dag telt voor 0,5, een "
                "wisselende week voor haar gemiddelde. Vrij zijn de vaste plaatsen die op de "
                "laatste dag van de maand vrij zijn en die we kennen. Het tekort is gevraagd min "
                "vrij, en nooit minder dan nul: een vrije woensdag helpt niet op maandag. Het is "
                "een ondergrens, want een vrije plaats ligt soms te ver of past niet bij de "
                "leeftijd. Zaterdag en zondag tellen hier niet mee."
            ),
            bron=_("De lopende opvangvragen en de doorgegeven vrije plaatsen, in het loket"),
            peildatum=peildatum,
            n=n,
            n_van=_("gezinnen die nog zoeken"),
        ),
        vrij_gekend=bool(gekend),
        maanden=tuple(
            _maand(
                maand,
                [feit for feit in lopend if feit.start < volgende and feit.einde > maand],
                per_dag(vrij_op(gekend, volgende - dt.timedelta(days=1))) if gekend else None,
                grens=werkgebied.kleine_cel,
            )
            for maand, volgende in pairwise(eerste_dagen)
        ),
    )


def _maand(
    maand: dt.date,
    vragers: Sequence[Vraagfeit],
    vrij: Sequence[Decimal] | None,
    *,
    grens: int,
) -> Tekortmaand:
    per_vrager = [kwartdagen(feit.rooster, feit.rooster_wissel) for feit in vragers]
    gevraagd = {dag: sum(week[dag] for week in per_vrager) for dag in WERKDAGEN}
    aantal = {dag: sum(1 for week in per_vrager if week[dag]) for dag in WERKDAGEN}
    verborgen = verberg(
        als_rij(gevraagd, totaal=-1),
        grens=grens,
        gevoelig=[dag for dag, n in aantal.items() if 0 < n < grens],
    )
    cellen = tuple(
        _cel(
            None if dag in verborgen else dagen(gevraagd[dag]),
            vrij[dag] if vrij is not None else None,
        )
        for dag in WERKDAGEN
    )
    tekorten = [cel.tekort for cel in cellen if cel.tekort is not None]
    return Tekortmaand(
        maand=maand,
        cellen=cellen,
        totaal=Tekortcel(
            gevraagd=None if -1 in verborgen else dagen(sum(gevraagd.values())),
            vrij=sum(vrij, Decimal(0)) if vrij is not None else None,
            tekort=sum(tekorten, Decimal(0)) if len(tekorten) == len(cellen) else None,
        ),
    )


def _cel(gevraagd: Decimal | None, vrij: Decimal | None) -> Tekortcel:
    te_weinig = None if gevraagd is None or vrij is None else max(Decimal(0), gevraagd - vrij)
    return Tekortcel(gevraagd=gevraagd, vrij=vrij, tekort=te_weinig)


def kwartdagen(rooster: int, wissel: int | None) -> list[int]:
    """Care per weekday in quarters of a day: 4 for a whole day, 2 for one every other week."""
    even, oneven = Weekrooster(rooster), Weekrooster(rooster if wissel is None else wissel)
    return [
        sum((2 * dag + deel in week) for week in (even, oneven) for deel in (0, 1))
        for dag in WERKDAGEN
    ]
