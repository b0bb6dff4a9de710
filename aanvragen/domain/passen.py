"""How a question fits at a location: which period, can it answer, may it know who asks. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from aanvragen.workflow import (
    MET_VOORSTEL,
    OP_TE_SCHORTEN,
    WACHT_OP_ANTWOORD,
    Aanmeldingstatus,
    Voorstelstatus,
    Vraagstatus,
)
from opvang.weekrooster import Weekrooster, masker_van_vrij

if TYPE_CHECKING:
    from aanvragen.models import Aanmelding, Opvangvraag
    from opvang.models import Plaatsaanbod


def passende_periodes(
    vraag: Opvangvraag, aanboden: Iterable[Plaatsaanbod], *, peildatum: dt.date
) -> list[Plaatsaanbod]:
    """List the periods that have a place left and have not ended when care would start; the best
    fit first.

    Best is: open on the wished day, right age, most of the asked dagdelen free, then the earliest.
    """
    start = max(vraag.gewenste_start, peildatum)
    bruikbaar = [
        aanbod
        for aanbod in aanboden
        if masker_van_vrij(aanbod.vrij) and (aanbod.tot is None or aanbod.tot > start)
    ]
    leeftijd = vraag.kind.leeftijd_in_maanden(start)
    return sorted(
        bruikbaar,
        key=lambda a: (
            a.vanaf > start,
            not a.leeftijd_vanaf <= leeftijd < a.leeftijd_tot,
            -(vraag.week_samen & masker_van_vrij(a.vrij)).aantal,
            a.vanaf,
            a.pk,
        ),
    )


def vrij_voor(
    vraag: Opvangvraag, aanboden: Iterable[Plaatsaanbod], *, peildatum: dt.date
) -> Weekrooster | None:
    """Give the free week of the best period; None when the location announced nothing: unknown, not
    full.
    """
    aanboden = list(aanboden)
    if not aanboden:
        return None
    periodes = passende_periodes(vraag, aanboden, peildatum=peildatum)
    return masker_van_vrij(periodes[0].vrij) if periodes else Weekrooster()


def contact_zichtbaar(aanmelding: Aanmelding) -> bool:
    """Tell whether the provider may know the family: from its offer on, as long as offer or place
    stands.
    """
    return aanmelding.status in MET_VOORSTEL | {Aanmeldingstatus.AANVAARD}


def staat_open(aanmelding: Aanmelding) -> bool:
    """Tell whether the provider can still answer: not yet, or only with a place on the waiting
    list.
    """
    return (
        aanmelding.opvangvraag.status == Vraagstatus.ACTIEF
        and aanmelding.status in WACHT_OP_ANTWOORD | {Aanmeldingstatus.WACHTLIJST}
    )


def is_opgeschort(aanmelding: Aanmelding, alle: Iterable[Aanmelding]) -> bool:
    """Tell whether this wish waits while the family holds an offer that it ranks higher.

    `alle` are the requests of the same question, with their running offers prefetched. The query
    that says the same is `AanmeldingQuerySet.opgeschort`.
    """
    return aanmelding.status in OP_TE_SCHORTEN and any(
        voorstel.status == Voorstelstatus.VASTGEHOUDEN
        for ander in alle
        if ander.rang < aanmelding.rang
        for voorstel in ander.voorstellen.all()
    )
