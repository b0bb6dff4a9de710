"""One thing for many: who is touched, then the button, then what came of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanvragen.domain.brieven import stel_op
from aanvragen.domain.samen import MEESTE_SAMEN
from aanvragen.kandidaten import (
    Kandidaat,
    Kring,
    Samensoort,
    herinner_samen,
    schrijf_samen,
    te_herinneren,
    te_schrijven,
)
from aanvragen.models import Briefsjabloon, Opvangvraag
from aanvragen.views.balie import loketmedewerker
from loket.forms import lees_ids
from loket.models import Gebruiker, Rol

ONVERWERKBAAR = 422
_UITSLAG = "balie_samen_uitslag"


def _sjablonen(gebruiker: Gebruiker) -> QuerySet[Briefsjabloon]:
    return Briefsjabloon.objects.bruikbaar(gebruiker.lokets_als(Rol.LOKETMEDEWERKER))


@never_cache
@require_safe
def kiezen(request: HttpRequest) -> HttpResponse:
    """Choose what to do for many."""
    gebruiker = loketmedewerker(request)
    return render(
        request,
        "balie/samen.html",
        {
            "aantal_laat": len(te_herinneren(gebruiker, nu=timezone.now())),
            "sjablonen": _sjablonen(gebruiker),
            "kringen": Kring.choices,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bekijken(request: HttpRequest, soort: str) -> HttpResponse:
    """Show who is touched, each with a box; then do it."""
    gebruiker, nu = loketmedewerker(request), timezone.now()
    if soort not in Samensoort.values:
        raise Http404
    vragen = request.POST or request.GET
    sjabloon, kring = None, Kring.HULP
    if soort == Samensoort.BRIEF:
        pk = next(iter(lees_ids([vragen.get("sjabloon", "")])), 0)
        sjabloon = get_object_or_404(_sjablonen(gebruiker), pk=pk)
        if vragen.get("kring") in Kring.values:
            kring = Kring(vragen["kring"])
        alle = te_schrijven(gebruiker, sjabloon, kring, nu=nu)
    else:
        alle = te_herinneren(gebruiker, nu=nu)
    kandidaten = alle[:MEESTE_SAMEN]
    if request.method == "POST":
        aangevinkt = set(lees_ids(request.POST.getlist("kies")))
        gekozen = [k for k in kandidaten if k.pk in aangevinkt]
        if gekozen:
            uitslagen = (
                schrijf_samen(gekozen, sjabloon, door=gebruiker, nu=nu)
                if sjabloon
                else herinner_samen(gekozen, door=gebruiker, nu=nu)
            )
            request.session[_UITSLAG] = [asdict(een) for een in uitslagen]
            return redirect("balie:samen_uitslag")
        messages.error(request, _("Vink aan voor wie dit mag gebeuren."))
    return render(
        request,
        "balie/samen_bekijken.html",
        {
            "soort": Samensoort(soort),
            "sjabloon": sjabloon,
            "kring": kring,
            "kandidaten": kandidaten,
            "meer": len(alle) - len(kandidaten),
            "brief": _voorbeeld(sjabloon, kandidaten),
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


def _voorbeeld(sjabloon: Briefsjabloon | None, kandidaten: list[Kandidaat]) -> Any:
    """The letter as the first family will read it."""
    if sjabloon is None or not kandidaten:
        return None
    vraag = Opvangvraag.objects.select_related("loket", "kind__gezin").get(
        pk=kandidaten[0].vraag.pk
    )
    return stel_op(sjabloon, vraag, peildatum=timezone.localdate())


@never_cache
@require_safe
def uitslag(request: HttpRequest) -> HttpResponse:
    """Tell what came of each of the last time; only ours, read again from the database."""
    gebruiker = loketmedewerker(request)
    rijen = request.session.get(_UITSLAG, [])
    vragen = Opvangvraag.objects.voor_balie(gebruiker).select_related("kind")
    per_pk = vragen.in_bulk([rij["sleutel"] for rij in rijen])
    regels = [
        (per_pk[rij["sleutel"]], rij["gelukt"], rij["waarom"])
        for rij in rijen
        if rij["sleutel"] in per_pk
    ]
    return render(
        request,
        "balie/samen_uitslag.html",
        {
            "mislukt": [rij for rij in regels if not rij[1]],
            "gelukt": [rij for rij in regels if rij[1]],
        },
    )
