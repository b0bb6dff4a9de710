"""A provider answers through the link in a mail; and what every answer page shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aanvragen.domain.antwoordlink import lees_token
from aanvragen.domain.beantwoorden import weiger, zet_op_wachtlijst
from aanvragen.domain.fouten import Weigering
from aanvragen.domain.passen import contact_zichtbaar, staat_open, vrij_voor
from aanvragen.domain.voorstellen import doe_voorstel, doe_voorstel_met_nieuwe_plaats
from aanvragen.forms.antwoord import NeeForm, VoorstelForm, antwoordformulier
from aanvragen.models import Aanmelding
from aanvragen.workflow import Vraagstatus
from loket.models import Gebruiker
from opvang.models import Plaatsaanbod

NAMENS_MAIL = "link in mail"
ONVERWERKBAAR = 422


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
    request: HttpRequest, aanmelding: Aanmelding, *, door: Gebruiker | None, namens: str = ""
) -> Beurt:
    """Read which answer this visit is about; carry it out when it was posted and is right.

    A refusal stands on the form, which keeps what was typed, beside the state as it is now.
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
    )
    beurt = Beurt(aanmelding, aanboden, form, status=200 if gepost is None else ONVERWERKBAAR)
    if form is None or not form.is_bound or not form.is_valid():
        return beurt
    try:
        _verwerk(form, aanmelding, door=door, nu=nu, namens=namens)
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
        if form.reden is None:
            zet_op_wachtlijst(aanmelding, **wie)
        else:
            weiger(aanmelding, reden=form.reden, **wie)
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


def _via_link(token: str) -> Aanmelding | None:
    """Find the request that the link names; one that waits at the loket was never mailed."""
    uuid = lees_token(token)
    if uuid is None:
        return None
    return (
        Aanmelding.objects.filter(uuid=uuid)
        .exclude(opvangvraag__status__in=[Vraagstatus.CONCEPT, Vraagstatus.INGEDIEND])
        .select_related("locatie", "opvangvraag__loket", "opvangvraag__kind")
        .first()
    )


# No session and no cookie counts here: the link itself is the whole permission. A page without
# referrer posts with `Origin: null`, which the CSRF check would refuse.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request: HttpRequest, token: str) -> HttpResponse:
    """Show one request to whoever holds the link, and take the answer.

    A GET changes nothing: mail programs open links by themselves.
    """
    aanmelding = _via_link(token)
    response = (
        render(request, "antwoord/onbekend.html", status=404)
        if aanmelding is None
        else _antwoordpagina(request, aanmelding, token)
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _antwoordpagina(request: HttpRequest, aanmelding: Aanmelding, token: str) -> HttpResponse:
    beurt = neem_antwoord(request, aanmelding, door=None, namens=NAMENS_MAIL)
    if beurt.gedaan:
        return HttpResponseRedirect(reverse("antwoord:vraag", args=[token]))
    return render(request, "antwoord/vraag.html", beurt.context(), status=beurt.status)
