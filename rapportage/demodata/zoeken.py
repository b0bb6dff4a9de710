"""What only a search shows: outlines of the invented deelgemeenten, and special kinds of places."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

from loket.models import Wijk
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import AANTAL_DAGDELEN
from opvang.workflow import Aanbodsoort, Ruimer

#: Half the distance between the middles of neighbours, in degrees (latitude, longitude).
_HALF = (0.01, 0.015)
_GRILLIG = 0.25
#: One location out of so many has this kind of place.
_EEN_OP = {Aanbodsoort.OCCASIONEEL: 9, Aanbodsoort.DRINGEND: 13, Aanbodsoort.NACHT: 17}
_ZATERDAG_EEN_OP = 14


def vul_zoeken(*, nu: dt.datetime) -> None:
    """Add to a demo that is built; the same seed gives the same."""
    wijken = list(Wijk.objects.filter(code__startswith="demo-"))
    for wijk in wijken:
        wijk.omtrek = _omtrek(wijk)
    Wijk.objects.bulk_update(wijken, ["omtrek"])
    locaties = list(Opvanglocatie.objects.order_by("dossiernummer"))
    Plaatsaanbod.objects.bulk_create(
        _plaats(locatie, soort, nu=nu)
        for soort, een_op in _EEN_OP.items()
        for locatie in locaties[een_op // 2 :: een_op]
    )
    zaterdags = locaties[5::_ZATERDAG_EEN_OP]
    for locatie in zaterdags:
        locatie.ruimere_uren = [*locatie.ruimere_uren, Ruimer.ZATERDAG.value]
    Opvanglocatie.objects.bulk_update(zaterdags, ["ruimere_uren"])


def _plaats(locatie: Opvanglocatie, soort: Aanbodsoort, *, nu: dt.datetime) -> Plaatsaanbod:
    return Plaatsaanbod(
        locatie=locatie,
        soort=soort,
        vanaf=nu.date().replace(day=1),
        plaatsen=[1] * 10 + [0] * (AANTAL_DAGDELEN - 10),
        laatst_bevestigd=nu - dt.timedelta(days=int(str(locatie.dossiernummer)[-1])),
    )


def _omtrek(wijk: Wijk) -> dict[str, object]:
    """Draw a crooked box around the middle; neighbours share their corners."""
    assert wijk.breedtegraad is not None
    assert wijk.lengtegraad is not None
    noord, oost = _HALF
    hoeken = [(-noord, -oost), (-noord, oost), (noord, oost), (noord, -oost), (-noord, -oost)]
    ring = []
    for (y1, x1), (y2, x2) in pairwise(hoeken):
        for y, x in ((y1, x1), ((y1 + y2) / 2, (x1 + x2) / 2)):
            ring.append(_verschoven(wijk.breedtegraad + y, wijk.lengtegraad + x))
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _verschoven(breedte: float, lengte: float) -> list[float]:
    """Move a corner a little, the same way for whoever has it too."""
    rng = random.Random(f"{breedte:.4f} {lengte:.4f}")  # noqa: S311 -- repeatable, not secret
    noord, oost = (_GRILLIG * half for half in _HALF)
    return [
        round(lengte + rng.uniform(-oost, oost), 5),
        round(breedte + rng.uniform(-noord, noord), 5),
    ]
