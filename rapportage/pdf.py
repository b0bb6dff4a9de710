"""The report on paper: the same object as the page, laid out on A4 and tagged (PDF/UA-1)."""

from __future__ import annotations

from loket.models import Loket
from loket.pdf import maak_pdf
from rapportage.beeld import DAGNAMEN, beelden
from rapportage.getallen import datum_voluit
from rapportage.grafieken import PAPIER
from rapportage.rapport import Rapportgegevens, codeversie, kern, kop, opvallend


def rapport_als_pdf(rapport: Rapportgegevens, *, loket: Loket) -> bytes:
    """Render the report; takes a few seconds, so it belongs in a worker."""
    return maak_pdf(
        "rapporten/pdf.html",
        {
            "rapport": rapport,
            "loket": loket,
            "kop": kop(rapport),
            "kern": kern(rapport),
            "opvallend": opvallend(rapport),
            "beeld": beelden(rapport, PAPIER),
            "dagnamen": DAGNAMEN,
            "meer_gemeenten": len(rapport.gemeenten) > 1,
            "niet_alles": any(maand.totaal.tekort is None for maand in rapport.tekort.maanden),
            "wijken_verborgen": any(
                rij.vragen.onbeantwoord is None for rij in rapport.wijken.rijen
            ),
            "codeversie": codeversie(),
        },
        titel=f"{rapport.titel}, {datum_voluit(rapport.peildatum)}",
    )
