"""The locations of the organisator that calls."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from loket.api.adressen import Verzameling, adres
from loket.api.schema import CURSOR, PAGE_SIZE, fouten, verzameling
from loket.api.view import ApiView
from loket.api.vorm import Vorm
from opvang.api.sleutel import locaties_van, sleutel_van
from opvang.models import Opvanglocatie
from opvang.workflow import Opvangvorm


class SleutelInSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped hook
    target_class = "opvang.api.sleutel.SleutelAuthenticatie"
    name = "apiSleutel"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 -- signature
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Api-Key, een spatie, en de sleutel die je in het portaal maakte.",
        }


class AdresVorm(Vorm):
    straat = serializers.CharField()
    huisnummer = serializers.CharField()
    postcode = serializers.CharField()
    plaats = serializers.CharField()


class LocatieVorm(Vorm):
    """A location of this organisator. `id` never changes."""

    id = serializers.SlugField(source="slug")
    href = serializers.SerializerMethodField()
    naam = serializers.CharField()
    dossiernummer = serializers.CharField(
        allow_null=True, help_text="Van Opgroeien, als het gekend is."
    )
    opvangvorm = serializers.ChoiceField(choices=Opvangvorm.choices)
    adres = AdresVorm(source="*")
    zichtbaar = serializers.BooleanField(help_text="Ouders kunnen deze opvang vinden.")
    vrije_plaatsen = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_href(self, locatie: Opvanglocatie) -> str:
        return adres(reverse("api:locatie", args=[locatie.slug]))

    @extend_schema_field(OpenApiTypes.URI)
    def get_vrije_plaatsen(self, locatie: Opvanglocatie) -> str:
        return adres(reverse("api:vrije_plaatsen", args=[locatie.slug]))


class LocatieRefVorm(Vorm):
    """Which location, and where it is found."""

    id = serializers.SlugField(source="slug")
    naam = serializers.CharField()
    href = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_href(self, locatie: Opvanglocatie) -> str:
        return adres(reverse("api:locatie", args=[locatie.slug]))


LocatiesVorm = verzameling("LocatiesVorm", LocatieVorm)
ID = OpenApiParameter("locatie", str, OpenApiParameter.PATH, description="De id van de locatie.")


VOORBEELD: dict[str, Any] = {
    "id": "de-egeltjes",
    "href": "https://loket.example/api/v1/locaties/de-egeltjes",
    "naam": "De Egeltjes",
    "dossiernummer": "100012345",
    "opvangvorm": "groepsopvang",
    "adres": {
        "straat": "Lindelaan",
        "huisnummer": "12",
        "postcode": "9999",
        "plaats": "Wilgenrade",
    },
    "zichtbaar": True,
    "vrijePlaatsen": "https://loket.example/api/v1/locaties/de-egeltjes/vrije-plaatsen",
}
VOORBEELD_BLAD: dict[str, Any] = {
    "items": [VOORBEELD],
    "self": "https://loket.example/api/v1/locaties",
    "first": "https://loket.example/api/v1/locaties",
    "pageSize": 50,
    "total": 1,
}


class Locaties(ApiView):
    @extend_schema(
        operation_id="locatiesLezen",
        summary="Mijn locaties",
        description="Alle locaties van de organisator van deze sleutel.",
        parameters=[PAGE_SIZE, CURSOR],
        responses={200: LocatiesVorm, **fouten(400)},
        examples=[OpenApiExample("Alles op een blad", VOORBEELD_BLAD, response_only=True)],
        tags=["Locaties"],
    )
    def get(self, request: Request) -> Response:
        rijen, rand = Verzameling(request, volgorde=["slug"]).blad(
            locaties_van(sleutel_van(request))
        )
        return Response({"items": LocatieVorm(rijen, many=True).data, **rand})


class Locatie(ApiView):
    @extend_schema(
        operation_id="locatieLezen",
        summary="Eén locatie",
        parameters=[ID],
        responses={200: LocatieVorm, **fouten(404)},
        examples=[OpenApiExample("Een locatie", VOORBEELD, response_only=True)],
        tags=["Locaties"],
    )
    def get(self, request: Request, locatie: str) -> Response:
        rij = get_object_or_404(locaties_van(sleutel_van(request)), slug=locatie)
        return Response(LocatieVorm(rij).data)
