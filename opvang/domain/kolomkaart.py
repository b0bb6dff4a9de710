"""The column map of an import: which column of somebody's list holds which field of ours. Pure."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from opvang.workflow import Opvangvorm, Prijssysteem

#: What a location can get from a file: `adres` is split, `coordinaten` is "lat, lon".
VELDEN = frozenset({
    "naam", "dossiernummer", "opvangvorm", "prijssysteem", "adres", "straat", "huisnummer",
    "postcode", "plaats", "gemeente", "nis", "wijk", "coordinaten", "breedtegraad", "lengtegraad",
    "telefoon", "email", "website", "organisator", "ondernemingsnummer",
})  # fmt: skip
#: Encodings in which a line ends with the byte \n, so that a file can be read line by line.
CODERINGEN = frozenset({
    "utf-8", "cp1252", "iso8859-1", "iso8859-15", "mac-roman", "ascii",
})  # fmt: skip
_KEUZES = {
    "opvangvorm": frozenset(Opvangvorm.values),
    "prijssysteem": frozenset(Prijssysteem.values),
}

_INVULVELDEN = {"naam", "straat", "postcode", "plaats"}


class Kaartfout(ValueError):  # noqa: N818 -- the Dutch word says that it is one
    """The map itself is wrong; `str()` says what, in Dutch."""


@dataclass(frozen=True, slots=True)
class Gelijk:
    """Rows that are alike in the source but stand for so many different locations (`aantal`)."""

    naam: str
    straat: str
    postcode: str
    aantal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kaart:
    """How to read one file. `kolommen` is field -> column; `vast` fills a field for every row."""

    naam: str
    kolommen: Mapping[str, str]
    vast: Mapping[str, str] = field(default_factory=dict)
    waarden: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codering: str = "utf-8"
    scheiding: str = ","
    naamloos: str = ""
    organisator: str = "{naam}"
    leeg: frozenset[str] = frozenset()
    hoofdletter: frozenset[str] = frozenset()
    gelijk: tuple[Gelijk, ...] = ()
    alleen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def bronkolommen(self) -> frozenset[str]:
        """Every column that the file must have."""
        return frozenset(self.kolommen.values()) | frozenset(self.alleen)


def lees_kaart(tekst: str) -> Kaart:
    """Read a map; refuse (Kaartfout) an unknown key: a typing error must not be silently nothing.

    Source of the keys: docs/beheer.md, "Locaties inlezen".
    """
    try:
        ruw = tomllib.loads(tekst)
    except tomllib.TOMLDecodeError as fout:
        raise Kaartfout(f"De kaart is geen geldige TOML: {fout}") from fout
    _alleen_bekend(
        ruw,
        {
            "naam", "codering", "scheiding", "kolommen", "vast", "waarden", "naamloos",
            "organisator", "leeg", "hoofdletter", "gelijk", "alleen",
        },
        "De kaart",
    )  # fmt: skip
    kolommen = _teksten(ruw.get("kolommen", {}), "[kolommen]")
    vast = _teksten(ruw.get("vast", {}), "[vast]")
    _alleen_bekend(kolommen, VELDEN, "[kolommen]")
    _alleen_bekend(vast, VELDEN, "[vast]")
    kaart = Kaart(
        naam=_tekst(ruw.get("naam", ""), "naam"),
        kolommen=kolommen,
        vast=vast,
        waarden=_waarden(ruw.get("waarden", {})),
        codering=_codering(ruw.get("codering", "utf-8")),
        scheiding=_scheiding(ruw.get("scheiding", ",")),
        naamloos=_sjabloon(ruw.get("naamloos", ""), "naamloos"),
        organisator=_sjabloon(ruw.get("organisator", "{naam}"), "organisator"),
        leeg=frozenset(w.casefold() for w in _lijst(ruw.get("leeg", []), "leeg")),
        hoofdletter=frozenset(_lijst(ruw.get("hoofdletter", []), "hoofdletter")),
        gelijk=tuple(_gelijk(een) for een in _tabellen(ruw.get("gelijk", []))),
        alleen={
            kolom: frozenset(_lijst(waarden, f"[alleen] {kolom}"))
            for kolom, waarden in _tabel(ruw.get("alleen", {}), "[alleen]").items()
        },
    )
    _keur_velden(kaart)
    return kaart


def _keur_velden(kaart: Kaart) -> None:
    gegeven = set(kaart.kolommen) | set(kaart.vast)
    for veld in ("naam", "opvangvorm"):
        if veld not in gegeven:
            raise Kaartfout(f"De kaart zegt niet waar '{veld}' staat.")
    if not gegeven & {"adres", "straat"}:
        raise Kaartfout("De kaart zegt niet waar het adres staat: geef 'adres' of 'straat'.")
    if "postcode" not in gegeven:
        raise Kaartfout("De kaart zegt niet waar 'postcode' staat.")
    if ("breedtegraad" in gegeven) != ("lengtegraad" in gegeven):
        raise Kaartfout("Geef een kolom voor breedtegraad én lengtegraad, of 'coordinaten'.")


def _alleen_bekend(ruw: Mapping[str, Any], bekend: frozenset[str] | set[str], waar: str) -> None:
    vreemd = sorted(set(ruw) - bekend)
    if vreemd:
        raise Kaartfout(f"{waar}: '{vreemd[0]}' bestaat niet. Wel: {', '.join(sorted(bekend))}.")


def _tekst(waarde: Any, naam: str) -> str:
    if not isinstance(waarde, str):
        raise Kaartfout(f"'{naam}' moet tekst zijn, tussen aanhalingstekens.")
    return waarde


def _tabel(waarde: Any, naam: str) -> Mapping[str, Any]:
    if not isinstance(waarde, dict):
        raise Kaartfout(f"{naam} moet een tabel zijn.")
    return waarde


def _tabellen(waarde: Any) -> list[Mapping[str, Any]]:
    if not isinstance(waarde, list):
        raise Kaartfout("Schrijf [[gelijk]] met dubbele haken.")
    return [_tabel(een, "[[gelijk]]") for een in waarde]


def _teksten(waarde: Any, naam: str) -> dict[str, str]:
    return {
        sleutel: _tekst(een, f"{naam} {sleutel}") for sleutel, een in _tabel(waarde, naam).items()
    }


def _lijst(waarde: Any, naam: str) -> list[str]:
    if not isinstance(waarde, list):
        raise Kaartfout(f'\'{naam}\' moet een lijst zijn: ["…", "…"].')
    return [_tekst(een, naam) for een in waarde]


def _codering(waarde: Any) -> str:
    try:
        naam = codecs.lookup(_tekst(waarde, "codering")).name
    except LookupError as fout:
        raise Kaartfout(f"De codering '{waarde}' bestaat niet.") from fout
    naam = {"utf-8-sig": "utf-8"}.get(naam, naam)
    if naam not in CODERINGEN:
        raise Kaartfout(
            f"De codering '{waarde}' kan niet. "
            "Wel: utf-8, windows-1252, iso-8859-1, iso-8859-15, mac-roman."
        )
    return naam


def _scheiding(waarde: Any) -> str:
    tekst = _tekst(waarde, "scheiding")
    if len(tekst) != 1 or tekst in '"\r\n':
        raise Kaartfout('\'scheiding\' is één teken, zoals "," of ";" of "\\t".')
    return tekst


def _sjabloon(waarde: Any, naam: str) -> str:
    tekst = _tekst(waarde, naam)
    try:
        gebruikt = {
            veld for _vast, veld, _vorm, _soort in Formatter().parse(tekst) if veld is not None
        }
    except ValueError:
        gebruikt = {"{"}
    if gebruikt - _INVULVELDEN:
        raise Kaartfout(
            f"'{naam}' mag alleen {{naam}}, {{straat}}, {{postcode}} en {{plaats}} gebruiken."
        )
    return tekst


def _waarden(ruw: Any) -> dict[str, dict[str, str]]:
    uit: dict[str, dict[str, str]] = {}
    for veld, vertaling in _tabel(ruw, "[waarden]").items():
        if veld not in VELDEN:
            raise Kaartfout(f"[waarden.{veld}]: '{veld}' is geen veld.")
        paren = _teksten(vertaling, f"[waarden.{veld}]")
        for waarde in paren.values():
            if veld in _KEUZES and waarde not in _KEUZES[veld]:
                wel = ", ".join(sorted(_KEUZES[veld]))
                raise Kaartfout(f"[waarden.{veld}]: '{waarde}' bestaat niet. Wel: {wel}.")
        uit[veld] = {bron.strip().casefold(): waarde for bron, waarde in paren.items()}
    return uit


def _gelijk(ruw: Mapping[str, Any]) -> Gelijk:
    _alleen_bekend(ruw, {"naam", "straat", "postcode", "aantal"}, "[[gelijk]]")
    aantal = ruw.get("aantal")
    if not isinstance(aantal, int) or isinstance(aantal, bool) or aantal < 1:
        raise Kaartfout("[[gelijk]]: 'aantal' is een getal van 1 of meer.")
    return Gelijk(
        naam=_tekst(ruw.get("naam", ""), "[[gelijk]] naam"),
        straat=_tekst(ruw.get("straat", ""), "[[gelijk]] straat"),
        postcode=_tekst(ruw.get("postcode", ""), "[[gelijk]] postcode"),
        aantal=aantal,
    )
