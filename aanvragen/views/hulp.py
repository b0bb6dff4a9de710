"""The counter on who helps a family: consent on paper, appointments and referrals of a dossier."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aanvragen.domain import afspraken
from aanvragen.domain import doorverwijzen as verwijzen
from aanvragen.domain.toestemming import beeindig, geef_toestemming
from aanvragen.forms.hulp import (
    AfspraakForm,
    AfspraakUitkomstForm,
    DoorverwijsForm,
    DoorverwijsUitkomstForm,
    PapierForm,
)
from aanvragen.models import Afspraak, Doorverwijzing, Opvangvraag, Toestemming
from aanvragen.permissions import Actie, eis
from aanvragen.views.balie import medewerker, vraag_van
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    Doorverwijsuitkomst,
    Doorverwijswijze,
    Hulpomvang,
    Toestemmingswijze,
)
from loket.domain.fouten import Weigering
from loket.models import Gebruiker

ONVERWERKBAAR = 422


def _open(request: HttpRequest, referentie: str, actie: Actie) -> tuple[Gebruiker, Opvangvraag]:
    """Find the question (404), and ask the table (403). That a question ended meanwhile is said by
    the domain, in a sentence.
    """
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    gestopt = vraag.status in AFGESLOTEN_VRAGEN
    eis(gebruiker, Actie.HULP_NOTEREN if gestopt else actie, vraag)
    return gebruiker, vraag


def _klaar(
    request: HttpRequest, vraag: Opvangvraag, doe: Callable[[], object], gelukt: str
) -> HttpResponse | None:
    """Do it and go to the dossier; None after a refusal, which is then a message."""
    try:
        doe()
    except Weigering as nee:
        messages.error(request, str(nee))
        return None
    messages.success(request, gelukt)
    return redirect("balie:dossier", vraag.referentie)


def _code(request: HttpRequest) -> int:
    return ONVERWERKBAAR if request.method == "POST" else 200


# Consent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def toestemming(request: HttpRequest, referentie: str) -> HttpResponse:
    """Note a consent that the family gave on paper or in person, for one toeleider."""
    gebruiker, vraag = _open(request, referentie, Actie.TOESTEMMING_NOTEREN)
    form = PapierForm(request.POST or None, vraag=vraag, vandaag=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        naar = _klaar(
            request,
            vraag,
            lambda: geef_toestemming(
                vraag,
                toeleider=schoon["toeleider"],
                omvang=Hulpomvang(schoon["omvang"]),
                dagen=schoon["dagen"],
                wijze=Toestemmingswijze.PAPIER,
                door=gebruiker,
                nu=timezone.now(),
            ),
            _("Genoteerd. %(wie)s kan dit dossier nu openen.") % {"wie": schoon["toeleider"]},
        )
        if naar:
            return naar
    return render(
        request, "hulp/toestemming.html", {"vraag": vraag, "form": form}, status=_code(request)
    )


@require_POST
def stop(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """End a consent because the family said so."""
    gebruiker, vraag = _open(request, referentie, Actie.TOESTEMMING_NOTEREN)
    gegeven = get_object_or_404(Toestemming, pk=pk, gezin=vraag.kind.gezin_id)
    return _klaar(
        request,
        vraag,
        lambda: beeindig(gegeven, door=gebruiker, nu=timezone.now()),
        _("De toestemming is gestopt."),
    ) or redirect("balie:dossier", vraag.referentie)


# Appointments


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def afspraak_nieuw(request: HttpRequest, referentie: str) -> HttpResponse:
    """Agree on a moment with the family."""
    gebruiker, vraag = _open(request, referentie, Actie.AFSPRAAK_MAKEN)
    form = AfspraakForm(request.POST or None, vraag=vraag, gebruiker=gebruiker)
    if request.method == "POST" and form.is_valid():
        naar = _klaar(
            request,
            vraag,
            lambda: afspraken.maak_afspraak(
                vraag,
                form.gegevens(),
                soort=form.gekozen_soort,
                wie=form.cleaned_data["wie"],
                door=gebruiker,
                nu=timezone.now(),
            ),
            _gezegd(vraag, _("De afspraak staat vast.")),
        )
        if naar:
            return naar
    return render(
        request, "hulp/afspraak_nieuw.html", {"vraag": vraag, "form": form}, status=_code(request)
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def afspraak(request: HttpRequest, referentie: str, uuid: UUID) -> HttpResponse:
    """Move an appointment, call it off, or note what came of it."""
    gebruiker, vraag = _open(request, referentie, Actie.AFSPRAAK_MAKEN)
    gemaakt = get_object_or_404(
        Afspraak.objects.select_related("locatie", "wie"), opvangvraag=vraag, uuid=uuid
    )
    gemaakt.opvangvraag = vraag
    actie = request.POST.get("actie", "")
    form = AfspraakForm(
        request.POST if actie == "verplaats" else None,
        vraag=vraag,
        gebruiker=gebruiker,
        afspraak=gemaakt,
    )
    uitkomst = AfspraakUitkomstForm(request.POST if actie == "uitkomst" else None)
    if naar := _voer_uit(request, gemaakt, actie, form, uitkomst, door=gebruiker):
        return naar
    return render(
        request,
        "hulp/afspraak.html",
        {"vraag": vraag, "afspraak": gemaakt, "form": form, "uitkomst": uitkomst},
        status=_code(request),
    )


def _voer_uit(
    request: HttpRequest,
    gemaakt: Afspraak,
    actie: str,
    form: AfspraakForm,
    uitkomst: AfspraakUitkomstForm,
    *,
    door: Gebruiker,
) -> HttpResponse | None:
    vraag, nu = gemaakt.opvangvraag, timezone.now()
    if actie == "verplaats" and form.is_valid():
        versie = request.POST.get("versie", "")
        return _klaar(
            request,
            vraag,
            lambda: afspraken.verplaats_afspraak(
                gemaakt,
                form.gegevens(),
                wie=form.cleaned_data["wie"],
                gezien_versie=int(versie) if versie.isdecimal() else -1,
                door=door,
                nu=nu,
            ),
            _gezegd(vraag, _("De afspraak is verplaatst.")),
        )
    if actie == "uitkomst" and uitkomst.is_valid():
        return _klaar(
            request,
            vraag,
            lambda: afspraken.noteer_uitkomst(
                gemaakt,
                gelukt=uitkomst.cleaned_data["gelukt"] == "ja",
                uitkomst=uitkomst.cleaned_data["uitkomst"],
                door=door,
                nu=nu,
            ),
            _("Genoteerd wat er van de afspraak kwam."),
        )
    if actie == "afzeggen":
        return _klaar(
            request,
            vraag,
            lambda: afspraken.zeg_afspraak_af(gemaakt, door=door, nu=nu),
            _gezegd(vraag, _("De afspraak is afgezegd.")),
        )
    return None


def _gezegd(vraag: Opvangvraag, zin: str) -> str:
    """Say also whether the family knows of it by mail."""
    if vraag.kind.ouders.exclude(email="").exists():
        return f"{zin} {_('Het gezin krijgt een mail.')}"
    return f"{zin} {_('Het gezin heeft geen e-mail: zeg het zelf.')}"


# Referrals


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def doorverwijzen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Send the family on to a partner."""
    gebruiker, vraag = _open(request, referentie, Actie.DOORVERWIJZEN)
    form = DoorverwijsForm(request.POST or None, vraag=vraag)
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        naar = _klaar(
            request,
            vraag,
            lambda: verwijzen.verwijs_door(
                vraag,
                schoon["partner"],
                wijze=Doorverwijswijze(schoon["wijze"]),
                gezin_akkoord=schoon["akkoord"],
                door=gebruiker,
                nu=timezone.now(),
            ),
            _gezegd(
                vraag, _("Doorverwezen naar %(partner)s.") % {"partner": schoon["partner"].naam}
            ),
        )
        if naar:
            return naar
    return render(
        request, "hulp/doorverwijzen.html", {"vraag": vraag, "form": form}, status=_code(request)
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def doorverwijzing(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Note what came of a referral."""
    gebruiker, vraag = _open(request, referentie, Actie.HULP_NOTEREN)
    gedaan = get_object_or_404(
        Doorverwijzing.objects.select_related("partner", "opvangvraag__loket"),
        opvangvraag=vraag,
        pk=pk,
    )
    form = DoorverwijsUitkomstForm(
        request.POST or None,
        initial={"uitkomst": gedaan.uitkomst, "nota": gedaan.uitkomst_nota},
    )
    if request.method == "POST" and form.is_valid():
        naar = _klaar(
            request,
            vraag,
            lambda: verwijzen.noteer_uitkomst(
                gedaan,
                uitkomst=Doorverwijsuitkomst(form.cleaned_data["uitkomst"]),
                nota=form.cleaned_data["nota"],
                door=gebruiker,
                nu=timezone.now(),
            ),
            _("Genoteerd wat er van de doorverwijzing kwam."),
        )
        if naar:
            return naar
    return render(
        request,
        "hulp/doorverwijzing.html",
        {"vraag": vraag, "verwijzing": gedaan, "form": form},
        status=_code(request),
    )
