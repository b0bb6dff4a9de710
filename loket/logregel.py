"""One line of JSON per log record, without personal data."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

from django.http import HttpRequest


class Regel(logging.Formatter):
    """Write a record as JSON.

    An address can hold a token and an exception can name a person (`Key (email)=(…)`), so of a
    request only its view is written, and of an exception only its class and where it was raised.
    """

    def format(self, record: logging.LogRecord) -> str:
        velden: dict[str, object] = {
            "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": record.name,
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            gevonden = request.resolver_match
            velden["bericht"] = (
                f"{request.method} {gevonden.view_name if gevonden else 'geen pagina'}"
            )
            velden["status"] = getattr(record, "status_code", None)
        else:
            velden["bericht"] = record.getMessage()
        if record.exc_info and record.exc_info[0]:
            soort, _fout, spoor = record.exc_info
            velden["fout"] = f"{soort.__module__}.{soort.__qualname__}"
            velden["spoor"] = "".join(traceback.format_tb(spoor))
        return json.dumps(velden, ensure_ascii=False)
