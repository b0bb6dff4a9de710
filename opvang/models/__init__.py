"""The supply: organisatoren, their locations, licences and free places."""

from opvang.models.aanbod import Plaatsaanbod, nul_plaatsen
from opvang.models.locaties import Opvanglocatie, Organisator, OrganisatorLid
from opvang.models.sleutels import ApiSleutel
from opvang.models.vergunningen import DateRange, Vergunning

__all__ = [
    "ApiSleutel",
    "DateRange",
    "Opvanglocatie",
    "Organisator",
    "OrganisatorLid",
    "Plaatsaanbod",
    "Vergunning",
    "nul_plaatsen",
]
