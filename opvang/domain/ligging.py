"""Where is a place: inside which area, how far from a point. Pure: GeoJSON and degrees in.

Coordinates follow GeoJSON: longitude first. Distances are good to a few metres within Flanders;
no more is needed here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

Punt: TypeAlias = tuple[float, float]
Ring: TypeAlias = Sequence[Sequence[float]]
Geometrie: TypeAlias = Mapping[str, Any]

#: One degree of latitude, in kilometres.
KM_PER_GRAAD = 111.195
#: West, south, east and north of Belgium, rounded outwards.
BELGIE = (2.5, 49.45, 6.45, 51.55)
_KLEINSTE_RING = 4
#: An unhurried cyclist with a child; the page says it beside the minutes.
FIETS_KM_PER_UUR = 15
#: Longer than this nobody brings a child by bicycle.
LANGSTE_FIETSTOCHT = 60


class OngeldigeGeometrie(ValueError):  # noqa: N818 -- an answer that can be shown
    """`str()` says in Dutch what is wrong with the outline."""


@dataclass(frozen=True, slots=True)
class Gebied:
    """An area with a code, ready for many questions: its box is worked out once."""

    code: str
    geometrie: Geometrie
    kader: tuple[float, float, float, float] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kader", omhullende(self.geometrie))


def in_belgie(lengte: float, breedte: float) -> bool:
    west, zuid, oost, noord = BELGIE
    return west <= lengte <= oost and zuid <= breedte <= noord


def veelhoeken(geometrie: Geometrie) -> list[Sequence[Ring]]:
    """List the polygons of a (Multi)Polygon; each is its outer ring followed by its holes."""
    soort, coordinaten = geometrie.get("type"), geometrie.get("coordinates")
    if soort == "Polygon" and isinstance(coordinaten, Sequence):
        return [coordinaten]
    if soort == "MultiPolygon" and isinstance(coordinaten, Sequence):
        return list(coordinaten)
    raise OngeldigeGeometrie("De omtrek is geen Polygon of MultiPolygon.")


def keur(geometrie: Any) -> Geometrie:
    """Give a usable outline back; refuse what is not closed, not a number or not in Belgium."""
    if not isinstance(geometrie, Mapping):
        raise OngeldigeGeometrie("Er is geen omtrek.")
    vlakken = veelhoeken(geometrie)
    ringen = [ring for vlak in vlakken if isinstance(vlak, Sequence) for ring in vlak]
    if not ringen or not all(isinstance(vlak, Sequence) and vlak for vlak in vlakken):
        raise OngeldigeGeometrie("De omtrek is leeg.")
    for ring in ringen:
        _keur_ring(ring)
    return geometrie


def _keur_ring(ring: Any) -> None:
    if not isinstance(ring, Sequence) or isinstance(ring, str) or len(ring) < _KLEINSTE_RING:
        raise OngeldigeGeometrie("Een ring van de omtrek heeft minder dan vier punten.")
    for punt in ring:
        if not _is_punt(punt):
            raise OngeldigeGeometrie("Een punt van de omtrek is geen paar getallen.")
        if not in_belgie(punt[0], punt[1]):
            raise OngeldigeGeometrie(
                f"Het punt {punt[0]}, {punt[1]} ligt niet in België (eerst lengte, dan breedte)."
            )
    if list(ring[0][:2]) != list(ring[-1][:2]):
        raise OngeldigeGeometrie("Een ring van de omtrek is niet gesloten.")


def _is_punt(punt: Any) -> bool:
    return (
        isinstance(punt, Sequence)
        and not isinstance(punt, str)
        and len(punt) in {2, 3}
        and all(
            isinstance(getal, int | float) and not isinstance(getal, bool) and math.isfinite(getal)
            for getal in punt[:2]
        )
    )


def omhullende(geometrie: Geometrie) -> tuple[float, float, float, float]:
    """West, south, east and north of the outline."""
    punten = [punt for vlak in veelhoeken(geometrie) for ring in vlak for punt in ring]
    lengtes = [punt[0] for punt in punten]
    breedtes = [punt[1] for punt in punten]
    return min(lengtes), min(breedtes), max(lengtes), max(breedtes)


def ligt_in(lengte: float, breedte: float, geometrie: Geometrie) -> bool:
    """Say if the point lies in the area. The border, also that of a hole, belongs to the area."""
    return any(_ligt_in_vlak((lengte, breedte), vlak) for vlak in veelhoeken(geometrie))


def _ligt_in_vlak(punt: Punt, ringen: Sequence[Ring]) -> bool:
    binnen = False
    for ring in ringen:
        for begin, einde in pairwise(ring):
            if _op_lijnstuk(punt, begin, einde):
                return True
            if _kruist(punt, begin, einde):
                binnen = not binnen
    return binnen


def _op_lijnstuk(punt: Punt, begin: Sequence[float], einde: Sequence[float]) -> bool:
    x, y = punt
    dwars = (einde[0] - begin[0]) * (y - begin[1]) - (einde[1] - begin[1]) * (x - begin[0])
    # Exact on purpose: a point copied from the outline is on it, any other lies on one side.
    return (
        dwars == 0
        and min(begin[0], einde[0]) <= x <= max(begin[0], einde[0])
        and min(begin[1], einde[1]) <= y <= max(begin[1], einde[1])
    )


def _kruist(punt: Punt, begin: Sequence[float], einde: Sequence[float]) -> bool:
    """Say if a ray to the east crosses this edge (half-open, so that a corner counts once)."""
    x, y = punt
    if (begin[1] > y) == (einde[1] > y):
        return False
    return x < begin[0] + (y - begin[1]) * (einde[0] - begin[0]) / (einde[1] - begin[1])


def gebied_van(lengte: float, breedte: float, gebieden: Iterable[Gebied]) -> str | None:
    """Give the code of the area in which the point lies; on a shared border the lowest code."""
    codes = [
        gebied.code
        for gebied in gebieden
        if gebied.kader[0] <= lengte <= gebied.kader[2]
        and gebied.kader[1] <= breedte <= gebied.kader[3]
        and ligt_in(lengte, breedte, gebied.geometrie)
    ]
    return min(codes, default=None)


def zwaartepunt(geometrie: Geometrie) -> Punt:
    """Find the centroid (longitude, latitude), weighted by area; holes weigh against it."""
    som_x = som_y = oppervlakte = 0.0
    for vlak in veelhoeken(geometrie):
        for nummer, ring in enumerate(vlak):
            x, y, deel = _ringmoment(ring)
            teken = 1 if nummer == 0 else -1
            som_x, som_y = som_x + teken * x, som_y + teken * y
            oppervlakte += teken * deel
    if oppervlakte <= 0:
        west, zuid, oost, noord = omhullende(geometrie)
        return round((west + oost) / 2, 6), round((zuid + noord) / 2, 6)
    return round(som_x / oppervlakte, 6), round(som_y / oppervlakte, 6)


def _ringmoment(ring: Ring) -> tuple[float, float, float]:
    """Work out area times centroid, and the area of a ring, in whatever direction it was drawn."""
    x0, y0 = ring[0][0], ring[0][1]
    moment_x = moment_y = dubbel = 0.0
    for begin, einde in pairwise(ring):
        ax, ay, bx, by = begin[0] - x0, begin[1] - y0, einde[0] - x0, einde[1] - y0
        kruis = ax * by - bx * ay
        dubbel += kruis
        moment_x += (ax + bx) * kruis
        moment_y += (ay + by) * kruis
    if dubbel == 0:
        return 0.0, 0.0, 0.0
    teken = 1 if dubbel > 0 else -1
    oppervlakte = abs(dubbel) / 2
    return (
        teken * moment_x / 6 + x0 * oppervlakte,
        teken * moment_y / 6 + y0 * oppervlakte,
        oppervlakte,
    )


def afstand_km(van: Punt, naar: Punt) -> float:
    """Measure between two (longitude, latitude) as the crow flies; zoeken.py does it in SQL."""
    x = (naar[0] - van[0]) * math.cos(math.radians(van[1]))
    return KM_PER_GRAAD * math.hypot(x, naar[1] - van[1])


def fietsminuten(km: float) -> int | None:
    """Say how long the bicycle takes as the crow flies, in whole minutes, rounded up.

    The real road is longer, which the page says. None for what is too far to cycle.
    """
    minuten = max(1, math.ceil(60 * km / FIETS_KM_PER_UUR))
    return minuten if minuten <= LANGSTE_FIETSTOCHT else None
