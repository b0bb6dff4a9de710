"""Addresses of the reports and of the open figures."""

from __future__ import annotations

from django.urls import path

from rapportage.views import rapporten

app_name = "rapporten"
urlpatterns = [
    path("rapporten/", rapporten.overzicht, name="overzicht"),
    path("rapporten/<int:pk>/", rapporten.rapport, name="rapport"),
    path("rapporten/<int:pk>/voortgang", rapporten.voortgang, name="voortgang"),
    path("rapporten/<int:pk>/opnieuw", rapporten.opnieuw, name="opnieuw"),
    path("rapporten/<int:pk>/pdf", rapporten.pdf, name="pdf"),
    path("rapporten/<int:pk>/csv", rapporten.csv, name="csv"),
    path("cijfers/", rapporten.cijfers, name="cijfers"),
]
