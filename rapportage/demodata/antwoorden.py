"""What a provider still has to say: a family that waits past its start, one that waits elsewhere,
and answers that are late.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from aanvragen.domain.beantwoorden import zet_op_wachtlijst
from aanvragen.domain.eindstatus import te_vragen, vraag_eindstatus
from aanvragen.domain.herinneren import herinner
from aanvragen.domain.kiezen import hou_vast
from aanvragen.domain.voorstellen import doe_voorstel_met_nieuwe_plaats
from aanvragen.models import Aanmelding, Opvangvraag
from loket.models import Gebruiker, Loket
from opvang.models import Opvanglocatie
from opvang.weekrooster import Weekrooster
from rapportage.demodata.gezin import vraag_voor

_DAG = dt.timedelta(days=1)
_WEEK = Weekrooster.van_dagen(0, 1, 3)


def laat_antwoorden(
    loket: Loket,
    locatie: Opvanglocatie,
    andere: list[Opvanglocatie],
    *,
    staf: Gebruiker,
    nu: dt.datetime,
) -> None:
    """Two families wait past their start, one holds an offer elsewhere, and one answer is late."""
    for naam, kind, geleden in (("Yara", "Lio", 200), ("Stan", "Finn", 170)):
        wachtend = _vraag(loket, naam, kind, [locatie], geleden=geleden, start_over=-20, nu=nu)
        aanmelding = wachtend.aanmeldingen.get()
        zet_op_wachtlijst(aanmelding, door=None, nu=nu - (geleden - 4) * _DAG)
    for aanmelding in te_vragen(nu).filter(locatie=locatie):
        vraag_eindstatus(aanmelding, nu=nu - 18 * _DAG)
    te_laat = _vraag(loket, "Ilse", "Mats", [locatie], geleden=40, start_over=120, nu=nu)
    herinner(te_laat.aanmeldingen.get(), door=staf, nu=nu - 3 * _DAG)
    _houdt_elders_vast(loket, locatie, andere, nu=nu)


def _houdt_elders_vast(
    loket: Loket, locatie: Opvanglocatie, andere: list[Opvanglocatie], *, nu: dt.datetime
) -> None:
    """Roos holds an offer at her second choice; `locatie` is her third."""
    vraag = _vraag(loket, "Roos", "Juna", [*andere[:2], locatie], geleden=6, start_over=110, nu=nu)
    tweede: Aanmelding = vraag.aanmeldingen.get(rang=2)
    voorstel = doe_voorstel_met_nieuwe_plaats(
        tweede, start=vraag.gewenste_start, rooster=_WEEK, door=None, nu=nu - 4 * _DAG
    )
    hou_vast(voorstel, door=None, nu=nu - 2 * _DAG)


def _vraag(
    loket: Loket,
    voornaam: str,
    kind: str,
    locaties: list[Opvanglocatie],
    *,
    geleden: int,
    start_over: int,
    nu: dt.datetime,
) -> Opvangvraag:
    vandaag = timezone.localdate(nu)
    return vraag_voor(
        kind,
        ouder=voornaam,
        familienaam="De Wilde",
        geboren=vandaag - (210 + geleden) * _DAG,
        start=vandaag + start_over * _DAG,
        rooster=_WEEK,
        bij=locaties,
        loket=loket,
        nu=nu - geleden * _DAG,
    )
