"""Colleagues of an organisator: invite one by mail, accept, withdraw, and let one go."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loket.domain.aanmelden import schoon_adres
from loket.domain.berichten import leg_klaar
from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket
from opvang.domain.leden import bewaar_lid
from opvang.models import Collegauitnodiging, Organisator, OrganisatorLid

GELDIG = dt.timedelta(days=14)
MEESTE_PER_DAG = 20


class AlCollega(Weigering):
    standaard = _("Deze persoon werkt hier al mee.")


class TeVeelUitnodigingen(Weigering):
    standaard = _("Je nodigde vandaag al veel mensen uit. Probeer het morgen opnieuw.")


class UitnodigingGeldtNiet(Weigering):
    standaard = _("Deze uitnodiging geldt niet meer. Vraag je collega om een nieuwe.")


class AndereGenodigde(Weigering):
    standaard = _("Deze uitnodiging is voor een ander e-mailadres.")


class LaatsteCollega(Weigering):
    standaard = _("Dit is de laatste persoon. Nodig eerst iemand anders uit.")


@transaction.atomic
def nodig_collega_uit(
    organisator: Organisator, *, email: str, door: Gebruiker, nu: dt.datetime
) -> Collegauitnodiging:
    """Mail somebody a link to join; an earlier open invitation of that address stops to work.

    Refuses who is a colleague already, an address that can't get mail, and too many in a day. The
    link stands in the mail alone, which is wiped once it was sent; we keep its hash.
    """
    _vergrendel(organisator)
    adres = schoon_adres(email)
    if _leden(organisator, nu).filter(gebruiker__email__iexact=adres).exists():
        raise AlCollega
    van_vandaag = organisator.collegauitnodigingen.filter(
        aangemaakt_op__gt=nu - dt.timedelta(days=1)
    )
    if van_vandaag.count() >= MEESTE_PER_DAG:
        raise TeVeelUitnodigingen
    organisator.collegauitnodigingen.filter(
        email__iexact=adres, aanvaard_op=None, ingetrokken_op=None
    ).update(ingetrokken_op=nu)
    geheim = secrets.token_urlsafe(32)
    uitnodiging = Collegauitnodiging.objects.create(
        organisator=organisator,
        email=adres,
        hash=_hash(geheim),
        door=door,
        aangemaakt_op=nu,
        vervalt_op=nu + GELDIG,
    )
    leg_vast(
        "opvang.collega.uitgenodigd", organisator, door=door, nu=nu, uitnodiging=uitnodiging.pk
    )
    leg_klaar(
        "opvang/collega",
        aan=adres,
        nu=nu,
        context={
            "organisator": organisator,
            "door": door,
            "vervalt_op": uitnodiging.vervalt_op,
            "url": settings.SITE_URL + reverse("aanbod:uitnodiging", args=[geheim]),
        },
        loket=_loket_van(organisator),
        onderwerp=organisator,
        gevoelig=True,
    )
    return uitnodiging


def vind_uitnodiging(geheim: str, *, nu: dt.datetime) -> Collegauitnodiging | None:
    """The open invitation behind a link; None when it is forged, used, withdrawn or too old."""
    return (
        Collegauitnodiging.objects.open(nu)
        .filter(hash=_hash(geheim))
        .select_related("organisator", "door")
        .first()
    )


@transaction.atomic
def aanvaard_uitnodiging(
    uitnodiging: Collegauitnodiging, *, door: Gebruiker, nu: dt.datetime
) -> OrganisatorLid:
    """Make this person a colleague; works once, and only for the invited address.

    Who left earlier comes back; pressing twice makes one colleague.
    """
    _vergrendel(uitnodiging.organisator)
    if not Collegauitnodiging.objects.open(nu).filter(pk=uitnodiging.pk).exists():
        raise UitnodigingGeldtNiet
    if door.email.lower() != uitnodiging.email.lower():
        raise AndereGenodigde
    Collegauitnodiging.objects.filter(pk=uitnodiging.pk).update(aanvaard_op=nu)
    lid = OrganisatorLid.objects.filter(
        organisator=uitnodiging.organisator, gebruiker=door
    ).first() or OrganisatorLid(organisator=uitnodiging.organisator, gebruiker=door)
    vandaag = timezone.localdate(nu)
    lid.vanaf = min(lid.vanaf, vandaag) if lid.pk else vandaag
    lid.tot = None
    bewaar_lid(lid, door=door, nu=nu)
    door.__dict__.pop("_organisator_ids", None)
    return lid


@transaction.atomic
def trek_uitnodiging_in(
    uitnodiging: Collegauitnodiging, *, door: Gebruiker, nu: dt.datetime
) -> None:
    """The link stops to work at once; doing it twice changes nothing, too late is refused."""
    _vergrendel(uitnodiging.organisator)
    uitnodiging.refresh_from_db()
    if uitnodiging.aanvaard_op is not None:
        raise AlCollega
    if uitnodiging.ingetrokken_op is None:
        Collegauitnodiging.objects.filter(pk=uitnodiging.pk).update(ingetrokken_op=nu)
        leg_vast(
            "opvang.collega.uitnodiging_ingetrokken",
            uitnodiging.organisator,
            door=door,
            nu=nu,
            uitnodiging=uitnodiging.pk,
        )


@transaction.atomic
def haal_collega_weg(lid: OrganisatorLid, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Somebody no longer acts for the organisator, at once; the last one can't go.

    Under a lock, so that two who take each other away leave one.
    """
    _vergrendel(lid.organisator)
    leden = _leden(lid.organisator, nu)
    if not leden.filter(pk=lid.pk).exists():
        return
    if not leden.exclude(pk=lid.pk).filter(gebruiker__is_active=True).exists():
        raise LaatsteCollega
    leg_vast(
        "opvang.collega.weggehaald", lid.organisator, door=door, nu=nu, gebruiker=lid.gebruiker_id
    )
    lid.delete()


def _leden(organisator: Organisator, nu: dt.datetime) -> QuerySet[OrganisatorLid]:
    vandaag = timezone.localdate(nu)
    return organisator.leden.filter(Q(tot=None) | Q(tot__gt=vandaag), vanaf__lte=vandaag)


def _vergrendel(organisator: Organisator) -> None:
    Organisator.objects.select_for_update(no_key=True).get(pk=organisator.pk)


def _loket_van(organisator: Organisator) -> Loket | None:
    """The loket that speaks in the mail: that of the first location."""
    return Loket.objects.filter(gemeenten__locaties__organisator=organisator).order_by("pk").first()


def _hash(geheim: str) -> str:
    """SHA-256 is enough: the secret has 256 bits of chance, there is nothing to guess."""
    return hashlib.sha256(geheim.encode(errors="replace")).hexdigest()
