"""A CSV file, row by row, whatever is in it. Pure: bytes in; cells, or why not, out.

A broken row never stops the others; only what makes every row unreadable refuses the whole file
(`Bestandsfout`). Memory stays bounded: one row at a time, and no line longer than
`LANGSTE_REGEL`.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

LANGSTE_REGEL = 64 * 1024
#: A quoted cell may run over this many lines; more means that a quote was never closed.
MEESTE_REGELS_PER_RIJ = 20
_TONEN = 60
_MEESTE_KOLOMMEN_TONEN = 40
_HANDTEKENINGEN = (
    (b"PK\x03\x04", "een Excel- of zipbestand"),
    (b"\xd0\xcf\x11\xe0", "een oud Excelbestand"),
    (b"%PDF", "een PDF"),
    (b"\x1f\x8b", "een gecomprimeerd bestand"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_BOM = b"\xef\xbb\xbf"
_Regel: TypeAlias = tuple[int, bytes | None]


class Bestandsfout(Exception):  # noqa: N818 -- the Dutch word says that it is one
    """The file as a whole can't be read; `str()` says why and what to do, in Dutch."""


class _Regelfout(ValueError):  # noqa: N818 -- idem
    """One row can't be read as text or as cells."""


@dataclass(frozen=True, slots=True)
class Onleesbaar:
    """A row that is no row, and why."""

    regel: int
    reden: str
    wat: str = ""


@dataclass(frozen=True, slots=True)
class Cellen:
    """The cells of a row, by the name of their column, with the number of its first line."""

    regel: int
    bron: Mapping[str, str]


def toon(tekst: str) -> str:
    """Quote a value for a report: short, on one line, nothing that moves a cursor."""
    kaal = "".join(teken if teken.isprintable() else "·" for teken in tekst)
    return f"'{kaal}'" if len(kaal) <= _TONEN else f"'{kaal[:_TONEN]}…'"


def lees_cellen(
    bestand: BinaryIO, *, codering: str, scheiding: str, kolommen: Collection[str]
) -> Iterator[Cellen | Onleesbaar]:
    """Check the first line at once (Bestandsfout), then give the rows with the asked `kolommen`."""
    regels = _Regels(bestand)
    kop = _lees_kop(regels, codering=codering, scheiding=scheiding, kolommen=kolommen)
    plaats = {kolom: kop.index(kolom) for kolom in kolommen}
    return _rijen(regels, codering, scheiding, breedte=len(kop), plaats=plaats)


class _Regels:
    """The lines of a file with their number; a line can be put back."""

    def __init__(self, bestand: BinaryIO) -> None:
        self._bestand = bestand
        self._nummer = 0
        self._terug: deque[_Regel] = deque()

    def volgende(self) -> _Regel | None:
        """Give (number, line); no line when it is too long; nothing at the end of the file."""
        if self._terug:
            return self._terug.popleft()
        regel = self._bestand.readline(LANGSTE_REGEL + 1)
        if not regel:
            return None
        self._nummer += 1
        if len(regel) <= LANGSTE_REGEL:
            return self._nummer, regel
        while regel and not regel.endswith(b"\n"):
            regel = self._bestand.readline(LANGSTE_REGEL)
        return self._nummer, None

    def leg_terug(self, regels: Sequence[_Regel]) -> None:
        self._terug.extendleft(reversed(regels))


def _lees_kop(
    regels: _Regels, *, codering: str, scheiding: str, kolommen: Collection[str]
) -> list[str]:
    eerste = regels.volgende()
    if eerste is None:
        raise Bestandsfout("Het bestand is leeg.")
    ruw = eerste[1]
    _keur_soort(ruw)
    assert ruw is not None
    try:
        tekst = _decodeer(ruw.removeprefix(_BOM), codering)
        kop = [cel.strip() for cel in _cellen(tekst.rstrip("\r\n"), scheiding)]
    except _Regelfout as fout:
        raise Bestandsfout(
            f"De eerste regel, met de kolomnamen, is niet te lezen: {fout}."
        ) from fout
    ontbreekt = sorted(set(kolommen) - set(kop))
    if ontbreekt:
        gevonden = ", ".join(toon(kolom) for kolom in kop[:_MEESTE_KOLOMMEN_TONEN])
        rest = len(kop) - _MEESTE_KOLOMMEN_TONEN
        meer = f" en nog {rest}" if rest > 0 else ""
        raise Bestandsfout(
            f"In het bestand ontbreekt: {', '.join(toon(kolom) for kolom in ontbreekt)}. "
            f"Gevonden kolommen: {gevonden}{meer}. Pas [kolommen] of 'scheiding' in de kaart aan."
        )
    dubbel = sorted(kolom for kolom in kolommen if kop.count(kolom) > 1)
    if dubbel:
        raise Bestandsfout(f"De kolom {toon(dubbel[0])} staat twee keer in het bestand.")
    return kop


def _keur_soort(ruw: bytes | None) -> None:
    """Refuse what is no text at all, and say what it is."""
    if ruw is None:
        raise Bestandsfout(
            f"Regel 1 is langer dan {LANGSTE_REGEL // 1024} kB: dit is geen lijst met rijen."
        )
    for begin, wat in _HANDTEKENINGEN:
        if ruw.startswith(begin):
            raise Bestandsfout(f"Dit is {wat}, geen CSV. Bewaar de lijst als CSV in UTF-8.")
    if b"\x00" in ruw:
        raise Bestandsfout("Dit is geen tekstbestand. Bewaar de lijst als CSV in UTF-8.")


def _decodeer(ruw: bytes, codering: str) -> str:
    if b"\x00" in ruw:
        raise _Regelfout("de regel bevat onleesbare tekens (NUL)")
    if codering != "utf-8" and not ruw.isascii() and _is_utf8(ruw):
        raise _Regelfout(
            f'de regel is utf-8 en de kaart zegt {codering}; zet codering = "utf-8" in de kaart'
        )
    try:
        return ruw.decode(codering)
    except UnicodeDecodeError as fout:
        anders = "windows-1252" if codering == "utf-8" else "utf-8"
        raise _Regelfout(
            f"teken {fout.start + 1} is geen {codering}; "
            f'is het bestand anders bewaard, zet dan codering = "{anders}" in de kaart'
        ) from fout


def _is_utf8(ruw: bytes) -> bool:
    try:
        ruw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _cellen(tekst: str, scheiding: str) -> list[str]:
    try:
        lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
        return next(lezer, [])
    except csv.Error as fout:
        raise _Regelfout("de aanhalingstekens kloppen niet") from fout


def _rijen(
    regels: _Regels, codering: str, scheiding: str, *, breedte: int, plaats: Mapping[str, int]
) -> Iterator[Cellen | Onleesbaar]:
    while (volgende := regels.volgende()) is not None:
        nummer, ruw = volgende
        if ruw is None:
            yield Onleesbaar(nummer, f"de regel is langer dan {LANGSTE_REGEL // 1024} kB")
            continue
        if not ruw.strip():
            continue
        try:
            cellen = _cellen(_hele_rij(regels, ruw, codering), scheiding)
        except _Regelfout as fout:
            yield Onleesbaar(nummer, str(fout))
            continue
        if len(cellen) != breedte:
            reden = f"de rij heeft {len(cellen)} cellen in plaats van {breedte}"
            yield Onleesbaar(nummer, reden, toon(scheiding.join(cellen)))
            continue
        yield Cellen(nummer, {kolom: cellen[index] for kolom, index in plaats.items()})


def _hele_rij(regels: _Regels, ruw: bytes, codering: str) -> str:
    """Join the lines of a row when a quoted cell runs on; an unclosed quote costs its own line."""
    tekst = _decodeer(ruw, codering)
    erbij: list[_Regel] = []
    while tekst.count('"') % 2:
        volgende = regels.volgende()
        if volgende is not None:
            erbij.append(volgende)
        if volgende is None or volgende[1] is None or len(erbij) > MEESTE_REGELS_PER_RIJ:
            regels.leg_terug(erbij)
            raise _Regelfout("een aanhalingsteken is niet gesloten")
        try:
            tekst += _decodeer(volgende[1], codering)
        except _Regelfout:
            regels.leg_terug(erbij)
            raise _Regelfout("een aanhalingsteken is niet gesloten") from None
    return tekst.rstrip("\r\n")
