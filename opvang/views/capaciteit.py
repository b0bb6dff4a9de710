"""Places over time: what is licensed, what is open, and what the ratios will change.

The provider sees and plans its own locations, staff those of their area.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.domain.fouten import Weigering
from loket.models import Gebruiker, Gemeente, Rol
from opvang.domain.capaciteit import tel_gevolg, tel_samen, wissel_bij
from opvang.domain.capaciteit_lezen import Plaatsenbeeld, beeld_van, lees_plaatsen
from opvang.domain.plaatsen_plannen import plan_open_plaatsen
from opvang.forms.plaatsen import OpenPlaatsenForm
from opvang.models import Opvanglocatie, Vergunning
from opvang.permissions import Actie, eis
from opvang.views.mijn import mijn_locatie
from opvang.workflow import Opvangvorm

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

    from opvang.querysets import OpvanglocatieQuerySet

PER_BLADZIJDE = 25


@dataclass(frozen=True, slots=True)
class Lijst:
    """A selection of the staff list, with its number."""

    code: str
    naam: str
    aantal: int


# The provider


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Show my locations; one goes to its own page at once."""
    eis(request.user, Actie.AANBOD_OPENEN)
    vandaag = timezone.localdate()
    beelden = lees_plaatsen(
        Opvanglocatie.objects.van_aanbieder(request.user).order_by("naam", "pk"), peildatum=vandaag
    )
    if len(beelden) == 1:
        return redirect("aanbod:plaatsen", beelden[0].locatie.slug)
    pagina = Paginator(beelden, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "opvang/capaciteit/mijn_locaties.html",
        {"pagina": pagina, "totaal": tel_samen(beeld.telling for beeld in beelden)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plaatsen(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and plan the places of a location of mine; somebody else's does not exist for me."""
    locatie = mijn_locatie(request, slug, Actie.PLAATSEN_PLANNEN)
    door = eis(request.user, Actie.PLAATSEN_PLANNEN, locatie)
    return _plaatsen(
        request,
        locatie,
        door=door,
        sjabloon="opvang/capaciteit/plaatsen.html",
        zelf=reverse("aanbod:plaatsen", args=[slug]),
    )


# Staff


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Show the locations of the area: their places, and what the next change means for them all."""
    gebruiker = eis(request.user, Actie.CAPACITEIT_BEHEREN)
    vandaag = timezone.localdate()
    alle = lees_plaatsen(_in_mijn_gebied(gebruiker).order_by("naam", "pk"), peildatum=vandaag)
    beelden = [beeld for beeld in alle if beeld.nu or beeld.komend]
    keuzes = {
        "": beelden,
        "minder": [b for b in beelden if b.verandering and b.verandering.minder],
        "begeleiders": [b for b in beelden if b.verandering and b.verandering.extra_begeleiders],
        "zonder": [beeld for beeld in alle if not (beeld.nu or beeld.komend)],
    }
    namen = {
        "": _("Alles"),
        "minder": _("Minder plaatsen"),
        "begeleiders": _("Meer begeleiders"),
        "zonder": _("Geen vergunning gekend"),
    }
    code = request.GET.get("lijst", "")
    gekozen = keuzes.get(code, beelden)
    wissel = wissel_bij(vandaag)
    return render(
        request,
        "opvang/capaciteit/lijst.html",
        {
            "lijst": code if code in keuzes else "",
            "lijsten": [Lijst(code, namen[code], len(rijen)) for code, rijen in keuzes.items()],
            "pagina": Paginator(gekozen, PER_BLADZIJDE).get_page(request.GET.get("pagina")),
            "totaal": tel_samen(beeld.telling for beeld in alle),
            "gevolg": tel_gevolg([b.verandering for b in alle if b.verandering]),
            "wissel": wissel[1] if wissel else None,
            "vandaag": vandaag,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def locatie(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and plan the places of a location of my area, for a provider who asked for it."""
    gebruiker = eis(request.user, Actie.CAPACITEIT_BEHEREN)
    gevonden = get_object_or_404(_in_mijn_gebied(gebruiker), slug=slug)
    return _plaatsen(
        request,
        gevonden,
        door=gebruiker,
        sjabloon="opvang/capaciteit/locatie.html",
        zelf=reverse("capaciteit:locatie", args=[slug]),
    )


def _in_mijn_gebied(gebruiker: Gebruiker) -> OpvanglocatieQuerySet:
    lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.BEHEERDER)
    return Opvanglocatie.objects.filter(gemeente__in=Gemeente.objects.filter(lokets__in=lokets))


# Both


def _plaatsen(
    request: HttpRequest, locatie: Opvanglocatie, *, door: Gebruiker, sjabloon: str, zelf: str
) -> HttpResponse:
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    vergunningen = list(locatie.vergunningen.order_by("vanaf").prefetch_related("leeftijdsgroepen"))
    beeld = beeld_van(locatie, vergunningen, peildatum=vandaag)
    form = OpenPlaatsenForm(
        request.POST if request.method == "POST" else None, initial=_voorstel(beeld, vandaag)
    )
    if request.method == "POST" and form.is_valid():
        try:
            rij = plan_open_plaatsen(
                locatie,
                vanaf=form.cleaned_data["vanaf"],
                plaatsen=form.cleaned_data["plaatsen"],
                door=door,
                nu=nu,
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request,
                _("Bewaard: vanaf %(dag)s zijn er %(aantal)s plaatsen open.")
                % {"dag": date_format(rij.vanaf, "j F Y"), "aantal": rij.operationele_plaatsen},
            )
            return redirect(zelf)
    return render(
        request,
        sjabloon,
        {
            "form": form,
            "locatie": locatie,
            "beeld": beeld,
            "vergunningen": [_regel(rij, vandaag) for rij in reversed(vergunningen)],
            "is_gezin": locatie.opvangvorm == Opvangvorm.GEZIN,
        },
        status=422 if form.errors else 200,
    )


@dataclass(frozen=True, slots=True)
class Vergunningsregel:
    """A licence as the page shows it; `wanneer` is nu, komend or voorbij."""

    vergunning: Vergunning
    wanneer: str


def _regel(rij: Vergunning, vandaag: dt.date) -> Vergunningsregel:
    if rij.vanaf > vandaag:
        return Vergunningsregel(rij, "komend")
    return Vergunningsregel(rij, "voorbij" if rij.tot and rij.tot <= vandaag else "nu")


def _voorstel(beeld: Plaatsenbeeld, vandaag: dt.date) -> dict[str, object]:
    """Fill in what the law asks for, where it asks something; else what is open now."""
    if beeld.verandering is not None and beeld.verandering.minder:
        return {
            "vanaf": max(beeld.verandering.op, vandaag),
            "plaatsen": beeld.verandering.tegelijk_straks,
        }
    return {"vanaf": vandaag, "plaatsen": beeld.nu.operationele_plaatsen if beeld.nu else None}
