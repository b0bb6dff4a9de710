"""How much one client may ask. Named in the settings, so this imports no view."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.throttling import BaseThrottle

from loket.rem import te_vaak

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

PER_MINUUT, MISLUKT_PER_MINUUT = 300, 30
_MINUUT = dt.timedelta(minutes=1)


class PerSleutel(BaseThrottle):
    """So many calls per key and minute. Without the cache nobody is held back."""

    def allow_request(self, request: Request, view: APIView) -> bool:  # noqa: ARG002 -- DRF's signature
        wie = getattr(request.auth, "pk", None)
        return wie is None or not te_vaak(
            "api", str(wie), keer=PER_MINUUT, per=_MINUUT, nu=timezone.now()
        )

    def wait(self) -> float:
        return _seconden_te_gaan()


def tel_mislukte_sleutel(request: Request) -> None:
    """Slow down guessing from one address."""
    wie = BaseThrottle().get_ident(request)
    if te_vaak("api-mislukt", wie, keer=MISLUKT_PER_MINUUT, per=_MINUUT, nu=timezone.now()):
        raise exceptions.Throttled(wait=_seconden_te_gaan())


def _seconden_te_gaan() -> float:
    """Count the seconds until this minute's window ends."""
    return 60 - timezone.now().timestamp() % 60
