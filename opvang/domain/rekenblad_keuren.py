"""What an uploaded spreadsheet asks for: every error with its cell, or what would change. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext_lazy

from loket import week
from opvang.domain.keuren import (
    DATUM_BESTAAT_NIET,
    EERSTE_JAAR,
    GEEN_DATUM,
    INTUSSEN_GEWIJZIGD,
    LAATSTE_JAAR,
    OUDSTE_MAANDEN,
    PERIODE_BESTAAT_NIET,
    PERIODE_DUBBEL,
    SOORT_BESTAAT_NIET,
    Aanbodgegevens,
    bezwaren,
    geen_aantal,
    geen_jaar,
    geen_leeftijd,
)
from opvang.domain.rekenblad import DAGDELEN
from opvang.domain.rekenblad_lezen import Raar, Rij
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FORMULE = gettext_lazy("Hier staat een formule. Kopieer de cel en plak ze als waarde.")
FOUTWAARDE = gettext_lazy("Hier staat een fout van je rekenblad, zoals #REF!.")
LOCATIE_LEEG = gettext_lazy("Vul de locatie in.")
LOCATIE_ONBEKEND = gettext_lazy("Deze locatie staat niet bij jouw locaties.")
DOSSIER_ANDERS = gettext_lazy("Dit dossiernummer hoort niet bij deze locatie.")
NUMMER_ONLEESBAAR = gettext_lazy(
    "Laat periode en versie staan zoals ze in de lijst stonden, of maak ze allebei leeg."
)
ALLES_LEEG = gettext_lazy("Vul minstens één aantal in. Nul mag: dat betekent volzet.")
BESTAAT_AL = gettext_lazy("Deze periode bestaat al. Download de lijst opnieuw en pas ze daar aan.")
WEGHALEN = gettext_lazy("Schrijf ja, of laat leeg.")
WEG_VAN_NIETS = gettext_lazy("Een nieuwe periode kun je niet weghalen. Maak de rij leeg.")

T = TypeVar("T")
_VELD = {"tot": "tot en met", "leeftijd_vanaf": "leeftijd vanaf", "leeftijd_tot": "leeftijd tot"}
_VELD |= dict(zip(week.CODES, DAGDELEN, strict=True))
_DATUM = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_GETAL = re.compile(r"-?\d{1,18}", re.ASCII)


class Wat(StrEnum):
    NIEUW = "nieuw"
    ANDERS = "anders"
    WEG = "weg"
    GELIJK = "gelijk"


@dataclass(frozen=True, slots=True)
class Celfout:
    """Something wrong, and in which cell."""

    cel: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Verandering:
    """What one row asks for."""

    wat: Wat
    locatie: Opvanglocatie
    gegevens: Aanbodgegevens
    cel: str
    aanbod: Plaatsaanbod | None = None
    versie: int = 0


@dataclass(slots=True)
class Keuring:
    """All that is wrong; when nothing is, all that would change."""

    veranderingen: list[Verandering] = field(default_factory=list)
    fouten: list[Celfout] = field(default_factory=list)

    def van(self, wat: Wat) -> list[Verandering]:
        return [een for een in self.veranderingen if een.wat is wat]

    @property
    def gelijk(self) -> int:
        """How many periods stay as they are."""
        return len(self.van(Wat.GELIJK))

    @property
    def verandert_iets(self) -> bool:
        return any(een.wat is not Wat.GELIJK for een in self.veranderingen)


class _Fout(Exception):  # noqa: N818 -- only travels within this module
    pass


def keur_rijen(
    rijen: Sequence[Rij], locaties: Collection[Opvanglocatie], aanbod: Collection[Plaatsaanbod]
) -> Keuring:
    """Check every row against the provider's own locations and all of their periods.

    Nothing is skipped after an error: a person repairs a list once.
    """
    keuring = Keuring()
    bekend = _Bekend(
        {locatie.slug: locatie for locatie in locaties},
        {locatie.dossiernummer: locatie for locatie in locaties if locatie.dossiernummer},
        {rij.pk: rij for rij in aanbod},
        {sleutel_van(rij.locatie_id, rij) for rij in aanbod},
    )
    for rij in rijen:
        _Rijkeuring(rij, bekend, keuring).keur()
    return keuring


@dataclass(frozen=True, slots=True)
class _Bekend:
    op_slug: Mapping[str, Opvanglocatie]
    op_dossier: Mapping[str, Opvanglocatie]
    aanbod: Mapping[int, Plaatsaanbod]
    staat_er: Collection[tuple[object, ...]]
    gezien: set[int] = field(default_factory=set)
    nieuw: set[tuple[object, ...]] = field(default_factory=set)


class _Rijkeuring:
    """One row: each cell is read on its own, so that one error does not hide another."""

    def __init__(self, rij: Rij, bekend: _Bekend, keuring: Keuring) -> None:
        self.rij, self.bekend, self.keuring = rij, bekend, keuring
        self.fouten: dict[str, StrOrPromise] = {}

    def keur(self) -> None:
        locatie = self._locatie()
        aanbod, versie = self._periode(locatie)
        weg = self._weg(nieuw=aanbod is None and "periode" not in self.fouten)
        gegevens = self._gegevens()
        if gegevens is not None and locatie is not None and aanbod is None and not self.fouten:
            self._keur_nieuw(locatie, gegevens)
        if gegevens is None or locatie is None or self.fouten:
            self.keuring.fouten += [
                Celfout(self.rij.adres(kolom), str(tekst)) for kolom, tekst in self._op_volgorde()
            ]
            return
        wat = self._wat(aanbod, gegevens, weg=weg)
        if aanbod is not None and wat is not Wat.GELIJK and versie != aanbod.versie:
            cel = self.rij.adres("versie")
            self.keuring.fouten.append(Celfout(cel, str(INTUSSEN_GEWIJZIGD)))
            return
        self.keuring.veranderingen.append(
            Verandering(wat, locatie, gegevens, self.rij.adres("versie"), aanbod, versie)
        )

    def _op_volgorde(self) -> list[tuple[str, StrOrPromise]]:
        orde = list(self.rij.letters)
        return sorted(
            self.fouten.items(), key=lambda paar: orde.index(paar[0]) if paar[0] in orde else 0
        )

    def _lees(self, kolom: str) -> object:
        """Give the value of a cell; text without the spaces around it, nothing as None."""
        waarde = self.rij.cellen.get(kolom)
        if waarde is Raar.FORMULE:
            raise _Fout(FORMULE)
        if waarde is Raar.FOUTWAARDE:
            raise _Fout(FOUTWAARDE)
        if isinstance(waarde, str):
            waarde = waarde.strip().lstrip("'")
        return None if waarde == "" else waarde

    def _heel(self, kolom: str) -> int | None:
        """Read a whole number: typed, counted (2.0) or as text; None when it is none."""
        waarde = self._lees(kolom)
        if isinstance(waarde, bool):
            return None
        if isinstance(waarde, int):
            return waarde
        if isinstance(waarde, float) and waarde.is_integer() and abs(waarde) < 1e15:  # noqa: PLR2004 -- exact
            return int(waarde)
        if isinstance(waarde, str) and _GETAL.fullmatch(waarde):
            return int(waarde)
        return None

    def _locatie(self) -> Opvanglocatie | None:
        locatie = None
        try:
            naam, dossier = self._lees("locatie"), self._lees("dossiernummer")
        except _Fout as fout:
            self.fouten["locatie"] = fout.args[0]
            return None
        nummer = self._dossier(dossier)
        if naam is not None:
            locatie = self.bekend.op_slug.get(str(naam))
        elif nummer is not None:
            locatie = self.bekend.op_dossier.get(nummer)
        if locatie is None:
            leeg = naam is None and dossier is None
            self.fouten["locatie"] = LOCATIE_LEEG if leeg else LOCATIE_ONBEKEND
        elif nummer is not None and locatie.dossiernummer != nummer:
            self.fouten["dossiernummer"] = DOSSIER_ANDERS
        return locatie

    def _dossier(self, waarde: object) -> str | None:
        """A number that the spreadsheet made of it; a zero in front may be lost."""
        if waarde is None:
            return None
        if isinstance(waarde, float) and waarde.is_integer():
            waarde = int(waarde)
        tekst = str(waarde)
        return next(
            (d for d in self.bekend.op_dossier if d.lstrip("0") == tekst.lstrip("0")), tekst
        )

    def _periode(self, locatie: Opvanglocatie | None) -> tuple[Plaatsaanbod | None, int]:
        try:
            leeg = self._lees("periode") is None
            kaal = leeg and self._lees("versie") is None
        except _Fout as fout:
            self.fouten["periode"] = fout.args[0]
            return None, 0
        if kaal:
            return None, 0
        try:
            pk, versie = self._heel("periode"), self._heel("versie")
        except _Fout as fout:
            self.fouten["versie"] = fout.args[0]
            return None, 0
        if pk is None:
            self.fouten["periode"] = NUMMER_ONLEESBAAR
            return None, 0
        if versie is None:
            self.fouten["versie"] = NUMMER_ONLEESBAAR
        aanbod = self.bekend.aanbod.get(pk)
        if aanbod is None or (locatie is not None and aanbod.locatie_id != locatie.pk):
            self.fouten["periode"] = PERIODE_BESTAAT_NIET
            return None, 0
        if pk in self.bekend.gezien:
            self.fouten["periode"] = PERIODE_DUBBEL
        self.bekend.gezien.add(pk)
        return aanbod, versie or 0

    def _weg(self, *, nieuw: bool) -> bool:
        try:
            waarde = self._lees("weghalen")
        except _Fout as fout:
            self.fouten["weghalen"] = fout.args[0]
            return False
        tekst = str(waarde or "").lower()
        if waarde is True or tekst in {"ja", "x"}:
            if nieuw:
                self.fouten["weghalen"] = WEG_VAN_NIETS
            return True
        if tekst not in {"", "nee"}:
            self.fouten["weghalen"] = WEGHALEN
        return False

    def _gegevens(self) -> Aanbodgegevens | None:
        """Read the period itself, and hold it against the rules that the form and the API use."""
        soort = self._probeer("soort", self._soort)
        vanaf = self._probeer("vanaf", lambda: self._dag("vanaf"))
        einde = self._probeer("tot en met", lambda: self._dag("tot en met"))
        if vanaf is None:
            self.fouten.setdefault("vanaf", GEEN_DATUM)
        jongste = self._probeer("leeftijd vanaf", lambda: self._maanden("leeftijd vanaf", 0))
        oudste = self._probeer("leeftijd tot", lambda: self._maanden("leeftijd tot", 36))
        vrij = self._vrij()
        gegevens = Aanbodgegevens(
            soort=soort or Aanbodsoort.REGULIER,
            vanaf=vanaf or dt.date(EERSTE_JAAR, 1, 1),
            tot=einde and einde + dt.timedelta(days=1),
            leeftijd_vanaf=0 if jongste is None else jongste,
            leeftijd_tot=OUDSTE_MAANDEN if oudste is None else oudste,
            vrij=vrij,
        )
        for veld, bezwaar in bezwaren(gegevens).items():
            self.fouten.setdefault(_VELD.get(veld, veld), bezwaar)
        return None if self.fouten else gegevens

    def _probeer(self, kolom: str, lees: Callable[[], T]) -> T | None:
        try:
            return lees()
        except _Fout as fout:
            self.fouten[kolom] = fout.args[0]
            return None

    def _soort(self) -> str:
        waarde = self._lees("soort")
        if waarde is None:
            return Aanbodsoort.REGULIER
        soort = str(waarde).lower()
        if soort not in Aanbodsoort.values:
            raise _Fout(SOORT_BESTAAT_NIET)
        return soort

    def _dag(self, kolom: str) -> dt.date | None:
        waarde = self._lees(kolom)
        if waarde is None:
            return None
        dag: dt.date | None = None
        if isinstance(waarde, dt.datetime):
            dag = waarde.date() if waarde.time() == dt.time() else None
        elif isinstance(waarde, dt.date):
            dag = waarde
        elif isinstance(waarde, str):
            dag = _lees_datum(waarde)
        if dag is None:
            raise _Fout(DATUM_BESTAAT_NIET)
        if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
            raise _Fout(geen_jaar())
        return dag

    def _maanden(self, kolom: str, gewoon: int) -> int:
        if self._lees(kolom) is None:
            return gewoon
        maanden = self._heel(kolom)
        if maanden is None:
            raise _Fout(geen_leeftijd())
        return maanden

    def _vrij(self) -> tuple[int, ...]:
        """The fourteen numbers; as in the form an empty one is none, but not all of them."""
        uit = []
        leeg = True
        for code, kolom in zip(week.CODES, DAGDELEN, strict=True):
            aantal: int | None = 0
            try:
                if self._lees(kolom) is not None:
                    leeg, aantal = False, self._heel(kolom)
                if aantal is None:
                    raise _Fout(geen_aantal(code))  # noqa: TRY301 -- the same way out as a formula
            except _Fout as fout:
                self.fouten[kolom], leeg = fout.args[0], False
            uit.append(aantal or 0)
        if leeg:
            self.fouten[DAGDELEN[0]] = ALLES_LEEG
        return tuple(uit)

    def _keur_nieuw(self, locatie: Opvanglocatie, gegevens: Aanbodgegevens) -> None:
        """A new period is there once: in the file, and beside what stands already."""
        sleutel = sleutel_van(locatie.pk, gegevens)
        if sleutel in self.bekend.nieuw:
            self.fouten["vanaf"] = PERIODE_DUBBEL
        elif sleutel in self.bekend.staat_er:
            self.fouten["vanaf"] = BESTAAT_AL
        self.bekend.nieuw.add(sleutel)

    @staticmethod
    def _wat(aanbod: Plaatsaanbod | None, gegevens: Aanbodgegevens, *, weg: bool) -> Wat:
        if aanbod is None:
            return Wat.NIEUW
        if weg:
            return Wat.WEG
        velden = ("soort", "vanaf", "tot", "leeftijd_vanaf", "leeftijd_tot")
        gelijk = all(getattr(aanbod, veld) == getattr(gegevens, veld) for veld in velden)
        return Wat.GELIJK if gelijk and tuple(aanbod.vrij) == gegevens.vrij else Wat.ANDERS


def sleutel_van(locatie_id: int, periode: Aanbodgegevens | Plaatsaanbod) -> tuple[object, ...]:
    """What makes a period another one than its neighbours."""
    return (
        locatie_id,
        str(periode.soort),
        periode.vanaf,
        periode.leeftijd_vanaf,
        periode.leeftijd_tot,
    )


def _lees_datum(tekst: str) -> dt.date | None:
    """Read 1/9/2027, 01-09-2027 or 2027-09-01."""
    try:
        if gevonden := _DATUM.fullmatch(tekst):
            dag, maand, jaar = map(int, gevonden.groups())
            return dt.date(jaar, maand, dag)
        return dt.date.fromisoformat(tekst) if tekst.isascii() else None
    except ValueError:
        return None
