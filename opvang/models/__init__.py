"""The supply: organisatoren, their locations, licences and free places."""

from opvang.models.aanbod import Plaatsaanbod, nul_plaatsen
from opvang.models.capaciteit import Leeftijdsgroep
from opvang.models.locaties import Opvanglocatie, Organisator, OrganisatorLid
from opvang.models.meldingen import BekendePlaats, Melding
from opvang.models.pagina import Collegauitnodiging, Locatiefoto, Paginatekst, Sluitingsdag
from opvang.models.sleutels import ApiSleutel
from opvang.models.sluitingen import Sluiting, Sluitingsoort
from opvang.models.subsidies import (
    Subsidie,
    Subsidiebudget,
    Subsidieregel,
    Subsidiereglement,
    Subsidiestap,
)
from opvang.models.tarief import (
    Duurgeval,
    Kinderopvangtoeslag,
    Tariefduur,
    Tariefhulp,
    Tariefhulpsoort,
    Tariefschijf,
    Tarieftabel,
)
from opvang.models.vergunningen import DateRange, Vergunning

__all__ = [
    "ApiSleutel",
    "BekendePlaats",
    "Collegauitnodiging",
    "DateRange",
    "Duurgeval",
    "Kinderopvangtoeslag",
    "Leeftijdsgroep",
    "Locatiefoto",
    "Melding",
    "Opvanglocatie",
    "Organisator",
    "OrganisatorLid",
    "Paginatekst",
    "Plaatsaanbod",
    "Sluiting",
    "Sluitingsdag",
    "Sluitingsoort",
    "Subsidie",
    "Subsidiebudget",
    "Subsidieregel",
    "Subsidiereglement",
    "Subsidiestap",
    "Tariefduur",
    "Tariefhulp",
    "Tariefhulpsoort",
    "Tariefschijf",
    "Tarieftabel",
    "Vergunning",
    "nul_plaatsen",
]
