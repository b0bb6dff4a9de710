"""Who sits in the LOK."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lok_overleg.models import LokLid
from lok_overleg.workflow import Functie, Hoedanigheid
from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket


@dataclass(frozen=True, slots=True, kw_only=True)
class Lidgegevens:
    naam: str
    hoedanigheid: str
    stemrecht: bool
    vanaf: dt.date
    email: str = ""
    functie: str = Functie.LID
    organisatie: str = ""
    tot: dt.date | None = None


@transaction.atomic
def voeg_lid_toe(
    gegevens: Lidgegevens, *, loket: Loket, door: Gebruiker, nu: dt.datetime
) -> LokLid:
    """Let somebody sit in the LOK; an account with the same e-mail address is tied to it.

    Refuses a second running membership with the same address, and an observer with voting right.
    """
    lid = LokLid(loket=loket, **asdict(gegevens))
    _keur(lid)
    lid.gebruiker = _account(gegevens.email)
    lid.save()
    leg_vast("lok.lid.toegevoegd", lid, door=door, nu=nu, loket=loket)
    return lid


@transaction.atomic
def wijzig_lid(lid: LokLid, gegevens: Lidgegevens, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Change a member, or end the membership with `tot`. What they attended and voted stays."""
    rij = LokLid.objects.select_for_update(of=("self",)).select_related("loket").get(pk=lid.pk)
    ander_adres = rij.email.lower() != gegevens.email.lower()
    for veld, waarde in asdict(gegevens).items():
        setattr(rij, veld, waarde)
    _keur(rij)
    if ander_adres:
        rij.gebruiker = _account(gegevens.email)
    rij.save()
    leg_vast("lok.lid.gewijzigd", rij, door=door, nu=nu, loket=rij.loket)


def _account(email: str) -> Gebruiker | None:
    return Gebruiker.objects.filter(email__iexact=email, is_active=True).first() if email else None


def _keur(lid: LokLid) -> None:
    if lid.tot is not None and lid.tot <= lid.vanaf:
        raise Weigering(_("Het lidmaatschap eindigt voor het begint."))
    if lid.hoedanigheid == Hoedanigheid.WAARNEMER and lid.stemrecht:
        raise Weigering(_("Een waarnemer mag niet stemmen."))
    if (
        lid.email
        and lid.tot is None
        and LokLid.objects.filter(loket=lid.loket_id, email__iexact=lid.email, tot=None)
        .exclude(pk=lid.pk)
        .exists()
    ):
        raise Weigering(_("Er is al een lid met dit e-mailadres."))
