"""Addresses of loket staff and toeleiders."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import balie as views
from aanvragen.views import balie_acties as acties
from aanvragen.views import balie_nieuw

_DOSSIER = "dossier/<str:referentie>/"

balie: list[URLPattern] = [
    path("", views.werklijst, name="werklijst"),
    path("nieuw/", balie_nieuw.nieuw, name="nieuw"),
    path("dossiers/", views.dossiers, name="dossiers"),
    path(_DOSSIER, views.dossier, name="dossier"),
    path(f"{_DOSSIER}dubbel/", acties.dubbel, name="dubbel"),
    path(f"{_DOSSIER}nog-nodig/", acties.nog_nodig, name="nog_nodig"),
    path(f"{_DOSSIER}geboorte/", acties.geboorte, name="geboorte"),
    path(f"{_DOSSIER}stoppen/", acties.stoppen, name="stoppen"),
    path(f"{_DOSSIER}opvang/", acties.opvang_toevoegen, name="opvang_toevoegen"),
    path(
        f"{_DOSSIER}opvang/<uuid:uuid>/wachtlijst/",
        acties.terug_op_wachtlijst,
        name="terug_op_wachtlijst",
    ),
    path(f"{_DOSSIER}opvang/<uuid:uuid>/herinnering/", acties.herinnering, name="herinnering"),
    path(f"{_DOSSIER}opvang/<uuid:uuid>/antwoord/", acties.antwoord, name="antwoord"),
    path(f"{_DOSSIER}voorstel/<int:pk>/", acties.besluit, name="besluit"),
    path(
        f"{_DOSSIER}voorstel/<int:pk>/intrekken/",
        acties.voorstel_intrekken,
        name="voorstel_intrekken",
    ),
    path(f"{_DOSSIER}bericht/<int:pk>/opnieuw/", acties.opnieuw_mailen, name="opnieuw_mailen"),
]
