"""What a visitor chose while searching, in order of wish: visible before a request is begun."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aanvragen.forms.aanvraag import zoek_op_volgorde
from aanvragen.views.concepten import (
    GEKOZEN,
    actie_van,
    eerste_loket,
    gekozen_ids,
    mijn_concepten,
    verplaats,
    zet_loket,
)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lijst(request: HttpRequest) -> HttpResponse:
    """Show the list, and keep a new order; only what was on the list can be kept."""
    if request.method == "POST":
        request.session[GEKOZEN] = _nieuwe_volgorde(request)
        return redirect("aanvragen:lijst")
    locaties = zoek_op_volgorde([str(pk) for pk in gekozen_ids(request)])
    if loket := eerste_loket([locatie.pk for locatie in locaties]):
        zet_loket(request, loket)
    return render(
        request,
        "aanvragen/lijst.html",
        {"gekozen": locaties, "concept": mijn_concepten(request).first()},
    )


def _nieuwe_volgorde(request: HttpRequest) -> list[int]:
    """Read the order that was posted, then do what the button said."""
    nu = [str(pk) for pk in gekozen_ids(request)]
    gepost = [pk for pk in dict.fromkeys(request.POST.getlist("locatie")) if pk in nu]
    # What another tab added meanwhile stays, at the end; what was taken off here was not posted.
    actie, nummer = actie_van(request)
    volgorde = gepost if actie == "weg" else [*gepost, *(pk for pk in nu if pk not in gepost)]
    if actie in {"omhoog", "omlaag", "verwijder"} and str(nummer) in volgorde:
        volgorde = verplaats(volgorde, str(nummer), actie)
    return [int(pk) for pk in volgorde]
