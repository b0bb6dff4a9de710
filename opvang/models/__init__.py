"""The supply: organisatoren, their locations, licences and free places."""

from opvang.models.aanbod import Plaatsaanbod, nul_plaatsen
from opvang.models.locaties import Opvanglocatie, Organisator, OrganisatorLid
from opvang.models.pagina import Collegauitnodiging, Locatiefoto, Paginatekst, Sluitingsdag
from opvang.models.sleutels import ApiSleutel
from opvang.models.subsidies import (
    Subsidie,
    Subsidiebudget,
    Subsidieregel,
    Subsidiereglement,
    Subsidiestap,
)
from opvang.models.vergunningen import DateRange, Vergunning

__all__ = [
    "ApiSleutel",
    "Collegauitnodiging",
    "DateRange",
    "Locatiefoto",
    "Opvanglocatie",
    "Organisator",
    "OrganisatorLid",
    "Paginatekst",
    "Plaatsaanbod",
    "Sluitingsdag",
    "Subsidie",
    "Subsidiebudget",
    "Subsidieregel",
    "Subsidiereglement",
    "Subsidiestap",
    "Vergunning",
    "nul_plaatsen",
]
