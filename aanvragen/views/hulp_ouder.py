"""The parent on who helps: who may look, until when, one button to stop; and the appointments."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanvragen.beeld.hulp import op_hulpblad
from aanvragen.domain.afspraakkalender import als_kalender
from aanvragen.domain.afspraken import zeg_afspraak_af
from aanvragen.domain.toestemming import (
    beeindig,
    bevestig_met_link,
    lees_token,
    maak_code,
    organisatie_van,
    weiger_met_link,
)
from aanvragen.forms.hulp import GeefCodeForm
from aanvragen.models import Afspraak, Opvangvraag, Toestemming, Toestemmingscode
from aanvragen.permissions import Actie, eis
from aanvragen.workflow import Hulpomvang, Vervalreden
from loket.domain.fouten import Weigering
from loket.models import Gebruiker

ONVERWERKBAAR = 422


def _mijn(request: HttpRequest, referentie: str) -> tuple[Gebruiker, Opvangvraag]:
    """Find a question of this person's own family; one after sad news shows nothing any more."""
    gebruiker = request.user
    assert isinstance(gebruiker, Gebruiker)
    vraag = get_object_or_404(
        Opvangvraag.objects.van_ouder(gebruiker)
        .exclude(vervalreden=Vervalreden.DROEVIG)
        .select_related("loket", "kind__gezin"),
        referentie=referentie.replace("\x00", "")[:9].upper(),
    )
    vars(request)["loket"] = vraag.loket
    return gebruiker, vraag


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hulp(request: HttpRequest, referentie: str) -> HttpResponse:
    """Show who helps and what is agreed; a POST makes a code for somebody else who helps."""
    gebruiker, vraag = _mijn(request, referentie)
    form = GeefCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        eis(gebruiker, Actie.TOESTEMMING_GEVEN, vraag)
        try:
            maak_code(
                vraag,
                toeleider=None,
                omvang=Hulpomvang(form.cleaned_data["omvang"]),
                dagen=form.cleaned_data["dagen"],
                nu=timezone.now(),
            )
        except Weigering as nee:
            messages.error(request, str(nee))
        return redirect(reverse("mijn:hulp", args=[vraag.referentie]) + "#code")
    return render(
        request,
        "hulp/mijn.html",
        {
            "vraag": vraag,
            "form": form,
            **op_hulpblad(vraag, gebruiker=gebruiker, nu=timezone.now()),
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@require_POST
def stop(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Take a consent back: one button, no question."""
    gebruiker, vraag = _mijn(request, referentie)
    gegeven = get_object_or_404(
        Toestemming.objects.select_related("toeleider", "gezin"), pk=pk, gezin=vraag.kind.gezin_id
    )
    try:
        beeindig(gegeven, door=gebruiker, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(
            request,
            _("Gestopt. %(wie)s kan je aanvraag niet meer openen.")
            % {"wie": gegeven.toeleider.naam or _("Deze persoon")},
        )
    return redirect("mijn:hulp", vraag.referentie)


@never_cache
@require_safe
def kalender(request: HttpRequest, referentie: str, uuid: UUID) -> HttpResponse:
    """Download an appointment for the calendar of a phone."""
    _gebruiker, vraag = _mijn(request, referentie)
    afspraak = _afspraak(vraag, uuid)
    bestand = als_kalender(afspraak, nu=timezone.now())
    response = HttpResponse(bestand.inhoud, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{bestand.naam}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def afzeggen(request: HttpRequest, referentie: str, uuid: UUID) -> HttpResponse:
    """Call an appointment off, after one page that says what it is."""
    gebruiker, vraag = _mijn(request, referentie)
    afspraak = _afspraak(vraag, uuid)
    if request.method == "POST":
        try:
            zeg_afspraak_af(afspraak, door=gebruiker, nu=timezone.now(), door_ouder=True)
        except Weigering as nee:
            messages.error(request, str(nee))
        else:
            messages.success(request, _("De afspraak gaat niet door. Het loket weet het."))
        return redirect("mijn:hulp", vraag.referentie)
    return render(request, "hulp/afzeggen.html", {"vraag": vraag, "afspraak": afspraak})


def _afspraak(vraag: Opvangvraag, uuid: UUID) -> Afspraak:
    afspraak = get_object_or_404(
        vraag.afspraken.te_doen().select_related("locatie", "wie"), uuid=uuid
    )
    afspraak.opvangvraag = vraag
    return afspraak


# The link itself is the whole permission. A page without referrer posts with `Origin: null`, which
# the CSRF check would refuse.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a parent whether a toeleider may help. Opening the page gives nothing."""
    ticket = lees_token(token)
    response = (
        render(request, "hulp/link_dood.html", status=404)
        if ticket is None
        else _linkpagina(request, ticket, token)
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _linkpagina(request: HttpRequest, ticket: Toestemmingscode, token: str) -> HttpResponse:
    nu = timezone.now()
    if request.method == "POST":
        try:
            if request.POST.get("antwoord") == "ja":
                bevestig_met_link(ticket, nu=nu)
            elif request.POST.get("antwoord") == "nee":
                weiger_met_link(ticket, nu=nu)
        except Weigering as nee:
            messages.error(request, str(nee))
        return redirect("toestemming:link", token)
    vraag = ticket.opvangvraag
    vars(request)["loket"] = vraag.loket
    werkt = Toestemmingscode.objects.bruikbaar(nu).filter(pk=ticket.pk).exists()
    if not (werkt or ticket.gebruikt_op or ticket.geweigerd_op):
        return render(request, "hulp/link_dood.html", status=410)
    assert ticket.toeleider is not None
    return render(
        request,
        "hulp/link.html",
        {
            "ticket": ticket,
            "vraag": vraag,
            "werkt": werkt,
            "organisatie": organisatie_van(
                ticket.toeleider, vraag.loket_id, peildatum=timezone.localdate(nu)
            ),
        },
    )
