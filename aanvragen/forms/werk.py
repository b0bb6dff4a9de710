"""What staff say about a task, note in a dossier, and look for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from aanvragen.workflow import Notitiesoort, Rustreden, Taakuitkomst
from loket.forms import DatumVeld, Keuze, TekstGebied
from loket.models import Gebruiker
from loket.werkdagen import na_werkdagen

NIEMAND = "niemand"
ANDERE_DAG = "dag"
_UITSTEL = ((1, _("De volgende werkdag")), (3, _("Over 3 werkdagen")), (10, _("Over 2 weken")))


class WieForm(forms.Form):
    """Give a task to somebody."""

    wie = forms.ChoiceField(label=_("Wie doet dit?"))
    gezien = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ik: Gebruiker, collegas: list[Gebruiker], **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.mensen = {str(mens.pk): mens for mens in (ik, *collegas)}
        wie = self.fields["wie"]
        assert isinstance(wie, forms.ChoiceField)
        wie.choices = [
            (str(ik.pk), _("Ik")),
            *((str(mens.pk), str(mens)) for mens in collegas if mens != ik),
            (NIEMAND, _("Niemand")),
        ]

    @property
    def gekozen(self) -> Gebruiker | None:
        return self.mensen.get(self.cleaned_data["wie"])


class LaterForm(forms.Form):
    """Let a task wait, with the reason."""

    wanneer = forms.ChoiceField(label=_("Wanneer komt deze taak terug?"), widget=forms.RadioSelect)
    dag = DatumVeld(label=_("Welke dag?"), required=False)
    reden = forms.ChoiceField(
        label=_("Waarom wacht ze?"), choices=Rustreden.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, vandaag: dt.date, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.dagen = {str(aantal): na_werkdagen(vandaag, aantal) for aantal, _tekst in _UITSTEL}
        wanneer = self.fields["wanneer"]
        assert isinstance(wanneer, forms.ChoiceField)
        wanneer.choices = [
            *(
                (str(aantal), Keuze(tekst, date_format(self.dagen[str(aantal)], "l j F")))
                for aantal, tekst in _UITSTEL
            ),
            (ANDERE_DAG, _("Op een andere dag")),
        ]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if (
            schoon.get("wanneer") == ANDERE_DAG
            and not schoon.get("dag")
            and not self.has_error("dag")
        ):
            self.add_error("dag", _("Vul de dag in waarop de taak terugkomt."))
        return schoon

    @property
    def tot(self) -> dt.date:
        gekozen = self.cleaned_data["wanneer"]
        dag = self.dagen.get(gekozen, self.cleaned_data["dag"])
        assert isinstance(dag, dt.date)
        return dag

    @property
    def rustreden(self) -> Rustreden:
        return Rustreden(self.cleaned_data["reden"])


class KlaarForm(forms.Form):
    """Say what came of a task."""

    uitkomst = forms.ChoiceField(
        label=_("Wat kwam ervan?"), choices=Taakuitkomst.choices, widget=forms.RadioSelect
    )
    notitie = forms.CharField(
        label=_("Notitie in het dossier"),
        help_text=_("Alleen medewerkers van het loket lezen dit."),
        max_length=2000,
        required=False,
        widget=TekstGebied,
    )

    def __init__(self, *args: Any, met_notitie: bool, **opties: Any) -> None:
        super().__init__(*args, **opties)
        if not met_notitie:
            del self.fields["notitie"]


class NotitieForm(forms.Form):
    """A note, a call, or something to do on a day."""

    soort = forms.ChoiceField(
        label=_("Wat noteer je?"), choices=Notitiesoort.choices, initial=Notitiesoort.GEBELD.value
    )
    tekst = forms.CharField(
        label=_("Wat moet een collega weten?"),
        help_text=_(
            "Schrijf kort en zakelijk, zonder diagnose. Het gezin mag zijn dossier opvragen."
        ),
        max_length=2000,
        widget=TekstGebied,
    )
    wanneer = DatumVeld(
        label=_("Op welke dag?"),
        help_text=_("Alleen voor een taak. Die dag staat ze op de werklijst."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        taak = schoon.get("soort") == Notitiesoort.TAAK
        if taak and not schoon.get("wanneer") and not self.has_error("wanneer"):
            self.add_error("wanneer", _("Vul de dag in waarop je dit moet doen."))
        if not taak:
            schoon["wanneer"] = None
        return schoon
