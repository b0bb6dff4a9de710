"""A request that is not finished: kept under an address, gone on with elsewhere, never lost
silently.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aanvragen.domain.concept import AlVerstuurd, vervalt_op
from aanvragen.models import Concept, Opvangvraag
from aanvragen.workflow import Vervalreden
from loket.domain.aanmelden import schoon_adres
from loket.domain.berichten import leg_klaar
from loket.domain.fouten import IntussenGewijzigd, Weigering
from loket.models import Bericht, Loket

#: So long before a draft goes, who can be reached hears of it.
WAARSCHUW_DAGEN = 3
MAILS_PER_UUR = 3
SJABLOON_VERDER, SJABLOON_WEG = "aanvragen/concept_verder", "aanvragen/concept_vervalt"


class TeVeelMails(Weigering):
    standaard = _("We stuurden al enkele mails naar dit adres. Kijk in je mailbox, ook bij spam.")


@transaction.atomic
def bewaar_onder(concept: Concept, email: str, *, nu: dt.datetime) -> Bericht | None:
    """Keep a draft under an address, and mail how to go on with it on any device.

    Guarantees: the mail says nothing of what was typed, and nothing opens by it: who goes on proves
    with a code that the mailbox is theirs. Another address replaces the earlier one. Refuses an
    address that no mail can reach (OngeldigAdres), one that got its share of these mails this hour
    (TeVeelMails), and a draft that was sent (AlVerstuurd) or thrown away (IntussenGewijzigd).
    """
    schoon = schoon_adres(email)
    vers = Concept.objects.select_for_update().filter(pk=concept.pk).first()
    if vers is None:
        raise IntussenGewijzigd
    if vers.afgerond_op is not None:
        raise AlVerstuurd
    recent = Bericht.objects.filter(
        sjabloon=SJABLOON_VERDER, aan=schoon, aangemaakt_op__gt=nu - dt.timedelta(hours=1)
    )
    if recent.count() >= MAILS_PER_UUR:
        raise TeVeelMails
    concept.email, concept.gewijzigd_op = schoon, nu
    concept.save(update_fields=["email", "gewijzigd_op"])
    return leg_klaar(
        SJABLOON_VERDER,
        aan=schoon,
        nu=nu,
        loket=vers.loket,
        onderwerp=vers,
        context={
            "url": settings.SITE_URL + reverse("aanvragen:verder"),
            "bewaard_tot": vervalt_op(concept),
        },
    )


def waarschuw_voor_opruimen(nu: dt.datetime) -> int:
    """Mail who has an unfinished request that goes in WAARSCHUW_DAGEN days; give how many.

    Once per period of rest: who goes on with it starts a new one. Nobody hears of a draft that was
    left before sad news in the same family (R5). Safe to run at any time and twice at once.
    """
    aantal = 0
    for loket in Loket.objects.all():
        weg_op = nu - dt.timedelta(days=loket.conceptdagen)
        bijna = Concept.objects.filter(
            ~Q(email="") | ~Q(gebruiker=None),
            loket=loket,
            ingevoerd_door=None,
            afgerond_op=None,
            gewijzigd_op__gte=weg_op,
            gewijzigd_op__lt=weg_op + dt.timedelta(days=WAARSCHUW_DAGEN),
        ).select_related("gebruiker", "loket")
        aantal += sum(_waarschuw(concept, nu=nu) for concept in bijna)
    return aantal


@transaction.atomic
def _waarschuw(concept: Concept, *, nu: dt.datetime) -> bool:
    """Mail about one draft; False when that was done, or when nothing should be said."""
    adres = concept.gebruiker.email if concept.gebruiker else concept.email
    sleutel = f"concept-vervalt:{concept.pk}:{int(concept.gewijzigd_op.timestamp())}"
    if Bericht.objects.filter(sleutel=sleutel).exists() or _in_rouw(concept, adres):
        return False
    bericht = leg_klaar(
        SJABLOON_WEG,
        aan=adres,
        nu=nu,
        loket=concept.loket,
        onderwerp=concept,
        ontvanger=concept.gebruiker,
        sleutel=sleutel,
        context={
            "url": settings.SITE_URL + reverse("aanvragen:verder"),
            "weg_op": vervalt_op(concept),
        },
    )
    return bericht is not None


def _in_rouw(concept: Concept, adres: str) -> bool:
    """Tell whether this family asked for calm after it last touched the draft."""
    van_gezin = Q(kind__gezin__ouders__email__iexact=adres)
    if concept.gebruiker_id is not None:
        van_gezin |= Q(kind__gezin__ouders__gebruiker=concept.gebruiker_id)
    return Opvangvraag.objects.filter(
        van_gezin, vervalreden=Vervalreden.DROEVIG, afgesloten_op__gte=concept.gewijzigd_op
    ).exists()
