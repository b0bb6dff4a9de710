"""What a family fills in to estimate its price. Nothing of it is kept."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.forms import DatumVeld, Keuze, WeekroosterVeld
from opvang.domain.inkomenstarief import Gezin, Tarief, jaarinkomen, tellende_kinderen
from opvang.templatetags.tarief import leeftijd

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

#: More than this is a typing error.
MEESTE_KINDEREN = 15
HOOGSTE_INKOMEN = Decimal(10_000_000)
LANGSTE_BEDRAG = 20
JAAR, MAAND = "jaar", "maand"
_GELD = re.compile(r"(?P<heel>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<cent>[0-9]{1,2}))?")
_MET_PUNT = re.compile(r"[0-9]+\.[0-9]{1,2}")


class GeldVeld(forms.Field):
    """An amount as people type it: "32.500", "32 500,00", "€ 32500"; gives a Decimal."""

    default_error_messages: ClassVar[dict[str, StrOrPromise]] = {
        "invalid": _("Schrijf het bedrag met cijfers, bijvoorbeeld 32.500 of 32.500,50."),
        "te_hoog": _("Dit bedrag is te hoog. Kijk het na."),
    }

    def to_python(self, value: Any) -> Any:
        tekst = re.sub(r"[\s€']", "", str(value or ""))
        if not tekst:
            return None
        if len(tekst) > LANGSTE_BEDRAG:
            raise ValidationError(self.error_messages["te_hoog"], code="te_hoog")
        if _MET_PUNT.fullmatch(tekst):
            bedrag = Decimal(tekst)
        elif deel := _GELD.fullmatch(tekst):
            bedrag = Decimal(f"{deel['heel'].replace('.', '')}.{deel['cent'] or 0}")
        else:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if bedrag > HOOGSTE_INKOMEN:
            raise ValidationError(self.error_messages["te_hoog"], code="te_hoog")
        return bedrag


class TariefForm(forms.Form):
    """Income, other children, and the week; `tarief` says which ages are asked for."""

    verberg_niet_verplicht = True

    inkomen = GeldVeld(
        label=_("Hoeveel is jullie inkomen?"),
        help_text=_(
            "Van jou en van wie bij je woont als partner, samen. Het belastbare inkomen op jullie "
            "laatste aanslagbiljet van de belastingen."
        ),
        error_messages={"required": _("Vul jullie inkomen in.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    periode = forms.ChoiceField(
        label=_("Is dat per jaar of per maand?"),
        choices=[
            (JAAR, Keuze(_("Per jaar"), _("Zoals op het aanslagbiljet"))),
            (MAAND, Keuze(_("Per maand"), _("Bruto. Zonder Belgisch aanslagbiljet telt dit."))),
        ],
        widget=forms.RadioSelect,
        initial=JAAR,
    )
    meerling = forms.BooleanField(
        label=_("Dit kind hoort bij een tweeling of meerling"), required=False
    )
    vanaf = DatumVeld(
        label=_("Wanneer start de opvang?"),
        required=False,
        help_text=_("Weet je het nog niet? Laat leeg. Dan rekenen we met vandaag."),
    )
    dagen = WeekroosterVeld(
        label=_("Welke dagen heb je nodig?"),
        required=False,
        help_text=_("Kies je dagen, dan rekenen we ook een week en een maand uit."),
    )

    def __init__(self, *args: Any, tarief: Tarief | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tarief = tarief
        if tarief is None or tarief.maandcoefficient is None:
            del self.fields["periode"]
        self.grenzen = _grenzen(tarief)
        for nr, grens in enumerate(self.grenzen):
            self.fields[f"kinderen_{grens}"] = _kinderveld(
                vanaf=self.grenzen[nr - 1] if nr else 0, tot=grens
            )
        self.order_fields(
            ["inkomen", "periode", *(f"kinderen_{grens}" for grens in self.grenzen), "meerling"]
        )

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        for grens in self.grenzen:
            naam = f"kinderen_{grens}"
            # Another start date asks for other ages: what was not asked is not zero.
            if naam not in self.data:
                self.add_error(naam, ValidationError(_("Vul in hoeveel kinderen, 0 mag ook.")))
        return gegevens

    @property
    def per_grens(self) -> Mapping[int, int]:
        return {grens: self.cleaned_data[f"kinderen_{grens}"] or 0 for grens in self.grenzen}

    @property
    def per_maand(self) -> bool:
        return self.cleaned_data.get("periode") == MAAND

    def gezin(self, tarief: Tarief, *, start: dt.date) -> Gezin:
        """Give the family to the formula."""
        inkomen: Decimal = self.cleaned_data["inkomen"]
        if self.per_maand:
            inkomen = jaarinkomen(tarief, inkomen) or inkomen
        return Gezin(
            inkomen=inkomen,
            andere_kinderen=tellende_kinderen(tarief, self.per_grens, start=start),
            meerling=self.cleaned_data["meerling"],
        )


def _grenzen(tarief: Tarief | None) -> tuple[int, ...]:
    """Ages in months that the table tells apart; 0 stands for a table that has none."""
    if tarief is None or not tarief.kindkorting:
        return ()
    return tuple(sorted({regel.tot_maanden for regel in tarief.leeftijdsregels})) or (0,)


def _kinderveld(*, vanaf: int, tot: int) -> forms.IntegerField:
    if vanaf:
        label = _("Hoeveel andere kinderen van %(vanaf)s tot %(tot)s heb je ten laste?")
    elif tot:
        label = _("Hoeveel andere kinderen jonger dan %(tot)s heb je ten laste?")
    else:
        label = _("Hoeveel andere kinderen heb je ten laste?")
    fout = _("Vul een getal in van 0 tot %(hoogste)s.") % {"hoogste": MEESTE_KINDEREN}
    return forms.IntegerField(
        label=label % {"vanaf": leeftijd(vanaf), "tot": leeftijd(tot)},
        required=False,
        min_value=0,
        max_value=MEESTE_KINDEREN,
        initial=0,
        error_messages={"invalid": fout, "min_value": fout, "max_value": fout},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
