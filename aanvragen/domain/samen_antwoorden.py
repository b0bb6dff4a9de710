"""One answer to many families at once: each in a transaction of its own, each with its outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from aanvragen.domain.beantwoorden import laat_wachten, weiger
from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering
from aanvragen.domain.passen import staat_open
from aanvragen.models import Aanmelding
from aanvragen.workflow import Aanmeldingstatus, Weigerreden
from loket.models import Gebruiker

#: More is no answer to a family any more.
MEESTE = 50


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What became of one request; `bezwaar` is empty when it was answered."""

    aanmelding: Aanmelding
    bezwaar: str

    @property
    def gelukt(self) -> bool:
        return not self.bezwaar


def stand_van(aanmelding: Aanmelding) -> str:
    """What somebody saw of a request, to notice that it changed since. Pure."""
    return f"{aanmelding.status}.{aanmelding.ronde}.{aanmelding.gewijzigd_op.timestamp():.6f}"


def bezwaar_tegen(aanmelding: Aanmelding, *, reden: Weigerreden | None) -> str:
    """Say why this request can't get this answer; empty when it can. Pure."""
    if not staat_open(aanmelding):
        return str(OngeldigeOvergang.standaard)
    op_wachtlijst = aanmelding.status == Aanmeldingstatus.WACHTLIJST
    if reden is None and op_wachtlijst and aanmelding.eindstatus_voor is None:
        return _("Dit gezin staat al op je wachtlijst.")
    return ""


def antwoord_samen(
    aanmeldingen: Sequence[Aanmelding],
    *,
    reden: Weigerreden | None,
    gezien: Mapping[UUID, str],
    door: Gebruiker,
    nu: dt.datetime,
    toelichting: str = "",
) -> list[Uitkomst]:
    """Give every family the same no, or the same place on the waiting list (`reden` None).

    Guarantees: what one refuses doesn't stop the others; a request that changed since it was shown
    (`gezien`, see `stand_van`) gets no answer. Causes: for each the same mail as an answer alone.
    """
    return [
        Uitkomst(
            aanmelding,
            _antwoord(
                aanmelding,
                reden=reden,
                ongewijzigd=gezien.get(aanmelding.uuid) == stand_van(aanmelding),
                door=door,
                nu=nu,
                toelichting=toelichting,
            ),
        )
        for aanmelding in aanmeldingen
    ]


def _antwoord(
    aanmelding: Aanmelding,
    *,
    reden: Weigerreden | None,
    ongewijzigd: bool,
    door: Gebruiker,
    nu: dt.datetime,
    toelichting: str,
) -> str:
    """Answer one; the sentence of the refusal, or nothing."""
    if not ongewijzigd:
        return str(IntussenGewijzigd.standaard)
    if bezwaar := bezwaar_tegen(aanmelding, reden=reden):
        return bezwaar
    try:
        if reden is not None:
            weiger(aanmelding, reden=reden, door=door, nu=nu, toelichting=toelichting)
        else:
            laat_wachten(aanmelding, door=door, nu=nu, toelichting=toelichting)
    except Weigering as nee:
        return str(nee)
    return ""
