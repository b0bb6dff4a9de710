"""Send what stands in the outbox, with any number of workers: each mail once."""

from __future__ import annotations

import base64
import datetime as dt
import logging
import smtplib
import threading
import time
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from loket.domain.stilte import OVERDRACHT_SECONDEN, Stilte, deel, stilte_over, verbreek
from loket.models import Bericht
from loket.workflow import Berichtstatus

logger = logging.getLogger(__name__)

#: How long to wait after the first failure, the second, …; after the one that follows these it is
#: given up.
UITSTEL = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)
POGINGEN = len(UITSTEL) + 1
#: A worker that claimed a mail this long ago is dead: sending takes seconds.
VASTGELOPEN = dt.timedelta(minutes=10)
PARTIJ = 200
#: A pick-up stops in good time before the limit of a task; the next one goes on.
PARTIJ_SECONDEN = 60.0
GEEN_INHOUD = {"tekst": "", "html": ""}


def verstuur(pk: int, *, nu: dt.datetime) -> bool:
    """Send one mail if it is its turn; True when the mail server took it.

    Guarantees: claimed by compare-and-swap, so two workers never send the same mail, and no row is
    locked while talking to the mail server. A mail that was withdrawn does not go out, and nothing
    about whom silence was asked for: that is looked at once more at the last moment, under a lock
    that who asks for silence waits for (loket/domain/stilte.py). A failure puts it back for later
    (`UITSTEL`), and after the last time it is `mislukt` with a reason that holds no personal data.
    A worker that died half-way leaves it to the next after `VASTGELOPEN`: the same mail may then
    arrive twice, under one Message-ID. What is sensitive is wiped when it is sent or given up; a
    sign-in code that no longer works is not sent at all.
    """
    if not claim(pk, nu=nu):
        return False
    # A claim is ours as long as the moment in the row is ours.
    van_ons = Bericht.objects.filter(pk=pk, geclaimd_op=nu)
    bericht = van_ons.select_related("loket").filter(status=Berichtstatus.BEZIG).first()
    if bericht is None:
        return False
    if _is_verlopen(bericht, nu=nu):
        _geef_op(van_ons, bericht, fout="te laat")
        return False
    if bericht.pogingen > POGINGEN:
        _geef_op(van_ons, bericht, fout=bericht.fout or "telkens afgebroken")
        return False
    stilte = stilte_over(bericht.onderwerp_soort, bericht.onderwerp_id)
    try:
        with get_connection() as verbinding:
            gelukt = (
                _draag_over(van_ons, bericht, verbinding, nu=nu)
                if stilte is None
                else _draag_over_als_het_mag(van_ons, bericht, verbinding, stilte, nu=nu)
            )
    except (smtplib.SMTPException, OSError, ValueError) as fout:
        _leg_terug(van_ons, bericht, fout=omschrijf(fout), nu=nu)
        return False
    return gelukt


def _draag_over_als_het_mag(
    van_ons: QuerySet[Bericht],
    bericht: Bericht,
    verbinding: BaseEmailBackend,
    stilte: Stilte,
    *,
    nu: dt.datetime,
) -> bool:
    """Hand over with the lock of `stilte` in hand, for `OVERDRACHT_SECONDEN` at most."""
    with transaction.atomic(durable=True):
        if not deel(stilte.slot):
            _wacht_even(van_ons, nu=nu)
            return False
        if stilte.geldt(bericht.aan):
            van_ons.filter(status=Berichtstatus.BEZIG).update(status=Berichtstatus.INGETROKKEN)
            return False
        # Whoever made silence before us has committed: this sees it.
        if not van_ons.filter(status=Berichtstatus.BEZIG).exists():
            return False
        wekker = threading.Timer(OVERDRACHT_SECONDEN, verbreek, [verbinding])
        wekker.start()
        try:
            return _draag_over(van_ons, bericht, verbinding, nu=nu)
        finally:
            wekker.cancel()


def _draag_over(
    van_ons: QuerySet[Bericht], bericht: Bericht, verbinding: BaseEmailBackend, *, nu: dt.datetime
) -> bool:
    mail = maak_mail(bericht)
    mail.connection = verbinding
    mail.send()
    # Also when it was withdrawn meanwhile: the record says what happened.
    van_ons.filter(status__in=[Berichtstatus.BEZIG, Berichtstatus.INGETROKKEN]).update(
        status=Berichtstatus.VERZONDEN,
        verzonden_op=nu,
        fout="",
        **(GEEN_INHOUD if bericht.gevoelig else {}),
    )
    return True


def _wacht_even(van_ons: QuerySet[Bericht], *, nu: dt.datetime) -> None:
    """Somebody asks for silence at this moment: look again when that is done. Not an attempt."""
    van_ons.filter(status=Berichtstatus.BEZIG).update(
        status=Berichtstatus.WACHT,
        volgende_poging_op=nu + UITSTEL[0],
        pogingen=F("pogingen") - 1,
    )


def verstuur_wachtende(*, nu: dt.datetime) -> int:
    """Send what waits, oldest first, bounded in number and time; give how many went out."""
    einde = time.monotonic() + PARTIJ_SECONDEN
    wachtend = _te_versturen(nu).order_by("volgende_poging_op", "pk").values_list("pk", flat=True)
    verzonden = 0
    for pk in wachtend[:PARTIJ]:
        if time.monotonic() > einde:
            break
        verzonden += verstuur(pk, nu=nu)
    return verzonden


def claim(pk: int, *, nu: dt.datetime) -> bool:
    """Take this mail in one statement that only one worker can win, and commit that."""
    with transaction.atomic(durable=True):
        return (
            _te_versturen(nu)
            .filter(pk=pk)
            .update(status=Berichtstatus.BEZIG, geclaimd_op=nu, pogingen=F("pogingen") + 1)
            == 1
        )


def maak_mail(bericht: Bericht) -> EmailMultiAlternatives:
    """Build the mail, from the loket, under a Message-ID that follows from the row."""
    naam, adres = parseaddr(settings.DEFAULT_FROM_EMAIL)
    loket = bericht.loket
    mail = EmailMultiAlternatives(
        bericht.titel,
        bericht.tekst,
        from_email=formataddr((loket.naam if loket else naam, adres)),
        to=[bericht.aan],
        reply_to=[loket.email] if loket and loket.email else None,
        headers={
            "Message-ID": message_id(bericht),
            # No answers from out-of-office programs.
            "Auto-Submitted": "auto-generated",
            **_afmeldkoppen(bericht),
        },
    )
    if bericht.html:
        mail.attach_alternative(bericht.html, "text/html")
    for bijlage in bericht.bijlagen:
        mail.attach(bijlage["naam"], base64.b64decode(bijlage["inhoud"]), bijlage["type"])
    return mail


def _afmeldkoppen(bericht: Bericht) -> dict[str, str]:
    """Let a mail program stop what somebody asked for, with one click (RFC 8058)."""
    afmelder = settings.MAIL_AFMELDEN.get(bericht.onderwerp_soort)
    if afmelder is None or bericht.onderwerp_id is None:
        return {}
    return {
        "List-Unsubscribe": f"<{import_string(afmelder)(bericht.onderwerp_id)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def message_id(bericht: Bericht) -> str:
    """Give the same id for the same row, every time; it tells nobody how many mails there are."""
    kenmerk = salted_hmac("loket.bericht", f"{bericht.pk}", algorithm="sha256").hexdigest()[:32]
    return f"<{kenmerk}@{urlsplit(settings.SITE_URL).hostname}>"


def omschrijf(fout: Exception) -> str:
    """Name a failure without repeating what the mail server said: that holds addresses."""
    codes: list[int] = []
    if isinstance(fout, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _tekst in fout.recipients.values()})
    elif isinstance(fout, smtplib.SMTPResponseException):
        codes = [fout.smtp_code]
    return " ".join([type(fout).__name__, *map(str, codes)])


def _te_versturen(nu: dt.datetime) -> QuerySet[Bericht]:
    return Bericht.objects.te_versturen(nu, vastgelopen_voor=nu - VASTGELOPEN)


def _is_verlopen(bericht: Bericht, *, nu: dt.datetime) -> bool:
    levensduur = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    return bericht.gevoelig and nu >= bericht.aangemaakt_op + levensduur


def _leg_terug(van_ons: QuerySet[Bericht], bericht: Bericht, *, fout: str, nu: dt.datetime) -> None:
    logger.warning("mail %s could not be sent (attempt %s): %s", bericht.pk, bericht.pogingen, fout)
    if bericht.pogingen >= POGINGEN:
        _geef_op(van_ons, bericht, fout=fout)
        return
    van_ons.filter(status=Berichtstatus.BEZIG).update(
        status=Berichtstatus.WACHT,
        volgende_poging_op=nu + UITSTEL[bericht.pogingen - 1],
        fout=fout,
    )


def _geef_op(van_ons: QuerySet[Bericht], bericht: Bericht, *, fout: str) -> None:
    inhoud: dict[str, Any] = GEEN_INHOUD if bericht.gevoelig else {}
    van_ons.filter(status=Berichtstatus.BEZIG).update(
        status=Berichtstatus.MISLUKT, fout=fout, **inhoud
    )
