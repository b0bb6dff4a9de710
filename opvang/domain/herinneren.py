"""Once a month a mail asks a provider whether its free places still hold; one tap says yes."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from loket.models import Bericht, Gebeurtenis, Loket
from opvang.domain.adressen import adressen_van
from opvang.domain.bevestiglink import GELDIG_DAGEN, bevestig_url, maak_token
from opvang.domain.geschiedenis import cijfers
from opvang.domain.stand import Termijnen
from opvang.models import Opvanglocatie, Organisator, OrganisatorLid, Plaatsaanbod

#: So many days before figures stop to count as certain, the mail goes out.
VOORSPRONG_DAGEN = 5
#: What is nearly due goes along, so that an organisator with ten locations gets one mail.
SAMEN_DAGEN = 7
#: After so many mails without an answer a person should call.
MEESTE_MAILS = 6
#: Mail by day only, Brussels time.
UREN = range(7, 20)
HERINNERD = "opvang.vrije_plaatsen_gevraagd"


@dataclass(frozen=True, slots=True)
class Klaar:
    """A location whose figures get old, and where its mail goes."""

    locatie: Opvanglocatie
    periodes: Sequence[Plaatsaanbod]
    adres: str
    wordt_misschien: dt.datetime
    vragen_op: dt.datetime

    @property
    def regels(self) -> list[tuple[Plaatsaanbod, str]]:
        """Each period with its figures in words."""
        return [(rij, cijfers(rij.vrij)) for rij in self.periodes]


def stuur_herinneringen(*, nu: dt.datetime) -> int:
    """Mail every provider whose figures get old; gives the number of mails.

    Each mail is a transaction of its own. At night nothing is mailed.
    """
    if timezone.localtime(nu).hour not in UREN:
        return 0
    organisatoren = sorted({klaar.locatie.organisator_id for klaar in _die_klaar_staan(nu=nu)})
    return sum(len(vraag_bevestiging(pk, nu=nu)) for pk in organisatoren)


@transaction.atomic
def vraag_bevestiging(organisator_id: int, *, nu: dt.datetime) -> list[Bericht]:
    """Mail one organisator: one mail per address, about all of its locations that are due.

    Guarantees: a location is asked once per term of its loket, also when two workers do this at
    once: the organisator's row is locked. Confirming starts a new term, so the mails stop.
    """
    Organisator.objects.select_for_update(no_key=True).get(pk=organisator_id)
    due = _die_klaar_staan(nu=nu, organisator_id=organisator_id)
    berichten = []
    for adres, groep in itertools.groupby(
        sorted(due, key=lambda klaar: (klaar.adres, klaar.locatie.naam, klaar.locatie.pk)),
        key=lambda klaar: klaar.adres,
    ):
        samen = list(groep)
        if any(klaar.vragen_op <= nu for klaar in samen):
            berichten += _mail(adres, samen, nu=nu)
    return berichten


def _mail(adres: str, samen: Sequence[Klaar], *, nu: dt.datetime) -> list[Bericht]:
    locaties = [klaar.locatie for klaar in samen]
    kenmerk = hashlib.sha256(adres.lower().encode()).hexdigest()[:16]
    nummer = f"{locaties[0].organisator_id}-{kenmerk}-{timezone.localdate(nu):%Y%m%d}"
    bericht = leg_klaar(
        "opvang/bevestig",
        aan=adres,
        nu=nu,
        loket=Loket.objects.voor_gemeente(locaties[0].gemeente_id).order_by("pk").first(),
        onderwerp=locaties[0].organisator,
        sleutel=f"bevestig:{nummer}",
        context={
            "samen": samen,
            "locatie": locaties[0] if len(locaties) == 1 else None,
            "wordt_misschien": min(klaar.wordt_misschien for klaar in samen),
            "is_al_misschien": any(klaar.wordt_misschien <= nu for klaar in samen),
            "url": bevestig_url(maak_token(locaties, nummer=nummer)),
            "geldig_dagen": GELDIG_DAGEN,
        },
    )
    for locatie in locaties:
        leg_vast(HERINNERD, locatie, door=None, nu=nu, nummer=nummer)
    return [bericht] if bericht else []


def _die_klaar_staan(*, nu: dt.datetime, organisator_id: int | None = None) -> list[Klaar]:
    """Find the locations whose figures get old and that were not asked in this term.

    Not: a location that never said anything (there is nothing to confirm), one without an address
    (the loket calls), one that parents don't see, and one that let `MEESTE_MAILS` go by.
    """
    locaties = Opvanglocatie.objects.publiek().select_related("organisator")
    if organisator_id is not None:
        locaties = locaties.filter(organisator=organisator_id)
    termijnen = Termijnen.lees()
    vroegst = min([termijnen.gewoon[0], *(vers for vers, _ in termijnen.per_gemeente.values())])
    grens = nu - dt.timedelta(days=vroegst - VOORSPRONG_DAGEN - SAMEN_DAGEN)
    periodes = Plaatsaanbod.objects.nog_niet_voorbij(timezone.localdate(nu))
    oud = locaties.filter(
        pk__in=periodes.filter(laatst_bevestigd__lte=grens).values("locatie")
    ).prefetch_related(
        Prefetch("plaatsaanbod", queryset=periodes),
        Prefetch(
            "organisator__leden",
            queryset=OrganisatorLid.objects.select_related("gebruiker"),
        ),
    )
    kandidaten = list(oud)
    gevraagd = _vragen_aan(kandidaten)
    uit = []
    for locatie in kandidaten:
        rijen = list(locatie.plaatsaanbod.all())
        vers_dagen, _verborgen = termijnen.van(locatie.gemeente_id)
        oudste = min(rij.laatst_bevestigd for rij in rijen)
        misschien = oudste + dt.timedelta(days=vers_dagen)
        # A loket with a very short term is not mailed about on the day of the confirmation.
        voorsprong = dt.timedelta(days=min(VOORSPRONG_DAGEN, vers_dagen // 3))
        samen = dt.timedelta(days=min(SAMEN_DAGEN, vers_dagen // 3))
        # One address: who acts for it longest, where it has none of its own.
        adres = next(iter(adressen_van(locatie)), "")
        klaar = Klaar(locatie, rijen, adres, misschien, misschien - voorsprong)
        eerder = [op for op in gevraagd.get(locatie.pk, []) if op > oudste]
        if (
            klaar.adres
            and klaar.vragen_op <= nu + samen
            and len(eerder) < MEESTE_MAILS
            and not any(op > nu - dt.timedelta(days=vers_dagen) for op in eerder)
        ):
            uit.append(klaar)
    return uit


def _vragen_aan(locaties: Iterable[Opvanglocatie]) -> dict[int, list[dt.datetime]]:
    """When each location was asked before, in one query."""
    uit: dict[int, list[dt.datetime]] = {}
    for pk, op in Gebeurtenis.objects.filter(
        werkwoord=HERINNERD,
        onderwerp_soort=Opvanglocatie._meta.label_lower,
        onderwerp_id__in=[locatie.pk for locatie in locaties],
    ).values_list("onderwerp_id", "op"):
        uit.setdefault(pk, []).append(op)
    return uit
