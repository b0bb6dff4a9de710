"""Addresses of the parent."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path


def _straks(request: HttpRequest, **_kwargs: str) -> HttpResponse:
    raise Http404


aanvraag: list[URLPattern] = [path("", _straks, name="begin")]
mijn: list[URLPattern] = [
    path("", _straks, name="overzicht"),
    path("<str:referentie>/", _straks, name="vraag"),
]
