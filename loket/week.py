"""The week as one number: 7 days x 2 dagdelen, for the picker, the strip and its words.

Bit = weekday * 2 + dagdeel: Monday voormiddag is bit 0, Sunday namiddag is bit 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django_stubs_ext import StrOrPromise

DAGEN: Sequence[tuple[str, StrOrPromise]] = (
    ("ma", _("maandag")),
    ("di", _("dinsdag")),
    ("wo", _("woensdag")),
    ("do", _("donderdag")),
    ("vr", _("vrijdag")),
    ("za", _("zaterdag")),
    ("zo", _("zondag")),
)
DAGDELEN: Sequence[tuple[str, StrOrPromise]] = (("vm", _("voormiddag")), ("nm", _("namiddag")))

VOORMIDDAG, NAMIDDAG, HELE_DAG = 1, 2, 3
HELE_WEEK = (1 << 14) - 1
WERKWEEK = (1 << 10) - 1
KORTSTE_REEKS = 3

CODES: dict[str, int] = {
    f"{dag}-{deel}": 1 << (weekdag * 2 + dagdeel)
    for weekdag, (dag, _dagnaam) in enumerate(DAGEN)
    for dagdeel, (deel, _deelnaam) in enumerate(DAGDELEN)
}


def per_dag(masker: int) -> list[int]:
    """Split the week in seven days of 0 (nothing), 1 (voormiddag), 2 (namiddag) or 3 (both)."""
    return [masker >> (weekdag * 2) & HELE_DAG for weekdag in range(len(DAGEN))]


def uit_codes(codes: Iterable[str]) -> int:
    """Turn `["ma-vm", "di-nm"]` into the number; an unknown code raises KeyError."""
    masker = 0
    for code in codes:
        masker |= CODES[code]
    return masker


def opsomming(woorden: Sequence[str]) -> str:
    """Join words as in a sentence: "a, b en c"."""
    if len(woorden) < 2:  # noqa: PLR2004 -- one word needs no "en"
        return "".join(woorden)
    return gettext("%(eerste)s en %(laatste)s") % {
        "eerste": ", ".join(woorden[:-1]),
        "laatste": woorden[-1],
    }


def _dagen_in_woorden(weekdagen: Sequence[int]) -> str:
    aaneen = weekdagen[-1] - weekdagen[0] == len(weekdagen) - 1
    namen = [str(DAGEN[weekdag][1]) for weekdag in weekdagen]
    if aaneen and len(weekdagen) >= KORTSTE_REEKS:
        return gettext("%(eerste)s tot en met %(laatste)s") % {
            "eerste": namen[0],
            "laatste": namen[-1],
        }
    return opsomming(namen)


def in_woorden(masker: int) -> str:
    """Say the week: "maandag, dinsdag en donderdag hele dag, vrijdag voormiddag"."""
    dagen = per_dag(masker)
    zinnen = []
    for keuze, naam in (
        (HELE_DAG, gettext("hele dag")),
        (VOORMIDDAG, gettext("voormiddag")),
        (NAMIDDAG, gettext("namiddag")),
    ):
        weekdagen = [weekdag for weekdag, dag in enumerate(dagen) if dag == keuze]
        if weekdagen:
            zinnen.append(f"{_dagen_in_woorden(weekdagen)} {naam}")
    return ", ".join(zinnen) or gettext("geen dagen")


def in_woorden_naast(gevraagd: int, vrij: int) -> str:
    """Say how the free week fits the asked week, for readers who do not see the strip."""
    past, mist, ook = gevraagd & vrij, gevraagd & ~vrij, vrij & ~gevraagd
    zinnen = []
    if gevraagd and not mist:
        zinnen.append(gettext("Past op al je dagen: %(dagen)s.") % {"dagen": in_woorden(past)})
    elif gevraagd and not past:
        zinnen.append(gettext("Geen van je dagen is vrij."))
    elif gevraagd:
        zinnen.append(gettext("Past: %(dagen)s.") % {"dagen": in_woorden(past)})
        zinnen.append(gettext("Niet vrij: %(dagen)s.") % {"dagen": in_woorden(mist)})
    if ook:
        zinnen.append(gettext("Ook vrij: %(dagen)s.") % {"dagen": in_woorden(ook)})
    return " ".join(zinnen) or gettext("Niets vrij.")
