from __future__ import annotations

import datetime as dt

import pytest

from aanvragen.domain import werklijst as regels
from aanvragen.werklijst import taken_voor


def middag(dag: str) -> dt.datetime:
    """Noon in Brussels, near enough."""
    return dt.datetime.fromisoformat(f"{dag}T11:00:00+00:00")


@pytest.fixture
def te_doen():
    """The kinds that stand under late or today, for somebody on a day."""

    def lees(gebruiker, dag: str, *, lijst: str = "nu") -> list[str]:
        nu = middag(dag)
        taken = regels.kies(taken_voor(gebruiker, nu=nu), lijst, peildatum=nu.date())
        return [str(taak.soort) for taak in taken]

    return lees
