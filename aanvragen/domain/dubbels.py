"""The same child asked for twice: by the same parent, or by the other parent (R2)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.gegevens import Kindgegevens, Oudergegevens
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.rust import eis_geen_rust_over, vergrendel_gezinnen
from aanvragen.domain.status import verander_aanmelding, verander_vraag
from aanvragen.models import Gezin, Opvangvraag, Ouder, Samenvoeging
from aanvragen.models.post import Samenvoegstand, Wijze
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


class AlGevraagd(Weigering):
    standaard = _("Een collega vroeg dit net al aan de ouder van de eerste vraag.")


class AlBeslist(Weigering):
    standaard = _("Hierover is intussen al beslist. Kijk hoe het nu staat.")


@transaction.atomic
def vraag_samenvoegen(dubbel: Opvangvraag, *, door: Gebruiker, nu: dt.datetime) -> Samenvoeging:
    """Staff think that this is the child of an earlier question: ask the parent of that one if the
    second applicant may share it.

    Guarantees: until the answer neither family sees anything of the other; the second question
    keeps waiting, and its parent reads only that somebody looks at it. Refuses: nothing marked as
    possibly double, or one of the two no longer as it was (OngeldigeOvergang), a colleague who was
    first (AlGevraagd), a child at rest (WilRust). Causes: one mail or letter to the first family,
    which names nobody. Source: R2, domein.md §1.4.
    """
    eerste = _vergrendel(dubbel)
    return _leg_voor(eerste, dubbel, door=door, nu=nu, vraag_het=True)


@transaction.atomic
def voeg_samen(
    dubbel: Opvangvraag, *, door: Gebruiker, nu: dt.datetime, wijze: str = Wijze.BALIE
) -> Opvangvraag:
    """The parent of the first question said yes to staff, at the counter, on the phone or on paper:
    ask and merge at once. Refuses what `vraag_samenvoegen` does.
    """
    eerste = _vergrendel(dubbel)
    samenvoeging = _leg_voor(eerste, dubbel, door=door, nu=nu, vraag_het=False)
    return _doe_samen(samenvoeging, door=door, nu=nu, wijze=wijze)


@transaction.atomic
def bevestig_samenvoegen(
    samenvoeging: Samenvoeging, *, door: Gebruiker, nu: dt.datetime, wijze: str
) -> Opvangvraag:
    """The parent of the first question says yes: the first stays, the second lapses as double (R2).

    Guarantees: the second applicant becomes a parent in the first family and from then on sees that
    question; the locations of the second that the first lacked stay out: the parents decide on
    their wishes. Causes: one mail to each parent. Refuses when it was answered or withdrawn
    meanwhile (AlBeslist), or when one of the two questions ended (OngeldigeOvergang).
    """
    _vergrendel_gevraagd(samenvoeging)
    return _doe_samen(samenvoeging, door=door, nu=nu, wijze=wijze)


@transaction.atomic
def weiger_samenvoegen(
    samenvoeging: Samenvoeging, *, door: Gebruiker, nu: dt.datetime, wijze: str
) -> None:
    """The parent of the first question says no: nothing is shared, staff judge the second question
    again. Nobody is told but staff: the second parent must not learn of the first.
    """
    _vergrendel_gevraagd(samenvoeging)
    _beslis(samenvoeging, Samenvoegstand.GEWEIGERD, door=door, nu=nu, wijze=wijze)


@transaction.atomic
def vraag_niet_langer(samenvoeging: Samenvoeging, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Staff take their question to the first family back, and judge the second question again."""
    _vergrendel_gevraagd(samenvoeging)
    _beslis(samenvoeging, Samenvoegstand.GESTOPT, door=door, nu=nu)


def _leg_voor(
    eerste: Opvangvraag, dubbel: Opvangvraag, *, door: Gebruiker, nu: dt.datetime, vraag_het: bool
) -> Samenvoeging:
    if Samenvoeging.objects.filter(dubbel=dubbel, stand=Samenvoegstand.GEVRAAGD).exists():
        raise AlGevraagd
    samenvoeging = Samenvoeging.objects.create(
        eerste=eerste, dubbel=dubbel, gevraagd_door=door, gevraagd_op=nu
    )
    if vraag_het:
        leg_vast(
            "aanvragen.vraag.samenvoegen_gevraagd",
            dubbel,
            door=door,
            nu=nu,
            loket=dubbel.loket,
            eerste=eerste.pk,
        )
        meld_ouders(
            eerste,
            "dubbel_gevraagd",
            nu=nu,
            wie=dubbel.aanvrager.voornaam,
            samen_url=settings.SITE_URL + reverse("mijn:samen", args=[eerste.referentie]),
        )
    return samenvoeging


def _doe_samen(
    samenvoeging: Samenvoeging, *, door: Gebruiker, nu: dt.datetime, wijze: str
) -> Opvangvraag:
    eerste, dubbel = samenvoeging.eerste, samenvoeging.dubbel
    for aanmelding in dubbel.aanmeldingen.filter(status__in=LOPENDE_AANMELDINGEN):
        verander_aanmelding(aanmelding, Aanmeldingstatus.VERVALLEN, door=door, nu=nu)
    verander_vraag(dubbel, Vraagstatus.VERVALLEN, door=door, nu=nu, vervalreden=Vervalreden.DUBBEL)
    samenvoeging.toegevoegd = _zet_erbij(dubbel.aanvrager, gezin=eerste.kind.gezin)
    samenvoeging.save(update_fields=["toegevoegd"])
    _beslis(samenvoeging, Samenvoegstand.SAMEN, door=door, nu=nu, wijze=wijze)
    leg_vast(
        "aanvragen.vraag.samengevoegd",
        eerste,
        door=door,
        nu=nu,
        loket=eerste.loket,
        dubbel=dubbel.pk,
        wijze=wijze,
    )
    meld_ouders(eerste, "samengevoegd", nu=nu)
    return eerste


def _zet_erbij(ouder: Ouder, *, gezin: Gezin) -> Ouder | None:
    """Give the second applicant a place in the first family, for this child only
    (`OuderQuerySet.van_kind`); None when it is a parent of that family already.
    """
    if ouder.gebruiker_id is not None:
        bekend = gezin.ouders.filter(gebruiker=ouder.gebruiker_id).first()
        if bekend is not None:
            return bekend if bekend.samenvoegingen.exists() else None
    return Ouder.objects.create(
        gezin=gezin,
        gebruiker=ouder.gebruiker,
        voornaam=ouder.voornaam,
        familienaam=ouder.familienaam,
        email=ouder.email,
        telefoon=ouder.telefoon,
        relatie=ouder.relatie,
    )


def _beslis(
    samenvoeging: Samenvoeging,
    stand: Samenvoegstand,
    *,
    door: Gebruiker,
    nu: dt.datetime,
    wijze: str = "",
) -> None:
    """Compare-and-swap under the locks, and log it under the second question."""
    gelukt = Samenvoeging.objects.filter(pk=samenvoeging.pk, stand=Samenvoegstand.GEVRAAGD).update(
        stand=stand, beantwoord_op=nu, wijze=wijze
    )
    if gelukt != 1:
        raise AlBeslist
    leg_vast(
        f"aanvragen.vraag.samenvoegen_{stand.value}",
        samenvoeging.dubbel,
        door=door,
        nu=nu,
        loket=samenvoeging.dubbel.loket,
        wijze=wijze,
    )
    samenvoeging.refresh_from_db()


def vergrendel_beide(eerste: Opvangvraag, dubbel: Opvangvraag) -> None:
    """Lock both families, then both questions, each in pk order."""
    vergrendel_gezinnen([eerste.kind.gezin_id, dubbel.kind.gezin_id])
    list(Opvangvraag.objects.vergrendeld().filter(pk__in=[eerste.pk, dubbel.pk]))


def _vergrendel(dubbel: Opvangvraag) -> Opvangvraag:
    """Lock what `vergrendel_beide` locks; give the first question, or refuse."""
    eerste = dubbel.mogelijk_dubbel_van
    if eerste is None:
        raise OngeldigeOvergang
    vergrendel_beide(eerste, dubbel)
    dubbel.refresh_from_db()
    if dubbel.status != Vraagstatus.INGEDIEND or dubbel.mogelijk_dubbel_van_id != eerste.pk:
        raise OngeldigeOvergang
    eis_geen_rust_over(eerste)
    if not Opvangvraag.objects.filter(_open_vragen(), pk=eerste.pk).exists():
        raise OngeldigeOvergang
    return eerste


def _vergrendel_gevraagd(samenvoeging: Samenvoeging) -> None:
    """The same, and still waiting for the parent; two answers never both count."""
    eerste = _vergrendel(samenvoeging.dubbel)
    samenvoeging.refresh_from_db()
    if samenvoeging.stand != Samenvoegstand.GEVRAAGD or samenvoeging.eerste_id != eerste.pk:
        raise AlBeslist
