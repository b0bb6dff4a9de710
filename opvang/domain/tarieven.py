"""Find the amounts that hold on a day, and take a new table in from a file."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.domain.inkomenstarief import Duur, Leeftijdsregel, Schijf, Tarief
from opvang.models import Duurgeval, Tariefduur, Tariefschijf, Tarieftabel

_BEDRAGEN = (
    "minimum",
    "maximum",
    "stap_bedrag",
    "stap_inkomen",
    "kindkorting",
    "meerlingkorting",
    "laag_inkomen_onder",
    "laag_inkomen_korting",
    "maandcoefficient",
)
_VELDEN = frozenset(
    {
        *_BEDRAGEN,
        "naam",
        "vanaf",
        "tot",
        "bron",
        "bron_url",
        "nagekeken",
        "kind_tot_maanden",
        "nieuwe_start_vanaf",
        "nieuwe_start_tot_maanden",
        "schijven",
        "duren",
    }
)


class OngeldigeTabel(Weigering):
    """The file is no table, or one that may not be active."""


@dataclass(frozen=True, slots=True)
class GeldigTarief:
    """The amounts of a day, and where they come from."""

    tabel: Tarieftabel
    tarief: Tarief


def tarief_op(peildatum: dt.date) -> GeldigTarief | None:
    """Give the active table of this day, in three queries; None when there is none."""
    tabel = Tarieftabel.objects.geldig_op(peildatum).prefetch_related("schijven", "duren").first()
    if tabel is None:
        return None
    assert isinstance(tabel, Tarieftabel)
    schijven, duren = list(tabel.schijven.all()), list(tabel.duren.all())
    # A table without brackets says nothing about a price.
    return GeldigTarief(tabel, lees_tarief(tabel, schijven, duren)) if schijven else None


def lees_tarief(
    tabel: Tarieftabel, schijven: Sequence[Tariefschijf], duren: Sequence[Tariefduur]
) -> Tarief:
    """Turn rows into values for the formula; what only exists for schoolchildren is left out."""
    regels = []
    if tabel.kind_tot_maanden is not None:
        regels.append(Leeftijdsregel(tot_maanden=tabel.kind_tot_maanden))
    if tabel.nieuwe_start_vanaf is not None and tabel.nieuwe_start_tot_maanden is not None:
        regels.append(
            Leeftijdsregel(
                tot_maanden=tabel.nieuwe_start_tot_maanden, start_vanaf=tabel.nieuwe_start_vanaf
            )
        )
    return Tarief(
        schijven=tuple(
            Schijf(tot=rij.tot, coefficient=rij.coefficient, plafond=rij.plafond)
            for rij in sorted(schijven, key=lambda rij: rij.tot)
        ),
        stap_bedrag=tabel.stap_bedrag,
        stap_inkomen=tabel.stap_inkomen,
        minimum=tabel.minimum,
        maximum=tabel.maximum,
        kindkorting=tabel.kindkorting or Decimal(0),
        meerlingkorting=tabel.meerlingkorting or Decimal(0),
        leeftijdsregels=tuple(regels),
        duren=tuple(
            Duur(
                van_uur=rij.van_uur,
                tot_uur=rij.tot_uur,
                procent=rij.procent,
                flexibel=rij.geval == Duurgeval.FLEXIBEL,
            )
            for rij in sorted(duren, key=lambda rij: rij.van_uur)
            if rij.geval != Duurgeval.SCHOOL
        ),
        laag_inkomen_onder=tabel.laag_inkomen_onder,
        laag_inkomen_korting=tabel.laag_inkomen_korting,
        maandcoefficient=tabel.maandcoefficient,
    )


# Taking a table in


def lees_bestand(tekst: str) -> dict[str, Any]:
    """Read a TOML file as `opvang/tarieven/` holds them; an unknown name is a mistake."""
    try:
        ruw = tomllib.loads(tekst)
    except tomllib.TOMLDecodeError as fout:
        raise OngeldigeTabel(f"Dit is geen TOML: {fout}") from fout
    onbekend = sorted(set(ruw) - _VELDEN)
    if onbekend:
        raise OngeldigeTabel(f"Onbekend: {', '.join(onbekend)}.")
    return ruw


@transaction.atomic
def laad_tabel(
    gegevens: Mapping[str, Any],
    *,
    actief: bool,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> Tarieftabel:
    """Write a table with its brackets and parts of a day.

    An active one ends the open table before it on its first day, so that no day is left without.
    Refuses (OngeldigeTabel) what the database would refuse, and to make a table active that its
    file calls not checked (`nagekeken = false`).
    """
    if actief and not gegevens.get("nagekeken", True):
        raise OngeldigeTabel("Deze tabel is niet nagekeken bij de bron: ze kan niet actief zijn.")
    tabel = _tabel(gegevens, actief=actief)
    vorige = None
    if actief:
        vorige = (
            Tarieftabel.objects.select_for_update()
            .filter(actief=True, tot=None, vanaf__lt=tabel.vanaf)
            .first()
        )
        if vorige is not None:
            vorige.tot = tabel.vanaf
            vorige.save(update_fields=["tot"])
    try:
        tabel.full_clean()
        tabel.save()
        for rij in (*_schijven(tabel, gegevens), *_duren(tabel, gegevens)):
            rij.full_clean()
            rij.save()
    except ValidationError as fout:
        raise OngeldigeTabel(" ".join(fout.messages)) from fout
    if not tabel.schijven.exists():
        raise OngeldigeTabel("De tabel heeft geen schijven.")
    leg_vast(
        "opvang.tarieftabel_geladen",
        tabel,
        door=door,
        nu=nu,
        namens=namens,
        vanaf=tabel.vanaf.isoformat(),
        actief=actief,
    )
    return tabel


@transaction.atomic
def bewaar_tabel(tabel: Tarieftabel, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Write a table that was checked by a form, and who changed the amounts of everybody."""
    nieuw = tabel.pk is None
    tabel.save()
    leg_vast(
        "opvang.tarieftabel_toegevoegd" if nieuw else "opvang.tarieftabel_gewijzigd",
        tabel,
        door=door,
        nu=nu,
        vanaf=tabel.vanaf.isoformat(),
        tot=tabel.tot.isoformat() if tabel.tot else None,
        actief=tabel.actief,
    )


def _tabel(gegevens: Mapping[str, Any], *, actief: bool) -> Tarieftabel:
    for verplicht in ("naam", "vanaf", "bron", *_BEDRAGEN[:4]):
        if verplicht not in gegevens:
            raise OngeldigeTabel(f"{verplicht} ontbreekt.")
    return Tarieftabel(
        actief=actief,
        **{
            naam: gegevens[naam]
            for naam in ("naam", "bron", "bron_url", "kind_tot_maanden", "nieuwe_start_tot_maanden")
            if naam in gegevens
        },
        **{
            naam: _dag(gegevens[naam])
            for naam in ("vanaf", "tot", "nieuwe_start_vanaf")
            if naam in gegevens
        },
        **{naam: _getal(gegevens[naam]) for naam in _BEDRAGEN if naam in gegevens},
    )


def _schijven(tabel: Tarieftabel, gegevens: Mapping[str, Any]) -> list[Tariefschijf]:
    return [
        Tariefschijf(
            tabel=tabel,
            tot=_getal(rij.get("tot")),
            coefficient=_getal(rij.get("coefficient")),
            plafond=_getal(rij["plafond"]) if "plafond" in rij else None,
        )
        for rij in _rijen(gegevens, "schijven")
    ]


def _duren(tabel: Tarieftabel, gegevens: Mapping[str, Any]) -> list[Tariefduur]:
    return [
        Tariefduur(
            tabel=tabel,
            van_uur=_getal(rij.get("van_uur")),
            tot_uur=_getal(rij["tot_uur"]) if "tot_uur" in rij else None,
            procent=_heel(rij.get("procent")),
            geval=rij.get("geval", Duurgeval.GEWOON),
        )
        for rij in _rijen(gegevens, "duren")
    ]


def _rijen(gegevens: Mapping[str, Any], naam: str) -> list[dict[str, Any]]:
    rijen = gegevens.get(naam, [])
    if not isinstance(rijen, list) or not all(isinstance(rij, dict) for rij in rijen):
        raise OngeldigeTabel(f"{naam} is een lijst van rijen: schrijf [[{naam}]].")
    return rijen


def _getal(waarde: object) -> Decimal:
    """Read a number written between quotes: a TOML float has lost its cents already."""
    if isinstance(waarde, bool) or not isinstance(waarde, (str, int)):
        raise OngeldigeTabel(f"Schrijf een bedrag tussen aanhalingstekens, niet {waarde!r}.")
    try:
        getal = Decimal(waarde)
    except InvalidOperation as fout:
        raise OngeldigeTabel(f"{waarde!r} is geen getal.") from fout
    if not getal.is_finite():
        raise OngeldigeTabel(f"{waarde!r} is geen getal.")
    return getal


def _heel(waarde: object) -> int:
    if isinstance(waarde, bool) or not isinstance(waarde, int):
        raise OngeldigeTabel(f"Schrijf een geheel getal, niet {waarde!r}.")
    return waarde


def _dag(waarde: object) -> dt.date:
    if isinstance(waarde, dt.datetime) or not isinstance(waarde, dt.date):
        raise OngeldigeTabel(f"Schrijf een dag als 2026-01-31, niet {waarde!r}.")
    return waarde
