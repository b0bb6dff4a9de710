"""What staff fill in when they decide on one subsidie, or on many at once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.forms import DatumVeld, TekstGebied
from opvang.domain.subsidie_berekenen import euro
from opvang.models import Subsidie

if TYPE_CHECKING:
    from django.http import QueryDict


class DienstForm(forms.Form):
    """`gezien` is the amount that stood on the page."""

    gezien = forms.DecimalField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None, *, bedrag: Decimal) -> None:
        super().__init__(data, initial={"gezien": bedrag})
        self.bedrag = bedrag

    def verfris(self) -> None:
        """Go on with the amount that the page shows now."""
        self.data = {**self.data, "gezien": str(self.bedrag)}

    motivering = forms.CharField(
        label=_("Opmerking"), required=False, max_length=2000, widget=TekstGebied
    )


class CollegeForm(forms.Form):
    datum = DatumVeld(
        label=_("Wanneer besliste het college?"),
        error_messages={"required": _("Vul in wanneer het college besliste.")},
    )
    motivering = forms.CharField(
        label=_("Opmerking"),
        required=False,
        max_length=2000,
        widget=TekstGebied,
        help_text=_("Wat je hier schrijft, staat in de brief."),
    )


class _Samen(forms.Form):
    """Which subsidies, each with the amount that stood on the page: "12:14000.00"."""

    dossiers = forms.MultipleChoiceField(
        label=_("Welke dossiers?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies minstens één dossier."),
            "invalid_choice": _("Intussen is een dossier veranderd. Kijk de lijst opnieuw na."),
        },
    )

    def __init__(self, *args: Any, rijen: Iterable[Subsidie], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["dossiers"]
        assert isinstance(veld, forms.MultipleChoiceField)
        self.rijen = {f"{een.pk}:{een.bedrag}": een for een in rijen}
        veld.choices = [
            (sleutel, f"{een.locatie}, {een.regel}: {euro(een.bedrag)}")
            for sleutel, een in self.rijen.items()
        ]
        veld.initial = list(self.rijen)

    def gezien(self) -> dict[int, Decimal]:
        gekozen = (self.rijen[sleutel] for sleutel in self.cleaned_data["dossiers"])
        return {een.pk: een.bedrag for een in gekozen}

    def rest(self) -> dict[str, Any]:
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "dossiers"}


class DienstSamenForm(_Samen):
    motivering = forms.CharField(
        label=_("Opmerking"), required=False, max_length=2000, widget=TekstGebied
    )


class CollegeSamenForm(_Samen, CollegeForm):
    field_order = ("dossiers", "datum", "motivering")


class WeigerForm(forms.Form):
    datum = DatumVeld(
        label=_("Wanneer is dat beslist?"),
        error_messages={"required": _("Vul in wanneer dat beslist is.")},
    )
    motivering = forms.CharField(
        label=_("Waarom niet?"),
        help_text=_("Vroeg de organisator dit zelf? Dan staat dit in de brief."),
        max_length=2000,
        widget=TekstGebied,
    )


class IntrekForm(forms.Form):
    motivering = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Kent de organisator de beslissing al? Dan staat dit in de mail."),
        max_length=2000,
        widget=TekstGebied,
    )


class BetaalForm(forms.Form):
    datum = DatumVeld(
        label=_("Wanneer is er betaald?"),
        error_messages={"required": _("Vul in wanneer er betaald is.")},
    )
