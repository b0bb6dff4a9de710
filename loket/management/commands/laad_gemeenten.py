"""`manage.py laad_gemeenten`: the municipalities of Flanders and Brussels, as they are today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from loket.domain.gemeenten import laad_gemeenten


class Command(BaseCommand):
    help = "Fill or refresh the municipalities of Flanders and Brussels."

    def handle(self, *_args: Any, **_options: Any) -> None:
        ingelezen = laad_gemeenten(nu=timezone.now())
        self.stdout.write(
            f"nieuw: {len(ingelezen.nieuw)}, gewijzigd: {len(ingelezen.gewijzigd)}, "
            f"zelfde: {len(ingelezen.zelfde)}"
        )
        for naam in ingelezen.gewijzigd:
            self.stdout.write(f"gewijzigd: {naam}")
        for naam in ingelezen.onbekend:
            self.stdout.write(f"niet in de bron, niet aangeraakt: {naam}")
