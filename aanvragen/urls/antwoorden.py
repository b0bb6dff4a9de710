"""Addresses where a provider answers many requests at once, and where answers are owed."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import aanbod_samen, antwoordschuld

aanbod: list[URLPattern] = [
    path("vragen/samen/", aanbod_samen.samen, name="samen"),
    path("vragen/samen/klaar/", aanbod_samen.samen_klaar, name="samen_klaar"),
    path("vragen/stand/", antwoordschuld.eigen, name="schuld"),
]
balie: list[URLPattern] = [
    path("antwoordschuld/", antwoordschuld.lijst, name="antwoordschuld"),
    path("antwoordschuld/<slug:slug>/", antwoordschuld.locatie, name="antwoordschuld_locatie"),
]
