"""Free places: fourteen numbers, or a whole period."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from loket import week
from loket.forms import DatumVeld, Keuze
from opvang.domain.keuren import (
    GEEN_DATUM,
    MEESTE_PLAATSEN,
    OUDSTE_MAANDEN,
    SOORT_BESTAAT_NIET,
    Aanbodgegevens,
    bezwaren,
    geen_aantal,
    geen_leeftijd,
    wanneer,
)
from opvang.domain.vrije_plaatsen import Roosterregel
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from opvang.models import Plaatsaanbod

_STAPPEN = {"min": -1, "plus": 1}


def _celveld(code: str) -> forms.IntegerField:
    fout = geen_aantal(code)
    return forms.IntegerField(
        label=wanneer(code),
        required=False,
        min_value=0,
        max_value=MEESTE_PLAATSEN,
        error_messages={"invalid": fout, "min_value": fout, "max_value": fout},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def _leeftijdveld(label: StrOrPromise, hulp: StrOrPromise, *, jongste: int, begin: int) -> Any:
    fout = lazy(geen_leeftijd, str)()
    return forms.IntegerField(
        label=label,
        help_text=hulp,
        min_value=jongste,
        max_value=OUDSTE_MAANDEN,
        initial=begin,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), fout),
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
    def van(cls, aanbod: Plaatsaanbod, **anders: int) -> VrijForm:
        """Show a period as it stands, with other numbers where they are given."""
        return cls(initial={**begin_van(aanbod), **anders}, **deel_van(aanbod.pk))

    @property
    def is_gepost(self) -> bool:
        """Whether the browser sent this part of the page at all."""
        return self.add_prefix("versie") in self.data

    @property
    def rijen(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The grid: name of the day, and its two numbers."""
        return [
            (str(naam), [self[f"{dag}-{deel}"] for deel, _deelnaam in week.DAGDELEN])
            for dag, naam in week.DAGEN
        ]

    @property
    def stroken(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The same grid on its side: name of the dagdeel, and a number for each day."""
        return [
            (str(naam), [self[f"{dag}-{deel}"] for dag, _dagnaam in week.DAGEN])
            for deel, naam in week.DAGDELEN
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
            for code in week.CODES:
                if self.data.get(knop) == self.add_prefix(code):
                    getallen[code] = min(max(getallen[code] + verschil, 0), MEESTE_PLAATSEN)
        return tuple(getallen.values())

    @property
    def is_anders(self) -> bool:
        """Whether this person changed something in what the page showed."""
        return self.gezien != self.met_stap()

    def regel(self) -> Roosterregel:
        return Roosterregel(
            vrij=self.met_stap(), versie=self.cleaned_data["versie"], gezien=self.gezien
        )


def is_stap(data: Mapping[str, Any]) -> bool:
    """Whether a plus or a minus was pressed."""
    return any(knop in data for knop in _STAPPEN)


def deel_van(pk: int) -> dict[str, Any]:
    """Name the fields of one period on a page with several."""
    return {"prefix": f"p{pk}", "auto_id": "%s"}


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

    vanaf = DatumVeld(
        label=_("Vanaf welke dag is er plaats?"), error_messages={"required": GEEN_DATUM}
    )
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
        error_messages={"invalid_choice": SOORT_BESTAAT_NIET},
    )
    leeftijd_vanaf = _leeftijdveld(
        _("Jongste leeftijd"), _("In maanden. 0 is vanaf de geboorte."), jongste=0, begin=0
    )
    leeftijd_tot = _leeftijdveld(
        _("Oudste leeftijd"), _("In maanden. 36 is tot 3 jaar."), jongste=0, begin=36
    )

    @classmethod
    def van(cls, aanbod: Plaatsaanbod, **anders: int) -> PeriodeForm:
        begin = {
            **begin_van(aanbod),
            "vanaf": aanbod.vanaf,
            "tot_en_met": aanbod.tot and aanbod.tot - dt.timedelta(days=1),
            "soort": aanbod.soort,
            "leeftijd_vanaf": aanbod.leeftijd_vanaf,
            "leeftijd_tot": aanbod.leeftijd_tot,
            **anders,
        }
        return cls(initial=begin)

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        if "vanaf" not in self.errors:
            for veld, bezwaar in bezwaren(self._zover()).items():
                naam = "tot_en_met" if veld == "tot" else veld
                if naam not in self.errors:
                    self.add_error(naam, ValidationError(bezwaar))
        return gegevens

    def _zover(self) -> Aanbodgegevens:
        """What can be read of it; the usual in the place of what can't."""
        kaal = {"soort": Aanbodsoort.REGULIER, "leeftijd_vanaf": 0, "leeftijd_tot": OUDSTE_MAANDEN}
        heel = {naam: self.cleaned_data.get(naam, wat) for naam, wat in kaal.items()}
        return Aanbodgegevens(
            vanaf=self.cleaned_data["vanaf"],
            tot=_dag_erna(self.cleaned_data.get("tot_en_met")),
            vrij=self.vrij,
            **heel,
        )

    def gegevens(self) -> Aanbodgegevens:
        return self._zover()


def _dag_erna(dag: dt.date | None) -> dt.date | None:
    return dag and dag + dt.timedelta(days=1)


class NieuwePeriodeForm(PeriodeForm):
    """Nothing was shown before, so there is nothing to compare with."""

    versie = None  # type: ignore[assignment]  # Django drops an inherited field this way
    was = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in week.CODES:
            self.fields[code].initial = 0
