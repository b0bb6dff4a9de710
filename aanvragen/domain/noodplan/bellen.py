"""The call list: who to call now, and what came of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.noodplan.rust import eis_geen_rust, maak_stil
from aanvragen.domain.stoppen import laat_vervallen
from aanvragen.models import Belpoging, Noodplan, Noodplanregel, Opvangvraag
from aanvragen.models.noodplan import GEREGELD, Beluitkomst, NoodplanregelQuerySet
from aanvragen.workflow import LOPENDE_VRAGEN, Vervalreden
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker

#: After a call without an answer, or a talk, we call again so many days later unless told else.
OPNIEUW_NA = {Beluitkomst.NIET_BEREIKT: 1, Beluitkomst.BEREIKT: 3}

_VERVALT = {
    Beluitkomst.EIGEN: Vervalreden.NIET_MEER_NODIG,
    Beluitkomst.ELDERS: Vervalreden.BUITEN_LOKET,
}


def bellijst(noodplan: Noodplan) -> NoodplanregelQuerySet:
    """The families to call, the longest due first: ours, without a place yet, and none that asked
    for calm.
    """
    return (
        Noodplanregel.objects.aanspreekbaar(noodplan)
        .filter(heropend__status__in=LOPENDE_VRAGEN)
        .exclude(uitkomst__in=GEREGELD)
        .order_by("bel_op", "pk")
    )


@transaction.atomic
def noteer_gesprek(
    regel: Noodplanregel,
    uitkomst: Beluitkomst,
    *,
    door: Gebruiker,
    nu: dt.datetime,
    opnieuw_op: dt.date | None = None,
    notitie: str = "",
) -> Belpoging:
    """Note one call. A family that wants calm hears nothing more, from this moment.

    Causes: `rust` takes back every draft and unsent mail and lets the questions of this family in
    the plan lapse in silence; "own solution" and "placed elsewhere" let it lapse with their code,
    so that it never counts as unanswered (R7). Refuses a family that asked for calm before
    (WilRust), and a day to call again that has passed.
    """
    eis_geen_rust(regel)
    vandaag = timezone.localdate(nu)
    if opnieuw_op is not None and opnieuw_op < vandaag:
        raise Weigering(_("De dag om opnieuw te bellen is al voorbij."))
    poging = Belpoging.objects.create(
        regel=regel,
        uitkomst=uitkomst,
        opnieuw_op=opnieuw_op,
        notitie="" if uitkomst == Beluitkomst.RUST else notitie,
        door=door,
        op=nu,
    )
    na = dt.timedelta(days=OPNIEUW_NA.get(uitkomst, 0))
    Noodplanregel.objects.filter(pk=regel.pk).update(
        uitkomst=uitkomst,
        bel_op=opnieuw_op or vandaag + na,
        rust_op=nu if uitkomst == Beluitkomst.RUST else None,
    )
    leg_vast(
        "aanvragen.noodplan.gebeld",
        regel,
        door=door,
        nu=nu,
        loket=regel.noodplan.loket,
        uitkomst=uitkomst.value,
    )
    _gevolg(regel, uitkomst, door=door, nu=nu)
    regel.refresh_from_db()
    return poging


def _gevolg(
    regel: Noodplanregel, uitkomst: Beluitkomst, *, door: Gebruiker, nu: dt.datetime
) -> None:
    if uitkomst == Beluitkomst.RUST:
        maak_stil(regel.gezin)
        for vraag in Opvangvraag.objects.filter(
            status__in=LOPENDE_VRAGEN,
            noodplanregels__noodplan=regel.noodplan_id,
            kind__gezin=regel.gezin.pk,
        ).order_by("pk"):
            laat_vervallen(vraag, reden=Vervalreden.DROEVIG, door=door, nu=nu)
        return
    reden = _VERVALT.get(uitkomst)
    if reden and regel.heropend is not None and regel.heropend.status in LOPENDE_VRAGEN:
        laat_vervallen(regel.heropend, reden=reden, door=door, nu=nu)
