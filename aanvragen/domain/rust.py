"""Calm: after sad news nobody hears anything more about this child (R5).

Calm is about one child. It is said by a question of that child that lapsed after sad news; every
question of the child from before that moment is then silent, to the parents, the providers, the
toeleider and by any road: mail, letter, message. Other children of the family keep their questions.
Who asks for care for that child again, later and itself, is spoken to again (R4, R5).

The order of locks: the family, then the silence (`loket/domain/stilte.py`), then questions, then
free places. Source: Opgroeien FAQ, domein.md §1.4, §12 rules 1 and 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.fouten import Weigering
from aanvragen.models import Gezin, Kind, Noodbericht, Noodplanregel, Opvangvraag, Ouder
from aanvragen.workflow import Vervalreden
from loket.domain.stilte import Stilte, neem
from loket.models import Bericht
from loket.workflow import Berichtstatus


class WilRust(Weigering):
    standaard = _("Dit gezin vroeg rust. Neem geen contact op: van ons krijgt het niets meer.")


def stille_vragen() -> QuerySet[Opvangvraag]:
    """Every question about which nothing may be said any more.

    Also one that was the same question for this child, and lapsed as double (R2).
    """
    droevig = Opvangvraag.objects.filter(
        Q(afgesloten_op__gte=OuterRef("ingediend_op")) | Q(pk=OuterRef("pk")),
        kind=OuterRef("kind"),
        vervalreden=Vervalreden.DROEVIG,
    )
    ooit_droevig = Opvangvraag.objects.filter(
        kind=OuterRef("kind"), vervalreden=Vervalreden.DROEVIG
    )
    van_een_plan = Noodplanregel.objects.filter(heropend=OuterRef("pk"))
    dubbel_van = Opvangvraag.objects.filter(
        kind=OuterRef("mogelijk_dubbel_van__kind"), vervalreden=Vervalreden.DROEVIG
    )
    return Opvangvraag.objects.filter(
        Q(Exists(droevig))
        | Q(Exists(ooit_droevig), Exists(van_een_plan))
        | Q(Exists(ooit_droevig), ingediend_op=None)
        | Q(Exists(dubbel_van), vervalreden=Vervalreden.DUBBEL)
    )


def zwijgt_over(vraag: Opvangvraag) -> bool:
    """Tell whether the family may not be written to about this question: its child is at rest, or
    a plan asked it for a family that wants calm.
    """
    return is_stil(vraag) or _plan_zwijgt(vraag.pk)


def is_stil(vraag: Opvangvraag) -> bool:
    """Tell whether nobody at all may be written to about this question: its child is at rest."""
    return _is_stil(vraag.pk)


def _is_stil(vraag_id: int) -> bool:
    return stille_vragen().filter(pk=vraag_id).exists()


def _plan_zwijgt(vraag_id: int) -> bool:
    return Noodplanregel.objects.filter(heropend=vraag_id).die_rust_willen().exists()


def _zwijgt_tegen(vraag_id: int, aan: str) -> bool:
    """For one address: a plan is silent to the family only, its provider may hear."""
    ouders = Ouder.objects.filter(gezin__kinderen__opvangvragen=vraag_id, email__iexact=aan)
    return _is_stil(vraag_id) or (_plan_zwijgt(vraag_id) and ouders.exists())


def eis_geen_rust_over(vraag: Opvangvraag) -> None:
    """Refuse (WilRust) what would speak about a child that is at rest."""
    if zwijgt_over(vraag):
        raise WilRust


def stilte_over_vraag(pk: int) -> Stilte | None:
    """For the outbox: a mail about a question is about its child."""
    kind = Opvangvraag.objects.filter(pk=pk).values_list("kind", flat=True).first()
    return None if kind is None else Stilte(_slot(kind), partial(_zwijgt_tegen, pk))


def _slot(kind_id: int) -> str:
    return f"kind:{kind_id}"


def vergrendel_gezinnen(gezin_ids: Iterable[int]) -> None:
    """Lock the families in pk order; others may still point at them."""
    list(
        Gezin.objects.select_for_update(no_key=True)
        .filter(pk__in=set(gezin_ids))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def maak_stil(gezin: Gezin) -> None:
    """Wait for any mail about a child of this family that is being handed over, and hold back the
    next ones until this transaction ends. Take back every draft and unsent mail of a noodplan.

    Locks the family: call it before locking its question. What goes to providers about another
    child is left alone.
    """
    vergrendel_gezinnen([gezin.pk])
    dubbel = Kind.objects.filter(
        opvangvragen__vervalreden=Vervalreden.DUBBEL,
        opvangvragen__mogelijk_dubbel_van__kind__gezin=gezin,
    )
    kinderen = {
        *Kind.objects.filter(gezin=gezin).values_list("pk", flat=True),
        *dubbel.values_list("pk", flat=True),
    }
    neem(_slot(kind) for kind in kinderen)
    regels = Noodplanregel.objects.filter(plaatsing__opvangvraag__kind__gezin=gezin)
    Noodbericht.objects.filter(regel__in=regels, verstuurd_op=None).delete()
    _trek_mail_in(
        regels.exclude(heropend=None).values("heropend"),
        aan__in=Ouder.objects.filter(gezin=gezin).exclude(email="").values("email"),
    )


def zwijg_over_kind(kind: Kind) -> int:
    """Withdraw every mail about any question of this child, to whomever; gives how many.

    Call it after the questions lapsed, with the locks of `maak_stil`.
    """
    return _trek_mail_in(
        Opvangvraag.objects.filter(
            Q(kind=kind) | Q(vervalreden=Vervalreden.DUBBEL, mogelijk_dubbel_van__kind=kind)
        ).values("pk")
    )


def _trek_mail_in(vragen: QuerySet[Any, Any], **velden: Any) -> int:
    return Bericht.objects.filter(
        onderwerp_soort=Opvangvraag._meta.label_lower,
        onderwerp_id__in=vragen,
        status__in=[Berichtstatus.WACHT, Berichtstatus.BEZIG],
        **velden,
    ).update(status=Berichtstatus.INGETROKKEN)
