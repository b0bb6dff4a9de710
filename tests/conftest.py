"""What every test shares; the cast and the factories are in `spelers.py` and `fabrieken.py`."""

from __future__ import annotations

import os

import pytest

from tests.spelers import Spelers, roep_spelers

# Playwright's synchronous API runs an event loop, in which Django would refuse the test's ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def spelers(db: None) -> Spelers:
    """Two lokets, two providers, and everybody who has a role (tests/spelers.py)."""
    return roep_spelers()
