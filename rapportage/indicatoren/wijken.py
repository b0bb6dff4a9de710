"""Questions and places per wijk: where the families live, and where the places lie."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rapportage.indicatoren.basis import Toelichting, Werkgebied
from rapportage.indicatoren.capaciteit import Vergunningsfeit, lees_vergunningen
from rapportage.indicatoren.opvangvragen import (
    ELDERS,
    SCHEIDING,
    Vraagfeit,
    Vraagrij,
    lees_vragen,
    per_wijk,
    van_dit_jaar,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wijkrij:
    """One wijk, or what is known of a gemeente without its wijk."""

    gemeente: str
    wijk: str
    locaties: int
    plaatsen: int
    vragen: Vraagrij

    @property
    def naam(self) -> str:
        return self.wijk or self.gemeente


@dataclass(frozen=True, slots=True, kw_only=True)
class Wijken:
    toelichting: Toelichting
    rijen: tuple[Wijkrij, ...]
    totaal: Wijkrij


def wijken(
    werkgebied: Werkgebied,
    peildatum: dt.date,
    *,
    vergunningen: Sequence[Vergunningsfeit] | None = None,
    feiten: Sequence[Vraagfeit] | None = None,
) -> Wijken:
    """Put the questions of the year beside the places, per wijk; one with neither has no row."""
    supply = lees_vergunningen(werkgebied, peildatum) if vergunningen is None else vergunningen
    demand = van_dit_jaar(
        lees_vragen(werkgebied, peildatum) if feiten is None else feiten, peildatum
    )
    vragen = per_wijk(werkgebied, demand)
    plaatsen: Counter[str] = Counter()
    locaties: Counter[str] = Counter()
    for feit in supply:
        sleutel = f"{feit.gemeente}{SCHEIDING}{feit.wijk}"
        plaatsen[sleutel] += feit.vergund
        locaties[sleutel] += 1
    sleutels = sorted((set(vragen) | set(locaties)) - {""}, key=_volgorde)
    return Wijken(
        toelichting=Toelichting(
            definitie=_(
                "Een vraag telt in de wijk waar het gezin woont, een plaats in de wijk waar de "
                "opvang ligt. Is de wijk niet gekend, dan staat ze bij de gemeente. De tellingen "
                "zijn die van de opvangvragen van dit jaar en van de vergunde plaatsen."
            ),
            bron=_("De adressen en de vergunningen in het loket"),
            peildatum=peildatum,
            n=vragen[""].totaal,
            n_van=_("unieke opvangvragen"),
        ),
        rijen=tuple(
            _rij(
                sleutel,
                vragen=vragen.get(sleutel, _GEEN),
                locaties=locaties[sleutel],
                plaatsen=plaatsen[sleutel],
            )
            for sleutel in sleutels
        ),
        totaal=Wijkrij(
            gemeente=_("Samen"),
            wijk="",
            locaties=sum(locaties.values()),
            plaatsen=sum(plaatsen.values()),
            vragen=vragen[""],
        ),
    )


_GEEN = Vraagrij(code="", naam="", totaal=0, geplaatst=0, onbeantwoord=0, open=0, gestopt=0)


def _volgorde(sleutel: str) -> tuple[bool, str, bool, str]:
    """By gemeente and wijk; the unknown wijk after the known ones, families from elsewhere last."""
    gemeente, _scheiding, wijk = sleutel.partition(SCHEIDING)
    return sleutel == ELDERS, gemeente, not wijk, wijk


def _rij(sleutel: str, *, vragen: Vraagrij, locaties: int, plaatsen: int) -> Wijkrij:
    if sleutel == ELDERS:
        gemeente, wijk = _("Andere gemeenten"), ""
    else:
        gemeente, _scheiding, wijk = sleutel.partition(SCHEIDING)
        wijk = wijk or _("%(gemeente)s, wijk niet gekend") % {"gemeente": gemeente}
    return Wijkrij(
        gemeente=gemeente, wijk=wijk, locaties=locaties, plaatsen=plaatsen, vragen=vragen
    )
