"""Signing in and out, and where somebody goes afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.password_change import finalize_password_change
from allauth.account.utils import get_next_redirect_url
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from loket.context import Gezicht
from loket.domain.aanmelden import (
    GeenAanmelding,
    TeVeelCodes,
    VerkeerdeCode,
    begin_met_code,
    lopende_aanmelding,
    meld_aan_met_code,
)
from loket.domain.fouten import Weigering
from loket.forms_toegang import (
    AdresFormulier,
    CodeFormulier,
    NieuwWachtwoordFormulier,
    WachtwoordFormulier,
)
from loket.models import Gebruiker, Rol

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

formulierpagina = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@never_cache
@formulierpagina
def aanmelden(request: HttpRequest) -> HttpResponse:
    """Ask for an e-mail address, and send a code there."""
    volgende = get_next_redirect_url(request) or ""
    if request.user.is_authenticated:
        return redirect(volgende or "na_aanmelden")
    formulier = AdresFormulier(_ingevuld(request))
    if request.method == "POST" and formulier.is_valid():
        try:
            return redirect(
                begin_met_code(
                    request,
                    email=formulier.cleaned_data["email"],
                    volgende=volgende,
                    nu=timezone.now(),
                )
            )
        except Weigering as nee:
            formulier.add_error("email", str(nee))
    return render(
        request,
        "account/login.html",
        {
            "formulier": formulier,
            "volgende": volgende,
            "met_volgende": _met_volgende(volgende),
            "lopend": lopende_aanmelding(request),
        },
        status=422 if formulier.errors else 200,
    )


@login_not_required
@never_cache
@formulierpagina
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was mailed, or send another one."""
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "na_aanmelden")
    lopend = lopende_aanmelding(request)
    if lopend is None:
        messages.warning(request, str(GeenAanmelding()))
        return redirect(_aanmelden(get_next_redirect_url(request) or ""))
    formulier = CodeFormulier(None if "opnieuw" in request.POST else _ingevuld(request))
    try:
        if "opnieuw" in request.POST:
            adres = begin_met_code(
                request, email=lopend.email, volgende=lopend.volgende, nu=timezone.now()
            )
            messages.success(request, _("Je krijgt een nieuwe code. De vorige werkt niet meer."))
            return redirect(adres)
        if request.method == "POST" and formulier.is_valid():
            return meld_aan_met_code(
                request, code=formulier.cleaned_data["code"], nu=timezone.now()
            )
    except VerkeerdeCode as nee:
        formulier.add_error("code", str(nee))
    except (GeenAanmelding, TeVeelCodes) as nee:
        messages.warning(request, str(nee))
        return redirect(
            request.get_full_path() if "opnieuw" in request.POST else _aanmelden(lopend.volgende)
        )
    return render(
        request,
        "account/confirm_login_code.html",
        {
            "formulier": formulier,
            "lopend": lopend,
            "aanmelden_url": _aanmelden(lopend.volgende),
        },
        status=422 if formulier.errors else 200,
    )


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@formulierpagina
@rate_limit(action="login")  # type: ignore[untyped-decorator]  # allauth has no types
def met_wachtwoord(request: HttpRequest) -> HttpResponse:
    """Sign in with a password, for who has one."""
    volgende = get_next_redirect_url(request) or ""
    if request.user.is_authenticated:
        return redirect(volgende or "na_aanmelden")
    formulier = WachtwoordFormulier(_ingevuld(request), request=request)
    if request.method == "POST" and formulier.is_valid():
        antwoord = formulier.login(request, redirect_url=volgende or None)
        assert isinstance(antwoord, HttpResponse)
        return antwoord
    return render(
        request,
        "account/login_wachtwoord.html",
        {"formulier": formulier, "volgende": volgende, "aanmelden_url": _aanmelden(volgende)},
        status=422 if formulier.errors else 200,
    )


@login_not_required
@never_cache
@formulierpagina
def afmelden(request: HttpRequest) -> HttpResponse:
    """Ask whether to sign out; a link alone never does it."""
    if request.method == "POST":
        logout(request, show_message=False)
        messages.success(request, _("Je bent afgemeld."))
        return redirect("start")
    if not request.user.is_authenticated:
        return redirect("start")
    return render(request, "account/logout.html")


@login_not_required
@require_safe
def afgesloten(request: HttpRequest) -> HttpResponse:
    """Say that this account was closed."""
    return render(request, "account/account_inactive.html", status=403)


@login_not_required
@require_safe
def naar_aanmelden(request: HttpRequest) -> HttpResponse:
    """Lead addresses of old, and of allauth, to the one page where people sign in."""
    return redirect(_aanmelden(get_next_redirect_url(request) or ""))


@never_cache
@sensitive_post_parameters("oldpassword", "password1", "password2")
@formulierpagina
@rate_limit(action="change_password")  # type: ignore[untyped-decorator]  # allauth has no types
def wachtwoord(request: HttpRequest) -> HttpResponse:
    """Change a password; who signs in with a code has none to change."""
    assert isinstance(request.user, Gebruiker)
    if not request.user.has_usable_password():
        raise Http404
    formulier = NieuwWachtwoordFormulier(request.user, _ingevuld(request))
    if request.method == "POST" and formulier.is_valid():
        formulier.save()
        finalize_password_change(request, formulier.user)
        return redirect("na_aanmelden")
    return render(
        request,
        "account/password_change.html",
        {"formulier": formulier},
        status=422 if formulier.errors else 200,
    )


class Plek(NamedTuple):
    """A part of the portal that somebody works in."""

    naam: str
    titel: StrOrPromise
    uitleg: StrOrPromise


LOK = Plek(
    "lok:overzicht",
    gettext_lazy("Lokaal overleg"),
    gettext_lazy("Vergaderingen, verslagen en adviezen."),
)
PLEKKEN: list[tuple[frozenset[Rol], Plek]] = [
    (
        frozenset({Rol.LOKETMEDEWERKER, Rol.TOELEIDER}),
        Plek(
            "balie:werklijst",
            gettext_lazy("Werklijst"),
            gettext_lazy("Vragen van gezinnen opvolgen, of een vraag invullen voor een gezin."),
        ),
    ),
    (
        frozenset({Rol.VOORZITTER}),
        LOK,
    ),
    (
        frozenset({Rol.SCHEPEN}),
        Plek(
            "rapporten:overzicht",
            gettext_lazy("Cijfers en rapporten"),
            gettext_lazy("Hoeveel plaatsen er zijn, en hoeveel er tekort zijn."),
        ),
    ),
    (
        frozenset({Rol.BEHEERDER}),
        Plek(
            "admin:index",
            gettext_lazy("Beheer"),
            gettext_lazy("Medewerkers, opvanglocaties en instellingen van het loket."),
        ),
    ),
]
AANBOD = Plek(
    "aanbod:overzicht",
    gettext_lazy("Mijn opvang"),
    gettext_lazy("Vrije plaatsen doorgeven en vragen van ouders beantwoorden."),
)
MIJN = Plek(
    "mijn:overzicht",
    gettext_lazy("Mijn aanvraag"),
    gettext_lazy("De opvang die je voor je eigen kind vroeg."),
)


@never_cache
@require_safe
def na_aanmelden(request: HttpRequest) -> HttpResponse:
    """Bring everybody where their work is; who has several places chooses."""
    plekken = plekken_van(Gezicht(request))
    if len(plekken) == 1:
        return redirect(plekken[0].naam)
    return render(request, "account/kies_plek.html", {"plekken": plekken})


def plekken_van(gezicht: Gezicht) -> list[Plek]:
    """List where this person works; a parent has the one place.

    Who chooses anyway, or sits in the lokaal overleg as a parent may, also sees the own requests.
    """
    gebruiker = gezicht.gebruiker
    assert gebruiker is not None
    plekken = [plek for rollen, plek in PLEKKEN if gebruiker.heeft_rol(*rollen)]
    if gezicht.is_opvang:
        plekken.append(AANBOD)
    if gezicht.is_lok_lid and LOK not in plekken:
        plekken.append(LOK)
    if len(plekken) != 1 or not (gebruiker.rollen or gezicht.is_opvang):
        plekken.append(MIJN)
    return plekken


def _ingevuld(request: HttpRequest) -> QueryDict | None:
    """Give what was sent, also when that is nothing at all; None for a fresh page."""
    return request.POST if request.method == "POST" else None


def _aanmelden(volgende: str) -> str:
    return f"{reverse('account_login')}{_met_volgende(volgende)}"


def _met_volgende(volgende: str) -> str:
    return f"?{urlencode({'next': volgende})}" if volgende else ""
