"""Whose unfinished request is this, what is in it, and where do its pages stand.

What the pages of a request share: the question pages, the last page, the return on another device.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.concept import MAX_LOCATIES, neem_over
from aanvragen.forms.aanvraag import naam_van
from aanvragen.forms.stap import Kader
from aanvragen.forms.vragenlijst import LAATSTE, STAPPEN, Stap, Vragenlijst
from aanvragen.models import Concept, Ouder
from aanvragen.querysets import ConceptQuerySet
from loket.models import Gebruiker, Loket

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
Pagina: TypeAlias = Callable[..., HttpResponse]


class ConceptWeg(Http404):
    """The draft is not for this browser any more; `reden` is what may be told about it."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden)
        self.reden = reden


def legt_uit_wat_weg_is(pagina: Pagina) -> Pagina:
    """Let a page about a draft explain itself when the draft is gone: no bare 404.

    A stranger with a guessed key reads the same, whether there is such a draft or not.
    """

    @wraps(pagina)
    def met_uitleg(request: HttpRequest, sleutel: UUID, **anders: Any) -> HttpResponse:
        try:
            return pagina(request, sleutel, **anders)
        except ConceptWeg as weg:
            verder = reverse("aanvragen:taken", args=[sleutel])
            context = {"reden": weg.reden, "verder": verder, "aangemeld": aangemeld(request)}
            return render(request, "aanvragen/weg.html", context, status=404)

    return met_uitleg


# Whose draft


def aangemeld(request: HttpRequest) -> Gebruiker | None:
    return request.user if isinstance(request.user, Gebruiker) else None


def sleutels_van(request: HttpRequest) -> list[str]:
    sleutels = request.session.get(CONCEPTEN, [])
    return [str(sleutel) for sleutel in sleutels] if isinstance(sleutels, list) else []


def mijn_concepten(request: HttpRequest) -> ConceptQuerySet:
    """Give the unfinished requests of this person or browser, last touched first."""
    return (
        Concept.objects.zichtbaar_voor(request.user, sleutels_van(request))
        .filter(ingevoerd_door=None)
        .select_related("loket")
    )


def vind_concept(request: HttpRequest, sleutel: UUID) -> Concept:
    """Find the draft of this person or browser, or one that this person sent; else ConceptWeg."""
    gebruiker = aangemeld(request)
    concept = mijn_concepten(request).filter(sleutel=str(sleutel)).first()
    if concept is None and gebruiker is not None:
        concept = (
            Concept.objects.filter(gebruiker=gebruiker, sleutel=str(sleutel))
            .exclude(afgerond_op=None)
            .select_related("loket")
            .first()
        )
    if concept is None:
        raise ConceptWeg(_waarom_weg(request, sleutel))
    if gebruiker is not None and concept.gebruiker_id is None:
        neem_over(concept, door=gebruiker)
        if concept.gebruiker_id != gebruiker.pk:  # somebody else, with the address, was first
            raise ConceptWeg("elders")
    zet_loket(request, concept.loket)
    return concept


def _waarom_weg(request: HttpRequest, sleutel: UUID) -> str:
    """Say what became of a draft that this very browser held; of another one nothing is told."""
    if str(sleutel) not in sleutels_van(request):
        return "weg"
    concept = Concept.objects.filter(sleutel=str(sleutel)).first()
    if concept is None:
        return "weg"
    return "elders" if concept.afgerond_op is None else "verstuurd"


def onthoud(request: HttpRequest, concept: Concept) -> None:
    request.session[CONCEPTEN] = [*sleutels_van(request), str(concept.sleutel)][-MAX_SLEUTELS:]
    markeer_overgenomen(request, concept)


def vergeet(request: HttpRequest, concept: Concept) -> None:
    request.session[CONCEPTEN] = [s for s in sleutels_van(request) if s != str(concept.sleutel)]


def zet_loket(request: HttpRequest, loket: Loket) -> None:
    """Let the frame of the page show this loket (loket/context.py)."""
    vars(request)["loket"] = loket


# What is in it


def vragenlijst(request: HttpRequest, concept: Concept) -> Vragenlijst:
    gebruiker = aangemeld(request)
    kader = Kader(
        vandaag=timezone.localdate(),
        loket=concept.loket,
        email=gebruiker.email if gebruiker else "",
    )
    return Vragenlijst(concept.gegevens, kader=kader)


def voorinvulling(request: HttpRequest, concept: Concept, slug: str) -> dict[str, Any]:
    """Give what we know of a parent who asked before: nobody has to type that again."""
    gebruiker = aangemeld(request)
    if gebruiker is None:
        return {"email": concept.email} if slug == "wie" and concept.email else {}
    if slug not in {"wie", "kind", "situatie"}:
        return {}
    ouder = (
        # Where a merge put this parent is the other parent's address.
        Ouder.objects.thuis()
        .filter(gebruiker=gebruiker)
        .select_related("gezin")
        .order_by("-pk")
        .first()
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


def voor_wie(lijst: Vragenlijst) -> str:
    """Say for whom this request is, as soon as we know."""
    namen = [naam_van(kind) for kind in lijst.kader.kinderen]
    if not namen:
        return ""
    if len(namen) == 1:
        return _("voor %(naam)s") % {"naam": namen[0]}
    return _("voor %(aantal)s kinderen") % {"aantal": len(namen)}


def paginagegevens(concept: Concept, lijst: Vragenlijst, vraag: Stap) -> dict[str, Any]:
    """Give what every page of a request shows around its question."""
    return {
        "concept": concept,
        "vraag": vraag,
        "nummer": STAPPEN.index(vraag) + 1,
        "totaal": len(STAPPEN),
        "voor": voor_wie(lijst),
        "bron": lijst.bron,
    }


# Locations chosen while searching


def gekozen_ids(request: HttpRequest) -> list[int]:
    """Read the ids that the search pages left; never trust their shape."""
    waarden = request.session.get(GEKOZEN, [])
    if not isinstance(waarden, list):
        return []
    ids = [int(w) for w in waarden if re.fullmatch(r"[0-9]{1,12}", str(w))]
    return list(dict.fromkeys(ids))[:MAX_LOCATIES]


def nieuw_gekozen(request: HttpRequest, concept: Concept) -> list[int]:
    """Give what was chosen while searching since this draft last looked."""
    gezien = request.session.get(OVERGENOMEN, {}).get(str(concept.sleutel), [])
    return [pk for pk in gekozen_ids(request) if pk not in gezien]


def markeer_overgenomen(request: HttpRequest, concept: Concept) -> None:
    gezien = {**request.session.get(OVERGENOMEN, {}), str(concept.sleutel): gekozen_ids(request)}
    request.session[OVERGENOMEN] = dict(list(gezien.items())[-MAX_SLEUTELS:])


def eerste_loket(locatie_ids: list[int]) -> Loket | None:
    """Start with the loket of a chosen location, else the first; the address decides later."""
    lokets = Loket.objects.order_by("pk")
    van_keuze = lokets.filter(gemeenten__locaties__in=locatie_ids).first() if locatie_ids else None
    return van_keuze or lokets.first()


# Addresses, buttons, and where they lead


def url_van(concept: Concept, vraag: Stap) -> str:
    if vraag is LAATSTE:
        return reverse("aanvragen:controleer", args=[concept.sleutel])
    return reverse("aanvragen:stap", args=[concept.sleutel, vraag.slug])


def kom_terug(request: HttpRequest) -> bool:
    """Tell whether the page was opened from the last one, to change one answer."""
    return "controleer" in (request.GET.get("terug"), request.POST.get("terug"))


def actie_van(request: HttpRequest) -> Actie:
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


def verplaats(lijst: list[str], wat: str, actie: str) -> list[str]:
    """Move one wish a place, or take it out."""
    plaats = lijst.index(wat)
    rest = [pk for pk in lijst if pk != wat]
    if actie == "verwijder":
        return rest
    nieuw = plaats - 1 if actie == "omhoog" else plaats + 1
    nieuw = min(max(nieuw, 0), len(rest))
    return [*rest[:nieuw], wat, *rest[nieuw:]]


def bewaard(request: HttpRequest, concept: Concept) -> HttpResponse:
    """Say that nothing is lost; who is not signed in reads how to go on on another device."""
    messages.success(request, _("Bewaard. Je kunt later verder gaan waar je was."))
    naar = "aanvragen:taken" if aangemeld(request) else "aanvragen:bewaren"
    return redirect(naar, concept.sleutel)


def al_verstuurd(request: HttpRequest, concept: Concept) -> HttpResponse:
    """Lead who goes back after sending to what was sent: nothing can be changed any more."""
    messages.info(request, _("Deze aanvraag is al verstuurd. Hieronder zie je wat er nu gebeurt."))
    return redirect("aanvragen:verstuurd", concept.sleutel)
