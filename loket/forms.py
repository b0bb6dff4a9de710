"""Every form in our markup: label, hint, error, input, in that order.

`Weergave` is the renderer of all forms (setting FORM_RENDERER). A page writes:

    {% foutlijst form %}                 the error summary, at the top
    <form method="post" novalidate>{% csrf_token %}
      {{ form }}                         all fields, or one at a time: {% veld form.start %}
      <button class="knop">…</button>

A form may set `verberg_niet_verplicht = True` (search and filters) to leave out "(niet verplicht)".
Choices may carry a hint: `Keuze(_("Ja, 1 dag mag anders"), _("Bijvoorbeeld woensdag"))`. Widgets
`KaartKeuze` and `KaartVinkjes` show the choices as cards; `TekstGebied` is a small textarea.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket import week

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict
    from django_stubs_ext import StrOrPromise

#: As many digits as any row id has.
ID_CIJFERS = 18
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
ANDERE_KORTE_NAMEN = {"mrt": 3}
KORTSTE_NAAM = 3
EERSTE_JAAR, LAATSTE_JAAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Keuze:
    """The label of a choice with a hint below it."""

    tekst: StrOrPromise
    hint: StrOrPromise = ""

    def __str__(self) -> str:
        return str(self.tekst)


def _is_kaal_verplicht(fout: object) -> bool:
    kaal = forms.Field.default_error_messages["required"]
    return isinstance(fout, ValidationError) and fout.code == "required" and fout.message == kaal


class LoketVeld(BoundField):
    """A field as our templates want it: classes, and an anchor for the error summary."""

    @property
    def anker(self) -> str:
        """Id of the element that the error summary leads to: the first input of a group."""
        widget = self.field.widget
        if isinstance(widget, (DatumInvoer, WeekroosterInvoer)):
            return widget.eerste_id(self.auto_id)
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def errors(self) -> ErrorList:
        """Say which question is unanswered: six times "this field is required" helps nobody."""
        fouten = super().errors
        if any(_is_kaal_verplicht(fout) for fout in fouten.as_data()):
            fouten = fouten.copy()
            fouten.data = [
                ValidationError(self._vul_in(), code="required")
                if _is_kaal_verplicht(fout)
                else fout
                for fout in fouten.data
            ]
        return fouten

    def _vul_in(self) -> str:
        if str(self.label).endswith("?"):
            tekst = gettext("Beantwoord de vraag: %(label)s")
        elif self.soort == "vinkje":
            tekst = gettext("Vink aan: %(label)s.")
        elif self.soort == "keuzes" or isinstance(self.field.widget, forms.Select):
            tekst = gettext("Kies: %(label)s.")
        else:
            tekst = gettext("Vul in: %(label)s.")
        return tekst % {"label": self.label}

    @property
    def soort(self) -> str:
        """How the field template shows it."""
        widget = self.field.widget
        if isinstance(widget, WeekroosterInvoer):
            return "week"
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return "keuzes"
        if isinstance(widget, forms.CheckboxInput):
            return "vinkje"
        return "groep" if widget.use_fieldset else "invoer"

    @property
    def keuzes(self) -> list[dict[str, Any]]:
        """Give the choices: the attributes of each input, and its label with a hint."""
        return [
            {
                "attrs": {
                    "type": keuze["type"],
                    "name": keuze["name"],
                    "value": "" if keuze["value"] is None else keuze["value"],
                    "id": keuze["attrs"].get("id", False),
                    "checked": keuze["selected"],
                    "disabled": keuze["attrs"].get("disabled", False),
                },
                "label": keuze["label"],
            }
            for keuze in (deel.data for deel in self.subwidgets)
        ]

    @property
    def kaart(self) -> bool:
        return bool(getattr(self.field.widget, "kaart", False))

    @property
    def niet_verplicht(self) -> bool:
        """Whether to say that the field may stay empty; a lone tick box never needs that."""
        verbergt = getattr(self.form, "verberg_niet_verplicht", False)
        return not (self.field.required or verbergt or self.soort == "vinkje")

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        # The server says what is missing, with a summary; the browser's bubbles say it worse.
        attrs.pop("required", None)
        if self.soort == "invoer" and not widget.is_hidden:
            klassen = f"{widget.attrs.get('class', '')} {attrs.get('class', '')} invoer".split()
            attrs["class"] = " ".join(dict.fromkeys(klassen))
        return attrs


class Weergave(TemplatesSetting):
    """Renders every form with the templates in templates/django/forms/loket/."""

    form_template_name = "django/forms/loket/formulier.html"
    formset_template_name = "django/forms/loket/formulieren.html"
    field_template_name = "django/forms/loket/veld.html"
    bound_field_class = LoketVeld


class KaartKeuze(forms.RadioSelect):
    """One of a few, each in a card."""

    kaart = True


class KaartVinkjes(forms.CheckboxSelectMultiple):
    """Some of a few, each in a card."""

    kaart = True


class TekstGebied(forms.Textarea):
    """A text of a few lines."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4} | (attrs or {}))


# A date in three inputs: typing is quicker than a calendar, and a month may be a name


class DatumInvoer(forms.Widget):
    """Three inputs for day, month and year; reads an ISO date under the plain name too (links)."""

    template_name = "django/forms/loket/datum.html"
    use_fieldset = True
    delen: ClassVar[Sequence[tuple[str, StrOrPromise]]] = (
        ("dag", _("Dag")),
        ("maand", _("Maand")),
        ("jaar", _("Jaar")),
    )

    def eerste_id(self, basis: str) -> str:
        return f"{basis}_dag"

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002 -- the legend is the label
        return ""

    def format_value(self, value: Any) -> Any:
        if isinstance(value, dt.date):
            return (str(value.day), str(value.month), str(value.year))
        if isinstance(value, (tuple, list)):
            return tuple(value)
        return ("", "", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        waarden = self.format_value(value)
        eigen = context["widget"]["attrs"]
        context["widget"]["delen"] = [
            {
                "label": label,
                "attrs": {
                    "type": "text",
                    "name": f"{name}_{deel}",
                    "value": waarde,
                    "id": f"{eigen.get('id', name)}_{deel}",
                    "class": "invoer",
                    # A month may be a word: that needs the letters of the keyboard.
                    "inputmode": "text" if deel == "maand" else "numeric",
                    "autocomplete": "off",
                    "disabled": eigen.get("disabled", False),
                    "aria-invalid": eigen.get("aria-invalid", False),
                },
            }
            for (deel, label), waarde in zip(self.delen, waarden, strict=True)
        ]
        return context

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, UploadedFile[Any]],  # noqa: ARG002 -- Django's signature
        name: str,
    ) -> Any:
        iso = data.get(name)
        if isinstance(iso, dt.date):
            return iso
        if isinstance(iso, str) and (
            deel := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", iso.strip())
        ):
            return (deel[3], deel[2], deel[1])
        return tuple(str(data.get(f"{name}_{deel}") or "").strip() for deel, _label in self.delen)

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, UploadedFile[Any]],  # noqa: ARG002 -- Django's signature
        name: str,
    ) -> bool:
        return name not in data and not any(f"{name}_{deel}" in data for deel, _label in self.delen)


def lees_ids(waarden: Iterable[str]) -> list[int]:
    """Read the row ids among what a page sent; what is none, or too long for one, is left out."""
    return [
        int(waarde)
        for waarde in waarden
        if waarde.isascii() and waarde.isdigit() and len(waarde) <= ID_CIJFERS
    ]


def lees_maand(tekst: str) -> int | None:
    """Read "9", "09", "september", "sept." or "mrt"; None when it is no month."""
    schoon = tekst.strip().rstrip(".").lower()
    if schoon.isascii() and schoon.isdigit():
        return int(schoon) if 1 <= int(schoon) <= len(MAANDEN) else None
    if schoon in ANDERE_KORTE_NAMEN:
        return ANDERE_KORTE_NAMEN[schoon]
    if len(schoon) < KORTSTE_NAAM:
        return None
    passend = [nummer for nummer, naam in enumerate(MAANDEN, start=1) if naam.startswith(schoon)]
    return passend[0] if len(passend) == 1 else None


class DatumVeld(forms.Field):
    """A date typed as day, month (a name is fine) and year. Gives a `date`, or None when empty."""

    widget = DatumInvoer
    default_error_messages: ClassVar[dict[str, StrOrPromise]] = {
        "required": _("Vul een datum in."),
        "ontbreekt": _("Vul ook %(wat)s in."),
        "maand": _("Schrijf de maand als een getal van 1 tot 12 of als een naam, zoals september."),
        "jaar": _("Schrijf het jaar met vier cijfers, zoals 2027."),
        "invalid": _("Deze dag bestaat niet. Kijk de datum na."),
    }

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date) or value is None:
            return value
        dag, maand, jaar = value
        if not (dag or maand or jaar):
            return None
        return self._samen(dag, maand, jaar)

    def _samen(self, dag: str, maand: str, jaar: str) -> dt.date:
        namen = (
            (dag, gettext("de dag")),
            (maand, gettext("de maand")),
            (jaar, gettext("het jaar")),
        )
        ontbreekt = [naam for waarde, naam in namen if not waarde]
        if ontbreekt:
            raise self._fout("ontbreekt", wat=week.opsomming(ontbreekt))
        maandnummer = lees_maand(maand)
        if maandnummer is None:
            raise self._fout("maand")
        if not re.fullmatch(r"[0-9]{4}", jaar) or not EERSTE_JAAR <= int(jaar) <= LAATSTE_JAAR:
            raise self._fout("jaar")
        if not re.fullmatch(r"[0-9]{1,2}", dag):
            raise self._fout("invalid")
        try:
            return dt.date(int(jaar), maandnummer, int(dag))
        except ValueError as fout:
            raise self._fout("invalid") from fout

    def _fout(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params or None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


# The week: fourteen real check boxes, one number


class WeekroosterInvoer(forms.Widget):
    """Seven days of two check boxes; works without JavaScript, reads the number too (links)."""

    template_name = "django/forms/loket/weekrooster.html"
    use_fieldset = True

    def eerste_id(self, basis: str) -> str:
        return f"{basis}_ma-vm"

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002 -- the legend is the label
        return ""

    def format_value(self, value: Any) -> Any:
        """Give the chosen codes; what was typed wrongly chooses nothing."""
        if isinstance(value, (list, tuple)):
            return {code for code in value if code in week.CODES}
        try:
            masker = int(value or 0)
        except (TypeError, ValueError):
            return set()
        return {code for code, bit in week.CODES.items() if masker & bit}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        gekozen = self.format_value(value)
        basis = context["widget"]["attrs"].get("id", name)
        context["widget"]["dagen"] = [
            {
                "kort": dag,
                "naam": dagnaam,
                "delen": [
                    {
                        "naam": deelnaam,
                        "attrs": {
                            "type": "checkbox",
                            "name": name,
                            "value": f"{dag}-{deel}",
                            "id": f"{basis}_{dag}-{deel}",
                            "checked": f"{dag}-{deel}" in gekozen,
                            "disabled": context["widget"]["attrs"].get("disabled", False),
                        },
                    }
                    for deel, deelnaam in week.DAGDELEN
                ],
            }
            for dag, dagnaam in week.DAGEN
        ]
        return context

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, UploadedFile[Any]],  # noqa: ARG002 -- Django's signature
        name: str,
    ) -> Any:
        lijst = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        if isinstance(lijst, (int, str)):
            lijst = [lijst]
        if len(lijst) == 1 and str(lijst[0]).isdecimal():
            return int(lijst[0])
        return list(lijst)

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],  # noqa: ARG002 -- Django's signature
        files: MultiValueDict[str, UploadedFile[Any]],  # noqa: ARG002
        name: str,  # noqa: ARG002
    ) -> bool:
        # No box ticked sends nothing, so absence says "no days", not "not asked".
        return False


class WeekroosterVeld(forms.Field):
    """The days that somebody needs, as a number from 0 to 16383 (see loket/week.py)."""

    widget = WeekroosterInvoer
    default_error_messages: ClassVar[dict[str, StrOrPromise]] = {
        "required": _("Kies minstens één voormiddag of namiddag."),
        "invalid": _("Kies alleen dagen uit de week hieronder."),
    }

    def to_python(self, value: Any) -> int:
        if value is None:
            return 0
        if isinstance(value, (list, tuple)):
            try:
                return week.uit_codes(value)
            except KeyError as fout:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from fout
        masker = int(value)
        if not 0 <= masker <= week.HELE_WEEK:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return masker

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
