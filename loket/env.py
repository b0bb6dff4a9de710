"""Read settings from the environment: typed, and loud about what is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

WAAR = frozenset({"1", "true", "yes", "on", "ja"})
ONWAAR = frozenset({"0", "false", "no", "off", "nee", ""})


def _lees(naam: str) -> str | None:
    """Return the value of `naam`, or the content of the file that `naam_FILE` points at."""
    bestand = os.environ.get(f"{naam}_FILE")
    if bestand is None:
        return os.environ.get(naam)
    if naam in os.environ:
        raise ImproperlyConfigured(f"{naam} and {naam}_FILE are both set; keep one of them.")
    try:
        return Path(bestand).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fout:
        raise ImproperlyConfigured(f"{naam}_FILE points at an unreadable file: {fout}") from fout


def tekst(naam: str, standaard: str | None = None) -> str:
    """Return a string; without `standaard` the variable is required."""
    waarde = _lees(naam)
    if waarde is not None:
        return waarde
    if standaard is None:
        raise ImproperlyConfigured(
            f"{naam} is required: set it, or {naam}_FILE, in the environment."
        )
    return standaard


def vlag(naam: str, *, standaard: bool) -> bool:
    """Return a boolean: 1/0, true/false, yes/no, on/off, ja/nee."""
    waarde = _lees(naam)
    if waarde is None:
        return standaard
    if waarde.lower() in WAAR:
        return True
    if waarde.lower() in ONWAAR:
        return False
    raise ImproperlyConfigured(f"{naam} must be a yes or a no (1 or 0), not {waarde!r}.")


def getal(naam: str, standaard: int) -> int:
    """Return a whole number that is not negative."""
    waarde = _lees(naam)
    if waarde is None:
        return standaard
    if not (waarde.isascii() and waarde.isdigit()):
        raise ImproperlyConfigured(f"{naam} must be a whole number, not {waarde!r}.")
    return int(waarde)


def lijst(naam: str) -> list[str]:
    """Return the parts of a comma-separated value, without blanks."""
    return [deel.strip() for deel in tekst(naam, "").split(",") if deel.strip()]


def url(naam: str, *schemas: str, standaard: str | None = None) -> str:
    """Return an address whose scheme is one of `schemas`; the value itself is never shown.

    An address may hold a password, so the refusal names the variable and the schemes alone.
    """
    waarde = tekst(naam, standaard)
    if waarde and urlsplit(waarde).scheme not in schemas:
        raise ImproperlyConfigured(
            f"{naam} must be an address that begins with {', '.join(schemas)}."
        )
    return waarde


def postgres(naam: str, *, grenzen: dict[str, int]) -> dict[str, object]:
    """Return Django's words for an address; `grenzen` are server settings in milliseconds."""
    try:
        delen = conninfo_to_dict(url(naam, "postgresql", "postgres", standaard=""))
    except ProgrammingError:  # its text repeats the address, password included
        raise ImproperlyConfigured(f"{naam} is not an address that PostgreSQL reads.") from None
    opties = " ".join(f"-c {grens}={ms}" for grens, ms in grenzen.items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": delen.pop("dbname", ""),
        # The password may come apart, from a file that the server reads as well.
        "PASSWORD": tekst("DATABASE_PASSWORD", str(delen.pop("password", ""))),
        **{deel.upper(): delen.pop(deel, "") for deel in ("user", "host", "port")},
        "OPTIONS": {"connect_timeout": 3, "options": opties, **delen},
    }


def redis_db(adres: str, nummer: int) -> str:
    """Return `adres` pointed at database `nummer`; a Unix socket names it in the query."""
    if not adres or adres.startswith("unix:"):
        return adres and f"{adres.partition('?')[0]}?db={nummer}"
    return urlsplit(adres)._replace(path=f"/{nummer}").geturl()


def redis_broker(adres: str, nummer: int) -> str:
    """Return the same database in the words of Celery, which spells a Unix socket its own way."""
    if adres.startswith("unix:"):
        pad = urlsplit(adres).path
        return f"redis+socket://{pad}?virtual_host={nummer}"
    return redis_db(adres, nummer)
