"""One period with free places: announce it, change it, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loket.domain.fouten import IntussenGewijzigd, Weigering
from opvang.domain.vrije_plaatsen import haal_periode_weg, meld_vrij, wijzig_periode
from opvang.forms import NieuwePeriodeForm, PeriodeForm, begin_van
from opvang.permissions import Actie, eis
from opvang.views.aanbod import toon_locatie
from opvang.views.aanbod_beeld import in_cijfers, lees_toestand
from opvang.views.mijn import adres_van, lees_nummer, mijn_locatie, mijn_periode

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce free places for a period."""
    locatie = mijn_locatie(request, slug)
    form = NieuwePeriodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            aanbod = meld_vrij(
                locatie,
                form.gegevens(),
                door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, locatie),
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("De nieuwe periode staat erbij."))
            return redirect(f"{adres_van(locatie)}#periode-{aanbod.pk}")
    return render(
        request,
        "opvang/aanbod/periode.html",
        {"form": form, "locatie": locatie},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the dates, ages or kind of a period."""
    aanbod = mijn_periode(request, pk)
    form = PeriodeForm(request.POST) if request.method == "POST" else PeriodeForm.van(aanbod)
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_periode(
                aanbod,
                form.gegevens(),
                verwachte_versie=form.cleaned_data["versie"],
                gezien_vrij=form.gezien,
                door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, aanbod),
                nu=timezone.now(),
            )
        except IntussenGewijzigd:
            nieuw = mijn_periode(request, pk)
            typte = request.POST.copy()
            typte.update({naam: str(begin_van(nieuw)[naam]) for naam in ("versie", "was")})
            form = PeriodeForm(typte)
            form.add_error(
                None,
                _(
                    "Iemand anders wijzigde deze periode net. Nu staat er: %(week)s. "
                    "Wat jij invulde staat hieronder. Klopt het? Bewaar dan opnieuw."
                )
                % {"week": in_cijfers(nieuw)},
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Bewaard. Ouders zien dit nu."))
            return redirect(f"{adres_van(aanbod.locatie)}#periode-{pk}")
    return render(
        request,
        "opvang/aanbod/periode.html",
        {"form": form, "locatie": aanbod.locatie, "aanbod": aanbod},
        status=422 if form.errors else 200,
    )


@require_POST
def weg(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a period back."""
    aanbod = mijn_periode(request, pk)
    try:
        haal_periode_weg(
            aanbod,
            verwachte_versie=lees_nummer(request.POST.get("versie", "")),
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, aanbod),
            nu=timezone.now(),
        )
    except IntussenGewijzigd as nee:
        return toon_locatie(request, lees_toestand(aanbod.locatie), fout=str(nee), status=422)
    messages.success(request, _("De periode is weg. Ouders zien ze niet meer."))
    return redirect(adres_van(aanbod.locatie))
