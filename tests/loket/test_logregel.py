"""Log lines are JSON and hold no personal data."""

from __future__ import annotations

import json
import logging
import sys

from django.test import RequestFactory
from django.urls import resolve

from loket.logregel import Regel


def als_json(record: logging.LogRecord) -> dict[str, object]:
    return json.loads(Regel().format(record))


def maak_record(bericht: str, *args: object, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord("loket.proef", logging.ERROR, "p.py", 1, bericht, args, None)
    record.__dict__.update(extra)
    record.created = 1_790_000_000.25
    return record


def test_regel_writes_time_level_source_and_message():
    assert als_json(maak_record("%s mails wachten", 3)) == {
        "tijd": "2026-09-21T14:13:20.250+00:00",
        "niveau": "ERROR",
        "bron": "loket.proef",
        "bericht": "3 mails wachten",
    }


def test_regel_of_a_request_names_the_view_and_not_the_address():
    request = RequestFactory().get("/readyz?token=geheim")
    request.resolver_match = resolve("/readyz")

    regel = als_json(maak_record("Fout: %s", request.path, request=request, status_code=500))

    assert (regel["bericht"], regel["status"]) == ("GET readyz", 500)
    assert "geheim" not in json.dumps(regel)


def test_regel_of_a_request_without_page_does_not_repeat_the_address():
    request = RequestFactory().get("/antwoord/geheim/")

    regel = als_json(maak_record("Not Found: %s", request.path, request=request, status_code=404))

    assert (regel["bericht"], regel["status"]) == ("GET geen pagina", 404)


def test_regel_of_an_exception_says_where_and_not_who():
    record = maak_record("mislukt")
    wie = "Amina".lower()
    try:
        raise ValueError(f"Key (email)=({wie}@voorbeeld.test) already exists")
    except ValueError:
        record.exc_info = sys.exc_info()

    regel = als_json(record)

    assert regel["fout"] == "builtins.ValueError"
    assert "test_logregel.py" in str(regel["spoor"])
    assert "amina" not in json.dumps(regel)
