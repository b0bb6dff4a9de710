"""Addresses of the API, without trailing slashes."""

from __future__ import annotations

from django.urls import path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from aanvragen.api.aanmeldingen import Aanmelding, Aanmeldingen, Antwoord
from loket.api.documentatie import documentatie
from loket.api.view import Onbekend
from opvang.api.locaties import Locatie, Locaties
from opvang.api.open_data import OpenVrijePlaatsen
from opvang.api.vrije_plaatsen import VrijePlaatsen

app_name = "api"
urlpatterns = [
    path("v1/locaties", Locaties.as_view(), name="locaties"),
    path("v1/locaties/<slug:locatie>", Locatie.as_view(), name="locatie"),
    path(
        "v1/locaties/<slug:locatie>/vrije-plaatsen", VrijePlaatsen.as_view(), name="vrije_plaatsen"
    ),
    path("v1/aanmeldingen", Aanmeldingen.as_view(), name="aanmeldingen"),
    path("v1/aanmeldingen/<uuid:aanmelding>", Aanmelding.as_view(), name="aanmelding"),
    path("v1/aanmeldingen/<uuid:aanmelding>/antwoord", Antwoord.as_view(), name="antwoord"),
    path(
        "v1/open/lokets/<slug:loket>/vrije-plaatsen",
        OpenVrijePlaatsen.as_view(),
        name="open_vrije_plaatsen",
    ),
    path("v1/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("v1/docs", documentatie, name="docs"),
    re_path(r"^v1(?:/.*)?$", Onbekend.as_view(), name="onbekend"),
]
