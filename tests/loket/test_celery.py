"""Celery carries what stands in PostgreSQL; without a broker nobody waits."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from kombu.exceptions import OperationalError

from loket.celery import app, controleer_inzet


def test_every_task_of_beat_exists():
    app.loader.import_default_modules()

    gepland = {plan["task"] for plan in settings.CELERY_BEAT_SCHEDULE.values()}

    assert len(gepland) == 14
    assert gepland - set(app.tasks) == set()


def test_what_beat_plans_expires_before_it_is_planned_again():
    for plan in settings.CELERY_BEAT_SCHEDULE.values():
        assert plan["options"]["expires"] <= plan["schedule"]


def test_a_task_is_not_given_to_a_second_worker_while_it_may_still_run():
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > (
        settings.CELERY_TASK_TIME_LIMIT
    )


def test_tasks_find_our_application():
    assert current_app.main == "loket"


def test_a_worker_refuses_to_start_with_a_wrong_deployment(settings):
    settings.REDIS_URL = ""

    with pytest.raises(ImproperlyConfigured, match="REDIS_URL is missing"):
        controleer_inzet()


def test_handing_over_work_without_a_broker_fails_at_once():
    begin = time.monotonic()
    with pytest.raises(OperationalError):
        app.send_task("loket.tasks.verstuur_berichten")

    assert time.monotonic() - begin < 1.5


ZONDER_ANTWOORD = """
import time
from celery import current_app
from django.core.cache import cache
from kombu.exceptions import OperationalError
import loket.celery
begin = time.monotonic()
try:
    current_app.send_task("loket.tasks.verstuur_berichten")
except OperationalError:
    pass
print(time.monotonic() - begin)
begin = time.monotonic()
print(cache.get("a", "niets"))
print(time.monotonic() - begin)
"""


@pytest.mark.traag
def test_a_redis_that_hangs_costs_seconds_and_no_page():
    with socket.socket() as stom:
        stom.bind(("127.0.0.1", 0))
        stom.listen(20)
        omgeving = os.environ | {
            "REDIS_URL": f"redis://127.0.0.1:{stom.getsockname()[1]}",
            "DJANGO_SETTINGS_MODULE": "loket.settings",
        }
        klaar = subprocess.run(
            [sys.executable, "-c", ZONDER_ANTWOORD],
            cwd=settings.BASE_DIR,
            env=omgeving,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )

    overhandigen, gelezen, lezen = klaar.stdout.split()
    assert float(overhandigen) < 5
    assert gelezen == "niets"
    assert float(lezen) < 5


def test_the_cache_of_the_tests_is_no_redis():
    assert "locmem" in type(caches["default"]).__module__
