"""The search as people fill it in."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from loket.forms import DatumVeld, WeekroosterVeld
from opvang.domain.ligging import in_belgie
from opvang.domain.waar import Zoekgebied, vind_gebied
from opvang.domain.zoeken import Zoekvraag
from opvang.talen import taal
from opvang.workflow import Aanbodsoort, Opvangvorm, Ruimer, Stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VER = (1, 3, 5, 10, 20)
#: Before a child goes to school: nobody asks care here for an older one.
OUDSTE_MAANDEN = 47
#: "51.045,3.725": latitude, longitude, as maps write it.
_PUNT = re.compile(r"^(-?\d{1,2}(?:\.\d{1,9})?),(-?\d{1,3}(?:\.\d{1,9})?)$")
#: About a hundred metres: enough to sort by distance, too little to find a door.
_CIJFERS_NA_DE_KOMMA = 3


class ZoekForm(forms.Form):
    """The search (GET): every field may stay empty, and what is wrong only loses its own field.

    The names are those of the address bar. `bij` is where somebody stands: it is never kept.
    """

    verberg_niet_verplicht = True

    waar = forms.CharField(
        label=_("Waar"),
        required=False,
        max_length=80,
        help_text=_("Gemeente, wijk, postcode of naam van een opvang"),
        widget=forms.TextInput(attrs={"list": "plaatsen", "autocomplete": "address-level2"}),
    )
    bij = forms.CharField(required=False, widget=forms.HiddenInput)
    ver = forms.TypedChoiceField(
        label=_("Hoe ver mag het zijn?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Alleen daar")), *((km, _("%(km)s km") % {"km": km}) for km in VER)],
    )
    vanaf = DatumVeld(label=_("Vanaf"), required=False)
    dagen = WeekroosterVeld(label=_("Dagen"), required=False)
    leeftijd = forms.IntegerField(
        label=_("Hoe oud is je kind dan?"),
        required=False,
        min_value=0,
        max_value=OUDSTE_MAANDEN,
        help_text=_("In maanden. Anderhalf jaar is 18."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Schrijf de leeftijd als een getal: het aantal maanden."),
            "min_value": _("Een leeftijd is minstens 0 maanden."),
            "max_value": _("Deze opvang is voor kinderen die nog niet naar school gaan."),
        },
    )
    stand = forms.MultipleChoiceField(
        label=_("Is er plaats?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Stand.VRIJ.value, _("Plaats vrij")),
            (Stand.MISSCHIEN.value, _("Misschien plaats")),
            (Stand.ONBEKEND.value, _("Niet doorgegeven")),
            (Stand.VOL.value, _("Nu volzet")),
        ],
    )
    opvang = forms.ChoiceField(
        label=_("Wat voor plaats?"),
        required=False,
        choices=[
            ("", _("Een vaste plaats")),
            (Aanbodsoort.OCCASIONEEL.value, _("Af en toe een dag")),
            (Aanbodsoort.DRINGEND.value, _("Dringend, voor korte tijd")),
            (Aanbodsoort.NACHT.value, _("’s Nachts")),
        ],
    )
    soort = forms.MultipleChoiceField(
        label=_("Soort"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Opvangvorm.choices,
    )
    prijs = forms.MultipleChoiceField(
        label=_("Prijs"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("inkomen", _("Volgens je inkomen")), ("vrij", _("Een vaste prijs per dag"))],
    )
    ook = forms.MultipleChoiceField(
        label=_("Ook belangrijk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Ruimer.VOOR_7.value, _("Open voor 7 uur")),
            (Ruimer.NA_18.value, _("Open na 18 uur")),
            (Ruimer.ZATERDAG.value, _("Open op zaterdag")),
            (Ruimer.ZONDAG_FEESTDAG.value, _("Open op zon- en feestdagen")),
            ("zorg", _("Ervaring met extra zorg")),
        ],
    )
    talen = forms.MultipleChoiceField(
        label=_("Ze spreken een van deze talen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    eerst = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[("", _("Dichtbij of op naam")), ("vrij", _("Plaats vrij eerst"))],
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, talen: Iterable[str] = ()) -> None:
        super().__init__(data)
        veld = self.fields["talen"]
        assert isinstance(veld, forms.MultipleChoiceField)
        namen: list[tuple[str, str]] = [(code, taal(code)) for code in talen]
        veld.choices = sorted(namen, key=itemgetter(1))

    def clean_bij(self) -> tuple[float, float] | None:
        """Read where somebody stands, as (longitude, latitude), to about a hundred metres."""
        punt = _PUNT.match(self.cleaned_data["bij"])
        if punt is None:
            return None
        breedte, lengte = (round(float(deel), _CIJFERS_NA_DE_KOMMA) for deel in punt.groups())
        return (lengte, breedte) if in_belgie(lengte, breedte) else None

    def clean_dagen(self) -> int | None:
        """No day ticked asks nothing."""
        return self.cleaned_data["dagen"] or None

    def clean(self) -> None:
        """Take words before a position; a position that is of no use is told where it can be."""
        if self.cleaned_data.get("waar"):
            self.cleaned_data["bij"] = None
        elif self.data.get("bij") and self.cleaned_data.get("bij") is None:
            self.add_error(
                "waar", _t("We weten niet waar je bent. Typ een gemeente of een postcode.")
            )

    def vraag(self) -> Zoekvraag:
        """Give the question, without the fields that were filled in wrongly."""
        schoon = getattr(self, "cleaned_data", {})
        ook, prijs = schoon.get("ook", []), schoon.get("prijs", [])
        punt = schoon.get("bij")
        return Zoekvraag(
            gebied=Zoekgebied() if punt else vind_gebied(schoon.get("waar", "")),
            punt=punt,
            straal_km=schoon.get("ver"),
            start=schoon.get("vanaf"),
            rooster_masker=schoon.get("dagen"),
            leeftijd_maanden=schoon.get("leeftijd"),
            soorten=(schoon["opvang"],) if schoon.get("opvang") else (),
            vormen=tuple(schoon.get("soort", [])),
            inkomenstarief="inkomen" in prijs,
            vrije_prijs="vrij" in prijs,
            inclusief="zorg" in ook,
            ruimere_uren=tuple(code for code in ook if code in Ruimer.values),
            talen=tuple(schoon.get("talen", [])),
            standen=tuple(schoon.get("stand", [])),
            vrij_eerst=schoon.get("eerst") == "vrij",
        )

    @property
    def aantal_filters(self) -> int:
        """How many questions are answered, the place left out."""
        return self._ingevuld("ver", "vanaf", "dagen", "leeftijd", "stand") + self.aantal_meer

    @property
    def aantal_meer(self) -> int:
        """How many of the questions are answered that few people ask."""
        return self._ingevuld("opvang", "soort", "prijs", "ook", "talen")

    def _ingevuld(self, *namen: str) -> int:
        return sum(self.cleaned_data.get(naam) not in (None, "", []) for naam in namen)
