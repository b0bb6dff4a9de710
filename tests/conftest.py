"""What every test shares; the cast and the factories are in `spelers.py` and `fabrieken.py`."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.spelers import Spelers, roep_spelers

# How fast an example runs is a benchmark's business. A change is judged on the same examples each
# time (CI); on a developer's machine they differ from run to run, which finds more.
settings.register_profile(
    "huis",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("huis")

# Playwright's synchronous API runs an event loop, in which Django would refuse the test's ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def spelers(db: None) -> Spelers:
    """Two lokets, two providers, and everybody who has a role (tests/spelers.py)."""
    return roep_spelers()
