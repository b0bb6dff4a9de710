"""What a change of a running question does, told before it happens. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from aanvragen.domain.passen import is_opgeschort
from aanvragen.workflow import (
    OP_TE_SCHORTEN,
    WACHT_OP_ANTWOORD,
    Aanmeldingstatus,
    Voorstelstatus,
    Vraagstatus,
)

if TYPE_CHECKING:
    from aanvragen.models import Aanmelding, Opvangvraag, Voorstel


@dataclass(frozen=True, slots=True, kw_only=True)
class Wens:
    """What a family asks while its question runs: when, which days, and where, first wish first.

    `locaties` are ids of locations; `rooster` is a 14-bit week mask.
    """

    gewenste_start: dt.date
    gewenst_einde: dt.date | None
    rooster: int
    rooster_wissel: int | None
    flexibel_weken: int
    flexibel_dagen: bool
    locaties: tuple[int, ...]


#: The fields that a provider weighs.
INHOUD = (
    "gewenste_start",
    "gewenst_einde",
    "rooster",
    "rooster_wissel",
    "flexibel_weken",
    "flexibel_dagen",
)


class Gevolgsoort(StrEnum):
    BOD_BLIJFT = "bod_blijft"
    BOD_TERUG = "bod_terug"
    OPNIEUW = "opnieuw"
    LIJST_BLIJFT = "lijst_blijft"
    LIJST_WEG = "lijst_weg"
    STOPT = "stopt"
    NIEUW = "nieuw"
    WACHT = "wacht"
    TELT_WEER = "telt_weer"


#: What a family gives up by it: named apart, and confirmed apart.
VERLIES = frozenset({Gevolgsoort.BOD_TERUG, Gevolgsoort.LIJST_WEG, Gevolgsoort.STOPT})


@dataclass(frozen=True, slots=True)
class Gevolg:
    """One thing that happens at one location; with the offer that it is about."""

    soort: Gevolgsoort
    opvang: str
    aanmelding: Aanmelding | None = None
    voorstel: Voorstel | None = None

    @property
    def is_verlies(self) -> bool:
        return self.soort in VERLIES


def wens_van(vraag: Opvangvraag, keuzes: Iterable[Aanmelding]) -> Wens:
    """Give what is asked now; `keuzes` are the running wishes in order."""
    return Wens(
        **{naam: getattr(vraag, naam) for naam in INHOUD},
        locaties=tuple(keuze.locatie_id for keuze in keuzes),
    )


def veranderde_velden(vroeger: Wens, wens: Wens) -> list[str]:
    """Name what a provider has to know of the difference."""
    return [naam for naam in INHOUD if getattr(vroeger, naam) != getattr(wens, naam)]


def stempel(vraag: Opvangvraag, keuzes: Sequence[Aanmelding]) -> str:
    """A short mark of everything that the consequences depend on.

    Who confirms gives the mark of the page that was read: after another change, or an offer that
    came or went meanwhile, it differs. That a provider opened the question does not count.
    """
    delen: list[object] = [vraag.status, *(getattr(vraag, naam) for naam in INHOUD)]
    for keuze in keuzes:
        stand = "wacht" if keuze.status in WACHT_OP_ANTWOORD else str(keuze.status)
        voorstel = bod(keuze)
        delen += [keuze.pk, keuze.rang, stand]
        delen += [voorstel.pk, str(voorstel.status)] if voorstel else []
    return sha256("|".join(map(str, delen)).encode()).hexdigest()[:20]


def bod(keuze: Aanmelding) -> Voorstel | None:
    """The running offer, of those that were prefetched."""
    return next(iter(keuze.voorstellen.all()), None)


def gevolgen_van(
    vraag: Opvangvraag, keuzes: Sequence[Aanmelding], wens: Wens, *, namen: Mapping[int, str]
) -> list[Gevolg]:
    """Tell what this change does at each location, what is lost first.

    An offer never changes by it: it stays valid as it was made, also when other days are asked now
    or when it moves down in the order; only dropping the wish gives it back. `keuzes` are the
    running wishes in order, with their running offers prefetched; `namen` name the new locations.
    """
    anders = bool(veranderde_velden(wens_van(vraag, keuzes), wens))
    per_locatie = {keuze.locatie_id: keuze for keuze in keuzes}
    weg = [_wat_stopt(keuze) for keuze in keuzes if keuze.locatie_id not in wens.locaties]
    blijft: list[Gevolg] = []
    nieuwe_volgorde = [per_locatie[pk] for pk in wens.locaties if pk in per_locatie]
    for plaats, keuze in enumerate(nieuwe_volgorde):
        soort = _wat_blijft(
            keuze,
            anders=anders and vraag.status == Vraagstatus.ACTIEF,
            vroeger_opgeschort=is_opgeschort(keuze, keuzes),
            nu_opgeschort=keuze.status in OP_TE_SCHORTEN
            and any(_houdt_vast(hoger) for hoger in nieuwe_volgorde[:plaats]),
        )
        if soort:
            blijft.append(Gevolg(soort, keuze.locatie.naam, keuze, bod(keuze)))
    nieuw = [Gevolg(Gevolgsoort.NIEUW, namen[pk]) for pk in wens.locaties if pk not in per_locatie]
    return [*weg, *blijft, *nieuw]


def _wat_stopt(keuze: Aanmelding) -> Gevolg:
    voorstel = bod(keuze)
    if voorstel:
        soort = Gevolgsoort.BOD_TERUG
    elif keuze.status == Aanmeldingstatus.WACHTLIJST:
        soort = Gevolgsoort.LIJST_WEG
    else:
        soort = Gevolgsoort.STOPT
    return Gevolg(soort, keuze.locatie.naam, keuze, voorstel)


def _wat_blijft(
    keuze: Aanmelding, *, anders: bool, vroeger_opgeschort: bool, nu_opgeschort: bool
) -> Gevolgsoort | None:
    if vroeger_opgeschort != nu_opgeschort:
        return Gevolgsoort.WACHT if nu_opgeschort else Gevolgsoort.TELT_WEER
    if not anders:
        return None
    if bod(keuze):
        return Gevolgsoort.BOD_BLIJFT
    if keuze.status == Aanmeldingstatus.WACHTLIJST:
        return Gevolgsoort.LIJST_BLIJFT
    return None if nu_opgeschort else Gevolgsoort.OPNIEUW


def _houdt_vast(keuze: Aanmelding) -> bool:
    voorstel = bod(keuze)
    return voorstel is not None and voorstel.status == Voorstelstatus.VASTGEHOUDEN
