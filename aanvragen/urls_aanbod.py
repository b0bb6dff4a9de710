"""Addresses where providers answer: signed in, or through the link in a mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path


def _straks(request: HttpRequest, **_kwargs: str) -> HttpResponse:
    raise Http404


aanbod: list[URLPattern] = [
    path("vragen/", _straks, name="lijst"),
    path("vragen/<uuid:uuid>/", _straks, name="vraag"),
]
antwoord: list[URLPattern] = [path("<str:token>/", _straks, name="vraag")]
