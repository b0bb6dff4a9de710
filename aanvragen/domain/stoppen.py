"""A question ends without a place: withdrawn, lapsed, or closed without an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from aanvragen.domain.fouten import OngeldigeOvergang
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.rust import maak_stil, zwijg_over_kind
from aanvragen.domain.status import verander_aanmelding, verander_voorstel, verander_vraag
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel, Vrijmelding
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
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
    """The question lapses. After sad news everything goes silent at once (`breng_tot_rust`).

    Guarantees: running offers and even an accepted place are freed; unsent mail about the question
    is withdrawn; the question is never counted as unanswered (R5-R7). Providers get one neutral
    line without the reason. Source: Opgroeien FAQ, domein.md §1.4 and §12 rules 1 and 3.
    """
    if reden == Vervalreden.DROEVIG:
        breng_tot_rust(vraag, door=door, nu=nu)
        return
    _stop([vraag], Vraagstatus.VERVALLEN, door=door, nu=nu, vervalreden=reden)
    meld_ouders(vraag, "vervallen", nu=nu)


@transaction.atomic
def breng_tot_rust(vraag: Opvangvraag, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Calm: from the commit on nobody gets anything about this child any more, and nothing is
    asked (R5). Doing it twice is doing it once.

    Guarantees: every open question of the child lapses, also an old one whose place a closing
    ended; offers, held and accepted places are free; no mail, letter or message about the child
    leaves after the commit, to parents, providers or toeleider, not even one that a worker had
    claimed (`rust.maak_stil` waits for what is being handed over). Where a place came free a person
    calls the provider (`Vrijmelding`). Other children of the family keep their questions; a
    noodplan is silent for all of them. Refuses a question that ended for another reason.
    """
    maak_stil(vraag.kind.gezin)
    vraag.refresh_from_db()
    if vraag.vervalreden == Vervalreden.DROEVIG:
        return
    if vraag.status in AFGESLOTEN_VRAGEN:
        raise OngeldigeOvergang
    open_vragen = list(
        Opvangvraag.objects.filter(kind=vraag.kind)
        .exclude(status__in=AFGESLOTEN_VRAGEN)
        .select_related("loket")
        .order_by("pk")
    )
    _stop(
        open_vragen,
        Vraagstatus.VERVALLEN,
        door=door,
        nu=nu,
        vervalreden=Vervalreden.DROEVIG,
        stil=True,
    )
    zwijg_over_kind(vraag.kind)
    vraag.refresh_from_db()


@transaction.atomic
def trek_in(vraag: Opvangvraag, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """The family no longer asks. Offers are freed, providers told, the parents get a mail."""
    _stop([vraag], Vraagstatus.INGETROKKEN, door=door, nu=nu)
    meld_ouders(vraag, "ingetrokken", nu=nu)


@transaction.atomic
def sluit_onbeantwoord_af(vraag: Opvangvraag, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Staff are sure that no place was found: closed, and counted as unanswered (R6 asks for that
    certainty).
    """
    _stop([vraag], Vraagstatus.ONBEANTWOORD, door=door, nu=nu)
    meld_ouders(vraag, "onbeantwoord", nu=nu)


def _stop(
    vragen: Sequence[Opvangvraag],
    naar: Vraagstatus,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    vervalreden: Vervalreden | None = None,
    stil: bool = False,
) -> None:
    list(Opvangvraag.objects.vergrendeld().filter(pk__in=[vraag.pk for vraag in vragen]))
    for vraag in vragen:
        vraag.refresh_from_db()
        stop_berichten_over(vraag)
    bezet = Voorstel.objects.filter(
        aanmelding__opvangvraag__in=vragen,
        status__in=[*LOPENDE_VOORSTELLEN, Voorstelstatus.AANVAARD],
    )
    # Freeing needs no lock of its own, but the trigger writes the rows: take them in pk order.
    list(Plaatsaanbod.objects.vergrendeld().filter(voorstellen__in=bezet.values("pk")))
    for voorstel in bezet.select_related("aanmelding__locatie", "aanmelding__opvangvraag__loket"):
        verander_voorstel(voorstel, Voorstelstatus.INGETROKKEN, door=door, nu=nu)
        if stil:
            Vrijmelding.objects.get_or_create(
                aanmelding=voorstel.aanmelding, defaults={"sinds": nu}
            )
    for vraag in vragen:
        vraag.plaatsingen.filter(beeindigd_op=None).update(beeindigd_op=nu)
        _sluit_aanmeldingen(vraag, stil=stil, door=door, nu=nu)
        verander_vraag(
            vraag, naar, door=door, nu=nu, vervalreden=vervalreden.value if vervalreden else ""
        )


def _sluit_aanmeldingen(
    vraag: Opvangvraag, *, stil: bool, door: Gebruiker | None, nu: dt.datetime
) -> None:
    te_stoppen = Aanmelding.objects.filter(
        opvangvraag=vraag,
        status__in=[*LOPENDE_AANMELDINGEN, Aanmeldingstatus.VERLOPEN, Aanmeldingstatus.AANVAARD],
    ).select_related("locatie__organisator", "opvangvraag__loket", "opvangvraag__kind")
    for aanmelding in te_stoppen:
        verander_aanmelding(aanmelding, Aanmeldingstatus.VERVALLEN, door=door, nu=nu)
        if vraag.status != Vraagstatus.INGEDIEND and not stil:
            meld_aanbieder(aanmelding, "aanbieder_vervallen", nu=nu)
