"""The demand: families, their children, their questions for care, and what became of them."""

from aanvragen.models.gezinnen import Concept, Gezin, Kind, Ouder
from aanvragen.models.hulp import Toestemming
from aanvragen.models.noodplan import (
    Belpoging,
    Noodbericht,
    Noodplan,
    Noodplanregel,
    Vervangcapaciteit,
)
from aanvragen.models.plaatsen import Aanmelding, Plaatsing, Voorstel
from aanvragen.models.vragen import Kenmerk, Opvangvraag

__all__ = [
    "Aanmelding",
    "Belpoging",
    "Concept",
    "Gezin",
    "Kenmerk",
    "Kind",
    "Noodbericht",
    "Noodplan",
    "Noodplanregel",
    "Opvangvraag",
    "Ouder",
    "Plaatsing",
    "Toestemming",
    "Vervangcapaciteit",
    "Voorstel",
]
