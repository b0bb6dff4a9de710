"""What a parent tells about a running question."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanvragen.models import Kind
from loket.forms import DatumVeld

#: Babies come earlier or later than expected, not by half a year.
MAX_WEKEN_VERSCHIL = 20


class AntwoordForm(forms.Form):
    """The answer to an offer, and whether to stay on the list after a no."""

    antwoord = forms.ChoiceField(
        choices=[("ja", _("Ja")), ("vast", _("Hou vast")), ("nee", _("Nee"))]
    )
    blijf = forms.BooleanField(required=False)


class GeboorteForm(forms.Form):
    """The real birth date, and the name."""

    voornaam = forms.CharField(
        label=_("Voornaam van je kind"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    geboortedatum = DatumVeld(
        label=_("Geboortedatum"),
        help_text=_("Bijvoorbeeld 14 3 2027. De naam van de maand mag ook."),
    )

    def __init__(self, *args: Any, kind: Kind, vandaag: dt.date, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.kind, self.vandaag = kind, vandaag

    def clean_geboortedatum(self) -> dt.date:
        datum: dt.date = self.cleaned_data["geboortedatum"]
        if datum > self.vandaag:
            raise ValidationError(
                gettext("Deze dag moet nog komen. Vul de dag in waarop je kind geboren is.")
            )
        verschil = abs((datum - self.kind.rekendatum).days)
        if verschil > MAX_WEKEN_VERSCHIL * 7:
            raise ValidationError(
                gettext(
                    "Deze dag ligt ver van de datum die we verwachtten. "
                    "Kijk de datum na, of bel het loket."
                )
            )
        return datum
