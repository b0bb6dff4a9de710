"""The question pages of a request, one form each; the counter asks the same on one screen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Prefetch, Q
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.concept import MAX_KINDEREN, MAX_LOCATIES
from aanvragen.domain.gegevens import Kindgegevens
from aanvragen.domain.voorrang_telt import geeft_voorrang
from aanvragen.forms.stap import Stapformulier
from aanvragen.workflow import (
    DringendeReden,
    Kenmerkcode,
    Prijswens,
    Relatie,
    Vormwens,
    Zorgbehoefte,
)
from loket.forms import DatumVeld, KaartKeuze, Keuze, WeekroosterVeld, lees_ids
from loket.models import Gemeente, Loket, Wijk
from loket.week import opsomming
from opvang.models import Opvanglocatie
from opvang.workflow import Ruimer

#: Children go to the nursery class; after the third birthday care can no longer start.
MAX_JAREN = 3
#: A due date lies at most a pregnancy ahead, and may be some weeks behind us.
MAX_MAANDEN_VOORUIT = 10
MAX_WEKEN_OVER_TIJD = 4

TALEN = (
    ("nl", _("Nederlands")),
    ("fr", _("Frans")),
    ("en", _("Engels")),
    ("ar", _("Arabisch")),
    ("tr", _("Turks")),
    ("uk", _("Oekraïens")),
    ("pl", _("Pools")),
    ("ro", _("Roemeens")),
    ("bg", _("Bulgaars")),
    ("ru", _("Russisch")),
    ("es", _("Spaans")),
    ("pt", _("Portugees")),
    ("it", _("Italiaans")),
    ("de", _("Duits")),
    ("fa", _("Farsi of Dari")),
    ("ps", _("Pasjtoe")),
    ("so", _("Somalisch")),
    ("ti", _("Tigrinya")),
    ("ber", _("Berbers")),
    ("sgn", _("Gebarentaal")),
    ("ander", _("Een andere taal")),
)
GEEN_KENMERK, LIEVER_NIET = "geen", "liever_niet"


def _verjaardag(geboren: dt.date, jaren: int) -> dt.date:
    """Give the birthday in another year; 1 March for who was born on 29 February."""
    try:
        return geboren.replace(year=geboren.year + jaren)
    except ValueError:
        return dt.date(geboren.year + jaren, 3, 1)


def _maanden_later(dag: dt.date, maanden: int) -> dt.date:
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return dt.date(jaar, maand + 1, min(dag.day, 28))


class WieForm(Stapformulier):
    """Who asks, how to reach them, and where they live: that decides which loket helps."""

    voornaam = forms.CharField(
        label=_("Voornaam"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    familienaam = forms.CharField(
        label=_("Familienaam"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    relatie = forms.ChoiceField(
        label=_("Wie ben je voor het kind?"),
        choices=Relatie.choices,
        initial=Relatie.OUDER.value,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Hier krijg je de antwoorden. Op het einde sturen we er een code naartoe."),
        error_messages={"invalid": _("Vul een volledig e-mailadres in, zoals naam@voorbeeld.be.")},
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
    )
    telefoon = forms.CharField(
        label=_("Telefoon"),
        max_length=30,
        required=False,
        help_text=_("Handig als de opvang of het loket je wil bellen."),
        validators=[
            RegexValidator(
                r"^\+?[0-9 ./()-]{8,}$", _("Schrijf een telefoonnummer, zoals 0470 12 34 56.")
            )
        ],
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    straat = forms.CharField(
        label=_("Straat"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-line1"}),
    )
    huisnummer = forms.CharField(label=_("Huisnummer en bus"), max_length=20, required=False)
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        validators=[
            RegexValidator(r"^[1-9][0-9]{3}$", _("Een postcode heeft vier cijfers, zoals 9000."))
        ],
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    gemeente = forms.ChoiceField(
        label=_("Gemeente"),
        help_text=_("De gemeente waar je kind woont of zal wonen."),
    )
    wijk = forms.ChoiceField(label=_("Deelgemeente of wijk"), required=False)

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        if self.kader.email:
            del self.fields["email"]
        elif self.kader.aan_balie:
            self.fields["email"].required = False
            self.fields["email"].help_text = _(
                "Heeft de ouder geen e-mailadres? Noteer dan een telefoonnummer."
            )
        self._vul_gemeenten()
        self._vul_wijken()

    @cached_property
    def _gemeenten(self) -> dict[str, Gemeente]:
        gemeenten = Gemeente.objects.prefetch_related(
            Prefetch("lokets", queryset=Loket.objects.order_by("pk"))
        )
        return {str(gemeente.pk): gemeente for gemeente in gemeenten}

    def _vul_gemeenten(self) -> None:
        hier = [(pk, g.naam) for pk, g in self._gemeenten.items() if list(g.lokets.all())]
        elders = [(pk, g.naam) for pk, g in self._gemeenten.items() if not list(g.lokets.all())]
        self.keuzeveld("gemeente").choices = [
            ("", gettext("Kies je gemeente")),
            *([(gettext("Hier helpen we je"), hier)] if elders else hier),
            *([(gettext("Andere gemeenten"), elders)] if elders else []),
        ]

    def _vul_wijken(self) -> None:
        wijken: dict[str, list[tuple[str, str]]] = {}
        for wijk in (
            Wijk.objects.filter(gemeente__lokets__isnull=False)
            .select_related("gemeente")
            .order_by("gemeente__naam", "naam")
            .distinct()
        ):
            wijken.setdefault(wijk.gemeente.naam, []).append((str(wijk.pk), wijk.naam))
        weet_niet = ("", gettext("Weet ik niet"))
        if not wijken:
            del self.fields["wijk"]
        elif len(wijken) == 1:
            self.keuzeveld("wijk").choices = [weet_niet, *next(iter(wijken.values()))]
        else:
            self.keuzeveld("wijk").choices = [weet_niet, *wijken.items()]

    def clean_gemeente(self) -> Gemeente:
        gemeente = self._gemeenten[self.cleaned_data["gemeente"]]
        if not list(gemeente.lokets.all()):
            raise ValidationError(self._elders(gemeente), code="elders")
        return gemeente

    def _elders(self, gemeente: Gemeente) -> str:
        loket = self.kader.loket
        tekst = gettext(
            "In %(gemeente)s helpt een ander loket je. Zoek op de website van %(gemeente)s naar "
            "“lokaal loket kinderopvang”. Wij helpen gezinnen in %(hier)s."
        ) % {
            "gemeente": gemeente.naam,
            "hier": opsomming([g.naam for g in loket.gemeenten.all()]),
        }
        if loket.telefoon:
            tekst += " " + gettext("Lukt het niet? Bel ons op %(telefoon)s.") % {
                "telefoon": loket.telefoon
            }
        return tekst

    def clean(self) -> dict[str, Any]:
        schoon = self.cleaned_data
        gemeente, postcode = schoon.get("gemeente"), schoon.get("postcode")
        if gemeente and postcode and gemeente.postcodes and postcode not in gemeente.postcodes:
            self.add_error(
                "postcode",
                gettext(
                    "Postcode %(postcode)s hoort niet bij %(gemeente)s. "
                    "Kijk de postcode en de gemeente na."
                )
                % {"postcode": postcode, "gemeente": gemeente.naam},
            )
        wijk = schoon.get("wijk")
        if gemeente and wijk and not gemeente.wijken.filter(pk=wijk).exists():
            self.add_error(
                "wijk",
                gettext("Deze wijk ligt niet in %(gemeente)s.") % {"gemeente": gemeente.naam},
            )
        if (
            self.kader.aan_balie
            and not (schoon.get("email") or schoon.get("telefoon"))
            and not ({"email", "telefoon"} & set(self.errors))
        ):
            self.add_error("telefoon", gettext("Geef een e-mailadres of een telefoonnummer."))
        return schoon

    def adres(self) -> str:
        """Give a good address that was typed here, also while something else is wrong."""
        if "email" not in self.fields or "email" in self.errors:
            return ""
        return str(self.cleaned_data.get("email", ""))

    def loket(self) -> Loket | None:
        """Find the loket for this address; that of the draft when several serve the gemeente."""
        if not self.is_valid():
            return None
        lokets = list(self.cleaned_data["gemeente"].lokets.all())
        return self.kader.loket if self.kader.loket in lokets else lokets[0]


@dataclass(frozen=True, slots=True)
class Kindblok:
    """The inputs of one child on the page."""

    nummer: int
    velden: list[BoundField]
    kan_weg: bool


class KinderForm(Stapformulier):
    """One or more children, each born or expected; a button posts and one more is asked."""

    extra_namen: ClassVar[tuple[str, ...]] = ("aantal",)
    _delen: ClassVar[tuple[str, ...]] = ("geboren", "voornaam", "familienaam", "datum")

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.aantal = _aantal(self.data.get("aantal"))
        for nummer in range(self.aantal):
            self.fields[f"geboren_{nummer}"] = forms.ChoiceField(
                label=_("Is je kind al geboren?"),
                choices=[("ja", _("Ja")), ("nee", _("Nee, nog niet"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"voornaam_{nummer}"] = forms.CharField(
                label=_("Voornaam van je kind"),
                max_length=80,
                required=False,
                help_text=_("Weet je nog geen naam? Laat dit dan leeg."),
                widget=forms.TextInput({"autocomplete": "off"}),
            )
            self.fields[f"familienaam_{nummer}"] = forms.CharField(
                label=_("Familienaam van je kind"),
                max_length=80,
                widget=forms.TextInput({"autocomplete": "off"}),
            )
            self.fields[f"datum_{nummer}"] = DatumVeld(
                label=_("Geboortedatum, of de datum waarop je je baby verwacht"),
                help_text=_("Bijvoorbeeld 14 3 2027. De naam van de maand mag ook."),
                error_messages={
                    "required": _(
                        "Vul in wanneer je kind geboren is, of wanneer je je baby verwacht."
                    )
                },
            )

    def blokken(self) -> Iterator[Kindblok]:
        for nummer in range(self.aantal):
            yield Kindblok(
                nummer=nummer + 1,
                velden=[self[f"{deel}_{nummer}"] for deel in self._delen],
                kan_weg=self.aantal > 1,
            )

    @property
    def kan_erbij(self) -> bool:
        return self.aantal < MAX_KINDEREN

    def invoer_met_een_erbij(self) -> dict[str, list[str]]:
        """Give the answers with room for one more child, likely with the same family name."""
        invoer = self.invoer()
        if not self.kan_erbij:
            return invoer
        vorige = self.aantal - 1
        invoer["aantal"] = [str(self.aantal + 1)]
        invoer[f"familienaam_{self.aantal}"] = invoer.get(f"familienaam_{vorige}", [])
        return invoer

    def invoer_zonder(self, nummer: int) -> dict[str, list[str]]:
        """Give the answers without one child; the later ones move up."""
        invoer = self.invoer()
        if not 1 <= nummer <= self.aantal or self.aantal == 1:
            return invoer
        over: dict[str, list[str]] = {"aantal": [str(self.aantal - 1)]}
        for naam, waarden in invoer.items():
            gevonden = re.fullmatch(r"([a-z]+)_(\d+)(_[a-z]+)?", naam)
            if gevonden is None or int(gevonden[2]) == nummer - 1:
                continue
            plaats = int(gevonden[2]) - (int(gevonden[2]) >= nummer)
            over[f"{gevonden[1]}_{plaats}{gevonden[3] or ''}"] = waarden
        return over

    def clean(self) -> dict[str, Any]:
        for nummer in range(self.aantal):
            self._kijk_kind_na(nummer)
        gezien: set[tuple[str, dt.date]] = set()
        for nummer, kind in self._kinderen():
            if kind.geboortedatum is None:
                continue
            sleutel = (kind.voornaam.casefold(), kind.geboortedatum)
            if sleutel in gezien:
                self.add_error(
                    f"voornaam_{nummer}",
                    gettext(
                        "Dit kind staat er al. Een tweeling heeft twee verschillende voornamen."
                    ),
                )
            gezien.add(sleutel)
        return self.cleaned_data

    def _kijk_kind_na(self, nummer: int) -> None:
        schoon, vandaag = self.cleaned_data, self.kader.vandaag
        geboren, datum = schoon.get(f"geboren_{nummer}"), schoon.get(f"datum_{nummer}")
        if geboren == "ja" and not schoon.get(f"voornaam_{nummer}"):
            self.add_error(f"voornaam_{nummer}", gettext("Vul de voornaam van je kind in."))
        if geboren is None or datum is None:
            return
        fout = ""
        if geboren == "ja" and datum > vandaag:
            fout = gettext(
                "Deze dag moet nog komen. Is je kind nog niet geboren? Kies dan “Nee, nog niet”."
            )
        elif geboren == "ja" and datum < _verjaardag(vandaag, -MAX_JAREN):
            fout = gettext(
                "Dit kind is ouder dan 3 jaar. Wij helpen bij opvang voor baby's en peuters. "
                "Bel het loket: zij wijzen je de weg naar andere opvang."
            )
        elif geboren == "nee" and datum < vandaag - dt.timedelta(weeks=MAX_WEKEN_OVER_TIJD):
            fout = gettext("Deze dag is al even voorbij. Is je kind geboren? Kies dan “Ja”.")
        elif geboren == "nee" and datum > _maanden_later(vandaag, MAX_MAANDEN_VOORUIT):
            fout = gettext(
                "Deze dag ligt meer dan 10 maanden ver. "
                "Je kunt opvang vragen zodra je zwanger bent en de verwachte datum kent."
            )
        if fout:
            self.add_error(f"datum_{nummer}", fout)

    def _kinderen(self) -> Iterator[tuple[int, Kindgegevens]]:
        schoon = self.cleaned_data
        for nummer in range(self.aantal):
            datum, geboren = schoon.get(f"datum_{nummer}"), schoon.get(f"geboren_{nummer}") == "ja"
            if datum is not None and schoon.get(f"geboren_{nummer}"):
                yield (
                    nummer,
                    Kindgegevens(
                        voornaam=schoon.get(f"voornaam_{nummer}", ""),
                        familienaam=schoon.get(f"familienaam_{nummer}", ""),
                        geboortedatum=datum if geboren else None,
                        verwachte_geboortedatum=None if geboren else datum,
                    ),
                )

    def kinderen(self) -> tuple[Kindgegevens, ...]:
        """Give the children, or none as long as something is wrong."""
        return tuple(kind for _nummer, kind in self._kinderen()) if self.is_valid() else ()


def _aantal(waarde: Any) -> int:
    tekst = str(waarde or "")
    return min(max(int(tekst), 1), MAX_KINDEREN) if re.fullmatch(r"[0-9]{1,3}", tekst) else 1


def naam_van(kind: Kindgegevens) -> str:
    """Give the first name, or "baby Peeters" as long as there is none."""
    return kind.voornaam or gettext("baby %(familienaam)s") % {"familienaam": kind.familienaam}


def rekendatum(kind: Kindgegevens) -> dt.date:
    datum = kind.geboortedatum or kind.verwachte_geboortedatum
    assert datum is not None
    return datum


class WanneerForm(Stapformulier):
    """From when, how exactly, and until when."""

    start = DatumVeld(
        label=_("Vanaf welke dag heb je opvang nodig?"),
        error_messages={"required": _("Vul in vanaf welke dag je opvang nodig hebt.")},
    )
    flexibel = forms.TypedChoiceField(
        label=_("Mag het ook vroeger of later beginnen?"),
        help_text=_("Wie kan schuiven, vindt vaker plaats. Nee is ook een goed antwoord."),
        required=False,
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know only text
        choices=[
            ("0", _("Nee, rond deze dag")),
            ("2", _("Ja, tot 2 weken vroeger of later")),
            ("4", _("Ja, tot een maand vroeger of later")),
            ("8", _("Ja, tot twee maanden vroeger of later")),
        ],
        widget=KaartKeuze,
    )
    einde = DatumVeld(
        label=_("Wat is de laatste dag?"),
        required=False,
        help_text=_(
            "Alleen als je nu al weet dat de opvang stopt, bijvoorbeeld omdat je verhuist."
        ),
    )

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.fields["start"].help_text = self._hint()

    def _hint(self) -> str:
        voorbeeld = _maanden_later(self.kader.vandaag, 9).replace(day=1)
        hint = gettext("Bijvoorbeeld %(voorbeeld)s.") % {
            "voorbeeld": f"{voorbeeld.day} {voorbeeld.month} {voorbeeld.year}"
        }
        verwacht = [k for k in self.kader.kinderen if k.verwachte_geboortedatum]
        if verwacht:
            hint += " " + gettext("Je verwacht %(naam)s rond %(dag)s.") % {
                "naam": naam_van(verwacht[0]),
                "dag": date_format(rekendatum(verwacht[0]), "j F Y"),
            }
        return hint

    def clean_start(self) -> dt.date:
        start: dt.date = self.cleaned_data["start"]
        if start < self.kader.vandaag:
            raise ValidationError(
                gettext("Deze dag is al voorbij. Kies vandaag of een latere dag.")
            )
        for kind in self.kader.kinderen:
            geboren = rekendatum(kind)
            if start < geboren:
                raise ValidationError(
                    gettext("Je startdatum ligt voor de geboorte. Kies een latere datum.")
                )
            if start > _verjaardag(geboren, MAX_JAREN):
                raise ValidationError(
                    gettext(
                        "Op deze dag is %(naam)s ouder dan 3 jaar. Dan gaat een kind naar de "
                        "kleuterklas. Kies een vroegere dag, of bel het loket."
                    )
                    % {"naam": naam_van(kind)}
                )
        return start

    def clean(self) -> dict[str, Any]:
        schoon = self.cleaned_data
        start, einde = schoon.get("start"), schoon.get("einde")
        if start and einde and einde <= start:
            self.add_error(
                "einde", gettext("De laatste dag komt na de eerste dag. Kijk de twee datums na.")
            )
        return schoon

    def tot(self) -> dt.date | None:
        """Give the day after the last one: intervals are stored that way."""
        einde: dt.date | None = self.cleaned_data["einde"]
        return None if einde is None else einde + dt.timedelta(days=1)


class DagenForm(Stapformulier):
    """Which dagdelen of the week, or of two weeks in turn."""

    rooster = WeekroosterVeld(
        label=_("Welke dagen?"),
        help_text=_("Tik aan wat je nodig hebt. Een hele dag is voormiddag en namiddag."),
    )
    wisselend = forms.ChoiceField(
        label=_("Is dat elke week zo?"),
        choices=[
            ("nee", Keuze(_("Ja, elke week dezelfde dagen"))),
            (
                "ja",
                Keuze(
                    _("Nee, om de week andere dagen"),
                    _("Bijvoorbeeld bij ploegenwerk, of als je kind bij twee ouders woont"),
                ),
            ),
        ],
        initial="nee",
        widget=KaartKeuze,
    )
    rooster_wissel = WeekroosterVeld(
        label=_("Welke dagen in de andere week?"),
        required=False,
        help_text=_("Niets aantikken mag ook: dan heb je die week geen opvang nodig."),
    )
    schuiven = forms.ChoiceField(
        label=_("Mag er een dag schuiven?"),
        required=False,
        help_text=_("Wie kan schuiven, vindt vaker plaats. Nee is ook een goed antwoord."),
        choices=[
            (
                "ja",
                Keuze(
                    _("Ja, een andere dag mag ook"),
                    _("Bijvoorbeeld woensdag in plaats van donderdag"),
                ),
            ),
            ("nee", Keuze(_("Nee, ik heb precies deze dagen nodig"))),
        ],
        widget=KaartKeuze,
    )

    def rooster_andere_week(self) -> int | None:
        """Give the other week, when it really differs."""
        schoon = self.cleaned_data
        if schoon["wisselend"] != "ja" or schoon["rooster_wissel"] == schoon["rooster"]:
            return None
        wissel: int = schoon["rooster_wissel"]
        return wissel


class LocatiesInvoer(forms.MultipleHiddenInput):
    """The chosen locations in order of wish, as hidden inputs beside what the page shows."""


class LocatiesVeld(forms.Field):
    """Ids in order of wish to public locations; what nobody may choose is left out and told."""

    widget = LocatiesInvoer

    def to_python(self, value: Any) -> list[Opvanglocatie]:
        waarden = list(dict.fromkeys(str(waarde) for waarde in value or [] if waarde))
        if len(waarden) > MAX_LOCATIES:
            raise ValidationError(
                ngettext(
                    "Kies hoogstens %(aantal)s opvangplek. Haal er enkele weg.",
                    "Kies hoogstens %(aantal)s opvangplekken. Haal er enkele weg.",
                    MAX_LOCATIES,
                )
                % {"aantal": MAX_LOCATIES},
                code="te_veel",
            )
        locaties = zoek_op_volgorde(waarden)
        if len(locaties) != len(waarden):
            raise ValidationError(
                gettext(
                    "Een opvangplek die je koos, is niet meer te vinden. "
                    "We haalden ze uit je lijst. Kijk na en ga verder."
                ),
                code="weg",
            )
        return locaties


def zoek_op_volgorde(waarden: list[str]) -> list[Opvanglocatie]:
    """Find the public locations behind these ids, in this order; leave anything else out."""
    ids = lees_ids(waarden)
    gevonden = Opvanglocatie.objects.publiek().in_bulk(ids[:MAX_LOCATIES])
    return [gevonden[pk] for pk in dict.fromkeys(ids) if pk in gevonden]


class OpvangForm(Stapformulier):
    """At which locations, in order of wish, or anywhere in an area; and what matters besides."""

    keuze = forms.ChoiceField(
        label=_("Hoe wil je kiezen?"),
        choices=[
            (
                "zelf",
                Keuze(
                    _("Ik kies zelf een of meer opvangplekken"),
                    _("Ze krijgen je vraag allemaal tegelijk"),
                ),
            ),
            (
                "overal",
                Keuze(
                    _("Ik heb geen voorkeur"),
                    _("Je vraag gaat naar alle opvangplekken in de gemeenten die je kiest"),
                ),
            ),
        ],
        widget=KaartKeuze,
    )
    locatie = LocatiesVeld(label=_("Jouw opvangplekken"), required=False)
    gebied = forms.ModelMultipleChoiceField(
        label=_("In welke gemeenten?"),
        queryset=Gemeente.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vormwens = forms.ChoiceField(
        label=_("Welke soort opvang heb je het liefst?"),
        choices=[
            (Vormwens.GEEN, Keuze(Vormwens.GEEN.label)),
            (
                Vormwens.GEZIN,
                Keuze(Vormwens.GEZIN.label, _("Een kleine groep, meestal bij iemand thuis")),
            ),
            (
                Vormwens.GROEP,
                Keuze(Vormwens.GROEP.label, _("Een grotere groep, met enkele begeleiders")),
            ),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    prijswens = forms.ChoiceField(
        label=_("Welke prijs past bij je?"),
        choices=[
            (Prijswens.GEEN, Keuze(Prijswens.GEEN.label)),
            (
                Prijswens.INKOMENSTARIEF,
                Keuze(
                    Prijswens.INKOMENSTARIEF.label,
                    _("Hoe minder je verdient, hoe minder je betaalt"),
                ),
            ),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        gebied = self.fields["gebied"]
        assert isinstance(gebied, forms.ModelMultipleChoiceField)
        gebied.queryset = self.kader.loket.gemeenten.all()

    def gekozen_waarden(self) -> list[str]:
        """Give the ids as they were posted or saved, unjudged."""
        return [waarde for waarde in self.invoer().get("locatie", []) if waarde]

    def gekozen(self) -> list[Opvanglocatie]:
        """Give the locations to show, in order, also while something else is wrong."""
        return zoek_op_volgorde(self.gekozen_waarden())

    def clean(self) -> dict[str, Any]:
        schoon = self.cleaned_data
        keuze = schoon.get("keuze")
        if keuze == "zelf" and "locatie" in schoon and not schoon["locatie"]:
            self.add_error(
                "locatie", gettext("Kies minstens één opvangplek. Zoek hieronder bij naam.")
            )
        if keuze == "overal" and "gebied" in schoon:
            if not schoon["gebied"]:
                self.add_error("gebied", gettext("Kies minstens één gemeente waar je zoekt."))
            elif not Opvanglocatie.objects.publiek().filter(gemeente__in=schoon["gebied"]).exists():
                self.add_error(
                    "gebied",
                    gettext(
                        "In deze gemeente is er nog geen opvang in ons loket. Kies er een bij."
                    ),
                )
        return schoon

    def locatie_ids(self) -> tuple[int, ...]:
        if self.cleaned_data["keuze"] != "zelf":
            return ()
        return tuple(locatie.pk for locatie in self.cleaned_data["locatie"])

    def kenmerken_tellen(self) -> bool:
        """Tell whether a chosen location has places at inkomenstarief (T2, T3), where law gives
        some families priority. What is unknown may have them: then too.
        """
        if not self.is_valid():
            return True
        publiek = Opvanglocatie.objects.publiek()
        if self.cleaned_data["keuze"] == "overal":
            gekozen = publiek.filter(gemeente__in=self.cleaned_data["gebied"])
        else:
            gekozen = publiek.filter(pk__in=self.locatie_ids())
        return geeft_voorrang(gekozen, peildatum=self.kader.vandaag)

    def gebied_ids(self) -> tuple[int, ...]:
        if self.cleaned_data["keuze"] != "overal":
            return ()
        return tuple(gemeente.pk for gemeente in self.cleaned_data["gebied"])


class ZoekForm(forms.Form):
    """Look a location up by name or place."""

    zoek = forms.CharField(
        label=_("Zoek een opvangplek bij naam of plaats"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
    )
    verberg_niet_verplicht = True

    def treffers(self, *, behalve: list[Opvanglocatie], aantal: int = 10) -> list[Opvanglocatie]:
        """Find the first public locations that match, without those chosen already."""
        if not self.is_valid() or not self.cleaned_data["zoek"]:
            return []
        zoek = self.cleaned_data["zoek"]
        return list(
            Opvanglocatie.objects.publiek()
            .filter(
                Q(naam__unaccent__icontains=zoek)
                | Q(plaats__unaccent__icontains=zoek)
                | Q(gemeente__naam__unaccent__icontains=zoek)
                | Q(postcode=zoek)
            )
            .exclude(pk__in=[locatie.pk for locatie in behalve])
            .order_by("naam", "pk")[:aantal]
        )


class SituatieForm(Stapformulier):
    """What may give more rights or better help: never required, never an amount or a diagnosis.

    The traits of the family are asked only where they count; `zonder_kenmerken` remembers that they
    were not.
    """

    extra_namen: ClassVar[tuple[str, ...]] = ("zonder_kenmerken",)

    dringend = forms.ChoiceField(
        label=_("Heb je heel snel opvang nodig?"),
        choices=[("", _("Nee, niet dringend")), *DringendeReden.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    ruimer = forms.MultipleChoiceField(
        label=_("Heb je opvang nodig op andere uren?"),
        help_text=_("De meeste opvang is open van maandag tot vrijdag, tussen 7 en 18 uur."),
        choices=Ruimer.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    zorg = forms.ChoiceField(
        label=_("Heeft je kind extra zorg nodig?"),
        help_text=_(
            "Schrijf hier niet wat er is. Dat bespreek je later met de opvang, als je dat wilt."
        ),
        choices=[(keuze.value, keuze.label) for keuze in Zorgbehoefte if keuze.value],
        required=False,
        widget=forms.RadioSelect,
    )
    kenmerken = forms.MultipleChoiceField(
        label=_("Vink aan wat klopt voor jullie"),
        choices=[
            *Kenmerkcode.choices,
            (GEEN_KENMERK, _("Niets van dit alles")),
            (LIEVER_NIET, _("Dat zeg ik liever niet")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    taal = forms.ChoiceField(
        label=_("Welke taal spreken jullie thuis?"),
        choices=[("", _("Kies een taal")), *TALEN],
        required=False,
    )
    tolk = forms.BooleanField(label=_("Ik wil graag hulp van een tolk"), required=False)

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        if not self.kader.kenmerken_tellen:
            del self.fields["kenmerken"]

    def nog_kenmerken_vragen(self) -> bool:
        """Tell whether traits count now, while this page was answered when they did not."""
        return self.kader.kenmerken_tellen and bool(self.data.get("zonder_kenmerken"))

    def clean_kenmerken(self) -> list[str]:
        gekozen: list[str] = self.cleaned_data["kenmerken"]
        if len(gekozen) > 1 and {GEEN_KENMERK, LIEVER_NIET} & set(gekozen):
            raise ValidationError(
                gettext(
                    "Je vinkt iets aan én je kiest “%(geen)s” of “%(liever)s”. "
                    "Haal een van de twee weg."
                )
                % {
                    "geen": gettext("Niets van dit alles"),
                    "liever": gettext("Dat zeg ik liever niet"),
                }
            )
        return gekozen

    def kenmerken_per_code(self) -> dict[str, bool]:
        """Say yes or no per trait when the question was answered; nothing means "not asked"."""
        gekozen = set(self.cleaned_data.get("kenmerken", []))
        if not gekozen or LIEVER_NIET in gekozen:
            return {}
        return {code: code in gekozen for code in Kenmerkcode.values}


class ToestemmingForm(Stapformulier):
    """The family agrees that the locations it chose see its answers."""

    akkoord = forms.BooleanField(
        label=_("De opvangplekken die ik kies, mogen deze gegevens zien om mij te antwoorden"),
        error_messages={
            "required": _(
                "Vink aan dat de opvangplekken je gegevens mogen zien. "
                "Anders kunnen ze niet antwoorden."
            )
        },
    )
