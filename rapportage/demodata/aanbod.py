"""The invented supply: organisatoren, locations, licences and what they say is free."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass

from loket.models import Gemeente, Loket, Wijk
from opvang.models import Opvanglocatie, Organisator, Plaatsaanbod, Vergunning
from opvang.weekrooster import AANTAL_DAGDELEN
from opvang.workflow import Opvangvorm, Prijssysteem, Ruimer
from rapportage.demodata.namen import Namen

#: Licensed places per 100 children under 3 in the demo area: below the Flemish 46, so that there is
#: a shortage.
PLAATSEN_PER_100 = 39
_SOORTNAAM = {
    Opvangvorm.GEZIN: "onthaal",
    Opvangvorm.GROEP: "vzw",
    Opvangvorm.SAMENWERKEND: "onthaal",
}
_TEKST = (
    "Bij ons mag je kind op eigen tempo wennen. We spelen elke dag buiten en koken vers. "
    "Kom gerust eens langs, liefst na een telefoontje."
)


@dataclass(frozen=True)
class Streek:
    """One gemeente of the demo: how many children under 3, how many locations, its wijken."""

    gemeente: Gemeente
    kinderen: int
    aantal_locaties: int
    wijken: list[Wijk]


def bouw_aanbod(
    streek: Streek, *, namen: Namen, rng: random.Random, nu: dt.datetime
) -> list[Opvanglocatie]:
    """Make the locations of one gemeente with their licences and free places, in bulk."""
    gemeente = streek.gemeente
    vormen = [_vorm(rng) for _ in range(streek.aantal_locaties)]
    organisatoren = Organisator.objects.bulk_create(
        Organisator(
            naam=f"{rng.choice(namen.familienamen)} {_SOORTNAAM[vorm]}",
            email=f"opvang{gemeente.nis}-{i}@voorbeeld.test",
            telefoon="09 000 00 00",
        )
        for i, vorm in enumerate(vormen)
    )
    locaties = Opvanglocatie.objects.bulk_create(
        _locatie(organisator, vorm, streek, namen=namen, rng=rng)
        for organisator, vorm in zip(organisatoren, vormen, strict=True)
    )
    plaatsen = _verdeel(streek.kinderen * PLAATSEN_PER_100 // 100, vormen, rng)
    Vergunning.objects.bulk_create(
        vergunning
        for locatie, aantal in zip(locaties, plaatsen, strict=True)
        for vergunning in _vergunningen(locatie, aantal, rng=rng, vandaag=nu.date())
    )
    Plaatsaanbod.objects.bulk_create(
        rij for locatie in locaties for rij in _vrije_plaatsen(locatie, rng=rng, nu=nu)
    )
    return locaties


def _vorm(rng: random.Random) -> Opvangvorm:
    return rng.choices(
        [Opvangvorm.GEZIN, Opvangvorm.GROEP, Opvangvorm.SAMENWERKEND], weights=[50, 38, 12]
    )[0]


def _locatie(
    organisator: Organisator, vorm: Opvangvorm, streek: Streek, *, namen: Namen, rng: random.Random
) -> Opvanglocatie:
    gemeente = streek.gemeente
    naam, slug = namen.locatie(gemeente.naam)
    straat, huisnummer = namen.straat()
    wijk = rng.choice(streek.wijken) if streek.wijken else None
    breedte, lengte = (
        (wijk.breedtegraad, wijk.lengtegraad)
        if wijk
        else (gemeente.breedtegraad, gemeente.lengtegraad)
    )
    prijs = rng.choices(
        [Prijssysteem.INKOMENSTARIEF, Prijssysteem.VRIJ, Prijssysteem.GEMENGD], weights=[82, 15, 3]
    )[0]
    vroeg = rng.random() < 0.15
    return Opvanglocatie(
        organisator=organisator,
        naam=naam,
        slug=slug,
        dossiernummer=f"{rng.randint(0, 10**9 - 1):09d}",
        opvangvorm=vorm,
        prijssysteem=prijs,
        straat=straat,
        huisnummer=huisnummer,
        postcode=rng.choice(gemeente.postcodes) if gemeente.postcodes else "",
        plaats=wijk.naam if wijk else gemeente.naam,
        gemeente=gemeente,
        wijk=wijk,
        breedtegraad=None if breedte is None else round(breedte + rng.uniform(-0.012, 0.012), 5),
        lengtegraad=None if lengte is None else round(lengte + rng.uniform(-0.018, 0.018), 5),
        telefoon="09 000 00 00",
        opening_van=dt.time(6, 30) if vroeg else dt.time(7, 0),
        opening_tot=dt.time(18, 30) if vroeg else dt.time(18, 0),
        ruimere_uren=[Ruimer.VOOR_7.value, Ruimer.NA_18.value] if vroeg else [],
        talen=["nl", *rng.sample(["fr", "en", "tr", "ar", "pl"], k=rng.choice([0, 0, 1, 2]))],
        inclusief=rng.random() < 0.2,
        tekst=_TEKST,
        gemeentelijk=vorm == Opvangvorm.GROEP and rng.random() < 0.2,
    )


def _verdeel(totaal: int, vormen: Iterable[Opvangvorm], rng: random.Random) -> list[int]:
    """Share the places out: childminders at most 8, cooperating ones at most 18, the rest over
    group care.
    """
    gewichten = {
        Opvangvorm.GEZIN: (4, 8),
        Opvangvorm.SAMENWERKEND: (10, 18),
        Opvangvorm.GROEP: (14, 24),
    }
    plaatsen = [rng.randint(*gewichten[vorm]) for vorm in vormen]
    groepen = [i for i, vorm in enumerate(vormen) if vorm == Opvangvorm.GROEP]
    over = totaal - sum(plaatsen)
    for i in groepen:
        extra = max(0, min(over // max(1, len(groepen)), 45))
        plaatsen[i] += extra
    return plaatsen


def _vergunningen(
    locatie: Opvanglocatie, plaatsen: int, *, rng: random.Random, vandaag: dt.date
) -> list[Vergunning]:
    begin = vandaag - dt.timedelta(days=rng.randint(1200, 4000))
    uitgebreid = plaatsen > 12 and rng.random() < 0.2
    if not uitgebreid:
        return [_vergunning(locatie, plaatsen, begin, None, rng)]
    dag = vandaag - dt.timedelta(days=rng.randint(60, 900))
    return [
        _vergunning(locatie, plaatsen - rng.randint(3, 6), begin, dag, rng),
        _vergunning(locatie, plaatsen, dag, None, rng),
    ]


def _vergunning(
    locatie: Opvanglocatie, plaatsen: int, vanaf: dt.date, tot: dt.date | None, rng: random.Random
) -> Vergunning:
    verdeling = dict.fromkeys(("plaatsen_t0", "plaatsen_t1", "plaatsen_t2", "plaatsen_t3"), 0)
    if locatie.prijssysteem == Prijssysteem.VRIJ:
        verdeling[rng.choice(["plaatsen_t0", "plaatsen_t1", "plaatsen_t1"])] = plaatsen
    elif locatie.prijssysteem == Prijssysteem.GEMENGD:
        verdeling["plaatsen_t1"] = plaatsen // 3
        verdeling["plaatsen_t2"] = plaatsen - plaatsen // 3
    else:
        verdeling[rng.choice(["plaatsen_t2"] * 7 + ["plaatsen_t3"])] = plaatsen
    dicht = rng.choice([0, 0, 0, 0, 1, 2]) if plaatsen > 8 else 0
    return Vergunning(
        locatie=locatie,
        vanaf=vanaf,
        tot=tot,
        vergunde_plaatsen=plaatsen,
        operationele_plaatsen=plaatsen - dicht,
        bron="Demo: verzonnen",
        **verdeling,
    )


def _vrije_plaatsen(
    locatie: Opvanglocatie, *, rng: random.Random, nu: dt.datetime
) -> list[Plaatsaanbod]:
    """What the location says: most are full, some have a half week, a fifth never said anything."""
    lot = rng.random()
    if lot < 0.2:
        return []
    dagen_geleden = (
        rng.randint(0, 25)
        if lot < 0.65
        else rng.randint(32, 58)
        if lot < 0.85
        else rng.randint(65, 300)
    )
    rijen = []
    begin = nu.date().replace(day=1)
    for kwartaal in range(2):
        plaatsen = [0] * AANTAL_DAGDELEN
        if rng.random() < 0.28 + 0.22 * kwartaal:
            for dag in rng.sample(range(5), k=rng.choice([1, 2, 2, 3, 5])):
                aantal = rng.choice([1, 1, 1, 2])
                plaatsen[2 * dag] = plaatsen[2 * dag + 1] = aantal
        maand = begin.month - 1 + 6 * kwartaal
        eind = begin.month - 1 + 6 * (kwartaal + 1)
        rijen.append(
            Plaatsaanbod(
                locatie=locatie,
                vanaf=dt.date(begin.year + maand // 12, maand % 12 + 1, 1),
                tot=dt.date(begin.year + eind // 12, eind % 12 + 1, 1),
                plaatsen=plaatsen,
                laatst_bevestigd=nu - dt.timedelta(days=dagen_geleden, hours=rng.randint(0, 9)),
            )
        )
    return rijen


def loket_van(gemeenten: list[Gemeente], *, naam: str, slug: str) -> Loket:
    """A loket over these gemeenten, with contact data that leads nowhere."""
    loket = Loket.objects.create(
        naam=naam,
        slug=slug,
        telefoon="09 000 00 00",
        email=f"{slug}@voorbeeld.test",
        adres="Markt 1, 9800 Deinze",
        openingsuren="Maandag tot vrijdag van 9 tot 12 uur, woensdag ook van 13.30 tot 18 uur",
    )
    loket.gemeenten.set(gemeenten)
    return loket
