"""Addresses of the supply: public search, and the provider's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from opvang import urls_pagina
from opvang.views import aanbod as aanbod_views
from opvang.views import bevestigen as bevestig_views
from opvang.views import capaciteit as capaciteit_views
from opvang.views import lijsten as lijst_views
from opvang.views import meldingen as melding_views
from opvang.views import periode as periode_views
from opvang.views import rekenblad as rekenblad_views
from opvang.views import sleutels as sleutel_views
from opvang.views import tarief as tarief_views
from opvang.views import vergelijk as vergelijk_views
from opvang.views import zoeken as zoek_views

publiek: list[URLPattern] = [
    path("zoeken/", zoek_views.zoeken, name="zoeken"),
    path("zoeken/kies/", zoek_views.kies, name="kies"),
    path("zoeken/vergelijk/", vergelijk_views.vergelijk, name="vergelijk"),
    path("zoeken/gebieden/<slug:nis>.json", zoek_views.gebieden, name="gebieden"),
    path("zoeken/melding/", melding_views.vraag, name="melding"),
    path("zoeken/melding/gevraagd/", melding_views.gevraagd, name="melding_gevraagd"),
    path(
        "zoeken/melding/bevestig/<str:token>/",
        melding_views.bevestig_melding,
        name="melding_bevestig",
    ),
    path("zoeken/melding/stop/<str:token>/", melding_views.stop_melding, name="melding_stop"),
    path("zoeken/vrij/<slug:slug>/", lijst_views.vrij, name="vrij"),
    path("zoeken/vrij/<slug:slug>/mail/", melding_views.volg_lijst, name="vrij_mail"),
    path("zoeken/vrij/<slug:slug>/feed.atom", lijst_views.feed, name="vrij_feed"),
    *urls_pagina.publiek,
    path("inkomenstarief/", tarief_views.inkomenstarief, name="inkomenstarief"),
]
bevestigen: list[URLPattern] = [path("<str:token>/", bevestig_views.link, name="link")]
aanbod: list[URLPattern] = [
    path("", aanbod_views.overzicht, name="overzicht"),
    path("locatie/<slug:slug>/", aanbod_views.locatie, name="locatie"),
    path("klopt/", aanbod_views.bevestig_alles, name="bevestig_alles"),
    path("locatie/<slug:slug>/bewaar/", aanbod_views.bewaar, name="bewaar"),
    path("locatie/<slug:slug>/klopt/", aanbod_views.bevestig, name="bevestig"),
    path("locatie/<slug:slug>/ongedaan/", aanbod_views.ongedaan, name="ongedaan"),
    path("locatie/<slug:slug>/overnemen/", aanbod_views.overnemen, name="overnemen"),
    path("locatie/<slug:slug>/geschiedenis/", aanbod_views.geschiedenis, name="geschiedenis"),
    path("locatie/<slug:slug>/nieuw/", periode_views.nieuw, name="nieuw"),
    path("periode/<int:pk>/wijzig/", periode_views.wijzig, name="wijzig"),
    path("periode/<int:pk>/weg/", periode_views.weg, name="weg"),
    path("rekenblad/", rekenblad_views.rekenblad, name="rekenblad"),
    path("rekenblad/invoeren/", rekenblad_views.voer_rekenblad_in, name="rekenblad_invoeren"),
    re_path(
        r"^rekenblad/vrije-plaatsen\.(?P<soort>xlsx|csv)$",
        rekenblad_views.als_bestand,
        name="rekenblad_bestand",
    ),
    path("sleutels/", sleutel_views.sleutels, name="sleutels"),
    path("sleutels/<int:pk>/intrekken/", sleutel_views.trek_in, name="sleutel_intrekken"),
    path("plaatsen/", capaciteit_views.overzicht, name="capaciteit"),
    path("locatie/<slug:slug>/plaatsen/", capaciteit_views.plaatsen, name="plaatsen"),
    *urls_pagina.aanbod,
]
capaciteit: list[URLPattern] = [
    path("", capaciteit_views.lijst, name="lijst"),
    path("<slug:slug>/", capaciteit_views.locatie, name="locatie"),
]
