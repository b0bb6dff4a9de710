"""A spreadsheet to upload."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RekenbladForm(forms.Form):
    bestand = forms.FileField(
        label=_("Je ingevulde lijst"),
        help_text=_("Een bestand dat eindigt op .xlsx of .csv, hoogstens 2 MB."),
        error_messages={
            "required": _("Kies een bestand."),
            "missing": _("Kies een bestand."),
            "empty": _("Dit bestand is leeg."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
