"""A location as a result of a search: the card in the list, its place on the map, its column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.templatetags.loket import STAND_TEKST
from opvang.domain.ligging import afstand_km, fietsminuten
from opvang.domain.stand import Termijnen, Zicht, zicht_op
from opvang.domain.zoekadres import voor_een_locatie
from opvang.models import Opvanglocatie
from opvang.talen import taal
from opvang.weekrooster import Weekrooster
from opvang.workflow import Ruimer, Stand

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from opvang.domain.zoeken import Zoekvraag


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaart:
    """One result. `nummer` tells it apart on the map; distances only where they say something.

    `adres` leads to its page, with what that page can answer of the search.
    """

    locatie: Opvanglocatie
    adres: str
    nummer: int
    zicht: Zicht
    afstand: float | None
    gekozen: bool
    past_deels: bool

    @property
    def standtekst(self) -> str:
        """Say if there is room, in words: the same in the list, on the map and side by side."""
        if self.zicht.stand is Stand.VRIJ:
            tekst = ngettext(
                "%(aantal)s plaats vrij", "%(aantal)s plaatsen vrij", self.zicht.aantal
            )
            return tekst % {"aantal": self.zicht.aantal}
        if self.past_deels:
            return _("Niet op al je dagen")
        return STAND_TEKST[self.zicht.stand]()

    @property
    def fietsminuten(self) -> int | None:
        return None if self.afstand is None else fietsminuten(self.afstand)

    @property
    def talen(self) -> list[str]:
        return [taal(code) for code in self.locatie.talen]

    @property
    def ruimere_uren(self) -> list[str]:
        return [str(Ruimer(code).label) for code in self.locatie.ruimere_uren]

    def op_de_landkaart(self) -> dict[str, Any] | None:
        """Give what the map shows; nothing for a location whose coordinates we don't know."""
        locatie = self.locatie
        if locatie.breedtegraad is None or locatie.lengtegraad is None:
            return None
        return {
            "id": locatie.pk,
            "nr": self.nummer,
            "naam": locatie.naam,
            "url": self.adres,
            "stand": self.zicht.stand.value,
            "tekst": self.standtekst,
            "lat": locatie.breedtegraad,
            "lon": locatie.lengtegraad,
        }


def maak_kaarten(
    locaties: Iterable[Any],
    vraag: Zoekvraag,
    *,
    termijnen: Termijnen,
    nu: dt.datetime,
    gekozen: Collection[int] = (),
    met_afstand: bool,
    vanaf_nummer: int = 1,
) -> list[Kaart]:
    """Make a card of each location (with `aanbod_nu`), in the order given. Asks no query."""
    kaarten = []
    gevraagd = urlencode(voor_een_locatie(vraag), doseq=True)
    staart = f"?{gevraagd}" if gevraagd else ""
    for nummer, locatie in enumerate(locaties, start=vanaf_nummer):
        zicht = zicht_op(
            locatie.aanbod_nu,
            nu=nu,
            termijn=termijnen.van(locatie.gemeente_id),
            rooster_masker=vraag.rooster_masker,
        )
        past = zicht.vrij & Weekrooster(vraag.rooster_masker or 0)
        kaarten.append(
            Kaart(
                locatie=locatie,
                adres=f"{locatie.get_absolute_url()}{staart}",
                nummer=nummer,
                zicht=zicht,
                afstand=_afstand(locatie, vraag) if met_afstand else None,
                gekozen=locatie.pk in gekozen,
                past_deels=zicht.stand is Stand.VOL and bool(past),
            )
        )
    return kaarten


def _afstand(locatie: Opvanglocatie, vraag: Zoekvraag) -> float | None:
    if vraag.midden is None or locatie.lengtegraad is None or locatie.breedtegraad is None:
        return None
    return afstand_km(vraag.midden, (locatie.lengtegraad, locatie.breedtegraad))
