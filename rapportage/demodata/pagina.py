"""The page of the provider that a newcomer meets: texts, drawn photos and closing days."""

from __future__ import annotations

import datetime as dt
import io
import random

from django.utils import timezone
from PIL import Image, ImageDraw

from loket.models import Loket
from opvang.domain.fotos import lees_foto, plaats_foto
from opvang.domain.nakijken import keur_goed
from opvang.domain.pagina import afdruk, bewaar_teksten, standen_van, zet_op_pagina
from opvang.domain.sluitingsdagen import sluit
from opvang.models import Locatiefoto, Opvanglocatie, Paginatekst, Sluitingsdag
from opvang.workflow import Onderwerp, Sluitingsreden
from rapportage.demodata.verhalen import Accounts

_TEKSTEN = {
    Onderwerp.OVER: "Wij zijn met zes begeleiders en twee groepen. Elk kind heeft een vaste "
    "begeleider.\n\nMama's en papa's mogen altijd binnenkomen.",
    Onderwerp.DAG: "Om negen uur eten we samen fruit. Daarna gaan we buiten spelen. "
    "Na de middag slapen de kinderen, elk op hun eigen ritme.",
    Onderwerp.ETEN_SLAPEN: "We koken elke dag vers. Baby's slapen in een rustige kamer.",
    Onderwerp.BUITEN: "Er is een tuin met een zandbak en een moestuin. We gaan elke dag naar "
    "buiten, ook als het regent.",
    Onderwerp.TAAL: "We spreken Nederlands met de kinderen. Een begeleider spreekt ook Frans en "
    "Arabisch met ouders.",
}
_WACHT = (
    "Kom kijken op woensdag om 16 uur. Wennen duurt een week, en jij beslist hoe snel het gaat."
)
_BEELDEN = (
    ("Tekening: het huis en de tuin in de zomer", "#bfe0ea", "#7fae6b"),
    ("Tekening: het huis en de tuin in de herfst", "#f6e3c0", "#c98d5a"),
    ("Tekening: het huis en de tuin bij avond", "#d9d3ea", "#8d83b5"),
)


def vul_pagina(loket: Loket, accounts: Accounts, *, rng: random.Random, nu: dt.datetime) -> None:
    """Fill the page, looked over by the loket; one text and one photo still wait for that."""
    locatie, opvang, staf = (
        accounts.locatie,
        accounts.mensen["opvang"],
        accounts.mensen["loket"],
    )
    loket.teksten_nakijken = True
    loket.save(update_fields=["teksten_nakijken"])
    toen = nu - dt.timedelta(days=40)
    _schrijf(accounts, _TEKSTEN, nu=toen)
    for alt, lucht, grond in _BEELDEN:
        inhoud = _teken(rng, lucht, grond)
        beeld = lees_foto(io.BytesIO(inhoud), omvang=len(inhoud))
        plaats_foto(locatie, beeld, alt=alt, door=opvang, nu=toen)
    later = toen + dt.timedelta(days=1)
    for tekst in Paginatekst.objects.voor_blik_van(staf).select_related("locatie"):
        keur_goed(tekst, verwachte_versie=tekst.versie, door=staf, nu=later)
    fotos = Locatiefoto.objects.voor_blik_van(staf).select_related("locatie").order_by("pk")
    for foto in list(fotos)[:-1]:
        keur_goed(foto, verwachte_versie=foto.versie, door=staf, nu=later)
    _schrijf(accounts, {Onderwerp.WENNEN: _WACHT}, nu=nu - dt.timedelta(hours=5))
    jaar = timezone.localdate(nu).year
    for begin, einde, reden in (
        (dt.date(jaar, 12, 24), dt.date(jaar + 1, 1, 2), Sluitingsreden.VAKANTIE),
        (dt.date(jaar + 1, 7, 12), dt.date(jaar + 1, 7, 31), Sluitingsreden.VAKANTIE),
    ):
        sluit([locatie], vanaf=begin, tot=einde, reden=reden, door=opvang, nu=nu)
    Sluitingsdag.objects.bulk_create(
        Sluitingsdag(
            locatie=andere,
            vanaf=dt.date(jaar + 1, 7, 1) + dt.timedelta(days=rng.randrange(30)),
            tot=dt.date(jaar + 1, 8, 14) + dt.timedelta(days=rng.randrange(10)),
            reden=Sluitingsreden.VAKANTIE,
        )
        for andere in Opvanglocatie.objects.filter(gemeente=locatie.gemeente_id)
        .exclude(pk=locatie.pk)
        .order_by("pk")
    )


def _schrijf(accounts: Accounts, teksten: dict[Onderwerp, str], *, nu: dt.datetime) -> None:
    locatie, door = accounts.locatie, accounts.mensen["opvang"]
    gezien = {stand.onderwerp: afdruk(stand.tekst) for stand in standen_van(locatie)}
    bewaar_teksten(locatie, teksten, gezien=gezien, door=door, nu=nu)
    zet_op_pagina(locatie, door=door, nu=nu)


def _teken(rng: random.Random, lucht: str, grond: str) -> bytes:
    """A calm drawn scene in place of a photo: nobody real is on it."""
    blad = Image.new("RGB", (800, 600), lucht)
    pen = ImageDraw.Draw(blad)
    pen.rectangle((0, 400, 800, 600), fill=grond)
    pen.polygon(((120, 300), (270, 180), (420, 300)), fill="#b5533c")
    pen.rectangle((140, 300, 400, 450), fill="#fbf4e6")
    pen.rectangle((180, 340, 240, 400), fill="#6aa0a6")
    pen.rectangle((300, 350, 350, 450), fill="#0b5156")
    pen.rectangle((598, 330, 622, 470), fill="#7a5a3a")
    for _ in range(12):
        x, y = 610 + rng.randint(-70, 70), 280 + rng.randint(-60, 60)
        pen.ellipse((x - 55, y - 55, x + 55, y + 55), fill="#4f8a5b")
    for _ in range(30):
        x, y = rng.randrange(800), rng.randrange(470, 600)
        pen.ellipse((x, y, x + 10, y + 8), fill="#f2d16b")
    uit = io.BytesIO()
    blad.save(uit, "PNG", compress_level=1)
    return uit.getvalue()
