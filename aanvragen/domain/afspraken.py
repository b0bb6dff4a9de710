"""Agree to ring back, to visit a location together or to help with a form; and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.afspraakkalender import als_kalender
from aanvragen.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.models import Afspraak, Opvangvraag
from aanvragen.workflow import AFGESLOTEN_VRAGEN, Afspraaksoort, Afspraakstatus
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Opvanglocatie

#: How long each kind usually takes, in minutes.
DUUR: Mapping[Afspraaksoort, int] = {
    Afspraaksoort.TERUGBELLEN: 15,
    Afspraaksoort.BEZOEK: 60,
    Afspraaksoort.WENNEN: 120,
    Afspraaksoort.ATTEST: 45,
    Afspraaksoort.GESPREK: 30,
}
#: Where it is at a location; the others are at the phone or at the loket.
BIJ_OPVANG = frozenset({Afspraaksoort.BEZOEK, Afspraaksoort.WENNEN})


class InHetVerleden(Weigering):
    standaard = _("Dit moment is al voorbij. Kies een later moment.")


class GeenOpvangGekozen(Weigering):
    standaard = _("Kies bij welke opvang jullie afspreken.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Afspraakgegevens:
    """When and where; `duur` in minutes."""

    begint_op: dt.datetime
    duur: int
    locatie: Opvanglocatie | None = None
    plaats: str = ""


@transaction.atomic
def maak_afspraak(
    vraag: Opvangvraag,
    gegevens: Afspraakgegevens,
    *,
    soort: Afspraaksoort,
    wie: Gebruiker,
    door: Gebruiker,
    nu: dt.datetime,
) -> Afspraak:
    """Agree on a moment with a family; `wie` rings, goes along or helps.

    Guarantees: logged, and both parents mailed with a calendar entry. Refuses a moment that has
    passed (InHetVerleden), a visit without a location (GeenOpvangGekozen), and a question that
    ended (OngeldigeOvergang).
    """
    _eis_lopend(vraag)
    _keur(gegevens, soort=soort, nu=nu)
    afspraak = Afspraak.objects.create(
        opvangvraag=vraag,
        soort=soort,
        begint_op=gegevens.begint_op,
        duur=gegevens.duur,
        locatie=gegevens.locatie if soort in BIJ_OPVANG else None,
        plaats=gegevens.plaats,
        wie=wie,
        gemaakt_op=nu,
        gewijzigd_op=nu,
    )
    _leg_vast("gemaakt", afspraak, door=door, nu=nu)
    _meld(afspraak, "afspraak", nu=nu)
    return afspraak


@transaction.atomic
def verplaats_afspraak(
    afspraak: Afspraak,
    gegevens: Afspraakgegevens,
    *,
    wie: Gebruiker,
    gezien_versie: int,
    door: Gebruiker,
    nu: dt.datetime,
) -> None:
    """Move an appointment; calendars replace the old entry.

    Refuses what `maak_afspraak` refuses, one that is over, and a page that is out of date
    (IntussenGewijzigd).
    """
    vers = _vergrendel(afspraak)
    if vers.versie != gezien_versie:
        raise IntussenGewijzigd
    soort = Afspraaksoort(vers.soort)
    _keur(gegevens, soort=soort, nu=nu)
    vers.begint_op, vers.duur = gegevens.begint_op, gegevens.duur
    vers.locatie = gegevens.locatie if soort in BIJ_OPVANG else None
    vers.plaats, vers.wie = gegevens.plaats, wie
    vers.versie += 1
    vers.gewijzigd_op = nu
    vers.save()
    _leg_vast("verplaatst", vers, door=door, nu=nu)
    _meld(vers, "afspraak", nu=nu, verplaatst=True)
    afspraak.refresh_from_db()


@transaction.atomic
def zeg_afspraak_af(
    afspraak: Afspraak, *, door: Gebruiker, nu: dt.datetime, door_ouder: bool = False
) -> None:
    """Call an appointment off; both parents get a mail that takes it out of their calendar."""
    vers = _vergrendel(afspraak)
    vers.status = Afspraakstatus.AFGEZEGD
    vers.versie += 1
    vers.gewijzigd_op = nu
    vers.save(update_fields=["status", "versie", "gewijzigd_op"])
    _leg_vast("afgezegd", vers, door=door, nu=nu)
    _meld(vers, "afspraak_afgezegd", nu=nu, door_ouder=door_ouder)
    afspraak.refresh_from_db()


@transaction.atomic
def noteer_uitkomst(
    afspraak: Afspraak, *, gelukt: bool, uitkomst: str, door: Gebruiker, nu: dt.datetime
) -> None:
    """Say what came of an appointment. Nobody is mailed; it leaves the work list."""
    vers = _vergrendel(afspraak)
    vers.status = Afspraakstatus.GEDAAN if gelukt else Afspraakstatus.GEMIST
    vers.uitkomst = uitkomst
    vers.gewijzigd_op = nu
    vers.save(update_fields=["status", "uitkomst", "gewijzigd_op"])
    _leg_vast("gedaan" if gelukt else "gemist", vers, door=door, nu=nu)
    afspraak.refresh_from_db()


def _keur(gegevens: Afspraakgegevens, *, soort: Afspraaksoort, nu: dt.datetime) -> None:
    if gegevens.begint_op <= nu:
        raise InHetVerleden
    if soort in BIJ_OPVANG and gegevens.locatie is None:
        raise GeenOpvangGekozen


def _eis_lopend(vraag: Opvangvraag) -> None:
    """Lock the question, and refuse one that ended: nothing more is said about it."""
    vers = Opvangvraag.objects.vergrendeld().get(pk=vraag.pk)
    if vers.status in AFGESLOTEN_VRAGEN:
        raise OngeldigeOvergang


def _vergrendel(afspraak: Afspraak) -> Afspraak:
    """The question and then the appointment, locked; OngeldigeOvergang when either is over."""
    _eis_lopend(afspraak.opvangvraag)
    vers = (
        Afspraak.objects.select_for_update(of=("self",))
        .select_related("opvangvraag__loket", "opvangvraag__kind__gezin", "locatie", "wie")
        .get(pk=afspraak.pk)
    )
    if vers.status != Afspraakstatus.GEPLAND:
        raise OngeldigeOvergang
    return vers


def _leg_vast(wat: str, afspraak: Afspraak, *, door: Gebruiker, nu: dt.datetime) -> None:
    leg_vast(
        f"aanvragen.afspraak.{wat}",
        afspraak.opvangvraag,
        door=door,
        nu=nu,
        loket=afspraak.opvangvraag.loket,
        afspraak=afspraak.pk,
        soort=str(afspraak.soort),
        begint_op=afspraak.begint_op.isoformat(),
    )


def _meld(afspraak: Afspraak, sjabloon: str, *, nu: dt.datetime, **context: Any) -> None:
    vraag = afspraak.opvangvraag
    url = settings.SITE_URL + reverse("mijn:hulp", args=[vraag.referentie])
    af = afspraak.status == Afspraakstatus.AFGEZEGD
    meld_ouders(
        vraag,
        sjabloon,
        nu=nu,
        bijlagen=[als_kalender(afspraak, nu=nu, url=url, methode="CANCEL" if af else "PUBLISH")],
        afspraak=afspraak,
        hulp_url=url,
        **context,
    )
