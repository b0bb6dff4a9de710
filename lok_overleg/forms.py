"""What the LOK asks on its pages; clean values come out, nothing is written."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lok_overleg.domain.agenda import Puntgegevens
from lok_overleg.domain.leden import Lidgegevens
from lok_overleg.domain.plannen import Vergadergegevens
from lok_overleg.models import Aanwezigheid, Advies, Agendapunt, LokLid, Vergadering
from lok_overleg.workflow import (
    VASTGESTELD,
    Aanwezigheidsstand,
    Beslissing,
    Functie,
    Hoedanigheid,
    Puntsoort,
    Stemkeuze,
)
from loket.forms import DatumVeld, KaartKeuze, TekstGebied
from loket.models import Loket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.forms import BoundField
    from django_stubs_ext import StrOrPromise

_UUR = re.compile(r"(\d{1,2})(?:\s*[.:uh]\s*(\d{2})?)?\s*(?:u(?:ur)?\.?)?", re.IGNORECASE)


class TijdVeld(forms.Field):
    """An hour as people write it: "19.30", "19:30", "19u30" or "19"."""

    default_error_messages: ClassVar[dict[str, StrOrPromise]] = {
        "invalid": _("Schrijf een uur, zoals 19.30."),
    }

    def to_python(self, value: Any) -> dt.time | None:
        tekst = str(value or "").strip()
        if not tekst:
            return None
        deel = _UUR.fullmatch(tekst)
        try:
            return dt.time(int(deel[1]), int(deel[2] or 0)) if deel else self._weiger()
        except ValueError:
            return self._weiger()

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, dt.time) else value

    def _weiger(self) -> dt.time:
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class LoketKeuze(forms.Form):
    """Asks for which loket, only from somebody who works for more than one."""

    loket = forms.ModelChoiceField(
        label=_("Voor welk loket?"), queryset=Loket.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, lokets: QuerySet[Loket] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lokets = list(lokets) if lokets is not None else []
        if len(self.lokets) > 1 and lokets is not None:
            veld = self.fields["loket"]
            assert isinstance(veld, forms.ModelChoiceField)
            veld.queryset = lokets
        else:
            del self.fields["loket"]

    @property
    def gekozen_loket(self) -> Loket:
        keuze: Loket = self.cleaned_data.get("loket") or self.lokets[0]
        return keuze


class VergaderForm(LoketKeuze):
    titel = forms.CharField(
        label=_("Titel"), max_length=120, initial=_("Lokaal overleg kinderopvang")
    )
    dag = DatumVeld(label=_("Dag"), help_text=_("Bijvoorbeeld 17 3 2027."))
    van = TijdVeld(
        label=_("Van"),
        help_text=_("Bijvoorbeeld 19.30."),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    tot = TijdVeld(
        label=_("Tot"), widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    )
    plaats = forms.CharField(
        label=_("Plaats"), max_length=200, help_text=_("Gebouw, zaal en adres. Of de link.")
    )

    @staticmethod
    def begin(vergadering: Vergadering) -> dict[str, Any]:
        """Fill the form with what is planned."""
        return {
            "titel": vergadering.titel,
            "dag": vergadering.dag,
            "van": timezone.localtime(vergadering.begint_op).time(),
            "tot": timezone.localtime(vergadering.eindigt_op).time(),
            "plaats": vergadering.plaats,
        }

    def clean(self) -> dict[str, Any]:
        waarden = super().clean() or {}
        van, tot = waarden.get("van"), waarden.get("tot")
        if van and tot and self._minuten(tot) - self._minuten(van) < 15:  # noqa: PLR2004 -- a quarter
            self.add_error("tot", _("Een vergadering duurt minstens een kwartier."))
        return waarden

    def gegevens(self) -> Vergadergegevens:
        waarden = self.cleaned_data
        begin = dt.datetime.combine(waarden["dag"], waarden["van"])
        return Vergadergegevens(
            titel=waarden["titel"],
            begint_op=timezone.make_aware(begin),
            duur=self._minuten(waarden["tot"]) - self._minuten(waarden["van"]),
            plaats=waarden["plaats"],
        )

    @staticmethod
    def _minuten(uur: dt.time) -> int:
        return uur.hour * 60 + uur.minute


class AfgelastForm(forms.Form):
    reden = forms.CharField(
        label=_("Waarom gaat de vergadering niet door?"),
        help_text=_("Dit staat in de mail aan de leden."),
        max_length=300,
        widget=TekstGebied,
    )


class PuntForm(forms.Form):
    titel = forms.CharField(label=_("Titel van het punt"), max_length=150)
    soort = forms.ChoiceField(
        label=_("Soort"), choices=Puntsoort.choices, initial=Puntsoort.BESPREKING
    )
    duur = forms.IntegerField(
        label=_("Duur in minuten"), required=False, min_value=1, max_value=600
    )
    toelichting = forms.CharField(
        label=_("Toelichting"), required=False, max_length=500, widget=TekstGebied({"rows": 2})
    )

    @staticmethod
    def begin(punt: Agendapunt) -> dict[str, Any]:
        return {
            "titel": punt.titel,
            "soort": punt.soort,
            "duur": punt.duur,
            "toelichting": punt.toelichting,
        }

    def gegevens(self) -> Puntgegevens:
        return Puntgegevens(**self.cleaned_data)


class LidForm(LoketKeuze):
    naam = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        help_text=_("Zonder e-mailadres krijgt dit lid geen uitnodiging via het portaal."),
    )
    organisatie = forms.CharField(label=_("Organisatie"), required=False, max_length=120)
    hoedanigheid = forms.ChoiceField(
        label=_("Zit in het overleg als"),
        choices=Hoedanigheid.choices,
        widget=forms.RadioSelect,
    )
    functie = forms.ChoiceField(label=_("Functie"), choices=Functie.choices, initial=Functie.LID)
    stemrecht = forms.BooleanField(
        label=_("Mag stemmen"),
        required=False,
        initial=True,
        help_text=_("Wie in de gemeenteraad of het college zit, en een waarnemer, stemt niet."),
    )
    vanaf = DatumVeld(label=_("Lid vanaf"))
    tot = DatumVeld(
        label=_("Lid tot"),
        required=False,
        help_text=_("De eerste dag waarop iemand geen lid meer is."),
    )

    @staticmethod
    def begin(lid: LokLid) -> dict[str, Any]:
        return {
            veld: getattr(lid, veld)
            for veld in (
                "naam", "email", "organisatie", "hoedanigheid",
                "functie", "stemrecht", "vanaf", "tot",
            )
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        waarden = super().clean() or {}
        vanaf, tot = waarden.get("vanaf"), waarden.get("tot")
        if vanaf and tot and tot <= vanaf:
            self.add_error("tot", _("Het lidmaatschap eindigt voor het begint. Kijk de datum na."))
        if waarden.get("hoedanigheid") == Hoedanigheid.WAARNEMER and waarden.get("stemrecht"):
            self.add_error("stemrecht", _("Een waarnemer mag niet stemmen. Haal het vinkje weg."))
        return waarden

    def gegevens(self) -> Lidgegevens:
        waarden = {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "loket"}
        return Lidgegevens(**waarden)


class _PerLid(forms.Form):
    """One choice per member of a meeting; the fields are called `lid-<id of the aanwezigheid>`."""

    def __init__(self, *args: Any, wie: Iterable[Aanwezigheid], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wie = {f"lid-{aanwezigheid.pk}": aanwezigheid for aanwezigheid in wie}
        for naam, aanwezigheid in self.wie.items():
            self.fields[naam] = self._veld(aanwezigheid)

    def _veld(self, aanwezigheid: Aanwezigheid) -> forms.Field:
        raise NotImplementedError

    def rijen(self) -> list[tuple[Aanwezigheid, BoundField]]:
        return [(aanwezigheid, self[naam]) for naam, aanwezigheid in self.wie.items()]

    def _keuzes(self) -> dict[int, str]:
        return {
            aanwezigheid.pk: self.cleaned_data[naam]
            for naam, aanwezigheid in self.wie.items()
            if self.cleaned_data.get(naam)
        }


class AanwezigheidForm(_PerLid):
    """Who was there; what members answered is filled in already."""

    def _veld(self, aanwezigheid: Aanwezigheid) -> forms.Field:
        keuzes = [(s.value, s.label) for s in Aanwezigheidsstand if s in VASTGESTELD]
        stand = aanwezigheid.stand
        return forms.ChoiceField(
            label=aanwezigheid.naam,
            choices=keuzes,
            widget=forms.RadioSelect,
            initial=stand if stand in VASTGESTELD else None,
            error_messages={
                "required": _("Kies voor %(naam)s: aanwezig, verontschuldigd of afwezig.")
                % {"naam": aanwezigheid.naam}
            },
        )

    def standen(self) -> dict[int, Aanwezigheidsstand]:
        return {pk: Aanwezigheidsstand(stand) for pk, stand in self._keuzes().items()}


class StemmingForm(_PerLid):
    """The vote of each member who may vote; whoever had left votes nothing."""

    def __init__(self, *args: Any, gestemd: dict[int, str] | None = None, **kwargs: Any) -> None:
        self.gestemd = gestemd or {}
        super().__init__(*args, **kwargs)

    def _veld(self, aanwezigheid: Aanwezigheid) -> forms.Field:
        return forms.ChoiceField(
            label=aanwezigheid.naam,
            required=False,
            choices=[*Stemkeuze.choices, ("", _("Stemde niet"))],
            widget=forms.RadioSelect,
            initial=self.gestemd.get(aanwezigheid.pk, ""),
        )

    def stemmen(self) -> dict[int, Stemkeuze]:
        return {pk: Stemkeuze(keuze) for pk, keuze in self._keuzes().items()}


class AdviesForm(forms.Form):
    onderwerp = forms.CharField(label=_("Waarover gaat het advies?"), max_length=150)
    agendapunt = forms.ModelChoiceField(
        label=_("Bij welk punt van de agenda?"),
        queryset=Agendapunt.objects.none(),
        required=False,
        empty_label=_("Geen punt van de agenda"),
    )
    tekst = forms.CharField(
        label=_("Wat zegt het lokaal overleg aan het college?"),
        help_text=_("Iedereen kan dit later lezen. Schrijf geen namen van personen."),
        widget=TekstGebied({"rows": 8}),
        max_length=10_000,
    )

    def __init__(self, *args: Any, vergadering: Vergadering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze = self.fields["agendapunt"]
        assert isinstance(keuze, forms.ModelChoiceField)
        keuze.queryset = vergadering.agendapunten.all()

    @staticmethod
    def begin(advies: Advies) -> dict[str, Any]:
        return {
            "onderwerp": advies.onderwerp,
            "agendapunt": advies.agendapunt_id,
            "tekst": advies.tekst,
        }


class OpvolgingForm(forms.Form):
    beslissing = forms.ChoiceField(
        label=_("Wat doet het college met het advies?"),
        choices=Beslissing.choices,
        widget=KaartKeuze,
    )
    datum = DatumVeld(label=_("Wanneer besliste het college?"))
    motivering = forms.CharField(
        label=_("Waarom?"),
        required=False,
        help_text=_("Nodig als het college het advies niet volgt, of maar voor een deel."),
        widget=TekstGebied({"rows": 6}),
        max_length=10_000,
    )

    def clean(self) -> dict[str, Any]:
        waarden = super().clean() or {}
        volgt = waarden.get("beslissing") in {None, Beslissing.VOLGT}
        if not volgt and not waarden.get("motivering"):
            self.add_error(
                "motivering",
                _("Zeg waarom het college het advies niet of maar voor een deel volgt."),
            )
        return waarden


class VerslagForm(forms.Form):
    """A text per point of the agenda, and one for the rest."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, punten: Iterable[Agendapunt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.punten = {f"punt-{punt.pk}": punt for punt in punten}
        for nr, (naam, punt) in enumerate(self.punten.items(), start=1):
            self.fields[naam] = forms.CharField(
                label=f"{nr}. {punt.titel}",
                required=False,
                initial=punt.verslag,
                widget=TekstGebied({"rows": 6}),
                max_length=20_000,
            )
        self.fields["tekst"] = forms.CharField(
            label=_("Andere zaken"),
            required=False,
            widget=TekstGebied({"rows": 4}),
            max_length=20_000,
        )

    verberg_niet_verplicht = True

    def per_punt(self) -> dict[int, str]:
        return {punt.pk: self.cleaned_data[naam] for naam, punt in self.punten.items()}


class PublicatieForm(forms.Form):
    """Which text was read before it was published."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
