"""Addresses of a location's page: for everybody, for its provider, for staff who look it over."""

from __future__ import annotations

from django.urls import URLPattern, path

from opvang.views import collegas as collega_views
from opvang.views import nakijken as nakijk_views
from opvang.views import pagina as pagina_views
from opvang.views import publiek as publiek_views
from opvang.views import vindbaar as vindbaar_views

publiek: list[URLPattern] = [
    path("opvang/<slug:slug>/", publiek_views.locatie, name="locatie"),
    path("opvang/<slug:slug>/kaart.png", publiek_views.kaart_om_te_delen, name="kaartbeeld"),
    path("opvang/<slug:slug>/foto/<int:pk>/", publiek_views.foto, name="foto"),
    path(
        "opvang/<slug:slug>/foto/<int:pk>/klein/",
        publiek_views.foto,
        {"maat": "klein"},
        name="foto_klein",
    ),
    path("sitemap.xml", vindbaar_views.sitemap, name="sitemap"),
    path("robots.txt", vindbaar_views.robots, name="robots"),
]
aanbod: list[URLPattern] = [
    path("paginas/", pagina_views.paginas, name="paginas"),
    path("locatie/<slug:slug>/pagina/", pagina_views.pagina, name="pagina"),
    path("locatie/<slug:slug>/pagina/voorbeeld/", pagina_views.voorbeeld, name="voorbeeld"),
    path("locatie/<slug:slug>/pagina/publiceer/", pagina_views.publiceer, name="publiceer"),
    path("locatie/<slug:slug>/fotos/", pagina_views.fotos, name="fotos"),
    path("foto/<int:pk>/", pagina_views.foto, name="foto"),
    path("foto/<int:pk>/vooraan/", pagina_views.foto_vooraan, name="foto_vooraan"),
    path("foto/<int:pk>/weg/", pagina_views.foto_weg, name="foto_weg"),
    path("locatie/<slug:slug>/sluitingsdagen/", pagina_views.sluitingsdagen, name="sluitingsdagen"),
    path("sluitingsdag/<int:pk>/weg/", pagina_views.sluitingsdag_weg, name="sluitingsdag_weg"),
    path("collegas/", collega_views.collegas, name="collegas"),
    path("collegas/<int:pk>/weg/", collega_views.collega_weg, name="collega_weg"),
    path(
        "collegas/uitnodiging/<int:pk>/intrekken/",
        collega_views.uitnodiging_intrekken,
        name="uitnodiging_intrekken",
    ),
    path("uitnodiging/<str:token>/", collega_views.uitnodiging, name="uitnodiging"),
]
#: Included below "balie/", beside the pages of the demand.
nakijken: list[URLPattern] = [
    path("", nakijk_views.lijst, name="lijst"),
    path("<slug:slug>/", nakijk_views.locatie, name="locatie"),
    path("tekst/<int:pk>/", nakijk_views.tekst, name="tekst"),
    path("foto/<int:pk>/", nakijk_views.foto, name="foto"),
]
