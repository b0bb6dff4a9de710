"""What a hold does to the wishes that the family ranked lower: they wait, and later count again.

That a wish is suspended is derived (`AanmeldingQuerySet.opgeschort`); here is what goes with the
beginning and the end of a hold. The callers hold the lock on the question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from aanvragen.domain.meldingen import meld_aanbieder
from aanvragen.domain.ronde import begin_ronde
from aanvragen.domain.status import verander_aanmelding, verander_voorstel
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    WACHT_OP_ANTWOORD,
    Aanmeldingstatus,
    Voorstelstatus,
)
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker

#: Who acted: nobody, it follows from a hold.
NAMENS_VASTGEHOUDEN = "ander voorstel vastgehouden"


def betere_keuzes(vraag: Opvangvraag, aanmelding: Aanmelding) -> list[Aanmelding]:
    """List the wishes before this one that still run: what a family that holds waits for.

    A family without preference ranked nothing, so nothing is better.
    """
    if vraag.geen_voorkeur:
        return []
    return list(
        vraag.aanmeldingen.filter(
            rang__lt=aanmelding.rang, status__in=LOPENDE_AANMELDINGEN
        ).select_related("locatie")
    )


def lagere_keuzes(vraag: Opvangvraag, aanmelding: Aanmelding) -> list[Aanmelding]:
    """List the wishes after this one that still run. While it is held those in `OP_TE_SCHORTEN`
    wait; those with an offer lose it (`trek_lagere_in`).
    """
    return list(
        vraag.aanmeldingen.filter(
            rang__gt=aanmelding.rang, status__in=LOPENDE_AANMELDINGEN
        ).select_related("locatie")
    )


def kan_vasthouden(voorstel: Voorstel) -> bool:
    """Tell whether the family may hold this offer: the loket allows it, and something better is
    open.
    """
    vraag = voorstel.aanmelding.opvangvraag
    return vraag.loket.vasthouden_mag and bool(betere_keuzes(vraag, voorstel.aanmelding))


def trek_lagere_in(
    lopende: Iterable[Voorstel],
    vastgehouden: Aanmelding,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> list[Aanmelding]:
    """Take back the offers on lower wishes: their places go to others, the wish stays on the list.

    Also an offer that was held before (an upgrade). Gives the requests that lost an offer; their
    providers are told.
    """
    geraakt = []
    for voorstel in lopende:
        aanmelding = voorstel.aanmelding
        if aanmelding.rang <= vastgehouden.rang:
            continue
        wie: dict[str, Any] = {"door": door, "nu": nu, "namens": NAMENS_VASTGEHOUDEN}
        verander_voorstel(voorstel, Voorstelstatus.INGETROKKEN, **wie)
        verander_aanmelding(aanmelding, Aanmeldingstatus.WACHTLIJST, **wie)
        meld_aanbieder(aanmelding, "aanbieder_opgeschort", nu=nu)
        geraakt.append(aanmelding)
    return geraakt


def laat_los(
    voorstel: Voorstel,
    naar: Voorstelstatus,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
    ouderreden: str = "",
) -> None:
    """End an offer without a placement; what it suspended counts again, with a fresh answer term.

    Providers that are asked again get a mail with a new link. An offer that was not held suspended
    nothing.
    """
    vraag = voorstel.aanmelding.opvangvraag
    wachtten = list(vraag.aanmeldingen.opgeschort().values_list("pk", flat=True))
    verander_voorstel(voorstel, naar, door=door, nu=nu, namens=namens, ouderreden=ouderreden)
    if not wachtten:
        return
    tellen_weer = vraag.aanmeldingen.filter(pk__in=wachtten).niet_opgeschort()
    begin_ronde(tellen_weer.filter(status__in=WACHT_OP_ANTWOORD), loket=vraag.loket, nu=nu)
    for aanmelding in tellen_weer.select_related(
        "locatie__organisator", "opvangvraag__loket", "opvangvraag__kind"
    ):
        leg_vast(
            "aanvragen.aanmelding.hervat",
            vraag,
            door=door,
            nu=nu,
            loket=vraag.loket,
            namens=namens,
            aanmelding=aanmelding.pk,
            locatie=aanmelding.locatie.naam,
        )
        if aanmelding.status in WACHT_OP_ANTWOORD:
            meld_aanbieder(aanmelding, "aanbieder_hervat", nu=nu)
