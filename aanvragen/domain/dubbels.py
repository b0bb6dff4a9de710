"""The same child asked for twice: by the same parent, or by the other parent (R2)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.gegevens import Kindgegevens, Oudergegevens
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.status import verander_aanmelding, verander_vraag
from aanvragen.models import Gezin, Opvangvraag
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    LOPENDE_VRAGEN,
    Aanmeldingstatus,
    Vervalreden,
    Vraagstatus,
)
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket

#: Due dates are estimates: two parents may remember them differently.
_SPELING_VERWACHT = dt.timedelta(days=14)


def _zelfde_kind(kind: Kindgegevens) -> Q:
    """Born: first name and birth date. Unborn: family name and about the same due date."""
    if kind.geboortedatum:
        return Q(kind__voornaam__iexact=kind.voornaam, kind__geboortedatum=kind.geboortedatum)
    verwacht = kind.verwachte_geboortedatum
    assert verwacht is not None
    marge = (verwacht - _SPELING_VERWACHT, verwacht + _SPELING_VERWACHT)
    return Q(
        kind__geboortedatum=None,
        kind__familienaam__iexact=kind.familienaam,
        kind__verwachte_geboortedatum__range=marge,
    )


def _open_vragen() -> Q:
    """Running, or placed where care goes on: a child whose location closes may ask anew (R4)."""
    return Q(status__in=LOPENDE_VRAGEN) | Q(status=Vraagstatus.GEPLAATST, opvang_stopt_op=None)


def eigen_lopende_vraag(
    kind: Kindgegevens, ouder: Oudergegevens, *, gebruiker: Gebruiker | None
) -> Opvangvraag | None:
    """The running question of this very parent for this child, from before this request; theirs to
    see.

    Only an account proves who asks: an address alone is never enough to be told of a question.
    """
    if gebruiker is None:
        return None
    return (
        Opvangvraag.objects.van_ouder(gebruiker).filter(_open_vragen(), _zelfde_kind(kind)).first()
    )


def zoek_mogelijke_dubbel(
    kind: Kindgegevens, *, loket: Loket, behalve_gezin: Gezin
) -> Opvangvraag | None:
    """A running question of another family in this loket that may be about the same child; for
    staff only.
    """
    return (
        Opvangvraag.objects.filter(_open_vragen(), _zelfde_kind(kind), loket=loket)
        .exclude(kind__gezin=behalve_gezin)
        .order_by("aangemaakt_op")
        .first()
    )


@transaction.atomic
def voeg_samen(dubbel: Opvangvraag, *, door: Gebruiker, nu: dt.datetime) -> Opvangvraag:
    """Staff decide that two questions are about one child: the first stays, the second lapses as
    double (R2).

    Guarantees: the second applicant becomes a parent in the first family and from then on sees that
    question; the locations of the second that the first lacked stay out: the parents decide on
    their wishes. Causes: one mail to each parent. Refuses when nothing was marked as possibly
    double.
    """
    eerste = dubbel.mogelijk_dubbel_van
    if eerste is None or dubbel.status != Vraagstatus.INGEDIEND:
        raise Weigering
    for aanmelding in dubbel.aanmeldingen.filter(status__in=LOPENDE_AANMELDINGEN):
        verander_aanmelding(aanmelding, Aanmeldingstatus.VERVALLEN, door=door, nu=nu)
    verander_vraag(dubbel, Vraagstatus.VERVALLEN, door=door, nu=nu, vervalreden=Vervalreden.DUBBEL)
    tweede_ouder = dubbel.aanvrager
    bekend = (
        tweede_ouder.gebruiker_id is not None
        and eerste.kind.gezin.ouders.filter(gebruiker=tweede_ouder.gebruiker_id).exists()
    )
    if not bekend:
        tweede_ouder.pk = None
        tweede_ouder.gezin = eerste.kind.gezin
        tweede_ouder.save(force_insert=True)
    leg_vast(
        "aanvragen.vraag.samengevoegd",
        eerste,
        door=door,
        nu=nu,
        loket=eerste.loket,
        dubbel=dubbel.pk,
    )
    meld_ouders(eerste, "samengevoegd", nu=nu)
    return eerste
