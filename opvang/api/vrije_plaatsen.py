"""What is free at a location: read it, and replace it by the whole truth of the back office."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import lazy
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from loket.api.adressen import etag_van, keur_if_match
from loket.api.schema import fouten
from loket.api.view import ApiView
from loket.api.vorm import Vorm, keur
from opvang.api.locaties import ID
from opvang.api.sleutel import locaties_van, namens, sleutel_van
from opvang.api.week import DAGEN, DagVeld, PlaatsenVeld
from opvang.domain.keuren import (
    EINDE_VOOR_BEGIN,
    LEEFTIJDEN_OM,
    OUDSTE_MAANDEN,
    PERIODE_BESTAAT_NIET,
    PERIODE_DUBBEL,
    SOORT_BESTAAT_NIET,
    Aanbodgegevens,
    OngeldigAanbod,
    geen_leeftijd,
)
from opvang.domain.vrije_plaatsen import vervang_aanbod
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MEESTE_PERIODES = 100
#: Periods have no public number of their own: this makes one out of ours, always the same.
_PERIODES = uuid.UUID("6f2d0c1e-93b4-5b8e-9d7a-3f6a1c2b4e58")


def id_van(aanbod: Plaatsaanbod) -> uuid.UUID:
    """Give the public id of a period."""
    return uuid.uuid5(_PERIODES, str(aanbod.pk))


def vind_periode(locatie_id: int, publiek: uuid.UUID) -> Plaatsaanbod | None:
    """Find the period of this location that has this id; there are only a few."""
    rijen = Plaatsaanbod.objects.filter(locatie=locatie_id)
    return next((rij for rij in rijen if id_van(rij) == publiek), None)


_LEEFTIJD: dict[str, StrOrPromise] = dict.fromkeys(
    ("invalid", "min_value", "max_value"), lazy(geen_leeftijd, str)()
)


class PeriodeVorm(Vorm):
    """A period with free places. `vanaf` is the first day, `tot` the first day after it."""

    id = serializers.UUIDField(required=False, help_text="Laat weg voor een nieuwe periode.")
    soort = serializers.ChoiceField(
        choices=Aanbodsoort.choices,
        default=Aanbodsoort.REGULIER,
        error_messages={"invalid_choice": SOORT_BESTAAT_NIET},
    )
    vanaf = DagVeld(help_text="Eerste dag.")
    tot = DagVeld(
        allow_null=True, default=None, help_text="Eerste dag erna. Leeg: geen einde gekend."
    )
    leeftijd_vanaf = serializers.IntegerField(
        min_value=0,
        max_value=OUDSTE_MAANDEN,
        default=0,
        help_text="In maanden.",
        error_messages=_LEEFTIJD,
    )
    leeftijd_tot = serializers.IntegerField(
        min_value=0,
        max_value=OUDSTE_MAANDEN,
        default=36,
        help_text="In maanden, niet meegeteld.",
        error_messages=_LEEFTIJD,
    )
    vrij = PlaatsenVeld(
        help_text="Wat nu nog vrij is per dagdeel. Plaatsen die al voorgesteld of ingenomen zijn, "
        "tellen niet mee."
    )
    laatst_bevestigd = serializers.DateTimeField(read_only=True)

    def to_representation(self, instance: Plaatsaanbod) -> dict[str, Any]:
        return {**super().to_representation(instance), "id": str(id_van(instance))}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["tot"] is not None and attrs["tot"] <= attrs["vanaf"]:
            raise serializers.ValidationError({"tot": EINDE_VOOR_BEGIN})
        if attrs["leeftijd_vanaf"] >= attrs["leeftijd_tot"]:
            raise serializers.ValidationError({"leeftijdTot": LEEFTIJDEN_OM})
        return attrs


class VrijePlaatsenVorm(Vorm):
    """All that a location said about free places. No period at all means unknown, not full."""

    locatie = serializers.SlugField(read_only=True)
    periodes = serializers.ListField(child=PeriodeVorm(), max_length=MEESTE_PERIODES)


_VOORBEELD_WEEK = [
    {"dag": dag, "voormiddag": aantal, "namiddag": aantal}
    for dag, aantal in zip(DAGEN, (2, 2, 0, 1, 1, 0, 0), strict=True)
]
_VOORBEELD_PERIODE: dict[str, Any] = {
    "soort": "regulier",
    "vanaf": "2027-09-01",
    "tot": None,
    "leeftijdVanaf": 0,
    "leeftijdTot": 36,
    "vrij": _VOORBEELD_WEEK,
}
VOORBEELD_VRIJ: dict[str, Any] = {"periodes": [_VOORBEELD_PERIODE]}
VOORBEELD_ANTWOORD: dict[str, Any] = {
    "locatie": "de-egeltjes",
    "periodes": [
        {
            "id": "7a1f2a4c-2f0a-5d44-8f35-0f9d3a1f6c20",
            **_VOORBEELD_PERIODE,
            "laatstBevestigd": "2027-03-01T09:12:00+01:00",
        }
    ],
}
_ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200], description="De versie van dit antwoord."
)
_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="De ETag van wat je ophaalde, of * om te overschrijven wat er ook staat.",
)


class VrijePlaatsen(ApiView):
    @extend_schema(
        operation_id="vrijePlaatsenLezen",
        summary="Vrije plaatsen van een locatie",
        description="Alle periodes die voor deze locatie bekend zijn. Geen periode betekent: "
        "niet gekend. Volzet is een periode met nullen.",
        parameters=[ID, _ETAG],
        responses={200: VrijePlaatsenVorm, **fouten(404)},
        examples=[OpenApiExample("Een periode", VOORBEELD_ANTWOORD, response_only=True)],
        tags=["Vrije plaatsen"],
    )
    def get(self, request: Request, locatie: str) -> Response:
        plek = get_object_or_404(locaties_van(sleutel_van(request)), slug=locatie)
        return _met_etag(_beeld(plek))

    @extend_schema(
        operation_id="vrijePlaatsenVervangen",
        summary="Vervang de vrije plaatsen",
        description="Stuur alle periodes: wat je weglaat, verdwijnt. Een periode met een id "
        "verandert, een zonder id is nieuw. Alles lukt samen, of niets. De cijfers gelden daarmee "
        "als bevestigd.",
        parameters=[ID, _IF_MATCH, _ETAG],
        request=VrijePlaatsenVorm,
        responses={200: VrijePlaatsenVorm, **fouten(400, 404, 412, 428)},
        examples=[
            OpenApiExample("Twee plaatsen", value=VOORBEELD_VRIJ, request_only=True),
            OpenApiExample("Een periode", VOORBEELD_ANTWOORD, response_only=True),
        ],
        tags=["Vrije plaatsen"],
    )
    def put(self, request: Request, locatie: str) -> Response:
        sleutel = sleutel_van(request)
        with transaction.atomic():
            # The location's own row: two back offices that both start from nothing also meet here.
            plek = get_object_or_404(
                locaties_van(sleutel).select_for_update(of=("self",), no_key=True), slug=locatie
            )
            rijen = list(Plaatsaanbod.objects.vergrendeld().filter(locatie=plek))
            keur_if_match(request, etag_van(_beeld(plek, rijen)), verplicht=True)
            periodes = keur(VrijePlaatsenVorm(data=request.data))["periodes"]
            try:
                vervang_aanbod(
                    plek,
                    _gegevens(periodes, {id_van(rij): rij.pk for rij in rijen}),
                    door=None,
                    nu=timezone.now(),
                    namens=namens(sleutel),
                )
            except OngeldigAanbod as nee:
                raise serializers.ValidationError({"periodes": [str(nee)]}) from nee
        return _met_etag(_beeld(plek))


def _gegevens(
    periodes: Sequence[dict[str, Any]], bekend: Mapping[uuid.UUID, int]
) -> list[Aanbodgegevens]:
    """Translate the public ids; each may be there once and belongs to this location."""
    uit = []
    gezien: set[uuid.UUID] = set()
    for nummer, periode in enumerate(periodes):
        publiek = periode.pop("id", None)
        if publiek is not None and (publiek not in bekend or publiek in gezien):
            fout = PERIODE_DUBBEL if publiek in gezien else PERIODE_BESTAAT_NIET
            raise serializers.ValidationError({"periodes": [{}] * nummer + [{"id": [fout]}]})
        if publiek is not None:
            gezien.add(publiek)
        uit.append(Aanbodgegevens(**periode, id=bekend.get(publiek) if publiek else None))
    return uit


def _beeld(locatie: Opvanglocatie, rijen: Sequence[Plaatsaanbod] | None = None) -> dict[str, Any]:
    if rijen is None:
        rijen = list(Plaatsaanbod.objects.filter(locatie=locatie))
    geordend = sorted(rijen, key=lambda rij: (rij.vanaf, rij.pk))
    return {"locatie": locatie.slug, "periodes": PeriodeVorm(geordend, many=True).data}


def _met_etag(beeld: dict[str, Any]) -> Response:
    return Response(beeld, headers={"ETag": etag_van(beeld)})
