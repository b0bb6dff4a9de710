"""A question ends without a place: withdrawn, lapsed, or closed without an answer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.noodplan.rust import maak_stil
from aanvragen.domain.status import verander_aanmelding, verander_voorstel, verander_vraag
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    LOPENDE_VOORSTELLEN,
    Aanmeldingstatus,
    Vervalreden,
    Voorstelstatus,
    Vraagstatus,
)
from loket.domain.berichten import stop_berichten_over
from loket.models import Gebruiker
from opvang.models import Plaatsaanbod


@transaction.atomic
def laat_vervallen(
    vraag: Opvangvraag, *, reden: Vervalreden, door: Gebruiker | None, nu: dt.datetime
) -> None:
    """The question lapses. After sad news everything goes silent at once: no mail to the family,
    ever again (R5).

    Guarantees: running offers and even an accepted place are freed; unsent mail about the question
    is withdrawn; the question is never counted as unanswered (R5-R7). Providers get one neutral
    line without the reason. Source: Opgroeien FAQ, domein.md §1.4 and §12 rules 1 and 3.
    A noodplan is silent too from then on, for every child of the family.
    """
    if reden == Vervalreden.DROEVIG:
        maak_stil(vraag.kind.gezin)
    _stop(vraag, Vraagstatus.VERVALLEN, door=door, nu=nu, vervalreden=reden)
    if reden != Vervalreden.DROEVIG:
        meld_ouders(vraag, "vervallen", nu=nu)


@transaction.atomic
def trek_in(vraag: Opvangvraag, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """The family no longer asks. Offers are freed, providers told, the parents get a mail."""
    _stop(vraag, Vraagstatus.INGETROKKEN, door=door, nu=nu)
    meld_ouders(vraag, "ingetrokken", nu=nu)


@transaction.atomic
def sluit_onbeantwoord_af(vraag: Opvangvraag, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Staff are sure that no place was found: closed, and counted as unanswered (R6 asks for that
    certainty).
    """
    _stop(vraag, Vraagstatus.ONBEANTWOORD, door=door, nu=nu)
    meld_ouders(vraag, "onbeantwoord", nu=nu)


def _stop(
    vraag: Opvangvraag,
    naar: Vraagstatus,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    vervalreden: Vervalreden | None = None,
) -> None:
    Opvangvraag.objects.vergrendeld().get(pk=vraag.pk)
    vraag.refresh_from_db()
    stop_berichten_over(vraag)
    bezet = Voorstel.objects.filter(
        aanmelding__opvangvraag=vraag, status__in=[*LOPENDE_VOORSTELLEN, Voorstelstatus.AANVAARD]
    )
    # Freeing needs no lock of its own, but the trigger writes the rows: take them in pk order.
    list(Plaatsaanbod.objects.vergrendeld().filter(voorstellen__in=bezet.values("pk")))
    for voorstel in bezet.select_related("aanmelding__locatie", "aanmelding__opvangvraag__loket"):
        verander_voorstel(voorstel, Voorstelstatus.INGETROKKEN, door=door, nu=nu)
    vraag.plaatsingen.filter(beeindigd_op=None).update(beeindigd_op=nu)
    te_stoppen = Aanmelding.objects.filter(
        opvangvraag=vraag,
        status__in=[*LOPENDE_AANMELDINGEN, Aanmeldingstatus.VERLOPEN, Aanmeldingstatus.AANVAARD],
    ).select_related("locatie__organisator", "opvangvraag__loket", "opvangvraag__kind")
    was_verstuurd = vraag.status != Vraagstatus.INGEDIEND
    for aanmelding in te_stoppen:
        verander_aanmelding(aanmelding, Aanmeldingstatus.VERVALLEN, door=door, nu=nu)
        if was_verstuurd:
            meld_aanbieder(aanmelding, "aanbieder_vervallen", nu=nu)
    verander_vraag(
        vraag, naar, door=door, nu=nu, vervalreden=vervalreden.value if vervalreden else ""
    )
