"""The shapes of the API, and how JSON comes in and goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

ONBEKEND = "onbekende_invoer"
MEESTE_BYTES = 512 * 1024
_MEESTE_TEKENS, _MEESTE_NAMEN = 80, 20


def kameel(naam: str) -> str:
    """Write a name as the API does: `vrije_plaatsen` -> `vrijePlaatsen`."""
    eerste, *rest = naam.split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


def veilig(tekst: str) -> str:
    """Shorten what somebody sent, and take out what is no text, before it is repeated."""
    return tekst[:_MEESTE_TEKENS].encode("utf-8", "replace").decode()


class Vorm(serializers.Serializer[Any]):
    """A shape in the API: fields are written in lowerCamelCase, unknown ones are refused."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        velden = {}
        for naam, veld in super().get_fields().items():
            if isinstance(veld, serializers.SerializerMethodField):
                veld.method_name = veld.method_name or f"get_{naam}"
            elif kameel(naam) != naam and veld.source is None:
                veld.source = naam
            velden[kameel(naam)] = veld
        return velden

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            vreemd = sorted(str(naam) for naam in data if naam not in self.fields)[:_MEESTE_NAMEN]
            if vreemd:
                fout = serializers.ErrorDetail(_("Dit veld bestaat niet."), code=ONBEKEND)
                raise serializers.ValidationError({veilig(naam): [fout] for naam in vreemd})
        return super().to_internal_value(data)


def keur(vorm: serializers.BaseSerializer[Any]) -> Any:
    """Give the clean input, or refuse."""
    vorm.is_valid(raise_exception=True)
    return vorm.validated_data


class Onderhandeling(BaseContentNegotiation):
    """There is one format: whatever a client says it accepts, it gets JSON."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        soort = (request.content_type or "").partition(";")[0].strip().lower()
        return next((lezer for lezer in parsers if lezer.media_type == soort), None)

    def select_renderer(
        self,
        request: Request,  # noqa: ARG002 -- DRF's signature
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,  # noqa: ARG002 -- DRF's signature
    ) -> tuple[BaseRenderer, str]:
        schrijver = next(iter(renderers))
        return schrijver, str(schrijver.media_type)


class TeGroot(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("De inhoud is te groot: hoogstens 512 kB.")
    default_code = "payload_too_large"


class Lezer(JSONParser):
    """Reads JSON of a sane size and depth, in UTF-8 as the standard says."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,  # noqa: ARG002 -- DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 -- DRF's signature
    ) -> Any:
        ruw = stream.read(MEESTE_BYTES + 1)
        if len(ruw) > MEESTE_BYTES:
            raise TeGroot
        try:
            return json.loads(ruw.decode("utf-8"), parse_constant=_geen_getal)
        except (ValueError, RecursionError) as fout:
            raise exceptions.ParseError(_("De inhoud is geen geldige JSON.")) from fout


def _geen_getal(tekst: str) -> Any:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(tekst)
