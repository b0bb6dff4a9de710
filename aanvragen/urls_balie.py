"""Addresses of loket staff and toeleiders."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path


def _straks(request: HttpRequest, **_kwargs: str) -> HttpResponse:
    raise Http404


balie: list[URLPattern] = [
    path("", _straks, name="werklijst"),
    path("dossier/<str:referentie>/", _straks, name="dossier"),
]
