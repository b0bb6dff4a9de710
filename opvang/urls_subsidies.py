"""Addresses of subsidies: for staff and the schepen, and for the provider."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from opvang.views.subsidies import lijst, reglement, samen, subsidie

_reglement = [
    path("", reglement.reglement, name="reglement"),
    path("wijzigen/", reglement.wijzigen, name="wijzigen"),
    path("budget/", reglement.budget, name="budget"),
    path("regel/", reglement.regel_nieuw, name="regel_nieuw"),
    path("rekenen/", reglement.rekenen, name="rekenen"),
    path("aanvraag/", reglement.aanvraag, name="aanvraag"),
    path("samen/berekenen/", samen.berekenen, name="samen_berekenen"),
    path("samen/dienst/", samen.dienst, name="samen_dienst"),
    path("samen/college/", samen.college, name="samen_college"),
    path("lijst.csv", lijst.als_csv, name="csv"),
]
_subsidie = [
    path("", subsidie.subsidie, name="subsidie"),
    path("berekenen/", subsidie.berekenen, name="berekenen"),
    path("dienst/", subsidie.dienst, name="dienst"),
    path("college/", subsidie.college, name="college"),
    path("weigeren/", subsidie.weigeren, name="weigeren"),
    path("intrekken/", subsidie.intrekken, name="intrekken"),
    path("betaald/", subsidie.betaald, name="betaald"),
    path("brief.pdf", subsidie.brief_pdf, name="brief"),
]

balie: list[URLPattern | URLResolver] = [
    path("", reglement.overzicht, name="overzicht"),
    path("nieuw/", reglement.nieuw, name="nieuw"),
    path("reglement/<int:pk>/", include(_reglement)),
    path("regel/<int:pk>/", reglement.regel, name="regel"),
    path("regel/<int:pk>/verwijderen/", reglement.regel_verwijderen, name="regel_verwijderen"),
    path("<int:pk>/", include(_subsidie)),
]
aanbod: list[URLPattern] = [
    path("", subsidie.mijn_lijst, name="lijst"),
    path("<int:pk>/brief.pdf", subsidie.mijn_brief, name="brief"),
]
