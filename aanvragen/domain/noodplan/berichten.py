"""Mails and letters to the families: drafted, looked at, and sent only by a button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from aanvragen.domain.noodplan.bellen import bellijst
from aanvragen.domain.noodplan.rust import met_rust, vergrendel_gezinnen
from aanvragen.models import Noodbericht, Noodplan, Noodplanregel, Ouder
from aanvragen.models.noodplan import Wijze
from aanvragen.workflow import LOPENDE_VRAGEN
from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker


@dataclass(frozen=True, slots=True)
class Verzending:
    """What pressing "send" did; `stil` families asked for calm or need nothing any more."""

    mails: int
    brieven: int
    stil: int


def ontwerpen(noodplan: Noodplan) -> QuerySet[Noodbericht]:
    """The drafts, only of families that may be written to."""
    return (
        Noodbericht.objects.filter(
            verstuurd_op=None, regel__in=Noodplanregel.objects.aanspreekbaar(noodplan)
        )
        .select_related(
            "regel__noodplan__sluiting__locatie",
            "regel__noodplan__loket",
            "regel__plaatsing__opvangvraag__kind__gezin__gemeente",
            "regel__heropend",
        )
        .prefetch_related(
            Prefetch("regel__plaatsing__opvangvraag__kind__gezin__ouders", Ouder.objects.thuis())
        )
        .order_by("regel__plaatsing__opvangvraag__kind__familienaam", "pk")
    )


@transaction.atomic
def maak_ontwerpen(
    noodplan: Noodplan, *, tekst: str, door: Gebruiker, nu: dt.datetime
) -> list[Noodbericht]:
    """Draft one message per family that still looks for a place; a letter where there is no
    e-mail.

    Asked again it changes the text of what was not sent yet, and drafts for who came on the list
    since. Who was written to before gets no second draft. Sends nothing.
    """
    regels = list(
        bellijst(noodplan)
        .select_related("plaatsing__opvangvraag__kind__gezin")
        .prefetch_related(
            Prefetch("plaatsing__opvangvraag__kind__gezin__ouders", Ouder.objects.thuis()),
            "berichten",
        )
    )
    vergrendel_gezinnen(regel.gezin.pk for regel in regels)
    stil = met_rust(regels)
    uit = []
    for regel in regels:
        if regel.pk in stil or any(een.verstuurd_op for een in regel.berichten.all()):
            continue
        per_mail = any(ouder.email for ouder in regel.gezin.ouders.all())
        bericht, _nieuw = Noodbericht.objects.update_or_create(
            regel=regel,
            verstuurd_op=None,
            defaults={"tekst": tekst, "wijze": Wijze.MAIL if per_mail else Wijze.BRIEF},
            create_defaults={
                "tekst": tekst,
                "wijze": Wijze.MAIL if per_mail else Wijze.BRIEF,
                "gemaakt_op": nu,
            },
        )
        uit.append(bericht)
    leg_vast(
        "aanvragen.noodplan.ontwerpen",
        noodplan,
        door=door,
        nu=nu,
        loket=noodplan.loket,
        aantal=len(uit),
    )
    return uit


def inhoud(bericht: Noodbericht) -> dict[str, Any]:
    """What the templates of the mail and the letter show."""
    regel = bericht.regel
    vraag = regel.heropend
    assert vraag is not None
    return {
        "bericht": bericht,
        "regel": regel,
        "sluiting": regel.noodplan.sluiting,
        "locatie": regel.noodplan.sluiting.locatie,
        "loket": regel.noodplan.loket,
        "kind": regel.plaatsing.opvangvraag.kind,
        "gezin": regel.gezin,
        "vraag": vraag,
        "url": settings.SITE_URL + reverse("mijn:vraag", args=[vraag.referentie]),
    }


@transaction.atomic
def verstuur_ontwerpen(
    noodplan: Noodplan, pks: Iterable[int], *, door: Gebruiker, nu: dt.datetime
) -> Verzending:
    """Send these drafts: a mail goes to the outbox, a letter is noted as posted.

    Guarantees: each draft goes out once, also when two people press the button; nothing goes to a
    family that asked for calm since the preview, nor about a question that ended since. Those
    drafts are thrown away. Families are locked first: calm asked for at this very moment waits,
    and then takes back what has not left (`rust.maak_stil`). The row of the draft is a second
    guard: who asks for calm deletes it, and what was deleted is not sent.
    """
    gekozen = list(
        Noodbericht.objects.filter(regel__noodplan=noodplan, pk__in=list(pks), verstuurd_op=None)
        .select_related("regel__plaatsing__opvangvraag__kind")
        .order_by("pk")
    )
    vergrendel_gezinnen(bericht.regel.gezin_id for bericht in gekozen)
    mag = {bericht.pk for bericht in ontwerpen(noodplan)}
    telling = {Wijze.MAIL: 0, Wijze.BRIEF: 0}
    stil = 0
    for bericht in gekozen:
        vraag = bericht.regel.heropend
        if bericht.pk not in mag or vraag is None or vraag.status not in LOPENDE_VRAGEN:
            stil += Noodbericht.objects.filter(pk=bericht.pk, verstuurd_op=None).delete()[0]
            continue
        eerst = Noodbericht.objects.filter(pk=bericht.pk, verstuurd_op=None).update(
            verstuurd_op=nu, verstuurd_door=door
        )
        if eerst:
            telling[Wijze(bericht.wijze)] += 1
            _verstuur(bericht, door=door, nu=nu)
    return Verzending(telling[Wijze.MAIL], telling[Wijze.BRIEF], stil)


def _verstuur(bericht: Noodbericht, *, door: Gebruiker, nu: dt.datetime) -> None:
    gegevens = inhoud(bericht)
    vraag, loket = gegevens["vraag"], gegevens["loket"]
    # A letter goes to a home without an address; who follows the child from elsewhere may have one.
    for ouder in bericht.regel.ouders.exclude(email=""):
        leg_klaar(
            "aanvragen/noodplan",
            aan=ouder.email,
            nu=nu,
            loket=loket,
            onderwerp=vraag,
            ontvanger=ouder.gebruiker,
            context={**gegevens, "ouder": ouder},
        )
    leg_vast(
        "aanvragen.noodplan.geschreven",
        vraag,
        door=door,
        nu=nu,
        loket=loket,
        wijze=str(bericht.wijze),
    )
