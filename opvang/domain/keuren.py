"""What a period with free places may be, and in which words it is refused.

One place for the form, the spreadsheet and the API, so that they say the same. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket import week
from loket.domain.fouten import Weigering
from opvang.weekrooster import AANTAL_DAGDELEN
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: More free places on one dagdeel than any location has: a typing error.
MEESTE_PLAATSEN = 200
OUDSTE_MAANDEN = 144
EERSTE_JAAR, LAATSTE_JAAR = 2000, 2199

GEEN_DATUM = gettext_lazy("Vul een datum in.")
DATUM_BESTAAT_NIET = gettext_lazy("Deze dag bestaat niet. Kijk de datum na.")
SOORT_BESTAAT_NIET = gettext_lazy("Deze soort plaats bestaat niet.")
EINDE_VOOR_BEGIN = gettext_lazy("De laatste dag ligt voor de eerste dag.")
LEEFTIJDEN_OM = gettext_lazy("De oudste leeftijd is hoger dan de jongste leeftijd.")
INTUSSEN_GEWIJZIGD = gettext_lazy("Iemand wijzigde deze periode intussen.")
PERIODE_BESTAAT_NIET = gettext_lazy("Deze periode bestaat niet bij deze locatie.")
PERIODE_DUBBEL = gettext_lazy("Deze periode staat er twee keer in.")


class OngeldigAanbod(Weigering):
    standaard = gettext_lazy(
        "Een aantal vrije plaatsen is een getal van 0 tot 200 voor elk dagdeel."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanbodgegevens:
    """One period with places *still free* per dagdeel (14 numbers); `id` names an existing one."""

    vanaf: dt.date
    vrij: tuple[int, ...]
    tot: dt.date | None = None
    soort: str = Aanbodsoort.REGULIER
    leeftijd_vanaf: int = 0
    leeftijd_tot: int = 36
    id: int | None = None


def wanneer(code: str) -> str:
    """Say a dagdeel: "ma-vm" is "maandag voormiddag"."""
    dag, deel = code.split("-")
    return f"{dict(week.DAGEN)[dag]} {dict(week.DAGDELEN)[deel]}"


def geen_aantal(code: str) -> str:
    """Refuse the number on one dagdeel."""
    return _("%(wanneer)s: vul een getal in van 0 tot %(hoogste)s.") % {
        "wanneer": wanneer(code).capitalize(),
        "hoogste": MEESTE_PLAATSEN,
    }


def geen_leeftijd() -> str:
    return _("Vul een leeftijd in van 0 tot %(hoogste)s maanden.") % {"hoogste": OUDSTE_MAANDEN}


def geen_jaar() -> str:
    return _("Kies een dag tussen %(van)s en %(tot)s.") % {"van": EERSTE_JAAR, "tot": LAATSTE_JAAR}


def bezwaren(gegevens: Aanbodgegevens) -> dict[str, StrOrPromise]:
    """Say what is wrong with a period, by field; nothing when it may be."""
    uit: dict[str, StrOrPromise] = {}
    if gegevens.soort not in Aanbodsoort.values:
        uit["soort"] = SOORT_BESTAAT_NIET
    if not EERSTE_JAAR <= gegevens.vanaf.year <= LAATSTE_JAAR:
        uit["vanaf"] = geen_jaar()
    if gegevens.tot is not None:
        if not EERSTE_JAAR <= gegevens.tot.year <= LAATSTE_JAAR:
            uit["tot"] = geen_jaar()
        elif gegevens.tot <= gegevens.vanaf:
            uit["tot"] = EINDE_VOOR_BEGIN
    for veld in ("leeftijd_vanaf", "leeftijd_tot"):
        if not 0 <= getattr(gegevens, veld) <= OUDSTE_MAANDEN:
            uit[veld] = geen_leeftijd()
    if "leeftijd_tot" not in uit and gegevens.leeftijd_vanaf >= gegevens.leeftijd_tot:
        uit["leeftijd_tot"] = LEEFTIJDEN_OM
    if len(gegevens.vrij) != AANTAL_DAGDELEN:
        uit["vrij"] = OngeldigAanbod.standaard
    else:
        uit |= {
            code: geen_aantal(code)
            for code, aantal in zip(week.CODES, gegevens.vrij, strict=True)
            if not 0 <= aantal <= MEESTE_PLAATSEN
        }
    return uit


def keur(gegevens: Aanbodgegevens) -> None:
    """Refuse a period that can't be (OngeldigAanbod), with the first thing that is wrong."""
    for bezwaar in bezwaren(gegevens).values():
        raise OngeldigAanbod(bezwaar)


def keur_vector(vrij: Sequence[int]) -> None:
    """Refuse what is not fourteen numbers of places."""
    if len(vrij) != AANTAL_DAGDELEN or any(not 0 <= n <= MEESTE_PLAATSEN for n in vrij):
        raise OngeldigAanbod
