"""A provider gives several families the same answer: choose, look at what will happen, send."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanvragen.domain.samen_antwoorden import (
    MEESTE,
    antwoord_samen,
    bezwaar_tegen,
    stand_van,
)
from aanvragen.domain.volgorde import VOLGORDE
from aanvragen.forms.antwoord import SamenForm
from aanvragen.models import Aanmelding
from aanvragen.permissions import Actie, eis
from aanvragen.views.aanbod import aanbieder, aanmeldingen_van
from loket.models import Gebruiker

ONVERWERKBAAR = 422
SESSIE = "aanbod_samen"


def _gekozen(request: HttpRequest, gebruiker: Gebruiker) -> list[Aanmelding]:
    """Those that were ticked and are this provider's, in their order; what is no key is ignored."""
    bron = request.POST if request.method == "POST" else request.GET
    sleutels = set()
    for ruw in bron.getlist("kies")[:MEESTE]:
        try:
            sleutels.add(UUID(ruw))
        except ValueError:
            continue
    gekozen = list(
        aanmeldingen_van(gebruiker)
        .filter(uuid__in=sleutels)
        .select_related("locatie__organisator", "opvangvraag__loket", "opvangvraag__kind__gezin")
        .order_by(*VOLGORDE)
    )
    for aanmelding in gekozen:
        eis(gebruiker, Actie.AANMELDING_BEKIJKEN, aanmelding)
    return gekozen


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def samen(request: HttpRequest) -> HttpResponse:
    """Ask for the answer, then show what each family will read, then send."""
    gebruiker = aanbieder(request)
    gekozen = _gekozen(request, gebruiker)
    stap = request.POST.get("stap", "") if request.method == "POST" else ""
    form = SamenForm(request.POST if stap else None, aanmeldingen=gekozen)
    context: dict[str, Any] = {"gekozen": gekozen, "form": form, "meeste": MEESTE}
    if request.method != "POST" or (gekozen and not stap):
        return render(request, "aanbod/vragen/samen.html", context)
    if not gekozen or not form.is_valid():
        return render(request, "aanbod/vragen/samen.html", context, status=ONVERWERKBAAR)
    if stap != "verstuur":
        rijen = [(een, stand_van(een), bezwaar_tegen(een, reden=form.reden)) for een in gekozen]
        context |= {"rijen": rijen, "aantal": sum(not bezwaar for _e, _s, bezwaar in rijen)}
        return render(request, "aanbod/vragen/samen_nakijken.html", context)
    uitkomsten = antwoord_samen(
        gekozen,
        reden=form.reden,
        gezien={een.uuid: request.POST.get(f"gezien-{een.uuid}", "") for een in gekozen},
        door=gebruiker,
        nu=timezone.now(),
        toelichting=form.cleaned_data["toelichting"],
    )
    request.session[SESSIE] = [(str(u.aanmelding.uuid), u.bezwaar) for u in uitkomsten]
    return redirect("aanbod_vragen:samen_klaar")


@never_cache
@require_safe
def samen_klaar(request: HttpRequest) -> HttpResponse:
    """Say per family what became of the answer."""
    gebruiker = aanbieder(request)
    bezwaren = {UUID(uuid): bezwaar for uuid, bezwaar in request.session.get(SESSIE, [])}
    if not bezwaren:
        return redirect("aanbod_vragen:lijst")
    rijen = [
        (aanmelding, bezwaren[aanmelding.uuid])
        for aanmelding in aanmeldingen_van(gebruiker)
        .filter(uuid__in=bezwaren)
        .select_related("locatie", "opvangvraag__kind")
        .order_by(*VOLGORDE)
    ]
    gelukt = sum(not bezwaar for _aanmelding, bezwaar in rijen)
    return render(
        request,
        "aanbod/vragen/samen_klaar.html",
        {"rijen": rijen, "gelukt": gelukt, "mislukt": len(rijen) - gelukt},
    )
