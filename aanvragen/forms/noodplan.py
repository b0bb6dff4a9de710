"""What staff type about a closing: what was decided, what a family said, which places open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.noodplan.starten import Plangegevens
from aanvragen.domain.noodplan.vervangen import Vervanggegevens
from aanvragen.models.noodplan import Beluitkomst
from loket.forms import DatumVeld, Keuze, TekstGebied, WeekroosterVeld
from opvang.domain.sluiten import Sluitinggegevens
from opvang.models import Sluitingsoort
from opvang.weekrooster import Weekrooster

_BIJ_HANDHAVING = _(
    "Opgroeien beslist. De gemeente krijgt dan geen gegevens van ouders: "
    "Opgroeien stuurt onze boodschap door."
)


def _aantal(label: Any, *, van: int, tot: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=van,
        max_value=tot,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


class LocatieForm(forms.Form):
    """Look up a location of the own area."""

    verberg_niet_verplicht = True
    zoek = forms.CharField(
        label=_("Naam of plaats van de opvang"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
    )


class InstelForm(forms.Form):
    """How the plan looks for places, and how many children there are that we don't know."""

    onbekende_kinderen = _aantal(
        _("Hoeveel kinderen vangt deze opvang op die wij niet kennen?"),
        van=0,
        tot=500,
        hint=_(
            "Alleen een getal. De opvang of Opgroeien kan het je zeggen. "
            "Weet je het niet? Vul 0 in."
        ),
    )
    dagen = _aantal(
        _("Hoeveel dagen na de sluiting mag een nieuwe plaats beginnen?"), van=0, tot=365
    )
    straal_km = _aantal(_("Tot hoeveel kilometer van het gezin zoeken we?"), van=1, tot=100)

    def plan(self) -> Plangegevens:
        return Plangegevens(
            **{
                naam: self.cleaned_data[naam]
                for naam in ("onbekende_kinderen", "dagen", "straal_km")
            }
        )


class SluitingForm(InstelForm):
    """What was decided, from when, and how the loket knows."""

    soort = forms.ChoiceField(
        label=_("Wat is er beslist?"),
        choices=[
            (
                Sluitingsoort.STOP.value,
                Keuze(Sluitingsoort.STOP.label, _("De organisator beslist dat zelf.")),
            ),
            (
                Sluitingsoort.SCHORSING.value,
                Keuze(Sluitingsoort.SCHORSING.label, _BIJ_HANDHAVING),
            ),
            (
                Sluitingsoort.OPHEFFING.value,
                Keuze(Sluitingsoort.OPHEFFING.label, _BIJ_HANDHAVING),
            ),
        ],
        widget=forms.RadioSelect,
    )
    vanaf = DatumVeld(
        label=_("Eerste dag zonder opvang"),
        error_messages={"required": _("Vul de eerste dag zonder opvang in.")},
    )
    tot = DatumVeld(
        label=_("Eerste dag dat de opvang weer open is"),
        help_text=_("Alleen bij een schorsing waarvan je het einde kent."),
        required=False,
    )
    bron = forms.CharField(
        label=_("Hoe weet je het?"),
        help_text=_("Bijvoorbeeld: brief van de organisator van 3 november."),
        max_length=200,
    )
    field_order = ("soort", "vanaf", "tot", "bron", "onbekende_kinderen", "dagen", "straal_km")
    #: The names under which the answers travel to the check page and back.
    namen = (
        "soort",
        *(f"{veld}_{deel}" for veld in ("vanaf", "tot") for deel in ("dag", "maand", "jaar")),
        "bron",
        "onbekende_kinderen",
        "dagen",
        "straal_km",
    )

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        vanaf, tot, soort = (schoon.get(naam) for naam in ("vanaf", "tot", "soort"))
        if tot and soort and soort != Sluitingsoort.SCHORSING:
            self.add_error("tot", _g("Alleen een schorsing heeft een einde. Maak dit leeg."))
        elif tot and vanaf and tot <= vanaf:
            self.add_error("tot", _g("Kies een dag na de eerste dag zonder opvang."))
        return schoon

    def sluiting(self) -> Sluitinggegevens:
        return Sluitinggegevens(
            **{naam: self.cleaned_data[naam] for naam in ("soort", "vanaf", "tot", "bron")}
        )


class GesprekForm(forms.Form):
    """What came of a call."""

    uitkomst = forms.ChoiceField(
        label=_("Hoe ging het gesprek?"),
        choices=[
            (Beluitkomst.BEREIKT.value, Beluitkomst.BEREIKT.label),
            (Beluitkomst.NIET_BEREIKT.value, Beluitkomst.NIET_BEREIKT.label),
            (
                Beluitkomst.EIGEN.value,
                Keuze(Beluitkomst.EIGEN.label, _("De vraag stopt. Het gezin krijgt een mail.")),
            ),
            (
                Beluitkomst.ELDERS.value,
                Keuze(Beluitkomst.ELDERS.label, _("De vraag stopt. Het gezin krijgt een mail.")),
            ),
            (
                Beluitkomst.RUST.value,
                Keuze(
                    Beluitkomst.RUST.label,
                    _(
                        "Alles stopt meteen: geen mail, geen brief, geen telefoon meer. "
                        "Het gezin verdwijnt uit deze lijst en telt alleen nog mee als getal."
                    ),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    opnieuw_op = DatumVeld(
        label=_("Wanneer bel je opnieuw?"),
        help_text=_("Laat leeg: morgen als je niemand bereikte, anders over drie dagen."),
        required=False,
    )
    notitie = forms.CharField(
        label=_("Wat moet een collega weten?"),
        help_text=_("Kort. Schrijf niets over gezondheid of inkomen."),
        max_length=300,
        required=False,
        widget=TekstGebied({"rows": 2}),
    )


class PlaatsForm(forms.Form):
    """Both sides said yes."""

    start = DatumVeld(label=_("Eerste dag bij de nieuwe opvang"))
    ok_opvang = forms.BooleanField(label=_("De opvang zei ja aan de telefoon"))
    ok_gezin = forms.BooleanField(label=_("Het gezin zei ja aan de telefoon"))


class OntwerpForm(forms.Form):
    """What staff add to the fixed text of the mail and the letter."""

    tekst = forms.CharField(
        label=_("Wat wil je erbij schrijven?"),
        help_text=_(
            "Bijvoorbeeld wanneer er een infoavond is. De rest van de tekst staat al klaar."
        ),
        max_length=2000,
        required=False,
        widget=TekstGebied({"rows": 5}),
    )


class VervangForm(forms.Form):
    """Temporary places at a willing location."""

    aantal = _aantal(_("Hoeveel kinderen kunnen er tijdelijk bij?"), van=1, tot=200)
    rooster = WeekroosterVeld(label=_("Op welke dagen?"))
    vanaf = DatumVeld(label=_("Eerste dag"))
    tot = DatumVeld(
        label=_("Eerste dag dat het niet meer kan"),
        help_text=_("Langer dan wat hier staat, kan niet."),
    )
    akkoord_van = forms.CharField(label=_("Wie bij de opvang zei ja?"), max_length=120)
    akkoord_op = DatumVeld(label=_("Wanneer zei die persoon ja?"))

    def __init__(self, *args: Any, vandaag: dt.date, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.vandaag = vandaag

    def clean_akkoord_op(self) -> dt.date:
        dag = self.cleaned_data["akkoord_op"]
        assert isinstance(dag, dt.date)
        if dag > self.vandaag:
            raise ValidationError(_g("Deze dag moet nog komen. Wacht tot de opvang ja zei."))
        return dag

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        vanaf, tot = schoon.get("vanaf"), schoon.get("tot")
        if vanaf and tot and tot <= vanaf:
            self.add_error("tot", _g("Kies een dag na de eerste dag."))
        return schoon

    def gegevens(self) -> Vervanggegevens:
        schoon = self.cleaned_data
        return Vervanggegevens(
            aantal=schoon["aantal"],
            rooster=Weekrooster(schoon["rooster"]),
            vanaf=schoon["vanaf"],
            tot=schoon["tot"],
            akkoord_van=schoon["akkoord_van"],
            akkoord_op=schoon["akkoord_op"],
        )
