"""What the part `post` shows: who asked for the same child, and what goes on paper."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from aanvragen.domain.rust import zwijgt_over
from aanvragen.domain.scheiden import SCHEIDBAAR
from aanvragen.models import Opvangvraag, Samenvoeging
from aanvragen.models.post import Samenvoegstand, Wijze
from aanvragen.permissions import Actie, is_loketmedewerker, mag
from loket.models import Gebruiker


def in_dossier(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Merges of this question (staff only: a toeleider knows one family) and its letters."""
    stil = zwijgt_over(vraag)
    if not is_loketmedewerker(gebruiker, vraag):
        return {"post_samenvoeging": None, "post_brieven": [], "post_kan_papier": not stil}
    samenvoeging = (
        Samenvoeging.objects.voor_balie(gebruiker)
        .filter(Q(eerste=vraag) | Q(dubbel=vraag) | Q(verder_als=vraag))
        .select_related("eerste", "dubbel", "verder_als")
        .first()
    )
    scheidbaar_tot = (
        samenvoeging.beantwoord_op + SCHEIDBAAR
        if samenvoeging
        and samenvoeging.stand == Samenvoegstand.SAMEN
        and samenvoeging.beantwoord_op
        else None
    )
    return {
        "post_samenvoeging": samenvoeging,
        "post_wijzen": [(w.value, w.label) for w in Wijze if w != Wijze.ONLINE],
        "post_kan_beantwoorden": samenvoeging is not None
        and samenvoeging.stand == Samenvoegstand.GEVRAAGD
        and mag(gebruiker, Actie.SAMENVOEGEN_BEANTWOORDEN, samenvoeging.eerste),
        "post_scheidbaar_tot": scheidbaar_tot
        if scheidbaar_tot and timezone.now() < scheidbaar_tot
        else None,
        "post_brieven": [] if stil else list(vraag.papierpost.mag_weg()),
        "post_kan_papier": not stil,
    }


def op_mijn(vraag: Opvangvraag, *, gebruiker: Gebruiker) -> dict[str, Any]:
    """Whether this parent has to say who may follow the question."""
    return {"post_samen": vraag.samenvoegingen_als_eerste.wacht_op_ouder().first()}
