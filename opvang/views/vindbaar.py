"""What search engines ask for: a map of the public pages, and where they may not look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from opvang.models import Opvanglocatie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

#: Behind a sign-in, a form, or the same list in a thousand orders.
NIET_LEZEN = (
    "/aanbod/", "/aanvraag/", "/accounts/", "/antwoord/", "/api/", "/balie/", "/beheer/",
    "/lok/", "/mijn/", "/na-aanmelden/", "/zoeken/?",
)  # fmt: skip


class _VanOns(Sitemap[Any]):
    """Our addresses are those of SITE_URL, whatever name the request came in by."""

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002 -- Django's signature
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002 -- Django's signature
        return urlsplit(settings.SITE_URL).netloc


class _Vast(_VanOns):
    def items(self) -> Sequence[str]:
        return ["start", "opvang:zoeken", "opvang:inkomenstarief"]

    def location(self, item: str) -> str:
        return reverse(item)


class _Locaties(_VanOns):
    """Public ones only; all of Flanders fits in one map (its limit is 50,000)."""

    def items(self) -> QuerySet[Opvanglocatie]:
        return Opvanglocatie.objects.publiek().only("slug").order_by("pk")


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page that anybody may find."""
    adressen = [
        url["location"] for kaart in (_Vast(), _Locaties()) for url in kaart.get_urls(page=1)
    ]
    return render(
        request, "opvang/sitemap.xml", {"adressen": adressen}, content_type="application/xml"
    )


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Say where a robot need not look, and where the map is."""
    regels = ["User-agent: *", *(f"Disallow: {pad}" for pad in NIET_LEZEN), ""]
    regels.append(f"Sitemap: {settings.SITE_URL}{reverse('opvang:sitemap')}")
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")
