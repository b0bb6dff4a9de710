"""`manage.py importeer_gebieden BESTAND.geojson --soort wijk [--schrijf]`: outlines of areas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opvang.domain.csvlezer import Bestandsfout
from opvang.domain.gebieden_invoeren import Gebiedsoort, lees_gebieden, voer_gebieden_in
from opvang.management.commands._verslag import Verslag

#: The parsed file stands in memory, some ten times as large.
GROOTSTE_BESTAND = 50 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Leest gebieden uit een GeoJSON-bestand. Elk gebied heeft 'naam' en 'nis', "
        "een wijk ook 'code'. "
        "Zonder --schrijf wordt er niets bewaard."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument(
            "--soort", required=True, choices=[soort.value for soort in Gebiedsoort]
        )
        parser.add_argument("--schrijf", action="store_true", help="bewaar wat het verslag toont")

    def handle(self, *, bestand: Path, soort: str, schrijf: bool, **_opties: Any) -> None:
        verslag = Verslag(self.stdout, eenheid="gebied")
        try:
            if bestand.stat().st_size > GROOTSTE_BESTAND:
                raise CommandError(
                    f"{bestand.name} is groter dan {GROOTSTE_BESTAND // 1024**2} MB. "
                    "Splits het per provincie."
                )
            gebieden = lees_gebieden(bestand.read_bytes())
        except OSError as fout:
            raise CommandError(
                f"Het bestand {bestand} is niet te lezen: {fout.strerror}."
            ) from fout
        except Bestandsfout as fout:
            raise CommandError(f"{bestand.name} is geweigerd. {fout}") from fout
        totalen, verhuisd = voer_gebieden_in(
            gebieden, soort=Gebiedsoort(soort), schrijf=schrijf, meld=verslag.meld
        )
        if verhuisd:
            self.stdout.write(f"{verhuisd} locaties kregen een wijk.")
        verslag.besluit(totalen, geschreven=schrijf)
