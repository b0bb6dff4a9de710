"""The conversation about a question: a family with its loket, and with each provider apart."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.gespreklink import gesprek_url
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.passen import contact_zichtbaar
from aanvragen.domain.rust import eis_geen_rust_over
from aanvragen.models import Aanmelding, Gelezen, Gesprek, Gespreksbericht, Opvangvraag, Vrijmelding
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    GESPREK_AANMELDINGEN,
    KANT_VAN_HET_GEZIN,
    Partij,
    Vraagstatus,
)
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from loket.rem import te_vaak

#: So many messages somebody may write in an hour: enough for a talk, too few for a flood.
PER_UUR = 20
#: The same words again within this time are a second press on the button.
DUBBEL = dt.timedelta(minutes=2)
#: Who has an unread message got a mail of it; the next one comes when this has passed.
STIL_NA_MAIL = dt.timedelta(hours=24)


class GesprekGesloten(Weigering):
    standaard = _("Dit gesprek is gesloten. Je kunt hier niet meer schrijven.")


class NogNietSchrijven(Weigering):
    standaard = _(
        "Je kunt dit gezin nog niet schrijven. Dat kan zodra je een plaats voorstelt, "
        "of als het gezin jou eerst schrijft."
    )


class TeVeelBerichten(Weigering):
    standaard = _("Je schreef veel berichten na elkaar. Wacht een uur, of bel.")


def is_open(vraag: Opvangvraag, aanmelding: Aanmelding | None) -> bool:
    """Tell whether something may still be written: the question and the request live."""
    if vraag.status in AFGESLOTEN_VRAGEN | {Vraagstatus.CONCEPT}:
        return False
    if aanmelding is None:
        return True
    return vraag.status != Vraagstatus.INGEDIEND and aanmelding.status in GESPREK_AANMELDINGEN


def opvang_mag_schrijven(aanmelding: Aanmelding) -> bool:
    """Tell whether the provider may write: it may know the family, or the family wrote first."""
    return is_open(aanmelding.opvangvraag, aanmelding) and (
        contact_zichtbaar(aanmelding) or Gesprek.objects.filter(aanmelding=aanmelding).exists()
    )


def opvang_mag_lezen(aanmelding: Aanmelding) -> bool:
    """Tell whether the provider may read what was written: not after the request lapsed, for
    whatever reason: then the page is the same for everybody.
    """
    return is_open(aanmelding.opvangvraag, aanmelding)


@transaction.atomic
def schrijf(
    vraag: Opvangvraag,
    aanmelding: Aanmelding | None,
    *,
    partij: Partij,
    tekst: str,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> Gespreksbericht:
    """Write one message: to and from the loket, or (`aanmelding`) to and from that provider.

    Guarantees: one thread per question and side; the same words twice in a row are one message; the
    other side gets one mail, without a word of the content, until it has read. Refuses: a question
    or request that ended (GesprekGesloten), a child at rest (WilRust), a provider that may not know
    the family and was not written to (NogNietSchrijven), a flood (TeVeelBerichten). The loket
    writes in its own thread only.
    """
    vraag = Opvangvraag.objects.vergrendeld().select_related("loket").get(pk=vraag.pk)
    eis_geen_rust_over(vraag)
    if aanmelding is not None:
        aanmelding = _ververs(aanmelding, vraag)
    if not is_open(vraag, aanmelding):
        raise GesprekGesloten
    _eis_partij(partij, aanmelding)
    gesprek = _gesprek(vraag, aanmelding, partij=partij, nu=nu)
    if (eerder := _zonet(gesprek, partij=partij, tekst=tekst, door=door, nu=nu)) is not None:
        return eerder
    wie = f"gebruiker:{door.pk}" if door else f"gesprek:{gesprek.pk}:{partij}"
    if te_vaak("gesprek", wie, keer=PER_UUR, per=dt.timedelta(hours=1), nu=nu):
        raise TeVeelBerichten
    mail_kwam_al = _heeft_ongelezen(gesprek, van=partij, nu=nu)
    bericht = Gespreksbericht.objects.create(
        gesprek=gesprek, partij=partij, door=door, tekst=tekst, op=nu
    )
    Gesprek.objects.filter(pk=gesprek.pk).update(laatste_op=nu, laatste_partij=partij)
    markeer_gelezen(gesprek, partij=partij, door=door, tot=nu)
    leg_vast(
        f"aanvragen.gesprek.{partij.value}",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        gesprek=gesprek.pk,
        locatie=aanmelding.locatie.naam if aanmelding else "",
    )
    if not mail_kwam_al:
        _meld(vraag, aanmelding, van=partij, door=door, nu=nu)
    return bericht


def markeer_gelezen(
    gesprek: Gesprek, *, partij: Partij, door: Gebruiker | None, tot: dt.datetime
) -> None:
    """Note until which message this side has read. A parent reads for itself; a provider and a
    loket read together. Who helps a family reads nothing in its place.
    """
    if partij == Partij.TOELEIDER:
        return
    lezer = door if partij == Partij.GEZIN else None
    Gelezen.objects.update_or_create(
        gesprek=gesprek, partij=partij, gebruiker=lezer, defaults={"tot": tot}
    )


@transaction.atomic
def handel_af(gesprek: Gesprek, *, tot: dt.datetime, door: Gebruiker, nu: dt.datetime) -> None:
    """Staff say that what was written until `tot` needs no answer; what came later still does."""
    Opvangvraag.objects.vergrendeld().get(pk=gesprek.opvangvraag_id)
    Gesprek.objects.filter(pk=gesprek.pk).update(afgehandeld_op=tot)
    markeer_gelezen(gesprek, partij=Partij.LOKET, door=door, tot=tot)
    vraag = gesprek.opvangvraag
    leg_vast(
        "aanvragen.gesprek.afgehandeld",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        gesprek=gesprek.pk,
    )


@transaction.atomic
def meld_vrijgekomen(vrijmelding: Vrijmelding, *, door: Gebruiker, nu: dt.datetime) -> bool:
    """Staff called the provider: its place is free again. False when a colleague did already."""
    gedaan = Vrijmelding.objects.filter(pk=vrijmelding.pk, gemeld_op=None).update(
        gemeld_op=nu, gemeld_door=door
    )
    if gedaan:
        vraag = vrijmelding.aanmelding.opvangvraag
        leg_vast(
            "aanvragen.aanmelding.vrijgemeld",
            vraag,
            door=door,
            nu=nu,
            loket=vraag.loket,
            aanmelding=vrijmelding.aanmelding_id,
            locatie=vrijmelding.aanmelding.locatie.naam,
        )
    return bool(gedaan)


def _ververs(aanmelding: Aanmelding, vraag: Opvangvraag) -> Aanmelding:
    return Aanmelding.objects.select_related("locatie__organisator", "opvangvraag__loket").get(
        pk=aanmelding.pk, opvangvraag=vraag
    )


def _eis_partij(partij: Partij, aanmelding: Aanmelding | None) -> None:
    """Each side in its own thread: the loket not in a provider's, a provider not in the loket's."""
    if partij == Partij.OPVANG:
        if aanmelding is None:
            raise GesprekGesloten
        if not opvang_mag_schrijven(aanmelding):
            raise NogNietSchrijven
    elif partij != Partij.GEZIN and aanmelding is not None:
        raise GesprekGesloten


def _gesprek(
    vraag: Opvangvraag, aanmelding: Aanmelding | None, *, partij: Partij, nu: dt.datetime
) -> Gesprek:
    gesprek, _nieuw = Gesprek.objects.get_or_create(
        opvangvraag=vraag,
        aanmelding=aanmelding,
        defaults={"begonnen_op": nu, "laatste_op": nu, "laatste_partij": partij},
    )
    return gesprek


def _zonet(
    gesprek: Gesprek, *, partij: Partij, tekst: str, door: Gebruiker | None, nu: dt.datetime
) -> Gespreksbericht | None:
    """The last message, when it is this very one."""
    laatste = gesprek.berichten.last()
    if (
        laatste is not None
        and (laatste.partij, laatste.door_id) == (partij, door.pk if door else None)
        and laatste.tekst == tekst
        and nu - laatste.op < DUBBEL
    ):
        return laatste
    return None


def _heeft_ongelezen(gesprek: Gesprek, *, van: Partij, nu: dt.datetime) -> bool:
    """Tell whether the other side has not read an earlier message of this side, of which it was
    mailed less than a day ago.
    """
    mijn_kant = KANT_VAN_HET_GEZIN if van in KANT_VAN_HET_GEZIN else {van}
    gelezen = (
        gesprek.gelezen.exclude(partij__in=mijn_kant)
        .order_by("-tot")
        .values_list("tot", flat=True)
        .first()
    )
    vanaf = max(gelezen or nu - STIL_NA_MAIL, nu - STIL_NA_MAIL)
    return gesprek.berichten.filter(partij__in=mijn_kant, op__gt=vanaf).exists()


def _meld(
    vraag: Opvangvraag,
    aanmelding: Aanmelding | None,
    *,
    van: Partij,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> None:
    """Tell the other side that there is a message. The loket has its work list."""
    if van in {Partij.LOKET, Partij.OPVANG}:
        meld_ouders(
            vraag,
            "gesprek",
            nu=nu,
            opvang=aanmelding.locatie.naam if aanmelding else "",
            url=gesprek_url(vraag, aanmelding, voor=Partij.GEZIN),
        )
    elif aanmelding is not None:
        meld_aanbieder(
            aanmelding,
            "aanbieder_gesprek",
            nu=nu,
            url=gesprek_url(vraag, aanmelding, voor=Partij.OPVANG),
        )
