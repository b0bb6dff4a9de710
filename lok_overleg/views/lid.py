"""What a member does through the link in a mail, without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lok_overleg.domain.aanwezig import antwoord
from lok_overleg.domain.kalender import maak_afspraak
from lok_overleg.domain.uitnodigingslink import lees_token, uitnodiging_url
from lok_overleg.models import Aanwezigheid
from lok_overleg.views.beeld import agenda_met_uren
from lok_overleg.views.verslag import pdf_antwoord
from lok_overleg.workflow import Aanwezigheidsstand, Vergaderstatus
from loket.domain.fouten import Weigering

if TYPE_CHECKING:
    from django.http import HttpRequest

SJABLOON = "lok/uitnodiging.html"


def _vind(request: HttpRequest, token: str) -> Aanwezigheid | None:
    pk = lees_token(token)
    if pk is None:
        return None
    aanwezigheid = (
        Aanwezigheid.objects.select_related("vergadering__loket", "lid").filter(pk=pk).first()
    )
    if aanwezigheid is not None:
        request.loket = aanwezigheid.vergadering.loket  # type: ignore[attr-defined]  # loket.context
    return aanwezigheid


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """Show one meeting to one member; only a POST answers, so a mail scanner changes nothing."""
    aanwezigheid = _vind(request, token)
    if aanwezigheid is None:
        return render(request, "lok/link_ongeldig.html", status=404)
    if request.method == "POST":
        keuze = request.POST.get("stand", "")
        try:
            stand = (
                Aanwezigheidsstand(keuze)
                if keuze in Aanwezigheidsstand.values
                else Aanwezigheidsstand.UITGENODIGD
            )
            antwoord(aanwezigheid, stand, nu=timezone.now())
        except Weigering as nee:
            messages.error(request, str(nee))
        else:
            messages.success(request, _("Bedankt. Je antwoord is genoteerd."))
        return redirect("lok:uitnodiging", token)
    vergadering = aanwezigheid.vergadering
    return render(
        request,
        SJABLOON,
        {
            "aanwezigheid": aanwezigheid,
            "vergadering": vergadering,
            "agenda": agenda_met_uren(vergadering, list(vergadering.agendapunten.all())),
            "token": token,
            "kan_antwoorden": vergadering.status == Vergaderstatus.UITGENODIGD,
            "afgelast": vergadering.status == Vergaderstatus.AFGELAST,
            "gepubliceerd": vergadering.status == Vergaderstatus.VERSLAG_GEPUBLICEERD,
            "komt": aanwezigheid.stand == Aanwezigheidsstand.AANWEZIG,
            "komt_niet": aanwezigheid.stand == Aanwezigheidsstand.VERONTSCHULDIGD,
        },
    )


@login_not_required
@never_cache
@require_safe
def uitnodiging_kalender(request: HttpRequest, token: str) -> HttpResponse:
    """Give the appointment as a file, for who lost the mail's attachment."""
    aanwezigheid = _vind(request, token)
    if aanwezigheid is None or aanwezigheid.vergadering.status != Vergaderstatus.UITGENODIGD:
        raise Http404
    vergadering = aanwezigheid.vergadering
    bestand = maak_afspraak(
        vergadering,
        nu=vergadering.uitgenodigd_op or vergadering.aangemaakt_op,
        lid=aanwezigheid.lid,
        agenda=list(vergadering.agendapunten.all()),
        url=uitnodiging_url(aanwezigheid),
    )
    return HttpResponse(
        bestand.inhoud,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{bestand.naam}"'},
    )


@login_not_required
@never_cache
@require_safe
def uitnodiging_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """Give the published minutes, with names: this is a member."""
    aanwezigheid = _vind(request, token)
    if (
        aanwezigheid is None
        or aanwezigheid.vergadering.status != Vergaderstatus.VERSLAG_GEPUBLICEERD
    ):
        raise Http404
    return pdf_antwoord(aanwezigheid.vergadering, openbaar=False)
