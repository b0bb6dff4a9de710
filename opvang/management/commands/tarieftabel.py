"""Take in a table of the inkomenstarief."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from opvang.domain.inkomenstarief import dalingen
from opvang.domain.tarieven import OngeldigeTabel, laad_tabel, lees_bestand, lees_tarief

MEEGELEVERD = Path(__file__).resolve().parents[2] / "tarieven"


class Command(BaseCommand):
    help = (
        "Leest een tabel van het inkomenstarief uit een TOML-bestand. "
        "Zonder --schrijf wordt er niets bewaard."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "bestand",
            help="een TOML-bestand, of de naam van een meegeleverde tabel: "
            + ", ".join(sorted(pad.stem for pad in MEEGELEVERD.glob("*.toml"))),
        )
        parser.add_argument(
            "--actief", action="store_true", help="ouders krijgen deze bedragen te zien"
        )
        parser.add_argument("--schrijf", action="store_true", help="bewaar de tabel")

    def handle(self, *, bestand: str, actief: bool, schrijf: bool, **_opties: Any) -> None:
        pad = Path(bestand)
        if not pad.suffix and not pad.exists():
            pad = MEEGELEVERD / f"{bestand}.toml"
        try:
            gegevens = lees_bestand(pad.read_text(encoding="utf-8"))
            with transaction.atomic():
                tabel = laad_tabel(
                    gegevens,
                    actief=actief,
                    door=None,
                    nu=timezone.now(),
                    namens=f"tarieftabel {pad.name}"[:120],
                )
                tarief = lees_tarief(tabel, list(tabel.schijven.all()), list(tabel.duren.all()))
                transaction.set_rollback(not schrijf)
        except (OSError, UnicodeDecodeError) as fout:
            raise CommandError(f"Het bestand {bestand} is niet te lezen.") from fout
        except OngeldigeTabel as fout:
            raise CommandError(f"{pad.name} is geweigerd. {fout}") from fout
        self.stdout.write(f"{tabel.naam}, vanaf {tabel.vanaf}, {len(tarief.schijven)} schijven")
        for grens in dalingen(tarief):
            self.stdout.write(f"Let op: net boven {grens} wordt opvang goedkoper.")
        self.stdout.write("Bewaard." if schrijf else "Niets bewaard: gebruik --schrijf.")
