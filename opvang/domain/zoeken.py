"""Find the locations that somebody may mean: where, which kind, in which order. Reads only.

The order is neutral (domein.md §1.2: the loket is a neutral point): by distance or by name, never
by who runs a location; the page says which.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Avg, Count, F, FloatField, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Power, Sqrt
from django.utils import timezone

from loket.models import Gemeente, Wijk
from opvang.domain.ligging import KM_PER_GRAAD, ligt_in
from opvang.domain.stand import Locaties, Termijnen, met_stand, rang_van
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.workflow import Prijssysteem, Stand

#: How alike a name must be to stand in for what was typed (trigrams: 1 is the same).
_ZELFDE = 0.999
_LIJKT_OP_PLAATS = 0.35
_LIJKT_OP_NAAM = 0.5
_MEESTE_PLEKKEN = 10
_POSTCODE = re.compile(r"^\s*(\d{4})\b")
#: Names of places that are this short are only found when spelled right.
_KORTSTE_GISSING = 3


# Where: what somebody typed, and which locations that are


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
    if Opvanglocatie.objects.publiek().filter(_in_naam(tekst)).exists():
        return Zoekgebied(tekst=tekst, op_naam=True)
    naamgenoot = (
        _lijkt_op(tekst).order_by("-gelijkenis").values_list("gelijkenis", flat=True).first()
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


def _in_naam(tekst: str) -> Q:
    return (
        Q(naam__unaccent__icontains=tekst)
        | Q(straat__unaccent__icontains=tekst)
        | Q(plaats__unaccent__icontains=tekst)
    )


def _lijkt_op(tekst: str) -> Locaties:
    return (
        Opvanglocatie.objects.publiek()
        .annotate(gelijkenis=TrigramWordSimilarity(_zonder_accenten(tekst), "naam__unaccent"))
        .filter(gelijkenis__gte=_LIJKT_OP_NAAM)
    )


# The search itself


class Volgorde(StrEnum):
    """The rules by which results can stand; the parent may choose the last."""

    AFSTAND = "afstand"
    NAAM = "naam"
    VRIJ = "vrij"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoekvraag:
    """What somebody looks for. Empty fields ask nothing."""

    gebied: Zoekgebied = field(default_factory=Zoekgebied)
    straal_km: int | None = None
    start: dt.date | None = None
    rooster_masker: int | None = None
    vormen: tuple[str, ...] = ()
    inkomenstarief: bool = False
    inclusief: bool = False
    ruimere_uren: tuple[str, ...] = ()
    standen: tuple[str, ...] = ()
    vrij_eerst: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoekresultaat:
    """What was found: all of it as a queryset, how much of each, and by which rule ordered."""

    locaties: Locaties
    per_stand: dict[Stand, int]
    volgorde: Volgorde
    aantal: int
    met_afstand: bool


def zoek(vraag: Zoekvraag, *, termijnen: Termijnen, nu: dt.datetime) -> Zoekresultaat:
    """Find public locations with their `stand`, periods (`aanbod_nu`) and, if known, `afstand`."""
    midden = _midden(vraag)
    locaties = kandidaten(vraag)
    locaties = met_stand(
        locaties,
        termijnen=termijnen,
        nu=nu,
        rooster_masker=vraag.rooster_masker,
        start=vraag.start,
    )
    geteld = dict(locaties.order_by().values_list("stand").annotate(Count("pk")))
    per_stand = {stand: geteld.get(stand, 0) for stand in Stand}
    if vraag.standen:
        locaties = locaties.filter(stand__in=vraag.standen)
    op_afstand = midden is not None and not _is_hele_gemeente(vraag)
    orde: list[str | Combinable] = ["naam", "pk"]
    if op_afstand:
        orde.insert(0, F("afstand").asc(nulls_last=True))
    if vraag.vrij_eerst:
        orde.insert(0, rang_van(F("stand")))
    aanbod = Plaatsaanbod.objects.voor_start(vraag.start, peildatum=timezone.localdate(nu))
    return Zoekresultaat(
        locaties=locaties.order_by(*orde)
        .select_related("gemeente", "wijk")
        .prefetch_related(Prefetch("plaatsaanbod", queryset=aanbod, to_attr="aanbod_nu")),
        per_stand=per_stand,
        aantal=sum(per_stand[Stand(s)] for s in vraag.standen or Stand),
        volgorde=Volgorde.VRIJ
        if vraag.vrij_eerst
        else Volgorde.AFSTAND
        if op_afstand
        else Volgorde.NAAM,
        met_afstand=op_afstand,
    )


def kandidaten(vraag: Zoekvraag) -> Locaties:
    """Find the public locations of the right kind and place, whether there is room or not."""
    midden = _midden(vraag)
    locaties = _voldoen(Opvanglocatie.objects.publiek(), vraag)
    if midden is not None:
        locaties = locaties.annotate(afstand=_afstand(midden))
    return _in_gebied(locaties, vraag, midden=midden)


def _midden(vraag: Zoekvraag) -> tuple[float, float] | None:
    return vraag.gebied.plek.midden if vraag.gebied.plek else None


def _is_hele_gemeente(vraag: Zoekvraag) -> bool:
    """Within a whole gemeente or postcode the distance to the middle says nothing to anybody."""
    plek = vraag.gebied.plek
    return plek is not None and plek.wijk is None and vraag.straal_km is None


def _voldoen(locaties: Locaties, vraag: Zoekvraag) -> Locaties:
    if vraag.vormen:
        locaties = locaties.filter(opvangvorm__in=vraag.vormen)
    if vraag.inkomenstarief:
        locaties = locaties.filter(
            prijssysteem__in=[Prijssysteem.INKOMENSTARIEF, Prijssysteem.GEMENGD]
        )
    if vraag.inclusief:
        locaties = locaties.filter(inclusief=True)
    if vraag.ruimere_uren:
        locaties = locaties.filter(ruimere_uren__contains=list(vraag.ruimere_uren))
    return locaties


def _in_gebied(
    locaties: Locaties, vraag: Zoekvraag, *, midden: tuple[float, float] | None
) -> Locaties:
    gebied = vraag.gebied
    if not gebied.is_gevonden:
        return locaties.none()
    if not gebied.tekst:
        return locaties
    if gebied.op_naam:
        if gebied.benaderd:
            return locaties.filter(pk__in=_lijkt_op(gebied.tekst).values("pk"))
        return locaties.filter(_in_naam(gebied.tekst))
    if midden is not None and vraag.straal_km is not None:
        return locaties.filter(afstand__lte=vraag.straal_km)
    return locaties.filter(_ligt_in_een_van(gebied.plekken))


def _ligt_in_een_van(plekken: Iterable[Plek]) -> Q:
    waar = Q(pk__in=[])
    for plek in plekken:
        if plek.postcode:
            waar |= Q(postcode=plek.postcode)
        elif plek.wijk is not None:
            waar |= Q(wijk=plek.wijk.pk) | Q(pk__in=_binnen_omtrek(plek.wijk))
        else:
            waar |= Q(gemeente=plek.gemeente_id)
    return waar


def _binnen_omtrek(wijk: Wijk) -> list[int]:
    """Find the locations with their point in this area: also those that bear a finer wijk."""
    if wijk.omtrek is None:
        return []
    return [
        pk
        for pk, lengte, breedte in Opvanglocatie.objects.publiek()
        .filter(gemeente=wijk.gemeente_id)
        .values_list("pk", "lengtegraad", "breedtegraad")
        if lengte is not None and breedte is not None and ligt_in(lengte, breedte, wijk.omtrek)
    ]


def _afstand(midden: tuple[float, float]) -> Combinable:
    """Give the kilometres from the middle in SQL, the same sum as `ligging.afstand_km`."""
    lengte, breedte = midden
    krimp = math.cos(math.radians(breedte))
    oost = (F("lengtegraad") - Value(lengte)) * Value(krimp)
    noord = F("breedtegraad") - Value(breedte)
    return Sqrt(Power(oost, 2) + Power(noord, 2), output_field=FloatField()) * Value(KM_PER_GRAAD)
