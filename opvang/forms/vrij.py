"""Free places: fourteen numbers, or a whole period."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket import week
from loket.forms import DatumVeld, Keuze
from opvang.domain.vrije_plaatsen import MEESTE_PLAATSEN, Aanbodgegevens
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    from opvang.models import Plaatsaanbod

OUDSTE_MAANDEN = 144
_STAPPEN = {"min": -1, "plus": 1}


def _celveld(code: str) -> forms.IntegerField:
    dag, deel = code.split("-")
    naam = f"{dict(week.DAGEN)[dag]} {dict(week.DAGDELEN)[deel]}"
    fout = _("%(wanneer)s: vul een getal in van 0 tot %(hoogste)s.") % {
        "wanneer": naam.capitalize(),
        "hoogste": MEESTE_PLAATSEN,
    }
    return forms.IntegerField(
        label=naam,
        required=False,
        min_value=0,
        max_value=MEESTE_PLAATSEN,
        error_messages={"invalid": fout, "min_value": fout, "max_value": fout},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class VrijForm(forms.Form):
    """Fourteen numbers of places still free, and what the page showed when it was opened."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in week.CODES:
            self.fields[code] = _celveld(code)

    @classmethod
    def van(cls, aanbod: Plaatsaanbod) -> VrijForm:
        """Show a period as it stands."""
        return cls(initial=begin_van(aanbod), auto_id=f"p{aanbod.pk}_%s")

    @property
    def rijen(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The grid: name of the day, and its two numbers."""
        return [
            (str(naam), [self[f"{dag}-{deel}"] for deel, _deelnaam in week.DAGDELEN])
            for dag, naam in week.DAGEN
        ]

    @property
    def vrij(self) -> tuple[int, ...]:
        """The fourteen numbers; an empty one is none."""
        return tuple(self.cleaned_data.get(code) or 0 for code in week.CODES)

    @property
    def gezien(self) -> tuple[int, ...] | None:
        """What the page showed; None when it can't be read back."""
        delen = str(self.cleaned_data.get("was", "")).split(",")
        if len(delen) != len(week.CODES) or not all(deel.isdecimal() for deel in delen):
            return None
        return tuple(int(deel) for deel in delen)

    def met_stap(self) -> tuple[int, ...]:
        """The numbers after the button that was pressed: one more or one less in its own cell."""
        getallen = dict(zip(week.CODES, self.vrij, strict=True))
        for knop, verschil in _STAPPEN.items():
            code = self.data.get(knop)
            if code in getallen:
                getallen[code] = min(max(getallen[code] + verschil, 0), MEESTE_PLAATSEN)
        return tuple(getallen.values())

    @property
    def is_stap(self) -> bool:
        return any(knop in self.data for knop in _STAPPEN)


def begin_van(aanbod: Plaatsaanbod) -> dict[str, Any]:
    """Fill a form with a period as it stands."""
    vrij = aanbod.vrij
    return {
        "versie": aanbod.versie,
        "was": ",".join(str(aantal) for aantal in vrij),
        **dict(zip(week.CODES, vrij, strict=True)),
    }


class PeriodeForm(VrijForm):
    """A whole period: when, for whom, what kind, and how many places are free."""

    vanaf = DatumVeld(label=_("Vanaf welke dag is er plaats?"))
    tot_en_met = DatumVeld(
        label=_("Tot en met welke dag?"),
        required=False,
        help_text=_("Laat leeg als er geen einde is."),
    )
    soort = forms.ChoiceField(
        label=_("Wat voor plaats is het?"),
        choices=[
            (
                Aanbodsoort.REGULIER.value,
                Keuze(
                    _("Vaste plaats"),
                    _("Elke week op dezelfde dagen. Ouders vinden ze in de zoeker."),
                ),
            ),
            (Aanbodsoort.OCCASIONEEL.value, Keuze(_("Af en toe"), _("Losse dagen."))),
            (
                Aanbodsoort.DRINGEND.value,
                Keuze(_("Dringend"), _("Voor een gezin dat meteen opvang nodig heeft.")),
            ),
            (Aanbodsoort.NACHT.value, Keuze(_("'s Nachts"))),
        ],
        widget=forms.RadioSelect,
        initial=Aanbodsoort.REGULIER.value,
    )
    leeftijd_vanaf = forms.IntegerField(
        label=_("Jongste leeftijd"),
        help_text=_("In maanden. 0 is vanaf de geboorte."),
        min_value=0,
        max_value=OUDSTE_MAANDEN,
        initial=0,
    )
    leeftijd_tot = forms.IntegerField(
        label=_("Oudste leeftijd"),
        help_text=_("In maanden. 36 is tot 3 jaar."),
        min_value=1,
        max_value=OUDSTE_MAANDEN,
        initial=36,
    )

    @classmethod
    def van(cls, aanbod: Plaatsaanbod) -> PeriodeForm:
        begin = {
            **begin_van(aanbod),
            "vanaf": aanbod.vanaf,
            "tot_en_met": aanbod.tot and aanbod.tot - dt.timedelta(days=1),
            "soort": aanbod.soort,
            "leeftijd_vanaf": aanbod.leeftijd_vanaf,
            "leeftijd_tot": aanbod.leeftijd_tot,
        }
        return cls(initial=begin)

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        vanaf, einde = gegevens.get("vanaf"), gegevens.get("tot_en_met")
        if vanaf and einde and einde < vanaf:
            self.add_error(
                "tot_en_met", ValidationError(_("De laatste dag ligt voor de eerste dag."))
            )
        jongste, oudste = gegevens.get("leeftijd_vanaf"), gegevens.get("leeftijd_tot")
        if jongste is not None and oudste is not None and jongste >= oudste:
            self.add_error(
                "leeftijd_tot",
                ValidationError(_("De oudste leeftijd is hoger dan de jongste leeftijd.")),
            )
        return gegevens

    def gegevens(self) -> Aanbodgegevens:
        einde = self.cleaned_data["tot_en_met"]
        return Aanbodgegevens(
            vanaf=self.cleaned_data["vanaf"],
            tot=einde and einde + dt.timedelta(days=1),
            soort=self.cleaned_data["soort"],
            leeftijd_vanaf=self.cleaned_data["leeftijd_vanaf"],
            leeftijd_tot=self.cleaned_data["leeftijd_tot"],
            vrij=self.vrij,
        )


class NieuwePeriodeForm(PeriodeForm):
    """Nothing was shown before, so there is nothing to compare with."""

    versie = None  # type: ignore[assignment]  # Django drops an inherited field this way
    was = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in week.CODES:
            self.fields[code].initial = 0
