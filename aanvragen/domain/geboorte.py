"""The expected birth date becomes the real one: asked by mail after the day has passed, once."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aanvragen.domain.meldingen import meld_ouders
from aanvragen.models import Opvangvraag
from aanvragen.workflow import LOPENDE_VRAGEN, Vraagstatus
from loket.models import Bericht

#: Most babies come within a week of the day they are expected; before that nobody asks.
WACHT_NA_VERWACHT = dt.timedelta(days=7)
#: What is older was asked long ago, or came in late: then the loket asks.
ZOEK_TERUG = dt.timedelta(days=60)


def te_vragen_geboorten(peildatum: dt.date) -> list[Opvangvraag]:
    """Find the questions of children who were expected a week ago and are not noted as born."""
    return list(
        Opvangvraag.objects.filter(
            status__in=[*LOPENDE_VRAGEN, Vraagstatus.GEPLAATST],
            kind__geboortedatum=None,
            kind__verwachte_geboortedatum__gt=peildatum - ZOEK_TERUG,
            kind__verwachte_geboortedatum__lte=peildatum - WACHT_NA_VERWACHT,
        )
        .select_related("kind__gezin", "loket")
        .order_by("pk")
    )


def vraag_geboorten(nu: dt.datetime) -> int:
    """Ask each family once when its child was born; give how many were asked.

    Refuses nothing: a family that wants calm is passed over by `meld_ouders`, and a child whose
    birth was told is not found. The mail is neutral and leads to the page where the day is told, or
    where the question stops. Safe to run at any time and twice at once.
    """
    return sum(
        _vraag_geboorte(vraag, nu=nu) for vraag in te_vragen_geboorten(timezone.localdate(nu))
    )


@transaction.atomic
def _vraag_geboorte(vraag: Opvangvraag, *, nu: dt.datetime) -> bool:
    """Ask one family; False when it was asked before, or when the question changed meanwhile."""
    vers = Opvangvraag.objects.vergrendeld().select_related("kind__gezin", "loket").get(pk=vraag.pk)
    if vers.status != vraag.status or vers.kind.geboren:
        return False
    sleutel = f"geboorte:{vers.kind_id}"
    if Bericht.objects.filter(sleutel__startswith=f"{sleutel}:").exists():
        return False
    meld_ouders(
        vers,
        "geboorte",
        nu=nu,
        sleutel=sleutel,
        geboorte_url=settings.SITE_URL + reverse("mijn:geboorte", args=[vers.referentie]),
    )
    return Bericht.objects.filter(sleutel__startswith=f"{sleutel}:").exists()
