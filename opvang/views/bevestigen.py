"""A provider confirms its free places through the link in the monthly mail: one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loket.domain.fouten import IntussenGewijzigd
from loket.models import Loket
from opvang.domain.bevestiglink import AlGebruikt, Bevestiglink, bevestig_met_link, lees_token
from opvang.domain.geschiedenis import Regel, geschiedenis_van, vertel
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.views.aanbod_beeld import lees_gezien

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

ONVERWERKBAAR = 422
#: No more than a person reads; the rest stands in the history.
MEESTE_REGELS = 12


@dataclass(frozen=True, slots=True)
class Blad:
    """What the page shows: the locations of the link with their periods as they are now."""

    link: Bevestiglink
    locaties: Sequence[Opvanglocatie]

    @property
    def gezien(self) -> str:
        """The versions on this page: exactly these are confirmed."""
        return ",".join(
            f"{rij.pk}:{rij.versie}"
            for locatie in self.locaties
            for rij in locatie.plaatsaanbod.all()
        )

    @property
    def laatste(self) -> int:
        """Up to which event this page knows."""
        gebeurtenis = geschiedenis_van(*self.locaties).order_by("-pk").first()
        return gebeurtenis.pk if gebeurtenis else 0


# No session and no cookie counts here: the link itself is the whole permission. A page without
# referrer posts with `Origin: null`, which the CSRF check would refuse.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what parents see now, and take one answer: nothing changed.

    A GET changes nothing: mail programs open links by themselves.
    """
    gelezen = lees_token(token)
    blad = Blad(gelezen, _met_periodes(gelezen)) if gelezen else None
    response = (
        _antwoord(request, blad, token)
        if blad and blad.locaties
        else render(request, "opvang/bevestigen/onbekend.html", status=404)
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _met_periodes(gelezen: Bevestiglink) -> list[Opvanglocatie]:
    periodes = Plaatsaanbod.objects.nog_niet_voorbij(timezone.localdate())
    return list(gelezen.locaties_nu().prefetch_related(Prefetch("plaatsaanbod", queryset=periodes)))


def _antwoord(request: HttpRequest, blad: Blad, token: str) -> HttpResponse:
    eerste = blad.locaties[0]
    # The frame shows the loket of these locations, to whoever opens the mail.
    request.loket = Loket.objects.voor_gemeente(eerste.gemeente_id).order_by("pk").first()  # type: ignore[attr-defined]  # an attribute of ours
    gewijzigd: list[Regel] | None = None
    if request.method == "POST":
        try:
            bevestig_met_link(
                blad.link, gezien=lees_gezien(request.POST.get("gezien", "")), nu=timezone.now()
            )
        except IntussenGewijzigd:
            gewijzigd = _sinds(blad, request.POST.get("laatste", ""))
        except AlGebruikt:
            pass
        if gewijzigd is None:
            return redirect("bevestigen:link", token)
    return render(
        request,
        "opvang/bevestigen/link.html",
        {
            "blad": blad,
            "enige": eerste if len(blad.locaties) == 1 else None,
            "gebruikt_op": blad.link.gebruikt_op(),
            "gewijzigd": gewijzigd,
        },
        status=200 if gewijzigd is None else ONVERWERKBAAR,
    )


def _sinds(blad: Blad, laatste: str) -> list[Regel]:
    """What happened since the page was made; nobody signed in, so without names."""
    nummer = int(laatste) if laatste.isascii() and laatste.isdecimal() and len(laatste) < 19 else 0  # noqa: PLR2004 -- a bigint
    nieuw = geschiedenis_van(*blad.locaties).filter(pk__gt=nummer)
    return [vertel(g, met_naam=False) for g in nieuw[:MEESTE_REGELS]]
