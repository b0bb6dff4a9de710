"""Stop now, and go on later: on this device, or on another one with a code by mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aanvragen.domain.concept import MAX_CONCEPTEN, AlVerstuurd, vervalt_op
from aanvragen.domain.hervatten import TeVeelMails, bewaar_onder
from aanvragen.forms.vragenlijst import VRAGEN, Stand
from aanvragen.models import Concept
from aanvragen.views.concepten import (
    aangemeld,
    al_verstuurd,
    legt_uit_wat_weg_is,
    mijn_concepten,
    vind_concept,
    voor_wie,
    vragenlijst,
    zet_loket,
)
from loket.domain.aanmelden import begin_met_code
from loket.domain.fouten import Weigering
from loket.forms_toegang import AdresFormulier
from loket.rem import te_vaak

#: A library or a school may hide many families behind one address.
MAILS_PER_UUR_PER_IP = 30


@dataclass(frozen=True, slots=True)
class Open:
    """An unfinished request in the list; it says no more than its owner needs to know it by."""

    concept: Concept
    voor: str
    klaar: int
    totaal: int
    tot: dt.datetime


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@legt_uit_wat_weg_is
def bewaren(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Say how long a draft is kept, and mail how to go on elsewhere to who wants that."""
    concept = vind_concept(request, sleutel)
    if concept.afgerond_op:
        return al_verstuurd(request, concept)
    if aangemeld(request):
        return redirect("aanvragen:taken", concept.sleutel)
    begin = {"email": concept.email} if concept.email else None
    formulier = AdresFormulier(request.POST if request.method == "POST" else None, initial=begin)
    if request.method == "POST" and formulier.is_valid():
        email, nu = formulier.cleaned_data["email"], timezone.now()
        try:
            _niet_te_vaak(request, nu=nu)
            bewaar_onder(concept, email, nu=nu)
        except AlVerstuurd:
            return al_verstuurd(request, concept)
        except Weigering as nee:
            formulier.add_error("email", str(nee))
        else:
            messages.success(
                request,
                _("We mailden naar %(email)s hoe je verder gaat. Klopt dat adres?")
                % {"email": concept.email},
            )
            return redirect("aanvragen:taken", concept.sleutel)
    return render(
        request,
        "aanvragen/bewaren.html",
        {
            "concept": concept,
            "formulier": formulier,
            "voor": voor_wie(vragenlijst(request, concept)),
            "bewaard_tot": vervalt_op(concept),
        },
        status=422 if formulier.errors else 200,
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verder(request: HttpRequest) -> HttpResponse:
    """Ask for an address, send a code there, and show what was kept under it.

    Every address is answered alike: only who reads the code learns whether anything is kept.
    """
    if aangemeld(request):
        return _kies(request)
    formulier = AdresFormulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulier.is_valid():
        try:
            return redirect(
                begin_met_code(
                    request,
                    email=formulier.cleaned_data["email"],
                    volgende=reverse("aanvragen:verder"),
                    nu=timezone.now(),
                )
            )
        except Weigering as nee:
            formulier.add_error("email", str(nee))
    return render(
        request,
        "aanvragen/verder.html",
        {"formulier": formulier},
        status=422 if formulier.errors else 200,
    )


def _kies(request: HttpRequest) -> HttpResponse:
    """Show the unfinished requests of who is signed in, and say what to do when there is none."""
    concepten = list(mijn_concepten(request)[: 2 * MAX_CONCEPTEN])
    if concepten:
        zet_loket(request, concepten[0].loket)
    return render(request, "aanvragen/open.html", {"open": [_open(request, c) for c in concepten]})


def _open(request: HttpRequest, concept: Concept) -> Open:
    lijst = vragenlijst(request, concept)
    klaar = sum(lijst.stand(vraag.slug) == Stand.KLAAR for vraag in VRAGEN)
    return Open(concept, voor_wie(lijst), klaar, len(VRAGEN) + 1, vervalt_op(concept))


def _niet_te_vaak(request: HttpRequest, *, nu: dt.datetime) -> None:
    ip = get_adapter().get_client_ip(request)
    if te_vaak("concept-mail", ip, keer=MAILS_PER_UUR_PER_IP, per=dt.timedelta(hours=1), nu=nu):
        raise TeVeelMails
