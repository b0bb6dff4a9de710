"""A crèche that announced that it stops, with a noodplan that is under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from aanvragen.domain.noodplan.bellen import bellijst, noteer_gesprek
from aanvragen.domain.noodplan.berichten import maak_ontwerpen
from aanvragen.domain.noodplan.starten import Plangegevens, start_noodplan, voorzie
from aanvragen.domain.noodplan.vervangen import Vervanggegevens, open_vervangplaatsen
from aanvragen.models.noodplan import Beluitkomst
from loket.models import Gebruiker, Loket
from opvang.domain.sluiten import Sluitinggegevens
from opvang.models import Opvanglocatie, Sluiting, Sluitingsoort
from opvang.weekrooster import Weekrooster

_DAG = dt.timedelta(days=1)
_MEESTE_KINDEREN = 16


def sluit_een_opvang(
    loket: Loket, locaties: Sequence[Opvanglocatie], *, door: Gebruiker, nu: dt.datetime
) -> None:
    """Close the location with most children in care (but not too many for a story), and call some
    of their families.
    """
    vandaag = timezone.localdate(nu)
    sluiting = Sluiting(soort=Sluitingsoort.STOP, vanaf=vandaag + 45 * _DAG)
    geraakt = [(voorzie(locatie, sluiting), locatie) for locatie in locaties]
    passend = [
        (gevolgen.kinderen, locatie)
        for gevolgen, locatie in geraakt
        if 0 < gevolgen.kinderen <= _MEESTE_KINDEREN and not gevolgen.nog_niet_begonnen
    ]
    if not passend:
        return
    _aantal, locatie = max(passend, key=lambda paar: (paar[0], -paar[1].pk))
    plan = start_noodplan(
        locatie,
        Sluitinggegevens(
            soort=sluiting.soort, vanaf=sluiting.vanaf, bron="Brief van de organisator"
        ),
        Plangegevens(onbekende_kinderen=6, dagen=30),
        loket=loket,
        door=door,
        nu=nu - 2 * _DAG,
    )
    gebeld = zip(
        bellijst(plan).select_related("noodplan__loket"),
        (Beluitkomst.BEREIKT, Beluitkomst.NIET_BEREIKT, Beluitkomst.EIGEN, Beluitkomst.RUST),
        strict=False,
    )
    for regel, uitkomst in gebeld:
        noteer_gesprek(regel, uitkomst, door=door, nu=nu - _DAG)
    maak_ontwerpen(plan, tekst="", door=door, nu=nu)
    buur = next((een for een in locaties if een.pk != locatie.pk), None)
    if buur is not None:
        open_vervangplaatsen(
            plan,
            buur,
            Vervanggegevens(
                aantal=3,
                rooster=Weekrooster.van_dagen(0, 1, 2, 3, 4),
                vanaf=sluiting.vanaf,
                tot=sluiting.vanaf + 365 * _DAG,
                akkoord_van="de verantwoordelijke",
                akkoord_op=vandaag - _DAG,
            ),
            door=door,
            nu=nu,
        )
