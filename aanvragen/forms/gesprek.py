"""One message in a conversation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aanvragen.models.gesprek import MAX_TEKENS


class BerichtForm(forms.Form):
    """What somebody writes; the hint says who will read it."""

    tekst = forms.CharField(
        label=_("Je bericht"),
        max_length=MAX_TEKENS,
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "required": _("Schrijf eerst je bericht."),
            "max_length": _("Je bericht is te lang: hoogstens %(limit_value)d tekens."),
        },
    )

    def __init__(self, *args: Any, hint: str = "", **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.fields["tekst"].help_text = hint
