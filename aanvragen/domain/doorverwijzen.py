"""Send a family on to a partner, as it agreed, and note what came of it. Never why."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.models import Doorverwijzing, Opvangvraag, Partner
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    Doorverwijsuitkomst,
    Doorverwijswijze,
    Vervalreden,
)
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker


class ZonderToestemming(Weigering):
    standaard = _("Doorverwijzen kan alleen als het gezin het goed vindt.")


class AndereLoket(Weigering):
    standaard = _("Deze partner hoort bij een ander loket.")


@transaction.atomic
def verwijs_door(
    vraag: Opvangvraag,
    partner: Partner,
    *,
    wijze: Doorverwijswijze,
    gezin_akkoord: bool,
    door: Gebruiker,
    nu: dt.datetime,
) -> Doorverwijzing:
    """Tell a family of a partner, or (with `wijze` doorgeven) the partner of the family.

    Guarantees: only with the family's consent, which is recorded with its moment; no reason is
    stored anywhere. Both parents get a mail with the partner's contact and what is passed on.
    Refuses without consent (ZonderToestemming), a partner of another loket, and a question that
    ended (OngeldigeOvergang). Source: domein.md §1.6.
    """
    if not gezin_akkoord:
        raise ZonderToestemming
    vers = Opvangvraag.objects.vergrendeld().get(pk=vraag.pk)
    if vers.status in AFGESLOTEN_VRAGEN:
        raise OngeldigeOvergang
    if partner.loket_id != vraag.loket_id or not partner.actief:
        raise AndereLoket
    verwijzing = Doorverwijzing.objects.create(
        opvangvraag=vraag,
        partner=partner,
        wijze=wijze,
        door=door,
        op=nu,
        toestemming_op=nu,
    )
    _leg_vast("gedaan", verwijzing, door=door, nu=nu)
    meld_ouders(vraag, "doorverwezen", nu=nu, verwijzing=verwijzing, partner=partner)
    return verwijzing


@transaction.atomic
def noteer_uitkomst(
    verwijzing: Doorverwijzing,
    *,
    uitkomst: Doorverwijsuitkomst,
    nota: str,
    door: Gebruiker,
    nu: dt.datetime,
) -> None:
    """Say what came of a referral; a later note replaces an earlier one, the logbook keeps both.

    Refuses after sad news (OngeldigeOvergang). Nobody is mailed.
    """
    vers = Opvangvraag.objects.vergrendeld().get(pk=verwijzing.opvangvraag_id)
    if vers.vervalreden == Vervalreden.DROEVIG:
        raise OngeldigeOvergang
    verwijzing.uitkomst, verwijzing.uitkomst_nota = uitkomst, nota
    verwijzing.uitkomst_op = nu
    verwijzing.save(update_fields=["uitkomst", "uitkomst_nota", "uitkomst_op"])
    _leg_vast("uitkomst", verwijzing, door=door, nu=nu)


def _leg_vast(wat: str, verwijzing: Doorverwijzing, *, door: Gebruiker, nu: dt.datetime) -> None:
    leg_vast(
        f"aanvragen.doorverwijzing.{wat}",
        verwijzing.opvangvraag,
        door=door,
        nu=nu,
        loket=verwijzing.opvangvraag.loket,
        doorverwijzing=verwijzing.pk,
        partner=verwijzing.partner_id,
        wijze=str(verwijzing.wijze),
        uitkomst=str(verwijzing.uitkomst),
    )
