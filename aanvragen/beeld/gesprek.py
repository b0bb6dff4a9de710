"""What the conversation about a question shows, to each side in its own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from aanvragen.domain.gesprek import is_open, opvang_mag_schrijven
from aanvragen.domain.passen import contact_zichtbaar
from aanvragen.domain.rust import is_stil
from aanvragen.models import Aanmelding, Gesprek, Gespreksbericht, Opvangvraag, Vrijmelding
from aanvragen.permissions import Actie, mag
from aanvragen.workflow import KANT_VAN_HET_GEZIN, Partij, Vervalreden
from loket.models import Gebruiker
from opvang.querysets import organisator_ids


@dataclass(frozen=True, slots=True)
class Regel:
    """One message, with who said it; `gelezen`: what I wrote was opened by another side."""

    wie: str
    van_mij: bool
    op: dt.datetime
    tekst: str
    gelezen: bool


@dataclass(frozen=True, slots=True)
class Draad:
    """One thread that a family has or may begin, with how many messages are new to it."""

    naam: str
    adres: str
    ongelezen: int
    begonnen: bool
    open: bool


def regels(gesprek: Gesprek | None, *, voor: Partij, lezer: Gebruiker | None) -> list[Regel]:
    """The messages of a thread, oldest first, as this side may know the others."""
    if gesprek is None:
        return []
    berichten = list(gesprek.berichten.select_related("door"))
    ouders = _ouders(gesprek) if any(b.partij == Partij.GEZIN for b in berichten) else {}
    mijn_kant = KANT_VAN_HET_GEZIN if voor in KANT_VAN_HET_GEZIN else {voor}
    elders = gesprek.gelezen.exclude(partij__in=mijn_kant).order_by("-tot").first()
    return [
        Regel(
            wie=_wie(bericht, gesprek, voor=voor, lezer=lezer, ouders=ouders),
            van_mij=_van_mij(bericht, voor=voor, lezer=lezer),
            op=bericht.op,
            tekst=bericht.tekst,
            gelezen=bericht.partij in mijn_kant and elders is not None and elders.tot >= bericht.op,
        )
        for bericht in berichten
    ]


def _ouders(gesprek: Gesprek) -> dict[int | None, str]:
    return {
        ouder.gebruiker_id: ouder.voornaam
        for ouder in gesprek.opvangvraag.kind.gezin.ouders.all()
        if ouder.gebruiker_id
    }


def _van_mij(bericht: Gespreksbericht, *, voor: Partij, lezer: Gebruiker | None) -> bool:
    """A provider and a loket speak with one voice; of a family each person for itself."""
    if voor in KANT_VAN_HET_GEZIN:
        return lezer is not None and bericht.door_id == lezer.pk
    return bericht.partij == voor


def _wie(
    bericht: Gespreksbericht,
    gesprek: Gesprek,
    *,
    voor: Partij,
    lezer: Gebruiker | None,
    ouders: dict[int | None, str],
) -> str:
    if _van_mij(bericht, voor=voor, lezer=lezer) and voor != Partij.LOKET:
        return _("Jij") if voor in KANT_VAN_HET_GEZIN else _("Jullie")
    naam = (bericht.door.naam if bericht.door else "") or ""
    match Partij(bericht.partij):
        case Partij.OPVANG:
            assert gesprek.aanmelding is not None
            return gesprek.aanmelding.locatie.naam
        case Partij.LOKET:
            # To the family: a first name; staff know each other by name.
            kort = naam if voor == Partij.LOKET else next(iter(naam.split()), "")
            return _("%(naam)s, het loket") % {"naam": kort} if kort else _("Het loket")
        case Partij.TOELEIDER:
            if voor == Partij.OPVANG:
                return _("Het gezin")
            return _("%(naam)s, namens het gezin") % {"naam": naam} if naam else _("Het gezin")
        case _:
            bekend = voor != Partij.OPVANG or (
                gesprek.aanmelding is not None and contact_zichtbaar(gesprek.aanmelding)
            )
            return (bekend and ouders.get(bericht.door_id)) or _("Het gezin")


def van_vraag(vraag: Opvangvraag, aanmelding: Aanmelding | None) -> Gesprek | None:
    """The thread with the loket, or with the provider of this request."""
    return (
        Gesprek.objects.filter(opvangvraag=vraag, aanmelding=aanmelding)
        .select_related("aanmelding__locatie", "opvangvraag__kind__gezin", "opvangvraag__loket")
        .prefetch_related("opvangvraag__kind__gezin__ouders")
        .first()
    )


def ongelezen_van_ouder(gebruiker: Gebruiker) -> Sequence[Gesprek]:
    """The threads with something new for this parent, newest first: for the overview."""
    return list(
        Gesprek.objects.filter(
            opvangvraag__in=Opvangvraag.objects.van_ouder(gebruiker).values("pk")
        )
        .exclude(opvangvraag__vervalreden=Vervalreden.DROEVIG)
        .met_nieuws(Partij.GEZIN, gebruiker)
        .select_related("opvangvraag__kind", "opvangvraag__loket", "aanmelding__locatie")
        .order_by("-laatste_op", "-pk")
    )


def aantal_nieuw_bij_opvang(gebruiker: Gebruiker) -> int:
    """How many threads hold something new for the locations that this person acts for."""
    return (
        Gesprek.objects.open()
        .filter(aanmelding__locatie__organisator_id__in=organisator_ids(gebruiker))
        .met_nieuws(Partij.OPVANG)
        .count()
    )


def bij_aanmelding(aanmelding: Aanmelding) -> dict[str, Any]:
    """For the provider's page of one request: may it write, and how many messages are new."""
    gesprek = Gesprek.objects.filter(aanmelding=aanmelding).met_ongelezen(Partij.OPVANG).first()
    return {
        "aanmelding": aanmelding,
        "gesprek_mag": opvang_mag_schrijven(aanmelding),
        "gesprek_nieuw": gesprek.ongelezen if gesprek else 0,
        "gesprek_begonnen": gesprek is not None,
    }


def in_dossier(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """The thread with the loket, those with providers, and whom to call because a place is free."""
    draden = list(
        Gesprek.objects.filter(opvangvraag=vraag)
        .met_ongelezen(Partij.LOKET)
        .select_related("aanmelding__locatie")
    )
    met_loket = next((draad for draad in draden if draad.aanmelding_id is None), None)
    wacht = (
        met_loket is not None
        and met_loket.laatste_partij in KANT_VAN_HET_GEZIN
        and (met_loket.afgehandeld_op is None or met_loket.afgehandeld_op < met_loket.laatste_op)
    )
    return {
        "gesprek_loket": met_loket,
        "gesprek_laatste": met_loket.berichten.last() if met_loket else None,
        "gesprek_wacht": wacht and is_open(vraag, None),
        "gesprekken_opvang": [draad for draad in draden if draad.aanmelding_id is not None],
        "gesprek_mag": mag(gebruiker, Actie.GESPREK_SCHRIJVEN, vraag) and is_open(vraag, None),
        "rust": is_stil(vraag),
        "vrijmeldingen": list(
            Vrijmelding.objects.filter(aanmelding__opvangvraag=vraag)
            .open()
            .select_related("aanmelding__locatie__organisator")
        ),
        "mag_vrij_melden": mag(gebruiker, Actie.VRIJ_MELDEN, vraag),
    }


def op_mijn(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """The threads of a family: with the loket, and with each location that it may write to."""
    bekend = {
        gesprek.aanmelding_id: gesprek
        for gesprek in Gesprek.objects.filter(opvangvraag=vraag).met_ongelezen(
            Partij.GEZIN, gebruiker
        )
    }

    def draad(naam: str, aanmelding: Aanmelding | None) -> Draad:
        gesprek = bekend.get(aanmelding.pk if aanmelding else None)
        return Draad(
            naam=naam,
            adres=reverse("mijn:gesprek_opvang", args=[vraag.referentie, aanmelding.uuid])
            if aanmelding
            else reverse("mijn:gesprek", args=[vraag.referentie]),
            ongelezen=gesprek.ongelezen if gesprek else 0,
            begonnen=gesprek is not None,
            open=is_open(vraag, aanmelding),
        )

    draden = [draad(_("Het loket"), None)]
    draden += [draad(a.locatie.naam, a) for a in vraag.aanmeldingen.all()]
    return {
        "draden": [een for een in draden if een.open or een.begonnen],
        "gesprek_open": any(een.open for een in draden),
    }
