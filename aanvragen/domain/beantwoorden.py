"""The provider answers one request: seen, on the waiting list, or no. Offers: `voorstellen`."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.status import verander_aanmelding
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus, Weigerreden
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker

BLIJFT_WACHTEN = "aanvragen.aanmelding.blijft_wachten"


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
    """No place now, but the family stays on this location's list. The parents are mailed.

    Refuses while an offer runs, which ends in a way of its own that frees its places, and a
    request that has this answer or can't get it any more (OngeldigeOvergang).
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=aanmelding.opvangvraag_id)
    if aanmelding.voorstellen.lopend().exists():
        raise OngeldigeOvergang
    verander_aanmelding(
        aanmelding,
        Aanmeldingstatus.WACHTLIJST,
        door=door,
        nu=nu,
        toelichting=toelichting,
        namens=namens,
    )
    vandaag = timezone.localdate(nu)
    if vraag.gewenste_start <= vandaag:
        # Said after the wished start: no need to ask tomorrow how it ended.
        Aanmelding.objects.filter(pk=aanmelding.pk).update(wacht_bevestigd_op=vandaag)
        aanmelding.wacht_bevestigd_op = vandaag
    meld_ouders(aanmelding.opvangvraag, "wachtlijst", nu=nu, aanmelding=aanmelding)


def laat_wachten(
    aanmelding: Aanmelding,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    toelichting: str = "",
    namens: str = "",
) -> None:
    """The provider has no place and lets the family wait: `zet_op_wachtlijst`, or `blijft_wachten`
    when it was asked how the waiting ended. Refuses and causes what that does.
    """
    antwoord = zet_op_wachtlijst if aanmelding.eindstatus_voor is None else blijft_wachten
    antwoord(aanmelding, door=door, nu=nu, toelichting=toelichting, namens=namens)


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
    """The provider can't give a place, and says why with a code. Their other wishes go on.

    Causes: a mail to the parents; one that asks whether it is right when the provider says that
    they have care already, because their question goes on.
    """
    Opvangvraag.objects.vergrendeld().get(pk=aanmelding.opvangvraag_id)
    verander_aanmelding(
        aanmelding,
        Aanmeldingstatus.GEWEIGERD_OPVANG,
        door=door,
        nu=nu,
        weigerreden=reden.value,
        toelichting=toelichting,
        namens=namens,
    )
    sjabloon = "al_opvang" if reden == Weigerreden.GEVONDEN else "geen_plaats"
    meld_ouders(aanmelding.opvangvraag, sjabloon, nu=nu, aanmelding=aanmelding)


@transaction.atomic
def blijft_wachten(
    aanmelding: Aanmelding,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    toelichting: str = "",
    namens: str = "",
) -> None:
    """The wished start has passed and the provider says that the family still waits.

    Guarantees: logged, and asked again only after the loket's `bevestigingstermijn`. Refuses: a
    question that stopped or a request that left the list (OngeldigeOvergang), one that somebody
    answered meanwhile (IntussenGewijzigd). Causes: the parents are mailed that they keep their
    place on the list.
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=aanmelding.opvangvraag_id)
    if vraag.status != Vraagstatus.ACTIEF or aanmelding.status != Aanmeldingstatus.WACHTLIJST:
        raise OngeldigeOvergang
    wachtend = Aanmelding.objects.filter(
        pk=aanmelding.pk, status=Aanmeldingstatus.WACHTLIJST, eindstatus_voor__isnull=False
    )
    velden = {"eindstatus_voor": None, "wacht_bevestigd_op": timezone.localdate(nu)}
    if not wachtend.update(**velden, toelichting=toelichting, gewijzigd_op=nu):
        raise IntussenGewijzigd
    leg_vast(
        BLIJFT_WACHTEN,
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        aanmelding=aanmelding.pk,
        locatie=aanmelding.locatie.naam,
    )
    aanmelding.refresh_from_db()
    meld_ouders(aanmelding.opvangvraag, "nog_op_wachtlijst", nu=nu, aanmelding=aanmelding)
