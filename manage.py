#!/usr/bin/env python
"""Run a management command; without DATABASE_URL on a private PostgreSQL and Valkey."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from loket import demo, ingebed

BASIS = Path(__file__).resolve().parent
ZONDER_DIENSTEN = {"help", "version", "--help", "--version"}


def main() -> None:
    """Start what is missing and hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")
    opdracht = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        if opdracht == "demo":
            demo.zet_omgeving(BASIS, sys.argv[2:])
        elif opdracht not in ZONDER_DIENSTEN:
            ingebed.ontwikkeling(BASIS / "var" / "dev")
    except (demo.DemoStartNiet, ingebed.DienstStartNiet) as nee:
        sys.exit(str(nee))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
