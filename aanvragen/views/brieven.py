"""A letter to one family, out of a template of the loket: look, then send or print."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aanvragen.domain.brieven import druk_af, stel_op, verstuur_brief
from aanvragen.domain.fouten import Weigering
from aanvragen.models import Briefsjabloon, Opvangvraag
from aanvragen.permissions import Actie, eis
from aanvragen.views.balie import medewerker, vraag_van
from loket.forms import lees_ids
from loket.models import Gebruiker
from loket.pdf import maak_pdf

ONVERWERKBAAR = 422


def _vraag(request: HttpRequest, referentie: str) -> tuple[Gebruiker, Opvangvraag]:
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.BRIEF_STUREN, vraag)
    return gebruiker, vraag


def _sjabloon(vraag: Opvangvraag, waarde: str) -> Briefsjabloon | None:
    """The chosen template of this loket; None when nothing was chosen, 404 when it is not ours."""
    if not waarde:
        return None
    pk = next(iter(lees_ids([waarde])), 0)
    return get_object_or_404(Briefsjabloon.objects.bruikbaar([vraag.loket_id]), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def brief(request: HttpRequest, referentie: str) -> HttpResponse:
    """Choose a letter and read it as the family will; then send it."""
    gebruiker, vraag = _vraag(request, referentie)
    nu = timezone.now()
    gekozen = _sjabloon(vraag, (request.POST or request.GET).get("sjabloon", ""))
    if request.method == "POST" and gekozen is None:
        messages.error(request, _("Kies eerst een brief."))
    elif request.method == "POST" and gekozen is not None:
        try:
            verstuur_brief(vraag, gekozen, door=gebruiker, nu=nu)
        except Weigering as nee:
            messages.error(request, str(nee))
        else:
            messages.success(request, _("De brief is klaargelegd en vertrekt zo."))
            return redirect("balie:dossier", vraag.referentie)
    return render(
        request,
        "balie/brief.html",
        {
            "vraag": vraag,
            "sjablonen": Briefsjabloon.objects.bruikbaar([vraag.loket_id]),
            "gekozen": gekozen,
            "brief": gekozen and stel_op(gekozen, vraag, peildatum=timezone.localdate(nu)),
            "met_mail": vraag.kind.ouders.exclude(email="").order_by("pk"),
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@require_POST
def pdf(request: HttpRequest, referentie: str) -> HttpResponse:
    """Give the letter as a tagged PDF to print and hand over; logged, and nothing is sent."""
    gebruiker, vraag = _vraag(request, referentie)
    gekozen = _sjabloon(vraag, request.POST.get("sjabloon", ""))
    if gekozen is None:
        messages.error(request, _("Kies eerst een brief."))
        return redirect("balie:brief", vraag.referentie)
    nu = timezone.now()
    try:
        klaar = druk_af(vraag, gekozen, door=gebruiker, nu=nu)
    except Weigering as nee:
        messages.error(request, str(nee))
        return redirect("balie:brief", vraag.referentie)
    inhoud = maak_pdf(
        "balie/brief_pdf.html",
        {
            "vraag": vraag,
            "loket": vraag.loket,
            "gezin": vraag.kind.gezin,
            "ouders": vraag.kind.gezin.ouders.thuis(),
            "brief": klaar,
            "vandaag": timezone.localdate(nu),
        },
        titel=_("%(brief)s, vraag %(nummer)s")
        % {"brief": gekozen.naam, "nummer": vraag.referentie},
    )
    return HttpResponse(
        inhoud,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="brief-{vraag.referentie}.pdf"',
            "Cache-Control": "no-store",
        },
    )
