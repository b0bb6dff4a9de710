"""Asking for a report: for which loket, and for which day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.forms import DatumVeld
from loket.models import Gebruiker, Loket, Rol


class VraagRapportForm(forms.Form):
    """The loket is asked only of who works for more than one."""

    loket = forms.ModelChoiceField(Loket.objects.none(), label=_("Loket"), empty_label=None)
    peildatum = DatumVeld(
        label=_("Stand op welke dag?"),
        help_text=_("Vandaag of een vroegere dag. Het rapport zegt wat op die dag waar was."),
    )

    def __init__(self, *args: Any, gebruiker: Gebruiker, vandaag: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        lokets = Loket.objects.filter(pk__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER))
        veld = self.fields["loket"]
        assert isinstance(veld, forms.ModelChoiceField)
        veld.queryset = lokets
        self.fields["peildatum"].initial = vandaag
        eigen = list(lokets[:2])
        if len(eigen) == 1:
            veld.initial = eigen[0]
            veld.disabled = True
            veld.widget = forms.HiddenInput()

    def clean_peildatum(self) -> dt.date:
        peildatum: dt.date = self.cleaned_data["peildatum"]
        if peildatum > self.vandaag:
            raise forms.ValidationError(
                _("Kies vandaag of een vroegere dag. Over de toekomst valt nog niets te tellen.")
            )
        return peildatum
