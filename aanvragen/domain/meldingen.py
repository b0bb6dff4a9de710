"""Which mail follows from which decision. Templates: `templates/mail/aanvragen/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from aanvragen.domain.antwoordlink import antwoord_url
from aanvragen.domain.papier import schrijf_brieven
from aanvragen.domain.rust import is_stil, zwijgt_over
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from loket.domain.berichten import Bijlage, leg_klaar
from opvang.domain.adressen import adressen_van


def meld_ouders(
    vraag: Opvangvraag,
    sjabloon: str,
    *,
    nu: dt.datetime,
    bijlagen: Sequence[Bijlage] = (),
    sleutel: str | None = None,
    **context: Any,
) -> None:
    """One mail to each parent of the child who has an e-mail address; none about a child that is at
    rest, nor where a noodplan asked for a family that wants calm (R5).
    What has the same `sleutel` is mailed to each parent once. A home without an e-mail address
    gets a letter instead (`papier.schrijf_brieven`).
    """
    if zwijgt_over(vraag):
        return
    context = {
        "url": settings.SITE_URL + reverse("mijn:vraag", args=[vraag.referentie]),
        **context,
    }
    ouders = vraag.kind.ouders.order_by("pk")
    if zonder := [ouder for ouder in ouders if not ouder.email]:
        schrijf_brieven(vraag, sjabloon, zonder=zonder, nu=nu, context=context, sleutel=sleutel)
    for ouder in ouders:
        if not ouder.email:
            continue
        leg_klaar(
            f"aanvragen/{sjabloon}",
            aan=ouder.email,
            nu=nu,
            loket=vraag.loket,
            onderwerp=vraag,
            ontvanger=ouder.gebruiker,
            bijlagen=bijlagen,
            sleutel=f"{sleutel}:{ouder.pk}" if sleutel else None,
            context={"vraag": vraag, "ouder": ouder, **context},
        )


def meld_aanbieder(
    aanmelding: Aanmelding, sjabloon: str, *, nu: dt.datetime, **context: Any
) -> None:
    """Mail to the provider about one request. Says no more of the family than the answer needs, and
    nothing about a child that is at rest: a person calls (R5).
    """
    if is_stil(aanmelding.opvangvraag):
        return
    for adres in adressen_van(aanmelding.locatie):
        leg_klaar(
            f"aanvragen/{sjabloon}",
            aan=adres,
            nu=nu,
            loket=aanmelding.opvangvraag.loket,
            onderwerp=aanmelding.opvangvraag,
            context={
                "aanmelding": aanmelding,
                "vraag": aanmelding.opvangvraag,
                "locatie": aanmelding.locatie,
                "url": antwoord_url(aanmelding),
                **context,
            },
        )


def meld_voorstel(voorstel: Voorstel, *, nu: dt.datetime, **context: Any) -> None:
    aanmelding = voorstel.aanmelding
    meld_ouders(
        aanmelding.opvangvraag,
        "voorstel",
        nu=nu,
        voorstel=voorstel,
        locatie=aanmelding.locatie,
        buiten_keuze=aanmelding.buiten_keuze,
        **context,
    )
