"""What everybody may see: search, a location's page, and choosing locations for a request."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.models import Gemeente, Loket
from opvang.domain.schuiven import Schuif, schuif
from opvang.domain.stand import Termijnen, Zicht, zicht_op
from opvang.domain.zoeken import Zoekresultaat, Zoekvraag, vind_gebied, zoek
from opvang.forms import ZoekForm
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import DAGEN, Weekrooster, masker_van_vrij
from opvang.workflow import Aanbodsoort, Ruimer, Stand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

PER_BLADZIJDE = 20
#: Suggestions come after so many results: first what there is.
SCHUIF_NA = 3
#: The session key that the request wizard reads: ids of locations, in order of choice.
GEKOZEN = "gekozen_locaties"
MEESTE_GEKOZEN = 50
#: The official register of licensed care, with the inspection reports (Opgroeien).
KINDEROPVANGZOEKER = "https://www.kinderopvangzoeker.be"


@dataclass(frozen=True, slots=True)
class Kaart:
    """One result."""

    locatie: Opvanglocatie
    zicht: Zicht
    afstand: float | None
    gekozen: bool
    past_deels: bool


@dataclass(frozen=True, slots=True)
class Schuifkaart:
    """A suggestion in words, and the search that it is."""

    erbij: int
    tekst: str
    uitleg: str
    url: str


@login_not_required
@require_safe
def zoeken(request: HttpRequest) -> HttpResponse:
    """Search without an account; what was filled in wrongly is told and left out."""
    nu = timezone.now()
    form = ZoekForm(request.GET)
    form.is_valid()
    vraag = _vraag(form.cleaned_data)
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
        schuiven = [
            _schuifkaart(request, een)
            for een in schuif(vraag, resultaat.per_stand, termijnen=termijnen, nu=nu)
        ]
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


def _vraag(schoon: Mapping[str, object]) -> Zoekvraag:
    ook = _lijst(schoon.get("ook"))
    ver, vanaf = schoon.get("ver"), schoon.get("vanaf")
    dagen = schoon.get("dagen")
    return Zoekvraag(
        gebied=vind_gebied(str(schoon.get("waar") or "")),
        straal_km=ver if isinstance(ver, int) else None,
        start=vanaf if isinstance(vanaf, dt.date) else None,
        rooster_masker=dagen if isinstance(dagen, int) and dagen else None,
        vormen=_lijst(schoon.get("soort")),
        inkomenstarief="inkomen" in ook,
        inclusief="zorg" in ook,
        ruimere_uren=tuple(code for code in ook if code in Ruimer.values),
        standen=_lijst(schoon.get("stand")),
        vrij_eerst=schoon.get("eerst") == "vrij",
    )


def _schuifkaart(request: HttpRequest, een: Schuif) -> Schuifkaart:
    """Put a suggestion in words, with the search that it is."""
    zoekvraag = request.GET.copy()
    zoekvraag.pop("pagina", None)
    erbij = ngettext("%(aantal)s plek erbij", "%(aantal)s plekken erbij", een.erbij)
    erbij %= {"aantal": een.erbij}
    if een.van_dag is not None and een.naar_dag is not None:
        zoekvraag["dagen"] = str(een.rooster_masker)
        tekst = _("%(naar)s in plaats van %(van)s") % {
            "naar": str(DAGEN[een.naar_dag]).capitalize(),
            "van": DAGEN[een.van_dag],
        }
    elif een.start is not None:
        for deel in ("vanaf_dag", "vanaf_maand", "vanaf_jaar"):
            zoekvraag.pop(deel, None)
        zoekvraag["vanaf"] = een.start.isoformat()
        tekst = _("Starten op %(dag)s") % {"dag": date_format(een.start, "j F Y")}
        erbij = _("%(weken)s weken later, %(erbij)s") % {"weken": een.weken, "erbij": erbij}
    else:
        zoekvraag["ver"] = str(een.straal_km)
        tekst = _("Zoeken tot %(km)s km") % {"km": een.straal_km}
    return Schuifkaart(erbij=een.erbij, tekst=tekst, uitleg=erbij, url=f"?{zoekvraag.urlencode()}")


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


def _lijst(waarde: object) -> tuple[str, ...]:
    return tuple(str(deel) for deel in waarde) if isinstance(waarde, list) else ()


class _Bladzijden(Paginator[Any]):
    """Pages of a search that has counted already."""

    def __init__(self, resultaat: Zoekresultaat) -> None:
        super().__init__(resultaat.locaties, PER_BLADZIJDE)
        self._aantal = resultaat.aantal

    @cached_property
    def count(self) -> int:
        return self._aantal


def _plaatsen() -> Sequence[str]:
    """The gemeenten with care, to complete what somebody types."""
    met_opvang = Opvanglocatie.objects.publiek().values("gemeente")
    return list(Gemeente.objects.filter(pk__in=met_opvang).values_list("naam", flat=True))


def gekozen_locaties(request: HttpRequest) -> list[int]:
    """The locations that this visitor has chosen so far, in order."""
    ruw = request.session.get(GEKOZEN, [])
    return [pk for pk in ruw if isinstance(pk, int)] if isinstance(ruw, list) else []


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


@dataclass(frozen=True, slots=True)
class Periode:
    """A line of the table of free places."""

    aanbod: Plaatsaanbod
    minst: int
    meest: int
    masker: int
    is_begonnen: bool
    is_oud: bool


@login_not_required
@require_safe
def locatie(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell all about one location; a hidden one only exists for its own provider and for staff."""
    nu = timezone.now()
    gevonden = get_object_or_404(
        Opvanglocatie.objects.zichtbaar_voor(request.user).select_related(
            "gemeente", "wijk", "organisator"
        ),
        slug=slug,
    )
    loket = Loket.objects.voor_gemeente(gevonden.gemeente_id).order_by("pk").first()
    # The frame shows whom to call: the loket of this place.
    request.loket = loket  # type: ignore[attr-defined]  # read by loket/context.py
    termijn = Termijnen.lees().van(gevonden.gemeente_id)
    vandaag = timezone.localdate(nu)
    aanbod = list(gevonden.plaatsaanbod.nog_niet_voorbij(vandaag))
    vergeten = nu - dt.timedelta(days=termijn[1])
    return render(
        request,
        "opvang/locatie.html",
        {
            "locatie": gevonden,
            "loket": loket,
            "zicht": zicht_op(
                [rij for rij in aanbod if rij.soort == Aanbodsoort.REGULIER],
                nu=nu,
                termijn=termijn,
            ),
            "periodes": [_periode(rij, vandaag=vandaag, vergeten=vergeten) for rij in aanbod],
            "vergunning": gevonden.vergunningen.geldig_op(vandaag).first(),
            "ruimere_uren": [Ruimer(code).label for code in gevonden.ruimere_uren],
            "talen": [_taal(code) for code in gevonden.talen],
            "gekozen": gevonden.pk in gekozen_locaties(request),
            "kinderopvangzoeker": KINDEROPVANGZOEKER,
            "zoeken_url": reverse("opvang:zoeken"),
        },
    )


def _periode(rij: Plaatsaanbod, *, vandaag: dt.date, vergeten: dt.datetime) -> Periode:
    vrij = rij.vrij
    iets = [aantal for aantal in vrij if aantal > 0]
    return Periode(
        aanbod=rij,
        minst=min(iets, default=0),
        meest=max(iets, default=0),
        masker=masker_van_vrij(vrij).masker,
        is_begonnen=rij.vanaf <= vandaag,
        is_oud=rij.laatst_bevestigd <= vergeten,
    )


def _taal(code: str) -> str:
    """Name a language in Dutch; an unknown code is shown as it is."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
