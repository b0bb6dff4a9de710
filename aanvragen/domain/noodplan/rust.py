"""A family that asked for calm hears nothing of a noodplan, whatever was already written (R5).

One definition (`models.noodplan.wil_rust`), asked under a lock on the family: who asks for calm
while somebody presses "send" is either before it, and then skipped, or after it, and then what has
not left yet is taken back. Order of locks: gezin, then vraag, then plaatsaanbod.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.fouten import Weigering
from aanvragen.models import Gezin, Noodbericht, Noodplanregel, Opvangvraag, Ouder
from aanvragen.models.noodplan import wil_rust
from loket.models import Bericht
from loket.workflow import Berichtstatus


class WilRust(Weigering):
    standaard = _("Dit gezin vroeg rust. Neem geen contact op: van ons krijgt het niets meer.")


def vergrendel_gezinnen(gezin_ids: Iterable[int]) -> None:
    """Lock the families in pk order; others may still point at them."""
    list(
        Gezin.objects.select_for_update(no_key=True)
        .filter(pk__in=set(gezin_ids))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def met_rust(regels: Iterable[Noodplanregel]) -> frozenset[int]:
    """Which of these lines belong to a family that asked for calm (their primary keys)."""
    return frozenset(
        Noodplanregel.objects.filter(pk__in=[regel.pk for regel in regels])
        .die_rust_willen()
        .values_list("pk", flat=True)
    )


def gezinnen_met_rust(gezin_ids: Iterable[int]) -> frozenset[int]:
    """Which of these families asked for calm."""
    return frozenset(
        Gezin.objects.filter(wil_rust(OuterRef("pk")), pk__in=set(gezin_ids)).values_list(
            "pk", flat=True
        )
    )


def eis_geen_rust(regel: Noodplanregel) -> None:
    """Lock the family and refuse (WilRust) when it asked for calm."""
    vergrendel_gezinnen([regel.gezin.pk])
    if met_rust([regel]):
        raise WilRust


def zwijgt_over(vraag: Opvangvraag) -> bool:
    """Tell whether no mail about this question may be made: a plan asked it for a family that
    wants calm.
    """
    return Noodplanregel.objects.filter(heropend=vraag).die_rust_willen().exists()


def maak_stil(gezin: Gezin) -> None:
    """Take back every draft, and every mail of a noodplan to this family that has not left.

    Locks the family: call it before locking its question. What goes to providers is left alone.
    """
    vergrendel_gezinnen([gezin.pk])
    regels = Noodplanregel.objects.filter(plaatsing__opvangvraag__kind__gezin=gezin)
    Noodbericht.objects.filter(regel__in=regels, verstuurd_op=None).delete()
    Bericht.objects.filter(
        onderwerp_soort=Opvangvraag._meta.label_lower,
        onderwerp_id__in=regels.exclude(heropend=None).values("heropend"),
        aan__in=Ouder.objects.filter(gezin=gezin).exclude(email="").values("email"),
        status__in=[Berichtstatus.WACHT, Berichtstatus.BEZIG],
    ).update(status=Berichtstatus.INGETROKKEN)
