"""Two questions for one child that stay apart: counted once without sharing, or parted again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.dubbels import AlBeslist, vergrendel_beide
from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.indienen import activeer
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.rust import eis_geen_rust_over
from aanvragen.domain.status import verander_vraag
from aanvragen.models import Aanmelding, Kenmerk, Opvangvraag, Samenvoeging
from aanvragen.models.post import Samenvoegstand
from aanvragen.workflow import Vraagstatus
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker

#: Parents who notice a wrong merge do so at the first mail; after this the families talk to us.
SCHEIDBAAR = dt.timedelta(days=30)

#: What belongs to the question that lapsed.
_VAN_DE_OUDE = frozenset(
    {
        "id",
        "referentie",
        "status",
        "vervalreden",
        "afgesloten_op",
        "mogelijk_dubbel_van",
        "laatst_bevestigd",
    }
)


class TeLaatOmTeScheiden(Weigering):
    standaard = _(
        "De samenvoeging is meer dan 30 dagen oud. Spreek af met de ouders "
        "en voer zo nodig een nieuwe vraag in."
    )


class OuderVroegVerder(Weigering):
    standaard = _(
        "De tweede ouder deed intussen zelf een vraag in dit gezin. "
        "Scheiden kan niet vanzelf. Bel beide ouders."
    )


@transaction.atomic
def tel_samen(dubbel: Opvangvraag, *, door: Gebruiker, nu: dt.datetime) -> None:
    """The same child, but the parents share nothing (they are separated, or one is protected): the
    second question runs on its own and the two are counted as one (R2).

    Guarantees: neither parent is told anything of the other. Causes: the question goes to its
    locations. Refuses when nothing was marked as possibly double or somebody decided meanwhile.
    """
    eerste = dubbel.mogelijk_dubbel_van
    if eerste is None:
        raise OngeldigeOvergang
    vergrendel_beide(eerste, dubbel)
    dubbel.refresh_from_db()
    if dubbel.status != Vraagstatus.INGEDIEND:
        raise OngeldigeOvergang
    _stop_vragen(dubbel, nu=nu)
    # Never a chain: everything is counted with the one that came first.
    Opvangvraag.objects.filter(pk=dubbel.pk).update(geteld_met=eerste.geteld_met or eerste)
    leg_vast("aanvragen.vraag.samen_geteld", dubbel, door=door, nu=nu, loket=dubbel.loket)
    activeer(dubbel, door=door, nu=nu)


@transaction.atomic
def laat_lopen(dubbel: Opvangvraag, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Another child after all: the question goes to its locations and counts by itself."""
    Opvangvraag.objects.vergrendeld().get(pk=dubbel.pk)
    _stop_vragen(dubbel, nu=nu)
    activeer(dubbel, door=door, nu=nu)


@transaction.atomic
def scheid(samenvoeging: Samenvoeging, *, door: Gebruiker, nu: dt.datetime) -> Opvangvraag:
    """Staff undo a merge: the second family gets its question back, as it was, on its own.

    A question that lapsed never comes back (R4), so it is a new one with a new reference, that
    keeps the day on which the family asked, its traits and its wishes. Guarantees: the second
    parent no longer sees the first family's question. Refuses after `SCHEIDBAAR` days, when it was
    undone meanwhile (AlBeslist), when that parent asked for another child in the first family since
    (OuderVroegVerder), and for a child at rest (WilRust). Causes: a mail to each family, and the
    question goes to its locations.
    """
    eerste, oud = samenvoeging.eerste, samenvoeging.dubbel
    vergrendel_beide(eerste, oud)
    samenvoeging.refresh_from_db()
    if samenvoeging.stand != Samenvoegstand.SAMEN or samenvoeging.beantwoord_op is None:
        raise AlBeslist
    if nu >= samenvoeging.beantwoord_op + SCHEIDBAAR:
        raise TeLaatOmTeScheiden
    eis_geen_rust_over(eerste)
    terug = _opnieuw(oud, door=door, nu=nu)
    ouder = samenvoeging.toegevoegd
    Samenvoeging.objects.filter(pk=samenvoeging.pk).update(
        stand=Samenvoegstand.GESCHEIDEN, gescheiden_op=nu, verder_als=terug
    )
    samenvoeging.refresh_from_db()
    if ouder and not ouder.samenvoegingen.filter(stand=Samenvoegstand.SAMEN).exists():
        try:
            ouder.delete()
        except ProtectedError as fout:
            raise OuderVroegVerder from fout
    leg_vast(
        "aanvragen.vraag.gescheiden",
        eerste,
        door=door,
        nu=nu,
        loket=eerste.loket,
        verder_als=terug.pk,
    )
    meld_ouders(eerste, "dubbel_gescheiden", nu=nu)
    activeer(terug, door=door, nu=nu)
    return terug


def _opnieuw(oud: Opvangvraag, *, door: Gebruiker, nu: dt.datetime) -> Opvangvraag:
    """The same question once more, with the day on which it was asked."""
    kenmerken = list(oud.kenmerken.all())
    wensen = list(oud.aanmeldingen.order_by("rang"))
    gebied = list(oud.gebied.all())
    nieuw = Opvangvraag.objects.create(
        **{
            veld.attname: getattr(oud, veld.attname)
            for veld in Opvangvraag._meta.concrete_fields
            if veld.name not in _VAN_DE_OUDE
        },
        laatst_bevestigd=nu,
    )
    nieuw.gebied.set(gebied)
    Kenmerk.objects.bulk_create(
        Kenmerk(
            opvangvraag=nieuw,
            code=k.code,
            aanwezig=k.aanwezig,
            stand=k.stand,
            door=k.door,
            op=k.op,
        )
        for k in kenmerken
    )
    Aanmelding.objects.bulk_create(
        Aanmelding(
            opvangvraag=nieuw,
            locatie=wens.locatie,
            rang=wens.rang,
            verzonden_op=nu,
            antwoord_voor=wens.antwoord_voor,
            gewijzigd_op=nu,
        )
        for wens in wensen
    )
    verander_vraag(nieuw, Vraagstatus.INGEDIEND, door=door, nu=nu)
    # The day of asking is the family's, whatever happened since.
    Opvangvraag.objects.filter(pk=nieuw.pk).update(ingediend_op=oud.ingediend_op)
    nieuw.refresh_from_db()
    return nieuw


def _stop_vragen(dubbel: Opvangvraag, *, nu: dt.datetime) -> None:
    """Staff decided without waiting for the first family: what was asked of it is off."""
    Samenvoeging.objects.filter(dubbel=dubbel, stand=Samenvoegstand.GEVRAAGD).update(
        stand=Samenvoegstand.GESTOPT, beantwoord_op=nu
    )
