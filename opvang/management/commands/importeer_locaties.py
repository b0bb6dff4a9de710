"""Take real locations out of anybody's list, read through a map of its columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from opvang.domain.csvlezer import Bestandsfout
from opvang.domain.importeren import lees_rijen
from opvang.domain.kolomkaart import Kaart, Kaartfout, lees_kaart
from opvang.domain.locaties_invoeren import voer_locaties_in
from opvang.management.commands._verslag import Verslag

MEEGELEVERD = Path(__file__).resolve().parents[2] / "kolommen"


class Command(BaseCommand):
    help = (
        "Leest opvanglocaties uit een CSV-bestand, volgens een kaart van de kolommen. "
        "Zonder --schrijf wordt er niets bewaard."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument(
            "--kolommen",
            required=True,
            help="een TOML-bestand, of de naam van een meegeleverde kaart: "
            + ", ".join(sorted(pad.stem for pad in MEEGELEVERD.glob("*.toml"))),
        )
        parser.add_argument("--schrijf", action="store_true", help="bewaar wat het verslag toont")

    def handle(self, *, bestand: Path, kolommen: str, schrijf: bool, **_opties: Any) -> None:
        kaart = _kaart(kolommen)
        verslag = Verslag(self.stdout, eenheid="regel")
        try:
            with bestand.open("rb") as inhoud:
                rijen = lees_rijen(inhoud, kaart)
                self.stdout.write(f"{bestand.name}, gelezen als '{kaart.naam}'")
                totalen = voer_locaties_in(
                    rijen,
                    schrijf=schrijf,
                    namens=f"importeer_locaties {bestand.name}"[:120],
                    nu=timezone.now(),
                    meld=verslag.meld,
                )
        except OSError as fout:
            raise CommandError(
                f"Het bestand {bestand} is niet te lezen: {fout.strerror}."
            ) from fout
        except Bestandsfout as fout:
            raise CommandError(f"{bestand.name} is geweigerd. {fout}") from fout
        verslag.besluit(totalen, geschreven=schrijf)


def _kaart(kolommen: str) -> Kaart:
    pad = Path(kolommen)
    if not pad.suffix and not pad.exists():
        pad = MEEGELEVERD / f"{kolommen}.toml"
    try:
        return lees_kaart(pad.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fout:
        raise CommandError(f"De kaart {kolommen} is niet te lezen.") from fout
    except Kaartfout as fout:
        raise CommandError(f"De kaart {pad.name} klopt niet. {fout}") from fout
