"""The cells of an uploaded spreadsheet, whatever is in it. Bytes in; rows, or why not, out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from opvang.domain.csvlezer import Bestandsfout, toon
from opvang.domain.rekenblad import BLAD, DAGDELEN, KOLOMMEN

MEESTE_BYTES = 2 * 1024 * 1024
#: A workbook is a zip: what comes out of it is bounded too, before anything is read.
MEESTE_UITGEPAKT = 40 * 1024 * 1024
MEESTE_DELEN = 200
MEESTE_RIJEN = 1000
#: Empty lines are skipped, but not without end.
LAATSTE_RIJ = 20_000
MEESTE_KOLOMMEN = 100
_MAG_ONTBREKEN = frozenset({"dossiernummer", "naam", "weghalen"})


class Raar(Enum):
    """What stands in a cell and is no value."""

    FORMULE = "formule"
    FOUTWAARDE = "foutwaarde"


Cel: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | Raar | None


@dataclass(frozen=True, slots=True)
class Rij:
    """One row by the names of its columns; `adres` says where a cell stands, as Excel does."""

    nummer: int
    cellen: Mapping[str, Cel]
    letters: Mapping[str, str]

    def adres(self, kolom: str) -> str:
        return f"{self.letters.get(kolom, 'A')}{self.nummer}"

    @property
    def is_leeg(self) -> bool:
        """Whether nothing is said about a period: an empty line, or only the name of a location."""
        return not any(
            self.cellen.get(kolom) not in {None, ""}
            for kolom in ("periode", "versie", "soort", "vanaf", "tot en met", *DAGDELEN)
        )


def lees(inhoud: bytes) -> list[Rij]:
    """Read an XLSX or CSV file. Refuses (Bestandsfout) what is none, or too much."""
    if len(inhoud) > MEESTE_BYTES:
        raise Bestandsfout(_("Dit bestand is te groot. Het mag hoogstens 2 MB zijn."))
    if not inhoud.strip():
        raise Bestandsfout(_("Dit bestand is leeg."))
    if inhoud.startswith(b"PK"):
        return list(_benoem(_xlsx(inhoud)))
    if inhoud.startswith(b"\xd0\xcf\x11\xe0"):
        raise Bestandsfout(
            _("Dit is een oud of beveiligd Excelbestand. Bewaar het als .xlsx, zonder wachtwoord.")
        )
    return list(_benoem(_csv(inhoud)))


def _xlsx(inhoud: bytes) -> Iterator[Sequence[Cel]]:
    geen_excel = Bestandsfout(
        _("Dit bestand kunnen we niet lezen. Bewaar je lijst als .xlsx of .csv.")
    )
    try:
        _keur_zip(inhoud)
        boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, keep_links=False)
        blad = boek[BLAD] if BLAD in boek.sheetnames else boek.worksheets[0]
        for rij in blad.iter_rows(max_col=MEESTE_KOLOMMEN):
            yield [_waarde(cel) for cel in rij]
    except Bestandsfout:
        raise
    except (
        DefusedXmlException,
        InvalidFileException,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        ParseError,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
    ) as fout:
        # openpyxl fails in as many ways as a workbook can be broken.
        raise geen_excel from fout


def _keur_zip(inhoud: bytes) -> None:
    """Refuse a workbook that unpacks to more than a list of periods ever is."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        delen = zip_.infolist()
        if len(delen) > MEESTE_DELEN or sum(deel.file_size for deel in delen) > MEESTE_UITGEPAKT:
            raise Bestandsfout(
                _("Dit bestand pakt uit tot iets veel te groots. We lezen het niet.")
            )


def _waarde(cel: Any) -> Cel:
    soort = getattr(cel, "data_type", "n")
    if soort == "f":
        return Raar.FORMULE
    if soort == "e":
        return Raar.FOUTWAARDE
    waarde: Cel = cel.value
    return waarde


def _csv(inhoud: bytes) -> Iterator[Sequence[Cel]]:
    tekst = _decodeer(inhoud)
    kop = tekst.split("\n", 1)[0]
    scheiding = max(";,\t", key=kop.count)
    try:
        yield from csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
    except csv.Error as fout:
        raise Bestandsfout(
            _("Dit bestand kunnen we niet lezen: de aanhalingstekens kloppen niet.")
        ) from fout


def _decodeer(inhoud: bytes) -> str:
    """UTF-8 as we write it, UTF-16 as Excel's "Unicode text", else the old Windows letters."""
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        coderingen = ["utf-16"]
    else:
        coderingen = ["utf-8-sig", "cp1252"]
    for codering in coderingen:
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if "\x00" not in tekst:
            return tekst
    raise Bestandsfout(_("Dit is geen lijst die we kunnen lezen. Bewaar ze als .xlsx of .csv."))


def _benoem(rijen: Iterable[Sequence[Cel]]) -> Iterator[Rij]:
    """Find the columns by the names in the first row, in any order."""
    lijst = iter(rijen)
    kop = [str(cel or "").strip().lower() for cel in next(lijst, [])]
    ontbreekt = [naam for naam in KOLOMMEN if naam not in kop and naam not in _MAG_ONTBREKEN]
    if ontbreekt:
        raise Bestandsfout(
            _("In de eerste rij ontbreken deze kolommen: %(kolommen)s. Vertrek van onze lijst.")
            % {"kolommen": ", ".join(ontbreekt)}
        )
    dubbel = [naam for naam in KOLOMMEN if kop.count(naam) > 1]
    if dubbel:
        raise Bestandsfout(
            _("De kolom %(kolom)s staat er twee keer in.") % {"kolom": toon(dubbel[0])}
        )
    plaats = {naam: kop.index(naam) for naam in KOLOMMEN if naam in kop}
    letters = {naam: get_column_letter(index + 1) for naam, index in plaats.items()}
    aantal = 0
    for nummer, cellen in enumerate(lijst, start=2):
        rij = Rij(
            nummer,
            {
                naam: cellen[index] if index < len(cellen) else None
                for naam, index in plaats.items()
            },
            letters,
        )
        aantal += not rij.is_leeg
        if aantal > MEESTE_RIJEN or nummer > LAATSTE_RIJ:
            raise Bestandsfout(
                _("Dit bestand heeft meer dan %(aantal)s rijen. Splits het.")
                % {"aantal": MEESTE_RIJEN}
            )
        if not rij.is_leeg:
            yield rij


def naar_json(rijen: Iterable[Rij]) -> list[Any]:
    """Write checked rows down, so that a page can carry them to its confirmation."""
    return [
        [
            rij.nummer,
            {naam: _plat(cel) for naam, cel in rij.cellen.items() if naam != "naam"},
            dict(rij.letters),
        ]
        for rij in rijen
    ]


def _plat(cel: Cel) -> Cel:
    """A day as text; its hour was midnight, or the row would not be here."""
    if isinstance(cel, dt.datetime):
        return cel.date().isoformat()
    return cel.isoformat() if isinstance(cel, dt.date) else cel


def uit_json(ruw: Iterable[Any]) -> list[Rij]:
    return [Rij(nummer, cellen, letters) for nummer, cellen, letters in ruw]
