"""The links in a mail about free places: one confirms, one stops; each opens a page first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from opvang.models import Melding

_ZOUT_BEVESTIG, _ZOUT_STOP = "opvang.melding.bevestig", "opvang.melding.stop"
#: What is not confirmed by then is thrown away.
BEVESTIG_DAGEN = 7


def bevestig_token(melding: Melding) -> str:
    return signing.dumps(melding.pk, salt=_ZOUT_BEVESTIG)


def lees_bevestig_token(token: str) -> int | None:
    """The id of the melding, or None when the token is forged, damaged or older than a week."""
    return _lees(token, salt=_ZOUT_BEVESTIG, max_age=BEVESTIG_DAGEN * 24 * 3600)


def lees_stop_token(token: str) -> int | None:
    """The id of the melding, or None when the token is forged or damaged; it never expires."""
    return _lees(token, salt=_ZOUT_STOP, max_age=None)


def _lees(token: str, *, salt: str, max_age: int | None) -> int | None:
    try:
        waarde = signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    return waarde if isinstance(waarde, int) else None


def bevestig_url(melding: Melding) -> str:
    return settings.SITE_URL + reverse("opvang:melding_bevestig", args=[bevestig_token(melding)])


def stop_url(pk: int) -> str:
    """Absolute address of the page that stops this melding; also for the headers of a mail."""
    token = signing.dumps(pk, salt=_ZOUT_STOP)
    return settings.SITE_URL + reverse("opvang:melding_stop", args=[token])
