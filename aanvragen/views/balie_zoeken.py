"""One box that looks everywhere, for staff and toeleiders."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanvragen.overal import zoek_overal
from aanvragen.views.balie import PER_BLADZIJDE, medewerker

MEESTE_TEKENS = 80


@never_cache
@require_safe
def zoeken(request: HttpRequest) -> HttpResponse:
    """Find families, locations and unfinished requests by whatever somebody remembers."""
    gebruiker = medewerker(request)
    tekst = request.GET.get("zoek", "").strip()[:MEESTE_TEKENS]
    treffers = zoek_overal(tekst, gebruiker=gebruiker)
    pagina = Paginator(treffers.vragen.select_related("kind", "aanvrager"), PER_BLADZIJDE).get_page(
        request.GET.get("pagina")
    )
    return render(
        request,
        "balie/zoeken.html",
        {
            "zoek": tekst,
            "pagina": pagina,
            "opvang": treffers.opvang,
            "concepten": treffers.concepten,
            "niets": not (pagina.object_list or treffers.opvang or treffers.concepten),
        },
    )
