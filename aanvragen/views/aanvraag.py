"""The request as question pages: begun without an account, kept at every step, sent once."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanvragen.domain.concept import (
    MAX_CONCEPTEN,
    MAX_LOCATIES,
    TOESTEMMING_VERSIE,
    AlVerstuurd,
    begin_concept,
    bewaar_stap,
    gooi_weg,
    heeft_toestemming,
    neem_over,
    referenties_van,
    verstuur,
    vervalt_op,
)
from aanvragen.domain.fouten import DubbeleVraag, GeenLocaties
from aanvragen.forms.aanvraag import (
    KinderForm,
    OpvangForm,
    ToestemmingForm,
    WieForm,
    ZoekForm,
    naam_van,
    zoek_op_volgorde,
)
from aanvragen.forms.samenvatting import samenvatting
from aanvragen.forms.stap import Kader, Stapformulier
from aanvragen.forms.vragenlijst import (
    LAATSTE,
    PER_SLUG,
    STAPPEN,
    VRAGEN,
    Stand,
    Stap,
    Vragenlijst,
)
from aanvragen.models import Concept, Opvangvraag, Ouder
from aanvragen.workflow import Kanaal, Vraagstatus
from loket.domain.aanmelden import begin_met_code
from loket.domain.fouten import Weigering
from loket.models import Gebruiker, Loket
from opvang.models import Opvanglocatie

#: What the session holds: the keys of drafts begun here, the locations chosen while searching and
#: which of those a draft has seen, and the draft that is sent once its e-mail address is confirmed.
CONCEPTEN, GEKOZEN, OVERGENOMEN, TE_VERSTUREN = (
    "concepten",
    "gekozen_locaties",
    "overgenomen_locaties",
    "te_versturen",
)
MAX_SLEUTELS = 20

Actie: TypeAlias = tuple[str, int]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Say what a request takes, and begin one; or show how far the last one is."""
    concepten = list(_mijn_concepten(request)[: MAX_CONCEPTEN + 1])
    if request.method == "POST":
        loket = _eerste_loket(_gekozen(request))
        if loket is None:
            return redirect("aanvragen:begin")
        try:
            concept = begin_concept(
                loket=loket,
                gebruiker=_aangemeld(request),
                eigen=len(concepten),
                locatie_ids=_gekozen(request),
                nu=timezone.now(),
            )
        except Weigering as nee:
            messages.error(request, str(nee))
            return redirect("aanvragen:begin")
        _onthoud(request, concept)
        return redirect("aanvragen:stap", concept.sleutel, VRAGEN[0].slug)
    if concepten:
        return _toon_taken(request, concepten[0], andere=concepten[1:])
    return render(
        request, "aanvragen/begin.html", {"stappen": STAPPEN, "kan": Loket.objects.exists()}
    )


@login_not_required
@never_cache
@require_safe
def taken(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """List the pages of one request, with how far each is."""
    concept = _concept(request, sleutel)
    if concept.afgerond_op:
        return redirect("aanvragen:verstuurd", concept.sleutel)
    return _toon_taken(request, concept)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stap(request: HttpRequest, sleutel: UUID, slug: str) -> HttpResponse:
    """Ask one question; whatever was typed is kept, right or wrong."""
    concept = _concept(request, sleutel)
    if concept.afgerond_op:
        return _al_verstuurd(request, concept)
    vraag = PER_SLUG.get(slug)
    if vraag is None or vraag is LAATSTE:
        raise Http404
    lijst = _vragenlijst(request, concept)
    if request.method == "POST":
        return _neem_stap_op(request, concept, lijst, vraag)
    if slug in lijst.gegevens:
        formulier = lijst.formulier(slug)
        if "nakijken" not in request.GET:
            formulier.verzwijg_fouten()
    else:
        formulier = vraag.formulier(kader=lijst.kader, initial=_voorinvulling(request, slug))
    return _toon_stap(request, concept, lijst, vraag, formulier)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def controleer(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Show all answers, ask for consent, and send; a visitor confirms the e-mail first."""
    concept = _concept(request, sleutel)
    if concept.afgerond_op:
        return _al_verstuurd(request, concept)
    lijst = _vragenlijst(request, concept)
    if open_stap := lijst.eerste_open():
        return _eerst_nog(request, concept, lijst, open_stap)
    formulier = ToestemmingForm(
        request.POST if request.method == "POST" else None, kader=lijst.kader
    )
    if request.method == "POST":
        if _actie(request)[0] == "bewaar":
            return _bewaard(request, concept)
        if formulier.is_valid():
            try:
                return _verstuur_of_vraag_code(request, concept, lijst, formulier)
            except AlVerstuurd:
                return redirect("aanvragen:verstuurd", concept.sleutel)
            except Weigering as nee:
                formulier.add_error(None, str(nee))
    return render(
        request,
        "aanvragen/controleer.html",
        {
            **_paginagegevens(concept, lijst, LAATSTE),
            "form": formulier,
            "blokken": samenvatting(
                lijst, email=lijst.kader.email or lijst.wie.cleaned_data.get("email", "")
            ),
            "aangemeld": _aangemeld(request),
            "aantal_plekken": len(lijst.opvang.locatie_ids()),
            "antwoord_voor": timezone.localdate()
            + dt.timedelta(days=lijst.loket().antwoordtermijn),
        },
        status=422 if formulier.errors else 200,
    )


@login_not_required
@never_cache
@require_safe
def versturen(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Finish what the last page began, for a visitor who comes back with a confirmed address.

    The decision was a POST; this page only carries it out, for the draft that this very session
    meant, and only once.
    """
    concept = _concept(request, sleutel)
    if concept.afgerond_op:
        return redirect("aanvragen:verstuurd", concept.sleutel)
    if _aangemeld(request) is None or request.session.get(TE_VERSTUREN) != str(concept.sleutel):
        return redirect("aanvragen:controleer", concept.sleutel)
    return _verstuur(request, concept)


@never_cache
@require_safe
def verstuurd(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Say that the request was sent, under which references, and what happens when."""
    concept = get_object_or_404(
        Concept.objects.filter(gebruiker=_aangemeld(request)).exclude(afgerond_op=None),
        sleutel=str(sleutel),
    )
    vragen = list(
        Opvangvraag.objects.van_ouder(request.user)
        .filter(referentie__in=referenties_van(concept))
        .select_related("kind", "loket")
        .prefetch_related("aanmeldingen__locatie")
        .order_by("pk")
    )
    if not vragen:
        raise Http404
    _zet_loket(request, vragen[0].loket)
    return render(
        request,
        "aanvragen/verstuurd.html",
        {
            "vragen": vragen,
            "wordt_nagekeken": any(vraag.status == Vraagstatus.INGEDIEND for vraag in vragen),
            "aanmeldingen": vragen[0].aanmeldingen.all(),
        },
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def weggooien(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Ask whether to throw a request away, and do so."""
    concept = _concept(request, sleutel)
    if concept.afgerond_op:
        return _al_verstuurd(request, concept)
    if request.method == "POST":
        try:
            gooi_weg(concept)
        except AlVerstuurd:
            return _al_verstuurd(request, concept)
        _vergeet(request, concept)
        messages.success(request, _("Je aanvraag is weggegooid. We bewaren er niets van."))
        return redirect("aanvragen:begin")
    return render(
        request,
        "aanvragen/weggooien.html",
        {"concept": concept, "voor": _voor(_vragenlijst(request, concept))},
    )


# One page


def _neem_stap_op(
    request: HttpRequest, concept: Concept, lijst: Vragenlijst, vraag: Stap
) -> HttpResponse:
    """Keep what was posted, then do what the button said."""
    formulier = vraag.formulier(request.POST, kader=lijst.kader)
    actie, nummer = _actie(request)
    invoer = _na_knop(request, formulier, actie, nummer)
    loket = formulier.loket() if isinstance(formulier, WieForm) else None
    try:
        bewaar_stap(concept, vraag.slug, invoer, loket=loket, nu=timezone.now())
    except AlVerstuurd:
        return _al_verstuurd(request, concept)
    except Weigering as nee:
        messages.error(request, str(nee))
        return redirect("aanvragen:begin")
    if isinstance(formulier, OpvangForm):
        _markeer_overgenomen(request, concept)
    if actie == "bewaar":
        return _bewaard(request, concept)
    if not actie and not formulier.is_valid():
        return _toon_stap(request, concept, lijst, vraag, formulier)
    if actie:
        naar = _stap_url(request, concept, vraag) + _waarheen(formulier, actie, nummer)
    else:
        naar = _url(concept, LAATSTE if _terug(request) else lijst.volgende(vraag.slug))
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
            invoer["locatie"] = _verplaats(gekozen, str(nummer), actie)
    return invoer


def _verplaats(lijst: list[str], wat: str, actie: str) -> list[str]:
    """Move one wish a place, or take it out."""
    plaats = lijst.index(wat)
    rest = [pk for pk in lijst if pk != wat]
    if actie == "verwijder":
        return rest
    nieuw = plaats - 1 if actie == "omhoog" else plaats + 1
    nieuw = min(max(nieuw, 0), len(rest))
    return [*rest[:nieuw], wat, *rest[nieuw:]]


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
            **_paginagegevens(concept, lijst, vraag),
            **extra,
            "form": formulier,
            "terug": _terug(request),
            "vorige_url": (
                reverse("aanvragen:controleer", args=[concept.sleutel])
                if _terug(request)
                else _url(concept, STAPPEN[vorige])
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
        nieuw = _nieuw_gekozen(request, concept)
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


def _paginagegevens(concept: Concept, lijst: Vragenlijst, vraag: Stap) -> dict[str, Any]:
    return {
        "concept": concept,
        "vraag": vraag,
        "nummer": STAPPEN.index(vraag) + 1,
        "totaal": len(STAPPEN),
        "voor": _voor(lijst),
    }


def _voor(lijst: Vragenlijst) -> str:
    """Say for whom this request is, as soon as we know."""
    namen = [naam_van(kind) for kind in lijst.kader.kinderen]
    if not namen:
        return ""
    if len(namen) == 1:
        return _("voor %(naam)s") % {"naam": namen[0]}
    return _("voor %(aantal)s kinderen") % {"aantal": len(namen)}


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
    _zet_loket(request, concept.loket)
    lijst = _vragenlijst(request, concept)
    klaar = lijst.eerste_open() is None
    taken_lijst = [Taak(vraag, lijst.stand(vraag.slug), _url(concept, vraag)) for vraag in VRAGEN]
    return render(
        request,
        "aanvragen/taken.html",
        {
            "concept": concept,
            "taken": taken_lijst,
            "laatste": LAATSTE,
            "laatste_url": _url(concept, LAATSTE) if klaar else "",
            "verder_url": _url(concept, lijst.eerste_open() or LAATSTE),
            "totaal": len(STAPPEN),
            "aantal_klaar": sum(taak.stand == Stand.KLAAR for taak in taken_lijst),
            "voor": _voor(lijst),
            "bewaard_tot": vervalt_op(concept),
            "andere": andere or [],
            "nieuw_gekozen": len(_nieuw_gekozen(request, concept)),
            "aangemeld": _aangemeld(request),
        },
    )


# Sending


def _verstuur_of_vraag_code(
    request: HttpRequest, concept: Concept, lijst: Vragenlijst, formulier: ToestemmingForm
) -> HttpResponse:
    """Note the consent, then send; who is not signed in gets a code first and comes back."""
    nu = timezone.now()
    bewaar_stap(concept, LAATSTE.slug, formulier.invoer(), nu=nu)
    if _aangemeld(request):
        return _verstuur(request, concept)
    naar = begin_met_code(
        request,
        email=lijst.wie.cleaned_data["email"],
        volgende=reverse("aanvragen:versturen", args=[concept.sleutel]),
        nu=nu,
    )
    request.session[TE_VERSTUREN] = str(concept.sleutel)
    return redirect(naar)


def _verstuur(request: HttpRequest, concept: Concept) -> HttpResponse:
    """Send the request of who is signed in, once, and show what became of it."""
    ouder = _aangemeld(request)
    assert ouder is not None
    lijst = _vragenlijst(request, concept)
    if open_stap := lijst.eerste_open():
        return _eerst_nog(request, concept, lijst, open_stap)
    if not heeft_toestemming(concept):
        return redirect("aanvragen:controleer", concept.sleutel)
    try:
        verstuur(
            concept,
            lijst.naar_gegevens(toestemming_versie=TOESTEMMING_VERSIE, kanaal=Kanaal.ONLINE),
            loket=lijst.loket(),
            door=ouder,
            ouder_gebruiker=ouder,
            nu=timezone.now(),
        )
    except AlVerstuurd:
        return redirect("aanvragen:verstuurd", concept.sleutel)
    except DubbeleVraag as nee:
        messages.error(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                _("Je hebt voor dit kind al een opvangvraag. We hebben daarom niets verstuurd."),
                reverse("mijn:vraag", args=[nee.referentie]),
                _("Bekijk je vraag"),
            ),
        )
        return redirect("aanvragen:controleer", concept.sleutel)
    except GeenLocaties as nee:
        messages.error(request, str(nee))
        return redirect("aanvragen:stap", concept.sleutel, "opvang")
    for sleutel in (TE_VERSTUREN, GEKOZEN, OVERGENOMEN):
        request.session.pop(sleutel, None)
    _vergeet(request, concept)
    return redirect("aanvragen:verstuurd", concept.sleutel)


def _eerst_nog(
    request: HttpRequest, concept: Concept, lijst: Vragenlijst, vraag: Stap
) -> HttpResponse:
    """Lead to the page that is not right yet, and say why."""
    messages.info(request, _("Eerst nog dit: %(vraag)s") % {"vraag": vraag.vraag})
    extra = {"terug": "controleer"}
    if lijst.stand(vraag.slug) == Stand.BEZIG:
        extra["nakijken"] = "1"
    return redirect(f"{_url(concept, vraag)}?{urlencode(extra)}")


def _bewaard(request: HttpRequest, concept: Concept) -> HttpResponse:
    messages.success(request, _("Bewaard. Je kunt later verder gaan waar je was."))
    return redirect("aanvragen:taken", concept.sleutel)


def _al_verstuurd(request: HttpRequest, concept: Concept) -> HttpResponse:
    """Lead who goes back after sending to what was sent: nothing can be changed any more."""
    messages.info(request, _("Deze aanvraag is al verstuurd. Hieronder zie je wat er nu gebeurt."))
    return redirect("aanvragen:verstuurd", concept.sleutel)


# Whose draft


def _aangemeld(request: HttpRequest) -> Gebruiker | None:
    return request.user if isinstance(request.user, Gebruiker) else None


def _sleutels(request: HttpRequest) -> list[str]:
    sleutels = request.session.get(CONCEPTEN, [])
    return [str(sleutel) for sleutel in sleutels] if isinstance(sleutels, list) else []


def _mijn_concepten(request: HttpRequest) -> Any:
    return (
        Concept.objects.zichtbaar_voor(request.user, _sleutels(request))
        .filter(ingevoerd_door=None)
        .select_related("loket")
    )


def _concept(request: HttpRequest, sleutel: UUID) -> Concept:
    """Find the draft of this person or browser, or one that this person sent; else 404."""
    gebruiker = _aangemeld(request)
    concept = _mijn_concepten(request).filter(sleutel=str(sleutel)).first()
    if concept is None and gebruiker is not None:
        concept = (
            Concept.objects.filter(gebruiker=gebruiker, sleutel=str(sleutel))
            .exclude(afgerond_op=None)
            .select_related("loket")
            .first()
        )
    if not isinstance(concept, Concept):
        raise Http404
    if gebruiker is not None and concept.gebruiker_id is None:
        neem_over(concept, door=gebruiker)
    _zet_loket(request, concept.loket)
    return concept


def _onthoud(request: HttpRequest, concept: Concept) -> None:
    request.session[CONCEPTEN] = [*_sleutels(request), str(concept.sleutel)][-MAX_SLEUTELS:]
    _markeer_overgenomen(request, concept)


def _vergeet(request: HttpRequest, concept: Concept) -> None:
    request.session[CONCEPTEN] = [s for s in _sleutels(request) if s != str(concept.sleutel)]


def _zet_loket(request: HttpRequest, loket: Loket) -> None:
    """Let the frame of the page show this loket (loket/context.py)."""
    vars(request)["loket"] = loket


def _vragenlijst(request: HttpRequest, concept: Concept) -> Vragenlijst:
    gebruiker = _aangemeld(request)
    kader = Kader(
        vandaag=timezone.localdate(),
        loket=concept.loket,
        email=gebruiker.email if gebruiker else "",
    )
    return Vragenlijst(concept.gegevens, kader=kader)


def _voorinvulling(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Give what we know of a parent who asked before: nobody has to type that again."""
    gebruiker = _aangemeld(request)
    if gebruiker is None or slug not in {"wie", "kind", "situatie"}:
        return {}
    ouder = (
        Ouder.objects.filter(gebruiker=gebruiker).select_related("gezin").order_by("-pk").first()
    )
    if ouder is None:
        return {}
    gezin = ouder.gezin
    if slug == "situatie":
        return {"taal": gezin.taal, "tolk": gezin.tolk}
    if slug == "kind":
        kind = gezin.kinderen.order_by("-pk").first()
        return {"familienaam_0": kind.familienaam} if kind else {}
    return {
        "voornaam": ouder.voornaam,
        "familienaam": ouder.familienaam,
        "relatie": ouder.relatie,
        "telefoon": ouder.telefoon,
        "straat": gezin.straat,
        "huisnummer": gezin.huisnummer,
        "postcode": gezin.postcode,
        "gemeente": str(gezin.gemeente_id),
        "wijk": str(gezin.wijk_id or ""),
    }


# Locations chosen while searching


def _gekozen(request: HttpRequest) -> list[int]:
    """Read the ids that the search pages left; never trust their shape."""
    waarden = request.session.get(GEKOZEN, [])
    if not isinstance(waarden, list):
        return []
    ids = [int(w) for w in waarden if re.fullmatch(r"[0-9]{1,12}", str(w))]
    return list(dict.fromkeys(ids))[:MAX_LOCATIES]


def _nieuw_gekozen(request: HttpRequest, concept: Concept) -> list[int]:
    """Give what was chosen while searching since this draft last looked."""
    gezien = request.session.get(OVERGENOMEN, {}).get(str(concept.sleutel), [])
    return [pk for pk in _gekozen(request) if pk not in gezien]


def _markeer_overgenomen(request: HttpRequest, concept: Concept) -> None:
    gezien = {**request.session.get(OVERGENOMEN, {}), str(concept.sleutel): _gekozen(request)}
    request.session[OVERGENOMEN] = dict(list(gezien.items())[-MAX_SLEUTELS:])


def _eerste_loket(locatie_ids: list[int]) -> Loket | None:
    """Start with the loket of a chosen location, else the first; the address decides later."""
    lokets = Loket.objects.order_by("pk")
    van_keuze = lokets.filter(gemeenten__locaties__in=locatie_ids).first() if locatie_ids else None
    return van_keuze or lokets.first()


# Addresses and buttons


def _url(concept: Concept, vraag: Stap) -> str:
    if vraag is LAATSTE:
        return reverse("aanvragen:controleer", args=[concept.sleutel])
    return reverse("aanvragen:stap", args=[concept.sleutel, vraag.slug])


def _stap_url(request: HttpRequest, concept: Concept, vraag: Stap) -> str:
    """Address the same page, keeping where to return to and what was searched."""
    houden = {}
    if _terug(request):
        houden["terug"] = "controleer"
    zoek = str(request.POST.get("zoek", "")).replace("\x00", "")[:80]
    if zoek:
        houden["zoek"] = zoek
    return f"{_url(concept, vraag)}?{urlencode(houden)}" if houden else _url(concept, vraag)


def _terug(request: HttpRequest) -> bool:
    """Tell whether the page was opened from the last one, to change one answer."""
    return "controleer" in (request.GET.get("terug"), request.POST.get("terug"))


def _actie(request: HttpRequest) -> Actie:
    """Read which button was pressed: a word, and what it is about. No word means: go on.

    The Enter key presses "enter": in the search box it searches, anywhere else it goes on.
    """
    if request.POST.get("actie") == "enter" and str(request.POST.get("zoek", "")).strip():
        return ("zoek", 0)
    gevonden = re.fullmatch(
        r"(bewaar|nog-een|zoek|voeg-toe|omhoog|omlaag|verwijder)(?:-([0-9]{1,12}))?",
        str(request.POST.get("actie", "")),
    )
    return (gevonden[1], int(gevonden[2] or 0)) if gevonden else ("", 0)
