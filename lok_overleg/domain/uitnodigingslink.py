"""The link in a member's mail: shows one meeting and takes one answer, without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from lok_overleg.models import Aanwezigheid

_ZOUT = "lok_overleg.uitnodiging"
#: The minutes of a meeting are read until the next one; practice is one to three a year.
GELDIG_SECONDEN = 400 * 24 * 3600


def maak_token(aanwezigheid: Aanwezigheid) -> str:
    """Sign a token for one purpose: it names one member at one meeting and nothing else."""
    return signing.dumps(aanwezigheid.pk, salt=_ZOUT, compress=False)


def lees_token(token: str) -> int | None:
    """Give the id of the aanwezigheid; None when the token is forged, damaged or too old."""
    try:
        waarde = signing.loads(token, salt=_ZOUT, max_age=GELDIG_SECONDEN)
    except signing.BadSignature:
        return None
    return waarde if isinstance(waarde, int) else None


def uitnodiging_url(aanwezigheid: Aanwezigheid) -> str:
    """Give the absolute address of the member's own page about this meeting."""
    return settings.SITE_URL + reverse("lok:uitnodiging", args=[maak_token(aanwezigheid)])
