"""A mail about a question did not arrive: the counter lets it go out again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from aanvragen.domain.rust import WilRust, zwijgt_over
from aanvragen.models import Opvangvraag
from aanvragen.workflow import LOPENDE_VRAGEN, Vraagstatus
from loket.domain.logboek import leg_vast
from loket.models import Bericht, Gebruiker
from loket.workflow import Berichtstatus


@transaction.atomic
def mail_opnieuw(vraag: Opvangvraag, bericht: Bericht, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Put a failed mail back in the outbox, with all its attempts before it.

    Refuses a question that has ended: then nothing may go out any more (R5). Refuses a mail that
    did not fail, or that a colleague sent again meanwhile (IntussenGewijzigd).
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=vraag.pk)
    if vraag.status not in LOPENDE_VRAGEN | {Vraagstatus.GEPLAATST}:
        raise OngeldigeOvergang
    if zwijgt_over(vraag):
        raise WilRust
    gelukt = (
        Bericht.objects.over(vraag)
        .filter(pk=bericht.pk, status=Berichtstatus.MISLUKT)
        .update(
            status=Berichtstatus.WACHT, pogingen=0, geclaimd_op=None, volgende_poging_op=nu, fout=""
        )
    )
    if gelukt != 1:
        raise IntussenGewijzigd
    leg_vast(
        "aanvragen.bericht.opnieuw", vraag, door=door, nu=nu, loket=vraag.loket, bericht=bericht.pk
    )
