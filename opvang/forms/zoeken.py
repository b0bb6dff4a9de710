"""The search as people fill it in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.forms import DatumVeld, WeekroosterVeld
from opvang.workflow import Opvangvorm, Ruimer, Stand

VER = (1, 3, 5, 10, 20)


class ZoekForm(forms.Form):
    """The search (GET): every field may stay empty, and what is wrong only loses its own field."""

    verberg_niet_verplicht = True

    waar = forms.CharField(
        label=_("Waar"),
        required=False,
        max_length=80,
        help_text=_("Gemeente, wijk, postcode of naam van een opvang"),
        widget=forms.TextInput(attrs={"list": "plaatsen", "autocomplete": "address-level2"}),
    )
    ver = forms.TypedChoiceField(
        label=_("Hoe ver mag het zijn?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Alleen daar")), *((km, _("%(km)s km") % {"km": km}) for km in VER)],
    )
    vanaf = DatumVeld(label=_("Vanaf"), required=False)
    dagen = WeekroosterVeld(label=_("Dagen"), required=False)
    soort = forms.MultipleChoiceField(
        label=_("Soort"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Opvangvorm.choices,
    )
    ook = forms.MultipleChoiceField(
        label=_("Ook belangrijk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("inkomen", _("Prijs volgens inkomen")),
            (Ruimer.VOOR_7.value, _("Open voor 7 uur")),
            (Ruimer.NA_18.value, _("Open na 18 uur")),
            ("zorg", _("Ervaring met extra zorg")),
        ],
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
    eerst = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[("", _("Dichtbij of op naam")), ("vrij", _("Plaats vrij eerst"))],
    )

    @property
    def aantal_filters(self) -> int:
        """How many questions are answered, the place left out."""
        return sum(
            bool(self.cleaned_data.get(naam))
            for naam in ("ver", "vanaf", "dagen", "soort", "ook", "stand")
        )
