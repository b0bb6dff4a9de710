"""What staff do in a dossier: find the thing, ask the table, call one domain function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.bijwerken import bevestig, meld_geboorte
from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.herinneren import herinner
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.kiezen import aanvaard, hou_vast, weiger_voorstel
from aanvragen.domain.opnieuw_mailen import mail_opnieuw
from aanvragen.domain.stoppen import laat_vervallen, sluit_onbeantwoord_af, trek_in
from aanvragen.domain.voorstellen import trek_voorstel_in
from aanvragen.forms.aanvraag import ZoekForm, zoek_op_volgorde
from aanvragen.forms.balie import BesluitForm, StopForm
from aanvragen.forms.mijn import GeboorteForm
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.permissions import Actie, is_loketmedewerker, mag, toeleider_met
from aanvragen.views.antwoord import neem_antwoord
from aanvragen.views.balie import medewerker, vraag_van
from aanvragen.workflow import WACHT_OP_ANTWOORD, BijEinde, Hulpomvang, Vervalreden
from loket.models import Bericht, Gebruiker

ONVERWERKBAAR = 422
NAMENS_OPVANG = "opvang aan de telefoon"
NAMENS_GEZIN = "gezin aan de telefoon"
#: What a toeleider may do as well, with so much consent: then only the state can say no.
VAN_HET_GEZIN: Mapping[Actie, Hulpomvang] = {
    Actie.BEVESTIGEN: Hulpomvang.ANTWOORDEN,
    Actie.GEBOORTE_MELDEN: Hulpomvang.ANTWOORDEN,
    Actie.INTREKKEN: Hulpomvang.AANVRAGEN,
    Actie.LATEN_VERVALLEN: Hulpomvang.AANVRAGEN,
    Actie.VOORSTEL_KIEZEN: Hulpomvang.ANTWOORDEN,
    Actie.KEUZE_TOEVOEGEN: Hulpomvang.AANVRAGEN,
}


def eis_aan_balie(gebruiker: Gebruiker, actie: Actie, ding: Any) -> None:
    """Ask the table; a page that is only out of date gets a sentence, a wrong role 403."""
    if mag(gebruiker, actie, ding):
        return
    omvang = VAN_HET_GEZIN.get(actie)
    helpt = omvang is not None and toeleider_met(omvang)(gebruiker, ding)
    if helpt or is_loketmedewerker(gebruiker, ding):
        raise OngeldigeOvergang
    raise PermissionDenied


def _naar(vraag: Opvangvraag) -> HttpResponseRedirect:
    return redirect("balie:dossier", vraag.referentie)


def voer_uit(
    request: HttpRequest,
    vraag: Opvangvraag,
    actie: Actie,
    ding: Any,
    *,
    doe: Callable[[], object],
    gelukt: str,
    dan: Opvangvraag | None = None,
) -> HttpResponseRedirect:
    """Do one thing behind a button, say how it went, and go to the dossier, or to that of `dan`
    when it went well.
    """
    try:
        eis_aan_balie(medewerker(request), actie, ding)
        doe()
    except Weigering as nee:
        messages.error(request, str(nee))
        return _naar(vraag)
    messages.success(request, gelukt)
    return _naar(dan or vraag)


# Buttons


@require_POST
def nog_nodig(request: HttpRequest, referentie: str) -> HttpResponse:
    """Note that the family said it still needs care."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    return voer_uit(
        request,
        vraag,
        Actie.BEVESTIGEN,
        vraag,
        doe=lambda: bevestig(vraag, door=gebruiker, nu=timezone.now()),
        gelukt=_("Genoteerd: het gezin zoekt nog opvang."),
    )


@require_POST
def herinnering(request: HttpRequest, referentie: str, uuid: UUID) -> HttpResponse:
    """Mail a provider again that did not answer."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    aanmelding = _aanmelding(vraag, uuid)
    return voer_uit(
        request,
        vraag,
        Actie.AANMELDING_HERINNEREN,
        aanmelding,
        doe=lambda: herinner(aanmelding, door=gebruiker, nu=timezone.now()),
        gelukt=_("%(opvang)s krijgt een herinnering in een mail.")
        % {"opvang": aanmelding.locatie.naam},
    )


@require_POST
def terug_op_wachtlijst(request: HttpRequest, referentie: str, uuid: UUID) -> HttpResponse:
    """Put a family that was too late for an offer back on the list, as the provider agreed."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    aanmelding = _aanmelding(vraag, uuid)
    return voer_uit(
        request,
        vraag,
        Actie.AANMELDING_TERUGZETTEN,
        aanmelding,
        doe=lambda: zet_op_wachtlijst(
            aanmelding, door=gebruiker, nu=timezone.now(), namens=NAMENS_OPVANG
        ),
        gelukt=_("Het gezin staat weer op de wachtlijst van %(opvang)s en krijgt een mail.")
        % {"opvang": aanmelding.locatie.naam},
    )


@require_POST
def voorstel_intrekken(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Take an offer back because the provider said so on the phone."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    voorstel = _voorstel(vraag, pk)
    return voer_uit(
        request,
        vraag,
        Actie.VOORSTEL_INTREKKEN,
        voorstel,
        doe=lambda: trek_voorstel_in(
            voorstel, door=gebruiker, nu=timezone.now(), namens=NAMENS_OPVANG
        ),
        gelukt=_("Het voorstel is ingetrokken. Het gezin krijgt een mail."),
    )


@require_POST
def opnieuw_mailen(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Let a mail that did not arrive go out again."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    bericht = get_object_or_404(Bericht.objects.over(vraag), pk=pk)
    return voer_uit(
        request,
        vraag,
        Actie.DOSSIER,
        vraag,
        doe=lambda: mail_opnieuw(vraag, bericht, door=gebruiker, nu=timezone.now()),
        gelukt=_("De mail gaat opnieuw naar %(aan)s.") % {"aan": bericht.aan},
    )


# Pages with a form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def antwoord(request: HttpRequest, referentie: str, uuid: UUID) -> HttpResponse:
    """Note what a provider answered on the phone."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    aanmelding = _aanmelding(vraag, uuid)
    try:
        eis_aan_balie(gebruiker, Actie.AANMELDING_BEANTWOORDEN, aanmelding)
    except OngeldigeOvergang as nee:
        messages.error(request, str(nee))
        return _naar(vraag)
    beurt = neem_antwoord(request, aanmelding, door=gebruiker, namens=NAMENS_OPVANG)
    if beurt.gedaan:
        messages.success(
            request,
            _("Genoteerd: het antwoord van %(opvang)s. Het gezin krijgt een mail.")
            % {"opvang": aanmelding.locatie.naam},
        )
        return _naar(vraag)
    context = {
        **beurt.context(),
        "kan_herinneren": aanmelding.status in WACHT_OP_ANTWOORD
        and mag(gebruiker, Actie.AANMELDING_HERINNEREN, aanmelding),
    }
    return render(request, "balie/antwoord.html", context, status=beurt.status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opvang_toevoegen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Look a location up and send the question there too."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    try:
        eis_aan_balie(gebruiker, Actie.KEUZE_TOEVOEGEN, vraag)
    except OngeldigeOvergang as nee:
        messages.error(request, str(nee))
        return _naar(vraag)
    zoekform = ZoekForm(request.GET)
    if request.method == "POST":
        gekozen = zoek_op_volgorde([request.POST.get("locatie", "")])
        if not gekozen:
            messages.error(request, _("Zoek een opvang en kies ze."))
        else:
            try:
                voeg_keuze_toe(vraag, gekozen[0], door=gebruiker, nu=timezone.now())
            except Weigering as nee:
                messages.error(request, str(nee))
            else:
                messages.success(
                    request, _("De vraag is nu ook bij %(opvang)s.") % {"opvang": gekozen[0].naam}
                )
                return _naar(vraag)
    al = [a.locatie for a in vraag.aanmeldingen.select_related("locatie")]
    return render(
        request,
        "balie/opvang_toevoegen.html",
        {
            "vraag": vraag,
            "zoekform": zoekform,
            "gezocht": zoekform.is_valid() and zoekform.cleaned_data["zoek"],
            "treffers": zoekform.treffers(behalve=al),
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def besluit(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Note what a family decided about an offer."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    voorstel = _voorstel(vraag, pk)
    try:
        eis_aan_balie(gebruiker, Actie.VOORSTEL_KIEZEN, voorstel)
    except OngeldigeOvergang as nee:
        messages.error(request, str(nee))
        return _naar(vraag)
    form = BesluitForm(request.POST or None, voorstel=voorstel)
    if request.method == "POST" and form.is_valid():
        wie: dict[str, Any] = {"door": gebruiker, "nu": timezone.now(), "namens": NAMENS_GEZIN}
        try:
            match form.cleaned_data["besluit"]:
                case "ja":
                    aanvaard(voorstel, **wie)
                case str(vast) if vast.startswith("vast_"):
                    hou_vast(voorstel, bij_einde=BijEinde(vast.removeprefix("vast_")), **wie)
                case gezegd:
                    weiger_voorstel(voorstel, blijf_op_wachtlijst=gezegd == "wachtlijst", **wie)
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Genoteerd: de beslissing van het gezin."))
            return _naar(vraag)
    return render(
        request,
        "balie/besluit.html",
        {
            "vraag": vraag,
            "voorstel": voorstel,
            "locatie": voorstel.aanmelding.locatie,
            "form": form,
            "kan_intrekken": mag(gebruiker, Actie.VOORSTEL_INTREKKEN, voorstel),
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Let a question end, with the reason that the counting rules need."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    try:
        eis_aan_balie(gebruiker, Actie.LATEN_VERVALLEN, vraag)
    except OngeldigeOvergang as nee:
        messages.error(request, str(nee))
        return _naar(vraag)
    form = StopForm(request.POST or None, vraag=vraag, gebruiker=gebruiker)
    if request.method == "POST" and form.is_valid():
        wie: dict[str, Any] = {"door": gebruiker, "nu": timezone.now()}
        try:
            match form.cleaned_data["uitkomst"]:
                case "ingetrokken":
                    trek_in(vraag, **wie)
                case "onbeantwoord":
                    sluit_onbeantwoord_af(vraag, **wie)
                case reden:
                    laat_vervallen(vraag, reden=Vervalreden(reden), **wie)
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("De vraag is gestopt. De opvang weet het."))
            return _naar(vraag)
    return render(
        request,
        "balie/stoppen.html",
        {"vraag": vraag, "form": form},
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def geboorte(request: HttpRequest, referentie: str) -> HttpResponse:
    """Note that the child was born."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    try:
        eis_aan_balie(gebruiker, Actie.GEBOORTE_MELDEN, vraag)
    except OngeldigeOvergang as nee:
        messages.error(request, str(nee))
        return _naar(vraag)
    form = GeboorteForm(request.POST or None, kind=vraag.kind, vandaag=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            meld_geboorte(vraag, door=gebruiker, nu=timezone.now(), **form.cleaned_data)
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Genoteerd: het kind is geboren."))
            return _naar(vraag)
    return render(
        request,
        "balie/geboorte.html",
        {"vraag": vraag, "form": form},
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


def _aanmelding(vraag: Opvangvraag, uuid: UUID) -> Aanmelding:
    """Fetch a chosen location of this question, or 404."""
    aanmelding = get_object_or_404(
        vraag.aanmeldingen.select_related("locatie__organisator"), uuid=uuid
    )
    aanmelding.opvangvraag = vraag
    return aanmelding


def _voorstel(vraag: Opvangvraag, pk: int) -> Voorstel:
    """Fetch an offer for this question, or 404."""
    voorstel = get_object_or_404(
        Voorstel.objects.filter(aanmelding__opvangvraag=vraag).select_related(
            "aanmelding__locatie__organisator"
        ),
        pk=pk,
    )
    voorstel.aanmelding.opvangvraag = vraag
    return voorstel
