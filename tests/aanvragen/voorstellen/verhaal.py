"""A story that causes every mail about offers beside the plain ones."""

from __future__ import annotations

import datetime as dt

from aanvragen.domain.kiezen import aanvaard, hou_vast, kies_bij_einde
from aanvragen.domain.terugdraaien import draai_terug
from aanvragen.domain.voorstel_herinneren import herinner_voorstel
from aanvragen.domain.voorstellen import laat_verlopen
from aanvragen.workflow import BijEinde
from tests.fabrieken import NU, maak_locatie, maak_voorstel, maak_vraag
from tests.spelers import Spelers

DAG = dt.timedelta(days=1)


def hou_vast_tot_het_einde(spelers: Spelers) -> None:
    """Hold the second of four wishes, be reminded, free it; take the first, and have that undone."""
    nog_twee = [
        maak_locatie(loket=spelers.loket, organisator=spelers.egeltjes.organisator)
        for _ in range(2)
    ]
    vraag = maak_vraag(spelers.loket, [spelers.zonnetje, spelers.egeltjes, *nog_twee])
    maak_voorstel(vraag.aanmeldingen.get(rang=3))
    vast = maak_voorstel(vraag.aanmeldingen.get(rang=2))
    hou_vast(vast, bij_einde=BijEinde.NEMEN, door=None, nu=NU)
    kies_bij_einde(vast, BijEinde.VRIJGEVEN, door=None, nu=NU)
    herinner_voorstel(vast, nu=NU + DAG)
    laat_verlopen(vast, nu=vast.geldig_tot)
    plaatsing = aanvaard(maak_voorstel(vraag.aanmeldingen.get(rang=1)), door=None, nu=NU)
    draai_terug(plaatsing, door=spelers.carla, nu=NU)
