"""How far is the plan: of every child exactly one stand, and the figures for the schepen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from aanvragen.models import Noodplan, Noodplanregel, Opvangvraag
from aanvragen.models.noodplan import Beluitkomst
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    LOPENDE_VRAGEN,
    Vervalreden,
    Vraagstatus,
)

_GEVONDEN = frozenset({Vervalreden.ANDERE_GEMEENTE, Vervalreden.BUITEN_LOKET, Vervalreden.VERHUISD})


class Kindstand(models.TextChoices):
    """Where one child stands."""

    PLAATS = "plaats", _("Nieuwe plaats")
    EIGEN = "eigen", _("Eigen oplossing")
    IN_GESPREK = "in_gesprek", _("In gesprek")
    TE_BEREIKEN = "te_bereiken", _("Nog te bereiken")
    ZONDER = "zonder", _("Gestopt zonder plaats")
    ANDER_LOKET = "ander_loket", _("Bij een ander loket")
    RUST = "rust", _("Vroeg rust")


class Groep(models.TextChoices):
    """What the schepen sees: calm is not told apart from other reasons why we don't call."""

    GEREGELD = "geregeld", _("Met een nieuwe plaats of eigen oplossing")
    IN_GESPREK = "in_gesprek", _("In gesprek")
    TE_BEREIKEN = "te_bereiken", _("Nog te bereiken")
    NIET_VIA_ONS = "niet_via_ons", _("Niet door het loket te bereiken")


GROEP_VAN: Mapping[Kindstand, Groep] = {
    Kindstand.PLAATS: Groep.GEREGELD,
    Kindstand.EIGEN: Groep.GEREGELD,
    Kindstand.IN_GESPREK: Groep.IN_GESPREK,
    Kindstand.TE_BEREIKEN: Groep.TE_BEREIKEN,
    Kindstand.ZONDER: Groep.NIET_VIA_ONS,
    Kindstand.ANDER_LOKET: Groep.NIET_VIA_ONS,
    Kindstand.RUST: Groep.NIET_VIA_ONS,
}


@dataclass(frozen=True, slots=True)
class Voortgang:
    """The figures at a moment; without names, safe to show once small numbers are hidden."""

    per_stand: Mapping[Kindstand, int]
    onbekend: int
    peildatum: dt.date

    @property
    def bekend(self) -> int:
        return sum(self.per_stand.values())

    @property
    def totaal(self) -> int:
        return self.bekend + self.onbekend

    @property
    def per_groep(self) -> dict[Groep, int]:
        """Every affected child in one of four groups; who we don't know is not ours to reach."""
        uit = dict.fromkeys(Groep, 0)
        for stand, aantal in self.per_stand.items():
            uit[GROEP_VAN[stand]] += aantal
        uit[Groep.NIET_VIA_ONS] += self.onbekend
        return uit


def stand_van_kind(regel: Noodplanregel, *, rust: bool, loopt: bool) -> Kindstand:
    """One child's stand. `loopt`: somewhere a request for it still lives."""
    vraag = regel.heropend
    if rust:
        return Kindstand.RUST
    if vraag is None:  # it asked for calm when the plan began; since then it asked itself
        return Kindstand.ZONDER
    if vraag.status not in LOPENDE_VRAGEN:
        return _afloop(vraag)
    if regel.plaatsing.opvangvraag.loket_id != regel.noodplan.loket_id:
        return Kindstand.ANDER_LOKET
    bezig = loopt or regel.uitkomst == Beluitkomst.BEREIKT
    return Kindstand.IN_GESPREK if bezig else Kindstand.TE_BEREIKEN


def _afloop(vraag: Opvangvraag) -> Kindstand:
    if vraag.status == Vraagstatus.GEPLAATST or vraag.vervalreden in _GEVONDEN:
        return Kindstand.PLAATS
    if vraag.vervalreden == Vervalreden.NIET_MEER_NODIG:
        return Kindstand.EIGEN
    return Kindstand.ZONDER


def standen(noodplan: Noodplan) -> dict[int, Kindstand]:
    """The stand of every child of the plan, by the key of its line."""
    rust = set(noodplan.regels.die_rust_willen().values_list("pk", flat=True))
    loopt = set(
        noodplan.regels.filter(heropend__aanmeldingen__status__in=LOPENDE_AANMELDINGEN).values_list(
            "pk", flat=True
        )
    )
    regels = noodplan.regels.select_related("heropend", "plaatsing__opvangvraag", "noodplan")
    return {
        regel.pk: stand_van_kind(regel, rust=regel.pk in rust, loopt=regel.pk in loopt)
        for regel in regels
    }


def voortgang(noodplan: Noodplan, *, peildatum: dt.date) -> Voortgang:
    return Voortgang(
        per_stand=Counter(standen(noodplan).values()),
        onbekend=noodplan.onbekende_kinderen,
        peildatum=peildatum,
    )


def verberg_klein(cellen: Mapping[Groep, int], *, grens: int) -> dict[Groep, int | None]:
    """Hide numbers that are small enough to point at a family; None is hidden. Pure.

    Numbers from 1 up to `grens` are hidden. When the total would give a hidden number away (only
    one is hidden, or all hidden together are still few), the next smallest is hidden too. A total
    under the limit hides all.
    """
    if 0 < sum(cellen.values()) < grens:
        return dict.fromkeys(cellen)
    verborgen = {cel for cel, aantal in cellen.items() if 0 < aantal < grens}
    rest = sorted((cel for cel in cellen if cel not in verborgen), key=lambda cel: cellen[cel])
    while (
        verborgen
        and rest
        and (len(verborgen) == 1 or sum(cellen[cel] for cel in verborgen) < grens)
    ):
        verborgen.add(rest.pop(0))
    return {cel: None if cel in verborgen else aantal for cel, aantal in cellen.items()}
