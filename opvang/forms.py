"""What people fill in about the supply: a search, free places, a key."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket import week
from loket.forms import DatumVeld, Keuze, WeekroosterVeld
from opvang.domain.vrije_plaatsen import MEESTE_PLAATSEN, Aanbodgegevens
from opvang.workflow import Aanbodsoort, Opvangvorm, Ruimer, Stand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opvang.models import Organisator, Plaatsaanbod

VER = (1, 3, 5, 10, 20)
OUDSTE_MAANDEN = 144
_STAPPEN = {"min": -1, "plus": 1}


class ZoekForm(forms.Form):
    """The search (GET): every field may stay empty, and what is wrong only loses its own field."""

    verberg_niet_verplicht = True

    waar = forms.CharField(
        label=_("Waar"),
        required=False,
        max_length=80,
        help_text=_("Gemeente, wijk, postcode of naam van een opvang"),
        widget=forms.TextInput(attrs={"list": "plaatsen", "autocomplete": "address-level2"}),
    )
    ver = forms.TypedChoiceField(
        label=_("Hoe ver mag het zijn?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Alleen daar")), *((km, _("%(km)s km") % {"km": km}) for km in VER)],
    )
    vanaf = DatumVeld(label=_("Vanaf"), required=False)
    dagen = WeekroosterVeld(label=_("Dagen"), required=False)
    soort = forms.MultipleChoiceField(
        label=_("Soort"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Opvangvorm.choices,
    )
    ook = forms.MultipleChoiceField(
        label=_("Ook belangrijk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("inkomen", _("Prijs volgens inkomen")),
            (Ruimer.VOOR_7.value, _("Open voor 7 uur")),
            (Ruimer.NA_18.value, _("Open na 18 uur")),
            ("zorg", _("Ervaring met extra zorg")),
        ],
    )
    stand = forms.MultipleChoiceField(
        label=_("Is er plaats?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Stand.VRIJ.value, _("Plaats vrij")),
            (Stand.MISSCHIEN.value, _("Misschien plaats")),
            (Stand.ONBEKEND.value, _("Niet doorgegeven")),
            (Stand.VOL.value, _("Nu volzet")),
        ],
    )
    eerst = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[("", _("Dichtbij of op naam")), ("vrij", _("Plaats vrij eerst"))],
    )

    @property
    def aantal_filters(self) -> int:
        """How many questions are answered, the place left out."""
        return sum(
            bool(self.cleaned_data.get(naam))
            for naam in ("ver", "vanaf", "dagen", "soort", "ook", "stand")
        )


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
