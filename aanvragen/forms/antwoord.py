"""The provider's answer: a place, another place, or none now.

The same forms serve the link in a mail, the portal and the counter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.passen import passende_periodes
from aanvragen.domain.ronde import wordt_gevraagd
from aanvragen.models import Aanmelding
from aanvragen.workflow import Aanmeldingstatus, Weigerreden
from loket.forms import DatumVeld, Keuze, TekstGebied, WeekroosterVeld
from loket.week import in_woorden
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster, masker_van_vrij

NIEUWE_PLAATS = "nieuw"


class Antwoord(StrEnum):
    """The three ways to answer, as the buttons of the mail name them."""

    JA = "ja"
    ANDERS = "anders"
    NEE = "nee"


class VoorstelForm(forms.Form):
    """Offer the asked days; start and place can be chosen. See `AndersForm` for other days."""

    soort = Antwoord.JA

    plaats = forms.ChoiceField(label=_("Welke vrije plaats geef je?"), widget=forms.RadioSelect)
    nieuwe_plaats = forms.BooleanField(
        label=_("Deze plaats stond nog niet bij mijn vrije plaatsen"),
        help_text=_("We zetten ze er voor je bij."),
        error_messages={
            "required": _(
                "Je gaf nog geen vrije plaats door. Vink aan dat het om een nieuwe plaats gaat."
            )
        },
    )
    start = DatumVeld(label=_("Vanaf welke dag?"))
    deelbaar = forms.BooleanField(
        label=_("Ik stel deze plaats ook aan andere gezinnen voor"),
        help_text=_(
            "Wie eerst ja zegt, krijgt de plaats. Het gezin leest dat in het voorstel. "
            "Laat je dit leeg? Dan houden we de plaats vrij voor dit gezin tot de bedenktijd om is."
        ),
        required=False,
    )
    toelichting = forms.CharField(
        label=_("Wil je het gezin nog iets zeggen?"),
        required=False,
        max_length=500,
        widget=TekstGebied(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        aanmelding: Aanmelding,
        aanboden: Sequence[Plaatsaanbod],
        vandaag: dt.date,
    ) -> None:
        self.aanmelding, self.vandaag = aanmelding, vandaag
        vraag = aanmelding.opvangvraag
        self.periodes = {
            str(aanbod.pk): aanbod
            for aanbod in passende_periodes(vraag, aanboden, peildatum=vandaag)
        }
        super().__init__(data, initial=self._begin(vraag.gewenste_start))
        if self.periodes:
            del self.fields["nieuwe_plaats"]
            plaats = self.fields["plaats"]
            assert isinstance(plaats, forms.ChoiceField)
            plaats.choices = [
                *((pk, _periode_in_woorden(a)) for pk, a in self.periodes.items()),
                (
                    NIEUWE_PLAATS,
                    Keuze(
                        _("Deze plaats stond nog niet bij mijn vrije plaatsen"),
                        _("We zetten ze er voor je bij."),
                    ),
                ),
            ]
        else:
            del self.fields["plaats"]

    def _begin(self, gewenste_start: dt.date) -> dict[str, Any]:
        """Fill in what fits best, so that a yes takes one tap."""
        beste = next(iter(self.periodes), "")
        return {"plaats": beste, "start": max(gewenste_start, self.vandaag)}

    def clean_start(self) -> dt.date:
        start: dt.date = self.cleaned_data["start"]
        if start < self.vandaag:
            raise forms.ValidationError(_("Deze dag is voorbij. Kies vandaag of een latere dag."))
        return start

    @property
    def aanbod(self) -> Plaatsaanbod | None:
        """The chosen period; None when the place has to be announced first."""
        return self.periodes.get(self.cleaned_data.get("plaats", NIEUWE_PLAATS))

    def gekozen_week(self) -> Weekrooster:
        return self.aanmelding.opvangvraag.week_samen

    def gekozen_tot(self) -> dt.date | None:
        """Give the family's own end (exclusive), unless the place starts after it."""
        einde = self.aanmelding.opvangvraag.gewenst_einde
        return einde if einde and einde > self.cleaned_data["start"] else None


class AndersForm(VoorstelForm):
    """Offer other days, another start, or an end."""

    soort = Antwoord.ANDERS

    rooster = WeekroosterVeld(label=_("Welke dagen kun je geven?"))
    einde = DatumVeld(
        label=_("Tot welke dag?"),
        help_text=_("De laatste dag met opvang. Leeg als er geen einde is."),
        required=False,
    )
    field_order = (
        "plaats",
        "nieuwe_plaats",
        "start",
        "einde",
        "rooster",
        "toelichting",
        "deelbaar",
    )

    def _begin(self, gewenste_start: dt.date) -> dict[str, Any]:
        begin = super()._begin(gewenste_start)
        vraag = self.aanmelding.opvangvraag
        rooster = vraag.week_samen
        if beste := self.periodes.get(begin["plaats"]):
            begin["start"] = max(begin["start"], beste.vanaf)
            rooster = (rooster & masker_van_vrij(beste.vrij)) or rooster
        laatste = vraag.gewenst_einde and vraag.gewenst_einde - dt.timedelta(days=1)
        return {**begin, "rooster": rooster.masker, "einde": laatste}

    def clean_einde(self) -> dt.date | None:
        laatste: dt.date | None = self.cleaned_data["einde"]
        start = self.cleaned_data.get("start")
        if laatste and start and laatste < start:
            raise forms.ValidationError(_("Deze dag ligt voor de start. Kijk beide datums na."))
        return laatste

    def gekozen_week(self) -> Weekrooster:
        return Weekrooster(self.cleaned_data["rooster"])

    def gekozen_tot(self) -> dt.date | None:
        laatste: dt.date | None = self.cleaned_data["einde"]
        return laatste + dt.timedelta(days=1) if laatste else None


class NeeForm(forms.Form):
    """No place now: on the waiting list, or a no with its reason; one tap for either."""

    soort = Antwoord.NEE

    keuze = forms.ChoiceField(label=_("Wat zeg je tegen het gezin?"), widget=forms.RadioSelect)
    toelichting = forms.CharField(
        label=_("Wil je het gezin nog iets zeggen?"),
        required=False,
        max_length=500,
        widget=TekstGebied(attrs={"rows": 2}),
    )
    WACHTLIJST = "wachtlijst"

    def __init__(self, data: Any = None, *, aanmelding: Aanmelding, vooraf: str = "") -> None:
        super().__init__(data, initial={"keuze": vooraf})
        keuze = self.fields["keuze"]
        assert isinstance(keuze, forms.ChoiceField)
        keuze.choices = [*self._wachtlijst(aanmelding), *nee_keuzes(aanmelding.status)]

    def _wachtlijst(self, aanmelding: Aanmelding) -> list[tuple[str, Keuze]]:
        """Say that the family waits, in the words of the moment; nothing when it does already."""
        woorden = Keuze(
            _("Nu niet, maar ik zet het gezin op mijn wachtlijst"),
            _("Komt er een plaats vrij, dan kun je die nog voorstellen."),
        )
        if aanmelding.status == Aanmeldingstatus.WACHTLIJST:
            if aanmelding.eindstatus_voor is None:
                return []
            woorden = Keuze(
                _("Het gezin wacht nog en blijft op mijn wachtlijst"),
                _("We vragen het je over een tijd opnieuw."),
            )
        return [(self.WACHTLIJST, woorden)]

    def clean(self) -> dict[str, Any]:
        schoon = self.cleaned_data
        if schoon.get("keuze") == Weigerreden.ANDERS and not schoon.get("toelichting"):
            self.add_error("toelichting", _("Schrijf kort wat de reden is. Het gezin leest dit."))
        return schoon

    @property
    def reden(self) -> Weigerreden | None:
        """None means: on the waiting list."""
        keuze = self.cleaned_data["keuze"]
        return None if keuze == self.WACHTLIJST else Weigerreden(keuze)


class SamenForm(NeeForm):
    """The same no, or the same place on the waiting list, for several families."""

    def __init__(self, data: Any = None, *, aanmeldingen: Sequence[Aanmelding]) -> None:
        # Those of one list have the same choices; what does not fit one of them is said per family.
        gevraagd = [een for een in aanmeldingen if wordt_gevraagd(een)]
        super().__init__(data, aanmelding=next(iter([*gevraagd, *aanmeldingen]), Aanmelding()))
        self.fields["keuze"].label = _("Wat zeg je tegen deze gezinnen?")
        self.fields["toelichting"].label = _("Wil je de gezinnen nog iets zeggen?")
        self.fields["toelichting"].help_text = _("Elk gezin leest dezelfde woorden.")

    @property
    def keuze_in_woorden(self) -> str:
        veld: Any = self.fields["keuze"]
        return str(dict(veld.choices)[self.cleaned_data["keuze"]])


def nee_keuzes(status: str) -> list[tuple[str, str]]:
    """The reasons for a no; that the family has care already is known only of who waited."""
    return [
        (reden.value, gettext("Nee: %(reden)s") % {"reden": _klein(str(reden.label))})
        for reden in Weigerreden
        if reden != Weigerreden.GEVONDEN or status == Aanmeldingstatus.WACHTLIJST
    ]


def antwoordformulier(
    antwoord: str,
    data: Any = None,
    *,
    aanmelding: Aanmelding,
    aanboden: Sequence[Plaatsaanbod],
    vandaag: dt.date,
    vooraf: str = "",
) -> VoorstelForm | NeeForm | None:
    """The form behind one of the three buttons; None for anything else. `vooraf` is ticked already
    when the button of the mail said it.
    """
    if antwoord == Antwoord.NEE:
        return NeeForm(data, aanmelding=aanmelding, vooraf=vooraf)
    soort = {"ja": VoorstelForm, "anders": AndersForm}.get(antwoord)
    if soort is None:
        return None
    return soort(data, aanmelding=aanmelding, aanboden=aanboden, vandaag=vandaag)


def _klein(tekst: str) -> str:
    return tekst[:1].lower() + tekst[1:]


def _periode_in_woorden(aanbod: Plaatsaanbod) -> Keuze:
    dagen = in_woorden(masker_van_vrij(aanbod.vrij).masker)
    if aanbod.tot:
        laatste = aanbod.tot - dt.timedelta(days=1)
        periode = gettext("%(vanaf)s tot en met %(laatste)s") % {
            "vanaf": date_format(aanbod.vanaf, "j F Y"),
            "laatste": date_format(laatste, "j F Y"),
        }
    else:
        periode = gettext("Vanaf %(vanaf)s") % {"vanaf": date_format(aanbod.vanaf, "j F Y")}
    leeftijd = gettext("voor kinderen van %(van)s tot %(tot)s maanden") % {
        "van": aanbod.leeftijd_vanaf,
        "tot": aanbod.leeftijd_tot,
    }
    return Keuze(
        periode, gettext("Vrij: %(dagen)s, %(leeftijd)s") % {"dagen": dagen, "leeftijd": leeftijd}
    )
