"""Addresses that bring a family back to its request, before and after it was sent."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import bevestiging, hergebruik, hervatten, lijst

aanvraag: list[URLPattern] = [
    path("verder/", hervatten.verder, name="verder"),
    path("lijst/", lijst.lijst, name="lijst"),
    path("zoals/<str:referentie>/", hergebruik.zoals, name="zoals"),
    path("<uuid:sleutel>/bewaren/", hervatten.bewaren, name="bewaren"),
]
mijn: list[URLPattern] = [
    path("<str:referentie>/bevestiging.pdf", bevestiging.pdf, name="bevestiging"),
    path("<str:referentie>/antwoord.ics", bevestiging.kalender, name="antwoorddag"),
]
