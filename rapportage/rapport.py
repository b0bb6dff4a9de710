"""A capacity report as one frozen object: every indicator, and the sentences that follow from them.

The page, the PDF and the CSV all show this object; the snapshot in the database is this object as
JSON.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.week import opsomming
from opvang.weekrooster import DAGEN
from rapportage import indicatoren
from rapportage.getallen import getal, maandnaam
from rapportage.indicatoren.basis import Telling, Werkgebied
from rapportage.indicatoren.capaciteit import Capaciteit, capaciteit, lees_vergunningen
from rapportage.indicatoren.dekking import Dekking, dekking
from rapportage.indicatoren.opvangvragen import Opvangvragen, lees_vragen, opvangvragen
from rapportage.indicatoren.tekort import Tekort, tekort
from rapportage.indicatoren.vrije_plaatsen import VrijePlaatsen, lees_aanbod, vrije_plaatsen
from rapportage.indicatoren.wijken import Wijken, wijken
from rapportage.workflow import Stap

#: More municipalities than this and the title names the loket in their place.
MEESTE_NAMEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapportgegevens:
    """Everything that a report says; small cells are hidden already, so nothing can leak."""

    loket: str
    gemeenten: tuple[str, ...]
    peildatum: dt.date
    gemaakt_op: dt.datetime
    kleine_cel: int
    capaciteit: Capaciteit
    dekking: Dekking
    vragen: Opvangvragen
    vrij: VrijePlaatsen
    tekort: Tekort
    wijken: Wijken

    @property
    def gebied(self) -> str:
        """What the report is about, for its title."""
        return opsomming(self.gemeenten) if len(self.gemeenten) <= MEESTE_NAMEN else self.loket

    @property
    def titel(self) -> str:
        return _("Kinderopvang in %(gebied)s") % {"gebied": self.gebied}


def stel_samen(
    werkgebied: Werkgebied,
    peildatum: dt.date,
    *,
    gemaakt_op: dt.datetime,
    meld: Callable[[Stap], None] = lambda _stap: None,
) -> Rapportgegevens:
    """Count everything for one area and day.

    Reads each source once, so that figures about the same thing agree. `meld` is told what is being
    done; nothing is locked and no transaction is open meanwhile.
    """
    meld(Stap.PLAATSEN)
    vergunningen = lees_vergunningen(werkgebied, peildatum)
    meld(Stap.VRAGEN)
    feiten = lees_vragen(werkgebied, peildatum)
    vragen = opvangvragen(werkgebied, peildatum, feiten=feiten)
    meld(Stap.VRIJE_PLAATSEN)
    aanbod = lees_aanbod({feit.locatie_id for feit in vergunningen}, peildatum)
    meld(Stap.TEKORT)
    return Rapportgegevens(
        loket=werkgebied.naam,
        gemeenten=tuple(gebied.naam for gebied in werkgebied.gemeenten),
        peildatum=peildatum,
        gemaakt_op=gemaakt_op,
        kleine_cel=werkgebied.kleine_cel,
        capaciteit=capaciteit(werkgebied, peildatum, vergunningen=vergunningen),
        dekking=dekking(werkgebied, peildatum, vergunningen=vergunningen),
        vragen=vragen,
        vrij=vrije_plaatsen(werkgebied, peildatum, vergunningen=vergunningen, aanbod=aanbod),
        tekort=tekort(
            werkgebied,
            peildatum,
            n=_lopend(vragen, sum(1 for feit in feiten if feit.loopt), werkgebied.kleine_cel),
            feiten=feiten,
            aanbod=aanbod,
        ),
        wijken=wijken(werkgebied, peildatum, vergunningen=vergunningen, feiten=feiten),
    )


def _lopend(vragen: Opvangvragen, aantal: int, grens: int) -> Telling:
    """Count the running questions, unless that would give away a hidden outcome."""
    verraadt = vragen.totaal.open is None or vragen.totaal.onbeantwoord is None
    return None if verraadt or 0 < aantal < grens else aantal


@cache
def codeversie() -> str:
    """Fingerprint of the code that counts: the same one means counted in the same way."""
    map_ = Path(indicatoren.__file__).parent
    bestanden = [Path(__file__), *sorted(map_.glob("*.py"))]
    return hashlib.sha256(b"".join(pad.read_bytes() for pad in bestanden)).hexdigest()[:16]


# The report in words. Every sentence holds only what may be shown, and none holds what is not
# known.


def kop(rapport: Rapportgegevens) -> str:
    """The finding in one line."""
    totaal = rapport.vragen.totaal
    jaar = rapport.vragen.jaar
    if totaal.onbeantwoord:
        return ngettext(
            "%(aantal)s opvangvraag van %(jaar)s bleef zonder plaats",
            "%(aantal)s opvangvragen van %(jaar)s bleven zonder plaats",
            totaal.onbeantwoord,
        ) % {"aantal": getal(totaal.onbeantwoord), "jaar": jaar}
    if totaal.totaal == 0:
        return _("In %(jaar)s kwamen er nog geen opvangvragen") % {"jaar": jaar}
    if totaal.onbeantwoord == 0:
        return _("Geen enkele opvangvraag van %(jaar)s bleef zonder plaats") % {"jaar": jaar}
    return ngettext(
        "%(plaatsen)s vergunde plaatsen in %(aantal)s opvanglocatie",
        "%(plaatsen)s vergunde plaatsen in %(aantal)s opvanglocaties",
        rapport.capaciteit.totaal.locaties,
    ) % {
        "plaatsen": getal(rapport.capaciteit.totaal.vergund),
        "aantal": getal(rapport.capaciteit.totaal.locaties),
    }


def kern(rapport: Rapportgegevens) -> tuple[str, ...]:
    """The summary: supply, demand, shortage, each in a sentence or two."""
    return tuple(
        zin for maak in (_kern_dekking, _kern_vragen, _kern_tekort) for zin in maak(rapport)
    )


def _kern_dekking(rapport: Rapportgegevens) -> Iterator[str]:
    dek = rapport.dekking
    if dek.per_100 is None or dek.kinderen is None:
        yield _(
            "Er zijn %(plaatsen)s vergunde plaatsen. Hoeveel dat er per 100 kinderen zijn, weten "
            "we niet: het aantal kinderen is niet gekend voor %(ontbreekt)s."
        ) % {
            "plaatsen": getal(dek.plaatsen),
            "ontbreekt": opsomming(dek.ontbreekt) or rapport.loket,
        }
        return
    yield _(
        "In %(gebied)s zijn er %(per_100)s plaatsen voor elke 100 kinderen jonger dan 3 jaar."
    ) % {"gebied": rapport.gebied, "per_100": getal(dek.per_100, 1)}
    if dek.vergelijking:
        yield _("In het %(naam)s zijn dat er %(per_100)s.") % {
            "naam": dek.vergelijking.naam,
            "per_100": getal(dek.vergelijking.per_100, 1),
        }


def _kern_vragen(rapport: Rapportgegevens) -> Iterator[str]:
    totaal = rapport.vragen.totaal
    if not totaal.totaal:
        return
    yield ngettext(
        "In %(jaar)s kwam er %(aantal)s unieke opvangvraag.",
        "In %(jaar)s kwamen er %(aantal)s unieke opvangvragen.",
        totaal.totaal,
    ) % {"aantal": getal(totaal.totaal), "jaar": rapport.vragen.jaar}
    delen = []
    if totaal.geplaatst is not None:
        delen.append(
            ngettext("is er %(n)s geplaatst", "zijn er %(n)s geplaatst", totaal.geplaatst)
            % {"n": getal(totaal.geplaatst)}
        )
    if totaal.onbeantwoord is not None:
        delen.append(
            ngettext(
                "bleef er %(n)s zonder plaats", "bleven er %(n)s zonder plaats", totaal.onbeantwoord
            )
            % {"n": getal(totaal.onbeantwoord)}
        )
    if totaal.open:
        delen.append(
            ngettext("wil er %(n)s later starten", "willen er %(n)s later starten", totaal.open)
            % {"n": getal(totaal.open)}
        )
    if delen:
        yield _("Daarvan %(delen)s.") % {"delen": opsomming(delen)}


def _kern_tekort(rapport: Rapportgegevens) -> Iterator[str]:
    if not rapport.tekort.vrij_gekend:
        yield _(
            "Geen enkele opvanglocatie gaf door wat er vrij is. Het tekort kunnen we dus niet "
            "berekenen."
        )
        return
    ergste = rapport.tekort.ergste
    if ergste:
        maand, dag, aantal = ergste
        # Is a day hidden, then it may be worse than the worst that is shown.
        zin = (
            _(
                "Het tekort is het grootst op %(dag)s in %(maand)s: minstens %(aantal)s plaatsen "
                "te weinig."
            )
            if rapport.tekort.alles_getoond
            else _("Op %(dag)s in %(maand)s zijn er minstens %(aantal)s plaatsen te weinig.")
        )
        yield zin % {"dag": DAGEN[dag], "maand": maandnaam(maand), "aantal": getal(aantal)}


def opvallend(rapport: Rapportgegevens) -> tuple[str, ...]:
    """What a reader should not miss, at most four lines."""
    return tuple(
        zin
        for maak in (_valt_op_wijk, _valt_op_subcategorie, _valt_op_prijs, _valt_op_onbekend)
        for zin in maak(rapport)
    )


def _valt_op_wijk(rapport: Rapportgegevens) -> Iterator[str]:
    # "Most" is only said when no number is hidden that could be higher.
    aantallen = [rij.vragen.onbeantwoord for rij in rapport.wijken.rijen]
    gekend = [aantal for aantal in aantallen if aantal is not None]
    if len(gekend) == len(aantallen) > 1 and max(gekend) > 0:
        aantal, rij = max(gekend), rapport.wijken.rijen[gekend.index(max(gekend))]
        yield _("De meeste vragen zonder plaats komen uit %(wijk)s: %(aantal)s.") % {
            "wijk": rij.naam,
            "aantal": getal(aantal),
        }


def _valt_op_subcategorie(rapport: Rapportgegevens) -> Iterator[str]:
    rijen = [
        (rij.onbeantwoord_aandeel, rij)
        for rij in rapport.vragen.rijen
        if rij.onbeantwoord and rij.onbeantwoord_aandeel is not None
    ]
    if rijen:
        _aandeel, rij = max(rijen, key=lambda paar: paar[0])
        yield _("%(naam)s: %(zonder)s van de %(totaal)s vragen bleven zonder plaats.") % {
            "naam": rij.naam,
            "zonder": getal(rij.onbeantwoord),
            "totaal": getal(rij.totaal),
        }


def _valt_op_prijs(rapport: Rapportgegevens) -> Iterator[str]:
    totaal = rapport.capaciteit.totaal
    if totaal.ikt_aandeel is not None:
        yield _("%(aandeel)s %% van de plaatsen heeft een prijs volgens inkomen.") % {
            "aandeel": getal(totaal.ikt_aandeel, 1)
        }


def _valt_op_onbekend(rapport: Rapportgegevens) -> Iterator[str]:
    vrij = rapport.vrij
    if vrij.niet_gekend:
        yield ngettext(
            "%(aantal)s van de %(totaal)s opvanglocaties gaf niet door of er plaats vrij is.",
            "%(aantal)s van de %(totaal)s opvanglocaties gaven niet door of er plaats vrij is.",
            vrij.niet_gekend,
        ) % {"aantal": getal(vrij.niet_gekend), "totaal": getal(vrij.locaties)}
