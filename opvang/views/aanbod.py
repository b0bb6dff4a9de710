"""What a provider does with its vacancies: look, confirm with one tap, change, undo, announce."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from loket.domain.fouten import IntussenGewijzigd, Weigering
from opvang.domain.geschiedenis import geschiedenis_van, vertel
from opvang.domain.overnemen import bron_van, neem_over, volgende
from opvang.domain.terugdraaien import maak_ongedaan, terug_te_draaien
from opvang.domain.vrije_plaatsen import bevestig_ongewijzigd, pas_rooster_aan
from opvang.forms import VrijForm, deel_van, is_stap
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.permissions import Actie, eis
from opvang.views.aanbod_beeld import (
    Botsing,
    Toestand,
    gezien_van,
    lees_gezien,
    lees_toestand,
    lees_toestanden,
    verzoen,
)
from opvang.views.mijn import adres_van, lees_nummer, mijn_locatie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

PER_BLADZIJDE = 20


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """All my locations; with one, at once what can be done there."""
    eis(request.user, Actie.AANBOD_OPENEN)
    return _toon_overzicht(request)


def _toon_overzicht(request: HttpRequest, *, fout: str = "", status: int = 200) -> HttpResponse:
    toestanden = lees_toestanden(request.user)
    if len(toestanden) == 1:
        return toon_locatie(request, toestanden[0], fout=fout, status=status)
    alle = [rij for toestand in toestanden for rij in toestand.periodes]
    pagina = Paginator(toestanden, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "opvang/aanbod/overzicht.html",
        {"pagina": pagina, "gezien": gezien_van(alle), "aantal": len(alle), "fout": fout},
        status=status,
    )


@require_safe
def locatie(request: HttpRequest, slug: str) -> HttpResponse:
    """One location with its periods x days."""
    return toon_locatie(request, lees_toestand(mijn_locatie(request, slug)))


def toon_locatie(
    request: HttpRequest,
    toestand: Toestand,
    *,
    formulieren: Mapping[int, VrijForm] | None = None,
    botsingen: Sequence[Botsing] = (),
    fout: str = "",
    status: int = 200,
) -> HttpResponse:
    nu = timezone.now()
    plek = toestand.locatie
    wijziging = terug_te_draaien(plek, {rij.pk: rij for rij in toestand.periodes}, nu=nu)
    # After the last day of the month nothing runs any more: then go on from what ended.
    # (Not by the location's own relation: that may hold only what runs.)
    bron = bron_van(toestand.periodes) or bron_van(
        Plaatsaanbod.objects.filter(locatie=plek).order_by("-vanaf", "-pk")[:9]
    )
    return render(
        request,
        "opvang/aanbod/locatie.html",
        {
            "toestand": toestand,
            "locatie": plek,
            "blokken": toestand.blokken(formulieren or {}),
            "fout": fout,
            "fouten": [
                {"tekst": tekst, "anker": veld.id_for_label}
                for form in (formulieren or {}).values()
                for veld in form
                for tekst in veld.errors
            ],
            "botsingen": botsingen,
            "wijziging": wijziging if wijziging and wijziging.door == request.user else None,
            "bron": bron,
            "volgende": bron and volgende(bron, vandaag=timezone.localdate(nu)),
        },
        status=status,
    )


@require_POST
def bewaar(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the numbers that changed: as typed, or one more or less where a button was pressed."""
    plek = mijn_locatie(request, slug)
    toestand = lees_toestand(plek)
    alle = {rij.pk: VrijForm(request.POST, **deel_van(rij.pk)) for rij in toestand.periodes}
    gepost = {pk: form for pk, form in alle.items() if form.is_gepost}
    # Every form is checked, so that all that is wrong is told at once.
    if not gepost or not all([form.is_valid() for form in gepost.values()]):  # noqa: C419 -- idem
        fout = "" if gepost else _("Er kwamen geen aantallen mee. Kijk even wat er nu staat.")
        return toon_locatie(request, toestand, formulieren=gepost, fout=fout, status=422)
    anders = {pk: form for pk, form in gepost.items() if form.is_anders}
    try:
        pas_rooster_aan(
            plek,
            {pk: form.regel() for pk, form in anders.items()},
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, plek),
            nu=timezone.now(),
        )
    except IntussenGewijzigd:
        toestand = lees_toestand(plek)
        botsingen, verder = verzoen(toestand.periodes, gepost)
        fout = "" if botsingen else _("Een periode is intussen weggehaald. Kijk wat er nu staat.")
        return toon_locatie(
            request, toestand, formulieren=verder, botsingen=botsingen, fout=fout, status=422
        )
    if sum(naam.endswith("-versie") for naam in request.POST) > len(gepost):
        messages.warning(request, _("Een periode op je pagina is intussen weggehaald."))
    if not anders:
        messages.info(request, _("Je veranderde niets. Klopt alles nog? Tik dan op de knop."))
    elif not is_stap(request.POST):
        messages.success(request, _("Bewaard. Ouders zien dit nu."))
    return redirect(f"{adres_van(plek)}#rooster")


@require_POST
def bevestig(request: HttpRequest, slug: str) -> HttpResponse:
    """Say with one tap that all of it still holds."""
    plek = mijn_locatie(request, slug)
    try:
        aantal = bevestig_ongewijzigd(
            plek,
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, plek),
            nu=timezone.now(),
            gezien=lees_gezien(request.POST.get("gezien", "")),
        )
    except IntussenGewijzigd:
        fout = _("Iemand wijzigde net je vrije plaatsen. Kijk even of het nog klopt.")
        return toon_locatie(request, lees_toestand(plek), fout=fout, status=422)
    messages.success(
        request,
        ngettext(
            "Bedankt. %(aantal)s periode van %(naam)s is bevestigd.",
            "Bedankt. %(aantal)s periodes van %(naam)s zijn bevestigd.",
            aantal,
        )
        % {"aantal": aantal, "naam": plek.naam},
    )
    return redirect("aanbod:overzicht" if request.POST.get("terug") else adres_van(plek))


@require_POST
def bevestig_alles(request: HttpRequest) -> HttpResponse:
    """Say with one tap that all of it still holds, at all my locations."""
    gebruiker = eis(request.user, Actie.AANBOD_OPENEN)
    gezien = lees_gezien(request.POST.get("gezien", ""))
    plekken = list(
        Opvanglocatie.objects.van_aanbieder(gebruiker)
        .filter(plaatsaanbod__in=gezien)
        .distinct()
        .order_by("pk")
    )
    for plek in plekken:
        eis(gebruiker, Actie.VRIJE_PLAATSEN_WIJZIGEN, plek)
    try:
        if not plekken:
            raise IntussenGewijzigd  # noqa: TRY301 -- the page of somebody whose periods are gone
        aantal = bevestig_ongewijzigd(*plekken, door=gebruiker, nu=timezone.now(), gezien=gezien)
    except IntussenGewijzigd:
        fout = _("Iemand wijzigde net je vrije plaatsen. Er is nog niets bevestigd. Kijk even na.")
        return _toon_overzicht(request, fout=fout, status=422)
    messages.success(
        request,
        ngettext(
            "Bedankt. %(aantal)s periode is bevestigd.",
            "Bedankt. %(aantal)s periodes zijn bevestigd.",
            aantal,
        )
        % {"aantal": aantal},
    )
    return redirect("aanbod:overzicht")


@require_POST
def ongedaan(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo the last change."""
    plek = mijn_locatie(request, slug)
    try:
        maak_ongedaan(
            plek,
            nummer=lees_nummer(request.POST.get("nummer", "")),
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, plek),
            nu=timezone.now(),
        )
    except IntussenGewijzigd:
        fout = _("Er is intussen iets veranderd. Terugdraaien kan niet meer. Dit staat er nu.")
        return toon_locatie(request, lees_toestand(plek), fout=fout, status=422)
    except Weigering as nee:
        return toon_locatie(request, lees_toestand(plek), fout=str(nee), status=422)
    messages.success(request, _("Teruggedraaid. Alles staat weer zoals voor je wijziging."))
    return redirect(adres_van(plek))


@require_POST
def overnemen(request: HttpRequest, slug: str) -> HttpResponse:
    """Copy the figures of the last period to the next one."""
    plek = mijn_locatie(request, slug)
    bron = get_object_or_404(plek.plaatsaanbod, pk=lees_nummer(request.POST.get("bron", "")))
    try:
        aanbod = neem_over(
            bron,
            verwachte_versie=lees_nummer(request.POST.get("versie", "")),
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, plek),
            nu=timezone.now(),
        )
    except Weigering as nee:
        return toon_locatie(request, lees_toestand(plek), fout=str(nee), status=422)
    messages.success(request, _("De cijfers zijn overgenomen. Pas aan wat anders is."))
    return redirect(f"{adres_van(plek)}#periode-{aanbod.pk}")


@require_safe
def geschiedenis(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed at this location, and by whom."""
    plek = mijn_locatie(request, slug)
    pagina = Paginator(geschiedenis_van(plek), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    regels = [vertel(gebeurtenis) for gebeurtenis in pagina]
    return render(
        request,
        "opvang/aanbod/geschiedenis.html",
        {"locatie": plek, "pagina": pagina, "regels": regels},
    )
