"""Search, and choosing locations for a request: for anybody, without an account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Func
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from loket.models import Gemeente
from opvang.domain.schuiven import schuif
from opvang.domain.stand import Termijnen, Zicht, zicht_op
from opvang.domain.zoeken import Zoekresultaat, Zoekvraag, zoek
from opvang.forms import ZoekForm
from opvang.keuze import GEKOZEN, MEESTE_GEKOZEN, gekozen_locaties
from opvang.models import Opvanglocatie
from opvang.views.schuifkaarten import schuifkaarten
from opvang.weekrooster import Weekrooster
from opvang.workflow import Stand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

PER_BLADZIJDE = 20
#: Suggestions come after so many results: first what there is.
SCHUIF_NA = 3


@dataclass(frozen=True, slots=True)
class Kaart:
    """One result."""

    locatie: Opvanglocatie
    zicht: Zicht
    afstand: float | None
    gekozen: bool
    past_deels: bool


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
    kaarten = []
    for locatie in pagina:
        zicht = zicht_op(
            locatie.aanbod_nu,
            nu=nu,
            termijn=termijnen.van(locatie.gemeente_id),
            rooster_masker=vraag.rooster_masker,
        )
        kaarten.append(
            Kaart(
                locatie=locatie,
                zicht=zicht,
                afstand=locatie.afstand if resultaat.met_afstand else None,
                gekozen=locatie.pk in gekozen,
                past_deels=zicht.stand is Stand.VOL
                and bool(zicht.vrij & Weekrooster(vraag.rooster_masker or 0)),
            )
        )
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
            "aantal_gekozen": len(gekozen),
            "plaatsen": _plaatsen(),
        },
    )


def _titel(vraag: Zoekvraag, resultaat: Zoekresultaat, *, is_gevraagd: bool) -> str:
    gebied = vraag.gebied
    if not gebied.is_gevonden:
        return _("Niets gevonden voor “%(tekst)s”") % {"tekst": gebied.tekst}
    if not is_gevraagd:
        return _("Opvang zoeken")
    plekken = ngettext("%(aantal)s opvangplek", "%(aantal)s opvangplekken", resultaat.aantal)
    plekken %= {"aantal": resultaat.aantal}
    if gebied.plek is not None and vraag.straal_km is not None and gebied.plek.midden is not None:
        return _("%(plekken)s tot %(km)s km van %(plek)s") % {
            "plekken": plekken,
            "km": vraag.straal_km,
            "plek": gebied.plek.naam,
        }
    if gebied.plek is not None:
        return _("%(plekken)s in %(plek)s") % {"plekken": plekken, "plek": gebied.plek.naam}
    if gebied.tekst:
        return _("%(plekken)s voor “%(tekst)s”") % {"plekken": plekken, "tekst": gebied.tekst}
    return plekken


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
    return list(talen.distinct())


def _plaatsen() -> Sequence[str]:
    """The gemeenten with care, to complete what somebody types."""
    met_opvang = Opvanglocatie.objects.publiek().values("gemeente")
    return list(Gemeente.objects.filter(pk__in=met_opvang).values_list("naam", flat=True))


@login_not_required
@require_POST
def kies(request: HttpRequest) -> HttpResponse:
    """Put a location on the list for the request, or take it off again."""
    ruw = request.POST.get("locatie", "")
    pk = int(ruw) if re.fullmatch(r"[0-9]{1,18}", ruw) else 0
    locatie = get_object_or_404(Opvanglocatie.objects.publiek(), pk=pk)
    gekozen = [pk for pk in gekozen_locaties(request) if pk != locatie.pk]
    if request.POST.get("weg"):
        messages.info(request, _("%(naam)s staat niet meer bij je keuze.") % {"naam": locatie.naam})
    elif len(gekozen) >= MEESTE_GEKOZEN:
        messages.warning(
            request,
            _("Je koos al %(aantal)s plekken. Haal er eerst een weg.") % {"aantal": len(gekozen)},
        )
    else:
        gekozen.append(locatie.pk)
        messages.success(request, _("%(naam)s staat bij je keuze.") % {"naam": locatie.naam})
    request.session[GEKOZEN] = gekozen
    naar = request.POST.get("naar", "")
    veilig = url_has_allowed_host_and_scheme(naar, allowed_hosts=None) and naar.startswith("/")
    return HttpResponseRedirect(naar if veilig else locatie.get_absolute_url())
