"""Addresses where providers answer: signed in, or through the link in a mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import aanbod as aanbod_views
from aanvragen.views import antwoord as antwoord_views

aanbod: list[URLPattern] = [
    path("vragen/", aanbod_views.lijst, name="lijst"),
    path("vragen/<uuid:uuid>/", aanbod_views.vraag, name="vraag"),
    path("vragen/<uuid:uuid>/intrekken/", aanbod_views.trek_in, name="intrekken"),
]
antwoord: list[URLPattern] = [
    path("klaar/<str:bewijs>/", antwoord_views.klaar, name="klaar"),
    path("<str:token>/", antwoord_views.vraag, name="vraag"),
]
