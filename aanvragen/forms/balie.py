"""What staff type about a question: how it ends, what a family said, what they look for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.opschorten import kan_vasthouden
from aanvragen.models import Opvangvraag, Voorstel
from aanvragen.overal import vragen_met
from aanvragen.permissions import Actie, mag
from aanvragen.workflow import BijEinde, Hulpduur, Kanaal, Vervalreden, Voorstelstatus, Vraagstatus
from loket.forms import Keuze
from loket.models import Gebruiker

INGETROKKEN, ONBEANTWOORD = Vraagstatus.INGETROKKEN.value, Vraagstatus.ONBEANTWOORD.value


class InvoerForm(forms.Form):
    """What the counter adds to the family's answers: how they reached us, that they agree."""

    kanaal = forms.ChoiceField(
        label=_("Hoe kwam het gezin bij ons?"),
        choices=[
            (Kanaal.TELEFOON.value, _("Aan de telefoon")),
            (Kanaal.BALIE.value, _("Aan de balie")),
            (Kanaal.PAPIER.value, _("Met een ingevuld formulier op papier")),
        ],
        initial=Kanaal.TELEFOON.value,
        widget=forms.RadioSelect,
    )
    toestemming = forms.BooleanField(
        label=_("Het gezin gaf mij toestemming om deze vraag te doen en te volgen"),
        help_text=_("Zonder toestemming mag je niets over het gezin doorgeven."),
        error_messages={
            "required": _(
                "Vink aan dat het gezin jou toestemming gaf. Zonder die toestemming kan het niet."
            )
        },
    )
    dagen = forms.TypedChoiceField(
        label=_("Hoe lang mag je dit gezin helpen?"),
        help_text=_("Daarna stopt het vanzelf. Het gezin kan het altijd vroeger stoppen."),
        choices=Hulpduur.choices,
        coerce=int,
        initial=Hulpduur.HALFJAAR.value,
        widget=forms.RadioSelect,
    )
    akkoord = forms.BooleanField(
        label=_(
            "Het gezin vindt het goed dat de gekozen opvang deze gegevens ziet om te antwoorden"
        ),
        error_messages={
            "required": _(
                "Vink aan dat de gekozen opvang de gegevens mag zien. "
                "Anders kan ze niet antwoorden."
            )
        },
    )

    def __init__(self, *args: Any, als_toeleider: bool, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.als_toeleider = als_toeleider
        for overbodig in ("kanaal",) if als_toeleider else ("toestemming", "dagen"):
            del self.fields[overbodig]

    @property
    def gekozen_kanaal(self) -> str:
        return Kanaal.TOELEIDER if self.als_toeleider else str(self.cleaned_data["kanaal"])

    @property
    def toestemming_dagen(self) -> int:
        return int(self.cleaned_data.get("dagen") or Hulpduur.HALFJAAR)


class StopForm(forms.Form):
    """How a question ends: one choice, with what follows from it."""

    uitkomst = forms.ChoiceField(label=_("Waarom stopt de vraag?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, vraag: Opvangvraag, gebruiker: Gebruiker, **opties: Any) -> None:
        super().__init__(*args, **opties)
        keuzes: list[tuple[str, Any]] = []
        if mag(gebruiker, Actie.INTREKKEN, vraag):
            keuzes.append((INGETROKKEN, _("Het gezin trekt de vraag in")))
        if mag(gebruiker, Actie.LATEN_VERVALLEN, vraag):
            keuzes += [
                (reden.value, reden.label)
                for reden in Vervalreden
                if reden not in {Vervalreden.DROEVIG, Vervalreden.DUBBEL}
            ]
            keuzes.append(
                (
                    Vervalreden.DROEVIG.value,
                    Keuze(
                        _("De vraag vervalt na droevig nieuws"),
                        _(
                            "Alle berichten stoppen meteen. "
                            "Het gezin krijgt geen mail meer, ook nu niet."
                        ),
                    ),
                )
            )
        if mag(gebruiker, Actie.ONBEANTWOORD_AFSLUITEN, vraag):
            keuzes.append(
                (
                    ONBEANTWOORD,
                    Keuze(
                        _("Er is geen plaats gevonden"),
                        _(
                            "Kies dit alleen als je het zeker weet: "
                            "de vraag telt mee als onbeantwoord. "
                            "Weet je het niet? Kies “Niet te achterhalen hoe het afliep”."
                        ),
                    ),
                )
            )
        uitkomst = self.fields["uitkomst"]
        assert isinstance(uitkomst, forms.ChoiceField)
        uitkomst.choices = keuzes


class BesluitForm(forms.Form):
    """What the family says about an offer, on the phone or at the counter."""

    besluit = forms.ChoiceField(label=_("Wat zegt het gezin?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, voorstel: Voorstel, **opties: Any) -> None:
        super().__init__(*args, **opties)
        vasthouden = [
            (
                f"vast_{BijEinde.NEMEN}",
                Keuze(
                    _("Hou de plaats vast, en neem ze op het einde"),
                    _("Het gezin wacht op een betere keuze. Lagere keuzes wachten zo lang."),
                ),
            ),
            (
                f"vast_{BijEinde.VRIJGEVEN}",
                Keuze(
                    _("Hou de plaats vast, en geef ze op het einde vrij"),
                    _("Het gezin wacht op een betere keuze. Lagere keuzes wachten zo lang."),
                ),
            ),
        ]
        kan = voorstel.status == Voorstelstatus.OPEN and kan_vasthouden(voorstel)
        besluit = self.fields["besluit"]
        assert isinstance(besluit, forms.ChoiceField)
        besluit.choices = [
            (
                "ja",
                Keuze(
                    _("Ja, het gezin neemt deze plaats"),
                    _(
                        "De andere vragen voor dit kind stoppen. "
                        "De opvang en het gezin krijgen een mail."
                    ),
                ),
            ),
            *(vasthouden if kan else []),
            (
                "wachtlijst",
                Keuze(
                    _("Nee, maar het gezin blijft op de wachtlijst van deze opvang"),
                    _("De plaats komt vrij. De andere keuzes blijven lopen."),
                ),
            ),
            ("nee", Keuze(_("Nee"), _("De plaats komt vrij. De andere keuzes blijven lopen."))),
        ]


class ZoekForm(forms.Form):
    """Find dossiers by reference or name, and by state."""

    verberg_niet_verplicht = True
    zoek = forms.CharField(
        label=_("Naam of nummer"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    status = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("Alle")),
            *((s.value, s.label) for s in Vraagstatus if s != Vraagstatus.CONCEPT),
        ],
    )

    def zoek_in(self, vragen: QuerySet[Opvangvraag]) -> QuerySet[Opvangvraag]:
        """Narrow to what was asked, with the forgiveness of the search over everything."""
        if not self.is_valid():
            return vragen
        tekst, status = self.cleaned_data["zoek"].strip(), self.cleaned_data["status"]
        if status:
            vragen = vragen.filter(status=status)
        return vragen_met(tekst, vragen) if tekst else vragen
