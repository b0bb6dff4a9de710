"""`manage.py rapport capaciteit --loket SLUG --peildatum D --uit MAP` makes a report now."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from loket.models import Loket
from rapportage.domain.aanvragen import vraag_aan
from rapportage.domain.fouten import Weigering
from rapportage.domain.maken import maak
from rapportage.export import als_csv
from rapportage.models import CapaciteitsRapport
from rapportage.rapport import Rapportgegevens
from rapportage.snapshot import uit_json


class Command(BaseCommand):
    help = "Makes a report now, without a worker, and prints the paths of its PDF and CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("soort", choices=["capaciteit"])
        parser.add_argument("--loket", required=True, metavar="SLUG")
        parser.add_argument("--peildatum", type=dt.date.fromisoformat, metavar="JJJJ-MM-DD")
        parser.add_argument("--uit", type=Path, default=Path(), metavar="MAP")

    def handle(self, **opties: Any) -> None:
        loket = Loket.objects.filter(slug=opties["loket"]).first()
        if loket is None:
            raise CommandError(f"Er is geen loket met slug {opties['loket']!r}.")
        nu = timezone.now()
        try:
            rapport = vraag_aan(
                loket, peildatum=opties["peildatum"] or timezone.localdate(nu), door=None, nu=nu
            )
        except Weigering as nee:
            raise CommandError(str(nee)) from nee
        if not maak(rapport.pk, klok=timezone.now):
            raise CommandError("Een worker maakt dit rapport al. Kijk straks op de site.")
        klaar = CapaciteitsRapport.objects.select_related("loket").get(pk=rapport.pk)
        map_: Path = opties["uit"]
        map_.mkdir(parents=True, exist_ok=True)
        assert klaar.pdf is not None
        bestanden = {
            map_ / f"{klaar.bestandsnaam}.pdf": bytes(klaar.pdf),
            map_ / f"{klaar.bestandsnaam}.csv": als_csv(
                uit_json(Rapportgegevens, klaar.gegevens)
            ).encode(),
        }
        for pad, inhoud in bestanden.items():
            pad.write_bytes(inhoud)
            self.stdout.write(str(pad))
