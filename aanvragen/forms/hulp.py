"""What is typed about who helps a family: consent, appointments, referrals, a draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.afspraken import BIJ_OPVANG, DUUR, Afspraakgegevens
from aanvragen.domain.toestemming import CIJFERS, STANDAARD_DUUR, collegas_van, toeleiders_van
from aanvragen.models import Afspraak, Opvangvraag, Partner
from aanvragen.workflow import (
    Afspraaksoort,
    Doorverwijsuitkomst,
    Doorverwijswijze,
    Hulpduur,
    Hulpomvang,
)
from loket.forms import DatumVeld, Keuze
from loket.models import Gebruiker
from opvang.models import Opvanglocatie

#: What each scope means, said to somebody of the counter.
OMVANGKEUZES = [
    (
        Hulpomvang.BEKIJKEN.value,
        Keuze(Hulpomvang.BEKIJKEN.label, _("De vraag en de antwoorden zien. Niets veranderen.")),
    ),
    (
        Hulpomvang.ANTWOORDEN.value,
        Keuze(
            Hulpomvang.ANTWOORDEN.label,
            _("Ook noteren wat het gezin zegt over een voorstel, en afspraken maken."),
        ),
    ),
    (
        Hulpomvang.AANVRAGEN.value,
        Keuze(
            Hulpomvang.AANVRAGEN.label,
            _("Ook opvang toevoegen, nieuwe vragen doen en een vraag stoppen."),
        ),
    ),
]
CODE, PAPIER = "code", "papier"
DUURKEUZES = [(minuten, str(minuten)) for minuten in (15, 30, 45, 60, 90, 120, 240)]


class _Ticket(forms.Form):
    """How far a consent reaches, and for how long."""

    omvang = forms.ChoiceField(
        label=_("Wat mag de toeleider doen?"),
        choices=OMVANGKEUZES,
        initial=Hulpomvang.ANTWOORDEN.value,
        widget=forms.RadioSelect,
    )
    dagen = forms.TypedChoiceField(
        label=_("Voor hoe lang?"),
        help_text=_("Daarna stopt het vanzelf. Het gezin kan het altijd vroeger stoppen."),
        choices=Hulpduur.choices,
        coerce=int,
        initial=STANDAARD_DUUR.value,
        widget=forms.RadioSelect,
    )


class HulpVragenForm(_Ticket):
    """A toeleider asks a family for its consent: with a code, or with the paper that it signed."""

    wie = forms.CharField(
        label=_("Nummer van de vraag, of e-mailadres van de ouder"),
        help_text=_("Het nummer staat op elke mail en brief, zoals 7F3K-92QD."),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    hoe = forms.ChoiceField(
        label=_("Hoe geeft het gezin toestemming?"),
        choices=[
            (
                CODE,
                Keuze(
                    _("Met een code"),
                    _("De ouder krijgt nu een mail, of maakte zelf een code. Die typ je straks."),
                ),
            ),
            (
                PAPIER,
                Keuze(
                    _("Op papier"),
                    _("Je hebt een formulier dat de ouder tekende. Het gezin krijgt bericht."),
                ),
            ),
        ],
        initial=CODE,
        widget=forms.RadioSelect,
    )
    familienaam = forms.CharField(
        label=_("Familienaam van de ouder"),
        help_text=_("Alleen bij papier: zoals op het formulier."),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ("wie", "omvang", "dagen", "hoe", "familienaam")

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        if gegevens.get("hoe") == PAPIER:
            if not gegevens.get("familienaam"):
                self.add_error("familienaam", gettext("Vul in: Familienaam van de ouder."))
            if "@" in gegevens.get("wie", ""):
                self.add_error(
                    "wie", gettext("Vul bij papier het nummer van de vraag in, geen e-mailadres.")
                )
        return gegevens


class CodeForm(forms.Form):
    """The digits that a parent reads out."""

    code = forms.CharField(
        label=_("Code van zes cijfers"),
        max_length=12,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "class": "invoer--code"}
        ),
    )

    def clean_code(self) -> str:
        cijfers = "".join(teken for teken in self.cleaned_data["code"] if teken.isdecimal())
        if len(cijfers) != CIJFERS:
            raise forms.ValidationError(gettext("De code heeft zes cijfers."))
        return cijfers


class PapierForm(_Ticket):
    """Staff note the form that a parent signed for a toeleider."""

    toeleider: forms.ModelChoiceField[Gebruiker] = forms.ModelChoiceField(
        label=_("Wie helpt het gezin?"),
        queryset=Gebruiker.objects.none(),
        empty_label=_("Kies een toeleider"),
    )
    getekend = forms.BooleanField(
        label=_("Het gezin tekende het formulier, of zei het aan de telefoon of aan de balie"),
        error_messages={"required": _("Vink aan dat het gezin toestemming gaf.")},
    )
    field_order = ("toeleider", "omvang", "dagen", "getekend")

    def __init__(self, *args: Any, vraag: Opvangvraag, vandaag: dt.date, **opties: Any) -> None:
        super().__init__(*args, **opties)
        _kies_uit(self, "toeleider", toeleiders_van(vraag.loket_id, peildatum=vandaag))


class GeefCodeForm(forms.Form):
    """A parent makes a code for somebody who helps."""

    omvang = forms.ChoiceField(
        label=_("Wat mag deze persoon doen?"),
        choices=[
            (
                Hulpomvang.BEKIJKEN.value,
                Keuze(_("Alleen meekijken"), _("Zien wat je vroeg en wie antwoordde.")),
            ),
            (
                Hulpomvang.ANTWOORDEN.value,
                Keuze(
                    _("Meekijken en mee antwoorden"),
                    _("Ook doorgeven wat jij over een voorstel zegt, en afspraken maken."),
                ),
            ),
            (
                Hulpomvang.AANVRAGEN.value,
                Keuze(
                    _("Alles doen wat jij kan doen"),
                    _("Ook opvang toevoegen, een vraag doen of een vraag stoppen."),
                ),
            ),
        ],
        initial=Hulpomvang.ANTWOORDEN.value,
        widget=forms.RadioSelect,
    )
    dagen = forms.TypedChoiceField(
        label=_("Voor hoe lang?"),
        choices=Hulpduur.choices,
        coerce=int,
        initial=Hulpduur.KWARTAAL.value,
        widget=forms.RadioSelect,
    )


class AfspraakForm(forms.Form):
    """A moment with a family. The kind is chosen once; another kind is another appointment."""

    soort = forms.ChoiceField(
        label=_("Wat spreken jullie af?"),
        choices=Afspraaksoort.choices,
        initial=Afspraaksoort.TERUGBELLEN.value,
        widget=forms.RadioSelect,
    )
    dag = DatumVeld(label=_("Op welke dag?"))
    uur = forms.TimeField(
        label=_("Uur"),
        help_text=_("Bijvoorbeeld 14.30."),
        input_formats=["%H.%M", "%H:%M", "%Hu%M", "%Hu", "%H"],
        error_messages={"invalid": _("Schrijf een uur, zoals 9 of 14.30.")},
        widget=forms.TimeInput({"inputmode": "decimal", "autocomplete": "off"}, format="%H.%M"),
    )
    duur = forms.TypedChoiceField(
        label=_("Hoe lang, in minuten"),
        choices=[("", _("zoals gewoonlijk")), *DUURKEUZES],
        coerce=int,
        empty_value=None,
        required=False,
    )
    locatie: forms.ModelChoiceField[Opvanglocatie] = forms.ModelChoiceField(
        label=_("Bij welke opvang?"),
        help_text=_("Alleen voor een bezoek of een wenmoment."),
        queryset=Opvanglocatie.objects.none(),
        empty_label=_("Niet bij een opvang"),
        required=False,
    )
    plaats = forms.CharField(
        label=_("Plaats"),
        help_text=_("Zoals “loket, lokaal 2”. Niets over de gezondheid of het inkomen."),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    wie: forms.ModelChoiceField[Gebruiker] = forms.ModelChoiceField(
        label=_("Wie belt, gaat mee of helpt?"),
        queryset=Gebruiker.objects.none(),
        empty_label=None,
    )

    def __init__(
        self,
        *args: Any,
        vraag: Opvangvraag,
        gebruiker: Gebruiker,
        afspraak: Afspraak | None = None,
        **opties: Any,
    ) -> None:
        if afspraak is not None:
            lokaal = timezone.localtime(afspraak.begint_op)
            opties["initial"] = {
                "dag": lokaal.date(),
                "uur": lokaal.time(),
                "duur": afspraak.duur,
                "locatie": afspraak.locatie_id,
                "plaats": afspraak.plaats,
                "wie": afspraak.wie_id,
            }
        opties.setdefault("initial", {"wie": gebruiker.pk})
        super().__init__(*args, **opties)
        self.afspraak = afspraak
        if afspraak is not None:
            del self.fields["soort"]
        gekozen = Opvanglocatie.objects.filter(aanmeldingen__opvangvraag=vraag)
        _kies_uit(self, "locatie", gekozen.order_by("aanmeldingen__rang"))
        _kies_uit(self, "wie", collegas_van(vraag, peildatum=timezone.localdate()))

    @property
    def gekozen_soort(self) -> Afspraaksoort:
        return Afspraaksoort(self.afspraak.soort if self.afspraak else self.cleaned_data["soort"])

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        soort = gegevens.get("soort") or (self.afspraak and self.afspraak.soort)
        if soort in BIJ_OPVANG and "locatie" in gegevens and not gegevens["locatie"]:
            self.add_error("locatie", gettext("Kies bij welke opvang jullie afspreken."))
        return gegevens

    def gegevens(self) -> Afspraakgegevens:
        schoon = self.cleaned_data
        moment = dt.datetime.combine(schoon["dag"], schoon["uur"])
        return Afspraakgegevens(
            begint_op=timezone.make_aware(moment),
            duur=schoon["duur"] or DUUR[self.gekozen_soort],
            locatie=schoon["locatie"],
            plaats=schoon["plaats"],
        )


class AfspraakUitkomstForm(forms.Form):
    """What came of an appointment."""

    gelukt = forms.ChoiceField(
        label=_("Ging het door?"),
        choices=[("ja", _("Ja")), ("nee", _("Nee, het lukte niet"))],
        widget=forms.RadioSelect,
    )
    uitkomst = forms.CharField(
        label=_("Wat kwam ervan?"),
        help_text=_("Eén zin. Niets over de gezondheid of het inkomen."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class DoorverwijsForm(forms.Form):
    """Send a family on to a partner, as it agreed."""

    partner: forms.ModelChoiceField[Partner] = forms.ModelChoiceField(
        label=_("Naar welke partner?"),
        queryset=Partner.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    wijze = forms.ChoiceField(
        label=_("Hoe komen ze bij elkaar?"),
        choices=Doorverwijswijze.choices,
        initial=Doorverwijswijze.ZELF.value,
        widget=forms.RadioSelect,
    )
    akkoord = forms.BooleanField(
        label=_("Het gezin vindt dit goed"),
        help_text=_("Geef nooit een reden, een ziekte of een inkomen door."),
        error_messages={
            "required": _("Vink aan dat het gezin het goed vindt. Anders kan het niet.")
        },
    )

    def __init__(self, *args: Any, vraag: Opvangvraag, **opties: Any) -> None:
        super().__init__(*args, **opties)
        _kies_uit(self, "partner", Partner.objects.filter(loket=vraag.loket_id, actief=True))


class DoorverwijsUitkomstForm(forms.Form):
    """What came of a referral."""

    uitkomst = forms.ChoiceField(
        label=_("Wat kwam ervan?"), choices=Doorverwijsuitkomst.choices, widget=forms.RadioSelect
    )
    nota = forms.CharField(
        label=_("Nota"),
        help_text=_("Eén zin. Niets over de gezondheid of het inkomen."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class ConceptZoekForm(forms.Form):
    """Find the half-filled request of a family that is here, or on the phone."""

    contact = forms.CharField(
        label=_("E-mailadres of telefoonnummer"),
        help_text=_("Zoals het gezin het online invulde."),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    familienaam = forms.CharField(
        label=_("Familienaam van de ouder"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    aanwezig = forms.BooleanField(
        label=_("Het gezin is bij mij, of aan de telefoon, en vraagt me om verder te doen"),
        error_messages={
            "required": _("Vink aan dat het gezin er is. Zonder het gezin open je niets.")
        },
    )


def _kies_uit(form: forms.Form, naam: str, rijen: QuerySet[Any]) -> None:
    """Fill a choice with the rows that this very question allows."""
    veld = form.fields[naam]
    assert isinstance(veld, forms.ModelChoiceField)
    veld.queryset = rijen
