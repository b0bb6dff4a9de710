"""Which charts a report has, and what each of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opvang.weekrooster import DAGEN
from rapportage.getallen import getal, maandnaam
from rapportage.grafieken import Kolom, Palet, Staaf, Streep, kolommen, staven
from rapportage.indicatoren.tekort import Tekortcel
from rapportage.rapport import Rapportgegevens

#: More bars than this and a chart says nothing any more; the table beside it has them all.
MEESTE_STAVEN = 12
WARMTEN = 4


@dataclass(frozen=True, slots=True)
class Beelden:
    """The charts as SVG; empty where there is nothing to draw."""

    dekking: SafeString
    vragen: SafeString
    tekort: SafeString
    wijken: SafeString
    warmte: tuple[Warmterij, ...]


@dataclass(frozen=True, slots=True)
class Warmterij:
    """A month of the heat table: its cells with how warm they are, 0 to `WARMTEN`, or None."""

    naam: str
    cellen: tuple[Warmtecel, ...]
    totaal: Tekortcel


@dataclass(frozen=True, slots=True)
class Warmtecel:
    cel: Tekortcel
    warmte: int | None


def beelden(rapport: Rapportgegevens, palet: Palet) -> Beelden:
    return Beelden(
        dekking=_dekking(rapport, palet),
        vragen=_vragen(rapport, palet),
        tekort=_tekort(rapport, palet),
        wijken=_wijken(rapport, palet),
        warmte=_warmte(rapport),
    )


def _dekking(rapport: Rapportgegevens, palet: Palet) -> SafeString:
    rijen = [(rij.gemeente, rij.per_100) for rij in rapport.dekking.rijen]
    if len(rijen) > 1:
        rijen.append((_("Samen"), rapport.dekking.per_100))
    waarden = [(naam, waarde) for naam, waarde in rijen if waarde is not None]
    if not waarden:
        return SafeString("")
    vergelijking = rapport.dekking.vergelijking
    laagste = min(waarden, key=lambda paar: paar[1])
    return staven(
        [
            Staaf(
                naam=naam,
                waarde=waarde,
                tekst=_("niet gekend") if waarde is None else "",
                nadruk=len(waarden) > 1 and naam == laagste[0],
            )
            for naam, waarde in rijen
        ],
        titel=_("Plaatsen per 100 kinderen: %(rijen)s.%(vergelijking)s")
        % {
            "rijen": _opgesomd([(naam, getal(waarde, 1)) for naam, waarde in waarden]),
            "vergelijking": f" {vergelijking.naam}: {getal(vergelijking.per_100, 1)}."
            if vergelijking
            else "",
        },
        palet=palet,
        streep=Streep(waarde=vergelijking.per_100, naam=vergelijking.naam)
        if vergelijking
        else None,
        cijfers=1,
    )


def _vragen(rapport: Rapportgegevens, palet: Palet) -> SafeString:
    totaal = rapport.vragen.totaal
    delen = [
        (_("Geplaatst"), totaal.geplaatst),
        (_("Zonder plaats"), totaal.onbeantwoord),
        (_("Start later"), totaal.open),
        (_("Gestopt"), totaal.gestopt),
    ]
    if not totaal.totaal or not any(aantal for _naam, aantal in delen):
        return SafeString("")
    return staven(
        [
            Staaf(naam=naam, waarde=aantal, nadruk=nr == 1)
            for nr, (naam, aantal) in enumerate(delen)
        ],
        titel=_("Wat werd er van de opvangvragen van %(jaar)s? %(delen)s.")
        % {
            "jaar": rapport.vragen.jaar,
            "delen": _opgesomd([(naam, getal(aantal)) for naam, aantal in delen]),
        },
        palet=palet,
    )


def _tekort(rapport: Rapportgegevens, palet: Palet) -> SafeString:
    maanden = rapport.tekort.maanden
    waarden = [maand.totaal.tekort for maand in maanden if maand.totaal.tekort is not None]
    if not waarden or not max(waarden):
        return SafeString("")
    hoogste = max(waarden)
    ergste = next(maand for maand in maanden if maand.totaal.tekort == hoogste)
    return kolommen(
        [
            Kolom(
                naam=maandnaam(maand.maand),
                kort=date_format(maand.maand, "M").lower()[:3],
                waarde=maand.totaal.tekort,
                nadruk=maand is ergste,
            )
            for maand in maanden
        ],
        titel=_("Tekort per maand, in dagen opvang per week: %(maanden)s.")
        % {"maanden": _opgesomd([(maandnaam(m.maand), getal(m.totaal.tekort)) for m in maanden])},
        palet=palet,
        verborgen="?",
    )


def _wijken(rapport: Rapportgegevens, palet: Palet) -> SafeString:
    rijen = sorted(
        ((rij.vragen.totaal, rij) for rij in rapport.wijken.rijen if rij.vragen.totaal),
        key=lambda paar: -paar[0],
    )[:MEESTE_STAVEN]
    if len(rijen) <= 1:
        return SafeString("")
    teksten = [(rij.naam, _met_deel(totaal, rij.vragen.onbeantwoord)) for totaal, rij in rijen]
    return staven(
        [
            Staaf(naam=naam, waarde=totaal, tekst=tekst, deel=rij.vragen.onbeantwoord)
            for (naam, tekst), (totaal, rij) in zip(teksten, rijen, strict=True)
        ],
        titel=_("Opvangvragen per wijk: %(rijen)s.") % {"rijen": _opgesomd(teksten)},
        palet=palet,
    )


def _met_deel(totaal: int, zonder: int | None) -> str:
    if not zonder:
        return getal(totaal)
    return _("%(totaal)s, %(zonder)s zonder plaats") % {
        "totaal": getal(totaal),
        "zonder": getal(zonder),
    }


def _opgesomd(paren: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{naam} {waarde}" for naam, waarde in paren)


def _warmte(rapport: Rapportgegevens) -> tuple[Warmterij, ...]:
    tekorten = [
        cel.tekort
        for maand in rapport.tekort.maanden
        for cel in maand.cellen
        if cel.tekort is not None
    ]
    hoogste = max(tekorten, default=Decimal(0))
    return tuple(
        Warmterij(
            naam=maandnaam(maand.maand),
            cellen=tuple(Warmtecel(cel, _graad(cel.tekort, hoogste)) for cel in maand.cellen),
            totaal=maand.totaal,
        )
        for maand in rapport.tekort.maanden
    )


def _graad(tekort: Decimal | None, hoogste: Decimal) -> int | None:
    """Equal steps from nothing to the highest shortage of the report."""
    if tekort is None:
        return None
    return ceil(tekort * WARMTEN / hoogste) if hoogste else 0


DAGNAMEN = DAGEN[:5]
