"""Mail is decided in the transaction that decides the matter, and sent by a worker afterwards: the outbox."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string

from loket.models import Bericht, Gebruiker, Loket
from loket.workflow import Berichtstatus


@dataclass(frozen=True, slots=True)
class Bijlage:
    """A file that travels with a mail, e.g. an iCalendar invitation."""

    naam: str
    type: str
    inhoud: bytes


def leg_klaar(
    sjabloon: str,
    *,
    aan: str,
    nu: dt.datetime,
    context: Mapping[str, Any] | None = None,
    loket: Loket | None = None,
    onderwerp: Model | None = None,
    ontvanger: Gebruiker | None = None,
    bijlagen: Sequence[Bijlage] = (),
    sleutel: str | None = None,
    gevoelig: bool = False,
) -> Bericht | None:
    """Render `templates/mail/<sjabloon>.txt` and `.html`, and store the mail in the caller's transaction.

    The first line of the text template is the subject. Without an address there is nothing to send and None comes back: the
    person has no e-mail, the counter phones. The same `sleutel` gives one mail, ever. After the commit a worker is nudged; when that
    fails the periodic pick-up sends it.
    """
    if not aan:
        return None
    gegevens = {**(context or {}), "loket": loket, "site_url": settings.SITE_URL}
    titel, _, tekst = render_to_string(f"mail/{sjabloon}.txt", gegevens).lstrip().partition("\n")
    velden = {
        "sjabloon": sjabloon,
        "aan": aan,
        "ontvanger": ontvanger,
        "loket": loket,
        "titel": " ".join(titel.split())[:200],
        "tekst": tekst.strip() + "\n",
        "html": render_to_string(f"mail/{sjabloon}.html", {**gegevens, "titel": titel.strip()}),
        "bijlagen": [
            {"naam": b.naam, "type": b.type, "inhoud": base64.b64encode(b.inhoud).decode()} for b in bijlagen
        ],
        "gevoelig": gevoelig,
        "onderwerp_soort": onderwerp._meta.label_lower if onderwerp else "",
        "onderwerp_id": onderwerp.pk if onderwerp else None,
        "volgende_poging_op": nu,
        "aangemaakt_op": nu,
    }
    if sleutel is None:
        bericht = Bericht.objects.create(**velden)
    else:
        bericht, _nieuw = Bericht.objects.get_or_create(sleutel=sleutel, defaults=velden)
    pk = bericht.pk
    transaction.on_commit(lambda: _porren(pk), robust=True)
    return bericht


def _porren(pk: int) -> None:
    """Ask a worker to send now; best effort, the row is what counts."""
    current_app.send_task("loket.tasks.verstuur_bericht", args=[pk])


def stop_berichten_over(onderwerp: Model) -> int:
    """Withdraw all mail about `onderwerp` that has not gone out (R5: a lapsed question goes silent at once)."""
    return (
        Bericht.objects.over(onderwerp)
        .filter(status=Berichtstatus.WACHT)
        .update(status=Berichtstatus.INGETROKKEN)
    )
