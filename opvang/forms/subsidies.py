"""What staff fill in about subsidies; clean values come out, nothing is written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.forms import DatumVeld, KaartKeuze, Keuze, TekstGebied
from loket.models import Gemeente, Loket
from opvang.domain.subsidie_berekenen import Lening, Periode
from opvang.forms.getal import BedragVeld, ProcentVeld
from opvang.models import Opvanglocatie, Subsidieregel, Subsidiereglement
from opvang.models.subsidies import EERSTE_JAAR, LAATSTE_JAAR
from opvang.workflow import MaximumPer, Opvangvorm, Regelsoort, Trap

if TYPE_CHECKING:
    from django.db.models import QuerySet

MEESTE_PER_STUK = Decimal(1_000_000)


def _jaarveld() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Jaar"),
        min_value=EERSTE_JAAR,
        max_value=LAATSTE_JAAR,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Schrijf het jaar met vier cijfers, zoals 2027."),
            "min_value": _("Schrijf het jaar met vier cijfers, zoals 2027."),
            "max_value": _("Schrijf het jaar met vier cijfers, zoals 2027."),
        },
    )


class ReglementForm(forms.Form):
    loket = forms.ModelChoiceField(
        label=_("Voor welk loket?"), queryset=Loket.objects.none(), empty_label=None
    )
    naam = forms.CharField(
        label=_("Naam van het reglement"),
        max_length=120,
        help_text=_("Bijvoorbeeld: premie voor nieuwe opvangplaatsen."),
    )
    gemeente = forms.ModelChoiceField(
        label=_("Voor welke gemeente?"),
        queryset=Gemeente.objects.none(),
        required=False,
        empty_label=_("Het hele werkingsgebied"),
    )
    raadsbesluit_op = DatumVeld(
        label=_("Wanneer besliste de gemeenteraad?"),
        error_messages={"required": _("Vul in wanneer de gemeenteraad besliste.")},
    )
    bron = forms.CharField(
        label=_("Bron"),
        max_length=200,
        help_text=_("Bijvoorbeeld het nummer of de titel van het raadsbesluit."),
    )
    link = forms.URLField(
        label=_("Link naar het besluit"), required=False, max_length=200, assume_scheme="https"
    )
    vanaf = DatumVeld(
        label=_("Geldt vanaf"),
        error_messages={"required": _("Vul in vanaf wanneer het reglement geldt.")},
    )
    tot = DatumVeld(
        label=_("Geldt tot"),
        required=False,
        help_text=_("De eerste dag waarop het niet meer geldt. Leeg: zonder einde."),
    )
    slotzin = forms.CharField(
        label=_("Slot van de brief"),
        required=False,
        max_length=2000,
        widget=TekstGebied,
        help_text=_("Wat elke brief op het einde zegt, bijvoorbeeld hoe iemand bezwaar maakt."),
    )

    def __init__(
        self,
        *args: Any,
        lokets: QuerySet[Loket] | None = None,
        loket: Loket | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.vast_loket = loket or (
            lokets.first() if lokets is not None and len(lokets) == 1 else None
        )
        if self.vast_loket is None:
            self._keuze("loket").queryset = lokets
            gemeenten = Gemeente.objects.filter(lokets__in=lokets or ()).distinct()
        else:
            del self.fields["loket"]
            gemeenten = self.vast_loket.gemeenten.all()
        self._keuze("gemeente").queryset = gemeenten
        if len(gemeenten) < 2:  # noqa: PLR2004 -- one is no choice
            del self.fields["gemeente"]

    def _keuze(self, naam: str) -> forms.ModelChoiceField[Any]:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ModelChoiceField)
        return veld

    @staticmethod
    def begin(reglement: Subsidiereglement) -> dict[str, Any]:
        return {
            veld: getattr(reglement, veld)
            for veld in (
                "naam", "gemeente", "raadsbesluit_op", "bron", "link", "vanaf", "tot", "slotzin",
            )
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        waarden = super().clean() or {}
        vanaf, tot = waarden.get("vanaf"), waarden.get("tot")
        if vanaf and tot and tot <= vanaf:
            self.add_error("tot", _("Het reglement eindigt voor het begint. Kijk de datum na."))
        return waarden

    @property
    def gekozen_loket(self) -> Loket:
        loket: Loket = self.vast_loket or self.cleaned_data["loket"]
        return loket

    def gegevens(self) -> dict[str, Any]:
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "loket"}


class BudgetForm(forms.Form):
    jaar = _jaarveld()
    bedrag = BedragVeld(
        label=_("Budget"), minstens=Decimal(0), help_text=_("In euro. Bijvoorbeeld 50.000.")
    )


class RegelForm(forms.Form):
    naam = forms.CharField(
        label=_("Naam van de regel"),
        max_length=120,
        help_text=_("Zo staat ze in de lijst en in de brief."),
    )
    soort = forms.ChoiceField(
        label=_("Waarvoor betaalt de gemeente?"),
        widget=KaartKeuze,
        choices=[
            (
                Regelsoort.NIEUWE_PLAATS,
                Keuze(
                    Regelsoort.NIEUWE_PLAATS.label,
                    _("Bij een start telt elke plaats, bij een uitbreiding wat erbij komt."),
                ),
            ),
            (
                Regelsoort.START,
                Keuze(Regelsoort.START.label, _("Hoeveel plaatsen er ook starten.")),
            ),
            (
                Regelsoort.PLAATS_JAAR,
                Keuze(
                    Regelsoort.PLAATS_JAAR.label,
                    _("Per dag gerekend: wie op 1 juli start, krijgt ongeveer de helft."),
                ),
            ),
            (
                Regelsoort.RENTE,
                Keuze(
                    Regelsoort.RENTE.label,
                    _("Een rentetoelage: de gemeente betaalt de rente, of een deel ervan."),
                ),
            ),
        ],
    )
    bedrag = BedragVeld(
        label=_("Bedrag in euro"),
        required=False,
        hoogstens=MEESTE_PER_STUK,
        help_text=_("Per plaats of per start. Niet nodig voor rente."),
    )
    rentepunten = ProcentVeld(
        label=_("Hoogstens zoveel procent rente"),
        required=False,
        help_text=_("Alleen voor rente. Leeg: de hele rente."),
    )
    jaren = forms.IntegerField(
        label=_("Hoogstens zoveel jaar"),
        required=False,
        min_value=1,
        max_value=50,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Alleen voor rente, vanaf het begin van de lening. Leeg: zolang ze loopt."),
    )
    trappen = forms.MultipleChoiceField(
        label=_("Welke plaatsen tellen?"),
        required=False,
        choices=[(trap.value, f"{trap.value}: {trap.label}") for trap in Trap],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De trap zegt welke Vlaamse subsidie een plaats heeft. Niets: alle plaatsen."),
    )
    opvangvormen = forms.MultipleChoiceField(
        label=_("Voor welke soort opvang?"),
        required=False,
        choices=Opvangvorm.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Niets: elke soort."),
    )
    ook_gemeentelijk = forms.BooleanField(
        label=_("Ook voor opvang van het lokaal bestuur zelf"), required=False, initial=True
    )
    maximum = BedragVeld(
        label=_("Maximum in euro"), required=False, help_text=_("Leeg: geen maximum.")
    )
    maximum_per = forms.ChoiceField(
        label=_("Het maximum geldt"), choices=MaximumPer.choices, initial=MaximumPer.DOSSIER
    )

    @staticmethod
    def begin(regel: Subsidieregel) -> dict[str, Any]:
        return {veld: getattr(regel, veld) for veld in RegelForm.base_fields}

    def clean(self) -> dict[str, Any]:
        waarden = super().clean() or {}
        rente = waarden.get("soort") == Regelsoort.RENTE
        if rente:
            waarden["bedrag"] = None
        else:
            waarden["rentepunten"] = waarden["jaren"] = None
            if waarden.get("soort") and not waarden.get("bedrag") and "bedrag" not in self.errors:
                self.add_error("bedrag", _("Vul in hoeveel euro de gemeente geeft."))
        return waarden


class AanvraagForm(forms.Form):
    """An application as it came in on paper or by mail."""

    regel = forms.ModelChoiceField(
        label=_("Volgens welke regel?"),
        queryset=Subsidieregel.objects.none(),
        empty_label=_("Kies een regel"),
    )
    locatie = forms.ModelChoiceField(
        label=_("Welke opvanglocatie?"),
        queryset=Opvanglocatie.objects.none(),
        empty_label=_("Kies een opvanglocatie"),
    )
    jaar = _jaarveld()
    hoofdsom = BedragVeld(
        label=_("Nog af te lossen bedrag"),
        required=False,
        help_text=_("Alleen voor rente: wat er op 1 januari, of bij het begin, te betalen blijft."),
    )
    rente = ProcentVeld(
        label=_("Rente per jaar, in procent"),
        required=False,
        help_text=_("Alleen voor rente. Bijvoorbeeld 3,25."),
    )
    begin = DatumVeld(
        label=_("Begin van de lening"), required=False, help_text=_("Alleen voor rente.")
    )
    einde = DatumVeld(
        label=_("Einde van de lening"),
        required=False,
        help_text=_("Alleen voor rente: de eerste dag waarop er niets meer te betalen is."),
    )

    def __init__(self, *args: Any, reglement: Subsidiereglement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = (("regel", reglement.regels.all()), ("locatie", reglement.locaties()))
        for naam, rijen in keuzes:
            veld = self.fields[naam]
            assert isinstance(veld, forms.ModelChoiceField)
            veld.queryset = rijen

    def clean(self) -> dict[str, Any]:
        waarden = super().clean() or {}
        regel = waarden.get("regel")
        if regel is not None and regel.soort == Regelsoort.RENTE:
            for naam in ("hoofdsom", "rente", "begin", "einde"):
                if not waarden.get(naam) and naam not in self.errors:
                    self.add_error(naam, _("Vul dit in: de regel gaat over rente op een lening."))
            begin, einde = waarden.get("begin"), waarden.get("einde")
            if begin and einde and einde <= begin:
                self.add_error("einde", _("De lening eindigt voor ze begint. Kijk de datum na."))
        return waarden

    def lening(self) -> Lening | None:
        waarden = self.cleaned_data
        if waarden["regel"].soort != Regelsoort.RENTE:
            return None
        periode = Periode(waarden["begin"], waarden["einde"])
        return Lening(waarden["hoofdsom"], waarden["rente"], periode)
