"""Addresses of the API, without trailing slashes."""

from __future__ import annotations

from django.urls import path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from aanvragen.api.aanmeldingen import Aanmelding, Aanmeldingen, Antwoord
from loket.api.documentatie import documentatie
from loket.api.view import Onbekend
from opvang.api.locaties import Locatie, Locaties
from opvang.api.vrije_plaatsen import VrijePlaatsen

app_name = "api"
urlpatterns = [
    path("/locaties", Locaties.as_view(), name="locaties"),
    path("/locaties/<slug:locatie>", Locatie.as_view(), name="locatie"),
    path("/locaties/<slug:locatie>/vrije-plaatsen", VrijePlaatsen.as_view(), name="vrije_plaatsen"),
    path("/aanmeldingen", Aanmeldingen.as_view(), name="aanmeldingen"),
    path("/aanmeldingen/<uuid:aanmelding>", Aanmelding.as_view(), name="aanmelding"),
    path("/aanmeldingen/<uuid:aanmelding>/antwoord", Antwoord.as_view(), name="antwoord"),
    path("/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("/docs", documentatie, name="docs"),
    re_path(r"^(?:/.*)?$", Onbekend.as_view(), name="onbekend"),
]
