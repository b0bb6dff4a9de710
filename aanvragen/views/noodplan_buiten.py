"""What leaves a noodplan: mails and letters to families, and temporary places elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.noodplan.berichten import (
    inhoud,
    maak_ontwerpen,
    ontwerpen,
    verstuur_ontwerpen,
)
from aanvragen.domain.noodplan.vervangen import open_vervangplaatsen, uiterlijk_tot
from aanvragen.forms.aanvraag import ZoekForm
from aanvragen.forms.noodplan import OntwerpForm, VervangForm
from aanvragen.models import Noodbericht, Noodplan, Noodplanregel
from aanvragen.models.noodplan import Wijze
from aanvragen.views.noodplan import ONVERWERKBAAR, plan_van
from loket.forms import lees_ids
from loket.pdf import maak_pdf
from opvang.models import Opvanglocatie

#: Monday to Friday, whole days.
_WERKWEEK = 0b11_1111_1111


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def berichten(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft messages to the families that still look, and list them to look at."""
    plan, gebruiker = plan_van(request, pk)
    klaar = list(ontwerpen(plan))
    invoer = request.POST if request.method == "POST" else None  # an empty text is fine
    form = OntwerpForm(invoer, initial={"tekst": klaar[0].tekst if klaar else ""})
    if request.method == "POST" and form.is_valid():
        gemaakt = maak_ontwerpen(
            plan, tekst=form.cleaned_data["tekst"], door=gebruiker, nu=timezone.now()
        )
        messages.success(
            request,
            ngettext(
                "%(aantal)s bericht staat klaar. Er is nog niets verstuurd.",
                "%(aantal)s berichten staan klaar. Er is nog niets verstuurd.",
                len(gemaakt),
            )
            % {"aantal": len(gemaakt)},
        )
        return redirect("balie:noodplan_berichten", plan.pk)
    verstuurd = (
        Noodbericht.objects.filter(
            regel__in=Noodplanregel.objects.aanspreekbaar(plan), verstuurd_op__isnull=False
        )
        .select_related("regel__plaatsing__opvangvraag__kind", "verstuurd_door")
        .order_by("-verstuurd_op", "pk")
    )
    return render(
        request,
        "balie/sluitingen/berichten.html",
        {
            "plan": plan,
            "sluiting": plan.sluiting,
            "form": form,
            "ontwerpen": klaar,
            "aantal_brieven": sum(een.wijze == Wijze.BRIEF for een in klaar),
            "verstuurd": verstuurd,
            "hier": "berichten",
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


@require_POST
def versturen(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what was ticked. Families that asked for calm meanwhile get nothing."""
    plan, gebruiker = plan_van(request, pk)
    pks = lees_ids(request.POST.getlist("bericht"))
    if not pks:
        messages.error(request, _("Vink aan welke berichten mogen vertrekken."))
        return redirect("balie:noodplan_berichten", plan.pk)
    uit = verstuur_ontwerpen(plan, pks, door=gebruiker, nu=timezone.now())
    messages.success(
        request,
        _("Verstuurd: %(mails)s per mail, %(brieven)s als brief.")
        % {"mails": uit.mails, "brieven": uit.brieven},
    )
    if uit.stil:
        messages.warning(
            request,
            ngettext(
                "%(aantal)s bericht vertrok niet: dat gezin vroeg rust of zoekt niet meer.",
                "%(aantal)s berichten vertrokken niet: "
                "die gezinnen vroegen rust of zoeken niet meer.",
                uit.stil,
            )
            % {"aantal": uit.stil},
        )
    return redirect("balie:noodplan_berichten", plan.pk)


@never_cache
@require_safe
def bericht(request: HttpRequest, pk: int, bericht: int) -> HttpResponse:
    """Show one draft as the family will read it."""
    plan, _gebruiker = plan_van(request, pk)
    rij = _ontwerp(plan, bericht)
    gegevens = inhoud(rij)
    ouders = list(rij.regel.ouders.exclude(email="").order_by("pk"))
    tekst = ""
    if rij.wijze == Wijze.MAIL:
        tekst = render_to_string(
            "mail/aanvragen/noodplan.txt", {**gegevens, "ouder": ouders[0]}
        ).strip()
    titel, _leeg, rest = tekst.partition("\n")
    return render(
        request,
        "balie/sluitingen/bericht.html",
        {
            **gegevens,
            "plan": plan,
            "ouders": ouders,
            "titel": titel,
            "tekst": rest.strip(),
            "hier": "berichten",
        },
    )


@never_cache
@require_safe
def brief(request: HttpRequest, pk: int, bericht: int) -> HttpResponse:
    """Give one letter as a tagged PDF."""
    plan, _gebruiker = plan_van(request, pk)
    return _pdf(plan, [_ontwerp(plan, bericht)])


@never_cache
@require_safe
def brieven(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all letters that still have to be posted, each on a page of its own."""
    plan, _gebruiker = plan_van(request, pk)
    klaar = [een for een in ontwerpen(plan) if een.wijze == Wijze.BRIEF]
    if not klaar:
        raise Http404
    return _pdf(plan, klaar)


def _ontwerp(plan: Noodplan, pk: int) -> Noodbericht:
    """Fetch a draft to a family that may be written to, or 404."""
    return get_object_or_404(ontwerpen(plan), pk=pk)


def _pdf(plan: Noodplan, rijen: list[Noodbericht]) -> HttpResponse:
    pdf = maak_pdf(
        "balie/sluitingen/brief_pdf.html",
        {
            "loket": plan.loket,
            "sluiting": plan.sluiting,
            "brieven": [inhoud(een) for een in rijen],
            "vandaag": timezone.localdate(),
        },
        titel=_("Brief over de sluiting van %(opvang)s") % {"opvang": plan.sluiting.locatie.naam},
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="brieven.pdf"'},
    )


# Temporary replacement places


@never_cache
@require_safe
def vervangplaatsen(request: HttpRequest, pk: int) -> HttpResponse:
    """List the temporary places of this plan, and find a location that is willing."""
    plan, _gebruiker = plan_van(request, pk)
    zoekform = ZoekForm(request.GET)
    return render(
        request,
        "balie/sluitingen/vervangplaatsen.html",
        {
            "plan": plan,
            "sluiting": plan.sluiting,
            "vervangplaatsen": plan.vervangplaatsen.select_related(
                "locatie__gemeente", "plaatsaanbod"
            ),
            "eigen_gebied": set(plan.loket.gemeenten.values_list("pk", flat=True)),
            "zoekform": zoekform,
            "gezocht": zoekform.is_valid() and zoekform.cleaned_data["zoek"],
            "treffers": zoekform.treffers(behalve=[plan.sluiting.locatie]),
            "hier": "vervang",
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vervang(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Open temporary places at one location, with who agreed."""
    plan, gebruiker = plan_van(request, pk)
    locatie = get_object_or_404(Opvanglocatie.objects.publiek(), slug=slug)
    nu = timezone.now()
    begin = plan.sluiting.vanaf
    form = VervangForm(
        request.POST or None,
        vandaag=timezone.localdate(nu),
        initial={
            "aantal": 1,
            "rooster": _WERKWEEK,
            "vanaf": begin,
            "tot": uiterlijk_tot(begin),
            "akkoord_op": timezone.localdate(nu),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            open_vervangplaatsen(plan, locatie, form.gegevens(), door=gebruiker, nu=nu)
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request,
                _("De tijdelijke plaatsen staan open. %(opvang)s krijgt een mail.")
                % {"opvang": locatie.naam},
            )
            return redirect("balie:noodplan_vervang", plan.pk)
    return render(
        request,
        "balie/sluitingen/vervang.html",
        {
            "plan": plan,
            "sluiting": plan.sluiting,
            "locatie": locatie,
            "form": form,
            "over_de_grens": not plan.loket.gemeenten.filter(pk=locatie.gemeente_id).exists(),
            "hier": "vervang",
        },
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )
