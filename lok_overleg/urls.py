"""Addresses of the LOK."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from lok_overleg.views import advies, lid, overzicht, vergadering, verslag

app_name = "lok"

_agenda = [
    path("", vergadering.agenda, name="agenda"),
    path("<int:pk>/", vergadering.punt, name="punt"),
    path("<int:pk>/verplaatsen/", vergadering.punt_verplaatsen, name="punt_verplaatsen"),
    path("<int:pk>/verwijderen/", vergadering.punt_verwijderen, name="punt_verwijderen"),
]
_vergadering: list[URLPattern | URLResolver] = [
    path("", vergadering.vergadering, name="vergadering"),
    path("wijzigen/", vergadering.wijzigen, name="wijzigen"),
    path("afgelasten/", vergadering.afgelasten, name="afgelasten"),
    path("agenda/", include(_agenda)),
    path("uitnodigen/", vergadering.uitnodigen, name="uitnodigen"),
    path("aanwezigheid/", vergadering.aanwezigheid, name="aanwezigheid"),
    path("advies/", advies.nieuw, name="advies_nieuw"),
    path("verslag/", verslag.verslag, name="verslag"),
    path("verslag/publiceren/", verslag.publiceren, name="publiceren"),
    path("verslag.pdf", verslag.verslag_pdf, name="verslag_pdf"),
]
_uitnodiging = [
    path("", lid.uitnodiging, name="uitnodiging"),
    path("vergadering.ics", lid.uitnodiging_kalender, name="uitnodiging_kalender"),
    path("verslag.pdf", lid.uitnodiging_pdf, name="uitnodiging_pdf"),
]

urlpatterns = [
    path("", overzicht.overzicht, name="overzicht"),
    path("leden/", overzicht.leden, name="leden"),
    path("leden/nieuw/", overzicht.lid_nieuw, name="lid_nieuw"),
    path("leden/<int:pk>/", overzicht.lid, name="lid"),
    path("vergadering/nieuw/", vergadering.nieuw, name="nieuw"),
    path("vergadering/<uuid:uuid>/", include(_vergadering)),
    path("advies/<int:pk>/", advies.wijzigen, name="advies"),
    path("advies/<int:pk>/stemming/", advies.stemming, name="stemming"),
    path("advies/<int:pk>/opvolging/", advies.opvolging, name="opvolging"),
    path("verslagen/", verslag.openbaar, name="openbaar"),
    path("verslagen/<uuid:uuid>/", verslag.openbaar_verslag, name="openbaar_verslag"),
    path("verslagen/<uuid:uuid>.pdf", verslag.openbaar_pdf, name="openbaar_pdf"),
    path("uitnodiging/<str:token>/", include(_uitnodiging)),
]
