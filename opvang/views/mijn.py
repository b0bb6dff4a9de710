"""What the provider's pages share: whose it is, and numbers that a page gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.permissions import Actie, eis

if TYPE_CHECKING:
    from django.http import HttpRequest

_NUMMER = re.compile(r"[0-9]{1,18}")


def lees_nummer(ruw: str) -> int:
    """Read a number that the page gave; nothing that exists when it is none."""
    return int(ruw) if _NUMMER.fullmatch(ruw) else -1


def adres_van(locatie: Opvanglocatie) -> str:
    return reverse("aanbod:locatie", args=[locatie.slug])


def mijn_locatie(
    request: HttpRequest, slug: str, actie: Actie = Actie.VRIJE_PLAATSEN_WIJZIGEN
) -> Opvanglocatie:
    """A location that I may do this with; somebody else's does not exist for me."""
    eis(request.user, Actie.AANBOD_OPENEN)
    locatie = get_object_or_404(
        Opvanglocatie.objects.van_aanbieder(request.user).select_related(
            "gemeente", "wijk", "organisator"
        ),
        slug=slug,
    )
    eis(request.user, actie, locatie)
    return locatie


def mijn_periode(request: HttpRequest, pk: int) -> Plaatsaanbod:
    eis(request.user, Actie.AANBOD_OPENEN)
    aanbod = get_object_or_404(
        Plaatsaanbod.objects.van_aanbieder(request.user).select_related(
            "locatie", "bevestigd_door"
        ),
        pk=pk,
    )
    eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, aanbod)
    return aanbod
