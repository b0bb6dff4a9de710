"""Addresses of the demand, per kind of user. A fixed path stands before one that takes anything."""

from __future__ import annotations

from aanvragen.urls import (
    antwoorden,
    gesprek,
    hervatten,
    hulp,
    loket,
    opvang,
    ouder,
    post,
    voorstellen,
    werk,
    wijzigen,
)

aanvraag = [*hervatten.aanvraag, *ouder.aanvraag]
mijn = [
    *hervatten.mijn,
    *wijzigen.mijn,
    *gesprek.mijn,
    *voorstellen.mijn,
    *hulp.mijn,
    *post.mijn,
    *ouder.mijn,
]
balie = [
    *antwoorden.balie,
    *gesprek.balie,
    *voorstellen.balie,
    *wijzigen.balie,
    *hulp.balie,
    *werk.balie,
    *post.balie,
    *loket.balie,
]
aanbod = [*antwoorden.aanbod, *gesprek.aanbod, *opvang.aanbod]
antwoord = opvang.antwoord
toestemming = hulp.toestemming

__all__ = ["aanbod", "aanvraag", "antwoord", "balie", "mijn", "toestemming"]
