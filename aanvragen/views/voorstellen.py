"""Holding and declining an offer as a parent; undoing and finding a place as staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aanvragen.domain.buiten_keuze import plaatsen_buiten_keuze, stel_buiten_keuze_voor
from aanvragen.domain.fouten import NietMeerTerug, OngeldigeOvergang, Weigering
from aanvragen.domain.kiezen import hou_vast, kies_bij_einde, weiger_voorstel
from aanvragen.domain.opschorten import betere_keuzes, kan_vasthouden, lagere_keuzes
from aanvragen.domain.terugdraaien import (
    blik_vooruit,
    draai_terug,
    kan_terug,
    terug_tot,
    vraag_opnieuw,
)
from aanvragen.forms.voorstellen import NeeForm, VasthoudForm
from aanvragen.models import Aanmelding, Opvangvraag, Plaatsing, Voorstel
from aanvragen.permissions import Actie
from aanvragen.views.balie import medewerker, vraag_van
from aanvragen.views.balie_acties import NAMENS_OPVANG, eis_aan_balie, voer_uit
from aanvragen.views.ouder_vinden import ouder_van, vraag_van_ouder
from aanvragen.workflow import (
    LOPENDE_VOORSTELLEN,
    MET_VOORSTEL,
    OP_TE_SCHORTEN,
    BijEinde,
    Ouderreden,
    Voorstelstatus,
)
from loket.models import Gebruiker

ONVERWERKBAAR = 422
METHODEN = ["GET", "HEAD", "POST"]


# The parent


@never_cache
@require_http_methods(METHODEN)
def vasthouden(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Hold an offer, or choose anew what happens with a held one; the consequences first."""
    vraag, voorstel = _van_ouder(request, referentie, pk)
    if _is_voorbij(request, voorstel):
        return redirect(vraag)
    al = voorstel.status == Voorstelstatus.VASTGEHOUDEN
    if not al and not kan_vasthouden(voorstel):
        messages.error(request, _("Deze plaats kun je niet vasthouden. Je kunt ja of nee zeggen."))
        return redirect(vraag)
    form = VasthoudForm(
        request.POST if request.method == "POST" else None,
        initial={"bij_einde": voorstel.bij_einde} if al else {},
    )
    if request.method == "POST" and form.is_valid():
        einde = BijEinde(form.cleaned_data["bij_einde"])
        wie: dict[str, Any] = {"door": ouder_van(request), "nu": timezone.now()}
        try:
            if al:
                kies_bij_einde(voorstel, einde, **wie)
            else:
                hou_vast(voorstel, bij_einde=einde, **wie)
        except Weigering as nee:
            messages.error(request, str(nee))
        else:
            messages.success(
                request,
                _("Je houdt de plaats bij %(opvang)s vast.")
                % {"opvang": voorstel.aanmelding.locatie.naam},
            )
        return redirect(vraag)
    lager = lagere_keuzes(vraag, voorstel.aanmelding)
    return render(
        request,
        "mijn/vasthouden.html",
        {
            "vraag": vraag,
            "voorstel": voorstel,
            "locatie": voorstel.aanmelding.locatie,
            "al": al,
            "beter": [a.locatie.naam for a in betere_keuzes(vraag, voorstel.aanmelding)],
            "wacht": [a.locatie.naam for a in lager if a.status in OP_TE_SCHORTEN],
            "vervalt": [a.locatie.naam for a in lager if a.status in MET_VOORSTEL],
            "form": form,
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@never_cache
@require_http_methods(METHODEN)
def nee(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Say no to an offer, or give a held place back; it costs nothing."""
    vraag, voorstel = _van_ouder(request, referentie, pk)
    if _is_voorbij(request, voorstel):
        return redirect(vraag)
    form = NeeForm(request.POST if request.method == "POST" else None)
    opvang = voorstel.aanmelding.locatie.naam
    if request.method == "POST" and form.is_valid():
        blijf = form.cleaned_data["blijf"]
        try:
            weiger_voorstel(
                voorstel,
                door=ouder_van(request),
                nu=timezone.now(),
                blijf_op_wachtlijst=blijf,
                reden=Ouderreden(form.cleaned_data["reden"]),
            )
        except Weigering as weigering:
            messages.error(request, str(weigering))
        else:
            bericht = (
                _("Je nam deze plaats niet. Je blijft op de wachtlijst van %(opvang)s.")
                if blijf
                else _(
                    "Je nam de plaats bij %(opvang)s niet. "
                    "Dat heeft geen gevolgen voor je andere vragen."
                )
            )
            messages.success(request, bericht % {"opvang": opvang})
        return redirect(vraag)
    return render(
        request,
        "mijn/nee.html",
        {
            "vraag": vraag,
            "voorstel": voorstel,
            "locatie": voorstel.aanmelding.locatie,
            "buiten_keuze": voorstel.aanmelding.buiten_keuze,
            "houdt": voorstel.status == Voorstelstatus.VASTGEHOUDEN,
            "form": form,
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


# Staff


@never_cache
@require_http_methods(METHODEN)
def terugdraaien(request: HttpRequest, referentie: str) -> HttpResponse:
    """Show what would come back when an acceptance is undone, and undo it."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    plaatsing = _plaatsing(vraag)
    if _te_laat(request, gebruiker, Actie.PLAATSING_TERUGDRAAIEN, vraag) or plaatsing is None:
        return redirect("balie:dossier", vraag.referentie)
    if not kan_terug(plaatsing, nu=timezone.now()):
        messages.error(request, str(NietMeerTerug()))
        return redirect("balie:dossier", vraag.referentie)
    if request.method == "POST":
        try:
            herstel = draai_terug(plaatsing, door=gebruiker, nu=timezone.now())
        except Weigering as weigering:
            messages.error(request, str(weigering))
        else:
            messages.success(request, _("De plaats is teruggedraaid. Iedereen kreeg bericht."))
            for aanmelding in herstel.weg:
                messages.warning(
                    request,
                    _("De plaats bij %(opvang)s is intussen weg. Het gezin staat op de wachtlijst.")
                    % {"opvang": aanmelding.locatie.naam},
                )
        return redirect("balie:dossier", vraag.referentie)
    return render(
        request,
        "balie/terugdraaien.html",
        {
            "vraag": vraag,
            "plaatsing": plaatsing,
            "tot": terug_tot(plaatsing),
            "beelden": blik_vooruit(plaatsing),
        },
    )


@never_cache
@require_POST
def opnieuw_vragen(request: HttpRequest, referentie: str, uuid: UUID) -> HttpResponse:
    """Ask a location again whose request lapsed because there was a place elsewhere."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    aanmelding = get_object_or_404(
        Aanmelding.objects.filter(opvangvraag=vraag).select_related("locatie"), uuid=uuid
    )
    aanmelding.opvangvraag = vraag
    return voer_uit(
        request,
        vraag,
        Actie.AANMELDING_OPNIEUW,
        aanmelding,
        doe=lambda: vraag_opnieuw(aanmelding, door=gebruiker, nu=timezone.now()),
        gelukt=_("%(opvang)s kreeg de vraag opnieuw.") % {"opvang": aanmelding.locatie.naam},
    )


@never_cache
@require_http_methods(METHODEN)
def buiten_keuze(request: HttpRequest, referentie: str) -> HttpResponse:
    """List free places at locations that the family didn't ask; offer one the provider gives."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    if _te_laat(request, gebruiker, Actie.BUITEN_KEUZE_VOORSTELLEN, vraag):
        return redirect("balie:dossier", vraag.referentie)
    vandaag = timezone.localdate()
    plaatsen = plaatsen_buiten_keuze(vraag, peildatum=vandaag)
    if request.method == "POST":
        gekozen = next((p for p in plaatsen if str(p.pk) == request.POST.get("plaats")), None)
        if gekozen is None:
            messages.error(request, _("Deze plaats is er niet meer. Kies een andere."))
        else:
            try:
                stel_buiten_keuze_voor(
                    vraag,
                    gekozen,
                    start=max(vraag.gewenste_start, vandaag),
                    rooster=vraag.week_samen,
                    door=gebruiker,
                    nu=timezone.now(),
                    namens=NAMENS_OPVANG,
                )
            except Weigering as weigering:
                messages.error(request, str(weigering))
            else:
                messages.success(
                    request,
                    _("Het gezin kreeg het voorstel van %(opvang)s.")
                    % {"opvang": gekozen.locatie.naam},
                )
                return redirect("balie:dossier", vraag.referentie)
    return render(
        request,
        "balie/buiten_keuze.html",
        {"vraag": vraag, "plaatsen": plaatsen, "start": max(vraag.gewenste_start, vandaag)},
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


def _te_laat(request: HttpRequest, gebruiker: Gebruiker, actie: Actie, ding: Any) -> bool:
    """Ask the table: a wrong role is 403, a page that is out of date gets a sentence."""
    try:
        eis_aan_balie(gebruiker, actie, ding)
    except Weigering as weigering:
        messages.error(request, str(weigering))
        return True
    return False


def _van_ouder(request: HttpRequest, referentie: str, pk: int) -> tuple[Opvangvraag, Voorstel]:
    """Find an offer to this person's own family; anybody else's does not exist."""
    vraag = vraag_van_ouder(request, referentie)
    voorstel = get_object_or_404(
        Voorstel.objects.voor_ouder(request.user)
        .filter(aanmelding__opvangvraag=vraag)
        .select_related("aanmelding__locatie"),
        pk=pk,
    )
    voorstel.aanmelding.opvangvraag = vraag
    return vraag, voorstel


def _is_voorbij(request: HttpRequest, voorstel: Voorstel) -> bool:
    """Say it to a parent whose page is older than the end of this offer."""
    if voorstel.status in LOPENDE_VOORSTELLEN:
        return False
    messages.error(request, str(OngeldigeOvergang()))
    return True


def _plaatsing(vraag: Opvangvraag) -> Plaatsing | None:
    plaatsing = (
        vraag.plaatsingen.filter(beeindigd_op=None)
        .select_related("locatie", "voorstel__aanmelding__locatie")
        .first()
    )
    if plaatsing is not None:
        plaatsing.opvangvraag = vraag
        plaatsing.voorstel.aanmelding.opvangvraag = vraag
    return plaatsing
