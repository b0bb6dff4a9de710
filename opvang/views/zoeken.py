"""Search, and choosing locations for a request: for anybody, without an account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Func
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from loket.models import Gemeente, Wijk
from opvang.domain.ligging import FIETS_KM_PER_UUR
from opvang.domain.schuiven import schuif
from opvang.domain.stand import Termijnen
from opvang.domain.zoeken import Zoekresultaat, Zoekvraag, zoek
from opvang.forms import ZoekForm
from opvang.keuze import GEKOZEN, MEESTE_GEKOZEN, gekozen_locaties
from opvang.models import Opvanglocatie
from opvang.views.plekkaarten import Kaart, maak_kaarten
from opvang.views.schuifkaarten import schuifkaarten
from opvang.workflow import Stand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

DAG = 24 * 3600
PER_BLADZIJDE = 20
#: Suggestions come after so many results: first what there is.
SCHUIF_NA = 3


@login_not_required
@require_safe
def zoeken(request: HttpRequest) -> HttpResponse:
    """Search without an account; what was filled in wrongly is told and left out."""
    nu = timezone.now()
    form = ZoekForm(request.GET, talen=_talen())
    form.is_valid()
    vraag = form.vraag()
    termijnen = Termijnen.lees()
    resultaat = zoek(vraag, termijnen=termijnen, nu=nu)
    bladzijden = _Bladzijden(resultaat)
    pagina = bladzijden.get_page(request.GET.get("pagina"))
    gekozen = gekozen_locaties(request)
    kaarten = maak_kaarten(
        pagina,
        vraag,
        termijnen=termijnen,
        nu=nu,
        gekozen=gekozen,
        met_afstand=resultaat.met_afstand,
        vanaf_nummer=pagina.start_index() or 1,
    )
    landkaart = _landkaart(kaarten)
    schuiven = []
    if pagina.number == 1:
        open_na = schuif(vraag, resultaat.per_stand, termijnen=termijnen, nu=nu)
        schuiven = schuifkaarten(request, vraag, open_na)
    return render(
        request,
        "opvang/zoeken.html",
        {
            "schuiven": schuiven,
            "schuif_na": min(len(kaarten), SCHUIF_NA),
            "titel": _titel(vraag, resultaat, is_gevraagd=bool(request.GET)),
            "form": form,
            "vraag": vraag,
            "vandaag": timezone.localdate(nu),
            "resultaat": resultaat,
            "vrij_nu": resultaat.per_stand[Stand.VRIJ],
            "pagina": pagina,
            "kaarten": kaarten,
            "landkaart": landkaart,
            "zonder_punt": len(kaarten) - len(landkaart["punten"]),
            "fiets_km_per_uur": FIETS_KM_PER_UUR,
            "zoekvelden": _zoekvelden(request),
            "aantal_gekozen": len(gekozen),
            "plaatsen": _plaatsen(),
        },
    )


def _zoekvelden(request: HttpRequest) -> list[tuple[str, str]]:
    """Give the search as it stands in the address, to carry along to the comparison."""
    return [
        (naam, waarde)
        for naam, waarden in request.GET.lists()
        for waarde in waarden
        if naam in ZoekForm.base_fields or naam.startswith("vanaf_")
    ]


def _landkaart(kaarten: Sequence[Kaart]) -> dict[str, Any]:
    """Give the map the cards of this page, in their order, and where to find the outlines."""
    punten = [punt for kaart in kaarten if (punt := kaart.op_de_landkaart())]
    gemeenten = sorted({kaart.locatie.gemeente.nis for kaart in kaarten})
    return {
        "punten": punten,
        "gebieden": [reverse("opvang:gebieden", args=[nis]) for nis in gemeenten],
        "tegels": settings.KAART_TEGELS_URL,
        "bron": settings.KAART_TEGELS_BRON,
    }


def _titel(vraag: Zoekvraag, resultaat: Zoekresultaat, *, is_gevraagd: bool) -> str:
    gebied = vraag.gebied
    if not gebied.is_gevonden:
        return _("Niets gevonden voor “%(tekst)s”") % {"tekst": gebied.tekst}
    if not is_gevraagd:
        return _("Opvang zoeken")
    plekken = ngettext("%(aantal)s opvangplek", "%(aantal)s opvangplekken", resultaat.aantal)
    delen = {
        "plekken": plekken % {"aantal": resultaat.aantal},
        "km": vraag.straal_km,
        "plek": gebied.plek.naam if gebied.plek else "",
        "tekst": gebied.tekst,
    }
    if vraag.midden is not None and vraag.straal_km is not None:
        vorm = (
            _("%(plekken)s tot %(km)s km van jou")
            if vraag.punt
            else _("%(plekken)s tot %(km)s km van %(plek)s")
        )
    elif vraag.punt is not None:
        vorm = _("%(plekken)s, van dichtbij naar ver")
    elif gebied.plek is not None:
        vorm = _("%(plekken)s in %(plek)s")
    else:
        vorm = _("%(plekken)s voor “%(tekst)s”") if gebied.tekst else "%(plekken)s"
    return vorm % delen


class _Bladzijden(Paginator[Any]):
    """Pages of a search that has counted already."""

    def __init__(self, resultaat: Zoekresultaat) -> None:
        super().__init__(resultaat.locaties, PER_BLADZIJDE)
        self._aantal = resultaat.aantal

    @cached_property
    def count(self) -> int:
        return self._aantal


def _talen() -> Sequence[str]:
    """The languages that are spoken somewhere."""
    talen = Opvanglocatie.objects.publiek().values_list(Func("talen", function="unnest"), flat=True)
    return list(talen.order_by().distinct())


def _plaatsen() -> Sequence[str]:
    """The gemeenten with care, to complete what somebody types."""
    met_opvang = Opvanglocatie.objects.publiek().values("gemeente")
    return list(Gemeente.objects.filter(pk__in=met_opvang).values_list("naam", flat=True))


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAG)
def gebieden(_request: HttpRequest, nis: str) -> JsonResponse:
    """Give the outlines of the parts of a gemeente, as GeoJSON: the base of the map."""
    wijken = Wijk.objects.filter(gemeente__nis=nis).exclude(omtrek=None)
    delen = [wijk for wijk in wijken if wijk.soort == Wijk.Soort.DEELGEMEENTE] or list(wijken)
    features = [
        {"type": "Feature", "properties": {"naam": wijk.naam}, "geometry": wijk.omtrek}
        for wijk in delen
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@login_not_required
@require_POST
def kies(request: HttpRequest) -> HttpResponse:
    """Put a location on the list for the request, or take it off again."""
    ruw = request.POST.get("locatie", "")
    pk = int(ruw) if re.fullmatch(r"[0-9]{1,18}", ruw) else 0
    locatie = get_object_or_404(Opvanglocatie.objects.publiek(), pk=pk)
    gekozen = [pk for pk in gekozen_locaties(request) if pk != locatie.pk]
    if request.POST.get("weg"):
        messages.info(request, _("%(naam)s staat niet meer op je lijst.") % {"naam": locatie.naam})
    elif len(gekozen) >= MEESTE_GEKOZEN:
        messages.warning(
            request,
            _("Je koos al %(aantal)s plekken. Haal er eerst een weg.") % {"aantal": len(gekozen)},
        )
    else:
        gekozen.append(locatie.pk)
        messages.success(request, _("%(naam)s staat op je lijst.") % {"naam": locatie.naam})
    request.session[GEKOZEN] = gekozen
    naar = request.POST.get("naar", "")
    veilig = url_has_allowed_host_and_scheme(naar, allowed_hosts=None) and naar.startswith("/")
    return HttpResponseRedirect(naar if veilig else locatie.get_absolute_url())
