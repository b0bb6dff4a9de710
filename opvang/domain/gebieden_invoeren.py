"""Bring areas (GeoJSON) into the database: outlines of wijken, the middle of gemeenten."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from loket.models import Gemeente, Wijk
from opvang.domain.csvlezer import Bestandsfout, toon
from opvang.domain.importeren import normaal
from opvang.domain.ligging import (
    Gebied,
    Geometrie,
    OngeldigeGeometrie,
    gebied_van,
    keur,
    zwaartepunt,
)
from opvang.domain.locaties_invoeren import Regelverslag, Uitslag, wijken_van
from opvang.models import Opvanglocatie

_LANGSTE_CODE, _LANGSTE_NAAM = 20, 100
_TUSSEN_HAAKJES = re.compile(r"\(([^()]+)\)$")


class Gebiedsoort(StrEnum):
    GEMEENTE = "gemeente"
    DEELGEMEENTE = "deelgemeente"
    WIJK = "wijk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebiedsgegevens:
    """One feature that can be used. `code` is the NIS code for a gemeente."""

    nummer: int
    code: str
    naam: str
    nis: str
    geometrie: Geometrie

    @property
    def midden(self) -> tuple[float, float]:
        return zwaartepunt(self.geometrie)


def lees_gebieden(tekst: str | bytes) -> Iterator[Gebiedsgegevens | Regelverslag]:
    """Check the file at once (Bestandsfout), then give every feature, or why it is refused. Pure.

    Expects the properties `naam`, `nis` and (for a part of a gemeente) `code`.
    """
    try:
        inhoud = json.loads(tekst)
    except (ValueError, RecursionError) as fout:
        raise Bestandsfout("Dit is geen GeoJSON: het bestand is geen geldige JSON.") from fout
    if not isinstance(inhoud, dict) or inhoud.get("type") != "FeatureCollection":
        raise Bestandsfout("Dit is geen GeoJSON met een FeatureCollection.")
    features = inhoud.get("features")
    if not isinstance(features, list):
        raise Bestandsfout("De FeatureCollection heeft geen lijst 'features'.")
    return (_lees_feature(nummer, ruw) for nummer, ruw in enumerate(features, start=1))


def _lees_feature(nummer: int, ruw: Any) -> Gebiedsgegevens | Regelverslag:
    eigenschappen = ruw.get("properties") if isinstance(ruw, Mapping) else None
    if not isinstance(eigenschappen, Mapping):
        return Regelverslag(nummer, Uitslag.GEWEIGERD, "", ("het gebied heeft geen eigenschappen",))
    nis, naam = _tekst(eigenschappen, "nis"), _tekst(eigenschappen, "naam")
    code = _tekst(eigenschappen, "code") or nis
    redenen = [
        f"'{veld}' ontbreekt" for veld, waarde in (("nis", nis), ("naam", naam)) if not waarde
    ]
    if len(code) > _LANGSTE_CODE:
        redenen.append(f"code is langer dan {_LANGSTE_CODE} tekens")
    if len(naam) > _LANGSTE_NAAM:
        redenen.append(f"naam is langer dan {_LANGSTE_NAAM} tekens")
    geometrie: Geometrie = {}
    try:
        geometrie = keur(ruw.get("geometry"))
    except OngeldigeGeometrie as fout:
        redenen.append(str(fout))
    if redenen:
        return Regelverslag(
            nummer, Uitslag.GEWEIGERD, toon(f"{code} {naam}".strip()), tuple(redenen)
        )
    return Gebiedsgegevens(nummer=nummer, code=code, naam=naam, nis=nis, geometrie=geometrie)


def _tekst(eigenschappen: Mapping[str, Any], naam: str) -> str:
    waarde = eigenschappen.get(naam)
    return " ".join(str(waarde).split()) if isinstance(waarde, str | int) else ""


def kale_naam(naam: str, gemeente: str) -> str:
    """Leave out what tells namesakes apart: "Ekeren (Dg.)", "Leug (Aartselaar)"."""
    for achtervoegsel in (" (Dg.)", f" ({gemeente})"):
        naam = naam.removesuffix(achtervoegsel)
    return naam


class _Gemeenten:
    """The gemeenten that we know, to find the one of an area."""

    def __init__(self, gemeenten: Iterable[Gemeente]) -> None:
        self._op_nis = {gemeente.nis: gemeente for gemeente in gemeenten}
        self._op_naam: dict[str, list[Gemeente]] = {}
        for gemeente in self._op_nis.values():
            self._op_naam.setdefault(normaal(gemeente.naam), []).append(gemeente)

    def van(self, gebied: Gebiedsgegevens) -> Gemeente | None:
        """Take the NIS code; where that went in a merger, the gemeente that the name says.

        "Borsbeek (Antwerpen)" lies in Antwerpen, "Aalter (Dg.)" in Aalter.
        """
        if gebied.nis in self._op_nis:
            return self._op_nis[gebied.nis]
        tussen_haakjes = _TUSSEN_HAAKJES.search(gebied.naam)
        if tussen_haakjes is None:
            return None
        naam = (
            gebied.naam[: tussen_haakjes.start()]
            if tussen_haakjes[1] == "Dg."
            else tussen_haakjes[1]
        )
        op_naam = self._op_naam.get(normaal(naam), [])
        return op_naam[0] if len(op_naam) == 1 else None


def voer_gebieden_in(
    gebieden: Iterator[Gebiedsgegevens | Regelverslag],
    *,
    soort: Gebiedsoort,
    schrijf: bool,
    meld: Callable[[Regelverslag], None],
) -> tuple[dict[Uitslag, int], int]:
    """Bring every area in; gives the totals, and how many locations got a wijk from it.

    Guarantees: an area is recognised by its code, so that a second run changes nothing; an area
    that is refused does not stop the others; without `schrijf` the same work is done and all of
    it undone.
    Refuses: a gemeente that does not exist (`manage.py laad_gemeenten` first), a code that occurs
    twice.
    """
    totalen = dict.fromkeys(Uitslag, 0)
    gezien: dict[str, int] = {}
    geraakt: set[int] = set()
    verhuisd = 0
    with transaction.atomic():
        gemeenten = _Gemeenten(Gemeente.objects.all())
        wijken = {wijk.code: wijk for wijk in Wijk.objects.defer("omtrek")}
        for gebied in gebieden:
            verslag = (
                gebied
                if isinstance(gebied, Regelverslag)
                else _een(gebied, soort, gemeenten=gemeenten, wijken=wijken, gezien=gezien)
            )
            totalen[verslag.uitslag] += 1
            gemeente = gemeenten.van(gebied) if isinstance(gebied, Gebiedsgegevens) else None
            if gemeente is not None:
                geraakt.add(gemeente.pk)
            meld(verslag)
        if soort is not Gebiedsoort.GEMEENTE:
            verhuisd = wijs_wijken_toe(sorted(geraakt))
        if not schrijf:
            transaction.set_rollback(True)
    return totalen, verhuisd


def _een(
    gebied: Gebiedsgegevens,
    soort: Gebiedsoort,
    *,
    gemeenten: _Gemeenten,
    wijken: dict[str, Wijk],
    gezien: dict[str, int],
) -> Regelverslag:
    wat = toon(f"{gebied.code} {gebied.naam}")
    gemeente = gemeenten.van(gebied)
    if gemeente is None:
        reden = f"de gemeente met NIS-code {toon(gebied.nis)} is niet gekend"
        return Regelverslag(gebied.nummer, Uitslag.GEWEIGERD, wat, (reden,))
    if gebied.code in gezien:
        reden = f"staat al als gebied {gezien[gebied.code]} in dit bestand"
        return Regelverslag(gebied.nummer, Uitslag.GEWEIGERD, wat, (reden,))
    gezien[gebied.code] = gebied.nummer
    try:
        with transaction.atomic():
            uitslag, velden = (
                _zet_midden(gemeente, gebied)
                if soort is Gebiedsoort.GEMEENTE
                else _bewaar_wijk(gebied, gemeente, soort, wijken)
            )
    except (IntegrityError, DataError) as fout:
        reden = f"de databank weigert dit gebied: {str(fout).splitlines()[0]}"
        return Regelverslag(gebied.nummer, Uitslag.GEWEIGERD, wat, (reden,))
    return Regelverslag(gebied.nummer, uitslag, wat, velden)


def _zet_midden(gemeente: Gemeente, gebied: Gebiedsgegevens) -> tuple[Uitslag, tuple[str, ...]]:
    lengte, breedte = gebied.midden
    return _schrijf_anders(gemeente, {"breedtegraad": breedte, "lengtegraad": lengte})


def _bewaar_wijk(
    gebied: Gebiedsgegevens, gemeente: Gemeente, soort: Gebiedsoort, wijken: dict[str, Wijk]
) -> tuple[Uitslag, tuple[str, ...]]:
    lengte, breedte = gebied.midden
    velden = {
        "gemeente_id": gemeente.pk,
        "soort": soort.value,
        "naam": kale_naam(gebied.naam, gemeente.naam),
        "omtrek": dict(gebied.geometrie),
        "breedtegraad": breedte,
        "lengtegraad": lengte,
    }
    if gebied.code in wijken:
        return _schrijf_anders(wijken[gebied.code], velden)
    wijken[gebied.code] = Wijk.objects.create(code=gebied.code, **velden)
    return Uitslag.NIEUW, ()


def _schrijf_anders(
    rij: Gemeente | Wijk, velden: Mapping[str, object]
) -> tuple[Uitslag, tuple[str, ...]]:
    anders = {veld: waarde for veld, waarde in velden.items() if getattr(rij, veld) != waarde}
    if not anders:
        return Uitslag.GELIJK, ()
    for veld, waarde in anders.items():
        setattr(rij, veld, waarde)
    namen = tuple(veld.removesuffix("_id") for veld in anders)
    rij.save(update_fields=namen)
    return Uitslag.GEWIJZIGD, namen


def wijs_wijken_toe(gemeente_ids: Sequence[int]) -> int:
    """Give the locations of these gemeenten the wijk of their point; say how many changed.

    A wijk that is there already stays (somebody may have chosen it by hand), except a
    deelgemeente where a finer wijk is known now.
    """
    bekend: dict[int, tuple[dict[str, int], list[Gebied]]] = {}
    aantal = 0
    te_doen = Opvanglocatie.objects.filter(
        Q(wijk=None) | Q(wijk__soort=Wijk.Soort.DEELGEMEENTE),
        gemeente__in=gemeente_ids,
        breedtegraad__isnull=False,
        lengtegraad__isnull=False,
    ).order_by("pk")
    for locatie in te_doen:
        assert locatie.lengtegraad is not None
        assert locatie.breedtegraad is not None
        ids, gebieden = wijken_van(locatie.gemeente_id, bekend)
        code = gebied_van(locatie.lengtegraad, locatie.breedtegraad, gebieden)
        if code is not None and ids[code] != locatie.wijk_id:
            locatie.wijk_id = ids[code]
            locatie.save(update_fields=["wijk"])
            aantal += 1
    return aantal
