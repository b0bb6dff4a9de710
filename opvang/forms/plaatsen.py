"""How many places are open, from a day on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.forms import DatumVeld

#: More than any location has: a typing error. The licence itself is checked by the domain.
MEESTE_PLAATSEN = 999


_FOUT = _("Vul het aantal plaatsen in als een getal, bijvoorbeeld 7.")


class OpenPlaatsenForm(forms.Form):
    plaatsen = forms.IntegerField(
        label=_("Hoeveel plaatsen zijn er dan open?"),
        min_value=0,
        max_value=MEESTE_PLAATSEN,
        error_messages={"invalid": _FOUT, "min_value": _FOUT, "max_value": _FOUT},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    vanaf = DatumVeld(label=_("Vanaf welke dag?"))
