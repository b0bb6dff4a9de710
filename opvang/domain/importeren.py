"""What a row of somebody's list says about a location, or all that is wrong with it. Pure.

What the screens refuse as well is refused in the same words: those of the model.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.db.models import CharField

from opvang.domain.csvlezer import Onleesbaar, lees_cellen, toon
from opvang.domain.ligging import in_belgie
from opvang.models import Opvanglocatie, Organisator
from opvang.workflow import Opvangvorm, Prijssysteem

if TYPE_CHECKING:
    from opvang.domain.kolomkaart import Kaart

#: Widths of the columns in the database (a test holds the two equal).
LENGTES: Mapping[str, int] = {
    "naam": 150,
    "straat": 120,
    "huisnummer": 20,
    "plaats": 80,
    "telefoon": 30,
    "email": 254,
    "website": 200,
    "organisator": 150,
}
_PATRONEN = (
    ("postcode", r"\d{4}"),
    ("dossiernummer", r"\d{9,10}"),
    ("ondernemingsnummer", r"[01]\d{9}"),
    ("nis", r"\d{5}"),
)
_VERPLICHT = {
    "naam": "de naam",
    "straat": "het adres",
    "postcode": "de postcode",
    "opvangvorm": "de soort opvang",
}
_KEUZES = {
    "opvangvorm": frozenset(Opvangvorm.values),
    "prijssysteem": frozenset(Prijssysteem.values),
}
_LANGSTE_ADRES = 200
_HUISNUMMER = re.compile(
    r"""^(?P<straat>.*?[^\W\d_].*?)[\s,]+
        (?P<nummer>\d+\s?[a-z]{0,2}
            (?:\s?[-/+]\s?\d+\s?[a-z]?)*
            (?:\s?(?:/|bus|bte|boîte|box|b)\.?\s?[\w.]+)?)$""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locatiegegevens:
    """What a row says about a location. Empty means: the row says nothing, what we know stays."""

    naam: str
    opvangvorm: str
    straat: str
    postcode: str
    huisnummer: str = ""
    plaats: str = ""
    prijssysteem: str = Prijssysteem.ONBEKEND.value
    dossiernummer: str = ""
    nis: str = ""
    gemeente: str = ""
    wijk: str = ""
    breedtegraad: float | None = None
    lengtegraad: float | None = None
    telefoon: str = ""
    email: str = ""
    website: str = ""
    organisator: str = ""
    ondernemingsnummer: str = ""

    @property
    def sleutel(self) -> tuple[str, str]:
        """Name and address as they are compared: without case, accents or punctuation."""
        return normaal(self.naam), normaal(f"{self.straat} {self.huisnummer} {self.postcode}")

    def __str__(self) -> str:
        adres = f"{self.straat} {self.huisnummer}".strip()
        return f"{self.naam}, {adres}, {self.postcode} {self.plaats}".rstrip()


@dataclass(frozen=True, slots=True)
class Rij:
    """A row that can be used."""

    regel: int
    gegevens: Locatiegegevens


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """A row that can't be used, and every reason why."""

    regel: int
    redenen: tuple[str, ...]
    wat: str = ""


@dataclass(frozen=True, slots=True)
class Overgeslagen:
    """A row that the map leaves out on purpose (`[alleen]`)."""

    regel: int
    wat: str = ""


Gelezen: TypeAlias = Rij | Geweigerd | Overgeslagen


class OnbekendeGemeente(ValueError):  # noqa: N818 -- an answer that can be shown
    """`str()` says in Dutch which gemeente was not found, or that a postcode is not enough."""


class Gemeentenlijst:
    """The gemeenten that we know, to find one by NIS code, name or postcode, in that order."""

    def __init__(self, gemeenten: Iterable[tuple[int, str, str, Sequence[str]]]) -> None:
        """Take (id, nis, name, postcodes)."""
        self._op_nis: dict[str, int] = {}
        self._op_naam: dict[str, list[int]] = {}
        self._op_postcode: dict[str, list[int]] = {}
        self._namen: dict[int, str] = {}
        for pk, nis, naam, postcodes in gemeenten:
            self._op_nis[nis] = pk
            self._namen[pk] = naam
            self._op_naam.setdefault(normaal(naam), []).append(pk)
            for postcode in postcodes:
                self._op_postcode.setdefault(postcode, []).append(pk)

    def naam(self, pk: int) -> str:
        return self._namen[pk]

    def zoek(self, gegevens: Locatiegegevens) -> int:
        """Give the id of the gemeente; refuse (OnbekendeGemeente) the unknown and the unsure."""
        if gegevens.nis:
            if gegevens.nis in self._op_nis:
                return self._op_nis[gegevens.nis]
            raise OnbekendeGemeente(f"de gemeente met NIS-code {toon(gegevens.nis)} is niet gekend")
        op_postcode = self._op_postcode.get(gegevens.postcode, [])
        if gegevens.gemeente:
            gevonden = self._op_naam.get(normaal(gegevens.gemeente), [])
            if len(gevonden) > 1:
                gevonden = [pk for pk in gevonden if pk in op_postcode]
            if len(gevonden) == 1:
                return gevonden[0]
            raise OnbekendeGemeente(f"de gemeente {toon(gegevens.gemeente)} is niet gekend")
        if len(op_postcode) == 1:
            return op_postcode[0]
        if not op_postcode:
            raise OnbekendeGemeente(f"postcode {gegevens.postcode} hoort bij geen gekende gemeente")
        namen = " en ".join(sorted(self._namen[pk] for pk in op_postcode))
        raise OnbekendeGemeente(
            f"postcode {gegevens.postcode} ligt in {namen}; geef ook de naam of de NIS-code"
        )


def normaal(tekst: str) -> str:
    """Lower case, without accents and punctuation, one space between words."""
    ontbonden = unicodedata.normalize("NFKD", tekst)
    kaal = "".join(teken for teken in ontbonden if not unicodedata.combining(teken))
    return " ".join(re.sub(r"[\W_]+", " ", kaal.casefold()).split())


def lees_rijen(bestand: BinaryIO, kaart: Kaart) -> Iterator[Gelezen]:
    """Check the first line at once (Bestandsfout), then give every row, one at a time."""
    cellen = lees_cellen(
        bestand, codering=kaart.codering, scheiding=kaart.scheiding, kolommen=kaart.bronkolommen
    )
    nummering = _Nummering(kaart)
    return (
        Geweigerd(rij.regel, (rij.reden,), rij.wat)
        if isinstance(rij, Onleesbaar)
        else nummering.nummer(lees_rij(rij.regel, rij.bron, kaart))
        for rij in cellen
    )


class _Nummering:
    """Numbers rows that the map knows to be alike but different; a further copy stays a double."""

    def __init__(self, kaart: Kaart) -> None:
        self._hoogstens = {
            (normaal(een.naam), normaal(f"{een.straat} {een.postcode}")): een.aantal
            for een in kaart.gelijk
        }
        self._gezien: dict[tuple[str, str], int] = {}
        self._eigen_organisator = not {"organisator"} & (kaart.kolommen.keys() | kaart.vast.keys())

    def nummer(self, gelezen: Gelezen) -> Gelezen:
        if not isinstance(gelezen, Rij) or gelezen.gegevens.sleutel not in self._hoogstens:
            return gelezen
        sleutel = gelezen.gegevens.sleutel
        keer = self._gezien[sleutel] = self._gezien.get(sleutel, 0) + 1
        if keer == 1 or keer > self._hoogstens[sleutel]:
            return gelezen
        gegevens = replace(gelezen.gegevens, naam=f"{gelezen.gegevens.naam} ({keer})")
        if self._eigen_organisator:
            gegevens = replace(gegevens, organisator=f"{gegevens.organisator} ({keer})")
        return replace(gelezen, gegevens=gegevens)


def lees_rij(nummer: int, bron: Mapping[str, str], kaart: Kaart) -> Gelezen:
    """Turn the cells of a row (column -> text) into a location, or say all that is wrong."""
    redenen: list[str] = []
    schoon = {kolom: _maak_schoon(kolom, waarde, redenen) for kolom, waarde in bron.items()}
    for kolom, waarden in kaart.alleen.items():
        if schoon[kolom] not in waarden:
            return Overgeslagen(nummer, toon(schoon[kolom]))
    velden = _velden(schoon, kaart, redenen)
    breedte, lengte = _coordinaten(velden, redenen)
    _keur(velden, redenen)
    if redenen:
        wat = " ".join(velden.get(veld, "") for veld in ("naam", "straat", "huisnummer"))
        return Geweigerd(nummer, tuple(redenen), toon(" ".join(wat.split())))
    teksten = {veld: waarde for veld, waarde in velden.items() if waarde}
    return Rij(
        nummer,
        Locatiegegevens(
            naam=teksten.pop("naam"),
            opvangvorm=teksten.pop("opvangvorm"),
            straat=teksten.pop("straat"),
            postcode=teksten.pop("postcode"),
            breedtegraad=breedte,
            lengtegraad=lengte,
            **teksten,
        ),
    )


def _maak_schoon(kolom: str, waarde: str, redenen: list[str]) -> str:
    tekst = " ".join(unicodedata.normalize("NFC", waarde).split())
    if any(unicodedata.category(teken) in {"Cc", "Cs", "Co", "Cn"} for teken in tekst):
        redenen.append(f"{kolom} bevat onleesbare tekens")
    return tekst


def _velden(schoon: Mapping[str, str], kaart: Kaart, redenen: list[str]) -> dict[str, str]:
    """Go from their columns to our fields: fixed and translated values, split address, names."""
    velden = {veld: schoon[kolom] for veld, kolom in kaart.kolommen.items()}
    for veld, waarde in velden.items():
        if waarde.casefold() in kaart.leeg:
            velden[veld] = ""
    for veld, waarde in kaart.vast.items():
        velden[veld] = velden.get(veld) or waarde
    _vertaal(velden, kaart, redenen)
    adres = velden.pop("adres", "")
    if adres and not velden.get("straat"):
        straat, huisnummer = splits_adres(adres, leeg=kaart.leeg)
        velden |= {"straat": straat, "huisnummer": velden.get("huisnummer") or huisnummer}
    for veld in kaart.hoofdletter:
        velden[veld] = velden.get(veld, "")[:1].upper() + velden.get(veld, "")[1:]
    delen = {veld: velden.get(veld, "") for veld in ("straat", "postcode", "plaats")}
    if not velden.get("naam") and delen["straat"]:
        velden["naam"] = kaart.naamloos.format(naam="", **delen).strip()
    if velden.get("naam") and not velden.get("organisator"):
        eigen = kaart.organisator.format(naam=velden["naam"], **delen).strip()
        velden["organisator"] = eigen[: LENGTES["organisator"]]
    return velden


def _vertaal(velden: dict[str, str], kaart: Kaart, redenen: list[str]) -> None:
    for veld, vertaling in kaart.waarden.items():
        if veld not in velden:
            continue
        waarde = velden[veld].casefold()
        if waarde in vertaling:
            velden[veld] = vertaling[waarde]
        elif "*" in vertaling:
            velden[veld] = vertaling["*"]
        elif waarde:
            redenen.append(
                f"{veld} {toon(velden[veld])} staat niet in [waarden.{veld}] van de kaart"
            )


def splits_adres(adres: str, *, leeg: frozenset[str] = frozenset()) -> tuple[str, str]:
    """Split "Kerkstraat 12 bus 3" in street and number; without a number the second is empty.

    A last word that means nothing ("nan" in lists made by a program) is dropped.
    """
    woorden = adres.split()
    while len(woorden) > 1 and woorden[-1].casefold() in leeg:
        woorden.pop()
    tekst = " ".join(woorden)
    # Longer than any address: it is refused for its length, and the pattern must not chew on it.
    gevonden = _HUISNUMMER.match(tekst) if len(tekst) <= _LANGSTE_ADRES else None
    if gevonden is None:
        return tekst, ""
    return gevonden["straat"].rstrip(" ,"), gevonden["nummer"]


def _coordinaten(velden: dict[str, str], redenen: list[str]) -> tuple[float | None, float | None]:
    """Give latitude and longitude, or twice nothing when the row has none."""
    ruw_breedte, ruw_lengte = velden.pop("breedtegraad", ""), velden.pop("lengtegraad", "")
    samen = velden.pop("coordinaten", "")
    if samen:
        delen = re.split(r"\s*;\s*|\s*,\s+|\s+|(?<=\d),(?=-?\d+\.)", samen.strip("()[] "))
        ruw_breedte, ruw_lengte = delen if len(delen) == 2 else (samen, "")  # noqa: PLR2004
    if not ruw_breedte and not ruw_lengte:
        return None, None
    breedte, lengte = _getal(ruw_breedte), _getal(ruw_lengte)
    if breedte is None or lengte is None:
        ruw = toon(f"{ruw_breedte} {ruw_lengte}".strip())
        redenen.append(f"coördinaten {ruw} zijn geen twee getallen")
        return None, None
    if in_belgie(lengte, breedte):
        return breedte, lengte
    wat = f"coördinaten {breedte:g}, {lengte:g}"
    redenen.append(
        f"{wat}: breedte en lengte zijn verwisseld"
        if in_belgie(breedte, lengte)
        else f"{wat} liggen niet in België"
    )
    return None, None


def _getal(tekst: str) -> float | None:
    patroon = r"[+-]?\d{1,15}(?:[.,]\d{1,30})?(?:[eE][+-]?\d{1,3})?"
    if not re.fullmatch(patroon, tekst, re.ASCII):
        return None
    getal = float(tekst.replace(",", "."))
    return getal if math.isfinite(getal) else None


def _keur(velden: Mapping[str, str], redenen: list[str]) -> None:
    redenen += [f"{wat} ontbreekt" for veld, wat in _VERPLICHT.items() if not velden.get(veld)]
    redenen += [
        f"{veld} is langer dan {lengte} tekens"
        for veld, lengte in LENGTES.items()
        if len(velden.get(veld, "")) > lengte
    ]
    bekend = " ".join(redenen)
    redenen += [
        f"{veld} {toon(velden[veld])} bestaat niet"
        for veld, keuzes in _KEUZES.items()
        if velden.get(veld) and velden[veld] not in keuzes and f"[waarden.{veld}]" not in bekend
    ]
    redenen += [
        f"{veld} {toon(velden[veld])}: {_zin(veld)}"
        for veld, patroon in _PATRONEN
        if velden.get(veld) and not re.fullmatch(patroon, velden[veld], re.ASCII)
    ]
    for veld, keur in (("email", validate_email), ("website", URLValidator(["http", "https"]))):
        try:
            if velden.get(veld):
                keur(velden[veld])
        except ValidationError as nee:
            redenen.append(f"{veld} {toon(velden[veld])}: {' '.join(nee.messages)}")


def _zin(veld: str) -> str:
    """What a number should be, in the words that a form has for it."""
    if veld == "postcode":
        return "Een postcode heeft vier cijfers."
    if veld == "nis":
        return "Een NIS-code heeft vijf cijfers."
    model = Organisator if veld == "ondernemingsnummer" else Opvanglocatie
    kolom = model._meta.get_field(veld)
    assert isinstance(kolom, CharField)
    return next(str(een.message) for een in kolom.validators if isinstance(een, RegexValidator))
