"""Free places for those who live in Excel: the list out, the list in, with a look in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opvang.domain.csvlezer import Bestandsfout
from opvang.domain.geschiedenis import cijfers
from opvang.domain.rekenblad import als_csv, als_xlsx, uitleg_zinnen
from opvang.domain.rekenblad_invoeren import Bladfouten, voer_in
from opvang.domain.rekenblad_keuren import Celfout, Keuring, Wat, keur_rijen
from opvang.domain.rekenblad_lezen import MEESTE_BYTES, Rij, lees, naar_json, uit_json
from opvang.forms import RekenbladForm
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.permissions import Actie, eis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from loket.models import Gebruiker

_ZOUT = "opvang.rekenblad"
#: So long a preview may lie open.
GELDIG_SECONDEN = 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _mijn_locaties(request: HttpRequest) -> tuple[Gebruiker, list[Opvanglocatie]]:
    gebruiker = eis(request.user, Actie.AANBOD_OPENEN)
    periodes = Plaatsaanbod.objects.nog_niet_voorbij(timezone.localdate())
    locaties = list(
        Opvanglocatie.objects.van_aanbieder(gebruiker)
        .order_by("naam", "pk")
        .prefetch_related(Prefetch("plaatsaanbod", queryset=periodes))
    )
    return gebruiker, locaties


@require_http_methods(["GET", "HEAD", "POST"])
def rekenblad(request: HttpRequest) -> HttpResponse:
    """Offer the list; check one that comes back and show what it would change."""
    gebruiker, locaties = _mijn_locaties(request)
    if request.method != "POST":
        return _toon(request, RekenbladForm())
    form = RekenbladForm(request.POST, request.FILES)
    if not form.is_valid():
        return _toon(request, form, status=422)
    bestand = form.cleaned_data["bestand"]
    try:
        rijen = lees(bestand.read(MEESTE_BYTES + 1))
    except Bestandsfout as fout:
        form.add_error("bestand", str(fout))
        return _toon(request, form, status=422)
    keuring = _keur(rijen, locaties)
    if keuring.fouten:
        return _toon_fouten(request, keuring.fouten)
    pakje = signing.dumps([gebruiker.pk, naar_json(rijen)], salt=_ZOUT, compress=True)
    return render(
        request,
        "opvang/aanbod/rekenblad_voorbeeld.html",
        {"keuring": keuring, "groepen": _groepen(keuring), "pakje": pakje},
    )


def _keur(rijen: Sequence[Rij], locaties: Sequence[Opvanglocatie]) -> Keuring:
    aanbod = Plaatsaanbod.objects.filter(locatie__in=[locatie.pk for locatie in locaties])
    return keur_rijen(rijen, locaties, list(aanbod))


def _groepen(keuring: Keuring) -> list[tuple[str, list[dict[str, Any]]]]:
    """What would change, told in the order in which it matters."""
    titels = {
        Wat.WEG: _("Gaat weg"),
        Wat.ANDERS: _("Verandert"),
        Wat.NIEUW: _("Nieuw"),
    }
    return [
        (
            titel,
            [
                {
                    "locatie": een.locatie,
                    "periode": een.gegevens,
                    "was": een.aanbod,
                    "cijfers": cijfers(een.gegevens.vrij),
                    "eerst": cijfers(een.aanbod.vrij) if een.aanbod else "",
                }
                for een in keuring.van(wat)
            ],
        )
        for wat, titel in titels.items()
        if keuring.van(wat)
    ]


def _toon(request: HttpRequest, form: RekenbladForm, *, status: int = 200) -> HttpResponse:
    return render(
        request,
        "opvang/aanbod/rekenblad.html",
        {"form": form, "uitleg": uitleg_zinnen()[1:]},
        status=status,
    )


def _toon_fouten(request: HttpRequest, fouten: Sequence[Celfout]) -> HttpResponse:
    context = {"form": RekenbladForm(), "fouten": fouten, "uitleg": uitleg_zinnen()[1:]}
    return render(request, "opvang/aanbod/rekenblad.html", context, status=422)


@require_POST
def voer_rekenblad_in(request: HttpRequest) -> HttpResponse:
    """Write what the preview showed, if it can still be."""
    gebruiker, locaties = _mijn_locaties(request)
    try:
        wie, ruw = signing.loads(request.POST.get("pakje", ""), salt=_ZOUT, max_age=GELDIG_SECONDEN)
    except signing.BadSignature:
        wie, ruw = None, []
    if wie != gebruiker.pk:
        messages.warning(request, _("Dat duurde te lang. Laad je lijst nog eens op."))
        return redirect("aanbod:rekenblad")
    keuring = _keur(uit_json(ruw), locaties)
    if keuring.fouten:
        return _toon_fouten(request, keuring.fouten)
    for locatie in {een.locatie for een in keuring.veranderingen}:
        eis(gebruiker, Actie.VRIJE_PLAATSEN_WIJZIGEN, locatie)
    try:
        aantal = voer_in(keuring.veranderingen, door=gebruiker, nu=timezone.now())
    except Bladfouten as nee:
        return _toon_fouten(request, nee.fouten)
    messages.success(
        request,
        ngettext(
            "Ingevoerd: %(aantal)s periode. Ouders zien dit nu.",
            "Ingevoerd: %(aantal)s periodes. Ouders zien dit nu.",
            aantal,
        )
        % {"aantal": aantal},
    )
    return redirect("aanbod:overzicht")


@require_safe
def als_bestand(request: HttpRequest, soort: str) -> HttpResponse:
    """Download all my periods."""
    _gebruiker, locaties = _mijn_locaties(request)
    if soort == "xlsx":
        antwoord = HttpResponse(als_xlsx(locaties), content_type=XLSX)
    else:
        antwoord = HttpResponse(als_csv(locaties), content_type="text/csv; charset=utf-8")
    naam = f"vrije-plaatsen-{timezone.localdate():%Y-%m-%d}.{soort}"
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord
