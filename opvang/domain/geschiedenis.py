"""What changed in a location's free places, and by whom, in sentences. Pure, but for the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket import week
from loket.models import Gebeurtenis
from opvang.domain.bevestiglink import NAMENS_MAIL
from opvang.domain.vrije_plaatsen import VERB
from opvang.models import Opvanglocatie
from opvang.workflow import Aanbodsoort

#: How the logbook names a key of the API (opvang/api/sleutel.py) and an uploaded list.
API_SLEUTEL = "API-sleutel "
NAMENS_REKENBLAD = "rekenblad"


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of the history."""

    op: dt.datetime
    zinnen: Sequence[str]


def geschiedenis_van(*locaties: Opvanglocatie) -> QuerySet[Gebeurtenis]:
    """All that was said about free places of these locations, newest first."""
    return Gebeurtenis.objects.filter(
        onderwerp_soort=Opvanglocatie._meta.label_lower,
        onderwerp_id__in=[locatie.pk for locatie in locaties],
        werkwoord__startswith=VERB,
    ).select_related("door")


def vertel(gebeurtenis: Gebeurtenis, *, met_naam: bool = True) -> Regel:
    """Say what happened; without `met_naam` for a reader who did not sign in."""
    wie = _wie(gebeurtenis, met_naam=met_naam)
    soort = gebeurtenis.werkwoord.removeprefix(VERB)
    return Regel(gebeurtenis.op, list(_zinnen(soort, wie, gebeurtenis.gegevens)))


def _wie(gebeurtenis: Gebeurtenis, *, met_naam: bool) -> str:
    namens = gebeurtenis.namens
    if namens == NAMENS_MAIL:
        return _("Iemand met de link uit de mail")
    if namens.startswith(API_SLEUTEL):
        return _("Je eigen pakket (%(sleutel)s)") % {"sleutel": namens.removeprefix(API_SLEUTEL)}
    if gebeurtenis.door is None:
        return namens or _("Het portaal")
    naam = str(gebeurtenis.door) if met_naam else _("Iemand van je team")
    if namens == NAMENS_REKENBLAD:
        return _("%(wie)s (met een rekenblad)") % {"wie": naam}
    return naam


def _zinnen(soort: str, wie: str, gegevens: Mapping[str, Any]) -> Iterator[str]:
    if soort == "bevestigd":
        yield _("%(wie)s bevestigde dat alles nog klopt.") % {"wie": wie}
        return
    periode = _periode(gegevens)
    if soort == "gemeld":
        yield _("%(wie)s meldde een nieuwe periode %(periode)s: %(cijfers)s.") % {
            "wie": wie,
            "periode": periode,
            "cijfers": cijfers(gegevens["vrij"]),
        }
    elif soort == "weggehaald":
        yield _("%(wie)s haalde de periode %(periode)s weg.") % {"wie": wie, "periode": periode}
    elif soort == "teruggedraaid_weg":
        yield _("%(wie)s draaide de nieuwe periode %(periode)s terug.") % {
            "wie": wie,
            "periode": periode,
        }
    elif "was_vrij" not in gegevens:
        yield _("%(wie)s zette de weggehaalde periode %(periode)s terug.") % {
            "wie": wie,
            "periode": periode,
        }
    else:
        yield from _verschil(soort, wie, periode, gegevens)


def _verschil(soort: str, wie: str, periode: str, gegevens: Mapping[str, Any]) -> Iterator[str]:
    """Tell each thing that is other than before: the numbers, then the dates, ages and kind."""
    groepen: dict[tuple[int, int], int] = {}
    for index, (was, nu) in enumerate(zip(gegevens["was_vrij"], gegevens["vrij"], strict=True)):
        if was != nu:
            groepen[was, nu] = groepen.get((was, nu), 0) | 1 << index
    delen = [
        _("%(wanneer)s van %(was)s op %(nu)s")
        % {"wanneer": week.in_woorden(masker), "was": was, "nu": nu}
        for (was, nu), masker in groepen.items()
    ]
    if soort == "teruggedraaid":
        yield _("%(wie)s draaide de laatste wijziging van de periode %(periode)s terug.") % {
            "wie": wie,
            "periode": periode,
        }
    for deel in delen:
        yield _("%(wie)s zette %(wat)s (periode %(periode)s).") % {
            "wie": wie,
            "wat": deel,
            "periode": periode,
        }
    anders = _anders(gegevens)
    if anders:
        yield _("%(wie)s wijzigde de periode: nu %(nu)s, eerst %(was)s.") % {
            "wie": wie,
            "nu": anders[1],
            "was": anders[0],
        }
    if not delen and not anders and soort == "gewijzigd":
        yield _("%(wie)s bewaarde de periode %(periode)s zonder iets te veranderen.") % {
            "wie": wie,
            "periode": periode,
        }


def _anders(gegevens: Mapping[str, Any]) -> tuple[str, str] | None:
    """Say dates, ages and kind as they were and as they are, if any of them changed."""
    velden = ("soort", "vanaf", "tot", "leeftijd_vanaf", "leeftijd_tot")
    was = {veld: gegevens[f"was_{veld}"] for veld in velden}
    nu = {veld: gegevens[veld] for veld in velden}
    return None if was == nu else (_voluit(was), _voluit(nu))


def _voluit(gegevens: Mapping[str, Any]) -> str:
    return _("%(soort)s %(periode)s, van %(jongste)s tot %(oudste)s maanden") % {
        "soort": str(Aanbodsoort(gegevens["soort"]).label).lower(),
        "periode": _periode(gegevens),
        "jongste": gegevens["leeftijd_vanaf"],
        "oudste": gegevens["leeftijd_tot"],
    }


def _periode(gegevens: Mapping[str, Any]) -> str:
    van, tot = _dag(gegevens["vanaf"]), gegevens["tot"]
    if tot is None:
        return _("vanaf %(van)s") % {"van": van}
    return _("van %(van)s tot %(tot)s") % {"van": van, "tot": _dag(tot)}


def _dag(iso: str) -> str:
    return date_format(dt.date.fromisoformat(iso), "j b Y")


def cijfers(vrij: Sequence[int]) -> str:
    """Say the numbers: "2 op maandag hele dag, 1 op dinsdag voormiddag"."""
    groepen: dict[int, int] = {}
    for index, aantal in enumerate(vrij):
        if aantal:
            groepen[aantal] = groepen.get(aantal, 0) | 1 << index
    delen = [
        _("%(aantal)s op %(wanneer)s") % {"aantal": aantal, "wanneer": week.in_woorden(masker)}
        for aantal, masker in sorted(groepen.items(), reverse=True)
    ]
    return week.opsomming(delen) or _("niets vrij")
