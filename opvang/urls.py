"""Addresses of the supply: public search, and the provider's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from opvang import urls_pagina
from opvang.views import aanbod as aanbod_views
from opvang.views import sleutels as sleutel_views
from opvang.views import tarief as tarief_views
from opvang.views import vergelijk as vergelijk_views
from opvang.views import zoeken as zoek_views

publiek: list[URLPattern] = [
    path("zoeken/", zoek_views.zoeken, name="zoeken"),
    path("zoeken/kies/", zoek_views.kies, name="kies"),
    path("zoeken/vergelijk/", vergelijk_views.vergelijk, name="vergelijk"),
    path("zoeken/gebieden/<str:nis>.json", zoek_views.gebieden, name="gebieden"),
    *urls_pagina.publiek,
    path("inkomenstarief/", tarief_views.inkomenstarief, name="inkomenstarief"),
]
aanbod: list[URLPattern] = [
    path("", aanbod_views.overzicht, name="overzicht"),
    path("locatie/<slug:slug>/", aanbod_views.locatie, name="locatie"),
    path("locatie/<slug:slug>/klopt/", aanbod_views.bevestig, name="bevestig"),
    path("locatie/<slug:slug>/nieuw/", aanbod_views.nieuw, name="nieuw"),
    path("periode/<int:pk>/", aanbod_views.bewaar, name="bewaar"),
    path("periode/<int:pk>/wijzig/", aanbod_views.wijzig, name="wijzig"),
    path("periode/<int:pk>/weg/", aanbod_views.weg, name="weg"),
    path("sleutels/", sleutel_views.sleutels, name="sleutels"),
    path("sleutels/<int:pk>/intrekken/", sleutel_views.trek_in, name="sleutel_intrekken"),
    *urls_pagina.aanbod,
]
