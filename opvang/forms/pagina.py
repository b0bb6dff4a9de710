"""What a provider fills in about its page: texts, photos, closing days, colleagues."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.forms import DatumVeld, TekstGebied
from opvang.domain.fotos import MEESTE_BYTES, Beeld, OngeldigeFoto, lees_foto
from opvang.domain.pagina import LANGSTE_TEKST, afdruk
from opvang.workflow import Onderwerp, Sluitingsreden

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opvang.domain.pagina import Onderwerpstand
    from opvang.models import Organisator

_HULP = {
    Onderwerp.OVER: gettext_lazy("Wie zijn jullie, en wat vinden jullie belangrijk?"),
    Onderwerp.DAG: gettext_lazy("Wat doen de kinderen van 's ochtends tot 's avonds?"),
    Onderwerp.ETEN_SLAPEN: gettext_lazy("Wie kookt? Waar slapen de baby's?"),
    Onderwerp.BUITEN: gettext_lazy("Is er een tuin? Gaan jullie elke dag naar buiten?"),
    Onderwerp.TAAL: gettext_lazy("Welke talen spreken jullie met kinderen en met ouders?"),
    Onderwerp.WENNEN: gettext_lazy("Wanneer kunnen ouders komen kijken? Hoe went een kind?"),
}


class PaginaForm(forms.Form):
    """A text per topic, each with a hidden sign of what the page showed."""

    verberg_niet_verplicht = True

    def __init__(self, *args: Any, standen: Sequence[Onderwerpstand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standen = standen
        for stand in standen:
            naam = stand.onderwerp.value
            self.fields[naam] = forms.CharField(
                label=stand.onderwerp.label,
                help_text=_HULP[stand.onderwerp],
                required=False,
                max_length=LANGSTE_TEKST,
                widget=TekstGebied({"rows": 5}),
                initial=stand.tekst,
                error_messages={
                    "max_length": gettext_lazy(
                        "Deze tekst is te lang: hoogstens %(limit_value)d tekens, "
                        "nu %(show_value)d."
                    )
                },
            )
            self.fields[f"gezien_{naam}"] = forms.CharField(
                required=False,
                max_length=64,
                widget=forms.HiddenInput(),
                initial=afdruk(stand.tekst),
            )

    def clean(self) -> dict[str, Any]:
        """Read line ends as we write them; a browser sends others."""
        schoon = super().clean() or self.cleaned_data
        return {naam: waarde.replace("\r\n", "\n") for naam, waarde in schoon.items()}

    @property
    def teksten(self) -> dict[Onderwerp, str]:
        return {een: self.cleaned_data[een.value] for een in Onderwerp}

    @property
    def gezien(self) -> dict[Onderwerp, str]:
        return {een: self.cleaned_data[f"gezien_{een.value}"] for een in Onderwerp}

    @property
    def rijen(self) -> list[tuple[Onderwerpstand, forms.BoundField, forms.BoundField]]:
        """Each topic with its two fields."""
        return [
            (stand, self[stand.onderwerp.value], self[f"gezien_{stand.onderwerp.value}"])
            for stand in self.standen
        ]

    def opnieuw(self, standen: Sequence[Onderwerpstand]) -> Self:
        """What this person changed, on top of what stands there now."""
        typte = {}
        for stand in standen:
            naam = stand.onderwerp.value
            eigen = self.teksten[stand.onderwerp]
            raakte_aan = afdruk(eigen) != self.gezien[stand.onderwerp]
            typte[naam] = eigen if raakte_aan else stand.tekst
            typte[f"gezien_{naam}"] = afdruk(stand.tekst)
        return type(self)(typte, standen=standen)


class AltForm(forms.Form):
    """What is on a photo."""

    alt = forms.CharField(
        label=gettext_lazy("Wat staat er op de foto?"),
        help_text=gettext_lazy(
            "Voor wie de foto niet ziet. Bijvoorbeeld: de tuin met zandbak en klimhuisje."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Schrijf in een zin wat er op de foto staat.")},
    )
    versie = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=0, max_value=2_000_000_000
    )


class FotoForm(AltForm):
    """A photo with its description; what is no photo is refused in words."""

    bestand = forms.FileField(
        label=gettext_lazy("Foto"),
        help_text=gettext_lazy("Een JPG, PNG of WebP van hoogstens %(mb)s MB.")
        % {"mb": MEESTE_BYTES // 1024 // 1024},
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": gettext_lazy("Kies een foto."),
            "empty": gettext_lazy("Dit bestand is leeg. Kies een andere foto."),
            "invalid": gettext_lazy("Kies een foto."),
        },
    )
    mag = forms.BooleanField(
        label=gettext_lazy("Ik mag deze foto tonen"),
        help_text=gettext_lazy(
            "Staat er een kind op dat je kunt herkennen? Dan vroeg je het aan de ouders."
        ),
        error_messages={
            "required": gettext_lazy("Vink aan dat je de foto mag tonen, of kies een andere foto.")
        },
    )
    field_order = ("bestand", "alt", "mag")

    def clean_bestand(self) -> Beeld:
        ruw = self.cleaned_data["bestand"]
        assert isinstance(ruw, UploadedFile)
        try:
            return lees_foto(ruw, omvang=ruw.size or 0)
        except OngeldigeFoto as nee:
            raise forms.ValidationError(str(nee), code="foto") from nee


class SluitingsdagForm(forms.Form):
    """From a day to a day, both included, as people say it."""

    vanaf = DatumVeld(
        label=gettext_lazy("Eerste dag dat je dicht bent"),
        error_messages={"required": gettext_lazy("Vul de eerste dag in.")},
    )
    tot_en_met = DatumVeld(
        label=gettext_lazy("Laatste dag dat je dicht bent"),
        help_text=gettext_lazy("Laat leeg als het om één dag gaat."),
        required=False,
    )
    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom?"),
        choices=Sluitingsreden,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies waarom je dicht bent."),
            "invalid_choice": gettext_lazy("Kies een van de redenen hieronder."),
        },
    )
    overal = forms.BooleanField(label=gettext_lazy("Ook voor mijn andere locaties"), required=False)

    def __init__(self, *args: Any, met_overal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not met_overal:
            del self.fields["overal"]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        vanaf = schoon.get("vanaf")
        laatste = schoon.get("tot_en_met") or vanaf
        if vanaf and laatste and laatste < vanaf:
            self.add_error("tot_en_met", _("De laatste dag komt na de eerste."))
        return schoon

    @property
    def tot(self) -> dt.date:
        laatste = self.cleaned_data.get("tot_en_met") or self.cleaned_data["vanaf"]
        assert isinstance(laatste, dt.date)
        return laatste + dt.timedelta(days=1)


class CollegaForm(forms.Form):
    """Whom to invite, and for which organisator."""

    organisator = forms.TypedChoiceField(label=gettext_lazy("Voor wie?"), coerce=int)
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres van je collega"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Vul het e-mailadres van je collega in."),
            "invalid": gettext_lazy("Schrijf het e-mailadres zoals naam@voorbeeld.be."),
        },
    )

    def __init__(self, *args: Any, organisatoren: Sequence[Organisator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["organisator"]
        assert isinstance(veld, forms.TypedChoiceField)
        veld.choices = [(een.pk, een.naam) for een in organisatoren]
        if len(organisatoren) == 1:
            veld.widget = forms.HiddenInput()
            veld.initial = organisatoren[0].pk


class TerugForm(forms.Form):
    """Why a text or photo goes back."""

    reden = forms.CharField(
        label=gettext_lazy("Wat kan de opvang veranderen?"),
        help_text=gettext_lazy("De opvang krijgt deze zin met een mail."),
        max_length=500,
        widget=TekstGebied({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Schrijf in een zin wat de opvang kan veranderen.")
        },
    )
