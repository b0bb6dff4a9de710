"""Invite the members, and tell them what changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction

from lok_overleg.domain.fouten import GeenAgenda, GeenGenodigden, Vastgelegd
from lok_overleg.domain.kalender import maak_afspraak
from lok_overleg.domain.status import verander_vergadering, vergrendel
from lok_overleg.domain.uitnodigingslink import uitnodiging_url
from lok_overleg.models import Aanwezigheid, LokLid, Vergadering
from lok_overleg.workflow import KOMEND, Vergaderstatus
from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast

if TYPE_CHECKING:
    from lok_overleg.querysets import LokLidQuerySet
    from loket.models import Gebruiker


@transaction.atomic
def nodig_uit(vergadering: Vergadering, *, door: Gebruiker, nu: dt.datetime) -> int:
    """Invite everybody who is a member on the day of the meeting; gives the number of mails.

    A second time it sends the agenda anew as the same appointment, and reaches members who joined
    since; answers stay. Refuses an empty agenda (GeenAgenda), a LOK without members
    (GeenGenodigden) and a meeting that was held, called off or began already (Vastgelegd).
    """
    rij = vergrendel(vergadering)
    if rij.status not in KOMEND or rij.begint_op <= nu:
        raise Vastgelegd
    if not rij.agendapunten.exists():
        raise GeenAgenda
    if not te_nodigen(rij).exists():
        raise GeenGenodigden
    if rij.status == Vergaderstatus.GEPLAND:
        verander_vergadering(rij, Vergaderstatus.UITGENODIGD, door=door, nu=nu)
        aantal = verstuur_uitnodiging(rij, nu=nu)
    else:
        aantal = verstuur_uitnodiging(rij, nu=nu, gewijzigd=True)
        leg_vast("lok.uitnodiging.opnieuw", rij, door=door, nu=nu, loket=rij.loket, aantal=aantal)
    return aantal


def te_nodigen(vergadering: Vergadering) -> LokLidQuerySet:
    """Who is a member on the day of the meeting."""
    return LokLid.objects.filter(loket=vergadering.loket_id).geldig_op(vergadering.dag)


def verstuur_uitnodiging(
    vergadering: Vergadering, *, nu: dt.datetime, gewijzigd: bool = False
) -> int:
    """Put a mail with the appointment ready for every member with an address; gives their number.

    The caller holds the lock of the meeting. A change raises SEQUENCE, the first mail has 0.
    """
    if gewijzigd:
        vergadering.uitnodiging += 1
    vergadering.uitgenodigd_op = nu
    vergadering.save(update_fields=["uitnodiging", "uitgenodigd_op"])
    leden = te_nodigen(vergadering)
    bekend = set(vergadering.aanwezigheden.values_list("lid_id", flat=True))
    Aanwezigheid.objects.bulk_create(
        Aanwezigheid(vergadering=vergadering, lid=lid, naam=lid.naam, stemrecht=lid.stemrecht)
        for lid in leden
        if lid.pk not in bekend
    )
    sjabloon = "lok/uitnodiging_gewijzigd" if gewijzigd else "lok/uitnodiging"
    return _mail_leden(vergadering, sjabloon, nu=nu, methode="REQUEST", leden=leden)


def meld_afgelast(vergadering: Vergadering, *, nu: dt.datetime) -> int:
    """Cancel the appointment of everybody who was invited."""
    vergadering.uitnodiging += 1
    vergadering.save(update_fields=["uitnodiging"])
    return _mail_leden(vergadering, "lok/afgelast", nu=nu, methode="CANCEL")


def meld_leden(vergadering: Vergadering, sjabloon: str, *, nu: dt.datetime, **context: Any) -> int:
    """Mail without an appointment to everybody who was invited, each with the own link."""
    return _mail_leden(vergadering, sjabloon, nu=nu, methode=None, **context)


def _mail_leden(
    vergadering: Vergadering,
    sjabloon: str,
    *,
    nu: dt.datetime,
    methode: Literal["REQUEST", "CANCEL"] | None,
    leden: LokLidQuerySet | None = None,
    **context: Any,
) -> int:
    wie = vergadering.aanwezigheden.exclude(lid__email="").select_related("lid__gebruiker")
    if leden is not None:
        wie = wie.filter(lid__in=leden)
    agenda = list(vergadering.agendapunten.all())
    aantal = 0
    for aanwezigheid in wie:
        url = uitnodiging_url(aanwezigheid)
        bijlagen = []
        if methode:
            bijlagen.append(
                maak_afspraak(
                    vergadering,
                    nu=nu,
                    lid=aanwezigheid.lid,
                    agenda=agenda,
                    url=url,
                    methode=methode,
                )
            )
        leg_klaar(
            sjabloon,
            aan=aanwezigheid.lid.email,
            nu=nu,
            loket=vergadering.loket,
            onderwerp=vergadering,
            ontvanger=aanwezigheid.lid.gebruiker,
            bijlagen=bijlagen,
            context={
                "vergadering": vergadering,
                "agenda": agenda,
                "lid": aanwezigheid.lid,
                "url": url,
                **context,
            },
        )
        aantal += 1
    return aantal
