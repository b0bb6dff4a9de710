"""What is surely free in the area of a loket: a page, a feed, open data, and a mail each Thursday.

Leuven publishes such a list every Thursday (domein.md §8, kinderopvangleuven.be).
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from loket.models import Loket
from opvang.domain.meldlink import stop_url
from opvang.domain.stand import Termijnen, met_stand, zicht_op
from opvang.domain.vrijgekomen import PARTIJ, PARTIJ_SECONDEN, VrijePlek
from opvang.models import Melding, Opvanglocatie, Plaatsaanbod
from opvang.workflow import Meldingsoort, Meldingstatus, Stand

#: The list goes out on Thursday from seven; who was down that day catches up on Friday.
DONDERDAG, UUR = 3, 7
_INHALEN = dt.timedelta(hours=41)


@dataclass(frozen=True, slots=True)
class Gemeentelijst:
    """The locations with room in one gemeente, by name."""

    naam: str
    plekken: tuple[VrijePlek, ...]


def vrij_bij(loket: Loket, *, nu: dt.datetime) -> list[Gemeentelijst]:
    """List what is surely free now or later, by gemeente and by name, whoever runs it.

    Unknown is not full and not free: who said nothing, or said it long ago, is not in the list.
    """
    termijnen = Termijnen.lees()
    aanbod = Plaatsaanbod.objects.voor_start(None, peildatum=timezone.localdate(nu))
    hier = Opvanglocatie.objects.publiek().in_werkingsgebied(loket.pk)
    locaties = (
        met_stand(hier, termijnen=termijnen, nu=nu)
        .filter(stand=Stand.VRIJ)
        .select_related("gemeente")
        .prefetch_related(Prefetch("plaatsaanbod", queryset=aanbod, to_attr="aanbod_nu"))
        .order_by("gemeente__naam", "gemeente", "naam", "pk")
    )
    plekken = [
        VrijePlek(een, zicht_op(een.aanbod_nu, nu=nu, termijn=termijnen.van(een.gemeente_id)))
        for een in locaties
    ]
    return [
        Gemeentelijst(naam, tuple(groep))
        for naam, groep in itertools.groupby(plekken, key=lambda plek: plek.locatie.gemeente.naam)
    ]


def lijst_url(loket: Loket) -> str:
    """Absolute address of the list."""
    return settings.SITE_URL + reverse("opvang:vrij", args=[loket.slug])


def donderdag_van(nu: dt.datetime) -> dt.datetime | None:
    """Give the moment at which this week's list went or goes out, if it is time for it; else None.

    In the time of Brussels, also in the week that the clock changes.
    """
    hier = timezone.localtime(nu)
    terug = dt.timedelta(days=(hier.weekday() - DONDERDAG) % 7)
    dag = hier.date() - terug
    moment = timezone.make_aware(dt.datetime.combine(dag, dt.time(UUR)))
    return moment if moment <= nu < moment + _INHALEN else None


def mail_weeklijsten(*, nu: dt.datetime) -> int:
    """Mail this week's list to who asked and has not had it; gives how many mails.

    Safe to call each hour, by any number of workers. A week in which nothing is free has no mail.
    """
    donderdag = donderdag_van(nu)
    if donderdag is None:
        return 0
    einde = time.monotonic() + PARTIJ_SECONDEN
    wachtend = (
        Melding.objects.actief(Meldingsoort.WEEKLIJST)
        .filter(bekeken_op__lt=donderdag, verloopt_op__gt=nu)
        .order_by("bekeken_op", "pk")
    )
    lijsten: dict[int, list[Gemeentelijst]] = {}
    gemaild = 0
    for melding in wachtend.select_related("loket")[:PARTIJ]:
        if time.monotonic() > einde:
            break
        loket = melding.loket
        assert loket is not None
        if loket.pk not in lijsten:
            lijsten[loket.pk] = vrij_bij(loket, nu=nu)
        gemaild += _mail(melding.pk, loket, lijsten[loket.pk], donderdag=donderdag, nu=nu)
    return gemaild


@transaction.atomic
def _mail(
    pk: int,
    loket: Loket,
    lijst: list[Gemeentelijst],
    *,
    donderdag: dt.datetime,
    nu: dt.datetime,
) -> bool:
    melding = (
        Melding.objects.vergrendeld()
        .filter(pk=pk, status=Meldingstatus.ACTIEF, bekeken_op__lt=donderdag)
        .first()
    )
    if melding is None:
        return False
    melding.bekeken_op = nu
    if lijst:
        melding.gemaild_op = nu
        aantal = sum(len(gemeente.plekken) for gemeente in lijst)
        leg_klaar(
            "opvang/melding_weeklijst",
            aan=melding.email,
            loket=loket,
            onderwerp=melding,
            nu=nu,
            sleutel=f"opvang.weeklijst:{pk}:{timezone.localdate(donderdag)}",
            context={
                "lijst": lijst,
                "aantal": aantal,
                "vandaag": timezone.localdate(nu),
                "lijst_url": lijst_url(loket),
                "stop_url": stop_url(pk),
            },
        )
        leg_vast("opvang.melding.gemaild", melding, door=None, nu=nu, loket=loket, aantal=aantal)
    melding.save(update_fields=["bekeken_op", "gemaild_op"])
    return bool(lijst)
