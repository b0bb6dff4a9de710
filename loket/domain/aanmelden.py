"""Sign in with a code that comes by mail: no password, and no way to learn which addresses exist.

For every page where a visitor signs in on the way (the sign-in page, the request):

    try:
        adres = begin_met_code(request, email=…, volgende=reverse("aanvragen:…"), nu=…)
    except Weigering as nee:         # too many codes, or an address that can't get mail
        …                            # show `str(nee)` beside the field
    else:
        return redirect(adres)       # where the code is typed; afterwards one lands on `volgende`

The session survives the sign-in, so what a visitor filled in stays there. Somebody who is signed
in already never comes here. The library (allauth) keeps the code in the session, counts the wrong
ones and does the sign-in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginStageController
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from loket.domain.fouten import Weigering
from loket.models import Bericht, Gebruiker
from loket.rem import te_vaak

MINUUT, UUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
CODES_PER_MINUUT, CODES_PER_UUR = 3, 10
#: A municipality or a phone company may hide many people behind one address.
CODES_PER_MINUUT_PER_IP = 30
POGINGEN_PER_UUR = CODES_PER_UUR * settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
SJABLOON_CODE = "toegang/code"
SJABLOON_AFGESLOTEN = "toegang/afgesloten"


class OngeldigAdres(Weigering):
    """No mail can be sent there."""

    standaard = _("Schrijf het e-mailadres zonder accenten, zoals naam@voorbeeld.be.")


class TeVeelCodes(Weigering):
    """Somebody asks one code after the other."""

    standaard = _("Er zijn al veel codes gevraagd. Wacht even en kijk intussen in je mailbox.")


class GeenAanmelding(Weigering):
    """There is no code to compare with: none was asked here, or its time is over."""

    standaard = _("Je code werkt niet meer. Vraag een nieuwe code.")


class VerkeerdeCode(Weigering):
    """The code is another one; another try is left."""

    standaard = _(
        "Deze code klopt niet. Kijk naar de cijfers in onze laatste mail en probeer opnieuw."
    )


@dataclass(frozen=True, slots=True)
class LopendeAanmelding:
    """Somebody asked for a code and has not typed it yet."""

    email: str
    volgende: str
    tot: dt.datetime


def begin_met_code(request: HttpRequest, *, email: str, nu: dt.datetime, volgende: str = "") -> str:
    """Send a sign-in code to `email`, and give the address of the page where it is typed.

    An unknown address gets an account without a password on the fly, so every address is answered
    alike. What is pending stands in the session, with the place to go to afterwards (`volgende`,
    dropped when it leads out of the portal). Somebody whose account was closed gets a mail that
    says so instead of a code.

    Refuses with `TeVeelCodes` (per mailbox, counted in the outbox; per network, counted in the
    cache) and `OngeldigAdres`. Source: ASVS 5.0, 6.3.8 (no enumeration), 6.5.5 (codes live ten
    minutes) and 6.6.3 (rate limits).
    """
    ip = get_adapter().get_client_ip(request)
    if te_vaak("code-vragen", ip, keer=CODES_PER_MINUUT_PER_IP, per=MINUUT, nu=nu):
        raise TeVeelCodes
    gebruiker = vind_of_maak(email)
    _niet_te_vaak(gebruiker, nu=nu)
    proces = LoginCodeVerificationProcess.initiate(
        request=request,
        user=gebruiker if gebruiker.is_active else None,
        email=gebruiker.email,
    )
    proces.state["volgende"] = volgende if volgende and get_adapter().is_safe_url(volgende) else ""
    proces.persist()
    adres = reverse("account_confirm_login_code")
    doorgeven = {"next": proces.state["volgende"]}
    return f"{adres}?{urlencode(doorgeven)}" if proces.state["volgende"] else adres


def schoon_adres(email: str) -> str:
    """Write an address the way accounts know it.

    Refuses letters that only look like plain ones (`OngeldigAdres`): two addresses that look alike
    must never be taken for one.
    """
    schoon = email.strip().lower()
    if not schoon.partition("@")[0].isascii():
        raise OngeldigAdres
    return schoon


def vind_of_maak(email: str, *, naam: str = "") -> Gebruiker:
    """Give the person with this address; a new one has no password and no role.

    A name is filled in where there is none, never changed. Refuses what `schoon_adres` refuses.
    """
    schoon = schoon_adres(email)
    bekend = Gebruiker.objects.alias(laag=Lower("email")).filter(laag=schoon)
    gebruiker = bekend.first()
    if gebruiker is None:
        try:
            with transaction.atomic():
                return Gebruiker.objects.create_user(schoon, naam=naam)
        except IntegrityError:  # the same person, pressing twice
            return bekend.get()
    if naam and not gebruiker.naam:
        gebruiker.naam = naam
        gebruiker.save(update_fields=["naam"])
    return gebruiker


def lopende_aanmelding(request: HttpRequest) -> LopendeAanmelding | None:
    """Say what is pending in this browser, if its code still works."""
    proces = _proces(request)
    if proces is None:
        return None
    return LopendeAanmelding(
        email=proces.state["email"],
        volgende=proces.state.get("volgende", ""),
        tot=dt.datetime.fromtimestamp(proces.state["at"] + proces.timeout, tz=dt.UTC),
    )


def meld_aan_met_code(request: HttpRequest, *, code: str, nu: dt.datetime) -> HttpResponse:
    """Sign the person in with the right code, which works once; give the response that leads on.

    Refuses with `VerkeerdeCode`, and with `GeenAanmelding` when there is nothing pending, the time
    is over or this was the last try: then a new code is needed.
    """
    proces = _proces(request)
    if proces is None:
        raise GeenAanmelding
    # The session counts tries one after the other; this also counts those made at the same moment.
    if te_vaak("code-raden", proces.state["email"], keer=POGINGEN_PER_UUR, per=UUR, nu=nu):
        proces.abort()
        raise TeVeelCodes
    if not compare_user_code(actual=code, expected=proces.code):
        if proces.record_invalid_attempt():
            raise VerkeerdeCode
        raise GeenAanmelding
    antwoord = proces.finish(proces.state.get("volgende") or None)
    assert isinstance(antwoord, HttpResponse)
    return antwoord


def _proces(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    stap = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE.value)
    if stap is None:
        return None
    proces = LoginCodeVerificationProcess.resume(stap)
    assert proces is None or isinstance(proces, LoginCodeVerificationProcess)
    return proces


def _niet_te_vaak(gebruiker: Gebruiker, *, nu: dt.datetime) -> None:
    """Refuse when this mailbox got its share; the outbox counts, so it holds without a cache."""
    gevraagd = Bericht.objects.filter(
        ontvanger=gebruiker, sjabloon__in=[SJABLOON_CODE, SJABLOON_AFGESLOTEN]
    )
    if (
        gevraagd.filter(aangemaakt_op__gt=nu - MINUUT).count() >= CODES_PER_MINUUT
        or gevraagd.filter(aangemaakt_op__gt=nu - UUR).count() >= CODES_PER_UUR
    ):
        raise TeVeelCodes
