"""What people fill in about the supply: a search, free places, a key."""

from opvang.forms.rekenblad import RekenbladForm
from opvang.forms.sleutel import SleutelForm
from opvang.forms.vrij import (
    NieuwePeriodeForm,
    PeriodeForm,
    VrijForm,
    begin_van,
    deel_van,
    is_stap,
)
from opvang.forms.zoeken import VER, ZoekForm

__all__ = [
    "VER",
    "NieuwePeriodeForm",
    "PeriodeForm",
    "RekenbladForm",
    "SleutelForm",
    "VrijForm",
    "ZoekForm",
    "begin_van",
    "deel_van",
    "is_stap",
]
