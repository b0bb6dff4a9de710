"""The published schema as JSON Schema, to hold real answers against."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from loket.api.documentatie import openapi


def _zonder_nullable(deel: Any) -> Any:
    """OpenAPI 3.0 says `nullable`, JSON Schema says `null`."""
    if isinstance(deel, list):
        return [_zonder_nullable(een) for een in deel]
    if not isinstance(deel, dict):
        return deel
    schoon = {naam: _zonder_nullable(een) for naam, een in deel.items() if naam != "nullable"}
    return {"anyOf": [schoon, {"type": "null"}]} if deel.get("nullable") is True else schoon


@cache
def _delen() -> dict[str, Any]:
    delen: dict[str, Any] = _zonder_nullable(openapi()["components"])
    for vorm in delen["schemas"].values():
        if vorm.get("type") == "object":
            vorm["additionalProperties"] = False
    return delen


def keur_antwoord(naam: str, inhoud: Any) -> None:
    """Fail when `inhoud` is not exactly what the schema promises."""
    schema = {"$ref": f"#/components/schemas/{naam}", "components": _delen()}
    fouten = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(inhoud)
    assert [f"{een.json_path}: {een.message}" for een in fouten] == []
