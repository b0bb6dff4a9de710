"""Mail what freed up to who asked for it: once per place, at most one mail a day."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from opvang.domain.meldingen import vraag_van
from opvang.domain.meldlink import stop_url
from opvang.domain.meldvraag import in_woorden
from opvang.domain.stand import Termijnen, Zicht, zicht_op
from opvang.domain.zoekadres import zoekadres
from opvang.domain.zoeken import Zoekvraag, kandidaten_met_stand, zoek
from opvang.models import BekendePlaats, Melding, Opvanglocatie
from opvang.workflow import Meldingsoort, Meldingstatus, Stand

#: One run looks at so many, those that waited longest first; the next one goes on.
PARTIJ = 200
PARTIJ_SECONDEN = 60.0
#: More locations than this don't make a mail better; the link shows all.
MEESTE_IN_MAIL = 10


@dataclass(frozen=True, slots=True)
class VrijePlek:
    """A location with room, as a mail and a list tell it."""

    locatie: Opvanglocatie
    zicht: Zicht


def mail_vrijgekomen(*, nu: dt.datetime) -> int:
    """Look once at the alerts that waited longest, and mail what is new; gives how many mails.

    Only what is surely free is news: `misschien` and `onbekend` never lead to a mail. Each alert is
    one transaction; two workers never look at the same one at the same time.
    """
    einde = time.monotonic() + PARTIJ_SECONDEN
    termijnen = Termijnen.lees()
    wachtend = (
        Melding.objects.actief(Meldingsoort.PLAATS)
        .filter(bekeken_op__lt=nu, verloopt_op__gt=nu)
        .order_by("bekeken_op", "pk")
        .values_list("pk", flat=True)[:PARTIJ]
    )
    gemaild = 0
    for pk in wachtend:
        if time.monotonic() > einde:
            break
        gemaild += bekijk(pk, termijnen=termijnen, nu=nu)
    return gemaild


@transaction.atomic
def bekijk(pk: int, *, termijnen: Termijnen, nu: dt.datetime) -> bool:
    """Look what is new for one alert; True when it gets a mail.

    A location is new until it was mailed; when it is full in between, it is new again. On the day
    of a mail nothing more is sent: what is still free tomorrow is news tomorrow.
    """
    melding = (
        Melding.objects.vergrendeld()
        .filter(pk=pk, status=Meldingstatus.ACTIEF, bekeken_op__lt=nu)
        .first()
    )
    if melding is None:
        return False
    melding.bekeken_op = nu
    melding.save(update_fields=["bekeken_op"])
    vraag = vraag_van(melding, vandaag=timezone.localdate(nu))
    if vraag is None:
        return False
    nieuw = _nieuw(melding, vraag, termijnen=termijnen, nu=nu)
    if not nieuw or _al_gemaild_vandaag(melding, nu=nu):
        return False
    BekendePlaats.objects.bulk_create(
        BekendePlaats(melding=melding, locatie_id=locatie_id, sinds=nu) for locatie_id in nieuw
    )
    _mail(melding, vraag, nieuw, termijnen=termijnen, nu=nu)
    return True


def _nieuw(
    melding: Melding, vraag: Zoekvraag, *, termijnen: Termijnen, nu: dt.datetime
) -> set[int]:
    """Find what is free and not known yet; forget what is full now."""
    bekend = set(melding.bekend.values_list("locatie_id", flat=True))
    standen = (
        kandidaten_met_stand(vraag, termijnen=termijnen, nu=nu)
        .filter(Q(stand=Stand.VRIJ) | Q(stand=Stand.VOL, pk__in=bekend))
        .order_by()
        .values_list("pk", "stand")
    )
    vrij: set[int] = set()
    vol: set[int] = set()
    for locatie_id, stand in standen:
        (vrij if stand == Stand.VRIJ else vol).add(locatie_id)
    if vol:
        melding.bekend.filter(locatie__in=vol).delete()
    return vrij - bekend


def _al_gemaild_vandaag(melding: Melding, *, nu: dt.datetime) -> bool:
    vandaag = timezone.localdate(nu)
    return melding.gemaild_op is not None and timezone.localdate(melding.gemaild_op) >= vandaag


def _mail(
    melding: Melding,
    vraag: Zoekvraag,
    nieuw: set[int],
    *,
    termijnen: Termijnen,
    nu: dt.datetime,
) -> None:
    vandaag = timezone.localdate(nu)
    gevonden = zoek(vraag, termijnen=termijnen, nu=nu).locaties.filter(pk__in=nieuw)
    plekken = [
        VrijePlek(
            locatie,
            zicht_op(
                locatie.aanbod_nu,
                nu=nu,
                termijn=termijnen.van(locatie.gemeente_id),
                rooster_masker=vraag.rooster_masker,
            ),
        )
        for locatie in gevonden[:MEESTE_IN_MAIL]
    ]
    leg_klaar(
        "opvang/melding_plaatsen",
        aan=melding.email,
        loket=melding.loket,
        onderwerp=melding,
        nu=nu,
        # Even if everything above were wrong: one mail a day.
        sleutel=f"opvang.melding:{melding.pk}:{vandaag}",
        context={
            "plekken": plekken,
            "aantal": len(nieuw),
            "meer": len(nieuw) - len(plekken),
            "vraag": vraag,
            "wat": in_woorden(vraag),
            "vandaag": vandaag,
            "zoek_url": zoekadres(vraag),
            "stop_url": stop_url(melding.pk),
            "verloopt_op": melding.verloopt_op,
        },
    )
    melding.gemaild_op = nu
    melding.save(update_fields=["gemaild_op"])
    leg_vast(
        "opvang.melding.gemaild", melding, door=None, nu=nu, loket=melding.loket, aantal=len(nieuw)
    )
