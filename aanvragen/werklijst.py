"""The work list: every kind of task as a query, all in one trip, and a page of them in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone

from aanvragen.domain import werklijst as regels
from aanvragen.domain.werklijst import Stand, Taak, Taaksoort
from aanvragen.models import (
    Aanmelding,
    Afspraak,
    Notitie,
    Opvangvraag,
    Plaatsing,
    Taakwerk,
    Voorstel,
    Vrijmelding,
)
from aanvragen.taakwoorden import in_twee_zinnen
from aanvragen.werkrijen import kolommen, rijen
from aanvragen.workflow import Rustreden, Vraagstatus
from loket.models import Bericht, Gebruiker, Rol
from loket.werkdagen import begin_van

Sleutel: TypeAlias = tuple[int, str, int]


def taken_voor(
    gebruiker: Gebruiker, *, nu: dt.datetime, vraag: Opvangvraag | None = None
) -> list[Taak]:
    """What this person should do within the horizon, in order, with who has it. Two queries.

    With `vraag` only what is to be done about that question. Also what rests: `regels.kies` leaves
    it out. What was done is gone, unless it is to be done again.
    """
    vandaag = timezone.localdate(nu)
    vragen = Opvangvraag.objects.voor_balie(gebruiker)
    if vraag is not None:
        vragen = vragen.filter(pk=vraag.pk)
    soorten = rijen(vragen, nu=nu, vandaag=vandaag)
    if not gebruiker.heeft_rol(Rol.LOKETMEDEWERKER):
        soorten = {soort: rij for soort, rij in soorten.items() if soort in regels.VOOR_TOELEIDER}
    grens = vandaag + dt.timedelta(days=regels.HORIZON_DAGEN + regels.SPELING_DAGEN)
    nabij = Q(dag=None) | Q(dag__lte=grens)
    nabij &= Q(vanaf=None) | Q(vanaf__lte=grens)
    eerste, *rest = (kolommen(rij.filter(nabij), soort) for soort, rij in soorten.items())
    horizon = vandaag + dt.timedelta(days=regels.HORIZON_DAGEN)
    stand = _standen(vragen, vandaag=vandaag)
    taken = []
    for soort, vraag_id, ding_id, dag, vanaf in eerste.union(*rest, all=True):
        termijn = regels.termijn(soort, dag=dag, vanaf=vanaf)
        if termijn > horizon or (soort in regels.EENMALIG and termijn < vandaag):
            continue
        taak = Taak(Taaksoort(soort), vraag_id, ding_id, termijn)
        if nu_zo := regels.met_stand(taak, stand.get(taak.sleutel), peildatum=vandaag):
            taken.append(nu_zo)
    return regels.op_volgorde(taken)


def _standen(vragen: QuerySet[Opvangvraag], *, vandaag: dt.date) -> dict[Sleutel, Stand]:
    rijen_ = Taakwerk.objects.filter(
        Q(wie__isnull=False) | Q(gedaan_termijn__isnull=False) | Q(rust_tot__isnull=False),
        opvangvraag__in=vragen.order_by().values("pk"),
    ).values_list(
        "opvangvraag", "soort", "ding_id", "wie", "rust_tot", "rust_reden", "gedaan_termijn"
    )
    return {
        (vraag_id, soort, ding_id): Stand(wie, rust_tot, reden, gedaan)
        for vraag_id, soort, ding_id, wie, rust_tot, reden, gedaan in rijen_
    }


@dataclass(frozen=True, slots=True)
class Taakregel:
    """A task in words, with the question that it is about, and the thing if there is one."""

    taak: Taak
    vraag: Opvangvraag
    titel: str
    uitleg: str
    ding: Any = None
    wie: Gebruiker | None = None

    @property
    def aanmelding(self) -> Aanmelding | None:
        return self.ding if isinstance(self.ding, Aanmelding) else None

    @property
    def voorstel(self) -> Voorstel | None:
        return self.ding if isinstance(self.ding, Voorstel) else None

    @property
    def bericht(self) -> Bericht | None:
        return self.ding if isinstance(self.ding, Bericht) else None

    @property
    def vrijmelding(self) -> Vrijmelding | None:
        return self.ding if isinstance(self.ding, Vrijmelding) else None

    @property
    def afspraak(self) -> Afspraak | None:
        return self.ding if isinstance(self.ding, Afspraak) else None

    @property
    def mag_klaar(self) -> bool:
        return self.taak.soort not in regels.VRAAGT_BESLUIT

    @property
    def rust_reden(self) -> str:
        return str(Rustreden(self.taak.rust_reden).label) if self.taak.rust_reden else ""


def in_woorden(taken: Sequence[Taak], *, peildatum: dt.date) -> list[Taakregel]:
    """Fetch what the tasks are about, per kind in one query, and say what to do."""
    vragen = Opvangvraag.objects.select_related("kind", "aanvrager", "loket").in_bulk(
        {taak.vraag_id for taak in taken}
    )
    mensen = Gebruiker.objects.in_bulk({taak.wie for taak in taken if taak.wie is not None})
    dingen: dict[Taaksoort, dict[Any, Any]] = {
        Taaksoort.TE_LAAT: Aanmelding.objects.select_related("locatie").in_bulk(
            _dingen(taken, Taaksoort.TE_LAAT)
        ),
        Taaksoort.VERLOOPT: Voorstel.objects.select_related("aanmelding__locatie").in_bulk(
            _dingen(taken, Taaksoort.VERLOOPT)
        ),
        Taaksoort.VRIJ: Vrijmelding.objects.select_related("aanmelding__locatie").in_bulk(
            _dingen(taken, Taaksoort.VRIJ)
        ),
        Taaksoort.MISLUKT: Bericht.objects.defer("tekst", "html", "bijlagen").in_bulk(
            _dingen(taken, Taaksoort.MISLUKT)
        ),
        Taaksoort.AFSPRAAK: Afspraak.objects.select_related("wie", "locatie").in_bulk(
            _dingen(taken, Taaksoort.AFSPRAAK)
        ),
        Taaksoort.EIGEN: Notitie.objects.in_bulk(_dingen(taken, Taaksoort.EIGEN)),
    }
    uit = []
    for taak in taken:
        vraag = vragen.get(taak.vraag_id)
        ding = dingen.get(taak.soort, {}).get(taak.ding_id)
        if vraag is None or (taak.soort in dingen and ding is None):
            continue  # it went away since the list was made
        titel, uitleg = in_twee_zinnen(taak, vraag, ding, peildatum=peildatum)
        wie = mensen.get(taak.wie) if taak.wie else None
        if isinstance(ding, Afspraak) and wie is None:
            wie = ding.wie
        uit.append(Taakregel(taak, vraag, titel, uitleg, ding, wie))
    return uit


def _dingen(taken: Iterable[Taak], soort: Taaksoort) -> set[int]:
    return {taak.ding_id for taak in taken if taak.soort == soort}


@dataclass(frozen=True, slots=True)
class Dagcijfers:
    """The day in five figures."""

    nieuw: int
    beantwoord: int
    geplaatst: int
    wachten: int
    te_laat: int


def cijfers_van_de_dag(gebruiker: Gebruiker, *, nu: dt.datetime) -> Dagcijfers | None:
    """Count the day of the lokets where this person is staff; nothing for others. One query."""
    lokets = gebruiker.lokets_als(Rol.LOKETMEDEWERKER)
    if not lokets:
        return None
    vandaag = timezone.localdate(nu)
    begin = begin_van(vandaag)
    vragen = Opvangvraag.objects.filter(loket__in=lokets).order_by()
    keuzes = Aanmelding.objects.filter(opvangvraag__loket__in=lokets).order_by()
    loopt = Q(opvangvraag__status=Vraagstatus.ACTIEF)
    tellingen = (
        vragen.filter(ingediend_op__gte=begin),
        keuzes.filter(beantwoord_op__gte=begin),
        Plaatsing.objects.filter(
            opvangvraag__loket__in=lokets, gemaakt_op__gte=begin, beeindigd_op=None
        ).order_by(),
        vragen.filter(status=Vraagstatus.ACTIEF),
        keuzes.filter(loopt).te_laat(vandaag),
    )
    eerste, *rest = (
        rij.values(_een=Value(nummer)).annotate(aantal=Count("pk")).values_list("_een", "aantal")
        for nummer, rij in enumerate(tellingen)
    )
    aantallen = dict(eerste.union(*rest, all=True))
    return Dagcijfers(*(aantallen.get(nummer, 0) for nummer in range(len(tellingen))))
