"""The Celery application: carries work that already stands as a row in PostgreSQL."""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.settings")

app = Celery("loket")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def controleer_inzet(**_kwargs: object) -> None:
    """Refuse to start with missing settings, instead of failing at the first task."""
    from loket.checks import weiger_foute_inzet  # noqa: PLC0415 -- Django is ready only now

    weiger_foute_inzet()
