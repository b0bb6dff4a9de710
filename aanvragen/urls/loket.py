"""Addresses of loket staff and toeleiders."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import balie as views
from aanvragen.views import balie_acties as acties
from aanvragen.views import balie_nieuw, noodplan, noodplan_buiten, sluitingen

_DOSSIER = "dossier/<str:referentie>/"
_PLAN = "sluitingen/<int:pk>/"

balie: list[URLPattern] = [
    path("", views.werklijst, name="werklijst"),
    path("nieuw/", balie_nieuw.nieuw, name="nieuw"),
    path("dossiers/", views.dossiers, name="dossiers"),
    path(_DOSSIER, views.dossier, name="dossier"),
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
    path("sluitingen/", sluitingen.lijst, name="sluitingen"),
    path("sluitingen/nieuw/", sluitingen.zoeken, name="sluiting_zoeken"),
    path("sluitingen/nieuw/<slug:slug>/", sluitingen.melden, name="sluiting_melden"),
    path(_PLAN, noodplan.noodplan, name="noodplan"),
    path(f"{_PLAN}bijwerken/", noodplan.bijwerken, name="noodplan_bijwerken"),
    path(f"{_PLAN}kind/<int:regel>/", noodplan.kind, name="noodplan_kind"),
    path(f"{_PLAN}kind/<int:regel>/vraag/", noodplan.vraag_plaats, name="noodplan_vraag"),
    path(f"{_PLAN}kind/<int:regel>/plaats/<int:aanbod>/", noodplan.plaats, name="noodplan_plaats"),
    path(f"{_PLAN}berichten/", noodplan_buiten.berichten, name="noodplan_berichten"),
    path(f"{_PLAN}berichten/versturen/", noodplan_buiten.versturen, name="noodplan_versturen"),
    path(f"{_PLAN}berichten/brieven.pdf", noodplan_buiten.brieven, name="noodplan_brieven"),
    path(f"{_PLAN}berichten/<int:bericht>/", noodplan_buiten.bericht, name="noodplan_bericht"),
    path(f"{_PLAN}berichten/<int:bericht>/brief.pdf", noodplan_buiten.brief, name="noodplan_brief"),
    path(f"{_PLAN}vervangplaatsen/", noodplan_buiten.vervangplaatsen, name="noodplan_vervang"),
    path(
        f"{_PLAN}vervangplaatsen/<slug:slug>/",
        noodplan_buiten.vervang,
        name="noodplan_vervang_nieuw",
    ),
    path(f"{_PLAN}onbekend/", noodplan.onbekend, name="noodplan_onbekend"),
    path(f"{_PLAN}cijfers/", noodplan.cijfers, name="noodplan_cijfers"),
]
