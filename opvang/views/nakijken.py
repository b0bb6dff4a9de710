"""Staff look at texts and photos that locations want on their page, where the loket asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Min, Q
from django.db.models.functions import Least
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from loket.domain.fouten import Weigering
from loket.models import Gemeente, Rol
from opvang.domain.nakijken import keur_goed, stuur_terug
from opvang.forms.pagina import TerugForm
from opvang.models import Locatiefoto, Opvanglocatie, Paginatekst
from opvang.permissions import Actie, eis
from opvang.workflow import Fotostatus, Tekststatus

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PER_BLADZIJDE = 30
OPENBAAR = {Tekststatus.GEPUBLICEERD, Fotostatus.GEPUBLICEERD}


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """The locations with something to look at, the longest waiting first."""
    door = eis(request.user, Actie.PAGINAS_NAKIJKEN)
    tekst_wacht = Q(paginateksten__status=Tekststatus.WACHT)
    foto_wacht = Q(fotos__status=Fotostatus.WACHT)
    locaties: QuerySet[Any] = (
        Opvanglocatie.objects.filter(
            gemeente__in=Gemeente.objects.filter(lokets__in=door.lokets_als(Rol.LOKETMEDEWERKER))
        )
        .filter(tekst_wacht | foto_wacht)
        .annotate(
            teksten=Count("paginateksten", filter=tekst_wacht, distinct=True),
            aantal_fotos=Count("fotos", filter=foto_wacht, distinct=True),
            sinds=Least(
                Min("paginateksten__gewijzigd_op", filter=tekst_wacht),
                Min("fotos__geplaatst_op", filter=foto_wacht),
            ),
        )
        .order_by(F("sinds").asc(), "pk")
    )
    pagina = Paginator(locaties, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "opvang/nakijken/lijst.html", {"pagina": pagina})


@never_cache
@require_safe
def locatie(request: HttpRequest, slug: str) -> HttpResponse:
    """What one location wants to show: new beside old, with two answers."""
    return _toon(request, slug)


def _toon(
    request: HttpRequest, slug: str, *, form: TerugForm | None = None, over: str = ""
) -> HttpResponse:
    door = eis(request.user, Actie.PAGINAS_NAKIJKEN)
    gevonden = get_object_or_404(
        Opvanglocatie.objects.filter(
            gemeente__in=Gemeente.objects.filter(lokets__in=door.lokets_als(Rol.LOKETMEDEWERKER))
        ),
        slug=slug,
    )
    teksten = list(
        Paginatekst.objects.onder_ogen_van(door)
        .filter(locatie=gevonden)
        .select_related("geschreven_door")
    )
    fotos = Locatiefoto.objects.onder_ogen_van(door).filter(locatie=gevonden)
    publiek = {
        een.onderwerp: een.tekst for een in teksten if een.status == Tekststatus.GEPUBLICEERD
    }
    blokken: list[dict[str, Any]] = [
        *(
            {"soort": "tekst", "ding": een, "oud": publiek.get(een.onderwerp, "")}
            for een in teksten
        ),
        *({"soort": "foto", "ding": een} for een in fotos),
    ]
    for blok in blokken:
        sleutel = f"{blok['soort']}-{blok['ding'].pk}"
        blok["sleutel"] = sleutel
        blok["openbaar"] = blok["ding"].status in OPENBAAR
        blok["form"] = form if form and sleutel == over else TerugForm(auto_id=f"{sleutel}_%s")
    return render(
        request,
        "opvang/nakijken/locatie.html",
        {
            "locatie": gevonden,
            "wachtend": [blok for blok in blokken if not blok["openbaar"]],
            "openbaar": [blok for blok in blokken if blok["openbaar"]],
            "fout_form": form,
        },
        status=422 if form else 200,
    )


@require_POST
def tekst(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer about one text."""
    return _antwoord(request, Paginatekst.objects, pk, "tekst")


@require_POST
def foto(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer about one photo."""
    return _antwoord(request, Locatiefoto.objects, pk, "foto")


def _antwoord(request: HttpRequest, dingen: Any, pk: int, soort: str) -> HttpResponse:
    """Approve, or send back with a sentence; what changed meanwhile is shown again."""
    door = eis(request.user, Actie.PAGINAS_NAKIJKEN)
    ding = get_object_or_404(
        dingen.onder_ogen_van(door).select_related("locatie__organisator"), pk=pk
    )
    ruw = request.POST.get("versie", "")
    versie = int(ruw) if re.fullmatch(r"[0-9]{1,9}", ruw) else -1
    nu = timezone.now()
    try:
        if request.POST.get("doe") == "goed":
            keur_goed(ding, verwachte_versie=versie, door=door, nu=nu)
            messages.success(request, _("Dit staat nu op de pagina."))
        else:
            form = TerugForm(request.POST, auto_id=f"{soort}-{pk}_%s")
            if not form.is_valid():
                return _toon(request, ding.locatie.slug, form=form, over=f"{soort}-{pk}")
            stuur_terug(
                ding,
                verwachte_versie=versie,
                reden=form.cleaned_data["reden"],
                door=door,
                nu=nu,
            )
            messages.success(request, _("Teruggestuurd. De opvang krijgt een mail."))
    except Weigering as nee:
        messages.error(request, str(nee))
    return redirect("nakijken:locatie", ding.locatie.slug)
