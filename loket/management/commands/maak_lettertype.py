"""Make the web font from its package, before static files are collected or the demo starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from loket import lettertype

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Makes the web font (Manrope, subset) in var/lettertype; does nothing when it is there."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--uit", type=Path, default=lettertype.map_van_de_site())

    def handle(self, *_args: Any, uit: Path, **_opties: Any) -> None:
        doel, nieuw = lettertype.maak(uit)
        self.stdout.write(f"{doel} ({doel.stat().st_size} bytes{', made now' if nieuw else ''})")
