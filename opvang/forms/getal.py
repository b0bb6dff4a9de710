"""Amounts and percentages as people here write them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opvang.domain.subsidie_berekenen import euro, procent

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MEESTE = Decimal("9999999999.99")
_GETAL = re.compile(r"[0-9]+([.,][0-9]+)?")
#: Points or spaces between groups of three, and perhaps a comma: 14.000,50 and 14 000.
_GROEPEN = re.compile(r"[0-9]{1,3}([. ][0-9]{3})+(,[0-9]+)?")


class GetalVeld(forms.Field):
    """A number as people write it: 14.000,50, 14 000, 1000,5 or 1000.50."""

    #: Whether 1.000 is a thousand.
    met_groepen = True
    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages: ClassVar[dict[str, StrOrPromise]] = {
        "invalid": _("Schrijf een getal, zoals 1250 of 1250,50."),
        "decimalen": _("Schrijf hoogstens %(aantal)s cijfers na de komma."),
        "klein": _("Dit moet minstens %(grens)s zijn."),
        "groot": _("Dit kan hoogstens %(grens)s zijn."),
    }

    def __init__(
        self, *, minstens: Decimal, hoogstens: Decimal, decimalen: int = 2, **kwargs: Any
    ) -> None:
        self.minstens, self.hoogstens, self.decimalen = minstens, hoogstens, decimalen
        super().__init__(**kwargs)

    def toon(self, waarde: Decimal) -> str:
        return euro(waarde)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, Decimal) or value is None:
            return value
        tekst = re.sub(r"\s+", " ", str(value)).strip().removeprefix("€").removesuffix("%").strip()
        if not tekst:
            return None
        if self.met_groepen and _GROEPEN.fullmatch(tekst):
            tekst = tekst.replace(".", "").replace(" ", "")
        elif not _GETAL.fullmatch(tekst):
            raise self._fout("invalid")
        return self._keur(tekst.replace(",", "."))

    def _keur(self, tekst: str) -> Decimal:
        try:
            getal = Decimal(tekst)
        except InvalidOperation as fout:
            raise self._fout("invalid") from fout
        if getal > self.hoogstens:
            raise self._fout("groot", grens=self.toon(self.hoogstens))
        if getal < self.minstens:
            raise self._fout("klein", grens=self.toon(self.minstens))
        if len(tekst.partition(".")[2].rstrip("0")) > self.decimalen:
            raise self._fout("decimalen", aantal=self.decimalen)
        return getal

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value

    def _fout(self, code: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params or None)


class BedragVeld(GetalVeld):
    def __init__(
        self, *, minstens: Decimal = Decimal("0.01"), hoogstens: Decimal = MEESTE, **kwargs: Any
    ) -> None:
        super().__init__(minstens=minstens, hoogstens=hoogstens, **kwargs)


class ProcentVeld(GetalVeld):
    met_groepen = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(minstens=Decimal("0.001"), hoogstens=Decimal(25), decimalen=3, **kwargs)

    def toon(self, waarde: Decimal) -> str:
        return procent(waarde)
