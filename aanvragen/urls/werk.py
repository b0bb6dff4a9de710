"""Addresses of the daily work of the counter: tasks, notes, letters, bulk."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import balie_zoeken, brieven, samen, werk

_DOSSIER = "dossier/<str:referentie>/"
_TAAK = f"{_DOSSIER}taak/<slug:soort>/<int:ding>/"

balie: list[URLPattern] = [
    path("zoeken/", balie_zoeken.zoeken, name="zoeken"),
    path("samen/", samen.kiezen, name="samen"),
    path("samen/uitslag/", samen.uitslag, name="samen_uitslag"),
    path("samen/<slug:soort>/", samen.bekijken, name="samen_bekijken"),
    path(_TAAK, werk.taak, name="taak"),
    path(f"{_TAAK}wie/", werk.wie, name="taak_wie"),
    path(f"{_TAAK}later/", werk.later, name="taak_later"),
    path(f"{_TAAK}klaar/", werk.klaar, name="taak_klaar"),
    path(f"{_TAAK}nu/", werk.nu_wel, name="taak_nu"),
    path(f"{_DOSSIER}notitie/", werk.notitie, name="notitie"),
    path(f"{_DOSSIER}notitie/<int:pk>/wissen/", werk.notitie_wissen, name="notitie_wissen"),
    path(f"{_DOSSIER}brief/", brieven.brief, name="brief"),
    path(f"{_DOSSIER}brief/brief.pdf", brieven.pdf, name="brief_pdf"),
]
