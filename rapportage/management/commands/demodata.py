"""`manage.py demodata`: fill an empty database with invented data."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from loket.domain.fouten import Weigering
from rapportage.demodata.bouw import SCHALEN, bouw_demo


class Command(BaseCommand):
    help = (
        "Fill an empty database with invented families and locations, the same for the same seed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--schaal", choices=SCHALEN, default="regio")
        parser.add_argument("--zaad", type=int, default=2026)
        parser.add_argument(
            "--peildatum",
            type=dt.date.fromisoformat,
            help="the 'today' of the data; default: today",
        )
        parser.add_argument("--uit", type=Path, help="write the accounts to this JSON file")

    def handle(self, *_args: Any, **opties: Any) -> None:
        nu = timezone.now()
        if opties["peildatum"]:
            nu = timezone.make_aware(dt.datetime.combine(opties["peildatum"], dt.time(9)))
        try:
            demo = bouw_demo(schaal=opties["schaal"], zaad=opties["zaad"], nu=nu)
        except Weigering as nee:
            raise CommandError(str(nee)) from nee
        if opties["uit"]:
            opties["uit"].write_text(json.dumps(demo.als_json(), ensure_ascii=False, indent=2))
        self.stdout.write(
            f"{demo.loket}: {demo.aantal_locaties} locaties, {demo.aantal_vragen} opvangvragen."
        )
