"""Invented names: people from Faker, locations from two lists of friendly words."""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.utils.text import slugify
from faker import Faker

_WEZENS = [
    "Egeltjes",
    "Wolkjes",
    "Kiekeboe",
    "Zandmannetjes",
    "Lentebloesems",
    "Kabouters",
    "Vlinders",
    "Kapoentjes",
    "Pinguïns",
    "Notenkrakers",
    "Regenbogen",
    "Sterretjes",
    "Maantjes",
    "Bijtjes",
    "Lieveheersbeestjes",
    "Duizendpoten",
    "Zeepbellen",
    "Madeliefjes",
    "Klavertjes",
    "Eikeltjes",
    "Dromers",
    "Speelvogels",
    "Ukkies",
    "Hummels",
    "Pagaddertjes",
    "Beertjes",
    "Schelpjes",
    "Wilgenkatjes",
    "Kikkers",
    "Zwaluwen",
    "Mussen",
    "Merels",
    "Roodborstjes",
    "Boterbloemen",
    "Sleutelbloemen",
    "Windmolens",
    "Vliegers",
    "Vuurvliegjes",
    "Kersenpitten",
    "Pruimpjes",
    "Appeltjes",
    "Peertjes",
    "Ballonnen",
    "Bellenblazers",
    "Muizenesten",
    "Nestkastjes",
    "Hazelmuizen",
    "Otters",
    "Dassen",
]
_HUISJES = [
    "Het Nestje",
    "'t Kruipuurtje",
    "Bij Tante Mie",
    "De Speelweide",
    "Het Poppenhuis",
    "De Boomhut",
    "'t Zonnehoekje",
    "De Kleine Tuin",
    "Het Vogelnest",
    "De Wilgenhof",
    "'t Schommelpaard",
    "De Zandbak",
    "Het Kinderhuis",
    "De Warme Hoek",
    "'t Duimpje",
    "De Tuimelaar",
    "Het Lappendekentje",
    "De Blokkentoren",
    "'t Kadeeke",
    "De Rijstpap",
]
_STRATEN = [
    "Kerkstraat",
    "Dorpsstraat",
    "Molenstraat",
    "Schoolstraat",
    "Stationsstraat",
    "Nieuwstraat",
    "Veldstraat",
    "Lindelaan",
    "Beukenlaan",
    "Leiestraat",
    "Kouter",
    "Hofstraat",
    "Bosstraat",
    "Kasteelstraat",
    "Meersstraat",
    "Kapellestraat",
    "Tuinwijk",
    "Wilgenlaan",
]


@dataclass
class Namen:
    """Names drawn from a seeded source; the same seed gives the same names."""

    rng: random.Random

    def __post_init__(self) -> None:
        faker = Faker("nl_BE")
        faker.seed_instance(self.rng.getrandbits(32))
        self.voornamen = sorted({faker.first_name() for _ in range(600)})
        self.familienamen = sorted({faker.last_name() for _ in range(800)})
        self._gebruikt: set[str] = set()

    def persoon(self) -> tuple[str, str]:
        return self.rng.choice(self.voornamen), self.rng.choice(self.familienamen)

    def straat(self) -> tuple[str, str]:
        return self.rng.choice(_STRATEN), str(self.rng.randint(1, 190))

    def locatie(self, plaats: str) -> tuple[str, str]:
        """A name and its slug, both not given before."""
        for _ in range(40):
            naam = (
                f"De {self.rng.choice(_WEZENS)}"
                if self.rng.random() < 0.75
                else self.rng.choice(_HUISJES)
            )
            if naam not in self._gebruikt:
                break
        else:
            naam = f"{naam} {plaats}"
            while naam in self._gebruikt:
                naam = f"{naam} {self.rng.randint(2, 999)}"
        self._gebruikt.add(naam)
        return naam, slugify(f"{naam}-{plaats}")[:80]
