"""Offers and choices: a place that can still be undone, and one outside the wishes of a family."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.buiten_keuze import stel_buiten_keuze_voor
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.voorstellen import doe_voorstel_met_nieuwe_plaats
from aanvragen.models import Opvangvraag
from loket.models import Gebruiker, Loket
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.vrije_plaatsen import meld_vrij
from opvang.models import Opvanglocatie
from opvang.weekrooster import Weekrooster
from rapportage.demodata.gezin import vraag_voor

_DAG = dt.timedelta(days=1)
_WEEK = Weekrooster.van_dagen(0, 1, 3)


def kies_plaatsen(
    loket: Loket, locaties: list[Opvanglocatie], *, staf: Gebruiker, nu: dt.datetime
) -> None:
    """Nele took a place two hours ago; Joris got an offer from a location he never asked."""
    eerste, tweede, derde = locaties[:3]
    van_nele = _vraag(loket, "Nele", "Oscar", [eerste, tweede, derde], nu=nu)
    zet_op_wachtlijst(van_nele.aanmeldingen.get(rang=1), door=None, nu=nu - 5 * _DAG)
    voorstel = doe_voorstel_met_nieuwe_plaats(
        van_nele.aanmeldingen.get(rang=2),
        start=van_nele.gewenste_start,
        rooster=_WEEK,
        door=None,
        nu=nu - 3 * _DAG,
    )
    aanvaard(voorstel, door=None, nu=nu - dt.timedelta(hours=2))

    van_joris = _vraag(loket, "Joris", "Ella", [eerste], nu=nu)
    aanbod = meld_vrij(
        derde,
        Aanbodgegevens(vanaf=van_joris.gewenste_start, tot=None, vrij=_WEEK.vector),
        door=None,
        nu=nu - _DAG,
    )
    stel_buiten_keuze_voor(
        van_joris,
        aanbod,
        start=van_joris.gewenste_start,
        rooster=_WEEK,
        door=staf,
        nu=nu - _DAG,
        namens="opvang aan de telefoon",
    )


def _vraag(
    loket: Loket, voornaam: str, kind: str, locaties: list[Opvanglocatie], *, nu: dt.datetime
) -> Opvangvraag:
    vandaag = timezone.localdate(nu)
    return vraag_voor(
        kind,
        ouder=voornaam,
        familienaam="Verlinden",
        geboren=vandaag - 60 * _DAG,
        start=(vandaag + 130 * _DAG).replace(day=1),
        rooster=_WEEK,
        bij=locaties,
        loket=loket,
        nu=nu - 8 * _DAG,
    )
