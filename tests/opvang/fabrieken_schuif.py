"""Alerts as the tests need them: asked, confirmed, and what was mailed."""

from __future__ import annotations

import datetime as dt

from loket.models import Bericht
from opvang.domain.meldingen import bevestig, vraag_plaatsmelding, vraag_weeklijst
from opvang.domain.waar import vind_gebied
from opvang.domain.zoeken import Zoekvraag
from opvang.models import Melding
from tests.fabrieken import NU

AMINA = "amina@voorbeeld.test"


def maak_melding(
    *, email: str = AMINA, nu: dt.datetime = NU, actief: bool = True, **velden
) -> Melding:
    """Somebody asked to hear of places in Wilgenrade, and confirmed."""
    velden.setdefault("gebied", vind_gebied("Wilgenrade"))
    vraag_plaatsmelding(Zoekvraag(**velden), email=email, nu=nu)
    melding = Melding.objects.latest("pk")
    return bevestig(melding.pk, nu=nu) if actief else melding


def maak_weekmelding(
    loket, *, email: str = AMINA, nu: dt.datetime = NU, actief: bool = True
) -> Melding:
    vraag_weeklijst(loket, email=email, nu=nu)
    melding = Melding.objects.latest("pk")
    return bevestig(melding.pk, nu=nu) if actief else melding


def mails(sjabloon: str) -> list[Bericht]:
    return list(Bericht.objects.filter(sjabloon=f"opvang/{sjabloon}").order_by("pk"))
