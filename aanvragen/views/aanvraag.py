"""The request as question pages: begun without an account, kept at every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanvragen.domain.concept import (
    MAX_CONCEPTEN,
    MAX_LOCATIES,
    AlVerstuurd,
    begin_concept,
    bewaar_stap,
    gooi_weg,
    vervalt_op,
)
from aanvragen.forms.aanvraag import (
    KinderForm,
    OpvangForm,
    WieForm,
    ZoekForm,
    zoek_op_volgorde,
)
from aanvragen.forms.stap import Stapformulier
from aanvragen.forms.vragenlijst import (
    LAATSTE,
    PER_SLUG,
    STAPPEN,
    VRAGEN,
    Stand,
    Stap,
    Vragenlijst,
)
from aanvragen.models import Concept
from aanvragen.views.concepten import (
    aangemeld,
    actie_van,
    al_verstuurd,
    bewaard,
    eerste_loket,
    gekozen_ids,
    kom_terug,
    legt_uit_wat_weg_is,
    markeer_overgenomen,
    mijn_concepten,
    nieuw_gekozen,
    onthoud,
    paginagegevens,
    url_van,
    vergeet,
    verplaats,
    vind_concept,
    voor_wie,
    voorinvulling,
    vragenlijst,
    zet_loket,
)
from aanvragen.views.hergebruik import eerder_gevraagd
from loket.domain.fouten import Weigering
from loket.models import Loket
from opvang.models import Opvanglocatie


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Say what a request takes, and begin one; or show how far the last one is."""
    concepten = list(mijn_concepten(request)[: MAX_CONCEPTEN + 1])
    if request.method == "POST":
        loket = eerste_loket(gekozen_ids(request))
        if loket is None:
            return redirect("aanvragen:begin")
        try:
            concept = begin_concept(
                loket=loket,
                gebruiker=aangemeld(request),
                eigen=len(concepten),
                locatie_ids=gekozen_ids(request),
                nu=timezone.now(),
            )
        except Weigering as nee:
            messages.error(request, str(nee))
            return redirect("aanvragen:begin")
        onthoud(request, concept)
        return redirect("aanvragen:stap", concept.sleutel, VRAGEN[0].slug)
    if concepten and "nieuw" not in request.GET:
        return _toon_taken(request, concepten[0], andere=concepten[1:])
    return render(
        request,
        "aanvragen/begin.html",
        {
            "stappen": STAPPEN,
            "kan": Loket.objects.exists(),
            "eerder": eerder_gevraagd(request),
            "gekozen": len(gekozen_ids(request)),
        },
    )


@login_not_required
@never_cache
@require_safe
@legt_uit_wat_weg_is
def taken(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """List the pages of one request, with how far each is."""
    concept = vind_concept(request, sleutel)
    if concept.afgerond_op:
        return redirect("aanvragen:verstuurd", concept.sleutel)
    return _toon_taken(request, concept)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@legt_uit_wat_weg_is
def stap(request: HttpRequest, sleutel: UUID, slug: str) -> HttpResponse:
    """Ask one question; whatever was typed is kept, right or wrong."""
    concept = vind_concept(request, sleutel)
    if concept.afgerond_op:
        return al_verstuurd(request, concept)
    vraag = PER_SLUG.get(slug)
    if vraag is None or vraag is LAATSTE:
        raise Http404
    lijst = vragenlijst(request, concept)
    if request.method == "POST":
        return _neem_stap_op(request, concept, lijst, vraag)
    if slug in lijst.gegevens:
        formulier = lijst.formulier(slug)
        if "nakijken" not in request.GET:
            formulier.verzwijg_fouten()
    else:
        formulier = vraag.formulier(
            kader=lijst.kader_van(slug), initial=voorinvulling(request, concept, slug)
        )
    return _toon_stap(request, concept, lijst, vraag, formulier)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@legt_uit_wat_weg_is
def weggooien(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Ask whether to throw a request away, and do so."""
    concept = vind_concept(request, sleutel)
    if concept.afgerond_op:
        return al_verstuurd(request, concept)
    if request.method == "POST":
        try:
            gooi_weg(concept)
        except AlVerstuurd:
            return al_verstuurd(request, concept)
        vergeet(request, concept)
        messages.success(request, _("Je aanvraag is weggegooid. We bewaren er niets van."))
        return redirect("aanvragen:begin")
    return render(
        request,
        "aanvragen/weggooien.html",
        {"concept": concept, "voor": voor_wie(vragenlijst(request, concept))},
    )


# One page


def _neem_stap_op(
    request: HttpRequest, concept: Concept, lijst: Vragenlijst, vraag: Stap
) -> HttpResponse:
    """Keep what was posted, then do what the button said."""
    formulier = vraag.formulier(request.POST, kader=lijst.kader_van(vraag.slug))
    actie, nummer = actie_van(request)
    invoer = _na_knop(request, formulier, actie, nummer)
    loket, email = None, ""
    if isinstance(formulier, WieForm):
        loket, email = formulier.loket(), formulier.adres()
    try:
        bewaar_stap(concept, vraag.slug, invoer, loket=loket, email=email, nu=timezone.now())
    except AlVerstuurd:
        return al_verstuurd(request, concept)
    except Weigering as nee:
        messages.error(request, str(nee))
        return redirect("aanvragen:begin")
    if isinstance(formulier, OpvangForm):
        markeer_overgenomen(request, concept)
    if actie == "bewaar":
        return bewaard(request, concept)
    if not actie and not formulier.is_valid():
        return _toon_stap(request, concept, lijst, vraag, formulier)
    if actie:
        naar = _stap_url(request, concept, vraag) + _waarheen(formulier, actie, nummer)
    else:
        naar = url_van(concept, LAATSTE if kom_terug(request) else lijst.volgende(vraag.slug))
    return redirect(naar)


def _na_knop(
    request: HttpRequest, formulier: Stapformulier, actie: str, nummer: int
) -> dict[str, list[str]]:
    """Give the answers after a button that adds, removes or moves something."""
    if isinstance(formulier, KinderForm):
        if actie == "nog-een":
            return formulier.invoer_met_een_erbij()
        if actie == "verwijder":
            return formulier.invoer_zonder(nummer)
    invoer = formulier.invoer()
    if isinstance(formulier, OpvangForm):
        gekozen = [str(locatie.pk) for locatie in formulier.gekozen()]
        if actie == "voeg-toe" and zoek_op_volgorde([str(nummer)]) and str(nummer) not in gekozen:
            if len(gekozen) >= MAX_LOCATIES:
                messages.warning(
                    request,
                    _("Je koos al %(aantal)s plekken. Haal er eerst een weg.")
                    % {"aantal": MAX_LOCATIES},
                )
            else:
                invoer["locatie"] = [*gekozen, str(nummer)]
                invoer.setdefault("keuze", ["zelf"])
        elif actie in {"omhoog", "omlaag", "verwijder"} and str(nummer) in gekozen:
            invoer["locatie"] = verplaats(gekozen, str(nummer), actie)
    return invoer


def _waarheen(formulier: Stapformulier, actie: str, nummer: int) -> str:
    """Point to where the eye has to be after a button."""
    if isinstance(formulier, KinderForm):
        return f"#kind-{formulier.aantal + 1}" if actie == "nog-een" else "#kind-1"
    if actie == "zoek":
        return "#treffers"
    return f"#plek-{nummer}" if actie in {"omhoog", "omlaag", "voeg-toe"} else "#plekken"


def _toon_stap(
    request: HttpRequest,
    concept: Concept,
    lijst: Vragenlijst,
    vraag: Stap,
    formulier: Stapformulier,
) -> HttpResponse:
    extra: dict[str, Any] = {}
    if isinstance(formulier, OpvangForm):
        extra = _opvangpagina(request, concept, formulier)
    slugs = [ander.slug for ander in STAPPEN]
    vorige = slugs.index(vraag.slug) - 1
    return render(
        request,
        f"aanvragen/stap_{vraag.slug}.html",
        {
            **paginagegevens(concept, lijst, vraag),
            **extra,
            "form": formulier,
            "terug": kom_terug(request),
            "vorige_url": (
                reverse("aanvragen:controleer", args=[concept.sleutel])
                if kom_terug(request)
                else url_van(concept, STAPPEN[vorige])
                if vorige >= 0
                else reverse("aanvragen:taken", args=[concept.sleutel])
            ),
        },
        status=422 if formulier.errors and request.method == "POST" else 200,
    )


def _opvangpagina(request: HttpRequest, concept: Concept, formulier: OpvangForm) -> dict[str, Any]:
    """Gather the chosen locations, those chosen while searching since, and what was found."""
    gekozen = formulier.gekozen()
    if request.method != "POST":
        nieuw = nieuw_gekozen(request, concept)
        bekend = {locatie.pk for locatie in gekozen}
        vindbaar = Opvanglocatie.objects.publiek().in_bulk([pk for pk in nieuw if pk not in bekend])
        gekozen += [vindbaar[pk] for pk in nieuw if pk in vindbaar]
    zoekform = ZoekForm(request.POST if request.method == "POST" else request.GET)
    treffers = zoekform.treffers(behalve=gekozen)
    return {
        "gekozen": gekozen[:MAX_LOCATIES],
        "zoekform": zoekform,
        "gezocht": zoekform.is_valid() and zoekform.cleaned_data["zoek"],
        "treffers": treffers,
    }


# The list of pages


@dataclass(frozen=True, slots=True)
class Taak:
    """One page in the list."""

    stap: Stap
    stand: Stand
    url: str


def _toon_taken(
    request: HttpRequest, concept: Concept, *, andere: list[Concept] | None = None
) -> HttpResponse:
    zet_loket(request, concept.loket)
    lijst = vragenlijst(request, concept)
    klaar = lijst.eerste_open() is None
    taken_lijst = [
        Taak(vraag, lijst.stand(vraag.slug), url_van(concept, vraag)) for vraag in VRAGEN
    ]
    return render(
        request,
        "aanvragen/taken.html",
        {
            "concept": concept,
            "taken": taken_lijst,
            "laatste": LAATSTE,
            "laatste_url": url_van(concept, LAATSTE) if klaar else "",
            "verder_url": url_van(concept, lijst.eerste_open() or LAATSTE),
            "totaal": len(STAPPEN),
            "aantal_klaar": sum(taak.stand == Stand.KLAAR for taak in taken_lijst),
            "voor": voor_wie(lijst),
            "bewaard_tot": vervalt_op(concept),
            "andere": andere or [],
            "nieuw_gekozen": len(nieuw_gekozen(request, concept)),
            "aangemeld": aangemeld(request),
        },
    )


def _stap_url(request: HttpRequest, concept: Concept, vraag: Stap) -> str:
    """Address the same page, keeping where to return to and what was searched."""
    houden = {}
    if kom_terug(request):
        houden["terug"] = "controleer"
    zoek = str(request.POST.get("zoek", "")).replace("\x00", "")[:80]
    if zoek:
        houden["zoek"] = zoek
    return f"{url_van(concept, vraag)}?{urlencode(houden)}" if houden else url_van(concept, vraag)
