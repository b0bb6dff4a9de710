"""Before any setting is read: a throwaway PostgreSQL and Valkey, shared by the workers of this run.

A plugin and no conftest: pytest-django reads the settings before the first conftest is loaded. The
workers of pytest-xdist inherit the environment, and with it the servers of their controller.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Start what the environment does not name."""
    if "DATABASE_URL" not in os.environ:
        # Not at the top: a worker imports it later, when its coverage is being measured.
        from loket import ingebed  # noqa: PLC0415

        os.environ["VAR"] = tempfile.mkdtemp(prefix="loket-test-")
        ingebed.ontwikkeling(Path(os.environ["VAR"]), wegwerp=True)
    os.environ["DEBUG"] = "0"
    # On a busy machine a query may wait for its turn; how long it takes is a benchmark's business.
    os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "60000")
    return (yield)
