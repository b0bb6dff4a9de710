"""One box that looks everywhere: a name, a number, a phone, an e-mail address, a location.

Accents and a typing mistake are forgiven. What is compared are the functions of migration 0010,
which their indexes hold: `zoeknaam`, `zoekouder`. Each word has to be found, in the child or in a
parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.utils import timezone

from aanvragen.models import Concept, Kind, Opvangvraag, Ouder
from aanvragen.workflow import LOPENDE_AANMELDINGEN, LOPENDE_VRAGEN
from loket.contact import binnenlands
from loket.models import Gebruiker, Gemeente, Rol
from opvang.models import Opvanglocatie

MEESTE_WOORDEN = 6
#: A shorter word has hardly any trigrams: it must be in the name as it is typed. So must an e-mail
#: address, which is much like all others.
_KORT = 3
_MINSTE_CIJFERS = 6
_MEESTE_LOCATIES = 8
_NUMMER = re.compile(r"^[0-9A-Z]{4}-?[0-9A-Z]{0,4}$")
_TELEFOON = re.compile(r"^[0-9+()./\s-]+$")


@dataclass(frozen=True, slots=True)
class Opvangtreffer:
    """A location, and how many families of the loket wait there."""

    locatie: Opvanglocatie
    aantal: int


@dataclass(frozen=True, slots=True)
class Treffers:
    """What was found, by group. `vragen` is a query: the page takes the part it shows."""

    vragen: QuerySet[Opvangvraag]
    opvang: list[Opvangtreffer]
    concepten: list[Concept]


def zoek_overal(tekst: str, *, gebruiker: Gebruiker) -> Treffers:
    """Look in what this person may see, and nowhere else. Without text nothing is found."""
    tekst = " ".join(tekst.replace("\x00", "").split())
    if not tekst:
        return Treffers(Opvangvraag.objects.none(), [], [])
    return Treffers(
        vragen=vragen_met(tekst, Opvangvraag.objects.voor_balie(gebruiker)),
        opvang=_opvang(tekst, gebruiker=gebruiker),
        concepten=_concepten(tekst, gebruiker=gebruiker),
    )


def vragen_met(tekst: str, vragen: QuerySet[Opvangvraag]) -> QuerySet[Opvangvraag]:
    """Narrow questions to what was typed; those that run first, then the most alike."""
    kaal = tekst.upper().replace(" ", "")
    if _NUMMER.match(kaal):
        nummer = kaal.replace("-", "")
        op_nummer = vragen.filter(referentie__startswith=f"{nummer[:4]}-{nummer[4:]}")
        if op_nummer.exists():
            return _op_volgorde(op_nummer, tekst)
    cijfers = telefooncijfers(tekst)
    if cijfers:
        return _op_volgorde(vragen.filter(kind__in=_kinderen(cijfers, exact=True)), tekst)
    for woord in tekst.split()[:MEESTE_WOORDEN]:
        vragen = vragen.filter(kind__in=_kinderen(woord))
    return _op_volgorde(vragen, tekst)


def telefooncijfers(tekst: str) -> str:
    """Give the digits of a phone number, nationally; nothing when it is no number."""
    if not _TELEFOON.match(tekst):
        return ""
    cijfers = binnenlands(tekst)
    return cijfers if len(cijfers) >= _MINSTE_CIJFERS else ""


def _kinderen(woord: str, *, exact: bool = False) -> QuerySet[Any, Any]:
    """Ids of children that this word is about: their own name, or that of a parent."""
    van_het_kind = Kind.objects.order_by().filter(_past(_KIND, woord, exact=exact)).values("pk")
    van_een_ouder = (
        Ouder.objects.order_by().filter(_past(_OUDER, woord, exact=exact)).values("gezin__kinderen")
    )
    return van_het_kind.union(van_een_ouder)


_KIND = Func(F("voornaam"), F("familienaam"), function="public.zoeknaam")
_OUDER = Func(
    F("voornaam"), F("familienaam"), F("email"), F("telefoon"), function="public.zoekouder"
)
_LOCATIE = Func(F("naam"), F("plaats"), function="public.zoeknaam")


def _past(in_wat: Func, woord: str, *, exact: bool = False) -> Q:
    """The word is in it, or something much like it. Both are answered by the trigram index."""
    letterlijk = re.sub(r"([\\%_])", r"\\\1", woord)
    patroon = Func(
        Value("%"),
        _vorm(letterlijk),
        Value("%"),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=TextField(),
    )
    bevat = Q(_vergelijk(in_wat, "LIKE", patroon))
    if exact or len(woord) <= _KORT or "@" in woord:
        return bevat
    # %> asks whether some word of the text is much like this one.
    return bevat | Q(_vergelijk(in_wat, "%%>", _vorm(woord)))


def _vorm(tekst: str) -> Func:
    return Func(Value(tekst), function="public.zoekvorm", output_field=TextField())


def _vergelijk(links: Any, teken: str, rechts: Any) -> Func:
    return Func(
        links,
        rechts,
        template="(%(expressions)s)",
        arg_joiner=f" {teken} ",
        output_field=BooleanField(),
    )


def _gelijkenis(in_wat: Func, tekst: str) -> Func:
    return Func(_vorm(tekst), in_wat, function="word_similarity", output_field=FloatField())


def _op_volgorde(vragen: QuerySet[Opvangvraag], tekst: str) -> QuerySet[Opvangvraag]:
    kind = Func(F("kind__voornaam"), F("kind__familienaam"), function="public.zoeknaam")
    return vragen.annotate(
        loopt=Case(When(status__in=LOPENDE_VRAGEN, then=0), default=1),
        gelijkenis=_gelijkenis(kind, tekst),
    ).order_by("loopt", "-gelijkenis", "-aangemaakt_op", "-pk")


def eigen_locaties(gebruiker: Gebruiker) -> QuerySet[Opvanglocatie]:
    """Locations in the area of the lokets that this person works for, also hidden ones."""
    lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.TOELEIDER)
    return Opvanglocatie.objects.filter(gemeente__in=Gemeente.objects.filter(lokets__in=lokets))


def _opvang(tekst: str, *, gebruiker: Gebruiker) -> list[Opvangtreffer]:
    """Locations of the own area, with the families that wait there."""
    locaties = eigen_locaties(gebruiker).order_by()
    for woord in tekst.split()[:MEESTE_WOORDEN]:
        locaties = locaties.filter(_past(_LOCATIE, woord))
    wachten = Q(
        aanmeldingen__status__in=LOPENDE_AANMELDINGEN,
        aanmeldingen__opvangvraag__in=Opvangvraag.objects.voor_balie(gebruiker)
        .filter(status__in=LOPENDE_VRAGEN)
        .order_by()
        .values("pk"),
    )
    gevonden = (
        locaties.annotate(gelijkenis=_gelijkenis(_LOCATIE, tekst))
        .annotate(aantal=Count("aanmeldingen", filter=wachten, distinct=True))
        .order_by("-gelijkenis", "naam", "pk")[:_MEESTE_LOCATIES]
    )
    return [Opvangtreffer(locatie, getattr(locatie, "aantal", 0)) for locatie in gevonden]


def _concepten(tekst: str, *, gebruiker: Gebruiker) -> list[Concept]:
    """Requests that somebody is still writing, by its whole e-mail address: that there is one, not
    what is in it.
    """
    lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER)
    if "@" not in tekst or not lokets:
        return []
    adres = tekst.lower()
    return list(
        Concept.objects.filter(
            Q(email=adres) | Q(gebruiker__email=adres),
            loket__in=lokets,
            afgerond_op=None,
            ingevoerd_door=None,
            gewijzigd_op__lte=timezone.now(),
        )
        .defer("gegevens")
        .order_by("-gewijzigd_op")
    )
