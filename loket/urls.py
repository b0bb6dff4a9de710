"""The addresses of the portal (ontwerp.md §5). The one module of `loket` that knows the apps."""

from __future__ import annotations

from django.urls import include, path

from aanvragen import urls as aanvragen_urls
from loket.beheer import beheer
from loket.views import gezondheid, huisstijl, start, toegang
from opvang import urls as opvang_urls
from opvang import urls_pagina, urls_subsidies

urlpatterns = [
    path("", start.start, name="start"),
    path("toegankelijkheid/", start.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", start.privacy, name="privacy"),
    path("stijl/", start.stijl, name="stijl"),
    path("huisstijl/<slug:slug>.css", huisstijl.huisstijl, name="huisstijl"),
    path("na-aanmelden/", toegang.na_aanmelden, name="na_aanmelden"),
    path("accounts/", include("loket.urls_accounts")),
    path("aanvraag/", include((aanvragen_urls.aanvraag, "aanvragen"))),
    path("mijn/", include((aanvragen_urls.mijn, "mijn"))),
    path("balie/", include((aanvragen_urls.balie, "balie"))),
    path("balie/capaciteit/", include((opvang_urls.capaciteit, "capaciteit"))),
    path("balie/paginas/", include((urls_pagina.nakijken, "nakijken"))),
    path("balie/subsidies/", include((urls_subsidies.balie, "subsidies"))),
    path("aanbod/subsidies/", include((urls_subsidies.aanbod, "aanbod_subsidies"))),
    path("aanbod/", include((opvang_urls.aanbod, "aanbod"))),
    path("aanbod/", include((aanvragen_urls.aanbod, "aanbod_vragen"))),
    path("antwoord/", include((aanvragen_urls.antwoord, "antwoord"))),
    path("toestemming/", include((aanvragen_urls.toestemming, "toestemming"))),
    path("klopt/", include((opvang_urls.bevestigen, "bevestigen"))),
    path("lok/", include("lok_overleg.urls")),
    path("", include("rapportage.urls")),
    path("beheer/", beheer.urls),
    path("api/", include("loket.api_urls")),
    path("healthz", gezondheid.healthz, name="healthz"),
    path("readyz", gezondheid.readyz, name="readyz"),
    path("metrics", gezondheid.metrics, name="metrics"),
    path("", include((opvang_urls.publiek, "opvang"))),
]
