"""A provider answers through the link in a mail; and what every answer page shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from aanvragen.domain.antwoordlink import (
    Antwoordlink,
    LinkIsDood,
    Linkstand,
    lees_bewijs,
    lees_token,
    maak_bewijs,
    vergrendel_link,
)
from aanvragen.domain.beantwoorden import laat_wachten, weiger
from aanvragen.domain.fouten import Weigering
from aanvragen.domain.passen import contact_zichtbaar, staat_open, vrij_voor
from aanvragen.domain.voorstellen import doe_voorstel, doe_voorstel_met_nieuwe_plaats
from aanvragen.forms.antwoord import NeeForm, VoorstelForm, antwoordformulier
from aanvragen.models import Aanmelding
from loket.models import Gebruiker
from opvang.models import Plaatsaanbod

NAMENS_MAIL = "link in mail"
ONVERWERKBAAR, GEWEEST = 422, 410


@dataclass(slots=True)
class Beurt:
    """One visit to an answer page: the form to show (none before a button is pressed), or done."""

    aanmelding: Aanmelding
    aanboden: Sequence[Plaatsaanbod]
    form: VoorstelForm | NeeForm | None
    status: int
    gedaan: bool = False

    def context(self) -> dict[str, Any]:
        """Everything that an answer page shows of the question, and of what was answered before."""
        vraag = self.aanmelding.opvangvraag
        vrij = vrij_voor(vraag, self.aanboden, peildatum=timezone.localdate())
        return {
            "aanmelding": self.aanmelding,
            "vraag": vraag,
            "locatie": self.aanmelding.locatie,
            "form": self.form,
            "vrij": None if vrij is None else vrij.masker,
            "voorstel": self.aanmelding.voorstellen.first(),
            "staat_open": staat_open(self.aanmelding),
            "contact_zichtbaar": contact_zichtbaar(self.aanmelding),
        }


def neem_antwoord(
    request: HttpRequest,
    aanmelding: Aanmelding,
    *,
    door: Gebruiker | None,
    namens: str = "",
    link: Antwoordlink | None = None,
) -> Beurt:
    """Read which answer this visit is about; carry it out when it was posted and is right.

    A refusal stands on the form, which keeps what was typed, beside the state as it is now. An
    answer through a `link` counts only while the link lives (LinkIsDood).
    """
    # The frame shows the loket of this family, also to somebody who is signed in for another.
    request.loket = aanmelding.opvangvraag.loket  # type: ignore[attr-defined]  # an attribute of ours
    nu = timezone.now()
    gepost = request.POST if request.method == "POST" else None
    aanboden = list(Plaatsaanbod.objects.filter(locatie=aanmelding.locatie_id))
    form = antwoordformulier(
        (request.GET if gepost is None else gepost).get("antwoord", ""),
        gepost,
        aanmelding=aanmelding,
        aanboden=aanboden,
        vandaag=timezone.localdate(nu),
        vooraf=request.GET.get("keuze", ""),
    )
    beurt = Beurt(aanmelding, aanboden, form, status=200 if gepost is None else ONVERWERKBAAR)
    if form is None or not form.is_bound or not form.is_valid():
        return beurt
    try:
        with transaction.atomic():
            if link is not None:
                vergrendel_link(link, aanmelding, nu=nu)
            _verwerk(form, aanmelding, door=door, nu=nu, namens=namens)
    except LinkIsDood:
        raise
    except Weigering as nee:
        form.add_error(None, str(nee))
        aanmelding.refresh_from_db(fields=["status"])
        aanmelding.opvangvraag.refresh_from_db(fields=["status"])
    else:
        beurt.gedaan = True
    return beurt


def _verwerk(form: VoorstelForm | NeeForm, aanmelding: Aanmelding, **wie: Any) -> None:
    """Call the one domain function that the filled-in form asks for."""
    wie["toelichting"] = form.cleaned_data["toelichting"]
    if isinstance(form, NeeForm):
        if form.reden is not None:
            weiger(aanmelding, reden=form.reden, **wie)
        else:
            laat_wachten(aanmelding, **wie)
        return
    voorstel = {
        "start": form.cleaned_data["start"],
        "einde": form.gekozen_tot(),
        "rooster": form.gekozen_week(),
        "reserveert": not form.cleaned_data["deelbaar"],
    }
    if form.aanbod is None:
        doe_voorstel_met_nieuwe_plaats(aanmelding, **voorstel, **wie)
    else:
        doe_voorstel(aanmelding, form.aanbod, **voorstel, **wie)


# No session and no cookie counts here: the link itself is the whole permission. A page without
# referrer posts with `Origin: null`, which the CSRF check would refuse.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request: HttpRequest, token: str) -> HttpResponse:
    """Show one request to whoever holds the link, and take the answer; then the link is dead.

    A GET changes nothing: mail programs open links by themselves.
    """
    link = lees_token(token)
    aanmelding = None if link is None else link.aanmelding()
    if link is None or aanmelding is None:
        return _stil(render(request, "antwoord/onbekend.html", status=404))
    stand = link.stand(aanmelding, peildatum=timezone.localdate())
    if stand != Linkstand.LEEFT:
        return _dood(request, aanmelding, stand)
    try:
        beurt = neem_antwoord(request, aanmelding, door=None, namens=NAMENS_MAIL, link=link)
    except LinkIsDood as dood:
        return _dood(request, aanmelding, dood.stand)
    if beurt.gedaan:
        return _stil(
            HttpResponseRedirect(reverse("antwoord:klaar", args=[maak_bewijs(aanmelding)]))
        )
    return _stil(render(request, "antwoord/vraag.html", beurt.context(), status=beurt.status))


@login_not_required
@never_cache
@require_safe
def klaar(request: HttpRequest, bewijs: str) -> HttpResponse:
    """Show for a while what was answered, and what follows; nothing can be done here."""
    aanmelding = lees_bewijs(bewijs)
    if aanmelding is None:
        return _stil(render(request, "antwoord/onbekend.html", {"bewijs": True}, status=404))
    request.loket = aanmelding.opvangvraag.loket  # type: ignore[attr-defined]  # an attribute of ours
    context = {
        "aanmelding": aanmelding,
        "vraag": aanmelding.opvangvraag,
        "locatie": aanmelding.locatie,
        "voorstel": aanmelding.voorstellen.first(),
        "contact_zichtbaar": contact_zichtbaar(aanmelding),
    }
    return _stil(render(request, "antwoord/klaar.html", context))


def _dood(request: HttpRequest, aanmelding: Aanmelding, stand: Linkstand) -> HttpResponse:
    """Say why the link died and what to do; nothing of the family, not even its reference."""
    request.loket = aanmelding.opvangvraag.loket  # type: ignore[attr-defined]  # an attribute of ours
    return _stil(render(request, "antwoord/dood.html", {"stand": stand.value}, status=GEWEEST))


def _stil(response: HttpResponse) -> HttpResponse:
    """Keep the address, which is a key, from other sites and from search engines."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
