"""A toeleider asks a family for its consent, and types the code that the parent reads out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aanvragen.domain.toestemming import gebruik_code, geef_op_papier, vraag_toestemming
from aanvragen.forms.hulp import PAPIER, CodeForm, HulpVragenForm
from aanvragen.models import Opvangvraag, Toestemming
from aanvragen.views.balie import medewerker
from aanvragen.workflow import AFGESLOTEN_VRAGEN, Hulpomvang
from loket.domain.fouten import Weigering
from loket.models import Gebruiker, Rol
from loket.rem import te_vaak

ONVERWERKBAAR = 422
#: Whom the toeleider asked for, between the two pages.
SESSIE_WIE = "toestemming_wie"
UUR = dt.timedelta(hours=1)
VRAGEN_PER_UUR, CODES_PER_UUR = 20, 30


def _toeleider(request: HttpRequest) -> Gebruiker:
    gebruiker = medewerker(request)
    if not gebruiker.heeft_rol(Rol.TOELEIDER):
        raise PermissionDenied
    return gebruiker


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vragen(request: HttpRequest) -> HttpResponse:
    """Ask a family for its consent. The answer never tells whether the portal knows the family."""
    gebruiker, nu = _toeleider(request), timezone.now()
    form = HulpVragenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if te_vaak("toestemming-vragen", str(gebruiker.pk), keer=VRAGEN_PER_UUR, per=UUR, nu=nu):
            form.add_error(None, _("Je vroeg dit al heel vaak. Probeer het over een uur opnieuw."))
        elif form.cleaned_data["hoe"] == PAPIER:
            if naar := _op_papier(request, form, gebruiker, nu=nu):
                return naar
        else:
            vraag_toestemming(form.cleaned_data["wie"], toeleider=gebruiker, **_ticket(form), nu=nu)
            request.session[SESSIE_WIE] = form.cleaned_data["wie"]
            return redirect("balie:hulp_code")
    return render(
        request,
        "hulp/vragen.html",
        {"form": form},
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


def _ticket(form: HulpVragenForm) -> dict[str, Any]:
    return {
        "omvang": Hulpomvang(form.cleaned_data["omvang"]),
        "dagen": form.cleaned_data["dagen"],
    }


def _op_papier(
    request: HttpRequest, form: HulpVragenForm, gebruiker: Gebruiker, *, nu: dt.datetime
) -> HttpResponse | None:
    try:
        gegeven = geef_op_papier(
            referentie=form.cleaned_data["wie"],
            familienaam=form.cleaned_data["familienaam"],
            toeleider=gebruiker,
            **_ticket(form),
            nu=nu,
        )
    except Weigering as nee:
        form.add_error(None, str(nee))
        return None
    return _naar_gezin(request, gegeven)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the digits that the parent reads out."""
    gebruiker, nu = _toeleider(request), timezone.now()
    wie = request.session.get(SESSIE_WIE)
    if not isinstance(wie, str):
        return redirect("balie:hulp_vragen")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if te_vaak("toestemming-code", str(gebruiker.pk), keer=CODES_PER_UUR, per=UUR, nu=nu):
            form.add_error("code", _("Je probeerde al heel vaak. Wacht een uur."))
        elif naar := _met_code(request, form, wie, gebruiker, nu=nu):
            return naar
    return render(
        request,
        "hulp/code.html",
        {"form": form, "wie": wie},
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


def _met_code(
    request: HttpRequest, form: CodeForm, wie: str, gebruiker: Gebruiker, *, nu: dt.datetime
) -> HttpResponse | None:
    try:
        gegeven = gebruik_code(wie, form.cleaned_data["code"], toeleider=gebruiker, nu=nu)
    except Weigering as nee:
        form.add_error("code", str(nee))
        return None
    del request.session[SESSIE_WIE]
    return _naar_gezin(request, gegeven)


def _naar_gezin(request: HttpRequest, gegeven: Toestemming) -> HttpResponse:
    """Open the newest running question of the family that agreed."""
    messages.success(
        request,
        _("Je mag dit gezin nu helpen. Het krijgt daarvan bericht en ziet wanneer je kijkt."),
    )
    vraag = (
        Opvangvraag.objects.voor_balie(gegeven.toeleider)
        .filter(kind__gezin=gegeven.gezin_id)
        .exclude(status__in=AFGESLOTEN_VRAGEN)
        .order_by("-aangemaakt_op", "-pk")
        .first()
    )
    return redirect("balie:dossier", vraag.referentie) if vraag else redirect("balie:werklijst")
