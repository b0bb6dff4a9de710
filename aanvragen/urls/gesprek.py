"""Addresses of the conversation about a question, and of calm."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import gesprek

_DOSSIER = "dossier/<str:referentie>/"

mijn: list[URLPattern] = [
    path("<str:referentie>/gesprek/", gesprek.mijn, name="gesprek"),
    path("<str:referentie>/gesprek/<uuid:uuid>/", gesprek.mijn, name="gesprek_opvang"),
]
balie: list[URLPattern] = [
    path(f"{_DOSSIER}gesprek/", gesprek.balie, name="gesprek"),
    path(f"{_DOSSIER}gesprek/klaar/", gesprek.klaar, name="gesprek_klaar"),
    path(f"{_DOSSIER}gesprek/<uuid:uuid>/", gesprek.balie, name="gesprek_opvang"),
    path(f"{_DOSSIER}vrij/<int:pk>/gebeld/", gesprek.vrij_gebeld, name="vrij_gebeld"),
]
aanbod: list[URLPattern] = [
    path("vragen/gesprekken/", gesprek.gesprekken, name="gesprekken"),
    path("vragen/<uuid:uuid>/gesprek/", gesprek.aanbod, name="gesprek"),
    path("gesprek/<str:token>/", gesprek.aanbod_link, name="gesprek_link"),
]
