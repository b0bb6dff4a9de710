"""When the database lets a page wait too long: say so kindly, and let the person try again."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

import psycopg
from django.db import OperationalError
from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

#: Somebody else holds the row, two people wait for each other, or the answer took too long.
DRUK = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.QueryCanceled,
)
SECONDEN = 5


class Drukte:
    """Turn a wait that was broken off into a page with a way on; nothing was written.

    The transaction of the page was rolled back, so sending the same form again is safe. Other
    faults of the database stay faults. The API has its own answer (`loket.api.problemen`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fout: Exception) -> HttpResponse | None:
        if not isinstance(fout, OperationalError) or not isinstance(fout.__cause__, DRUK):
            return None
        logger.warning("%s at %s", type(fout.__cause__).__name__, request.path)
        antwoord = render(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        antwoord["Retry-After"] = str(SECONDEN)
        return antwoord
