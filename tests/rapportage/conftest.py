"""What the tests of the reports share."""

from __future__ import annotations

import pytest
from celery import Celery

from loket.celery import app as celery_app


@pytest.fixture
def wachtrij():
    """A real queue in memory for a broker; gives what waits on it as (task, arguments)."""
    app = Celery("proef", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = "memory://"
    app.conf.broker_transport_options = {}
    app.set_current()

    def lees(naam: str) -> list[tuple[str, list]]:
        with app.connection_for_read() as verbinding:
            rij = verbinding.SimpleQueue(naam)
            uit = []
            while rij.qsize():
                bericht = rij.get(block=False)
                bericht.ack()
                uit.append((bericht.headers["task"], bericht.payload[0]))
            rij.close()
        return uit

    for naam in ("rapporten", "standaard"):
        lees(naam)
    yield lees
    celery_app.set_current()
    app.close()
