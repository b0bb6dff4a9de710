"""The reglementen of a loket: overview, one of them, and what is filled in about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.domain.fouten import Weigering
from loket.models import Gebruiker, Loket, Rol
from opvang.domain.subsidies import cijfers, reglementen, samen
from opvang.domain.subsidies.rekenen import Uitkomst, reken_jaar, vraag_aan
from opvang.forms.subsidies import AanvraagForm, BudgetForm, RegelForm, ReglementForm
from opvang.models import Subsidie, Subsidiebudget, Subsidiereglement
from opvang.permissions import Actie, eis, mag
from opvang.views.subsidies import beeld
from opvang.views.subsidies.hulp import (
    Blad,
    behandel,
    invoer,
    kies_jaren,
    lees_jaar,
    vind_eigen_reglement,
    vind_regel,
    vind_reglement,
)
from opvang.workflow import SUBSIDIE_OPEN, SUBSIDIE_TELT, Subsidiestatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_BLADZIJDE = 25
#: What of the list is shown, by the word in the address.
TOON = {
    "open": sorted(SUBSIDIE_OPEN),
    "goedgekeurd": sorted(SUBSIDIE_TELT),
    "gestopt": sorted(
        {Subsidiestatus.GEWEIGERD, Subsidiestatus.INGETROKKEN, Subsidiestatus.VERVALLEN}
    ),
}


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """All reglementen of a year, with their money."""
    eis(request.user, Actie.SUBSIDIES_OPENEN)
    jaar = lees_jaar(request.GET.get("jaar"))
    van_mij = Subsidiereglement.objects.zichtbaar_voor(request.user)
    rijen = list(van_mij.in_jaar(jaar).select_related("loket", "gemeente"))
    standen = cijfers.budgetstanden(rijen, jaar=jaar)
    return render(
        request,
        "opvang/subsidies/overzicht.html",
        {
            "jaar": jaar,
            "jaren": kies_jaren(jaar),
            "rijen": [(rij, beeld.gebied(rij), beeld.als_stand(standen[rij.pk])) for rij in rijen],
            "zijn_er_andere": not rijen and van_mij.exists(),
            "meer_lokets": len({rij.loket_id for rij in rijen}) > 1,
            "mag_maken": mag(request.user, Actie.REGLEMENT_MAKEN),
        },
    )


@require_safe
def reglement(request: HttpRequest, pk: int) -> HttpResponse:
    """One reglement in a year: budget, proposals and decisions, rules, and what it brought."""
    rij = vind_reglement(request, pk)
    jaar = lees_jaar(request.GET.get("jaar"))
    toon = request.GET.get("toon", "")
    subsidies = Subsidie.objects.filter(regel__reglement=rij, jaar=jaar).select_related(
        "locatie", "regel"
    )
    if toon in TOON:
        subsidies = subsidies.filter(status__in=TOON[toon])
    bladzijde = Paginator(subsidies, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    regels = list(rij.regels.all())
    return render(
        request,
        "opvang/subsidies/reglement.html",
        {
            "reglement": rij,
            "gebied": beeld.gebied(rij),
            "jaar": jaar,
            "jaren": kies_jaren(jaar),
            "stand": beeld.als_stand(cijfers.budgetstanden([rij], jaar=jaar)[rij.pk]),
            "toon": toon if toon in TOON else "",
            "bladzijde": bladzijde,
            "rijen": [beeld.als_rij(een) for een in bladzijde],
            "regels": [(regel, beeld.regel_in_woorden(regel)) for regel in regels],
            "budgetten": [beeld.als_stand(een) for een in cijfers.gebruikt_per_jaar(rij)],
            "effect": beeld.als_effect(cijfers.effect_per_regel(regels)),
            "samen": beeld.als_effect(
                [cijfers.effect_samen(rij, naam=_("Alle regels voor nieuwe plaatsen"))]
            )[0],
            "per_bedrag": beeld.per_bedrag(),
            "mag_beheren": mag(request.user, Actie.SUBSIDIES_BEHEREN, rij),
            **_samen_te_doen(request, rij, jaar),
        },
    )


def _samen_te_doen(request: HttpRequest, rij: Subsidiereglement, jaar: int) -> dict[str, int]:
    """Count what this person can do for many at once; nothing for who only reads."""
    aantallen = dict.fromkeys(("te_berekenen", "voor_de_dienst", "voor_het_college"), 0)
    wie = request.user
    if isinstance(wie, Gebruiker) and mag(wie, Actie.SUBSIDIES_BEHEREN, rij):
        aantallen["te_berekenen"] = samen.te_berekenen(rij, jaar=jaar).count()
    if isinstance(wie, Gebruiker) and mag(wie, Actie.SUBSIDIE_BESLISSEN, rij):
        aantallen["voor_de_dienst"] = samen.voor_de_dienst(rij, jaar=jaar, door=wie).count()
        aantallen["voor_het_college"] = samen.voor_het_college(rij, jaar=jaar).count()
    return {**aantallen, "samen_te_doen": sum(aantallen.values())}


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    door = eis(request.user, Actie.REGLEMENT_MAKEN)
    lokets = Loket.objects.filter(pk__in=door.lokets_als(Rol.LOKETMEDEWERKER, Rol.BEHEERDER))
    form = ReglementForm(invoer(request), lokets=lokets)

    def doe() -> str:
        rij = reglementen.maak_reglement(
            form.gekozen_loket, form.gegevens(), door=door, nu=timezone.now()
        )
        messages.success(
            request, _("Het reglement staat erin. Voeg nu de regels en het budget toe.")
        )
        return rij.get_absolute_url()

    blad = Blad(
        _("Nieuw subsidiereglement"),
        _("Bewaar het reglement"),
        reverse("subsidies:overzicht"),
        _("Subsidies"),
        _("Neem over wat de gemeenteraad besliste. De regels en het budget vul je daarna in."),
    )
    return behandel(request, form, blad, doe=doe)


@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    rij, door = vind_eigen_reglement(request, pk)
    form = ReglementForm(invoer(request), loket=rij.loket, initial=ReglementForm.begin(rij))

    def doe() -> str:
        reglementen.wijzig_reglement(rij, form.gegevens(), door=door, nu=timezone.now())
        messages.success(request, _("Het reglement is bewaard."))
        return rij.get_absolute_url()

    blad = _blad(rij, _("Pas het reglement aan"), _("Bewaar het reglement"))
    return behandel(request, form, blad, doe=doe)


@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    rij, door = vind_eigen_reglement(request, pk)
    jaar = lees_jaar(request.GET.get("jaar"))
    bestaand = Subsidiebudget.objects.filter(reglement=rij, jaar=jaar).first()
    begin = {"jaar": jaar, "bedrag": bestaand.bedrag if bestaand else None}
    form = BudgetForm(invoer(request), initial=begin)

    def doe() -> str:
        nieuw_budget = reglementen.bewaar_budget(
            rij, **form.cleaned_data, door=door, nu=timezone.now()
        )
        messages.success(
            request, _("Het budget van %(jaar)s is bewaard.") % {"jaar": nieuw_budget.jaar}
        )
        return f"{rij.get_absolute_url()}?jaar={nieuw_budget.jaar}"

    blad = _blad(
        rij,
        _("Budget"),
        _("Bewaar het budget"),
        _("Wat de gemeente in een kalenderjaar hoogstens uitgeeft met dit reglement."),
    )
    return behandel(request, form, blad, doe=doe)


@require_http_methods(["GET", "HEAD", "POST"])
def regel_nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    rij, door = vind_eigen_reglement(request, pk)
    form = RegelForm(invoer(request))

    def doe() -> str:
        reglementen.bewaar_regel(rij, form.cleaned_data, door=door, nu=timezone.now())
        messages.success(request, _("De regel staat erbij."))
        return f"{rij.get_absolute_url()}#regels"

    return behandel(request, form, _blad(rij, _("Nieuwe regel"), _("Bewaar de regel")), doe=doe)


@require_http_methods(["GET", "HEAD", "POST"])
def regel(request: HttpRequest, pk: int) -> HttpResponse:
    rij, door = vind_regel(request, pk)
    form = RegelForm(invoer(request), initial=RegelForm.begin(rij))

    def doe() -> str:
        reglementen.bewaar_regel(
            rij.reglement, form.cleaned_data, door=door, nu=timezone.now(), regel=rij
        )
        messages.success(request, _("De regel is bewaard. Reken opnieuw voor nieuwe bedragen."))
        return f"{rij.reglement.get_absolute_url()}#regels"

    blad = _blad(rij.reglement, _("Pas de regel aan"), _("Bewaar de regel"))
    ligt_vast = reglementen.ligt_vast(rij)
    context = {"ligt_vast": ligt_vast, "regel": None if rij.subsidies.exists() else rij}
    return behandel(request, form, blad, doe=doe, context=context)


@require_POST
def regel_verwijderen(request: HttpRequest, pk: int) -> HttpResponse:
    rij, door = vind_regel(request, pk)
    try:
        reglementen.verwijder_regel(rij, door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(request, _("De regel is weg."))
    return redirect(rij.reglement)


@require_POST
def rekenen(request: HttpRequest, pk: int) -> HttpResponse:
    rij, door = vind_eigen_reglement(request, pk)
    jaar = lees_jaar(request.POST.get("jaar"))
    if not rij.regels.exists():
        messages.error(request, _("Dit reglement heeft nog geen regels. Voeg er eerst een toe."))
    else:
        uitkomst = reken_jaar(rij, jaar=jaar, door=door, nu=timezone.now())
        messages.success(request, _in_woorden(uitkomst, jaar))
    return redirect(f"{rij.get_absolute_url()}?jaar={jaar}#lijst")


def _in_woorden(uitkomst: Uitkomst, jaar: int) -> str:
    delen = [
        tekst % {"aantal": aantal}
        for aantal, tekst in (
            (
                uitkomst.nieuw,
                ngettext(
                    "%(aantal)s nieuw voorstel", "%(aantal)s nieuwe voorstellen", uitkomst.nieuw
                ),
            ),
            (uitkomst.vernieuwd, _("%(aantal)s met een nieuw bedrag")),
            (uitkomst.vervallen, _("%(aantal)s waarvan niets overblijft")),
        )
        if aantal
    ]
    wat = ", ".join(delen) or _("niets veranderd")
    tekst = _("Gerekend voor %(jaar)s: %(wat)s.") % {"jaar": jaar, "wat": wat}
    if uitkomst.vast:
        tekst += " " + ngettext(
            "Over %(aantal)s was al beslist.", "Over %(aantal)s was al beslist.", uitkomst.vast
        ) % {"aantal": uitkomst.vast}
    return tekst


@require_http_methods(["GET", "HEAD", "POST"])
def aanvraag(request: HttpRequest, pk: int) -> HttpResponse:
    rij, door = vind_eigen_reglement(request, pk)
    begin = {"jaar": lees_jaar(request.GET.get("jaar"))}
    form = AanvraagForm(invoer(request), reglement=rij, initial=begin)

    def doe() -> str:
        waarden = form.cleaned_data
        subsidie = vraag_aan(
            waarden["regel"],
            waarden["locatie"],
            jaar=waarden["jaar"],
            lening=form.lening(),
            door=door,
            nu=timezone.now(),
        )
        messages.success(request, _("De aanvraag staat erin, met wat ze nu oplevert."))
        return subsidie.get_absolute_url()

    blad = _blad(
        rij,
        _("Voer een aanvraag in"),
        _("Bewaar de aanvraag"),
        _("Voor een aanvraag die op papier of per mail kwam, of voor rente op een lening."),
    )
    return behandel(request, form, blad, doe=doe)


def _blad(rij: Subsidiereglement, titel: str, knop: str, inleiding: str = "") -> Blad:
    return Blad(titel, knop, rij.get_absolute_url(), rij.naam, inleiding)
