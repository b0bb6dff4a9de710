"""The page about the API, made from its schema: what stands here is what the code does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from loket.api.grenzen import MISLUKT_PER_MINUUT, PER_MINUUT

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_DIEPSTE = 4
METHODEN = ("get", "put", "post", "delete")


@dataclass(frozen=True, slots=True)
class Veld:
    """One line in a table of fields or parameters."""

    naam: str
    soort: str
    verplicht: bool
    uitleg: str


@dataclass(frozen=True, slots=True)
class Uitkomst:
    status: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Operatie:
    """One address with one method."""

    anker: str
    titel: str
    uitleg: str
    methode: str
    pad: str
    parameters: list[Veld]
    invoer: list[tuple[str, list[Veld]]]
    uitvoer: list[Veld]
    uitkomsten: list[Uitkomst]
    curl: list[str]
    antwoord: str


@login_not_required
@require_safe
def documentatie(request: HttpRequest) -> HttpResponse:
    """Show every address of the API, with an example that can be copied."""
    schema = openapi()
    groepen: dict[str, list[Operatie]] = {}
    for operatie, groep in _operaties(schema):
        groepen.setdefault(groep, []).append(operatie)
    return render(
        request,
        "api/docs.html",
        {
            "groepen": groepen,
            "versie": schema["info"]["version"],
            "uitleg": schema["info"]["description"],
            "basis": f"{settings.SITE_URL}/api/v1",
            "per_minuut": PER_MINUUT,
            "mislukt_per_minuut": MISLUKT_PER_MINUUT,
        },
    )


@cache
def openapi() -> dict[str, Any]:
    """Make the schema once; it changes only with the code."""
    maker = SchemaGenerator()  # type: ignore[no-untyped-call]  # spectacular has no types here
    schema = maker.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    # Lazy texts become words.
    vast: dict[str, Any] = json.loads(json.dumps(schema, default=str))
    return vast


def _operaties(schema: dict[str, Any]) -> Iterator[tuple[Operatie, str]]:
    delen = schema["components"]["schemas"]
    for pad, per_methode in schema["paths"].items():
        for methode in METHODEN:
            if ruw := per_methode.get(methode):
                yield _operatie(pad, methode, ruw, delen), ruw["tags"][0]


def _operatie(pad: str, methode: str, ruw: dict[str, Any], delen: dict[str, Any]) -> Operatie:
    inhoud = ruw.get("requestBody", {}).get("content", {}).get("application/json", {})
    goed = ruw["responses"]["200"].get("content", {}).get("application/json", {})
    voorbeelden = [een["value"] for een in inhoud.get("examples", {}).values()]
    antwoorden = [een["value"] for een in goed.get("examples", {}).values()]
    return Operatie(
        anker=ruw["operationId"],
        titel=ruw["summary"],
        uitleg=ruw.get("description", ""),
        methode=methode.upper(),
        pad=pad,
        parameters=[
            Veld(
                een["name"],
                _soort(een["schema"], delen),
                een.get("required", False),
                een.get("description", ""),
            )
            for een in ruw.get("parameters", [])
        ],
        invoer=list(_invoer(inhoud.get("schema"), delen)),
        uitvoer=list(_velden(goed.get("schema", {}), delen)),
        uitkomsten=[
            Uitkomst(status, een.get("description") or HTTPStatus(int(status)).phrase)
            for status, een in ruw["responses"].items()
            if status != "200"
        ],
        curl=[_curl(pad, methode, ruw, voorbeeld) for voorbeeld in voorbeelden or [None]],
        antwoord=_json(antwoorden[0]) if antwoorden else "",
    )


def _invoer(
    schema: dict[str, Any] | None, delen: dict[str, Any]
) -> Iterator[tuple[str, list[Veld]]]:
    """Give one table of fields, or one per kind of answer."""
    if schema is None:
        return
    vorm = _volg(schema, delen)
    for deel in _uniek(vorm.get("oneOf", [schema])):
        soorten = _volg(deel, delen).get("properties", {}).get("soort", {})
        yield (
            ", ".join(_codes(soorten, delen)) if "oneOf" in vorm else "",
            list(_velden(deel, delen)),
        )


def _uniek(schemas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({json.dumps(een, sort_keys=True): een for een in schemas}.values())


def _volg(schema: Mapping[str, Any], delen: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow `$ref`, also where it stands in `allOf` beside a description, or beside null."""
    if "$ref" in schema:
        return _volg(delen[schema["$ref"].rpartition("/")[2]], delen)
    if "allOf" in schema:
        return {**_volg(schema["allOf"][0], delen), **schema}
    if schema.get("nullable") and "oneOf" in schema:
        return {**_volg(schema["oneOf"][0], delen), "nullable": True}
    return schema


def _velden(
    schema: Mapping[str, Any], delen: Mapping[str, Any], pad: str = "", diep: int = 0
) -> Iterator[Veld]:
    """List the fields of a shape, those of the shapes inside it with their path."""
    vorm = _volg(schema, delen)
    verplicht = set(vorm.get("required", []))
    for naam, ruw in vorm.get("properties", {}).items():
        eigen = _volg(ruw, delen)
        plek = f"{pad}{naam}"
        yield Veld(
            plek,
            _soort(ruw, delen),
            naam in verplicht,
            ruw.get("description") or eigen.get("title", ""),
        )
        if diep < _DIEPSTE:
            if eigen.get("type") == "array":
                yield from _velden(eigen["items"], delen, f"{plek}[].", diep + 1)
            elif eigen.get("properties"):
                yield from _velden(ruw, delen, f"{plek}.", diep + 1)


def _codes(schema: Mapping[str, Any], delen: Mapping[str, Any]) -> list[str]:
    return [str(code) for code in _volg(schema, delen).get("enum", []) if code]


def _soort(schema: Mapping[str, Any], delen: Mapping[str, Any]) -> str:
    """Say in words what a value is."""
    vorm = _volg(schema, delen)
    woorden = {
        "array": _("lijst"),
        "boolean": _("ja of nee (true of false)"),
        "integer": _("getal"),
        "object": _("object"),
        "string": _("tekst"),
    }
    formaten = {
        "date": _("dag (2027-09-01)"),
        "date-time": _("tijdstip (2027-09-01T08:00:00Z)"),
        "uuid": _("uuid"),
        "uri": _("adres"),
        "email": _("e-mailadres"),
    }
    woord = formaten.get(vorm.get("format", "")) or woorden.get(vorm.get("type", ""), "")
    if codes := _codes(vorm, delen):
        woord = _("een van: %(codes)s") % {"codes": ", ".join(codes)}
    leeg = vorm.get("nullable") or schema.get("nullable")
    return _("%(woord)s, of null") % {"woord": woord} if leeg else woord


def _json(inhoud: Any) -> str:
    """Write JSON for people: one line per field, and one per day of a week."""
    ruw = json.dumps(inhoud, indent=2, ensure_ascii=False)
    return re.sub(
        r"\{\s+(\"dag\"[^{}]*?)\s+\}",
        lambda dag: "{ " + re.sub(r"\s*\n\s*", " ", dag[1]) + " }",
        ruw,
    )


def _curl(pad: str, methode: str, ruw: dict[str, Any], voorbeeld: Any) -> str:
    """Write a command that can be copied into a terminal."""
    regels = ["curl" if methode == "get" else f"curl --request {methode.upper()}"]
    if ruw.get("security"):
        regels.append('  --header "Authorization: Api-Key $SLEUTEL"')
    regels += [
        f'  --header "{een["name"]}: $ETAG"'
        for een in ruw.get("parameters", [])
        if een["in"] == "header" and een.get("required")
    ]
    if voorbeeld is not None:
        regels += [
            '  --header "Content-Type: application/json"',
            f"  --data '{_json(voorbeeld)}'",
        ]
    regels.append(f'  "{settings.SITE_URL}{pad}"'.replace("{", "$").replace("}", ""))
    return " \\\n".join(regels)
