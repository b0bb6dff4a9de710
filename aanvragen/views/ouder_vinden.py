"""Who the parent is, and the own question with everything that its pages show."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from aanvragen.models import (
    Aanmelding,
    Opvangvraag,
    Plaatsing,
    Voorstel,
)
from loket.models import Gebruiker, Loket


def ouder_van(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user


def vraag_van_ouder(request: HttpRequest, referentie: str) -> Opvangvraag:
    """Find a question of this person's own family; anybody else's does not exist."""
    if "\x00" in referentie:
        raise Http404
    mijn_vraag = (
        Opvangvraag.objects.van_ouder(request.user)
        .select_related("loket", "kind__gezin__gemeente")
        .prefetch_related(*met_locaties(), *met_plaats(), "kenmerken", "gebied")
        .filter(referentie=referentie.upper()[:9])
        .first()
    )
    if mijn_vraag is None:
        raise Http404
    zet_loket(request, mijn_vraag.loket)
    return mijn_vraag


def zet_loket(request: HttpRequest, loket: Loket) -> None:
    """Let the frame of the page show this loket (loket/context.py)."""
    vars(request)["loket"] = loket


def met_locaties() -> list[Prefetch[Any]]:
    return [
        Prefetch(
            "aanmeldingen", queryset=Aanmelding.objects.select_related("locatie").order_by("rang")
        ),
        Prefetch("aanmeldingen__voorstellen", queryset=Voorstel.objects.lopend()),
    ]


def met_plaats() -> list[Prefetch[Any]]:
    return [
        Prefetch(
            "plaatsingen",
            queryset=Plaatsing.objects.filter(beeindigd_op=None).select_related("locatie"),
        )
    ]
