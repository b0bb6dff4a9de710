"""A few locations side by side: for anybody, without an account; the address says which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from opvang.domain.stand import Termijnen
from opvang.domain.zoeken import met_aanbod
from opvang.forms import ZoekForm
from opvang.keuze import gekozen_locaties
from opvang.models import Opvanglocatie
from opvang.views.plekkaarten import maak_kaarten

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: More do not stand side by side on any screen.
MEESTE_NAAST_ELKAAR = 4


@login_not_required
@require_safe
def vergelijk(request: HttpRequest) -> HttpResponse:
    """Show up to four locations (`l`) in the order given, against the search in the address."""
    nu = timezone.now()
    form = ZoekForm(request.GET)
    form.is_valid()
    vraag = form.vraag()
    gevraagd = _slugs(request)
    gevonden = {
        locatie.slug: locatie
        for locatie in met_aanbod(
            Opvanglocatie.objects.publiek().filter(slug__in=gevraagd[:MEESTE_NAAST_ELKAAR]),
            vraag,
            nu=nu,
        )
    }
    kaarten = maak_kaarten(
        [gevonden[slug] for slug in gevraagd if slug in gevonden],
        vraag,
        termijnen=Termijnen.lees(),
        nu=nu,
        gekozen=gekozen_locaties(request),
        met_afstand=vraag.midden is not None,
    )
    return render(
        request,
        "opvang/vergelijk.html",
        {
            "kaarten": kaarten,
            "kolommen": [(kaart, _zonder(request, kaart.locatie.slug)) for kaart in kaarten],
            "vraag": vraag,
            "vandaag": timezone.localdate(nu),
            "te_veel": len(gevraagd) > MEESTE_NAAST_ELKAAR,
            "terug": _terug(request),
        },
    )


def _slugs(request: HttpRequest) -> list[str]:
    """Read what was asked to compare: each once, and only what can be a name of ours."""
    goed = (slug for slug in request.GET.getlist("l")[:100] if re.fullmatch(r"[-\w]{1,80}", slug))
    return list(dict.fromkeys(goed))


def _zonder(request: HttpRequest, slug: str) -> str:
    """Give the same comparison without this one."""
    over = request.GET.copy()
    over.setlist("l", [een for een in _slugs(request) if een != slug])
    return f"{reverse('opvang:vergelijk')}?{over.urlencode()}"


def _terug(request: HttpRequest) -> str:
    """Give the search that this came from."""
    zoekvraag = request.GET.copy()
    zoekvraag.pop("l", None)
    return f"{reverse('opvang:zoeken')}?{zoekvraag.urlencode()}"
