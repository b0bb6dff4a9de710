"""Letters and tasks for the tests of the counter."""

from __future__ import annotations

import datetime as dt

from aanvragen.domain.werklijst import Taak
from aanvragen.models import Briefsjabloon, Brieftekst, Opvangvraag
from aanvragen.werklijst import taken_voor
from loket.models import Gebruiker, Loket


def maak_sjabloon(loket: Loket, naam: str = "We zoeken mee", **talen: str) -> Briefsjabloon:
    """A letter; each language gives its text, the first line is the subject."""
    sjabloon = Briefsjabloon.objects.create(loket=loket, naam=naam)
    talen.setdefault("nl", "We zoeken mee\nVoor {kind}. Vraag {referentie} start op {start}.")
    for taal, tekst in talen.items():
        titel, _regel, rest = tekst.partition("\n")
        Brieftekst.objects.create(sjabloon=sjabloon, taal=taal, titel=titel, tekst=rest)
    return sjabloon


def taak_van(
    gebruiker: Gebruiker, soort: str, *, nu: dt.datetime, vraag: Opvangvraag | None = None
) -> Taak:
    """The one task of this kind."""
    (taak,) = (t for t in taken_voor(gebruiker, nu=nu, vraag=vraag) if t.soort == soort)
    return taak
