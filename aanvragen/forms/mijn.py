"""What a parent tells about a running question."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanvragen.forms.aanvraag import WieForm
from aanvragen.forms.stap import Kader
from aanvragen.models import Gezin, Kind
from aanvragen.workflow import Vervalreden
from loket.forms import DatumVeld, KaartKeuze, Keuze
from loket.models import Gemeente, Loket

#: Babies come earlier or later than expected, not by half a year.
MAX_WEKEN_VERSCHIL = 20


class GeboorteForm(forms.Form):
    """The real birth date, and the name."""

    voornaam = forms.CharField(
        label=_("Voornaam van je kind"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    geboortedatum = DatumVeld(
        label=_("Geboortedatum"),
        help_text=_("Bijvoorbeeld 14 3 2027. De naam van de maand mag ook."),
    )

    def __init__(self, *args: Any, kind: Kind, vandaag: dt.date, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.kind, self.vandaag = kind, vandaag

    def clean_geboortedatum(self) -> dt.date:
        datum: dt.date = self.cleaned_data["geboortedatum"]
        if datum > self.vandaag:
            raise ValidationError(
                gettext("Deze dag moet nog komen. Vul de dag in waarop je kind geboren is.")
            )
        verschil = abs((datum - self.kind.rekendatum).days)
        if verschil > MAX_WEKEN_VERSCHIL * 7:
            raise ValidationError(
                gettext(
                    "Deze dag ligt ver van de datum die we verwachtten. "
                    "Kijk de datum na, of bel het loket."
                )
            )
        return datum


class StopForm(forms.Form):
    """Why it stops, if the parent wants to say so; each choice says what it does."""

    reden = forms.ChoiceField(
        label=_("Waarom stopt je vraag?"),
        help_text=_("Je hoeft dit niet te zeggen. Het loket telt alleen hoe vaak iets voorkomt."),
        required=False,
        widget=KaartKeuze,
    )

    def __init__(self, *args: Any, kind_heeft_plaats: bool, **opties: Any) -> None:
        super().__init__(*args, **opties)
        zelf = (Vervalreden.BUITEN_LOKET, Keuze(gettext("Ik vond zelf opvang")))
        elders = (
            Vervalreden.ANDERE_GEMEENTE,
            Keuze(gettext("Ik vond opvang in een andere gemeente")),
        )
        keuzes = [
            (Vervalreden.NIET_MEER_NODIG, Keuze(gettext("Ik heb geen opvang meer nodig"))),
            *([] if kind_heeft_plaats else [zelf, elders]),
            (
                Vervalreden.VERHUISD,
                Keuze(
                    gettext("Ik verhuis en zoek hier niet meer"),
                    gettext("Zoek je hier nog wel? Stop dan niet, maar geef je nieuwe adres."),
                ),
            ),
            ("", Keuze(gettext("Dat zeg ik liever niet"))),
        ]
        veld = self.fields["reden"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = keuzes


class VerhuisForm(WieForm):
    """The new address; also in a gemeente where another loket helps."""

    def __init__(self, data: Any = None, *, gezin: Gezin, loket: Loket, vandaag: dt.date) -> None:
        super().__init__(
            data,
            kader=Kader(vandaag=vandaag, loket=loket, email="-"),
            initial={
                "straat": gezin.straat,
                "huisnummer": gezin.huisnummer,
                "postcode": gezin.postcode,
                "gemeente": str(gezin.gemeente_id),
                "wijk": str(gezin.wijk_id or ""),
            },
        )
        for naam in set(self.fields) - {"straat", "huisnummer", "postcode", "gemeente", "wijk"}:
            del self.fields[naam]

    def clean_gemeente(self) -> Gemeente:
        return self._gemeenten[self.cleaned_data["gemeente"]]
