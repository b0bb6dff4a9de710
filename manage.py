#!/usr/bin/env python
"""Run a management command; without DATABASE_URL on a private PostgreSQL and Valkey."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from loket import ingebed

# These start their own services, or need none.
ZONDER_DIENSTEN = {"demo", "help", "version", "--help", "--version"}


def main() -> None:
    """Start what is missing and hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")
    if len(sys.argv) > 1 and sys.argv[1] not in ZONDER_DIENSTEN:
        try:
            ingebed.ontwikkeling(Path(__file__).parent / "var" / "dev")
        except ingebed.DienstStartNiet as nee:
            sys.exit(str(nee))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
