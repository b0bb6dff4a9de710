"""Many locations at once: enough to see if a search stays fast and asks no query per location."""

from __future__ import annotations

import datetime as dt
import random

from loket.models import Gemeente, Loket, Wijk
from opvang.models import Opvanglocatie, Organisator, Plaatsaanbod
from tests.fabrieken import NU

#: Flanders: 5,389 locations over 285 gemeenten (Opgroeien, end of 2025).
GEMEENTEN, PER_GEMEENTE = 285, 19
_BEGIN = ("Het", "De", "’t", "Klein", "Groot", "Bij", "Huize", "Crèche", "Onthaal", "Villa")
_MIDDEN = ("Zonne", "Wolken", "Vlinder", "Egel", "Appel", "Ster", "Uilen", "Bloem", "Duin", "Lente")
_EIND = ("huisje", "bos", "hof", "nest", "tuin", "kroon", "straal", "pad", "weide", "boom")


def vul_streek(
    *, gemeenten: int = GEMEENTEN, per_gemeente: int = PER_GEMEENTE, nu: dt.datetime = NU
) -> list[Gemeente]:
    """Fill gemeenten "Proef 001", "Proef 002" … with locations of every kind, in bulk.

    A tenth never said anything, a fifth is old, the rest has a free week, half a one or none; two
    periods each. Every third gemeente shares a loket with the two after it.
    """
    rng = random.Random(2026)
    plaatsen = Gemeente.objects.bulk_create(
        Gemeente(
            nis=f"9{i:04d}",
            naam=f"Proef {i:03d}",
            gewest="Vlaams Gewest",
            postcodes=[str(1000 + i)],
            lengtegraad=2.6 + 0.18 * (i % 18),
            breedtegraad=50.75 + 0.04 * (i // 18),
        )
        for i in range(1, gemeenten + 1)
    )
    lokets = Loket.objects.bulk_create(
        Loket(naam=f"Loket {i}", slug=f"proef-{i}", email=f"l{i}@voorbeeld.test", telefoon="09")
        for i in range(0, gemeenten, 3)
    )
    for nummer, loket in enumerate(lokets):
        loket.gemeenten.set(plaatsen[3 * nummer : 3 * nummer + 3])
    wijken = Wijk.objects.bulk_create(
        Wijk(gemeente=gemeente, code=f"{gemeente.nis}-{j}", naam=f"Wijk {j} van {gemeente.naam}")
        for gemeente in plaatsen
        for j in range(3)
    )
    organisator = Organisator.objects.create(naam="Proefvzw")
    locaties = Opvanglocatie.objects.bulk_create(
        _locatie(organisator, gemeente, wijken[3 * i + j % 3], f"{gemeente.nis}-{j}", rng)
        for i, gemeente in enumerate(plaatsen)
        for j in range(per_gemeente)
    )
    Plaatsaanbod.objects.bulk_create(
        rij for nummer, locatie in enumerate(locaties) for rij in _rijen(locatie, nummer, nu, rng)
    )
    return plaatsen


def _locatie(
    organisator: Organisator, gemeente: Gemeente, wijk: Wijk, code: str, rng: random.Random
) -> Opvanglocatie:
    naam = f"{rng.choice(_BEGIN)} {rng.choice(_MIDDEN)}{rng.choice(_EIND)}"
    assert gemeente.lengtegraad is not None
    assert gemeente.breedtegraad is not None
    return Opvanglocatie(
        organisator=organisator,
        naam=naam,
        slug=f"proef-{code}",
        opvangvorm=rng.choice(["gezinsopvang", "groepsopvang", "samenwerkend"]),
        prijssysteem=rng.choice(["inkomenstarief"] * 4 + ["vrije_prijs"]),
        straat="Proefstraat",
        huisnummer=code[-2:],
        postcode=gemeente.postcodes[0],
        plaats=gemeente.naam,
        gemeente=gemeente,
        wijk=wijk,
        lengtegraad=gemeente.lengtegraad + rng.uniform(-0.05, 0.05),
        breedtegraad=gemeente.breedtegraad + rng.uniform(-0.02, 0.02),
        talen=rng.choice([["nl"], ["nl", "fr"], ["nl", "tr", "ar"]]),
        ruimere_uren=rng.choice([[], [], ["Voor7uur"], ["Voor7uur", "Na18uur"]]),
        inclusief=rng.random() < 0.2,
    )


def _rijen(
    locatie: Opvanglocatie, nummer: int, nu: dt.datetime, rng: random.Random
) -> list[Plaatsaanbod]:
    if nummer % 10 == 0:
        return []
    oud = 45 if nummer % 5 == 1 else rng.randint(0, 25)
    vandaag = nu.date()
    grens = vandaag + dt.timedelta(days=200)
    return [
        Plaatsaanbod(
            locatie=locatie,
            vanaf=vanaf,
            tot=tot,
            plaatsen=rng.choice(([1] * 10 + [0] * 4, [1, 1, 0, 0] * 3 + [0, 0], [0] * 14)),
            laatst_bevestigd=nu - dt.timedelta(days=oud),
        )
        for vanaf, tot in ((vandaag, grens), (grens, None))
    ]
