"""What people fill in about the supply: a search, free places, a key."""

from opvang.forms.sleutel import SleutelForm
from opvang.forms.vrij import NieuwePeriodeForm, PeriodeForm, VrijForm, begin_van
from opvang.forms.zoeken import VER, ZoekForm

__all__ = [
    "VER",
    "NieuwePeriodeForm",
    "PeriodeForm",
    "SleutelForm",
    "VrijForm",
    "ZoekForm",
    "begin_van",
]
