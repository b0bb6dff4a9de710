"""The family keeps its question true: still needed, and the birth."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import Weigering
from aanvragen.models import Kind, Opvangvraag
from aanvragen.workflow import AFGESLOTEN_VRAGEN, LOPENDE_VRAGEN
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker


@transaction.atomic
def bevestig(
    vraag: Opvangvraag, *, door: Gebruiker | None, nu: dt.datetime, namens: str = ""
) -> None:
    """The family still needs care: nobody calls about it, and the next asking is a term away.

    Refuses a question that has ended.
    """
    Opvangvraag.objects.vergrendeld().get(pk=vraag.pk)
    vraag.refresh_from_db()
    if vraag.status not in LOPENDE_VRAGEN:
        raise Weigering
    Opvangvraag.objects.filter(pk=vraag.pk).update(laatst_bevestigd=nu)
    leg_vast("aanvragen.vraag.bevestigd", vraag, door=door, nu=nu, loket=vraag.loket, namens=namens)
    vraag.refresh_from_db()


@transaction.atomic
def meld_geboorte(
    vraag: Opvangvraag,
    *,
    geboortedatum: dt.date,
    voornaam: str,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> None:
    """The expected child was born: the real date counts from now on, the expected one stays on
    record.

    Refuses a question that has ended, and a child whose birth was told before.
    """
    if vraag.status in AFGESLOTEN_VRAGEN:
        raise Weigering
    if vraag.kind.geboren:
        raise Weigering(_("De geboorte van dit kind is al gemeld."))
    Kind.objects.filter(pk=vraag.kind_id).update(geboortedatum=geboortedatum, voornaam=voornaam)
    leg_vast("aanvragen.kind.geboren", vraag, door=door, nu=nu, loket=vraag.loket)
    vraag.kind.refresh_from_db()
