"""The link in the monthly mail that confirms free places without signing in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebeurtenis
from opvang.domain.vrije_plaatsen import bevestig_ongewijzigd
from opvang.models import Opvanglocatie, Organisator
from opvang.querysets import OpvanglocatieQuerySet

_ZOUT = "opvang.bevestig"
#: A mail goes out each month: an older link is of an older mail.
GELDIG_DAGEN = 40
NAMENS_MAIL = "link in mail"
GEBRUIKT = "opvang.bevestiglink_gebruikt"


class AlGebruikt(Weigering):
    standaard = gettext_lazy("Met deze link bevestigde je al. Hij werkt één keer.")


@dataclass(frozen=True, slots=True)
class Bevestiglink:
    """What a link is for: these locations of this organisator, in the mail with this number."""

    organisator: int
    locaties: tuple[int, ...]
    nummer: str

    def locaties_nu(self) -> OpvanglocatieQuerySet:
        """Those that are still this organisator's, and that parents still find."""
        return (
            Opvanglocatie.objects.publiek()
            .filter(organisator=self.organisator, pk__in=self.locaties)
            .order_by("naam", "pk")
        )

    def gebruikt_op(self) -> dt.datetime | None:
        """Give when somebody confirmed with this link."""
        return (
            Gebeurtenis.objects.filter(
                werkwoord=GEBRUIKT,
                onderwerp_soort=Organisator._meta.label_lower,
                onderwerp_id=self.organisator,
                gegevens__nummer=self.nummer,
            )
            .values_list("op", flat=True)
            .first()
        )


def maak_token(locaties: Sequence[Opvanglocatie], *, nummer: str) -> str:
    """A signed, single-purpose token: it names locations of one organisator and one mail."""
    (organisator,) = {locatie.organisator_id for locatie in locaties}
    return signing.dumps(
        [organisator, sorted(locatie.pk for locatie in locaties), nummer], salt=_ZOUT
    )


def lees_token(token: str) -> Bevestiglink | None:
    """What the token is for, or None when it is forged, damaged or too old."""
    try:
        organisator, locaties, nummer = signing.loads(
            token, salt=_ZOUT, max_age=dt.timedelta(days=GELDIG_DAGEN)
        )
    except signing.BadSignature:
        return None
    return Bevestiglink(organisator, tuple(locaties), nummer)


def bevestig_url(token: str) -> str:
    """Absolute address of the page with the one button."""
    return settings.SITE_URL + reverse("bevestigen:link", args=[token])


@transaction.atomic
def bevestig_met_link(link: Bevestiglink, *, gezien: Mapping[int, int], nu: dt.datetime) -> int:
    """Say that nothing changed at the locations of the link; gives the number of periods.

    Guarantees: the link confirms once, and exactly the versions that its page showed. Refuses a
    used link (AlGebruikt) and figures that changed meanwhile (IntussenGewijzigd); the link is then
    still good.
    """
    organisator = Organisator.objects.select_for_update(no_key=True).get(pk=link.organisator)
    if link.gebruikt_op() is not None:
        raise AlGebruikt
    aantal = bevestig_ongewijzigd(
        *link.locaties_nu(), door=None, nu=nu, namens=NAMENS_MAIL, gezien=gezien
    )
    leg_vast(GEBRUIKT, organisator, door=None, nu=nu, namens=NAMENS_MAIL, nummer=link.nummer)
    return aantal
