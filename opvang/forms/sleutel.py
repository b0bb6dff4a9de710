"""A new API key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opvang.models import Organisator


class SleutelForm(forms.Form):
    """A new API key: what it is for, and whose."""

    organisator = forms.TypedChoiceField(label=_("Voor wie?"), coerce=int)
    naam = forms.CharField(
        label=_("Waarvoor dient de sleutel?"),
        max_length=80,
        help_text=_("Bijvoorbeeld de naam van je pakket. Zo herken je hem later."),
    )

    def __init__(self, *args: Any, organisatoren: Sequence[Organisator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["organisator"]
        assert isinstance(veld, forms.TypedChoiceField)
        veld.choices = [(een.pk, een.naam) for een in organisatoren]
        if len(organisatoren) == 1:
            veld.widget = forms.HiddenInput()
            veld.initial = organisatoren[0].pk
