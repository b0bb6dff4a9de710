"""What the provider's page about free places shows: the grid, its freshness, and what clashed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from loket import week
from opvang.domain.keuren import wanneer
from opvang.domain.stand import Termijnen, Zicht, zicht_op
from opvang.forms import VrijForm
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import masker_van_vrij
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

_GEZIEN = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Verschil:
    """One dagdeel that somebody else changed meanwhile: what the page showed, what stands now."""

    wanneer: str
    was: int
    nu: int
    jij: int

    @property
    def botst(self) -> bool:
        """Whether both changed it, to something else."""
        return self.jij not in {self.was, self.nu}


@dataclass(frozen=True, slots=True)
class Botsing:
    """What a stale page is told about one period."""

    aanbod: Plaatsaanbod
    verschillen: list[Verschil]
    door_gezin: bool

    @property
    def door(self) -> str:
        return str(self.aanbod.bevestigd_door or "")


@dataclass(frozen=True, slots=True)
class Blok:
    """One period on the page, with its numbers."""

    aanbod: Plaatsaanbod
    form: VrijForm


@dataclass(frozen=True, slots=True)
class Toestand:
    """One location: its periods, and what parents see now."""

    locatie: Opvanglocatie
    periodes: list[Plaatsaanbod]
    zicht: Zicht

    @property
    def gezien(self) -> str:
        """The versions on this page, so that a confirmation says what was confirmed."""
        return gezien_van(self.periodes)

    @property
    def regels(self) -> list[tuple[Plaatsaanbod, int]]:
        """Each period with the mask of what is free in it."""
        return [(rij, masker_van_vrij(rij.vrij).masker) for rij in self.periodes]

    @property
    def oudste(self) -> dt.datetime | None:
        return min((rij.laatst_bevestigd for rij in self.periodes), default=None)

    def blokken(self, formulieren: Mapping[int, VrijForm]) -> list[Blok]:
        """Each period with the form that was filled in, else as it stands."""
        return [Blok(rij, formulieren.get(rij.pk) or VrijForm.van(rij)) for rij in self.periodes]


def gezien_van(periodes: Sequence[Plaatsaanbod]) -> str:
    return ",".join(f"{rij.pk}:{rij.versie}" for rij in periodes)


def lees_gezien(ruw: str) -> Mapping[int, int]:
    """Read "12:3,14:1" back."""
    return {int(pk): int(versie) for pk, versie in _GEZIEN.findall(ruw)}


def lees_toestanden(gebruiker: Any) -> list[Toestand]:
    """The provider's locations with their periods that have not ended, in three queries."""
    nu = timezone.now()
    aanbod = Plaatsaanbod.objects.nog_niet_voorbij(timezone.localdate(nu))
    termijnen = Termijnen.lees()
    return [
        _toestand(locatie, list(locatie.plaatsaanbod.all()), termijnen=termijnen, nu=nu)
        for locatie in Opvanglocatie.objects.van_aanbieder(gebruiker)
        .order_by("naam", "pk")
        .prefetch_related(Prefetch("plaatsaanbod", queryset=aanbod))
    ]


def lees_toestand(locatie: Opvanglocatie) -> Toestand:
    nu = timezone.now()
    periodes = list(
        locatie.plaatsaanbod.nog_niet_voorbij(timezone.localdate(nu)).select_related(
            "locatie", "bevestigd_door"
        )
    )
    return _toestand(locatie, periodes, termijnen=Termijnen.lees(), nu=nu)


def _toestand(
    locatie: Opvanglocatie, periodes: list[Plaatsaanbod], *, termijnen: Termijnen, nu: dt.datetime
) -> Toestand:
    regulier = [rij for rij in periodes if rij.soort == Aanbodsoort.REGULIER]
    zicht = zicht_op(regulier, nu=nu, termijn=termijnen.van(locatie.gemeente_id))
    return Toestand(locatie, periodes, zicht)


def verzoen(
    periodes: Sequence[Plaatsaanbod], formulieren: Mapping[int, VrijForm]
) -> tuple[list[Botsing], dict[int, VrijForm]]:
    """Tell what changed meanwhile; keep what this person changed, take over the rest."""
    botsingen = []
    verder = {}
    for rij in periodes:
        form = formulieren.get(rij.pk)
        if form is None:
            continue
        nieuw = tuple(rij.vrij)
        was, jij = form.gezien or nieuw, form.met_stap()
        if form.cleaned_data["versie"] != rij.versie or was != nieuw:
            verschillen = [
                Verschil(wanneer(code), oud, nu, eigen)
                for code, oud, nu, eigen in zip(week.CODES, was, nieuw, jij, strict=True)
                if oud != nu
            ]
            # Nobody at the provider changed it: then a family took a place, or gave one back.
            door_gezin = form.cleaned_data["versie"] == rij.versie
            botsingen.append(Botsing(rij, verschillen, door_gezin))
        samen = {
            code: eigen if eigen != oud else nu
            for code, oud, nu, eigen in zip(week.CODES, was, nieuw, jij, strict=True)
        }
        verder[rij.pk] = VrijForm.van(rij, **samen)
    return botsingen, verder


def in_cijfers(aanbod: Plaatsaanbod) -> str:
    """Say the free places in words: "maandag voormiddag 2, maandag namiddag 2"."""
    delen = [
        f"{wanneer(code)} {aantal}"
        for code, aantal in zip(week.CODES, aanbod.vrij, strict=True)
        if aantal
    ]
    return ", ".join(delen) or _("niets vrij")
