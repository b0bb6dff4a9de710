"""How the importers write down what became of each row: readable, and never endless."""

from __future__ import annotations

from collections import Counter

from django.core.management.base import OutputWrapper

from opvang.domain.locaties_invoeren import Regelverslag, Uitslag

#: Rows of one outcome that are shown one by one; the rest is only counted.
MEESTE_REGELS = 500


class Verslag:
    """Writes a line per row while the work goes on."""

    def __init__(self, uit: OutputWrapper, *, eenheid: str) -> None:
        self._uit = uit
        self._eenheid = eenheid
        self._getoond: Counter[Uitslag] = Counter()

    def meld(self, verslag: Regelverslag) -> None:
        self._getoond[verslag.uitslag] += 1
        if self._getoond[verslag.uitslag] > MEESTE_REGELS:
            return
        waarom = f": {'; '.join(verslag.waarom)}" if verslag.waarom else ""
        self._uit.write(
            f"{self._eenheid} {verslag.regel:>5}  {verslag.uitslag:<12} {verslag.wat}{waarom}"
        )

    def besluit(self, totalen: dict[Uitslag, int], *, geschreven: bool) -> None:
        for uitslag, aantal in self._getoond.items():
            if aantal > MEESTE_REGELS:
                self._uit.write(
                    f"… en nog {aantal - MEESTE_REGELS} keer {uitslag}, hier niet getoond."
                )
        delen = [
            f"{totalen[uitslag]} {uitslag}"
            for uitslag in Uitslag
            if totalen[uitslag] or uitslag is not Uitslag.OVERGESLAGEN
        ]
        self._uit.write(f"Totaal: {', '.join(delen)}.")
        self._uit.write(
            "Bewaard."
            if geschreven
            else "Dit was een proef: er is niets bewaard. Bewaren: --schrijf."
        )
