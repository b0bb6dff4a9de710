"""Settings of the API, beside the code that they name; `loket/settings.py` takes them over."""

from __future__ import annotations

from typing import Any


def rest_framework(*, proxies: int) -> dict[str, Any]:
    """Give `REST_FRAMEWORK`; `proxies` stand before us and name the caller's address."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": ["opvang.api.sleutel.SleutelAuthenticatie"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_CONTENT_NEGOTIATION_CLASS": "loket.api.vorm.Onderhandeling",
        "DEFAULT_PARSER_CLASSES": ["loket.api.vorm.Lezer"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_SCHEMA_CLASS": "loket.api.schema.Schema",
        "DEFAULT_THROTTLE_CLASSES": ["loket.api.grenzen.PerSleutel"],
        "DEFAULT_METADATA_CLASS": None,
        "EXCEPTION_HANDLER": "loket.api.problemen.probleem",
        "NUM_PROXIES": proxies,
        "UNAUTHENTICATED_USER": None,
        "URL_FORMAT_OVERRIDE": None,
    }


SPECTACULAR: dict[str, Any] = {
    "TITLE": "Lokaal Loket Kinderopvang",
    "DESCRIPTION": "Voor het pakket waarmee een organisator werkt: vrije plaatsen doorgeven, "
    "vragen van gezinnen ophalen en beantwoorden.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.0.3",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "Aanmeldingstatus": "aanvragen.workflow.Aanmeldingstatus",
        "Voorstelstatus": "aanvragen.workflow.Voorstelstatus",
        "Weigerreden": "aanvragen.workflow.Weigerreden",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "loket.api.schema.zonder_docstrings",
    ],
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_INCLUDE_SCHEMA": False,
}
