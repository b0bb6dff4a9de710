"""Write what an uploaded spreadsheet asks for: all of it, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy

from loket.domain.fouten import Weigering
from loket.models import Gebruiker
from opvang.domain.geschiedenis import NAMENS_REKENBLAD
from opvang.domain.keuren import INTUSSEN_GEWIJZIGD
from opvang.domain.rekenblad_keuren import BESTAAT_AL, Celfout, Verandering, Wat, sleutel_van
from opvang.domain.vrije_plaatsen import haal_periode_weg, meld_vrij, wijzig_periode
from opvang.models import Opvanglocatie, Plaatsaanbod


class Bladfouten(Weigering):
    """What the check did not see because it happened since; nothing was written."""

    standaard = gettext_lazy("Iemand wijzigde intussen iets. Er is niets ingevoerd.")

    def __init__(self, fouten: Sequence[Celfout]) -> None:
        super().__init__()
        self.fouten = fouten


@transaction.atomic
def voer_in(
    veranderingen: Sequence[Verandering], *, door: Gebruiker | None, nu: dt.datetime
) -> int:
    """Carry out what was shown; gives the number of periods that changed.

    Guarantees: all rows or none; what is taken stays taken; the same list sent twice announces
    nothing twice. Refuses (Bladfouten, with each cell) what somebody changed meanwhile.
    """
    te_doen = [een for een in veranderingen if een.wat is not Wat.GELIJK]
    plekken = {een.locatie.pk for een in te_doen}
    list(Opvanglocatie.objects.filter(pk__in=plekken).select_for_update(no_key=True).order_by("pk"))
    rijen = {rij.pk: rij for rij in Plaatsaanbod.objects.vergrendeld().filter(locatie__in=plekken)}
    bestaat = {sleutel_van(rij.locatie_id, rij) for rij in rijen.values()}
    fouten = []
    for een in te_doen:
        if een.aanbod is not None:
            rij = rijen.get(een.aanbod.pk)
            if rij is None or rij.versie != een.versie:
                fouten.append(Celfout(een.cel, str(INTUSSEN_GEWIJZIGD)))
        elif sleutel_van(een.locatie.pk, een.gegevens) in bestaat:
            fouten.append(Celfout(een.cel, str(BESTAAT_AL)))
    if fouten:
        raise Bladfouten(fouten)
    for een in te_doen:
        _voer_uit(een, door=door, nu=nu)
    return len(te_doen)


def _voer_uit(een: Verandering, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    if een.aanbod is None:
        meld_vrij(een.locatie, een.gegevens, door=door, nu=nu, namens=NAMENS_REKENBLAD)
    elif een.wat is Wat.WEG:
        haal_periode_weg(
            een.aanbod, verwachte_versie=een.versie, door=door, nu=nu, namens=NAMENS_REKENBLAD
        )
    else:
        wijzig_periode(
            een.aanbod,
            een.gegevens,
            verwachte_versie=een.versie,
            door=door,
            nu=nu,
            namens=NAMENS_REKENBLAD,
        )
