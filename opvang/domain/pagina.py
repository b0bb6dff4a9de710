"""A location writes about itself by topic; parents see it at once, or after a look by staff."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from loket.domain.berichten import leg_klaar
from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket
from opvang.models import Opvanglocatie, Paginatekst
from opvang.workflow import TEKSTOVERGANGEN, Onderwerp, Tekststatus

LANGSTE_TEKST = 2000


class TekstIntussenGewijzigd(IntussenGewijzigd):
    """A colleague wrote about the same topics meanwhile."""

    def __init__(self, onderwerpen: list[Onderwerp]) -> None:
        super().__init__()
        self.onderwerpen = onderwerpen


@dataclass(frozen=True, slots=True)
class Onderwerpstand:
    """One topic as its provider sees it: what parents read, and what is being worked on."""

    onderwerp: Onderwerp
    publiek: Paginatekst | None = None
    werk: Paginatekst | None = None
    basis: str = ""

    @property
    def zichtbaar(self) -> str:
        """What parents read now; the base text stands in where the location wrote nothing."""
        return self.publiek.tekst if self.publiek else self.basis

    @property
    def tekst(self) -> str:
        """What the provider writes on with."""
        return self.werk.tekst if self.werk else self.zichtbaar

    @property
    def vervolg(self) -> str:
        """What parents would read after publishing: an emptied topic falls back on the base."""
        return self.tekst or self.basis


@dataclass(frozen=True, slots=True)
class Gezet:
    """How many topics went on the page, and how many wait for a look."""

    gepubliceerd: int = 0
    wacht: int = 0


def standen_van(locatie: Opvanglocatie) -> list[Onderwerpstand]:
    """Every topic in its order, in one query."""
    rijen = list(locatie.paginateksten.exclude(status=Tekststatus.VERVANGEN))
    publiek = {rij.onderwerp: rij for rij in rijen if rij.status == Tekststatus.GEPUBLICEERD}
    werk = {rij.onderwerp: rij for rij in rijen if rij.status != Tekststatus.GEPUBLICEERD}
    return [
        Onderwerpstand(
            onderwerp,
            publiek.get(onderwerp.value),
            werk.get(onderwerp.value),
            locatie.tekst if onderwerp == Onderwerp.OVER else "",
        )
        for onderwerp in Onderwerp
    ]


def afdruk(tekst: str) -> str:
    """A short sign of a text, by which a page says what it showed."""
    return hashlib.sha256(tekst.encode()).hexdigest()[:16]


def wordt_nagekeken(locatie: Opvanglocatie) -> bool:
    """Whether a loket of this place wants to look first."""
    return Loket.objects.voor_gemeente(locatie.gemeente_id).filter(teksten_nakijken=True).exists()


@transaction.atomic
def bewaar_teksten(
    locatie: Opvanglocatie,
    teksten: Mapping[Onderwerp, str],
    *,
    gezien: Mapping[Onderwerp, str],
    door: Gebruiker,
    nu: dt.datetime,
) -> int:
    """Keep what was written as a concept and give how many topics changed; parents see nothing yet.

    `gezien` holds the `afdruk` of what the page showed. Refuses with `TekstIntussenGewijzigd` when
    a colleague changed a topic that this person changed too; then nothing is written. What says
    the same as the page is no concept any more.
    """
    vergrendel(locatie)
    gewijzigd, botst = [], []
    for stand in standen_van(locatie):
        nieuw = teksten.get(stand.onderwerp)
        if nieuw is None or nieuw == stand.tekst:
            continue
        if gezien.get(stand.onderwerp) == afdruk(nieuw):
            continue  # untouched here, changed by a colleague: theirs stays
        if gezien.get(stand.onderwerp) != afdruk(stand.tekst):
            botst.append(stand.onderwerp)
            continue
        gewijzigd.append((stand, nieuw))
    if botst:
        raise TekstIntussenGewijzigd(botst)
    for stand, nieuw in gewijzigd:
        _bewaar(locatie, stand, nieuw, door=door, nu=nu)
    return len(gewijzigd)


def _bewaar(
    locatie: Opvanglocatie, stand: Onderwerpstand, nieuw: str, *, door: Gebruiker, nu: dt.datetime
) -> None:
    werk = stand.werk
    if nieuw == stand.zichtbaar and werk is not None:
        werk.delete()
        return
    if werk is None:
        Paginatekst.objects.create(
            locatie=locatie,
            onderwerp=stand.onderwerp,
            tekst=nieuw,
            geschreven_door=door,
            gewijzigd_op=nu,
        )
        return
    if werk.status != Tekststatus.CONCEPT:
        verander_tekst(werk, Tekststatus.CONCEPT)
    werk.tekst = nieuw
    werk.versie += 1
    werk.opmerking = ""
    werk.geschreven_door = door
    werk.gewijzigd_op = nu
    werk.save()


@transaction.atomic
def zet_op_pagina(locatie: Opvanglocatie, *, door: Gebruiker, nu: dt.datetime) -> Gezet:
    """Publish the concepts, or hand them to the loket where it wants to look first.

    An emptied topic leaves the page at once: there is nothing to look at. The loket gets one mail
    a day about a location.
    """
    vergrendel(locatie)
    kijkt = wordt_nagekeken(locatie)
    gepubliceerd = wacht = 0
    for stand in standen_van(locatie):
        werk = stand.werk
        if werk is None or werk.status != Tekststatus.CONCEPT:
            continue
        if kijkt and werk.tekst:
            verander_tekst(werk, Tekststatus.WACHT)
            wacht += 1
        else:
            publiceer(werk, door=door, nu=nu)
            gepubliceerd += 1
    if wacht:
        leg_vast("opvang.pagina.ingediend", locatie, door=door, nu=nu, aantal=wacht)
        meld_aan_loket(locatie, nu=nu)
    return Gezet(gepubliceerd, wacht)


def publiceer(tekst: Paginatekst, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Put this version on the page in place of the former, in the caller's transaction."""
    vorige = Paginatekst.objects.publiek().filter(
        locatie=tekst.locatie_id, onderwerp=tekst.onderwerp
    )
    for oud in vorige:
        verander_tekst(oud, Tekststatus.VERVANGEN)
    leg_vast(
        "opvang.pagina.gepubliceerd" if tekst.tekst else "opvang.pagina.leeggemaakt",
        tekst.locatie,
        door=door,
        nu=nu,
        waarover=tekst.onderwerp,
    )
    if tekst.tekst:
        tekst.gepubliceerd_op = nu
        verander_tekst(tekst, Tekststatus.GEPUBLICEERD, gepubliceerd_op=nu)
    else:
        tekst.delete()


def verander_tekst(tekst: Paginatekst, naar: Tekststatus, **velden: object) -> None:
    """Move one version along an edge of `TEKSTOVERGANGEN`; the second of two callers is refused.

    What was looked at is a version: a text that changed meanwhile refuses too.
    """
    van = Tekststatus(tekst.status)
    if naar not in TEKSTOVERGANGEN[van]:
        raise OngeldigeOvergang
    zelfde = Paginatekst.objects.filter(pk=tekst.pk, status=van, versie=tekst.versie)
    if not zelfde.update(status=naar, **velden):
        raise IntussenGewijzigd
    tekst.status = naar


def meld_aan_loket(locatie: Opvanglocatie, *, nu: dt.datetime) -> None:
    """Tell the loket that something waits for a look; once a day per location."""
    dag = timezone.localdate(nu)
    for loket in Loket.objects.voor_gemeente(locatie.gemeente_id).filter(teksten_nakijken=True):
        leg_klaar(
            "opvang/nakijken",
            aan=loket.email,
            nu=nu,
            context={
                "locatie": locatie,
                "url": settings.SITE_URL + reverse("nakijken:locatie", args=[locatie.slug]),
            },
            loket=loket,
            onderwerp=locatie,
            sleutel=f"nakijken:{loket.pk}:{locatie.pk}:{dag.isoformat()}",
        )


def vergrendel(locatie: Opvanglocatie) -> None:
    """Let one person at a time change the page of a location."""
    Opvanglocatie.objects.select_for_update(of=("self",), no_key=True).get(pk=locatie.pk)
