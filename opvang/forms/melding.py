"""The address to which we mail what is free."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MeldingForm(forms.Form):
    """One question. The address is confirmed by a mail, so a typing error costs nobody anything."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        max_length=254,
        help_text=_("We gebruiken het alleen voor deze mails."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Vul je e-mailadres in."),
            "invalid": _("Schrijf het e-mailadres zoals naam@voorbeeld.be."),
        },
    )

    def clean_email(self) -> str:
        """Take only what mail servers take: no accents."""
        adres = str(self.cleaned_data["email"])
        if not adres.isascii():
            raise forms.ValidationError(
                _("Schrijf het e-mailadres zonder accenten, zoals naam@voorbeeld.be.")
            )
        return adres
