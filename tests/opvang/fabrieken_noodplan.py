"""Children in care at a location that closes."""

from __future__ import annotations

import datetime as dt

from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.noodplan.starten import Plangegevens, start_noodplan
from aanvragen.models import Noodplan, Noodplanregel, Opvangvraag, Ouder, Plaatsing
from loket.models import Gebruiker, Loket
from opvang.domain.sluiten import Sluitinggegevens
from opvang.models import Opvanglocatie
from opvang.workflow import Opvangvorm
from tests.fabrieken import (
    NU,
    VANDAAG,
    kind_gegevens,
    maak_aanbod,
    maak_locatie,
    maak_loket,
    maak_voorstel,
    maak_vraag,
    vraag_gegevens,
)

#: The children of these tests are in care since March; the location stops on 1 June.
SINDS, SLUIT = dt.date(2026, 3, 9), dt.date(2026, 6, 1)


def plaats_kind(
    locatie: Opvanglocatie,
    *,
    loket: Loket,
    vanaf: dt.date = SINDS,
    einde: dt.date | None = None,
    nu: dt.datetime = NU,
    locaties: list[Opvanglocatie] | None = None,
    gebruiker: Gebruiker | None = None,
    **velden,
) -> Plaatsing:
    """One child with an accepted place there, through the portal's own functions."""
    velden.setdefault("vraag", vraag_gegevens(gewenste_start=vanaf, gewenst_einde=einde))
    velden.setdefault("kinderen", (kind_gegevens(geboortedatum=dt.date(2025, 9, 1)),))
    vraag = maak_vraag(loket, locaties or [locatie], gebruiker=gebruiker, nu=nu, **velden)
    voorstel = maak_voorstel(
        vraag.aanmeldingen.get(locatie=locatie),
        maak_aanbod(locatie, 1, nu=nu, vanaf=min(vanaf, VANDAAG), tot=None),
        nu=nu,
        einde=einde,
    )
    return aanvaard(voorstel, door=None, nu=nu)


def begin_plan(
    locatie: Opvanglocatie,
    *,
    loket: Loket,
    soort: str = "stop",
    vanaf: dt.date = SLUIT,
    tot: dt.date | None = None,
    door: Gebruiker | None = None,
    nu: dt.datetime = NU,
    **velden,
) -> Noodplan:
    return start_noodplan(
        locatie,
        Sluitinggegevens(soort=soort, vanaf=vanaf, tot=tot, bron="Brief van de organisator"),
        Plangegevens(**velden),
        loket=loket,
        door=door,
        nu=nu,
    )


def plan_met(aantal: int, *, loket: Loket | None = None, **velden) -> Noodplan:
    """A plan of a location with so many children in care."""
    loket = loket or maak_loket()
    locatie = maak_locatie("De Sluiters", loket=loket, opvangvorm=Opvangvorm.GROEP)
    for _ in range(aantal):
        plaats_kind(locatie, loket=loket)
    return begin_plan(locatie, loket=loket, **velden)


def regel_van(plaatsing: Plaatsing) -> Noodplanregel:
    return Noodplanregel.objects.select_related(
        "heropend", "noodplan__sluiting", "plaatsing__opvangvraag__kind__gezin"
    ).get(plaatsing=plaatsing)


def zonder_mail(vraag: Opvangvraag) -> None:
    """This family has only a phone."""
    Ouder.objects.filter(gezin=vraag.kind.gezin).update(email="", telefoon="0470 00 00 00")
