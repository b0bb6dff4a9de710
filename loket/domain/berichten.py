"""The outbox: mail is stored by the transaction that decides, and sent by a worker afterwards."""

from __future__ import annotations

import base64
import datetime as dt
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from celery import current_app
from css_inline import CSSInliner
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError

from loket.domain.stilte import stilte_over
from loket.models import Bericht, Gebruiker, Loket
from loket.workflow import Berichtstatus

logger = logging.getLogger(__name__)

# Many mail programs drop the sheet; what they keep is the dark colours.
_inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
RUST_NA_MISLUKKEN = 10.0
# What this process knows of a broker that does not answer.
_zwijgt_tot: dict[str, float] = {}


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
    """Render `templates/mail/<sjabloon>` and store the mail in the caller's transaction.

    There are two templates, `.txt` and `.html`. The first line of the text template is the
    subject; the styles of the HTML are put in its elements. Without an address there is nothing to
    send and None comes back: the person has no e-mail, the counter phones. None also when silence
    was asked for (loket/domain/stilte.py; what is written at that very moment is stopped by
    `verzenden`). The same `sleutel` gives one mail, ever. What is `gevoelig` (a sign-in code) is
    wiped once it was sent, so its subject says nothing. After the commit a worker is nudged; when
    that fails the periodic pick-up sends it (loket/domain/verzenden.py).
    """
    if not aan or (onderwerp is not None and _is_stil(onderwerp, aan)):
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
        "html": _inliner.inline(
            render_to_string(f"mail/{sjabloon}.html", {**gegevens, "titel": titel.strip()})
        ),
        "bijlagen": [
            {"naam": b.naam, "type": b.type, "inhoud": base64.b64encode(b.inhoud).decode()}
            for b in bijlagen
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
    """Ask a worker to send now; best effort, the row is what counts.

    When the broker doesn't answer, what follows in the next seconds doesn't wait for it again: a
    page that causes twelve mails is held up once.
    """
    makelaar = str(current_app.conf.broker_url)
    if time.monotonic() < _zwijgt_tot.get(makelaar, 0.0):
        return
    try:
        current_app.send_task("loket.tasks.verstuur_bericht", args=[pk])
    except OperationalError:
        _zwijgt_tot[makelaar] = time.monotonic() + RUST_NA_MISLUKKEN
        logger.warning("the broker can't be reached; mail waits for the periodic pick-up")


def _is_stil(onderwerp: Model, aan: str) -> bool:
    stilte = stilte_over(onderwerp._meta.label_lower, onderwerp.pk)
    return stilte is not None and stilte.geldt(aan)


def stop_berichten_over(onderwerp: Model) -> int:
    """Withdraw all mail about `onderwerp` that has not gone out, and give how many that were.

    Also what a worker is busy with: if that fails, it is not tried again. Source: R5, a question
    that lapsed goes silent at once.
    """
    return (
        Bericht.objects.over(onderwerp)
        .filter(status__in=[Berichtstatus.WACHT, Berichtstatus.BEZIG])
        .update(status=Berichtstatus.INGETROKKEN)
    )
