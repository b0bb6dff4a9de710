"""The parts of the OpenAPI schema that every address uses: problems, collections, parameters."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from loket.api.problemen import MEDIATYPE
from loket.api.vorm import Vorm


class Schema(AutoSchema):
    """Names the shapes for who reads them: `LocatieVorm` is a `Locatie`."""

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        naam: str = super().get_serializer_name(serializer, direction)
        return naam.removesuffix("Vorm")


def zonder_docstrings(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Take the docstrings out of the shapes: they are for us, and in English."""
    for vorm in result["components"]["schemas"].values():
        if vorm.get("type") == "object":
            vorm.pop("description", None)
    return result


class IssueVorm(Vorm):
    """One thing that is wrong in what was sent."""

    type = serializers.CharField(help_text="URN van het soort fout.")
    detail = serializers.CharField(help_text="Wat er mis is, in een zin.")
    name = serializers.CharField(required=False, help_text="Waar, bijvoorbeeld periodes[0].vrij.")

    def get_fields(self) -> dict[str, Any]:
        # `in` is a word of Python.
        velden = super().get_fields()
        velden["in"] = serializers.ChoiceField(choices=["body", "query"])
        return velden


class ProbleemVorm(Vorm):
    """A problem as in RFC 9457."""

    type = serializers.CharField(help_text="URN van het soort probleem. Verandert niet.")
    title = serializers.CharField(help_text="Vaste naam in het Engels.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="Uitleg in het Nederlands, om te tonen.")
    instance = serializers.CharField(help_text="Kenmerk van deze ene fout. Noem het als je belt.")
    issues = IssueVorm(many=True, required=False)


def fouten(*statussen: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Name the problems that an address may answer with."""
    uitleg = {
        400: "De invoer klopt niet.",
        401: "Geen sleutel, of een sleutel die niet meer geldt.",
        404: "Bestaat niet, of is van een andere organisator.",
        409: "Past niet bij wat er nu staat.",
        412: "Intussen veranderd: haal het opnieuw op.",
        428: "If-Match ontbreekt.",
        429: "Te veel vragen. Wacht het aantal seconden in Retry-After.",
    }
    return {
        (status, MEDIATYPE): OpenApiResponse(ProbleemVorm, description=uitleg[status])
        for status in sorted({*statussen, 401, 429})
    }


def verzameling(naam: str, vorm: type[Vorm]) -> Any:
    """Make the shape of a collection of `vorm`."""
    velden = {
        "items": vorm(many=True),
        "total": serializers.IntegerField(help_text="Aantal in alles samen, niet op dit blad."),
        "page_size": serializers.IntegerField(),
        "self": serializers.URLField(),
        "first": serializers.URLField(),
        "next": serializers.URLField(
            required=False, help_text="Het volgende blad. Ontbreekt op het laatste."
        ),
    }
    return type(naam, (Vorm,), velden)


PAGE_SIZE = OpenApiParameter("pageSize", int, description="Aantal per blad, 1 tot 200. Gewoon 50.")
CURSOR = OpenApiParameter("cursor", str, description="Neem deze over uit next; maak ze niet zelf.")
