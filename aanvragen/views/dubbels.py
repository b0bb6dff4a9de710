"""The same child asked for twice: staff judge, the parent of the first question decides."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aanvragen.domain import dubbels
from aanvragen.domain import scheiden as apart
from aanvragen.domain.fouten import Weigering
from aanvragen.models import Opvangvraag, Samenvoeging
from aanvragen.models.post import Wijze
from aanvragen.permissions import Actie, eis, mag
from aanvragen.views.balie import medewerker, toon_dossier, vraag_van
from aanvragen.views.balie_acties import voer_uit
from loket.models import Gebruiker

ONVERWERKBAAR = 422
#: How staff heard it; online is the parent's own answer.
GEHOORD = (Wijze.TELEFOON, Wijze.BALIE, Wijze.PAPIER)


@require_POST
def dubbel(request: HttpRequest, referentie: str) -> HttpResponse:
    """Decide whether a question is about a child that was asked for already, and what follows."""
    gebruiker = medewerker(request)
    vraag, nu = vraag_van(gebruiker, referentie), timezone.now()
    eerste = vraag.mogelijk_dubbel_van
    wijze = request.POST.get("wijze", Wijze.BALIE)
    stappen: dict[str, tuple[Callable[[], object], str, Opvangvraag]] = {
        "vraag": (
            lambda: dubbels.vraag_samenvoegen(vraag, door=gebruiker, nu=nu),
            _("We vragen het aan de ouder van de eerdere vraag. Tot dan zien ze niets van elkaar."),
            vraag,
        ),
        "samen": (
            lambda: dubbels.voeg_samen(vraag, door=gebruiker, nu=nu, wijze=wijze),
            _("Samengevoegd. Dit is de vraag die verder loopt. Beide ouders krijgen bericht."),
            eerste or vraag,
        ),
        "tel": (
            lambda: apart.tel_samen(vraag, door=gebruiker, nu=nu),
            _("De vraag loopt apart en is nu bij de opvang. In de cijfers telt ze niet dubbel."),
            vraag,
        ),
        "vrij": (
            lambda: apart.laat_lopen(vraag, door=gebruiker, nu=nu),
            _("De vraag is nu bij de opvang. Het gezin krijgt een mail."),
            vraag,
        ),
    }
    besluit = stappen.get(request.POST.get("besluit", ""))
    if besluit is None or wijze not in GEHOORD:
        messages.error(request, _("Kies of het hetzelfde kind is of een ander kind."))
        return toon_dossier(request, gebruiker, vraag, status=ONVERWERKBAAR)
    doe, gelukt, dan = besluit
    return voer_uit(request, vraag, Actie.DUBBEL_BEOORDELEN, vraag, doe=doe, gelukt=gelukt, dan=dan)


@require_POST
def samenvoegen(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Note what the parent of the first question told staff, or stop asking."""
    gebruiker = medewerker(request)
    vraag, nu = vraag_van(gebruiker, referentie), timezone.now()
    samenvoeging = _samenvoeging(gebruiker, vraag, pk)
    wijze = request.POST.get("wijze", "")
    stappen: dict[str, tuple[Callable[[], object], str, Opvangvraag]] = {
        "ja": (
            lambda: dubbels.bevestig_samenvoegen(samenvoeging, door=gebruiker, nu=nu, wijze=wijze),
            _("Samengevoegd. Dit is de vraag die verder loopt. Beide ouders krijgen bericht."),
            samenvoeging.eerste,
        ),
        "nee": (
            lambda: dubbels.weiger_samenvoegen(samenvoeging, door=gebruiker, nu=nu, wijze=wijze),
            _("Genoteerd: ze delen niets. Kies nu hoe deze vraag verder gaat."),
            samenvoeging.dubbel,
        ),
        "stop": (
            lambda: dubbels.vraag_niet_langer(samenvoeging, door=gebruiker, nu=nu),
            _("We vragen het niet langer. Kies nu hoe deze vraag verder gaat."),
            samenvoeging.dubbel,
        ),
    }
    keuze = request.POST.get("besluit", "")
    if keuze not in stappen or (keuze != "stop" and wijze not in GEHOORD):
        messages.error(request, _("Kies wat de ouder zei, en hoe je het hoorde."))
        return toon_dossier(request, gebruiker, vraag, status=ONVERWERKBAAR)
    doe, gelukt, dan = stappen[keuze]
    # The question that the parent decides on is the first one.
    return voer_uit(
        request,
        vraag,
        Actie.SAMENVOEGEN_BEANTWOORDEN,
        samenvoeging.eerste,
        doe=doe,
        gelukt=gelukt,
        dan=dan,
    )


@require_POST
def scheiden(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Undo a merge."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    samenvoeging = _samenvoeging(gebruiker, vraag, pk)
    return voer_uit(
        request,
        vraag,
        Actie.SAMENVOEGING_SCHEIDEN,
        samenvoeging.eerste,
        doe=lambda: apart.scheid(samenvoeging, door=gebruiker, nu=timezone.now()),
        gelukt=_("Weer twee vragen. De tweede kreeg een nieuw nummer en houdt haar dag."),
        dan=samenvoeging.eerste,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def samen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Let the parent of the first question decide who may follow it; shows a first name only."""
    gebruiker = request.user
    assert isinstance(gebruiker, Gebruiker)
    vraag = get_object_or_404(
        Opvangvraag.objects.van_ouder(gebruiker).select_related("loket", "kind"),
        referentie=referentie,
    )
    vars(request)["loket"] = vraag.loket
    samenvoeging = vraag.samenvoegingen_als_eerste.wacht_op_ouder().first()
    if samenvoeging is None or not mag(gebruiker, Actie.SAMENVOEGEN_BEANTWOORDEN, vraag):
        messages.info(request, _("Hierover hoef je niets meer te beslissen."))
        return redirect(vraag)
    if request.method == "POST":
        besluit = request.POST.get("besluit", "")
        if besluit not in {"ja", "nee"}:
            messages.error(request, _("Kies ja of nee."))
        else:
            return _beslis(request, gebruiker, vraag, samenvoeging, ja=besluit == "ja")
    return render(
        request,
        "mijn/samen.html",
        {"vraag": vraag, "samenvoeging": samenvoeging, "wie": samenvoeging.dubbel.aanvrager},
        status=ONVERWERKBAAR if request.method == "POST" else 200,
    )


def _beslis(
    request: HttpRequest,
    gebruiker: Gebruiker,
    vraag: Opvangvraag,
    samenvoeging: Samenvoeging,
    *,
    ja: bool,
) -> HttpResponse:
    """Do what the parent decided, and say it."""
    doe = dubbels.bevestig_samenvoegen if ja else dubbels.weiger_samenvoegen
    try:
        eis(gebruiker, Actie.SAMENVOEGEN_BEANTWOORDEN, vraag)
        doe(samenvoeging, door=gebruiker, nu=timezone.now(), wijze=Wijze.ONLINE)
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        wie = samenvoeging.dubbel.aanvrager.voornaam
        messages.success(
            request,
            _("%(wie)s volgt je vraag nu mee.") % {"wie": wie}
            if ja
            else _("Er verandert niets aan je vraag. Niemand volgt ze mee."),
        )
    return redirect(vraag)


def _samenvoeging(gebruiker: Gebruiker, vraag: Opvangvraag, pk: int) -> Samenvoeging:
    """A merge that this question is part of; 404 for a toeleider and for another loket."""
    samenvoeging = get_object_or_404(
        Samenvoeging.objects.voor_balie(gebruiker).select_related(
            "eerste__kind__gezin", "eerste__loket", "dubbel__kind__gezin", "dubbel__loket"
        ),
        pk=pk,
    )
    if vraag.pk not in {samenvoeging.eerste_id, samenvoeging.dubbel_id}:
        raise Http404
    return samenvoeging
