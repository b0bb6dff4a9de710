"""Places per 100 children younger than 3, per municipality and together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from rapportage.indicatoren.basis import Toelichting, Werkgebied
from rapportage.indicatoren.capaciteit import Vergunningsfeit, lees_vergunningen
from rapportage.indicatoren.rekenen import per_honderd
from rapportage.models import Kinderaantal

#: An older population says nothing about the children of today: then there is no figure.
HOOGSTENS_DAGEN_OUD = 3 * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Vergelijking:
    """A published figure to hold one's own against."""

    naam: str
    op: dt.date
    per_100: Decimal
    bron: str
    bron_url: str


#: Dated, with source (domein.md §7.2). The years 2020-2024 hold ± 2 500 childminder places too many
#: and stay out.
VLAAMS_GEWEST = (
    Vergelijking(
        naam="Vlaams Gewest",
        op=dt.date(2025, 12, 31),
        per_100=Decimal("46.07"),
        bron="Opgroeien, kinderopvangcijfers 2025",
        bron_url="https://pers.opgroeien.be/opgroeien-publiceert-kinderopvangcijfers-2025-en-kondigt-correctie-cijfers-onthaalouders-aan",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dekkingsrij:
    """One municipality; without a usable population there is no ratio."""

    gemeente: str
    plaatsen: int
    kinderen: int | None
    stand: dt.date | None
    bron: str
    bron_url: str

    @property
    def per_100(self) -> Decimal | None:
        return per_honderd(self.plaatsen, self.kinderen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dekking:
    toelichting: Toelichting
    rijen: tuple[Dekkingsrij, ...]
    plaatsen: int
    kinderen: int | None
    vergelijking: Vergelijking | None

    @property
    def per_100(self) -> Decimal | None:
        return per_honderd(self.plaatsen, self.kinderen)

    @property
    def ontbreekt(self) -> tuple[str, ...]:
        """Municipalities without a population that may be used."""
        return tuple(rij.gemeente for rij in self.rijen if rij.kinderen is None)


def dekking(
    werkgebied: Werkgebied,
    peildatum: dt.date,
    *,
    vergunningen: Sequence[Vergunningsfeit] | None = None,
) -> Dekking:
    """Divide the licensed places by the children of 0, 1 and 2 years (domein.md §7.1).

    The population of each municipality is the last known on or before `peildatum`, at most three
    years old. Misses one of them, then there is a figure for the others and none for all together:
    no figure is better than a wrong one.
    """
    feiten = lees_vergunningen(werkgebied, peildatum) if vergunningen is None else vergunningen
    plaatsen: Counter[int] = Counter()
    for feit in feiten:
        plaatsen[feit.gemeente_id] += feit.vergund
    bevolking = {
        rij.gemeente_id: rij
        for rij in Kinderaantal.objects.laatste_per_gemeente(peildatum).filter(
            gemeente__in=werkgebied.gemeente_ids,
            peildatum__gte=peildatum - dt.timedelta(days=HOOGSTENS_DAGEN_OUD),
        )
    }
    rijen = tuple(
        Dekkingsrij(
            gemeente=gebied.naam,
            plaatsen=plaatsen[gebied.id],
            kinderen=rij.jonger_dan_3 if (rij := bevolking.get(gebied.id)) else None,
            stand=rij.peildatum if rij else None,
            bron=rij.bron if rij else "",
            bron_url=rij.bron_url if rij else "",
        )
        for gebied in werkgebied.gemeenten
    )
    gekend = [rij.kinderen for rij in rijen if rij.kinderen is not None]
    kinderen = sum(gekend) if rijen and len(gekend) == len(rijen) else None
    return Dekking(
        toelichting=Toelichting(
            definitie=_(
                "Vergunde plaatsen voor baby's en peuters, gedeeld door het aantal kinderen van 0, "
                "1 en 2 jaar, maal 100. Een plaats telt in de gemeente waar ze ligt, ook als het "
                "kind elders woont. Het is dus geen maat voor de kans van een gezin. We ronden één "
                "keer af, van 5 naar boven. Is het aantal kinderen niet gekend of ouder dan drie "
                "jaar, dan tonen we geen cijfer."
            ),
            bron=_("De vergunningen in het loket; %(bron)s; definitie van Opgroeien")
            % {
                "bron": "; ".join(dict.fromkeys(rij.bron for rij in rijen if rij.bron))
                or _("geen bevolkingscijfers")
            },
            bron_url="https://www.opgroeien.be/kennis/cijfers-en-onderzoek/kinderopvang-babys-en-peuters/cijfers-op-maat",
            peildatum=peildatum,
            n=kinderen,
            n_van=_("kinderen jonger dan 3 jaar"),
        ),
        rijen=rijen,
        plaatsen=sum(plaatsen.values()),
        kinderen=kinderen,
        vergelijking=next((v for v in reversed(VLAAMS_GEWEST) if v.op <= peildatum), None),
    )
