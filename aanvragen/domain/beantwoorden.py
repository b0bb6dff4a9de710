"""The provider answers one request: seen, on the waiting list, or no. Offers: `voorstellen`."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.status import verander_aanmelding
from aanvragen.models import Aanmelding
from aanvragen.workflow import Aanmeldingstatus, Weigerreden
from loket.models import Gebruiker


def markeer_gezien(aanmelding: Aanmelding, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Note that a signed-in provider opened the request. Does nothing when it was opened or
    answered before.
    """
    if aanmelding.status == Aanmeldingstatus.VERZONDEN:
        verander_aanmelding(aanmelding, Aanmeldingstatus.GEZIEN, door=door, nu=nu)


@transaction.atomic
def zet_op_wachtlijst(
    aanmelding: Aanmelding,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    toelichting: str = "",
    namens: str = "",
) -> None:
    """No place now, but the family stays on this location's list. The parents are mailed."""
    verander_aanmelding(
        aanmelding,
        Aanmeldingstatus.WACHTLIJST,
        door=door,
        nu=nu,
        toelichting=toelichting,
        namens=namens,
    )
    meld_ouders(aanmelding.opvangvraag, "wachtlijst", nu=nu, aanmelding=aanmelding)


@transaction.atomic
def weiger(
    aanmelding: Aanmelding,
    *,
    reden: Weigerreden,
    door: Gebruiker | None,
    nu: dt.datetime,
    toelichting: str = "",
    namens: str = "",
) -> None:
    """The provider can't give a place, and says why with a code. The parents are mailed; their
    other wishes go on.
    """
    verander_aanmelding(
        aanmelding,
        Aanmeldingstatus.GEWEIGERD_OPVANG,
        door=door,
        nu=nu,
        weigerreden=reden.value,
        toelichting=toelichting,
        namens=namens,
    )
    meld_ouders(aanmelding.opvangvraag, "geen_plaats", nu=nu, aanmelding=aanmelding)
