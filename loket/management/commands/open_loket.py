"""`manage.py open_loket`: the first loket and its first manager, on a new installation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from loket.domain.fouten import Weigering
from loket.domain.gemeenten import laad_gemeenten
from loket.domain.lokets import open_loket


class Command(BaseCommand):
    help = "Open a loket for one or more municipalities, and give it its first manager."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("naam", help='for example "Lokaal Loket Kinderopvang Gent"')
        parser.add_argument("--nis", nargs="+", required=True, help="NIS codes of its area")
        parser.add_argument("--beheerder", required=True, help="e-mail address")
        parser.add_argument("--slug", default="", help="short name in addresses")

    def handle(self, *_args: Any, **opties: Any) -> None:
        nu = timezone.now()
        try:
            validate_email(opties["beheerder"])
            laad_gemeenten(nu=nu)
            loket = open_loket(
                naam=opties["naam"],
                nis=opties["nis"],
                beheerder=opties["beheerder"],
                slug=opties["slug"],
                nu=nu,
            )
        except ValidationError as fout:
            raise CommandError(" ".join(fout.messages)) from fout
        except Weigering as nee:
            raise CommandError(str(nee)) from nee
        self.stdout.write(f"{loket.naam}: {opties['beheerder']} kan zich aanmelden en beheren.")
