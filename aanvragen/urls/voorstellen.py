"""Addresses where a parent holds or declines an offer, and where staff undo a choice."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import voorstellen as views

_DOSSIER = "dossier/<str:referentie>/"

mijn: list[URLPattern] = [
    path("<str:referentie>/voorstel/<int:pk>/vasthouden/", views.vasthouden, name="vasthouden"),
    path("<str:referentie>/voorstel/<int:pk>/nee/", views.nee, name="nee"),
]
balie: list[URLPattern] = [
    path(f"{_DOSSIER}terugdraaien/", views.terugdraaien, name="terugdraaien"),
    path(
        f"{_DOSSIER}opvang/<uuid:uuid>/opnieuw-vragen/",
        views.opnieuw_vragen,
        name="opnieuw_vragen",
    ),
    path(f"{_DOSSIER}buiten-de-keuzes/", views.buiten_keuze, name="buiten_keuze"),
]
