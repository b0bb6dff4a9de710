"""One subsidie: its calculation, its steps and its letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.domain.fouten import Weigering
from loket.pdf import maak_pdf
from opvang.domain.subsidies import beslissen
from opvang.domain.subsidies.cijfers import budgetstanden
from opvang.domain.subsidies.narekenen import is_gelijk, reken_na
from opvang.domain.subsidies.rekenen import bereken_opnieuw
from opvang.forms.subsidiestappen import BetaalForm, CollegeForm, DienstForm, IntrekForm, WeigerForm
from opvang.models import Subsidie
from opvang.permissions import Actie, eis, mag
from opvang.views.subsidies import beeld
from opvang.views.subsidies.hulp import Blad, behandel, invoer, vind_subsidie
from opvang.workflow import SUBSIDIE_TELT, SUBSIDIEOVERGANGEN, Subsidiestatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest

PER_BLADZIJDE = 20


@require_safe
def subsidie(request: HttpRequest, pk: int) -> HttpResponse:
    """The calculation as it was stored, who did what, and what can be done now."""
    rij = vind_subsidie(request, pk)
    reglement = rij.regel.reglement
    status = Subsidiestatus(rij.status)
    return render(
        request,
        "opvang/subsidies/subsidie.html",
        {
            "rij": beeld.als_rij(rij),
            "subsidie": rij,
            "reglement": reglement,
            "brief": beeld.lees_brief(rij),
            "heeft_mail": bool(rij.locatie.organisator.email or rij.locatie.email),
            "stappen": rij.stappen.select_related("door"),
            "stand": beeld.als_stand(budgetstanden([reglement], jaar=rij.jaar)[reglement.pk]),
            "verouderd": rij.is_open and not is_gelijk(rij, reken_na(rij)),
            "zelf_berekend": rij.berekend_door_id == request.user.pk,
            "kan": {naar.value for naar in SUBSIDIEOVERGANGEN[status]}
            if status in SUBSIDIE_TELT
            else set(),
            "mag_beheren": mag(request.user, Actie.SUBSIDIES_BEHEREN, rij),
            "mag_beslissen": mag(request.user, Actie.SUBSIDIE_BESLISSEN, rij),
        },
    )


@require_POST
def berekenen(request: HttpRequest, pk: int) -> HttpResponse:
    rij = vind_subsidie(request, pk)
    door = eis(request.user, Actie.SUBSIDIES_BEHEREN, rij)
    try:
        bereken_opnieuw(rij, door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(request, _("Berekend. Een collega van de dienst kan het nu goedkeuren."))
    return redirect(rij)


@require_http_methods(["GET", "HEAD", "POST"])
def dienst(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve as the dienst."""
    return _stap(
        request,
        pk,
        lambda rij: DienstForm(invoer(request), bedrag=rij.bedrag),
        beslissen.keur_goed_dienst,
        titel=_("Keur goed als dienst"),
        knop=_("Keur goed als dienst"),
        inleiding=_("Het bedrag ligt daarna vast en gaat van het budget af."),
        klaar=_("Goedgekeurd door de dienst. Het wacht nu op het college."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def college(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the college decided."""
    return _stap(
        request,
        pk,
        lambda _rij: CollegeForm(invoer(request)),
        beslissen.keur_goed_college,
        titel=_("Noteer het besluit van het college"),
        knop=_("Noteer de goedkeuring"),
        inleiding=_(
            "De organisator krijgt een mail dat er beslist is, en vindt de brief op zijn pagina."
        ),
        klaar=_("Genoteerd. De brief staat klaar."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def weigeren(request: HttpRequest, pk: int) -> HttpResponse:
    return _stap(
        request,
        pk,
        lambda _rij: WeigerForm(invoer(request)),
        beslissen.weiger,
        titel=_("Weiger deze subsidie"),
        knop=_("Weiger"),
        inleiding=_(
            "Vroeg de organisator dit zelf, dan krijgt hij een mail en een brief. "
            "Een voorstel van het loket stopt zonder bericht."
        ),
        klaar=_("Geweigerd."),
        gevaar=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    return _stap(
        request,
        pk,
        lambda _rij: IntrekForm(invoer(request)),
        beslissen.trek_subsidie_in,
        titel=_("Trek deze subsidie in"),
        knop=_("Trek in"),
        inleiding=_(
            "Het bedrag komt weer vrij in het budget. Dit kan niet ongedaan gemaakt worden."
        ),
        klaar=_("Ingetrokken."),
        gevaar=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def betaald(request: HttpRequest, pk: int) -> HttpResponse:
    return _stap(
        request,
        pk,
        lambda _rij: BetaalForm(invoer(request)),
        beslissen.noteer_betaling,
        titel=_("Noteer de betaling"),
        knop=_("Bewaar de betaling"),
        klaar=_("De betaling is genoteerd."),
    )


def _stap(
    request: HttpRequest,
    pk: int,
    maak_form: Callable[[Subsidie], Form],
    beslis: Callable[..., Subsidie],
    *,
    titel: str,
    knop: str,
    klaar: str,
    inleiding: str = "",
    gevaar: bool = False,
) -> HttpResponse:
    """Show what is decided about, and decide."""
    rij = vind_subsidie(request, pk)
    door = eis(request.user, Actie.SUBSIDIE_BESLISSEN, rij)
    form = maak_form(rij)

    def doe() -> str:
        beslis(rij, **form.cleaned_data, door=door, nu=timezone.now())
        messages.success(request, klaar)
        return rij.get_absolute_url()

    blad = Blad(titel, knop, rij.get_absolute_url(), str(rij), inleiding, gevaar)
    return behandel(request, form, blad, doe=doe, context={"rij": beeld.als_rij(rij)})


@require_safe
def brief_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter, for staff; before the decision is known there is none."""
    rij = vind_subsidie(request, pk)
    if rij.bekend_op is None:
        raise Http404
    return _brief(rij)


@require_safe
def mijn_lijst(request: HttpRequest) -> HttpResponse:
    """What a provider was told about its own locations."""
    eis(request.user, Actie.AANBOD_OPENEN)
    rijen = Subsidie.objects.van_aanbieder(request.user).select_related("locatie", "regel")
    bladzijde = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "opvang/subsidies/mijn_lijst.html",
        {"bladzijde": bladzijde, "rijen": [beeld.als_rij(een) for een in bladzijde]},
    )


@require_safe
def mijn_brief(request: HttpRequest, pk: int) -> HttpResponse:
    eis(request.user, Actie.AANBOD_OPENEN)
    rij = get_object_or_404(
        Subsidie.objects.van_aanbieder(request.user).select_related("regel__reglement__loket"),
        pk=pk,
    )
    return _brief(rij)


def _brief(rij: Subsidie) -> HttpResponse:
    brief = beeld.lees_brief(rij)
    besluit = rij.stappen.filter(naar__in=[Subsidiestatus.COLLEGE, Subsidiestatus.GEWEIGERD]).last()
    goed = besluit is None or besluit.naar == Subsidiestatus.COLLEGE
    titel = (
        _("Subsidie %(kenmerk)s: goedgekeurd") if goed else _("Subsidie %(kenmerk)s: geweigerd")
    ) % {"kenmerk": rij.kenmerk}
    pdf = maak_pdf(
        "opvang/subsidies/brief_pdf.html",
        {
            "subsidie": rij,
            "brief": brief,
            "besluit": besluit,
            "goed": goed,
            "ingetrokken": rij.stappen.filter(naar=Subsidiestatus.INGETROKKEN).last(),
            "loket": rij.regel.reglement.loket,
        },
        titel=titel,
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="subsidie-{rij.kenmerk}.pdf"'},
    )
