"""Free places: what locations said is free, and of how many nobody knows. Unknown is not full."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.models import Voorstel
from opvang.models import Plaatsaanbod
from opvang.weekrooster import AANTAL_DAGDELEN, tel_op, trek_af
from opvang.workflow import Aanbodsoort
from rapportage.indicatoren.basis import Toelichting, Werkgebied, einde_van
from rapportage.indicatoren.capaciteit import Vergunningsfeit, lees_vergunningen
from rapportage.indicatoren.rekenen import rond

WERKDAGEN = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanbodfeit:
    """What one location said for one period, and what of it was still free on the day."""

    locatie_id: int
    soort: str
    vanaf: dt.date
    tot: dt.date | None
    bevestigd: dt.date
    overschreven: bool
    vrij: tuple[int, ...]

    def geldt_op(self, dag: dt.date) -> bool:
        return self.vanaf <= dag and (self.tot is None or dag < self.tot)


@dataclass(frozen=True, slots=True, kw_only=True)
class VrijePlaatsen:
    """How many locations said something, and what they have free on each weekday."""

    toelichting: Toelichting
    locaties: int
    zeker: int
    ouder: int
    niet_gekend: int
    per_weekdag: tuple[Decimal, ...]
    gemiddeld: Decimal | None

    @property
    def gekend(self) -> int:
        return self.zeker + self.ouder


def lees_aanbod(locatie_ids: Collection[int], peildatum: dt.date) -> tuple[Aanbodfeit, ...]:
    """Everything these locations said about periods that had not ended on the day.

    What was changed or confirmed again after the day is marked `overschreven`: what it said on the
    day is not on record.
    """
    grens = einde_van(peildatum)
    rijen = list(
        Plaatsaanbod.objects.filter(
            Q(tot=None) | Q(tot__gt=peildatum), locatie__in=locatie_ids
        ).order_by("pk")
    )
    later = _later_ingenomen([rij.pk for rij in rijen], grens)
    return tuple(
        Aanbodfeit(
            locatie_id=rij.locatie_id,
            soort=rij.soort,
            vanaf=rij.vanaf,
            tot=rij.tot,
            bevestigd=timezone.localdate(rij.laatst_bevestigd),
            overschreven=rij.laatst_bevestigd >= grens,
            vrij=tuple(tel_op(rij.vrij, later.get(rij.pk, [0] * AANTAL_DAGDELEN))),
        )
        for rij in rijen
    )


def _later_ingenomen(aanbod_ids: Sequence[int], grens: dt.datetime) -> Mapping[int, list[int]]:
    """Places per period that are taken now and were not then, less those the other way round."""
    verschil: dict[int, list[int]] = defaultdict(lambda: [0] * AANTAL_DAGDELEN)
    voorstellen = Voorstel.objects.filter(
        Q(gedaan_op__gte=grens) | Q(beslist_op__gte=grens), plaatsaanbod__in=aanbod_ids
    ).select_related("plaatsing")
    for voorstel in voorstellen:
        toen, nu = _nam_plaats(voorstel, grens), voorstel.neemt_plaats
        if toen == nu:
            continue
        bij = tel_op if nu else trek_af
        verschil[voorstel.plaatsaanbod_id] = bij(
            verschil[voorstel.plaatsaanbod_id], voorstel.week.vector
        )
    return verschil


def _nam_plaats(voorstel: Voorstel, grens: dt.datetime) -> bool:
    """Tell whether this offer, made or decided after the day, took its places on the day.

    A shared offer that was held on the day and decided later can't be told from one that was only
    open; it counts as open.
    """
    if voorstel.gedaan_op >= grens:
        return False
    plaatsing = getattr(voorstel, "plaatsing", None)
    return voorstel.reserveert or (plaatsing is not None and plaatsing.gemaakt_op < grens)


def gekend_aanbod(
    werkgebied: Werkgebied, peildatum: dt.date, aanbod: Sequence[Aanbodfeit]
) -> tuple[Aanbodfeit, ...]:
    """What may be counted: confirmed within `Loket.verborgen_dagen` and still on record as it was.

    Of a location that changed any of its periods after the day nothing is known: its places were
    one statement.
    """
    oudste = peildatum - dt.timedelta(days=werkgebied.verborgen_dagen)
    onzeker = {feit.locatie_id for feit in aanbod if feit.overschreven}
    return tuple(
        feit for feit in aanbod if feit.locatie_id not in onzeker and feit.bevestigd > oudste
    )


def vrij_op(aanbod: Sequence[Aanbodfeit], dag: dt.date) -> list[int]:
    """Add up the regular free places per dagdeel on a day; no period counts below zero."""
    vectoren = [
        [max(0, aantal) for aantal in feit.vrij]
        for feit in aanbod
        if feit.soort == Aanbodsoort.REGULIER and feit.geldt_op(dag)
    ]
    return tel_op([0] * AANTAL_DAGDELEN, *vectoren)


def vrije_plaatsen(
    werkgebied: Werkgebied,
    peildatum: dt.date,
    *,
    vergunningen: Sequence[Vergunningsfeit] | None = None,
    aanbod: Sequence[Aanbodfeit] | None = None,
) -> VrijePlaatsen:
    """Split the locations in known and unknown, and add up what the known ones have free."""
    feiten = lees_vergunningen(werkgebied, peildatum) if vergunningen is None else vergunningen
    ids = {feit.locatie_id for feit in feiten}
    alles = lees_aanbod(ids, peildatum) if aanbod is None else aanbod
    gekend = gekend_aanbod(werkgebied, peildatum, alles)
    vers_sinds = peildatum - dt.timedelta(days=werkgebied.vers_dagen)
    locaties_gekend = {feit.locatie_id for feit in gekend}
    zeker = {feit.locatie_id for feit in gekend if feit.bevestigd > vers_sinds}
    vrij = vrij_op(gekend, peildatum)
    return VrijePlaatsen(
        toelichting=Toelichting(
            definitie=_(
                "De vaste plaatsen die opvanglocaties zelf als vrij doorgaven, per weekdag. Een "
                "halve dag telt voor 0,5. Zeker is wat de locatie in de laatste %(vers)s dagen "
                "bevestigde, minder zeker wat ouder is, tot %(verborgen)s dagen. Een locatie die "
                "niets doorgaf, of langer geleden, is niet gekend. Niet gekend is niet hetzelfde "
                "als vol: deze locaties tellen nergens als nul mee. In een rapport over een "
                "vroegere dag is ook een locatie die daarna iets wijzigde niet meer gekend."
            )
            % {"vers": werkgebied.vers_dagen, "verborgen": werkgebied.verborgen_dagen},
            bron=_("De opvanglocaties, in het loket"),
            peildatum=peildatum,
            n=len(ids),
            n_van=_("vergunde opvanglocaties"),
        ),
        locaties=len(ids),
        zeker=len(zeker),
        ouder=len(locaties_gekend - zeker),
        niet_gekend=len(ids - locaties_gekend),
        per_weekdag=tuple(per_dag(vrij)) if gekend else (),
        gemiddeld=rond(Fraction(sum(vrij[: 2 * len(WERKDAGEN)]), 2 * len(WERKDAGEN)), 1)
        if gekend
        else None,
    )


def per_dag(vrij: Sequence[int]) -> list[Decimal]:
    """Monday to Friday in whole days: two free half days are one."""
    return [Decimal(vrij[2 * dag] + vrij[2 * dag + 1]) / 2 for dag in WERKDAGEN]
