"""The reports of a loket: the list, one report, its files, and how far its making is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.models import Gebruiker
from rapportage.beeld import DAGNAMEN, beelden
from rapportage.domain.aanvragen import probeer_opnieuw, vraag_aan
from rapportage.domain.fouten import Weigering
from rapportage.export import als_csv
from rapportage.forms import VraagRapportForm
from rapportage.grafieken import WEB
from rapportage.models import CapaciteitsRapport
from rapportage.permissions import Actie, eis, mag
from rapportage.rapport import Rapportgegevens, kern, kop, opvallend
from rapportage.snapshot import uit_json

PER_BLADZIJDE = 20
ONVERWERKBAAR = 422
#: Without JavaScript the page asks again by itself after so many seconds.
VERVERS_NA = 5


def _gebruiker(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user


def _rapport(request: HttpRequest, pk: int, *, met_inhoud: bool = False) -> CapaciteitsRapport:
    """The report, or 404 for who may not know that it exists."""
    rapporten = CapaciteitsRapport.objects.zichtbaar_voor(request.user).select_related(
        "loket", "aangevraagd_door"
    )
    rapport = get_object_or_404(rapporten if met_inhoud else rapporten.zonder_inhoud(), pk=pk)
    request.loket = rapport.loket  # type: ignore[attr-defined]  # read by loket.context
    return rapport


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overzicht(request: HttpRequest) -> HttpResponse:
    """List the reports; staff may ask for a new one."""
    gebruiker = _gebruiker(request)
    eis(gebruiker, Actie.LIJST)
    mag_vragen = mag(gebruiker, Actie.VRAGEN)
    form = None
    nu = timezone.now()
    if request.method == "POST":
        eis(gebruiker, Actie.VRAGEN)
        form = VraagRapportForm(request.POST, gebruiker=gebruiker, vandaag=timezone.localdate(nu))
        if form.is_valid():
            rapport = vraag_aan(
                form.cleaned_data["loket"],
                peildatum=form.cleaned_data["peildatum"],
                door=gebruiker,
                nu=nu,
            )
            return redirect(rapport)
    elif mag_vragen:
        form = VraagRapportForm(gebruiker=gebruiker, vandaag=timezone.localdate(nu))
    rapporten = (
        CapaciteitsRapport.objects.zichtbaar_voor(gebruiker)
        .zonder_inhoud()
        .select_related("loket", "aangevraagd_door")
    )
    return render(
        request,
        "rapporten/overzicht.html",
        {
            "form": form,
            "pagina": Paginator(rapporten, PER_BLADZIJDE).get_page(request.GET.get("pagina")),
            "meer_lokets": len({loket for loket, _rol in gebruiker.rollen}) > 1,
        },
        status=ONVERWERKBAAR if form is not None and form.errors else 200,
    )


@never_cache
@require_safe
def rapport(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report; or, as long as it is being made, how far it is."""
    gevonden = _rapport(request, pk, met_inhoud=True)
    if not gevonden.is_klaar:
        return render(request, "rapporten/voortgang.html", _voortgang(request, gevonden))
    return render(request, "rapporten/rapport.html", {"model": gevonden, **_inhoud(gevonden)})


def _inhoud(gevonden: CapaciteitsRapport) -> dict[str, Any]:
    gemaakt = uit_json(Rapportgegevens, gevonden.gegevens)
    return {
        "rapport": gemaakt,
        "kop": kop(gemaakt),
        "kern": kern(gemaakt),
        "opvallend": opvallend(gemaakt),
        "beeld": beelden(gemaakt, WEB),
        "dagnamen": DAGNAMEN,
        "meer_gemeenten": len(gemaakt.gemeenten) > 1,
    }


def _voortgang(request: HttpRequest, gevonden: CapaciteitsRapport) -> dict[str, Any]:
    return {
        "model": gevonden,
        "mag_opnieuw": mag(_gebruiker(request), Actie.OPNIEUW, gevonden),
        "ververs_na": VERVERS_NA,
    }


@never_cache
@require_safe
def voortgang(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the moving part of an unfinished report; once it is over, the whole page comes anew."""
    gevonden = _rapport(request, pk)
    if not getattr(request, "htmx", False):
        return redirect(gevonden)
    antwoord = render(request, "rapporten/voortgang.html#voortgang", _voortgang(request, gevonden))
    if not gevonden.is_lopend:
        antwoord["HX-Refresh"] = "true"
    return antwoord


@require_POST
def opnieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed report again."""
    gevonden = _rapport(request, pk)
    eis(request.user, Actie.OPNIEUW, gevonden)
    try:
        probeer_opnieuw(gevonden, door=_gebruiker(request), nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    return redirect(gevonden)


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the report as it was made."""
    gevonden = _klaar(request, pk)
    assert gevonden.pdf is not None
    return _bestand(gevonden, bytes(gevonden.pdf), soort="application/pdf", extensie="pdf")


@require_safe
def csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the figures for a spreadsheet."""
    gevonden = _klaar(request, pk)
    tekst = als_csv(uit_json(Rapportgegevens, gevonden.gegevens))
    return _bestand(gevonden, tekst.encode(), soort="text/csv; charset=utf-8", extensie="csv")


def _klaar(request: HttpRequest, pk: int) -> CapaciteitsRapport:
    gevonden = _rapport(request, pk, met_inhoud=True)
    if not mag(request.user, Actie.DOWNLOADEN, gevonden):
        raise Http404(_("Dit rapport is nog niet klaar."))
    return gevonden


def _bestand(
    gevonden: CapaciteitsRapport, inhoud: bytes, *, soort: str, extensie: str
) -> HttpResponse:
    antwoord = HttpResponse(
        inhoud,
        content_type=soort,
        headers={
            "Content-Disposition": f'attachment; filename="{gevonden.bestandsnaam}.{extensie}"'
        },
    )
    patch_cache_control(antwoord, private=True, no_store=True)
    return antwoord


@login_not_required
@require_safe
def cijfers(request: HttpRequest) -> HttpResponse:
    """Show everybody the open figures: supply and totals of the latest report of each loket."""
    laatste = list(
        CapaciteitsRapport.objects.laatste_per_loket().zonder_inhoud().select_related("loket")
    )
    gekozen = next((r for r in laatste if r.loket.slug == request.GET.get("loket")), None)
    if gekozen is None and len(laatste) == 1:
        gekozen = laatste[0]
    if gekozen is not None:
        request.loket = gekozen.loket  # type: ignore[attr-defined]  # read by loket.context
    return render(
        request,
        "rapporten/cijfers.html",
        {
            "rapporten": sorted(laatste, key=lambda r: r.loket.naam),
            "model": gekozen,
            **(_inhoud(gekozen) if gekozen else {}),
        },
    )
