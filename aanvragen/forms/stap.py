"""What every question page of a request shares: raw answers in, clean values out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from aanvragen.domain.gegevens import Kindgegevens
from loket.forms import DatumInvoer, LoketVeld
from loket.models import Loket

Invoer = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kader:
    """What a page has to know besides its own answers.

    `email` is the confirmed address of who is signed in: then it is not asked. `aan_balie`: staff
    type for a family, which may have no e-mail at all. `kinderen` come from their own page; none as
    long as that is not right. `kenmerken_tellen`: some of the chosen locations give priority by
    traits of the family; elsewhere nobody needs to know them, so they are not asked.
    """

    vandaag: dt.date
    loket: Loket
    email: str = ""
    aan_balie: bool = False
    kinderen: tuple[Kindgegevens, ...] = ()
    kenmerken_tellen: bool = True

    def met_kinderen(self, kinderen: Iterable[Kindgegevens]) -> Kader:
        return replace(self, kinderen=tuple(kinderen))


def als_querydict(invoer: Invoer) -> QueryDict:
    """Give saved answers the shape that a form reads."""
    gegevens = QueryDict(mutable=True)
    for naam, waarden in invoer.items():
        gegevens.setlist(naam, list(waarden))
    return gegevens


def _vlak(keuzes: Any) -> Iterator[tuple[str, str]]:
    """List choices without their groups."""
    for waarde, label in keuzes:
        if isinstance(label, (list, tuple)):
            yield from _vlak(label)
        else:
            yield str(waarde), str(label)


class Stapformulier(forms.Form):
    """One question page, bound to what was posted or saved; subclasses add fields and checks."""

    #: Names that come along with the fields, e.g. a hidden counter.
    extra_namen: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, data: MultiValueDict[str, str] | None = None, *, kader: Kader, **opties: Any
    ) -> None:
        self.kader = kader
        super().__init__(data, **opties)

    def invoernamen(self) -> set[str]:
        """Name all inputs on this page: what may be saved of a POST."""
        namen = set(self.extra_namen)
        for naam, veld in self.fields.items():
            namen.add(naam)
            if isinstance(veld.widget, DatumInvoer):
                namen |= {f"{naam}_{deel}" for deel, _label in veld.widget.delen}
        return namen

    def invoer(self) -> dict[str, list[str]]:
        """Give what was typed here, right or wrong, and nothing else of the POST."""
        data = self.data
        if not isinstance(data, MultiValueDict):
            return {}
        namen = self.invoernamen()
        return {naam: list(waarden) for naam, waarden in data.lists() if naam in namen}

    def anker(self, naam: str) -> str:
        """Give the id of the input that a link to this question leads to."""
        veld = self[naam]
        assert isinstance(veld, LoketVeld)
        return veld.anker

    def keuzeveld(self, naam: str) -> forms.ChoiceField:
        """Give a field that is known to be a choice."""
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)
        return veld

    def label_van(self, naam: str, waarde: object) -> str:
        """Say the words of a chosen answer; nothing when there is no such choice."""
        return next((w for v, w in _vlak(self.keuzeveld(naam).choices) if v == str(waarde)), "")

    def verzwijg_fouten(self) -> None:
        """Show saved answers unjudged: who comes back to a half page did nothing wrong."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
