"""Which answers a location still owes, and how fast it usually answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from aanvragen.models import Aanmelding
from aanvragen.querysets import AanmeldingQuerySet
from aanvragen.workflow import WACHT_OP_ANTWOORD, Vraagstatus
from loket.werkdagen import werkdagen_tussen
from opvang.models import Opvanglocatie

#: How far back the usual time is looked at.
TERUG = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Schuld:
    """What one location owes. `oudste` is in working days late; `mediaan` in working days, None
    when it answered nothing in a year: unknown, not fast.
    """

    locatie: Opvanglocatie
    open: int
    te_laat: int
    eindstatus: int
    oudste: int
    antwoorden: int
    mediaan: float | None

    @property
    def achterstand(self) -> int:
        return self.te_laat + self.eindstatus


def _antwoord_laat(peildatum: dt.date) -> Q:
    return Q(status__in=WACHT_OP_ANTWOORD, antwoord_voor__lt=peildatum)


def _eindstatus_laat(peildatum: dt.date) -> Q:
    return Q(eindstatus_voor__lt=peildatum)


def achterstallig(peildatum: dt.date) -> Q:
    """Requests of which the answer, or how the waiting ended, should have been there."""
    return _antwoord_laat(peildatum) | _eindstatus_laat(peildatum)


def gevraagd(aanmeldingen: AanmeldingQuerySet) -> AanmeldingQuerySet:
    """Those that the provider is really asked about: the question runs and is not suspended."""
    return aanmeldingen.niet_opgeschort().filter(opvangvraag__status=Vraagstatus.ACTIEF)


def bereken(
    locaties: Sequence[Opvanglocatie], aanmeldingen: AanmeldingQuerySet, *, peildatum: dt.date
) -> list[Schuld]:
    """Add up what each of these locations owes in `aanmeldingen`, the longest waited for first.

    Two queries, however many locations.
    """
    hier = aanmeldingen.filter(locatie__in=[locatie.pk for locatie in locaties]).order_by()
    laat, eindstatus_laat = _antwoord_laat(peildatum), _eindstatus_laat(peildatum)
    open_ = {
        rij["locatie"]: rij
        for rij in gevraagd(hier)
        .values("locatie")
        .annotate(
            wachtend=Count("pk", filter=Q(status__in=WACHT_OP_ANTWOORD) & ~laat),
            te_laat=Count("pk", filter=laat),
            eindstatus=Count("pk", filter=eindstatus_laat),
            oudste_antwoord=Min("antwoord_voor", filter=laat),
            oudste_eindstatus=Min("eindstatus_voor", filter=eindstatus_laat),
        )
    }
    tijden = antwoordtijden(hier, peildatum=peildatum)
    schulden = [
        _schuld(locatie, open_.get(locatie.pk, {}), tijden.get(locatie.pk, []), peildatum)
        for locatie in locaties
    ]
    return sorted(schulden, key=lambda s: (-s.achterstand, -s.oudste, s.locatie.naam))


def _schuld(
    locatie: Opvanglocatie,
    rij: Mapping[str, Any],
    tijden: list[int],
    peildatum: dt.date,
) -> Schuld:
    data = [rij.get("oudste_antwoord"), rij.get("oudste_eindstatus")]
    oudste = min((dag for dag in data if dag), default=peildatum)
    return Schuld(
        locatie=locatie,
        open=rij.get("wachtend", 0),
        te_laat=rij.get("te_laat", 0),
        eindstatus=rij.get("eindstatus", 0),
        oudste=werkdagen_tussen(oudste, peildatum),
        antwoorden=len(tijden),
        mediaan=mediaan(tijden),
    )


def mediaan(werkdagen: Iterable[int]) -> float | None:
    """Give the middle one; None when there are none. Pure."""
    lijst = list(werkdagen)
    return median(lijst) if lijst else None


def antwoordtijden(
    aanmeldingen: QuerySet[Aanmelding], *, peildatum: dt.date
) -> dict[int, list[int]]:
    """How many working days each first answer of the past year took, by location."""
    paren = Counter(
        aanmeldingen.filter(
            beantwoord_op__date__gt=peildatum - TERUG, beantwoord_op__date__lte=peildatum
        )
        .order_by()
        .values_list("locatie", TruncDate("verzonden_op"), TruncDate("beantwoord_op"))
    )
    tijden: dict[int, list[int]] = {}
    for (locatie, verzonden, beantwoord), aantal in paren.items():
        tijden.setdefault(locatie, []).extend([werkdagen_tussen(verzonden, beantwoord)] * aantal)
    return tijden
