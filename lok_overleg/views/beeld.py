"""What the templates show: times of the agenda, votes as a bar, the way of an advice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lok_overleg.workflow import (
    ANTWOORDEN,
    Aanwezigheidsstand,
    Beslissing,
    Uitslag,
    Vergaderstatus,
    uitslag,
)
from loket.domain.logboek import gebeurtenissen_van

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django_stubs_ext import StrOrPromise

    from lok_overleg.models import Aanwezigheid, Advies, Agendapunt, Opvolging, Vergadering
    from loket.models import Gebeurtenis

ETIKET_PER_STATUS = {
    Vergaderstatus.GEPLAND: "",
    Vergaderstatus.UITGENODIGD: "info",
    Vergaderstatus.GEHOUDEN: "wacht",
    Vergaderstatus.VERSLAG_GEPUBLICEERD: "ja",
    Vergaderstatus.AFGELAST: "nee",
}
ETIKET_PER_UITSLAG = {Uitslag.AANGENOMEN: "ja", Uitslag.VERWORPEN: "nee", Uitslag.STAKING: "wacht"}
ETIKET_PER_STAND = {
    Aanwezigheidsstand.AANWEZIG: "ja",
    Aanwezigheidsstand.VERONTSCHULDIGD: "",
    Aanwezigheidsstand.AFWEZIG: "nee",
    Aanwezigheidsstand.UITGENODIGD: "",
}
#: Per vote in the drawing, and the gap between two colours.
_STEM, _GAT = 20, 3


@dataclass(frozen=True, slots=True)
class Agendaregel:
    punt: Agendapunt
    begin: dt.datetime | None


def agenda_met_uren(vergadering: Vergadering, punten: Iterable[Agendapunt]) -> list[Agendaregel]:
    """Say when each point begins, as long as the points before it say how long they take."""
    uur: dt.datetime | None = vergadering.begint_op
    regels = []
    for punt in punten:
        regels.append(Agendaregel(punt, uur))
        uur = uur + dt.timedelta(minutes=punt.duur) if uur and punt.duur else None
    return regels


@dataclass(frozen=True, slots=True)
class Balkdeel:
    """One colour of the bar of votes."""

    x: int
    breedte: int
    kleur: str


@dataclass(frozen=True, slots=True)
class Stap:
    """One step on the way of an advice; `soort` is the class in the timeline."""

    dag: dt.date
    tekst: StrOrPromise
    soort: str = ""
    voor: bool = False


@dataclass(frozen=True)
class Adviesbeeld:
    """An advice as everybody reads it: text, votes, outcome and what the college does."""

    advies: Advies
    aantal_voor: int
    aantal_tegen: int
    aantal_onthouding: int

    @classmethod
    def van(cls, advies: Advies) -> Adviesbeeld:
        """Take an advice out of `met_totalen()`."""
        return cls(
            advies,
            advies.aantal_voor,  # type: ignore[attr-defined]  # annotated by met_totalen
            advies.aantal_tegen,  # type: ignore[attr-defined]
            advies.aantal_onthouding,  # type: ignore[attr-defined]
        )

    @property
    def gestemd(self) -> bool:
        return self.advies.gestemd_op is not None

    @property
    def totaal(self) -> int:
        return self.aantal_voor + self.aantal_tegen + self.aantal_onthouding

    @cached_property
    def uitslag(self) -> Uitslag:
        return uitslag(voor=self.aantal_voor, tegen=self.aantal_tegen)

    @property
    def etiket(self) -> str:
        return ETIKET_PER_UITSLAG[self.uitslag]

    @property
    def opvolging(self) -> Opvolging | None:
        return getattr(self.advies, "opvolging", None)

    @property
    def in_woorden(self) -> str:
        """The votes in one sentence, also the text alternative of the bar."""
        return _("%(voor)s, %(tegen)s, %(onthouding)s") % {
            "voor": ngettext("%(n)s stem voor", "%(n)s stemmen voor", self.aantal_voor)
            % {"n": self.aantal_voor},
            "tegen": _("%(n)s tegen") % {"n": self.aantal_tegen},
            "onthouding": ngettext("%(n)s onthouding", "%(n)s onthoudingen", self.aantal_onthouding)
            % {"n": self.aantal_onthouding},
        }

    @property
    def balk_breedte(self) -> int:
        return max(self.totaal, 1) * _STEM

    @property
    def balk(self) -> Iterator[Balkdeel]:
        """Widths are whole numbers: a decimal comma would break the drawing."""
        x = 0
        for aantal, kleur in (
            (self.aantal_voor, "var(--lok-primary)"),
            (self.aantal_tegen, "var(--lok-ink)"),
            (self.aantal_onthouding, "var(--lok-edge)"),
        ):
            if aantal:
                yield Balkdeel(x, aantal * _STEM - _GAT, kleur)
                x += aantal * _STEM

    @property
    def stappen(self) -> list[Stap]:
        """Where the advice is; what is still to come is dashed."""
        if not self.gestemd:
            return []
        stappen = [Stap(self.advies.vergadering.dag, _("Het lokaal overleg stemde"))]
        if self.opvolging:
            stappen.append(Stap(self.opvolging.datum, self.opvolging.get_beslissing_display()))
        elif self.advies.antwoord_voor:
            stappen.append(
                Stap(
                    self.advies.antwoord_voor,
                    _("Het college antwoordt en zegt waarom"),
                    "straks",
                    voor=True,
                )
            )
        return stappen


@dataclass(frozen=True, slots=True)
class Opkomst:
    """Who is expected or was there."""

    wie: list[Aanwezigheid]
    voorbij: bool

    @property
    def regels(self) -> list[tuple[Aanwezigheid, str, str]]:
        """Each with the label of the stand and its colour."""
        return [
            (
                een,
                self._woord(Aanwezigheidsstand(een.stand)),
                ETIKET_PER_STAND[Aanwezigheidsstand(een.stand)],
            )
            for een in self.wie
        ]

    @property
    def aanwezig(self) -> int:
        return sum(een.stand == Aanwezigheidsstand.AANWEZIG for een in self.wie)

    @property
    def stemgerechtigd(self) -> int:
        return sum(een.stand == Aanwezigheidsstand.AANWEZIG and een.stemrecht for een in self.wie)

    @property
    def geantwoord(self) -> int:
        return sum(een.stand in ANTWOORDEN for een in self.wie)

    def _woord(self, stand: Aanwezigheidsstand) -> str:
        if stand == Aanwezigheidsstand.AANWEZIG:
            return _("was er") if self.voorbij else _("komt")
        return str(stand.label).lower()


#: One sentence per verb; what is in brackets comes from the event itself.
ZINNEN: dict[str, StrOrPromise] = {
    "lok.vergadering.gepland": gettext_lazy("Vergadering gepland"),
    "lok.vergadering.gewijzigd": gettext_lazy("Dag, uur, plaats of titel gewijzigd"),
    "lok.vergadering.uitgenodigd": gettext_lazy("Leden uitgenodigd"),
    "lok.vergadering.gehouden": gettext_lazy("Vergadering gehouden"),
    "lok.vergadering.verslag_gepubliceerd": gettext_lazy("Verslag gepubliceerd"),
    "lok.vergadering.afgelast": gettext_lazy("Vergadering afgelast"),
    "lok.uitnodiging.opnieuw": gettext_lazy("Uitnodiging opnieuw verstuurd"),
    "lok.agenda.toegevoegd": gettext_lazy("Punt op de agenda: %(punt)s"),
    "lok.agenda.gewijzigd": gettext_lazy("Punt van de agenda gewijzigd: %(punt)s"),
    "lok.agenda.verplaatst": gettext_lazy("Punt van de agenda verplaatst: %(punt)s"),
    "lok.agenda.geschrapt": gettext_lazy("Punt van de agenda geschrapt: %(punt)s"),
    "lok.antwoord.aanwezig": gettext_lazy("Een lid komt naar de vergadering"),
    "lok.antwoord.verontschuldigd": gettext_lazy("Een lid is verontschuldigd"),
    "lok.aanwezigheid.genoteerd": gettext_lazy(
        "Aanwezigheid genoteerd: %(aanwezig)s van %(leden)s leden"
    ),
    "lok.advies.geschreven": gettext_lazy("Ontwerp van advies: %(advies)s"),
    "lok.advies.gewijzigd": gettext_lazy("Ontwerp van advies gewijzigd: %(advies)s"),
    "lok.stemming.genoteerd": gettext_lazy(
        "Gestemd over %(advies)s: %(voor)s voor, %(tegen)s tegen, %(onthouding)s onthouding"
    ),
    "lok.stemming.verbeterd": gettext_lazy(
        "Stemming verbeterd over %(advies)s: %(voor)s voor, %(tegen)s tegen, "
        "%(onthouding)s onthouding"
    ),
    "lok.opvolging.genoteerd": gettext_lazy("Antwoord van het college: %(beslissing)s"),
    "lok.verslag.bewaard": gettext_lazy("Verslag bewaard"),
}


@dataclass(frozen=True, slots=True)
class Tijdlijnpunt:
    op: dt.datetime
    tekst: str
    wie: str


def tijdlijn(vergadering: Vergadering) -> list[Tijdlijnpunt]:
    """Tell what happened, the oldest first."""
    return [_punt(een) for een in reversed(gebeurtenissen_van(vergadering))]


def _punt(een: Gebeurtenis) -> Tijdlijnpunt:
    gegevens = dict(een.gegevens)
    if "beslissing" in gegevens:
        gegevens["beslissing"] = Beslissing(gegevens["beslissing"]).label
    tekst = str(ZINNEN[een.werkwoord]) % gegevens
    return Tijdlijnpunt(timezone.localtime(een.op), tekst, str(een.door) if een.door else "")
