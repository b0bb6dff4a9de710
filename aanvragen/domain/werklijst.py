"""What staff should do now, and what can wait: the rules of the work list. Pure: values in, values
out.

A rule gives a day. What it asks is due on working days: nobody has to ring on Easter Monday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from loket.werkdagen import na_werkdagen, voor_werkdagen

#: How far ahead the list looks. What is due later is not shown: a list of everything is no list.
HORIZON_DAGEN = 7
#: The database looks a little further than the list: a deadline in a row of free days (Christmas to
#: New Year, a bridge) is due on the last working day before it.
SPELING_DAGEN = 7
#: A start within so many days, or passed, is more pressing than looking along.
START_DAGEN = 30
#: After a talk with the family the question rests so many days.
RUST_DAGEN = 30
#: Who has most to lose from a late start is helped this much earlier than others (domein.md §8).
KWETSBAAR_EERDER_MAANDEN = 3
#: A failed mail stays on the list this long; afterwards the family has been reached in another way,
#: or not at all.
MISLUKT_DAGEN = 30


class Taaksoort(models.TextChoices):
    """What has to be done; in the order of urgency when two are due on the same day."""

    AFSPRAAK = "afspraak", _("Afspraken")
    DUBBEL = "dubbel", _("Twee keer hetzelfde kind?")
    SAMENVOEGEN = "samenvoegen", _("Ouder moet samenvoegen bevestigen")
    VRIJ = "vrij", _("Plaats weer vrij")
    MISLUKT = "mislukt", _("Mail kwam niet aan")
    VERLOOPT = "verloopt", _("Voorstel vervalt")
    DRINGEND = "dringend", _("Dringend, geen voorstel")
    GESPREK = "gesprek", _("Bericht van een gezin")
    GEEN_KEUZE = "geen_keuze", _("Geen keuze over")
    TE_LAAT = "te_laat", _("Opvang antwoordt niet")
    KWETSBAAR = "kwetsbaar", _("Kwetsbaar, geen plaats")
    START = "start", _("Start nadert, geen plaats")
    EIGEN = "eigen", _("Taken van het loket")
    HULP = "hulp", _("We zoeken mee")
    BEVESTIGEN = "bevestigen", _("Lang niets gehoord")
    CONCEPT = "concept", _("Aanvraag niet af")
    NIEUW = "nieuw", _("Nieuw")


VOLGORDE = {soort.value: nummer for nummer, soort in enumerate(Taaksoort)}
#: What a toeleider can do something about: the family's side.
VOOR_TOELEIDER = frozenset(
    {
        Taaksoort.AFSPRAAK,
        Taaksoort.VERLOOPT,
        Taaksoort.DRINGEND,
        Taaksoort.GEEN_KEUZE,
        Taaksoort.KWETSBAAR,
        Taaksoort.START,
        Taaksoort.HULP,
        Taaksoort.BEVESTIGEN,
        Taaksoort.MISLUKT,
    }
)
#: Working days to wait after the day that a rule counts from. A double keeps a family's question
#: away from the providers. A provider gets some days after a reminder. An urgent family is rung
#: within three days, one with most to lose within two weeks, and so again after each talk. Who
#: writes at a request gets time to finish it.
WERKDAGEN_NA = {
    Taaksoort.DUBBEL: 1,
    Taaksoort.SAMENVOEGEN: 5,
    Taaksoort.TE_LAAT: 3,
    Taaksoort.DRINGEND: 3,
    Taaksoort.KWETSBAAR: 10,
    Taaksoort.START: 5,
    Taaksoort.GESPREK: 1,
    Taaksoort.CONCEPT: 3,
}
#: The end can't be moved: ring on the last working day before it.
HARD = frozenset({Taaksoort.VERLOOPT})
#: People agreed on this very day.
AFGESPROKEN = frozenset({Taaksoort.AFSPRAAK, Taaksoort.EIGEN})
#: Gone after its day: what is new is new once.
EENMALIG = frozenset({Taaksoort.NIEUW})
#: Only a decision ends these: they can rest, but nobody can call them done.
VRAAGT_BESLUIT = frozenset(
    {Taaksoort.DUBBEL, Taaksoort.SAMENVOEGEN, Taaksoort.VRIJ, Taaksoort.AFSPRAAK, Taaksoort.GESPREK}
)


@lru_cache(maxsize=8192)
def termijn(soort: str, *, dag: dt.date | None, vanaf: dt.date | None) -> dt.date:
    """Give the day on which a task is due.

    `dag` is the day that the rule says; `vanaf` the day after which `WERKDAGEN_NA` working days are
    waited; with both, the later one counts. On a free day a task moves to the next working day, a
    hard deadline to the one before.
    """
    dagen: list[dt.date] = []
    if dag is not None:
        if soort in AFGESPROKEN:
            dagen.append(dag)
        elif soort in HARD:
            dagen.append(voor_werkdagen(dag, 0))
        else:
            dagen.append(na_werkdagen(dag, 0))
    if vanaf is not None:
        dagen.append(na_werkdagen(vanaf, WERKDAGEN_NA.get(Taaksoort(soort), 0)))
    return max(dagen)


class Wanneer(models.TextChoices):
    """The groups of the list."""

    TE_LAAT = "laat", _("Te laat")
    VANDAAG = "vandaag", _("Vandaag")
    DEZE_WEEK = "week", _("Deze week")
    UITGESTELD = "uitgesteld", _("Uitgesteld")


@dataclass(frozen=True, slots=True)
class Taak:
    """One thing to do about one question. `ding_id` names the aanmelding, offer or mail that it is
    about; `wie` has it; until `rust_tot` it rests.
    """

    soort: Taaksoort
    vraag_id: int
    ding_id: int
    termijn: dt.date
    wie: int | None = None
    rust_tot: dt.date | None = None
    rust_reden: str = ""

    @property
    def sleutel(self) -> tuple[int, str, int]:
        return (self.vraag_id, str(self.soort), self.ding_id)

    def rust(self, peildatum: dt.date) -> bool:
        return self.rust_tot is not None and peildatum < self.rust_tot

    def wanneer(self, peildatum: dt.date) -> Wanneer:
        if self.rust(peildatum):
            return Wanneer.UITGESTELD
        if self.termijn < peildatum:
            return Wanneer.TE_LAAT
        return Wanneer.VANDAAG if self.termijn == peildatum else Wanneer.DEZE_WEEK


@dataclass(frozen=True, slots=True)
class Stand:
    """What people did with a task: who has it, how long it rests, and as it was due when done."""

    wie: int | None = None
    rust_tot: dt.date | None = None
    rust_reden: str = ""
    gedaan_termijn: dt.date | None = None


def met_stand(taak: Taak, stand: Stand | None, *, peildatum: dt.date) -> Taak | None:
    """Give the task as it stands now; None when it is done.

    What rests is due again on the day until which it rests. What was done stays away until that
    day, or for good, unless the rule makes it due later than it was then: that is a new task.
    """
    if stand is None:
        return taak
    if stand.gedaan_termijn is None:
        return replace(
            taak,
            wie=stand.wie,
            rust_tot=stand.rust_tot,
            rust_reden=stand.rust_reden,
            termijn=max(taak.termijn, stand.rust_tot or taak.termijn),
        )
    if taak.termijn > stand.gedaan_termijn:
        return replace(taak, wie=stand.wie)
    if stand.rust_tot is not None and peildatum >= stand.rust_tot:
        return replace(taak, wie=stand.wie, termijn=stand.rust_tot)
    return None


def op_volgorde(taken: Iterable[Taak]) -> list[Taak]:
    """The earliest due first; on the same day the most pressing kind."""
    return sorted(taken, key=lambda t: (t.termijn, VOLGORDE[t.soort], t.vraag_id, t.ding_id))


NU, WEEK, UITGESTELD = "nu", "week", "uitgesteld"
MIJ, NIEMAND = "mij", "niemand"


def kies(taken: Sequence[Taak], lijst: str, *, peildatum: dt.date) -> list[Taak]:
    """The tasks of one list: `nu` (late and today), `week` (all), `uitgesteld`, or one kind."""
    if lijst == UITGESTELD:
        return [t for t in taken if t.rust(peildatum)]
    wakker = [t for t in taken if not t.rust(peildatum)]
    if lijst == NU:
        return [t for t in wakker if t.termijn <= peildatum]
    if lijst == WEEK:
        return wakker
    return [t for t in wakker if t.soort == lijst]


def van_wie(taken: Sequence[Taak], wie: str, *, ik: int) -> list[Taak]:
    """Narrow to my tasks (`mij`) or those that nobody has (`niemand`)."""
    if wie == MIJ:
        return [t for t in taken if t.wie == ik]
    if wie == NIEMAND:
        return [t for t in taken if t.wie is None]
    return list(taken)


def tel(taken: Sequence[Taak], *, peildatum: dt.date) -> dict[str, int]:
    """How many tasks each list holds; a kind without tasks is left out."""
    wakker = [t for t in taken if not t.rust(peildatum)]
    per_soort = {
        soort.value: aantal
        for soort in Taaksoort
        if (aantal := sum(t.soort == soort for t in wakker))
    }
    return {
        NU: sum(t.termijn <= peildatum for t in wakker),
        WEEK: len(wakker),
        UITGESTELD: len(taken) - len(wakker),
        **per_soort,
    }


def eerste(taken: Iterable[Taak], *, peildatum: dt.date) -> Taak | None:
    """The one thing to do about a question; having just arrived is not a thing to do."""
    return next(
        (t for t in op_volgorde(taken) if t.soort != Taaksoort.NIEUW and not t.rust(peildatum)),
        None,
    )
