"""Change a running question in two steps: first what it does, then yes. And the one-tap link of the
heartbeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aanvragen.beeld.wijzigen import Regel, in_woorden, zo_was_het
from aanvragen.domain.concept import MAX_LOCATIES
from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering
from aanvragen.domain.gevolgen import Wens, gevolgen_van, stempel, wens_van
from aanvragen.domain.hartslag import bevestig_met_link, lees_token
from aanvragen.domain.ronde import antwoord_voor
from aanvragen.domain.wijzigen import keuzes_van, wijzig
from aanvragen.forms.aanvraag import ZoekForm
from aanvragen.forms.wijzigen import WijzigForm
from aanvragen.models import Opvangvraag
from aanvragen.permissions import Actie, mag
from aanvragen.views.balie import medewerker, vraag_van
from aanvragen.views.concepten import actie_van, verplaats
from aanvragen.views.ouder_vinden import ouder_van, vraag_van_ouder
from aanvragen.workflow import LOPENDE_VRAGEN, Vraagstatus
from loket.models import Gebruiker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from aanvragen.models import Aanmelding

ONVERWERKBAAR = 422
NAMENS_GEZIN = "gezin aan de telefoon"


@dataclass(frozen=True, slots=True)
class Plek:
    """Who changes it, and where that person goes back to."""

    door: Gebruiker
    vraag: Opvangvraag
    terug: str
    basis: str
    namens: str = ""

    @property
    def aan_balie(self) -> bool:
        return bool(self.namens)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def van_ouder(request: HttpRequest, referentie: str) -> HttpResponse:
    """The parent changes the own question."""
    vraag = vraag_van_ouder(request, referentie)
    if vraag.status not in LOPENDE_VRAGEN:
        return redirect(vraag)
    plek = Plek(ouder_van(request), vraag, vraag.get_absolute_url(), "basis.html")
    return _wijzig(request, plek)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def aan_balie(request: HttpRequest, referentie: str) -> HttpResponse:
    """Staff, or a toeleider with enough consent, change it for the family."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    if not mag(gebruiker, Actie.WIJZIGEN, vraag):
        if vraag.status in LOPENDE_VRAGEN:
            raise PermissionDenied
        messages.error(request, OngeldigeOvergang.standaard)
        return redirect("balie:dossier", vraag.referentie)
    terug = reverse("balie:dossier", args=[vraag.referentie])
    return _wijzig(request, Plek(gebruiker, vraag, terug, "basis_balie.html", NAMENS_GEZIN))


def _wijzig(request: HttpRequest, plek: Plek) -> HttpResponse:
    vraag, keuzes = plek.vraag, keuzes_van(plek.vraag)
    form = WijzigForm(
        request.POST if request.method == "POST" else None,
        vraag=vraag,
        keuzes=keuzes,
        vandaag=timezone.localdate(),
    )
    if request.method != "POST":
        return _toon(request, plek, form)
    actie, nummer = actie_van(request)
    if actie or request.POST.get("actie") == "terug":
        return _toon(request, plek, _na_knop(request, form, actie, str(nummer)))
    if not form.is_valid():
        return _toon(request, plek, form, status=ONVERWERKBAAR)
    wens = form.wens()
    if wens == wens_van(vraag, keuzes):
        messages.info(request, _("Je veranderde niets. Je vraag blijft zoals ze was."))
        return redirect(plek.terug)
    if request.POST.get("actie") != "bevestig":
        return _toon_gevolgen(request, plek, form, keuzes)
    return _bevestig(request, plek, form, wens)


def _bevestig(request: HttpRequest, plek: Plek, form: WijzigForm, wens: Wens) -> HttpResponse:
    vraag = plek.vraag
    try:
        wijzig(
            vraag,
            wens,
            gezien=request.POST.get("gezien", ""),
            door=plek.door,
            nu=timezone.now(),
            namens=plek.namens,
        )
    except IntussenGewijzigd:
        # The question is another one than the page told: tell again what happens now.
        vraag.refresh_from_db()
        return _toon_gevolgen(request, plek, form, keuzes_van(vraag), intussen=True)
    except Weigering as nee:
        form.add_error(None, str(nee))
        return _toon(request, plek, form, status=ONVERWERKBAAR)
    messages.success(request, _("De wijziging is bewaard. De datum van de aanvraag blijft."))
    return redirect(plek.terug)


def _na_knop(request: HttpRequest, form: WijzigForm, actie: str, nummer: str) -> WijzigForm:
    """The page after a button that adds, moves or drops a wish; nothing is kept yet."""
    waarden = [str(locatie.pk) for locatie in form.gekozen()]
    if actie == "voeg-toe" and nummer not in waarden:
        if len(waarden) < MAX_LOCATIES:
            waarden.append(nummer)
        else:
            messages.warning(
                request,
                _("Je koos al %(aantal)s plekken. Haal er eerst een weg.")
                % {"aantal": MAX_LOCATIES},
            )
    elif actie in {"omhoog", "omlaag", "verwijder"} and nummer in waarden:
        waarden = verplaats(waarden, nummer, actie)
    return form.met_locaties(waarden)


def _toon(request: HttpRequest, plek: Plek, form: WijzigForm, *, status: int = 200) -> HttpResponse:
    zoekform = ZoekForm(request.POST if request.method == "POST" else request.GET)
    gekozen = form.gekozen()
    eerder = [a.locatie for a in plek.vraag.aanmeldingen.select_related("locatie")]
    return render(
        request,
        "mijn/wijzigen.html",
        {
            "plek": plek,
            "vraag": plek.vraag,
            "form": form,
            "gekozen": gekozen,
            "zoekform": zoekform,
            "gezocht": zoekform.is_valid() and zoekform.cleaned_data["zoek"],
            "treffers": zoekform.treffers(behalve=[*gekozen, *eerder]),
        },
        status=status,
    )


def _toon_gevolgen(
    request: HttpRequest,
    plek: Plek,
    form: WijzigForm,
    keuzes: Sequence[Aanmelding],
    *,
    intussen: bool = False,
) -> HttpResponse:
    """Show what the change does, before anything happens."""
    wens = form.wens()
    gevolgen = gevolgen_van(
        plek.vraag,
        keuzes,
        wens,
        namen={locatie.pk: locatie.naam for locatie in form.cleaned_data["locatie"]},
    )
    termijn = antwoord_voor(plek.vraag.loket, nu=timezone.now())
    regels: list[Regel] = [in_woorden(een, antwoord_voor=termijn) for een in gevolgen]
    return render(
        request,
        "mijn/wijzigen_gevolgen.html",
        {
            "plek": plek,
            "vraag": plek.vraag,
            "form": form,
            "verschillen": zo_was_het(plek.vraag, keuzes, wens, form.cleaned_data["locatie"]),
            "verlies": [regel for regel in regels if regel.verlies],
            "blijft": [regel for regel in regels if not regel.verlies],
            "gezien": stempel(plek.vraag, keuzes),
            "intussen": intussen,
            "nog_bij_loket": plek.vraag.status == Vraagstatus.INGEDIEND,
        },
        status=ONVERWERKBAAR if intussen else 200,
    )


# No session and no cookie counts here: the link itself is the whole permission. A page without
# referrer posts with `Origin: null`, which the CSRF check would refuse.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def klopt(request: HttpRequest, token: str) -> HttpResponse:
    """Say with the link of a mail that the family still searches; opening it changes nothing."""
    if request.method == "POST":
        try:
            bevestig_met_link(token, nu=timezone.now())
        except Weigering:
            pass
        else:
            return redirect("mijn:klopt", token)
    link = lees_token(token)
    if link is None:
        response = render(request, "mijn/klopt_dood.html", status=404)
    else:
        vars(request)["loket"] = link.vraag.loket
        response = render(request, "mijn/klopt.html", {"link": link, "vraag": link.vraag})
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
