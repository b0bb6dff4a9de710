"""What somebody types to sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AdresFormulier(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Vul een volledig e-mailadres in, zoals naam@voorbeeld.be.")},
    )


class CodeFormulier(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Acht cijfers. Je mag ze ook plakken."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class WachtwoordFormulier(LoginForm):  # type: ignore[misc]  # allauth has no types
    """The form of allauth, which counts wrong tries, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_onze_woorden(self, {"login": _("E-mailadres"), "password": _("Wachtwoord")})


class NieuwWachtwoordFormulier(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_onze_woorden(
            self,
            {
                "oldpassword": _("Je huidige wachtwoord"),
                "password1": _("Je nieuwe wachtwoord"),
                "password2": _("Je nieuwe wachtwoord, nog eens"),
            },
        )
        self.fields["password1"].help_text = _(
            "Minstens twaalf tekens. Een zinnetje onthoud je makkelijk."
        )


def _in_onze_woorden(formulier: forms.Form, namen: dict[str, Any]) -> None:
    """Give the labels, and drop what repeats them inside the input."""
    for veld, naam in namen.items():
        formulier.fields[veld].label = naam
        formulier.fields[veld].help_text = ""
        formulier.fields[veld].widget.attrs.pop("placeholder", None)
