"""What staff should do now, and what can wait: the rules of the work list. Pure: values in, values
out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

#: How far ahead the list looks. What is due later is not shown: a list of everything is no list.
HORIZON_DAGEN = 7
#: A possible double keeps a family's question away from the providers: judge it the next day at the
#: latest.
NAKIJKEN_DAGEN = 1
#: After a reminder a provider gets some days before staff ring.
NA_HERINNERING_DAGEN = 3
#: Without a place this long before the start the loket searches along (domein.md §8, Gent: six
#: months).
MEEZOEKEN_DAGEN = 182
#: After a talk with the family the question rests, shorter when it is urgent.
RUST_DAGEN = 30
RUST_DRINGEND_DAGEN = 7
#: A failed mail stays on the list this long; afterwards the family has been reached in another way,
#: or not at all.
MISLUKT_DAGEN = 30


class Taaksoort(models.TextChoices):
    """What has to be done; in the order of urgency when two are due on the same day."""

    DUBBEL = "dubbel", _("Twee keer hetzelfde kind?")
    MISLUKT = "mislukt", _("Mail kwam niet aan")
    VERLOOPT = "verloopt", _("Voorstel vervalt")
    GEEN_KEUZE = "geen_keuze", _("Geen keuze over")
    TE_LAAT = "te_laat", _("Opvang antwoordt niet")
    START = "start", _("Start nadert, geen plaats")
    BEVESTIGEN = "bevestigen", _("Lang niets gehoord")
    NIEUW = "nieuw", _("Nieuw vandaag")


VOLGORDE = {soort.value: nummer for nummer, soort in enumerate(Taaksoort)}
#: What a toeleider can do something about: the family's side.
VOOR_TOELEIDER = frozenset(
    {
        Taaksoort.VERLOOPT,
        Taaksoort.GEEN_KEUZE,
        Taaksoort.START,
        Taaksoort.BEVESTIGEN,
        Taaksoort.MISLUKT,
    }
)


class Wanneer(models.TextChoices):
    """The groups of the list."""

    TE_LAAT = "laat", _("Te laat")
    VANDAAG = "vandaag", _("Vandaag")
    DEZE_WEEK = "week", _("Deze week")


@dataclass(frozen=True, slots=True)
class Taak:
    """One thing to do about one question. `ding_id` names the aanmelding, offer or mail that it is
    about.
    """

    soort: Taaksoort
    vraag_id: int
    ding_id: int
    termijn: dt.date

    def wanneer(self, peildatum: dt.date) -> Wanneer:
        if self.termijn < peildatum:
            return Wanneer.TE_LAAT
        return Wanneer.VANDAAG if self.termijn == peildatum else Wanneer.DEZE_WEEK


def op_volgorde(taken: Iterable[Taak]) -> list[Taak]:
    """The earliest due first; on the same day the most pressing kind."""
    return sorted(taken, key=lambda t: (t.termijn, VOLGORDE[t.soort], t.vraag_id, t.ding_id))


NU, WEEK = "nu", "week"


def kies(taken: Sequence[Taak], lijst: str, *, peildatum: dt.date) -> list[Taak]:
    """The tasks of one list: `nu` (late and today), `week` (all), or one kind."""
    if lijst == NU:
        return [t for t in taken if t.termijn <= peildatum]
    if lijst == WEEK:
        return list(taken)
    return [t for t in taken if t.soort == lijst]


def tel(taken: Sequence[Taak], *, peildatum: dt.date) -> dict[str, int]:
    """How many tasks each list holds; a kind without tasks is left out."""
    per_soort = {
        soort.value: aantal
        for soort in Taaksoort
        if (aantal := sum(t.soort == soort for t in taken))
    }
    return {NU: len(kies(taken, NU, peildatum=peildatum)), WEEK: len(taken), **per_soort}


def eerste(taken: Iterable[Taak]) -> Taak | None:
    """The one thing to do about a question; having just arrived is not a thing to do."""
    return next((t for t in op_volgorde(taken) if t.soort != Taaksoort.NIEUW), None)
