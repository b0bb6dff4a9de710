"""Bring the rows of a list into the database: new, changed, same or refused, each on its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import DataError, IntegrityError, transaction
from django.utils.text import slugify

from loket.domain.logboek import leg_vast
from loket.models import Gemeente, Wijk
from opvang.domain.csvlezer import toon
from opvang.domain.importeren import (
    Gelezen,
    Gemeentenlijst,
    Geweigerd,
    Locatiegegevens,
    OnbekendeGemeente,
    Overgeslagen,
    Rij,
    normaal,
)
from opvang.domain.ligging import Gebied, gebied_van
from opvang.models import Opvanglocatie, Organisator
from opvang.workflow import Prijssysteem

#: What a later run may change. The provider's own words, hours and visibility are not for the list.
_BIJ_TE_WERKEN = (
    "naam", "dossiernummer", "opvangvorm", "prijssysteem", "straat", "huisnummer", "postcode",
    "plaats", "breedtegraad", "lengtegraad", "telefoon", "email", "website",
)  # fmt: skip
_LANGSTE_SLUG = 70


class Uitslag(StrEnum):
    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    GELIJK = "gelijk"
    GEWEIGERD = "geweigerd"
    OVERGESLAGEN = "overgeslagen"


@dataclass(frozen=True, slots=True)
class Regelverslag:
    """What became of one row."""

    regel: int
    uitslag: Uitslag
    wat: str
    waarom: tuple[str, ...] = ()


@dataclass(slots=True)
class _Werkblad:
    """What one run knows; every gemeente is read once."""

    gemeenten: Gemeentenlijst
    gezien: dict[tuple[str, ...], int] = field(default_factory=dict)
    locaties: dict[int, dict[tuple[str, str], list[Opvanglocatie]]] = field(default_factory=dict)
    wijken: dict[int, tuple[dict[str, int], list[Gebied]]] = field(default_factory=dict)
    organisatoren: dict[tuple[int, str], Organisator] = field(default_factory=dict)

    def vergeet(self) -> None:
        """After a row was undone: what it made is not there, so ask the database again."""
        self.locaties.clear()
        self.organisatoren.clear()


class _Nee(Exception):  # noqa: N818 -- it never leaves this module
    """The row is refused, and why."""


def voer_locaties_in(
    rijen: Iterable[Gelezen],
    *,
    schrijf: bool,
    namens: str,
    nu: dt.datetime,
    meld: Callable[[Regelverslag], None],
) -> dict[Uitslag, int]:
    """Bring every row in and say of each what became of it (`meld`); gives the totals.

    Guarantees: a row is recognised by its dossiernummer, without one by its name and address, so
    that a second run changes nothing; an empty cell never wipes what we know; a row that the
    database refuses is undone alone; without `schrijf` the same work is done and all of it
    undone.
    Refuses: rows that occur twice in the list, unknown gemeenten.
    Causes: an event per location that is new or changed.
    """
    totalen = dict.fromkeys(Uitslag, 0)
    with transaction.atomic():
        werkblad = _Werkblad(
            Gemeentenlijst(Gemeente.objects.values_list("pk", "nis", "naam", "postcodes"))
        )
        for gelezen in rijen:
            verslag = _een(gelezen, werkblad, namens=namens, nu=nu)
            totalen[verslag.uitslag] += 1
            meld(verslag)
        if not schrijf:
            transaction.set_rollback(True)
    return totalen


def _een(gelezen: Gelezen, werkblad: _Werkblad, *, namens: str, nu: dt.datetime) -> Regelverslag:
    if isinstance(gelezen, Geweigerd):
        return Regelverslag(gelezen.regel, Uitslag.GEWEIGERD, gelezen.wat, gelezen.redenen)
    if isinstance(gelezen, Overgeslagen):
        return Regelverslag(gelezen.regel, Uitslag.OVERGESLAGEN, gelezen.wat)
    wat = toon(str(gelezen.gegevens))
    try:
        _keur_dubbel(gelezen, werkblad)
        with transaction.atomic():
            uitslag, velden = _bewaar(gelezen.gegevens, werkblad, namens=namens, nu=nu)
    except _Nee as nee:
        return Regelverslag(gelezen.regel, Uitslag.GEWEIGERD, wat, (str(nee),))
    except (IntegrityError, DataError) as fout:
        werkblad.vergeet()
        reden = f"de databank weigert deze rij: {str(fout).splitlines()[0]}"
        return Regelverslag(gelezen.regel, Uitslag.GEWEIGERD, wat, (reden,))
    return Regelverslag(gelezen.regel, uitslag, wat, velden)


def _keur_dubbel(rij: Rij, werkblad: _Werkblad) -> None:
    """Let the first of two alike rows count; two dossiernummers are always two locations."""
    gegevens = rij.gegevens
    sleutels: list[tuple[str, ...]] = [(*gegevens.sleutel, gegevens.dossiernummer)]
    if gegevens.dossiernummer:
        sleutels.append((gegevens.dossiernummer,))
    for sleutel in sleutels:
        if sleutel in werkblad.gezien:
            raise _Nee(f"staat al op regel {werkblad.gezien[sleutel]} van dit bestand")
    werkblad.gezien.update(dict.fromkeys(sleutels, rij.regel))


def _bewaar(
    gegevens: Locatiegegevens, werkblad: _Werkblad, *, namens: str, nu: dt.datetime
) -> tuple[Uitslag, tuple[str, ...]]:
    try:
        gemeente_id = werkblad.gemeenten.zoek(gegevens)
    except OnbekendeGemeente as fout:
        raise _Nee(str(fout)) from fout
    bekend = _locaties_van(gemeente_id, werkblad)
    locatie = _vind(gegevens, bekend)
    if locatie is None:
        locatie = _maak(gegevens, gemeente_id, werkblad)
        bekend.setdefault(_sleutel(locatie), []).append(locatie)
        leg_vast("opvang.locatie.ingevoerd", locatie, door=None, nu=nu, namens=namens)
        return Uitslag.NIEUW, ()
    oude_sleutel = _sleutel(locatie)
    velden = _werk_bij(locatie, gegevens, gemeente_id, werkblad)
    if not velden:
        return Uitslag.GELIJK, ()
    bekend[oude_sleutel] = [een for een in bekend.get(oude_sleutel, []) if een.pk != locatie.pk]
    bekend.setdefault(_sleutel(locatie), []).append(locatie)
    leg_vast(
        "opvang.locatie.bijgewerkt", locatie, door=None, nu=nu, namens=namens, velden=list(velden)
    )
    return Uitslag.GEWIJZIGD, velden


def _locaties_van(
    gemeente_id: int, werkblad: _Werkblad
) -> dict[tuple[str, str], list[Opvanglocatie]]:
    if gemeente_id not in werkblad.locaties:
        per_sleutel: dict[tuple[str, str], list[Opvanglocatie]] = {}
        for locatie in Opvanglocatie.objects.filter(gemeente=gemeente_id).order_by("pk"):
            per_sleutel.setdefault(_sleutel(locatie), []).append(locatie)
        werkblad.locaties[gemeente_id] = per_sleutel
    return werkblad.locaties[gemeente_id]


def _sleutel(locatie: Opvanglocatie) -> tuple[str, str]:
    return (
        normaal(locatie.naam),
        normaal(f"{locatie.straat} {locatie.huisnummer} {locatie.postcode}"),
    )


def _vind(
    gegevens: Locatiegegevens, bekend: dict[tuple[str, str], list[Opvanglocatie]]
) -> Opvanglocatie | None:
    if gegevens.dossiernummer:
        met_nummer = Opvanglocatie.objects.filter(dossiernummer=gegevens.dossiernummer).first()
        if met_nummer is not None:
            return met_nummer
    for kandidaat in bekend.get(gegevens.sleutel, []):
        if not (gegevens.dossiernummer and kandidaat.dossiernummer):
            return kandidaat
    return None


def _maak(gegevens: Locatiegegevens, gemeente_id: int, werkblad: _Werkblad) -> Opvanglocatie:
    plaats = gegevens.plaats or werkblad.gemeenten.naam(gemeente_id)
    return Opvanglocatie.objects.create(
        organisator=_organisator(gegevens, gemeente_id, werkblad),
        naam=gegevens.naam,
        slug=_vrije_slug(f"{gegevens.naam} {plaats}"),
        dossiernummer=gegevens.dossiernummer or None,
        opvangvorm=gegevens.opvangvorm,
        prijssysteem=gegevens.prijssysteem,
        straat=gegevens.straat,
        huisnummer=gegevens.huisnummer,
        postcode=gegevens.postcode,
        plaats=plaats,
        gemeente_id=gemeente_id,
        wijk_id=_wijk(gegevens, gemeente_id, werkblad),
        breedtegraad=gegevens.breedtegraad,
        lengtegraad=gegevens.lengtegraad,
        telefoon=gegevens.telefoon,
        email=gegevens.email,
        website=gegevens.website,
    )


def _werk_bij(
    locatie: Opvanglocatie, gegevens: Locatiegegevens, gemeente_id: int, werkblad: _Werkblad
) -> tuple[str, ...]:
    """Write what the row says differently; gives the names of those fields."""
    anders: dict[str, object] = {}
    for veld in _BIJ_TE_WERKEN:
        nieuw = getattr(gegevens, veld)
        zegt_niets = nieuw in {"", None} or nieuw == Prijssysteem.ONBEKEND
        if not zegt_niets and nieuw != getattr(locatie, veld):
            anders[veld] = nieuw
    if locatie.gemeente_id != gemeente_id:
        anders["gemeente_id"] = gemeente_id
    verhuisd = not anders.keys().isdisjoint({"gemeente_id", "breedtegraad", "lengtegraad"})
    # A wijk that somebody chose by hand stays, unless the list names one or the location moved.
    if gegevens.wijk or verhuisd or locatie.wijk_id is None:
        wijk_id = _wijk(gegevens, gemeente_id, werkblad)
        if wijk_id is not None and wijk_id != locatie.wijk_id:
            anders["wijk_id"] = wijk_id
    if not anders:
        return ()
    for veld, waarde in anders.items():
        setattr(locatie, veld, waarde)
    velden = tuple(veld.removesuffix("_id") for veld in anders)
    locatie.save(update_fields=velden)
    return velden


def _wijk(gegevens: Locatiegegevens, gemeente_id: int, werkblad: _Werkblad) -> int | None:
    """Take the wijk that the row names, else the one in which its point lies."""
    ids, gebieden = wijken_van(gemeente_id, werkblad.wijken)
    if gegevens.wijk in ids:
        return ids[gegevens.wijk]
    if gegevens.breedtegraad is None or gegevens.lengtegraad is None:
        return None
    code = gebied_van(gegevens.lengtegraad, gegevens.breedtegraad, gebieden)
    return None if code is None else ids[code]


def wijken_van(
    gemeente_id: int, bekend: dict[int, tuple[dict[str, int], list[Gebied]]]
) -> tuple[dict[str, int], list[Gebied]]:
    """Give (code -> id, outlines) of a gemeente: its wijken, else its deelgemeenten."""
    if gemeente_id not in bekend:
        wijken: Sequence[Wijk] = list(Wijk.objects.filter(gemeente=gemeente_id).order_by("code"))
        omtrekken = [(w.soort, Gebied(w.code, w.omtrek)) for w in wijken if w.omtrek is not None]
        fijnste = [gebied for soort, gebied in omtrekken if soort == Wijk.Soort.WIJK]
        bekend[gemeente_id] = (
            {wijk.code: wijk.pk for wijk in wijken},
            fijnste or [gebied for _soort, gebied in omtrekken],
        )
    return bekend[gemeente_id]


def _organisator(gegevens: Locatiegegevens, gemeente_id: int, werkblad: _Werkblad) -> Organisator:
    """Find by ondernemingsnummer; without one, by name in the same gemeente; else make one.

    Never by name alone: whoever acts for the one would then act for its namesake elsewhere.
    """
    naam = gegevens.organisator or gegevens.naam
    if gegevens.ondernemingsnummer:
        organisator, _nieuw = Organisator.objects.get_or_create(
            ondernemingsnummer=gegevens.ondernemingsnummer, defaults={"naam": naam}
        )
        return organisator
    sleutel = (gemeente_id, normaal(naam))
    bekend = werkblad.organisatoren.get(sleutel) or (
        Organisator.objects.filter(
            naam=naam, ondernemingsnummer=None, locaties__gemeente=gemeente_id
        ).first()
    )
    if bekend is None:
        bekend = Organisator.objects.create(naam=naam)
    werkblad.organisatoren[sleutel] = bekend
    return bekend


def _vrije_slug(tekst: str) -> str:
    basis = slugify(tekst)[:_LANGSTE_SLUG].strip("-") or "opvang"
    bezet = set(Opvanglocatie.objects.filter(slug__startswith=basis).values_list("slug", flat=True))
    slug, nummer = basis, 1
    while slug in bezet:
        nummer += 1
        slug = f"{basis}-{nummer}"
    return slug
