"""Addresses where a family changes its question and says that it still holds."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import antwoorden_ouder, wijzigen

mijn: list[URLPattern] = [
    path("klopt/<str:token>/", wijzigen.klopt, name="klopt"),
    path("<str:referentie>/wijzigen/", wijzigen.van_ouder, name="wijzigen"),
    path("<str:referentie>/verhuizen/", antwoorden_ouder.verhuizen, name="verhuizen"),
]
balie: list[URLPattern] = [
    path("dossier/<str:referentie>/wijzigen/", wijzigen.aan_balie, name="wijzigen"),
]
