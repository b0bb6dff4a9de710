"""The migrations hold the models, whatever order Python gives to the members of a set."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize("zaad", ["1", "2"])
def test_no_change_is_found_under_any_hash_seed(zaad):
    klaar = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONHASHSEED": zaad},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (klaar.returncode, klaar.stdout) == (0, "No changes detected\n"), klaar.stderr
