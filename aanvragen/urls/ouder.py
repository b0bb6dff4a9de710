"""Addresses of the parent."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import aanvraag as a
from aanvragen.views import aanvraag_versturen as v
from aanvragen.views import antwoorden_ouder, gegevens, ouder

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
    path("gegevens/", gegevens.gegevens, name="gegevens"),
    path("<str:referentie>/", ouder.vraag, name="vraag"),
    path("<str:referentie>/voorstel/<int:pk>/", antwoorden_ouder.antwoord, name="antwoord"),
    path("<str:referentie>/bevestig/", antwoorden_ouder.bevestigen, name="bevestig"),
    path("<str:referentie>/geboorte/", antwoorden_ouder.geboorte, name="geboorte"),
    path("<str:referentie>/stop/", antwoorden_ouder.stoppen, name="stop"),
    path("<str:referentie>/droevig-nieuws/", antwoorden_ouder.droevig_nieuws, name="droevig"),
]
