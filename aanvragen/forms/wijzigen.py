"""What a family asks, to change while its question runs: when, which days, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.concept import MAX_LOCATIES
from aanvragen.domain.gegevens import Kindgegevens
from aanvragen.domain.gevolgen import Wens
from aanvragen.forms.aanvraag import (
    DagenForm,
    LocatiesInvoer,
    WanneerForm,
    zoek_op_volgorde,
)
from aanvragen.forms.stap import Kader, als_querydict
from aanvragen.models import Aanmelding, Opvangvraag
from opvang.models import Opvanglocatie


class WijzigForm(WanneerForm, DagenForm):
    """The whole wish on one page. A start that has passed may stay as it is."""

    locatie = forms.Field(label=_("Jouw opvangplekken"), required=False, widget=LocatiesInvoer)

    def __init__(
        self,
        data: Any = None,
        *,
        vraag: Opvangvraag,
        keuzes: Sequence[Aanmelding],
        vandaag: dt.date,
    ) -> None:
        self.vraag, self.keuzes = vraag, keuzes
        self.eigen = {keuze.locatie_id: keuze.locatie for keuze in keuzes}
        super().__init__(
            data,
            kader=Kader(vandaag=vandaag, loket=vraag.loket, kinderen=(_kind(vraag),)),
            initial=_nu(vraag),
        )
        self.fields["start"].help_text = ""
        self.fields["start"].label = gettext("Vanaf welke dag?")

    def waarden(self) -> list[str]:
        """The ids of the wishes as posted, or as they stand when nothing was."""
        if not self.is_bound:
            return [str(pk) for pk in self.eigen]
        return [waarde for waarde in self.invoer().get("locatie", []) if waarde]

    def gekozen(self) -> list[Opvanglocatie]:
        """The locations to show in order; one that is no longer public stays when it was asked."""
        waarden = list(dict.fromkeys(self.waarden()))
        nieuw = [waarde for waarde in waarden if waarde not in map(str, self.eigen)]
        gevonden = {locatie.pk: locatie for locatie in zoek_op_volgorde(nieuw)} | self.eigen
        per_tekst = {str(pk): locatie for pk, locatie in gevonden.items()}
        return [per_tekst[waarde] for waarde in waarden if waarde in per_tekst]

    def met_locaties(self, waarden: Sequence[str]) -> WijzigForm:
        """The same page with other wishes, unjudged: nothing typed is lost."""
        vers = WijzigForm(
            als_querydict({**self.invoer(), "locatie": list(waarden)}),
            vraag=self.vraag,
            keuzes=self.keuzes,
            vandaag=self.kader.vandaag,
        )
        vers.verzwijg_fouten()
        return vers

    def clean_start(self) -> dt.date:
        start: dt.date = self.cleaned_data["start"]
        return start if start == self.vraag.gewenste_start else super().clean_start()

    def clean_locatie(self) -> list[Opvanglocatie]:
        gekozen = self.gekozen()
        if len(gekozen) > max(MAX_LOCATIES, len(self.eigen)):
            raise ValidationError(
                gettext("Kies hoogstens %(aantal)s opvangplekken. Haal er enkele weg.")
                % {"aantal": MAX_LOCATIES}
            )
        if self.eigen and not gekozen:
            raise ValidationError(
                gettext("Hou minstens één opvang over. Wil je stoppen? Dat kan onderaan.")
            )
        return gekozen

    def wens(self) -> Wens:
        schoon = self.cleaned_data
        return Wens(
            gewenste_start=schoon["start"],
            gewenst_einde=self.tot(),
            rooster=schoon["rooster"],
            rooster_wissel=self.rooster_andere_week(),
            flexibel_weken=schoon["flexibel"] or 0,
            flexibel_dagen=schoon["schuiven"] == "ja",
            locaties=tuple(locatie.pk for locatie in schoon["locatie"]),
        )

    def verborgen(self) -> list[tuple[str, str]]:
        """Everything on this page as hidden inputs, for the page that asks to confirm."""
        return [(naam, waarde) for naam, rij in self.invoer().items() for waarde in rij]


def _kind(vraag: Opvangvraag) -> Kindgegevens:
    kind = vraag.kind
    return Kindgegevens(
        familienaam=kind.familienaam,
        voornaam=kind.voornaam,
        geboortedatum=kind.geboortedatum,
        verwachte_geboortedatum=None if kind.geboortedatum else kind.verwachte_geboortedatum,
    )


def _nu(vraag: Opvangvraag) -> dict[str, Any]:
    einde = vraag.gewenst_einde
    return {
        "start": vraag.gewenste_start,
        "flexibel": str(vraag.flexibel_weken),
        "einde": einde - dt.timedelta(days=1) if einde else None,
        "rooster": vraag.rooster,
        "wisselend": "nee" if vraag.rooster_wissel is None else "ja",
        "rooster_wissel": vraag.rooster_wissel or 0,
        "schuiven": "ja" if vraag.flexibel_dagen else "nee",
    }
