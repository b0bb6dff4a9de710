"""Addresses of the parent."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import aanvraag as a
from aanvragen.views import aanvraag_versturen as v
from aanvragen.views import ouder

aanvraag: list[URLPattern] = [
    path("", a.begin, name="begin"),
    path("<uuid:sleutel>/", a.taken, name="taken"),
    path("<uuid:sleutel>/controleer/", v.controleer, name="controleer"),
    path("<uuid:sleutel>/versturen/", v.versturen, name="versturen"),
    path("<uuid:sleutel>/verstuurd/", v.verstuurd, name="verstuurd"),
    path("<uuid:sleutel>/weggooien/", a.weggooien, name="weggooien"),
    path("<uuid:sleutel>/<slug:slug>/", a.stap, name="stap"),
]
mijn: list[URLPattern] = [
    path("", ouder.overzicht, name="overzicht"),
    path("gegevens/", ouder.gegevens, name="gegevens"),
    path("<str:referentie>/", ouder.vraag, name="vraag"),
    path("<str:referentie>/voorstel/<int:pk>/", ouder.antwoord, name="antwoord"),
    path("<str:referentie>/bevestig/", ouder.bevestigen, name="bevestig"),
    path("<str:referentie>/geboorte/", ouder.geboorte, name="geboorte"),
    path("<str:referentie>/stop/", ouder.stoppen, name="stop"),
    path("<str:referentie>/droevig-nieuws/", ouder.droevig_nieuws, name="droevig"),
]
