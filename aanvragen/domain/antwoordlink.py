"""The link in a provider's mail that answers one request without signing in.

It opens one request, at the location of one organisator, in one round. It dies with the answer
(from wherever that came), with its term, and when the request lapses; a reminder lets it live
longer, a new round brings a new one. Nothing that is posted can name another request.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.ronde import laatste_linkdag, wordt_gevraagd
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import WACHT_OP_ANTWOORD, Aanmeldingstatus, Vraagstatus

_ZOUT = "aanvragen.antwoord"
_ZOUT_BEWIJS = "aanvragen.antwoordbewijs"
#: Under every other limit: no mail of a round is older than this.
GELDIG = dt.timedelta(days=120)
#: So long the page with what was answered can be read again.
BEWIJS_GELDIG = dt.timedelta(minutes=15)


class Linkstand(StrEnum):
    """What a link that was really mailed can still do."""

    LEEFT = "leeft"
    BEANTWOORD = "beantwoord"
    VERVANGEN = "vervangen"
    TE_LAAT = "te_laat"
    GESTOPT = "gestopt"
    WACHT = "wacht"


class LinkIsDood(Weigering):
    standaard = _("Met deze link kun je niet meer antwoorden.")

    def __init__(self, stand: Linkstand) -> None:
        super().__init__()
        self.stand = stand


@dataclass(frozen=True, slots=True)
class Antwoordlink:
    """What a signed token says: which request, of whom the location then was, in which round."""

    uuid: UUID
    organisator: int
    ronde: int

    def aanmelding(self) -> Aanmelding | None:
        """Find the request; one that waits at the loket, or whose location changed hands, was not
        mailed to the holder of this link.
        """
        return (
            Aanmelding.objects.filter(uuid=self.uuid, locatie__organisator=self.organisator)
            .exclude(opvangvraag__status__in=[Vraagstatus.CONCEPT, Vraagstatus.INGEDIEND])
            .select_related("locatie", "opvangvraag__loket", "opvangvraag__kind")
            .first()
        )

    def stand(self, aanmelding: Aanmelding, *, peildatum: dt.date) -> Linkstand:
        """Tell what the link can do with the request as it is now."""
        if aanmelding.opvangvraag.status != Vraagstatus.ACTIEF or aanmelding.status in _GESTOPT:
            return Linkstand.GESTOPT
        if not wordt_gevraagd(aanmelding):
            return Linkstand.BEANTWOORD
        if aanmelding.ronde != self.ronde:
            return Linkstand.VERVANGEN
        if Aanmelding.objects.opgeschort().filter(pk=aanmelding.pk).exists():
            return Linkstand.WACHT
        if peildatum > laatste_linkdag(aanmelding):
            return Linkstand.TE_LAAT
        return Linkstand.LEEFT


_GESTOPT = frozenset({Aanmeldingstatus.VERVALLEN, Aanmeldingstatus.VERVALLEN_ELDERS})


def maak_token(aanmelding: Aanmelding) -> str:
    """A signed, single-purpose token for the round that this request is in."""
    return signing.dumps(
        [str(aanmelding.uuid), aanmelding.locatie.organisator_id, aanmelding.ronde],
        salt=_ZOUT,
        compress=False,
    )


def lees_token(token: str) -> Antwoordlink | None:
    """What the token is for, or None when it is forged, damaged or too old."""
    try:
        uuid, organisator, ronde = signing.loads(token, salt=_ZOUT, max_age=GELDIG)
        return Antwoordlink(UUID(str(uuid)), int(organisator), int(ronde))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def antwoord_url(aanmelding: Aanmelding) -> str:
    """Absolute address of the answer page."""
    return settings.SITE_URL + reverse("antwoord:vraag", args=[maak_token(aanmelding)])


def vergrendel_link(link: Antwoordlink, aanmelding: Aanmelding, *, nu: dt.datetime) -> None:
    """Lock the question and refuse (LinkIsDood) a link that can't answer any more.

    Call it in the transaction that answers: of an answer from the link and one from elsewhere at
    the same moment exactly one counts. Brings `aanmelding` up to date.
    """
    assert transaction.get_connection().in_atomic_block
    Opvangvraag.objects.vergrendeld().get(pk=aanmelding.opvangvraag_id)
    aanmelding.refresh_from_db()
    aanmelding.opvangvraag.refresh_from_db(fields=["status"])
    stand = link.stand(aanmelding, peildatum=timezone.localdate(nu))
    if stand != Linkstand.LEEFT:
        raise LinkIsDood(stand)


def maak_bewijs(aanmelding: Aanmelding) -> str:
    """A token that shows for a quarter of an hour what was answered, and can do nothing else."""
    return signing.dumps(str(aanmelding.uuid), salt=_ZOUT_BEWIJS, compress=False)


def lees_bewijs(bewijs: str) -> Aanmelding | None:
    """Find the request that was just answered, while its answer stands."""
    try:
        uuid = UUID(str(signing.loads(bewijs, salt=_ZOUT_BEWIJS, max_age=BEWIJS_GELDIG)))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (
        Aanmelding.objects.filter(uuid=uuid, opvangvraag__status=Vraagstatus.ACTIEF)
        .exclude(status__in=_GESTOPT | WACHT_OP_ANTWOORD)
        .select_related("locatie", "opvangvraag__loket", "opvangvraag__kind")
        .first()
    )
