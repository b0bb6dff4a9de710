"""Ask to be mailed about free places, without an account; confirm and stop through the mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from loket.domain.fouten import Weigering
from loket.models import Loket
from loket.rem import te_vaak
from opvang.domain.meldingen import (
    MeldingBestaatNiet,
    bevestig,
    stop,
    vraag_plaatsmelding,
    vraag_van,
    vraag_weeklijst,
)
from opvang.domain.meldlink import lees_bevestig_token, lees_stop_token
from opvang.domain.meldvraag import OngeldigeMeldvraag, in_woorden, naar_primitieven
from opvang.domain.weeklijst import lijst_url
from opvang.domain.zoekadres import zoekadres, zoekparameters
from opvang.domain.zoeken import Zoekvraag
from opvang.forms import ZoekForm
from opvang.forms.melding import MeldingForm
from opvang.models import Melding
from opvang.workflow import LOPENDE_MELDINGEN, Meldingsoort, Meldingstatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: A municipality or a phone company may hide many people behind one address.
VRAGEN_PER_UUR_PER_IP = 30
_UUR = dt.timedelta(hours=1)
_MEESTE_TALEN = 40
ONVERWERKBAAR = 422


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request: HttpRequest) -> HttpResponse:
    """Ask to hear when something frees up that fits the search in the address."""
    zoekform = ZoekForm(request.GET, talen=request.GET.getlist("talen")[:_MEESTE_TALEN])
    zoekform.is_valid()
    zoekvraag = zoekform.vraag()
    try:
        naar_primitieven(zoekvraag)
    except OngeldigeMeldvraag as nee:
        return render(
            request,
            "opvang/meldingen/kan_niet.html",
            {"reden": str(nee), "zoekvraag": zoekparameters(zoekvraag)},
            status=ONVERWERKBAAR if request.method == "POST" else 200,
        )
    form = MeldingForm(request.POST if request.method == "POST" else None)
    if _gevraagd(
        request, form, lambda email, nu: vraag_plaatsmelding(zoekvraag, email=email, nu=nu)
    ):
        return HttpResponseRedirect(
            f"{reverse('opvang:melding_gevraagd')}?{request.GET.urlencode()}"
        )
    return render(
        request,
        "opvang/meldingen/vraag.html",
        {"form": form, "wat": in_woorden(zoekvraag), "terug": zoekadres(zoekvraag)},
        status=ONVERWERKBAAR if form.errors else 200,
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def volg_lijst(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the weekly list of this loket."""
    loket = get_object_or_404(Loket, slug=slug)
    request.loket = loket  # type: ignore[attr-defined]  # the frame shows this loket
    form = MeldingForm(request.POST if request.method == "POST" else None)
    if _gevraagd(request, form, lambda email, nu: vraag_weeklijst(loket, email=email, nu=nu)):
        return HttpResponseRedirect(reverse("opvang:melding_gevraagd"))
    return render(
        request,
        "opvang/meldingen/volg_lijst.html",
        {"form": form, "loket": loket},
        status=ONVERWERKBAAR if form.errors else 200,
    )


def _gevraagd(
    request: HttpRequest, form: MeldingForm, doe: Callable[[str, dt.datetime], None]
) -> bool:
    """Carry out what was posted; True when there is nothing left to ask.

    Who asks too much is told so by network, never by address: that would tell who is known.
    """
    if not form.is_bound or not form.is_valid():
        return False
    nu = timezone.now()
    ip = get_adapter().get_client_ip(request)
    if te_vaak("melding-vragen", ip, keer=VRAGEN_PER_UUR_PER_IP, per=_UUR, nu=nu):
        form.add_error(
            None, _("Er kwamen veel vragen na elkaar. Probeer het over een uur opnieuw.")
        )
        return False
    try:
        doe(form.cleaned_data["email"], nu)
    except Weigering as nee:
        form.add_error(None, str(nee))
        return False
    return True


@login_not_required
@never_cache
@require_safe
def gevraagd(request: HttpRequest) -> HttpResponse:
    """Say what happens next; the same for every address."""
    zoekvraag = request.GET.urlencode()
    terug = f"{reverse('opvang:zoeken')}?{zoekvraag}" if zoekvraag else reverse("opvang:zoeken")
    return render(request, "opvang/meldingen/gevraagd.html", {"terug": terug})


# The link itself is the whole permission: no session and no cookie counts. A page without referrer
# posts with `Origin: null`, and a mail program posts by itself (RFC 8058): the CSRF check would
# refuse both. A GET changes nothing: mail scanners open links.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bevestig_melding(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; pressing it starts the mails."""
    return _via_link(
        request, lees_bevestig_token(token), bevestig, "opvang/meldingen/bevestig.html"
    )


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_melding(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; pressing it, or the button of a mail program, stops the mails."""
    return _via_link(request, lees_stop_token(token), stop, "opvang/meldingen/stop.html")


def _via_link(
    request: HttpRequest, pk: int | None, doe: Callable[..., Melding], sjabloon: str
) -> HttpResponse:
    melding = None
    if pk is not None:
        melding = Melding.objects.select_related("loket").filter(pk=pk).first()
    if melding is not None and request.method == "POST":
        try:
            doe(melding.pk, nu=timezone.now())
        except MeldingBestaatNiet:
            melding = None
        else:
            return _geheim(HttpResponseRedirect(request.path))
    if melding is None:
        return _geheim(render(request, "opvang/meldingen/onbekend.html", status=404))
    request.loket = melding.loket  # type: ignore[attr-defined]  # the frame shows this loket
    return _geheim(render(request, sjabloon, _beeld(melding)))


def _beeld(melding: Melding) -> dict[str, object]:
    beeld: dict[str, object] = {
        "melding": melding,
        "loopt": melding.status in LOPENDE_MELDINGEN,
        "actief": melding.status == Meldingstatus.ACTIEF,
        "is_weeklijst": melding.soort == Meldingsoort.WEEKLIJST,
    }
    if melding.soort == Meldingsoort.WEEKLIJST:
        assert melding.loket is not None
        return {**beeld, "terug": lijst_url(melding.loket)}
    zoekvraag = vraag_van(melding, vandaag=timezone.localdate()) or Zoekvraag()
    return {**beeld, "wat": in_woorden(zoekvraag), "terug": zoekadres(zoekvraag)}


def _geheim(antwoord: HttpResponse) -> HttpResponse:
    antwoord["Referrer-Policy"] = "no-referrer"
    antwoord["X-Robots-Tag"] = "noindex, nofollow"
    return antwoord
