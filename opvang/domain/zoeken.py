"""Find the locations that somebody may mean: where, which kind, in which order. Reads only.

The order is neutral (domein.md §1.2: the loket is a neutral point): by distance or by name, never
by who runs a location; the page says which.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, Exists, F, FloatField, OuterRef, Prefetch, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Power, Sqrt
from django.utils import timezone

from loket.models import Wijk
from opvang.domain.ligging import KM_PER_GRAAD, ligt_in
from opvang.domain.stand import Locaties, Termijnen, met_stand, rang_van
from opvang.domain.waar import Plek, Zoekgebied, lijkt_op_naam, op_naam
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.workflow import Aanbodsoort, Prijssysteem, Stand


class Volgorde(StrEnum):
    """The rules by which results can stand; the parent may choose the last."""

    AFSTAND = "afstand"
    NAAM = "naam"
    VRIJ = "vrij"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoekvraag:
    """What somebody looks for. Empty fields ask nothing.

    `punt` (longitude, latitude) is where somebody stands; it goes before the words. `soorten` are
    the kinds of place (Aanbodsoort): none named means a fixed place.
    """

    gebied: Zoekgebied = field(default_factory=Zoekgebied)
    punt: tuple[float, float] | None = None
    straal_km: int | None = None
    start: dt.date | None = None
    rooster_masker: int | None = None
    leeftijd_maanden: int | None = None
    soorten: tuple[str, ...] = ()
    vormen: tuple[str, ...] = ()
    inkomenstarief: bool = False
    vrije_prijs: bool = False
    inclusief: bool = False
    ruimere_uren: tuple[str, ...] = ()
    talen: tuple[str, ...] = ()
    standen: tuple[str, ...] = ()
    vrij_eerst: bool = False

    @property
    def midden(self) -> tuple[float, float] | None:
        """Where distances are measured from, if that is known."""
        if self.punt is not None:
            return self.punt
        return self.gebied.plek.midden if self.gebied.plek else None


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
    locaties = kandidaten_met_stand(vraag, termijnen=termijnen, nu=nu)
    geteld = dict(locaties.order_by().values_list("stand").annotate(Count("pk")))
    per_stand = {stand: geteld.get(stand, 0) for stand in Stand}
    if vraag.standen:
        locaties = locaties.filter(stand__in=vraag.standen)
    op_afstand = vraag.midden is not None and not _is_hele_gemeente(vraag)
    orde: list[str | Combinable] = ["naam", "pk"]
    if op_afstand:
        orde.insert(0, F("afstand").asc(nulls_last=True))
    if vraag.vrij_eerst:
        orde.insert(0, rang_van(F("stand")))
    return Zoekresultaat(
        locaties=met_aanbod(locaties.order_by(*orde), vraag, nu=nu),
        per_stand=per_stand,
        aantal=sum(per_stand[Stand(s)] for s in vraag.standen or Stand),
        volgorde=Volgorde.VRIJ
        if vraag.vrij_eerst
        else Volgorde.AFSTAND
        if op_afstand
        else Volgorde.NAAM,
        met_afstand=op_afstand,
    )


def met_aanbod(locaties: Locaties, vraag: Zoekvraag, *, nu: dt.datetime) -> Locaties:
    """Bring along what a card shows: the place, and `aanbod_nu`: the periods of this question."""
    aanbod = Plaatsaanbod.objects.voor_start(
        vraag.start,
        peildatum=timezone.localdate(nu),
        soorten=vraag.soorten,
        leeftijd_maanden=vraag.leeftijd_maanden,
    )
    return locaties.select_related("gemeente", "wijk").prefetch_related(
        Prefetch("plaatsaanbod", queryset=aanbod, to_attr="aanbod_nu")
    )


def kandidaten_met_stand(vraag: Zoekvraag, *, termijnen: Termijnen, nu: dt.datetime) -> Locaties:
    """Find the public locations of the right kind and place, each with its `stand`."""
    return met_stand(
        kandidaten(vraag, nu=nu),
        termijnen=termijnen,
        nu=nu,
        rooster_masker=vraag.rooster_masker,
        start=vraag.start,
        soorten=vraag.soorten,
        leeftijd_maanden=vraag.leeftijd_maanden,
    )


def kandidaten(vraag: Zoekvraag, *, nu: dt.datetime | None = None) -> Locaties:
    """Find the public locations of the right kind and place, whether there is room or not."""
    locaties = _voldoen(Opvanglocatie.objects.publiek(), vraag)
    if vraag.soorten and Aanbodsoort.REGULIER not in vraag.soorten:
        locaties = _bieden(locaties, vraag, nu=nu or timezone.now())
    if vraag.midden is not None:
        locaties = locaties.annotate(afstand=_afstand(vraag.midden))
    return _in_gebied(locaties, vraag)


def _bieden(locaties: Locaties, vraag: Zoekvraag, *, nu: dt.datetime) -> Locaties:
    """Keep those that named this special kind of place: others are not known to have it."""
    noemen = Plaatsaanbod.objects.filter(
        locatie=OuterRef("pk"), soort__in=vraag.soorten
    ).nog_niet_voorbij(timezone.localdate(nu))
    return locaties.filter(Exists(noemen))


def _is_hele_gemeente(vraag: Zoekvraag) -> bool:
    """Within a whole gemeente or postcode the distance to the middle says nothing to anybody."""
    plek = vraag.gebied.plek
    return vraag.punt is None and plek is not None and plek.wijk is None and vraag.straal_km is None


def _voldoen(locaties: Locaties, vraag: Zoekvraag) -> Locaties:
    if vraag.vormen:
        locaties = locaties.filter(opvangvorm__in=vraag.vormen)
    prijzen = [Prijssysteem.INKOMENSTARIEF] * vraag.inkomenstarief
    prijzen += [Prijssysteem.VRIJ] * vraag.vrije_prijs
    if prijzen:
        locaties = locaties.filter(prijssysteem__in=[*prijzen, Prijssysteem.GEMENGD])
    if vraag.inclusief:
        locaties = locaties.filter(inclusief=True)
    if vraag.ruimere_uren:
        locaties = locaties.filter(ruimere_uren__contains=list(vraag.ruimere_uren))
    if vraag.talen:
        locaties = locaties.filter(talen__overlap=list(vraag.talen))
    return locaties


def _in_gebied(locaties: Locaties, vraag: Zoekvraag) -> Locaties:
    if vraag.midden is not None and vraag.straal_km is not None:
        return locaties.filter(afstand__lte=vraag.straal_km)
    gebied = vraag.gebied
    if vraag.punt is not None or not gebied.tekst:
        return locaties
    if not gebied.is_gevonden:
        return locaties.none()
    if gebied.op_naam:
        if gebied.benaderd:
            return locaties.filter(pk__in=lijkt_op_naam(gebied.tekst).values("pk"))
        return locaties.filter(op_naam(gebied.tekst))
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
