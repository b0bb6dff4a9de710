"""A search as it is stored with an alert: primitives only, and never where somebody stands.

What is stored is read back with the same care as what comes from outside: the row may be older than
the code.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loket import week
from loket.domain.fouten import Weigering
from opvang.domain.waar import vind_gebied
from opvang.domain.zoeken import Zoekvraag
from opvang.talen import taal
from opvang.weekrooster import VOL_MASKER
from opvang.workflow import Aanbodsoort, Opvangvorm, Ruimer

MEESTE_TEKENS = 80
_MEESTE_CODES = 40
_TAALCODE = re.compile(r"[A-Za-z-]{2,12}")


class OngeldigeMeldvraag(Weigering):
    standaard = gettext_lazy(
        "Voor deze zoekopdracht kunnen we geen mail sturen. Zoek op een gemeente of een postcode."
    )


def _tekst(ruw: Any) -> str:
    if not isinstance(ruw, str) or len(ruw) > MEESTE_TEKENS or not ruw.isprintable():
        raise OngeldigeMeldvraag
    return ruw


def _getal(hoogste: int) -> Callable[[Any], int]:
    def lees(ruw: Any) -> int:
        if type(ruw) is not int or not 0 <= ruw <= hoogste:
            raise OngeldigeMeldvraag
        return ruw

    return lees


def _dag(ruw: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(ruw)
    except (TypeError, ValueError) as fout:
        raise OngeldigeMeldvraag from fout


def _ja(ruw: Any) -> bool:
    if ruw is not True:
        raise OngeldigeMeldvraag
    return True


def _codes(mag: Callable[[str], object]) -> Callable[[Any], tuple[str, ...]]:
    def lees(ruw: Any) -> tuple[str, ...]:
        if not isinstance(ruw, list) or not all(isinstance(code, str) for code in ruw):
            raise OngeldigeMeldvraag
        if len(ruw) > _MEESTE_CODES or not all(map(mag, ruw)):
            raise OngeldigeMeldvraag
        return tuple(ruw)

    return lees


#: How each field is read. `gebied` is stored as the words, `punt` never; of `standen` and the
#: order an alert has no use: it looks for what is surely free.
LEZERS: Mapping[str, Callable[[Any], Any]] = {
    "straal_km": _getal(100),
    "start": _dag,
    "rooster_masker": _getal(VOL_MASKER),
    "leeftijd_maanden": _getal(216),
    "soorten": _codes(Aanbodsoort.values.__contains__),
    "vormen": _codes(Opvangvorm.values.__contains__),
    "inkomenstarief": _ja,
    "vrije_prijs": _ja,
    "inclusief": _ja,
    "ruimere_uren": _codes(Ruimer.values.__contains__),
    "talen": _codes(_TAALCODE.fullmatch),
}
NIET_BEWAARD = frozenset({"gebied", "punt", "standen", "vrij_eerst"})


def naar_primitieven(vraag: Zoekvraag) -> dict[str, Any]:
    """Write what was asked. Refuses a search from where somebody stands, or without a place."""
    if not vraag.gebied.tekst or not vraag.gebied.is_gevonden:
        raise OngeldigeMeldvraag
    uit: dict[str, Any] = {"waar": vraag.gebied.tekst}
    for naam in LEZERS:
        waarde = getattr(vraag, naam)
        if isinstance(waarde, tuple):
            waarde = sorted(waarde)
        elif isinstance(waarde, dt.date):
            waarde = waarde.isoformat()
        if waarde is not None and waarde is not False and waarde != []:
            uit[naam] = waarde
    uit_primitieven(uit)
    return uit


def uit_primitieven(ruw: Any) -> Zoekvraag:
    """Read a stored search. Refuses what is no search (OngeldigeMeldvraag)."""
    if not isinstance(ruw, dict) or not set(ruw) <= {"waar", *LEZERS}:
        raise OngeldigeMeldvraag
    velden = {naam: lees(ruw[naam]) for naam, lees in LEZERS.items() if naam in ruw}
    return Zoekvraag(gebied=vind_gebied(_tekst(ruw.get("waar", ""))), **velden)


def kenmerk_van(soort: str, loket_id: int | None, vraag: Mapping[str, Any]) -> str:
    """Digest of a wish: the same wish has the same one."""
    ruw = json.dumps([soort, loket_id, dict(vraag)], sort_keys=True)
    return hashlib.sha256(ruw.encode()).hexdigest()


def in_woorden(vraag: Zoekvraag) -> list[str]:
    """Say what is asked, in parts that may stand in a list; never empty."""
    uit = [_plaats_in_woorden(vraag)]
    if vraag.start:
        uit.append(_("vanaf %(dag)s") % {"dag": date_format(vraag.start, "j F Y")})
    if vraag.rooster_masker:
        uit.append(week.in_woorden(vraag.rooster_masker))
    if (maanden := vraag.leeftijd_maanden) is not None:
        zin = ngettext(
            "je kind is dan %(maanden)s maand", "je kind is dan %(maanden)s maanden", maanden
        )
        uit.append(zin % {"maanden": maanden})
    uit += [str(Aanbodsoort(code).label).lower() for code in vraag.soorten]
    uit.append(week.opsomming([str(Opvangvorm(code).label).lower() for code in vraag.vormen]))
    uit += [_("prijs volgens inkomen")] * vraag.inkomenstarief
    uit += [_("vaste prijs per dag")] * vraag.vrije_prijs
    uit += [str(Ruimer(code).label).lower() for code in vraag.ruimere_uren]
    uit += [_("ervaring met extra zorg")] * vraag.inclusief
    uit.append(week.opsomming([taal(code) for code in vraag.talen]))
    return [deel for deel in uit if deel]


def _plaats_in_woorden(vraag: Zoekvraag) -> str:
    gebied = vraag.gebied
    waar = gebied.plek.naam if gebied.plek else gebied.tekst
    if not waar:
        return _("alle opvang")
    if vraag.straal_km and gebied.plek:
        return _("tot %(km)s km van %(waar)s") % {"km": vraag.straal_km, "waar": waar}
    if gebied.plekken:
        return _("in %(waar)s") % {"waar": waar}
    return _("met “%(tekst)s” in de naam of het adres") % {"tekst": waar}
