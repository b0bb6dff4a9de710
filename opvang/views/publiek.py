"""A location's public page: for anybody, without an account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from loket.models import Loket
from opvang.domain.stand import Termijnen, zicht_op
from opvang.keuze import gekozen_locaties
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import masker_van_vrij
from opvang.workflow import Aanbodsoort, Ruimer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: The official register of licensed care, with the inspection reports (Opgroeien).
KINDEROPVANGZOEKER = "https://www.kinderopvangzoeker.be"


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
