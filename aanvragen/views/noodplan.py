"""One noodplan: the families in the order in which to call them, and what is done for each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.noodplan.bellen import bellijst, noteer_gesprek
from aanvragen.domain.noodplan.herplaatsen import plaats_meteen, vraag_daar
from aanvragen.domain.noodplan.instellen import stel_in
from aanvragen.domain.noodplan.rond import plaatsen_rond
from aanvragen.domain.noodplan.starten import werk_bij
from aanvragen.domain.noodplan.voortgang import (
    Groep,
    Kindstand,
    standen,
    verberg_klein,
    voortgang,
)
from aanvragen.forms.aanvraag import zoek_op_volgorde
from aanvragen.forms.noodplan import GesprekForm, InstelForm, PlaatsForm
from aanvragen.models import Noodplan, Noodplanregel
from aanvragen.models.noodplan import Beluitkomst
from aanvragen.permissions_noodplan import Actie, mag
from aanvragen.workflow import LOPENDE_VRAGEN
from loket.domain.logboek import leg_inzage_vast
from loket.models import Gebruiker
from opvang.models import Opvanglocatie, Plaatsaanbod

ONVERWERKBAAR = 422
PER_BLADZIJDE = 50


def plan_van(request: HttpRequest, pk: int) -> tuple[Noodplan, Gebruiker]:
    """Fetch a plan of the own loket, or 404."""
    plan = get_object_or_404(
        Noodplan.objects.voor_balie(request.user).select_related(
            "sluiting__locatie__gemeente", "loket"
        ),
        pk=pk,
    )
    assert isinstance(request.user, Gebruiker)
    return plan, request.user


def regel_van(plan: Noodplan, pk: int) -> Noodplanregel:
    """Fetch a child whose family may be spoken to, or 404: calm and other lokets stay hidden."""
    regel = get_object_or_404(
        Noodplanregel.objects.aanspreekbaar(plan).select_related(
            "plaatsing__opvangvraag__kind__gezin__gemeente",
            "plaatsing__opvangvraag__kind__gezin__wijk",
            "heropend__kind",
        ),
        pk=pk,
    )
    regel.noodplan = plan
    return regel


@never_cache
@require_safe
def noodplan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom to call now, how far the plan is, and the ways on."""
    plan, _gebruiker = plan_van(request, pk)
    stand = standen(plan)
    lijst = request.GET.get("lijst", "bellen")
    alle = Noodplanregel.objects.aanspreekbaar(plan).order_by("bel_op", "pk")
    te_bellen = bellijst(plan)
    regels = (alle if lijst == "alle" else te_bellen).select_related(
        "plaatsing__opvangvraag__kind__gezin__wijk",
        "plaatsing__opvangvraag__kind__gezin__gemeente",
        "heropend",
    )
    pagina = Paginator(regels, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    figuren = voortgang(plan, peildatum=timezone.localdate())
    return render(
        request,
        "balie/sluitingen/noodplan.html",
        {
            "plan": plan,
            "sluiting": plan.sluiting,
            "lijst": "alle" if lijst == "alle" else "bellen",
            "aantal_bellen": te_bellen.count(),
            "aantal_alle": alle.count(),
            "pagina": pagina,
            "rijen": [(regel, stand[regel.pk]) for regel in pagina],
            "voortgang": figuren,
            "aantal_rust": figuren.per_stand.get(Kindstand.RUST, 0),
            "aantal_ander": figuren.per_stand.get(Kindstand.ANDER_LOKET, 0),
            "hier": "gezinnen",
        },
    )


@require_POST
def bijwerken(request: HttpRequest, pk: int) -> HttpResponse:
    """Look again who lost a place there."""
    plan, gebruiker = plan_van(request, pk)
    aantal = werk_bij(plan, door=gebruiker, nu=timezone.now())
    if aantal:
        tekst = ngettext(
            "%(aantal)s kind kwam erbij.", "%(aantal)s kinderen kwamen erbij.", aantal
        ) % {"aantal": aantal}
    else:
        tekst = _("Er kwam niemand bij.")
    messages.success(request, tekst)
    return redirect("balie:noodplan", plan.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, pk: int, regel: int) -> HttpResponse:
    """Show one child: how to reach the family, what came of calls, where there is room."""
    plan, gebruiker = plan_van(request, pk)
    rij = regel_van(plan, regel)
    form = GesprekForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            noteer_gesprek(
                rij,
                Beluitkomst(form.cleaned_data["uitkomst"]),
                opnieuw_op=form.cleaned_data["opnieuw_op"],
                notitie=form.cleaned_data["notitie"],
                door=gebruiker,
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Genoteerd: wat er van het gesprek kwam."))
            return redirect("balie:noodplan", plan.pk)
    status = ONVERWERKBAAR if request.method == "POST" else 200
    return _toon_kind(request, gebruiker, rij, form, status=status)


def _toon_kind(
    request: HttpRequest,
    gebruiker: Gebruiker,
    rij: Noodplanregel,
    form: GesprekForm,
    *,
    status: int,
) -> HttpResponse:
    vraag, nu = rij.heropend, timezone.now()
    leg_inzage_vast(vraag or rij.plaatsing.opvangvraag, door=gebruiker, nu=nu, reden="noodplan")
    loopt = vraag is not None and vraag.status in LOPENDE_VRAGEN
    return render(
        request,
        "balie/sluitingen/kind.html",
        {
            "plan": rij.noodplan,
            "sluiting": rij.noodplan.sluiting,
            "regel": rij,
            "vraag": vraag,
            "kind": rij.plaatsing.opvangvraag.kind,
            "ouders": rij.ouders.order_by("pk"),
            "stand": standen(rij.noodplan)[rij.pk],
            "gesprekken": rij.belpogingen.select_related("door"),
            "loopt": loopt,
            "rond": plaatsen_rond(rij, nu=nu) if loopt else None,
            "aanmeldingen": vraag.aanmeldingen.select_related("locatie") if vraag else [],
            "nieuwe_plaats": vraag.plaatsingen.filter(beeindigd_op=None)
            .select_related("locatie")
            .first()
            if vraag
            else None,
            "form": form,
            "hier": "gezinnen",
        },
        status=status,
    )


@require_POST
def vraag_plaats(request: HttpRequest, pk: int, regel: int) -> HttpResponse:
    """Ask one location on behalf of the family: one click."""
    plan, gebruiker = plan_van(request, pk)
    rij = regel_van(plan, regel)
    gekozen = zoek_op_volgorde([request.POST.get("locatie", "")])
    if not gekozen:
        messages.error(request, _("Kies een opvang uit de lijst."))
        return _naar_kind(rij)
    try:
        vraag_daar(rij, gekozen[0], door=gebruiker, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(
            request, _("De vraag is nu ook bij %(opvang)s.") % {"opvang": gekozen[0].naam}
        )
    return _naar_kind(rij)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plaats(request: HttpRequest, pk: int, regel: int, aanbod: int) -> HttpResponse:
    """Note that provider and family both said yes: the child has a new place."""
    plan, gebruiker = plan_van(request, pk)
    rij = regel_van(plan, regel)
    periode = get_object_or_404(
        Plaatsaanbod.objects.select_related("locatie").filter(
            locatie__in=Opvanglocatie.objects.zichtbaar_voor(gebruiker)
        ),
        pk=aanbod,
    )
    if rij.heropend is None or rij.heropend.status not in LOPENDE_VRAGEN:
        messages.error(request, _("Dit kind zoekt geen plaats meer."))
        return _naar_kind(rij)
    begin = max(rij.heropend.gewenste_start, periode.vanaf)
    form = PlaatsForm(request.POST or None, initial={"start": begin})
    if request.method == "POST" and form.is_valid():
        try:
            plaats_meteen(
                rij,
                periode,
                start=form.cleaned_data["start"],
                door=gebruiker,
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request,
                _("Genoteerd: een nieuwe plaats bij %(opvang)s. Het gezin en de opvang weten het.")
                % {"opvang": periode.locatie.naam},
            )
            return redirect("balie:noodplan", plan.pk)
    return render(
        request,
        "balie/sluitingen/plaats.html",
        {
            "plan": plan,
            "sluiting": plan.sluiting,
            "regel": rij,
            "vraag": rij.heropend,
            "kind": rij.plaatsing.opvangvraag.kind,
            "periode": periode,
            "form": form,
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def onbekend(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the number of children that we don't know, and give the text that others forward."""
    plan, gebruiker = plan_van(request, pk)
    form = InstelForm(
        request.POST or None,
        initial={
            naam: getattr(plan, naam) for naam in ("onbekende_kinderen", "dagen", "straal_km")
        },
    )
    if request.method == "POST" and form.is_valid():
        stel_in(plan, form.plan(), door=gebruiker, nu=timezone.now())
        messages.success(request, _("Bewaard."))
        return redirect("balie:noodplan_onbekend", plan.pk)
    return render(
        request,
        "balie/sluitingen/onbekend.html",
        {
            "plan": plan,
            "sluiting": plan.sluiting,
            "form": form,
            "url": request.build_absolute_uri(reverse("aanvragen:begin")),
            "hier": "onbekend",
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@never_cache
@require_safe
def cijfers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the plan is, without names; small numbers are hidden."""
    plan = get_object_or_404(
        Noodplan.objects.zichtbaar_voor(request.user).select_related(
            "sluiting__locatie__gemeente", "loket"
        ),
        pk=pk,
    )
    figuren = voortgang(plan, peildatum=timezone.localdate())
    grens = plan.loket.kleine_cel
    cellen = verberg_klein(figuren.per_groep, grens=grens)
    totaal: Any = figuren.totaal if not 0 < figuren.totaal < grens else None
    return render(
        request,
        "balie/sluitingen/cijfers.html",
        {
            "plan": plan,
            "sluiting": plan.sluiting,
            "totaal": totaal,
            "grens": grens,
            "cellen": [(groep, cellen[groep]) for groep in Groep],
            "verborgen": any(aantal is None for aantal in cellen.values()),
            "nu": timezone.now(),
            "is_medewerker": mag(request.user, Actie.WERKEN, plan),
            "hier": "cijfers",
        },
    )


def _naar_kind(regel: Noodplanregel) -> HttpResponseRedirect:
    return redirect("balie:noodplan_kind", regel.noodplan_id, regel.pk)
