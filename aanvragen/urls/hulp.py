"""Addresses of who helps a family: consent, appointments, referrals."""

from __future__ import annotations

from django.urls import URLPattern, path

from aanvragen.views import balie_nieuw, hulp, hulp_ouder, hulp_toeleider

_DOSSIER = "dossier/<str:referentie>/"

mijn: list[URLPattern] = [
    path("<str:referentie>/hulp/", hulp_ouder.hulp, name="hulp"),
    path("<str:referentie>/hulp/<int:pk>/stop/", hulp_ouder.stop, name="hulp_stop"),
    path(
        "<str:referentie>/afspraak/<uuid:uuid>/afspraak.ics",
        hulp_ouder.kalender,
        name="afspraak_kalender",
    ),
    path("<str:referentie>/afspraak/<uuid:uuid>/", hulp_ouder.afzeggen, name="afspraak"),
]
balie: list[URLPattern] = [
    path("nieuw/verder/", balie_nieuw.verder, name="nieuw_verder"),
    path("toestemming/", hulp_toeleider.vragen, name="hulp_vragen"),
    path("toestemming/code/", hulp_toeleider.code, name="hulp_code"),
    path(f"{_DOSSIER}toestemming/", hulp.toestemming, name="hulp_toestemming"),
    path(f"{_DOSSIER}toestemming/<int:pk>/stop/", hulp.stop, name="hulp_stop"),
    path(f"{_DOSSIER}afspraak/", hulp.afspraak_nieuw, name="afspraak_nieuw"),
    path(f"{_DOSSIER}afspraak/<uuid:uuid>/", hulp.afspraak, name="afspraak"),
    path(f"{_DOSSIER}doorverwijzen/", hulp.doorverwijzen, name="doorverwijzen"),
    path(f"{_DOSSIER}doorverwijzing/<int:pk>/", hulp.doorverwijzing, name="doorverwijzing"),
]
toestemming: list[URLPattern] = [path("<str:token>/", hulp_ouder.link, name="link")]
