"""Where a mail about a new message leads: a parent to its own pages, a provider to one thread.

The provider's link opens the conversation with one family without signing in: to read what was
written and to write back, nothing else. It says of whom the location was, so that it dies when the
location changes hands; it dies with the request, and after `GELDIG`.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Partij, Vraagstatus

_ZOUT = "aanvragen.gesprek"
#: A mail of this long ago is no key any more; the next message brings a new one.
GELDIG = dt.timedelta(days=14)


def gesprek_url(vraag: Opvangvraag, aanmelding: Aanmelding | None, *, voor: Partij) -> str:
    """Absolute address of the conversation, for one side."""
    if voor == Partij.OPVANG:
        assert aanmelding is not None
        pad = reverse("aanbod_vragen:gesprek_link", args=[maak_token(aanmelding)])
    elif aanmelding is None:
        pad = reverse("mijn:gesprek", args=[vraag.referentie])
    else:
        pad = reverse("mijn:gesprek_opvang", args=[vraag.referentie, aanmelding.uuid])
    return settings.SITE_URL + pad


def maak_token(aanmelding: Aanmelding) -> str:
    return signing.dumps(
        [str(aanmelding.uuid), aanmelding.locatie.organisator_id], salt=_ZOUT, compress=False
    )


def lees_token(token: str) -> Aanmelding | None:
    """Find the request of a link; None when it is forged, damaged or too old, or when the location
    is no longer of the organisator that got the mail.
    """
    try:
        uuid, organisator = signing.loads(token, salt=_ZOUT, max_age=GELDIG)
        uuid, organisator = UUID(uuid), int(organisator)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (
        Aanmelding.objects.filter(uuid=uuid, locatie__organisator=organisator)
        .exclude(opvangvraag__status__in=[Vraagstatus.CONCEPT, Vraagstatus.INGEDIEND])
        .select_related("locatie__organisator", "opvangvraag__loket", "opvangvraag__kind")
        .first()
    )
