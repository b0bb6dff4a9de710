"""Closings of locations: which there are, and a new one in three pages."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.noodplan.starten import start_noodplan, voorzie
from aanvragen.forms.noodplan import LocatieForm, SluitingForm
from aanvragen.models import Noodplan
from aanvragen.permissions_noodplan import Actie, eis, loket_voor, mag
from loket.models import Gebruiker, Rol
from opvang.models import Opvanglocatie, Sluiting

ONVERWERKBAAR = 422
#: So many locations of a search are shown; more words find fewer.
_MEESTE_TREFFERS = 20


@never_cache
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """List the closings of the own loket, the next first; the schepen only gets the figures."""
    gebruiker = eis(request.user, Actie.LIJST)
    plannen = (
        Noodplan.objects.zichtbaar_voor(gebruiker)
        .select_related("sluiting__locatie__gemeente", "loket")
        .order_by("-sluiting__vanaf", "-pk")
    )
    vandaag = timezone.localdate()
    return render(
        request,
        "balie/sluitingen/lijst.html",
        {
            "plannen": [(plan, mag(gebruiker, Actie.WERKEN, plan)) for plan in plannen],
            "vandaag": vandaag,
            "kan_melden": mag(gebruiker, Actie.ZOEKEN),
        },
    )


@never_cache
@require_safe
def zoeken(request: HttpRequest) -> HttpResponse:
    """Find the location that closes, in the own area; also one that parents can't find."""
    gebruiker = eis(request.user, Actie.ZOEKEN)
    form = LocatieForm(request.GET)
    zoek = form.cleaned_data["zoek"].strip() if form.is_valid() else ""
    treffers = _gevonden(gebruiker, zoek) if zoek else []
    return render(
        request,
        "balie/sluitingen/zoeken.html",
        {"form": form, "gezocht": zoek, "treffers": treffers},
    )


def _gevonden(gebruiker: Gebruiker, zoek: str) -> list[Opvanglocatie]:
    lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER)
    return list(
        Opvanglocatie.objects.filter(
            Q(naam__unaccent__icontains=zoek)
            | Q(plaats__unaccent__icontains=zoek)
            | Q(postcode=zoek),
            gemeente__lokets__in=lokets,
        )
        .distinct()
        .order_by("naam", "pk")[:_MEESTE_TREFFERS]
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def melden(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what was decided, show what would follow, and only then start the plan."""
    locatie = get_object_or_404(Opvanglocatie.objects.select_related("gemeente"), slug=slug)
    if not mag(request.user, Actie.MELDEN, locatie):
        raise Http404
    gebruiker = eis(request.user, Actie.MELDEN, locatie)
    loket = loket_voor(gebruiker, locatie)
    assert loket is not None
    form = SluitingForm(
        request.POST or None, initial={"onbekende_kinderen": 0, "dagen": 14, "straal_km": 10}
    )
    context = {
        "locatie": locatie,
        "form": form,
        "lopend": Sluiting.objects.nog_niet_voorbij(timezone.localdate())
        .filter(locatie=locatie)
        .select_related("noodplan"),
    }
    status = 200 if request.method != "POST" else ONVERWERKBAAR
    if request.method == "POST" and form.is_valid():
        if request.POST.get("zeker") != "ja":
            return _nakijken(request, form, locatie)
        try:
            plan = start_noodplan(
                locatie,
                form.sluiting(),
                form.plan(),
                loket=loket,
                door=gebruiker,
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request, _("Het noodplan is begonnen. Nog niemand kreeg een bericht van ons.")
            )
            return redirect("balie:noodplan", plan.pk)
    return render(request, "balie/sluitingen/melden.html", context, status=status)


def _nakijken(request: HttpRequest, form: SluitingForm, locatie: Opvanglocatie) -> HttpResponse:
    """Show what the closing would touch before anything is recorded."""
    gegevens = form.sluiting()
    sluiting = Sluiting(
        locatie=locatie, soort=gegevens.soort, vanaf=gegevens.vanaf, tot=gegevens.tot
    )
    return render(
        request,
        "balie/sluitingen/nakijken.html",
        {
            "locatie": locatie,
            "form": form,
            "sluiting": sluiting,
            "gevolgen": voorzie(locatie, sluiting),
            "plan": form.plan(),
            "verborgen": [(naam, request.POST.get(naam, "")) for naam in SluitingForm.namen],
        },
    )
