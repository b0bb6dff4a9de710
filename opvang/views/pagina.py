"""What a provider does with a location's public page: write, look, publish; photos and days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.domain.fouten import Weigering
from opvang.domain.fotos import MEESTE_FOTOS, beschrijf_foto, haal_foto_weg, plaats_foto
from opvang.domain.fotos import zet_vooraan as zet_foto_vooraan
from opvang.domain.pagina import (
    TekstIntussenGewijzigd,
    bewaar_teksten,
    standen_van,
    wordt_nagekeken,
    zet_op_pagina,
)
from opvang.domain.sluitingsdagen import haal_sluitingsdag_weg, sluit
from opvang.forms.pagina import AltForm, FotoForm, PaginaForm, SluitingsdagForm
from opvang.models import Locatiefoto, Opvanglocatie, Sluitingsdag
from opvang.models.pagina import WERKVERSIES
from opvang.permissions import Actie, eis
from opvang.views.mijn import mijn_locatie
from opvang.views.publiek import voorbeeld as toon_voorbeeld
from opvang.workflow import Fotostatus, Tekststatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

formulierpagina = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def paginas(request: HttpRequest) -> HttpResponse:
    """My locations, each with what there is to do on its page; with one, straight to it."""
    eis(request.user, Actie.AANBOD_OPENEN)
    locaties = list(
        Opvanglocatie.objects.van_aanbieder(request.user)
        .annotate(
            in_werk=Count(
                "paginateksten", filter=Q(paginateksten__status__in=WERKVERSIES), distinct=True
            ),
            terug=Count(
                "paginateksten",
                filter=Q(paginateksten__status=Tekststatus.TERUG),
                distinct=True,
            ),
            aantal_fotos=Count("fotos", distinct=True),
        )
        .order_by("naam", "pk")
    )
    if len(locaties) == 1:
        return redirect("aanbod:pagina", locaties[0].slug)
    return render(request, "opvang/pagina/paginas.html", {"locaties": locaties})


# Texts


@formulierpagina
def pagina(request: HttpRequest, slug: str) -> HttpResponse:
    """Write about the location by topic: keep it, look at it, or put it on the page at once."""
    locatie = mijn_locatie(request, slug, Actie.PAGINA_BEHEREN)
    standen = standen_van(locatie)
    form = PaginaForm(request.POST if request.method == "POST" else None, standen=standen)
    botst: list[str] = []
    if request.method == "POST" and form.is_valid():
        door = eis(request.user, Actie.PAGINA_BEHEREN, locatie)
        try:
            bewaar_teksten(locatie, form.teksten, gezien=form.gezien, door=door, nu=timezone.now())
        except TekstIntussenGewijzigd as nee:
            standen = standen_van(locatie)
            form = form.opnieuw(standen)
            form.is_valid()
            botst = [onderwerp.value for onderwerp in nee.onderwerpen]
            for onderwerp in nee.onderwerpen:
                form.add_error(
                    onderwerp.value,
                    _("Een collega wijzigde dit net. Kijk wat er nu staat en bewaar opnieuw."),
                )
        else:
            return _na_bewaren(request, locatie)
    return render(
        request,
        "opvang/pagina/pagina.html",
        {
            "locatie": locatie,
            "form": form,
            "botst": botst,
            "nakijken": wordt_nagekeken(locatie),
            "in_werk": any(stand.werk for stand in standen),
        },
        status=422 if form.errors else 200,
    )


def _na_bewaren(request: HttpRequest, locatie: Opvanglocatie) -> HttpResponse:
    if request.POST.get("doe") == "voorbeeld":
        return redirect("aanbod:voorbeeld", locatie.slug)
    if request.POST.get("doe") == "publiceer":
        return _publiceer(request, locatie)
    messages.success(request, _("Bewaard. Ouders zien dit nog niet."))
    return redirect("aanbod:pagina", locatie.slug)


@require_safe
@never_cache
def voorbeeld(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at the page as it would be."""
    locatie = mijn_locatie(request, slug, Actie.PAGINA_BEHEREN)
    return toon_voorbeeld(request, locatie, standen_van(locatie))


@require_POST
def publiceer(request: HttpRequest, slug: str) -> HttpResponse:
    """Put what was written on the page, or hand it to the loket."""
    return _publiceer(request, mijn_locatie(request, slug, Actie.PAGINA_BEHEREN))


def _publiceer(request: HttpRequest, locatie: Opvanglocatie) -> HttpResponse:
    door = eis(request.user, Actie.PAGINA_BEHEREN, locatie)
    try:
        gezet = zet_op_pagina(locatie, door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
        return redirect("aanbod:pagina", locatie.slug)
    if gezet.gepubliceerd:
        messages.success(
            request,
            ngettext(
                "%(aantal)s onderwerp staat op je pagina. Ouders zien het nu.",
                "%(aantal)s onderwerpen staan op je pagina. Ouders zien het nu.",
                gezet.gepubliceerd,
            )
            % {"aantal": gezet.gepubliceerd},
        )
    if gezet.wacht:
        messages.success(
            request,
            _("Het loket kijkt je tekst na. Tot dan zien ouders wat er nu op je pagina staat."),
        )
    if not (gezet.gepubliceerd or gezet.wacht):
        messages.info(request, _("Er was niets nieuws om op je pagina te zetten."))
    return redirect("aanbod:pagina", locatie.slug)


# Photos


@formulierpagina
def fotos(request: HttpRequest, slug: str) -> HttpResponse:
    """The photos of a location, and a new one."""
    locatie = mijn_locatie(request, slug, Actie.PAGINA_BEHEREN)
    form = FotoForm()
    if request.method == "POST":
        form = FotoForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                nieuw = plaats_foto(
                    locatie,
                    form.cleaned_data["bestand"],
                    alt=form.cleaned_data["alt"],
                    door=eis(request.user, Actie.PAGINA_BEHEREN, locatie),
                    nu=timezone.now(),
                )
            except Weigering as nee:
                form.add_error(None, str(nee))
            else:
                messages.success(
                    request,
                    _("De foto staat op je pagina.")
                    if nieuw.status == Fotostatus.GEPUBLICEERD
                    else _("Het loket kijkt de foto na. Daarna zien ouders ze."),
                )
                return redirect("aanbod:fotos", locatie.slug)
    rijen = list(locatie.fotos.all())
    return render(
        request,
        "opvang/pagina/fotos.html",
        {
            "locatie": locatie,
            "form": form,
            "fotos": rijen,
            "vol": len(rijen) >= MEESTE_FOTOS,
            "meeste": MEESTE_FOTOS,
            "nakijken": wordt_nagekeken(locatie),
        },
        status=422 if form.errors else 200,
    )


def _mijn_foto(request: HttpRequest, pk: int) -> Locatiefoto:
    eis(request.user, Actie.AANBOD_OPENEN)
    foto = get_object_or_404(
        Locatiefoto.objects.van_aanbieder(request.user).select_related("locatie"), pk=pk
    )
    eis(request.user, Actie.PAGINA_BEHEREN, foto.locatie)
    return foto


@formulierpagina
def foto(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is on a photo."""
    gevonden = _mijn_foto(request, pk)
    form = AltForm(initial={"alt": gevonden.alt, "versie": gevonden.versie})
    if request.method == "POST":
        form = AltForm(request.POST)
        if form.is_valid():
            try:
                beschrijf_foto(
                    gevonden,
                    alt=form.cleaned_data["alt"],
                    verwachte_versie=form.cleaned_data["versie"] or 0,
                    door=eis(request.user, Actie.PAGINA_BEHEREN, gevonden.locatie),
                    nu=timezone.now(),
                )
            except Weigering as nee:
                gevonden = _mijn_foto(request, pk)
                form = AltForm({"alt": request.POST.get("alt"), "versie": gevonden.versie})
                form.add_error(None, str(nee))
            else:
                messages.success(request, _("Bewaard."))
                return redirect("aanbod:fotos", gevonden.locatie.slug)
    return render(
        request,
        "opvang/pagina/foto.html",
        {
            "foto": gevonden,
            "locatie": gevonden.locatie,
            "form": form,
            "nakijken": wordt_nagekeken(gevonden.locatie),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def foto_vooraan(request: HttpRequest, pk: int) -> HttpResponse:
    """Make this photo the first."""
    gevonden = _mijn_foto(request, pk)
    door = eis(request.user, Actie.PAGINA_BEHEREN, gevonden.locatie)
    zet_foto_vooraan(gevonden, door=door, nu=timezone.now())
    messages.success(request, _("Deze foto staat nu vooraan."))
    return redirect("aanbod:fotos", gevonden.locatie.slug)


@require_POST
def foto_weg(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo away."""
    gevonden = _mijn_foto(request, pk)
    door = eis(request.user, Actie.PAGINA_BEHEREN, gevonden.locatie)
    locatie = gevonden.locatie
    haal_foto_weg(gevonden, door=door, nu=timezone.now())
    messages.success(request, _("De foto is weg."))
    return redirect("aanbod:fotos", locatie.slug)


# Closing days


@formulierpagina
def sluitingsdagen(request: HttpRequest, slug: str) -> HttpResponse:
    """The days on which a location is closed, and new ones."""
    locatie = mijn_locatie(request, slug, Actie.PAGINA_BEHEREN)
    alle = list(
        Opvanglocatie.objects.van_aanbieder(request.user).filter(organisator=locatie.organisator_id)
    )
    form = SluitingsdagForm(
        request.POST if request.method == "POST" else None, met_overal=len(alle) > 1
    )
    if request.method == "POST" and form.is_valid():
        try:
            nieuw = sluit(
                alle if form.cleaned_data.get("overal") else [locatie],
                vanaf=form.cleaned_data["vanaf"],
                tot=form.tot,
                reden=form.cleaned_data["reden"],
                door=eis(request.user, Actie.PAGINA_BEHEREN, locatie),
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request,
                ngettext(
                    "Dit staat nu op de pagina van je locatie.",
                    "Dit staat nu op de pagina van %(aantal)s locaties.",
                    len(nieuw),
                )
                % {"aantal": len(nieuw)},
            )
            return redirect("aanbod:sluitingsdagen", locatie.slug)
    vandaag = timezone.localdate()
    return render(
        request,
        "opvang/pagina/sluitingsdagen.html",
        {
            "locatie": locatie,
            "form": form,
            "dagen": locatie.sluitingsdagen.nog_niet_voorbij(vandaag),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def sluitingsdag_weg(request: HttpRequest, pk: int) -> HttpResponse:
    """Be open after all."""
    eis(request.user, Actie.AANBOD_OPENEN)
    dag = get_object_or_404(
        Sluitingsdag.objects.van_aanbieder(request.user).select_related("locatie"), pk=pk
    )
    door = eis(request.user, Actie.PAGINA_BEHEREN, dag.locatie)
    locatie = dag.locatie
    haal_sluitingsdag_weg(dag, door=door, nu=timezone.now())
    messages.success(request, _("Dit staat niet meer op je pagina."))
    return redirect("aanbod:sluitingsdagen", locatie.slug)
