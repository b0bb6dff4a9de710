"""The demand: families, their children, their questions for care, and what became of them."""

from aanvragen.models.balie import Briefsjabloon, Brieftekst, Notitie, Taakwerk
from aanvragen.models.gesprek import Gelezen, Gesprek, Gespreksbericht, Vrijmelding
from aanvragen.models.gezinnen import Concept, Gezin, Kind, Ouder
from aanvragen.models.hulp import (
    Afspraak,
    Doorverwijzing,
    Partner,
    Toestemming,
    Toestemmingscode,
)
from aanvragen.models.noodplan import (
    Belpoging,
    Noodbericht,
    Noodplan,
    Noodplanregel,
    Vervangcapaciteit,
)
from aanvragen.models.plaatsen import Aanmelding, Plaatsing, Voorstel
from aanvragen.models.post import Papierpost, Samenvoeging
from aanvragen.models.vragen import Kenmerk, Opvangvraag

__all__ = [
    "Aanmelding",
    "Afspraak",
    "Belpoging",
    "Briefsjabloon",
    "Brieftekst",
    "Concept",
    "Doorverwijzing",
    "Gelezen",
    "Gesprek",
    "Gespreksbericht",
    "Gezin",
    "Kenmerk",
    "Kind",
    "Noodbericht",
    "Noodplan",
    "Noodplanregel",
    "Notitie",
    "Opvangvraag",
    "Ouder",
    "Papierpost",
    "Partner",
    "Plaatsing",
    "Samenvoeging",
    "Taakwerk",
    "Toestemming",
    "Toestemmingscode",
    "Vervangcapaciteit",
    "Voorstel",
    "Vrijmelding",
]
