"""What a request consists of: clean values between the forms and the rules (field set: domein.md
§2.3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from aanvragen.workflow import Hulpduur, Kanaal, Relatie


@dataclass(frozen=True, slots=True, kw_only=True)
class Oudergegevens:
    voornaam: str
    familienaam: str
    email: str = ""
    telefoon: str = ""
    relatie: str = Relatie.OUDER
    straat: str = ""
    huisnummer: str = ""
    postcode: str = ""
    gemeente_id: int
    wijk_id: int | None = None
    taal: str = ""
    tolk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kindgegevens:
    """One child; `geboortedatum` for a born child, else `verwachte_geboortedatum`. Exactly one is
    given. `tweeling_van` is the reference of the question for its twin, asked before.
    """

    familienaam: str
    voornaam: str = ""
    geboortedatum: dt.date | None = None
    verwachte_geboortedatum: dt.date | None = None
    tweeling_van: str = ""

    def __post_init__(self) -> None:
        if (self.geboortedatum is None) == (self.verwachte_geboortedatum is None):
            bericht = "Geef een geboortedatum of een verwachte geboortedatum."
            raise ValueError(bericht)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraaggegevens:
    """What is asked, the same for every child of one request. `rooster` is a 14-bit week mask."""

    gewenste_start: dt.date
    gewenst_einde: dt.date | None = None
    rooster: int
    rooster_wissel: int | None = None
    flexibel_weken: int = 0
    flexibel_dagen: bool = False
    vormwens: str = ""
    prijswens: str = ""
    dringende_reden: str = ""
    ruimere_uren: tuple[str, ...] = ()
    zorgbehoefte: str = ""
    kenmerken: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanvraaggegevens:
    """A whole request: one parent, one or more children, one need, and locations in order of wish.

    Either `locatie_ids` (first wish first) or `gebied_ids` (no preference: every public location in
    those gemeenten). `toestemming_dagen`: how long a toeleider who asks may follow. Children asked
    for together with the same birth date are a multiple birth (R3).
    """

    ouder: Oudergegevens
    kinderen: tuple[Kindgegevens, ...]
    vraag: Vraaggegevens
    locatie_ids: tuple[int, ...] = ()
    gebied_ids: tuple[int, ...] = ()
    toestemming_versie: str
    kanaal: str = Kanaal.ONLINE
    toestemming_dagen: int = Hulpduur.HALFJAAR
