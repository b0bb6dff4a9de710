"""Mistakes of deployment, each with a hint and an id (see docs/beheer.md).

Errors (E) stop `manage.py`, the web server and the workers. What is only wrong for real use, like
demo accounts or an address without https, is told by `manage.py check --deploy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Sequence

OUDSTE_POSTGRESQL = 16
BEZORGT_NIET = ("console", "dummy", "filebased", "locmem")


def weiger_foute_inzet() -> None:
    """Refuse to serve or to work while something is missing; `manage.py` asks Django itself."""
    fouten = [str(bericht) for bericht in run_checks(tags=["loket"]) if bericht.is_serious()]
    if fouten:
        raise ImproperlyConfigured("\n".join(fouten))


@register("loket")
def wat_nodig_is(**_kwargs: object) -> list[CheckMessage]:
    fouten: list[CheckMessage] = []
    if not settings.DATABASES["default"]["NAME"]:
        hint = "Set DATABASE_URL to postgresql://user:password@host:5432/name."
        fouten.append(Error("DATABASE_URL is missing.", hint=hint, id="loket.E001"))
    if not settings.REDIS_URL:
        hint = "Set REDIS_URL to redis://host:6379."
        fouten.append(Error("REDIS_URL is missing.", hint=hint, id="loket.E002"))
    if not _heeft_sleutel():
        hint = "Set SECRET_KEY, or SECRET_KEY_FILE, to at least 50 random characters."
        fouten.append(Error("SECRET_KEY is missing.", hint=hint, id="loket.E003"))
    return fouten


@register(Tags.database)
def databank(databases: Sequence[str] | None = None, **_kwargs: object) -> list[CheckMessage]:
    """Asked of the server itself, so only by commands that use the database."""
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            versie = int(cursor.fetchone()[0]) // 10_000
        if versie < OUDSTE_POSTGRESQL:
            hint = f"Upgrade the server to PostgreSQL {OUDSTE_POSTGRESQL} or newer."
            return [Error(f"PostgreSQL {versie} is too old.", hint=hint, id="loket.E004")]
    return []


@register("loket", deploy=True)
def niet_voor_echt_gebruik(**_kwargs: object) -> list[CheckMessage]:
    gevonden: list[CheckMessage] = []
    if settings.DEMO:
        hint = "Remove DEMO: its accounts have known passwords and no second factor."
        gevonden.append(Error("DEMO is on.", hint=hint, id="loket.E005"))
    if not settings.SITE_URL.startswith("https://"):
        hint = "Set SITE_URL to the https address that people see; links in mails begin with it."
        gevonden.append(checks.Warning("SITE_URL is not https.", hint=hint, id="loket.W001"))
    elif settings.SECURE_PROXY_SSL_HEADER is None:
        hint = "Set TRUSTED_PROXY_COUNT to the number of proxies of your own before the portal."
        melding = "No proxy is trusted, so https is never seen and every page redirects to itself."
        gevonden.append(checks.Warning(melding, hint=hint, id="loket.W002"))
    if settings.EMAIL_BACKEND.split(".")[-2] in BEZORGT_NIET:
        hint = "Remove EMAIL_BACKEND and set EMAIL_HOST."
        gevonden.append(checks.Warning("Mail goes nowhere.", hint=hint, id="loket.W003"))
    if settings.DEFAULT_FROM_EMAIL.endswith(".invalid"):
        hint = "Set DEFAULT_FROM_EMAIL to an address at which the loket reads answers."
        gevonden.append(checks.Warning("Mail has no sender.", hint=hint, id="loket.W004"))
    if "*" in settings.ALLOWED_HOSTS:
        hint = "Name the hosts, or leave ALLOWED_HOSTS out: the host of SITE_URL is allowed."
        gevonden.append(checks.Warning("Every host name is allowed.", hint=hint, id="loket.W005"))
    return gevonden


def _heeft_sleutel() -> bool:
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return False
