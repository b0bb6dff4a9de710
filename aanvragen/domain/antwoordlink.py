"""The link in a provider's mail that opens one request without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from aanvragen.models import Aanmelding

_ZOUT = "aanvragen.antwoord"
#: Long enough for a waiting list, short enough that an old mailbox is no key.
GELDIG_SECONDEN = 120 * 24 * 3600


def maak_token(aanmelding: Aanmelding) -> str:
    """A signed, single-purpose token: it names one aanmelding and nothing else."""
    return signing.dumps(str(aanmelding.uuid), salt=_ZOUT, compress=False)


def lees_token(token: str) -> str | None:
    """The uuid of the aanmelding, or None when the token is forged, damaged or too old."""
    try:
        waarde = signing.loads(token, salt=_ZOUT, max_age=GELDIG_SECONDEN)
    except signing.BadSignature:
        return None
    return str(waarde)


def antwoord_url(aanmelding: Aanmelding) -> str:
    """Absolute address of the answer page."""
    return settings.SITE_URL + reverse("antwoord:vraag", args=[maak_token(aanmelding)])
