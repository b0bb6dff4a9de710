"""Every deployment mistake is told, with an id; a right deployment is silent."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from loket import checks

GOED = {
    "DATABASE_URL": "postgresql://loket:x@db/loket",
    "REDIS_URL": "redis://redis:6379",
    "SECRET_KEY": "k3fC0pQ1-uVx7_2mZl9RrT4yWnB8sJhD6gEaOiXtLbYcMvKqPwSdFzNj",
    "SITE_URL": "https://loket.voorbeeld.be",
    "TRUSTED_PROXY_COUNT": "1",
    "DEFAULT_FROM_EMAIL": "loket@voorbeeld.be",
}


def check_deploy(**anders: str | None) -> tuple[int, str]:
    omgeving = {"PATH": os.environ["PATH"], **{k: v for k, v in (GOED | anders).items() if v}}
    klaar = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=omgeving,
        capture_output=True,
        text=True,
        check=False,
    )
    return klaar.returncode, klaar.stdout + klaar.stderr


def test_a_right_deployment_has_no_warning():
    assert check_deploy() == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"REDIS_URL": None}, "(loket.E002)"),
        ({"SECRET_KEY": None}, "(loket.E003)"),
        ({"SECRET_KEY": "kort"}, "(security.W009)"),
        ({"DEBUG": "1"}, "(security.W018)"),
        ({"DEMO": "1"}, "(loket.E005)"),
    ],
)
def test_a_wrong_deployment_is_refused(anders, code):
    uitkomst, tekst = check_deploy(**anders)

    assert uitkomst == 1
    assert code in tekst


def codes(gevonden):
    return [bericht.id for bericht in gevonden]


def test_missing_addresses_are_errors_with_a_hint(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", "")
    settings.REDIS_URL = ""

    gevonden = checks.wat_nodig_is()

    assert codes(gevonden) == ["loket.E001", "loket.E002"]
    assert all(bericht.hint for bericht in gevonden)


def test_an_empty_key_is_an_error(settings):
    settings.SECRET_KEY = ""

    assert codes(checks.wat_nodig_is()) == ["loket.E003"]


def test_servers_and_workers_refuse_to_start_with_an_error(settings):
    settings.REDIS_URL = ""

    with pytest.raises(ImproperlyConfigured, match=r"REDIS_URL is missing\..*\n.*HINT: Set REDIS"):
        checks.weiger_foute_inzet()


def test_servers_and_workers_start_without_error():
    assert checks.weiger_foute_inzet() is None


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, []),
        ({"DEMO": True}, ["loket.E005"]),
        ({"SITE_URL": "http://loket.voorbeeld.be"}, ["loket.W001"]),
        ({"SECURE_PROXY_SSL_HEADER": None}, ["loket.W002"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, ["loket.W003"]),
        ({"DEFAULT_FROM_EMAIL": "loket@example.invalid"}, ["loket.W004"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["loket.W005"]),
    ],
    ids=lambda waarde: str(waarde)[:30],
)
def test_what_is_wrong_for_real_use_is_told(settings, anders, verwacht):
    goed = {
        "DEMO": False,
        "SITE_URL": "https://loket.voorbeeld.be",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "DEFAULT_FROM_EMAIL": "loket@voorbeeld.be",
        "ALLOWED_HOSTS": ["loket.voorbeeld.be"],
    }
    for naam, waarde in (goed | anders).items():
        setattr(settings, naam, waarde)

    assert codes(checks.niet_voor_echt_gebruik()) == verwacht


@pytest.mark.django_db
def test_an_old_database_is_refused(monkeypatch):
    assert checks.databank(databases=["default"]) == []
    assert checks.databank(databases=None) == []

    monkeypatch.setattr(checks, "OUDSTE_POSTGRESQL", 99)

    assert codes(checks.databank(databases=["default"])) == ["loket.E004"]
