"""The cast. Amina and Bram are parents; Carla staffs the loket, Dirk another one; Els guides
families (toeleider).

Farid runs De Egeltjes, Greet another organisator; Hanne chairs the LOK, Ivo is schepen, Joke
manages.
"""

from __future__ import annotations

from dataclasses import dataclass

from loket.models import Gebruiker, Loket, Rol
from opvang.models import Opvanglocatie
from tests.fabrieken import (
    maak_gebruiker,
    maak_gemeente,
    maak_lid,
    maak_locatie,
    maak_loket,
    maak_organisator,
)


@dataclass(frozen=True)
class Spelers:
    loket: Loket
    ander_loket: Loket
    egeltjes: Opvanglocatie
    zonnetje: Opvanglocatie
    amina: Gebruiker
    bram: Gebruiker
    carla: Gebruiker
    dirk: Gebruiker
    els: Gebruiker
    farid: Gebruiker
    greet: Gebruiker
    hanne: Gebruiker
    ivo: Gebruiker
    joke: Gebruiker


def roep_spelers() -> Spelers:
    wilgenrade = maak_gemeente("Wilgenrade", nis="90001", postcode="9001")
    elders = maak_gemeente("Elders", nis="90002", postcode="9002")
    loket = maak_loket("Loket Wilgenrade", gemeenten=[wilgenrade], slug="wilgenrade")
    ander_loket = maak_loket("Loket Elders", gemeenten=[elders], slug="elders")
    farid = maak_gebruiker("farid@voorbeeld.test", naam="Farid")
    greet = maak_gebruiker("greet@voorbeeld.test", naam="Greet")
    return Spelers(
        loket=loket,
        ander_loket=ander_loket,
        egeltjes=maak_locatie(
            "De Egeltjes",
            loket=loket,
            slug="de-egeltjes",
            organisator=maak_organisator("Egel vzw", lid=farid, email="egel@voorbeeld.test"),
        ),
        zonnetje=maak_locatie(
            "Het Zonnetje",
            loket=loket,
            slug="het-zonnetje",
            organisator=maak_organisator("Zon bv", lid=greet, email="zon@voorbeeld.test"),
        ),
        amina=maak_gebruiker("amina@voorbeeld.test", naam="Amina"),
        bram=maak_gebruiker("bram@voorbeeld.test", naam="Bram"),
        carla=maak_lid(
            loket,
            Rol.LOKETMEDEWERKER,
            gebruiker=maak_gebruiker("carla@voorbeeld.test", naam="Carla"),
        ),
        dirk=maak_lid(
            ander_loket,
            Rol.LOKETMEDEWERKER,
            gebruiker=maak_gebruiker("dirk@voorbeeld.test", naam="Dirk"),
        ),
        els=maak_lid(
            loket, Rol.TOELEIDER, gebruiker=maak_gebruiker("els@voorbeeld.test", naam="Els")
        ),
        farid=farid,
        greet=greet,
        hanne=maak_lid(
            loket, Rol.VOORZITTER, gebruiker=maak_gebruiker("hanne@voorbeeld.test", naam="Hanne")
        ),
        ivo=maak_lid(
            loket, Rol.SCHEPEN, gebruiker=maak_gebruiker("ivo@voorbeeld.test", naam="Ivo")
        ),
        joke=maak_lid(
            loket,
            Rol.BEHEERDER,
            gebruiker=maak_gebruiker("joke@voorbeeld.test", naam="Joke", is_staff=True),
        ),
    )
