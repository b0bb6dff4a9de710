"""Understand where somebody looks: a place, or part of the name of a location. Reads only."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Avg, Q, QuerySet

from loket.models import Gemeente, Wijk
from opvang.domain.stand import Locaties
from opvang.models import Opvanglocatie

#: How alike a name must be to stand in for what was typed (trigrams: 1 is the same).
_ZELFDE = 0.999
_LIJKT_OP_PLAATS = 0.35
_LIJKT_OP_NAAM = 0.5
_MEESTE_PLEKKEN = 10
_POSTCODE = re.compile(r"^\s*(\d{4})\b")
#: Names of places that are this short are only found when spelled right.
_KORTSTE_GISSING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plek:
    """A place that somebody may mean: where its locations are, and its middle if we know it."""

    naam: str
    gemeente_id: int | None = None
    wijk: Wijk | None = None
    postcode: str = ""
    midden: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoekgebied:
    """How the words were understood: as places, as part of a name, or as nothing that we know."""

    tekst: str = ""
    plekken: tuple[Plek, ...] = ()
    benaderd: bool = False
    op_naam: bool = False

    @property
    def plek(self) -> Plek | None:
        """The one place that is meant, if there is no doubt."""
        return self.plekken[0] if len(self.plekken) == 1 else None

    @property
    def is_gevonden(self) -> bool:
        return not self.tekst or bool(self.plekken) or self.op_naam


def vind_gebied(tekst: str) -> Zoekgebied:
    """Understand a postcode, a gemeente, deelgemeente or wijk, else part of the name of a location.

    Case, accents and hyphens don't matter. What is spelled wrong is taken for the place that it
    looks like most, and that is said (`benaderd`). "Heide, Kalmthout" names the gemeente of a
    wijk.
    """
    tekst = " ".join(tekst.split())
    if not tekst:
        return Zoekgebied()
    if postcode := _POSTCODE.match(tekst):
        return Zoekgebied(tekst=tekst, plekken=(_postcodeplek(postcode[1]),))
    kandidaten = _plekken(tekst)
    juist = tuple(plek for gelijkenis, plek in kandidaten if gelijkenis >= _ZELFDE)
    if juist:
        return Zoekgebied(tekst=tekst, plekken=juist)
    if Opvanglocatie.objects.publiek().filter(op_naam(tekst)).exists():
        return Zoekgebied(tekst=tekst, op_naam=True)
    naamgenoot = (
        lijkt_op_naam(tekst).order_by("-gelijkenis").values_list("gelijkenis", flat=True).first()
    )
    if kandidaten and kandidaten[0][0] >= (naamgenoot or 0):
        return Zoekgebied(tekst=tekst, plekken=(kandidaten[0][1],), benaderd=True)
    return Zoekgebied(tekst=tekst, op_naam=naamgenoot is not None, benaderd=True)


def _postcodeplek(postcode: str) -> Plek:
    midden = (
        Opvanglocatie.objects.publiek()
        .filter(postcode=postcode)
        .aggregate(lengte=Avg("lengtegraad"), breedte=Avg("breedtegraad"))
    )
    return Plek(naam=postcode, postcode=postcode, midden=_punt(midden["lengte"], midden["breedte"]))


def _punt(lengte: float | None, breedte: float | None) -> tuple[float, float] | None:
    return None if lengte is None or breedte is None else (lengte, breedte)


def _plekken(tekst: str) -> list[tuple[float, Plek]]:
    """List the places whose name looks like this, best first; a gemeente comes before its parts."""
    naam, _komma, bij = (deel.strip() for deel in tekst.partition(","))
    grens = _LIJKT_OP_PLAATS if len(naam) >= _KORTSTE_GISSING else _ZELFDE

    def gelijkend(rijen: QuerySet[Any]) -> list[Any]:
        return list(
            rijen.annotate(gelijkenis=TrigramSimilarity("naam__unaccent", naam_kaal))
            .filter(gelijkenis__gte=grens)
            .order_by("-gelijkenis", "naam", "pk")[:_MEESTE_PLEKKEN]
        )

    naam_kaal = _zonder_accenten(naam)
    met_opvang = Opvanglocatie.objects.publiek().values("gemeente")
    wijken = Wijk.objects.select_related("gemeente").filter(gemeente__in=met_opvang)
    if bij:
        wijken = wijken.filter(gemeente__naam__unaccent__iexact=bij)
    uit: list[tuple[float, int, Plek]] = []
    if not bij:
        for gemeente in gelijkend(Gemeente.objects.all()):
            midden = _punt(gemeente.lengtegraad, gemeente.breedtegraad)
            plek = Plek(naam=gemeente.naam, gemeente_id=gemeente.pk, midden=midden)
            uit.append((gemeente.gelijkenis, 0, plek))
    for wijk in gelijkend(wijken):
        plek = Plek(
            naam=f"{wijk.naam}, {wijk.gemeente.naam}",
            gemeente_id=wijk.gemeente_id,
            wijk=wijk,
            midden=_punt(wijk.lengtegraad, wijk.breedtegraad),
        )
        uit.append((wijk.gelijkenis, 1, plek))
    uit.sort(key=lambda drie: (-drie[0], drie[1], drie[2].naam))
    juist = [drie for drie in uit if drie[0] >= _ZELFDE]
    if any(soort == 0 for _gelijkenis, soort, _plek in juist):
        # A gemeente and a part of it that bear the same name: the whole is meant.
        uit = [drie for drie in uit if drie[1] == 0]
    return [(gelijkenis, plek) for gelijkenis, _soort, plek in uit]


def _zonder_accenten(tekst: str) -> str:
    ontbonden = unicodedata.normalize("NFKD", tekst)
    return "".join(teken for teken in ontbonden if not unicodedata.combining(teken))


def op_naam(tekst: str) -> Q:
    """Part of the name of a location, its street or its place."""
    return (
        Q(naam__unaccent__icontains=tekst)
        | Q(straat__unaccent__icontains=tekst)
        | Q(plaats__unaccent__icontains=tekst)
    )


def lijkt_op_naam(tekst: str) -> Locaties:
    """Find public locations with a word in their name that looks like this."""
    return (
        Opvanglocatie.objects.publiek()
        .annotate(gelijkenis=TrigramWordSimilarity(_zonder_accenten(tekst), "naam__unaccent"))
        .filter(gelijkenis__gte=_LIJKT_OP_NAAM)
    )
