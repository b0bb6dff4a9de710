"""Open data: what is free now in the area of a loket. No key, read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from loket.api.adressen import adres
from loket.api.problemen import MEDIATYPE
from loket.api.schema import ProbleemVorm
from loket.api.view import ApiView
from loket.api.vorm import Vorm
from loket.models import Loket
from opvang.api.week import PlaatsenVeld
from opvang.domain.vrijgekomen import VrijePlek
from opvang.domain.weeklijst import lijst_url, vrij_bij
from opvang.workflow import Opvangvorm, Prijssysteem

BEWAAR_SECONDEN = 300


class OpenPeriodeVorm(Vorm):
    """What is free from when."""

    vanaf = serializers.DateField(help_text="Eerste dag.")
    tot = serializers.DateField(allow_null=True, help_text="Eerste dag erna. Leeg: geen einde.")
    leeftijd_vanaf = serializers.IntegerField(help_text="In maanden.")
    leeftijd_tot = serializers.IntegerField(help_text="In maanden, niet meegeteld.")
    vrij = PlaatsenVeld(help_text="Vrije plaatsen per dagdeel.")
    laatst_bevestigd = serializers.DateTimeField(help_text="Wanneer de opvang dit bevestigde.")


class OpenVrijePlekVorm(Vorm):
    """A location with room."""

    id = serializers.SlugField(source="locatie.slug")
    naam = serializers.CharField(source="locatie.naam")
    href = serializers.SerializerMethodField(help_text="De bladzijde van deze opvang.")
    opvangvorm = serializers.ChoiceField(choices=Opvangvorm.choices, source="locatie.opvangvorm")
    prijssysteem = serializers.ChoiceField(
        choices=Prijssysteem.choices, source="locatie.prijssysteem"
    )
    gemeente = serializers.CharField(source="locatie.gemeente.naam")
    nis = serializers.CharField(source="locatie.gemeente.nis", help_text="NIS-code.")
    periode = OpenPeriodeVorm(source="zicht.periode", help_text="De periode die het best past.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_href(self, plek: VrijePlek) -> str:
        return adres(plek.locatie.get_absolute_url())


class OpenVrijePlaatsenVorm(Vorm):
    """The list of a loket. Who is not in it is full, or unknown: that is not zero."""

    loket = serializers.SlugField(source="slug")
    naam = serializers.CharField()
    href = serializers.URLField(help_text="Dezelfde lijst als bladzijde.")
    opgemaakt_op = serializers.DateTimeField()
    total = serializers.IntegerField(help_text="Aantal opvanglocaties in de lijst.")
    items = OpenVrijePlekVorm(many=True)


VOORBEELD: dict[str, Any] = {
    "loket": "wilgenrade",
    "naam": "Lokaal Loket Kinderopvang Wilgenrade",
    "href": "https://loket.example/zoeken/vrij/wilgenrade/",
    "opgemaaktOp": "2027-03-04T08:00:00+01:00",
    "total": 1,
    "items": [
        {
            "id": "de-egeltjes",
            "naam": "De Egeltjes",
            "href": "https://loket.example/opvang/de-egeltjes/",
            "opvangvorm": "groepsopvang",
            "prijssysteem": "inkomenstarief",
            "gemeente": "Wilgenrade",
            "nis": "90001",
            "periode": {
                "vanaf": "2027-09-01",
                "tot": None,
                "leeftijdVanaf": 0,
                "leeftijdTot": 36,
                "vrij": [
                    {"dag": dag, "voormiddag": aantal, "namiddag": aantal}
                    for dag, aantal in (
                        ("maandag", 2),
                        ("dinsdag", 2),
                        ("woensdag", 0),
                        ("donderdag", 1),
                        ("vrijdag", 1),
                        ("zaterdag", 0),
                        ("zondag", 0),
                    )
                ],
                "laatstBevestigd": "2027-03-01T09:12:00+01:00",
            },
        }
    ],
}
_LOKET = OpenApiParameter("loket", str, OpenApiParameter.PATH, description="De id van het loket.")


class OpenVrijePlaatsen(ApiView):
    authentication_classes: Sequence[type[BaseAuthentication]] = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()

    @extend_schema(
        operation_id="openVrijePlaatsenLezen",
        summary="Open data: vrije plaatsen van een loket",
        description="Opvang die zegt dat er plaats is en dat kort geleden bevestigde, per gemeente "
        "en op naam. Voor iedereen, zonder sleutel. Een opvang die niet in de lijst staat, is "
        "volzet of niet gekend: dat is niet hetzelfde als nul plaatsen. Bewaar het antwoord "
        "gerust vijf minuten.",
        parameters=[_LOKET],
        auth=[],
        responses={
            200: OpenVrijePlaatsenVorm,
            (404, MEDIATYPE): OpenApiResponse(ProbleemVorm, description="Dit loket bestaat niet."),
        },
        examples=[OpenApiExample("Een opvang", VOORBEELD, response_only=True)],
        tags=["Open data"],
    )
    def get(self, _request: Request, loket: str) -> Response:
        wie = get_object_or_404(Loket, slug=loket)
        nu = timezone.now()
        plekken = [plek for gemeente in vrij_bij(wie, nu=nu) for plek in gemeente.plekken]
        beeld = {
            "slug": wie.slug,
            "naam": wie.naam,
            "href": lijst_url(wie),
            "opgemaakt_op": nu,
            "total": len(plekken),
            "items": plekken,
        }
        return Response(
            OpenVrijePlaatsenVorm(beeld).data,
            headers={
                "Cache-Control": f"public, max-age={BEWAAR_SECONDEN}",
                "Access-Control-Allow-Origin": "*",
            },
        )
