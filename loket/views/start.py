"""The first page, the statements that the law asks for, and the page with every component."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from loket.forms import DatumVeld, KaartKeuze, Keuze, TekstGebied, WeekroosterVeld
from loket.huisstijl import VRIJE_ROLLEN

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAANDEN_VOORUIT = 18


def komende_maanden(vandaag: dt.date, *, aantal: int = MAANDEN_VOORUIT) -> list[dt.date]:
    """List the first days of the months after this one, to choose a start from."""
    begin = vandaag.year * 12 + vandaag.month
    return [dt.date((begin + nr) // 12, (begin + nr) % 12 + 1, 1) for nr in range(aantal)]


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask what the visitor wants to do; searching needs no account."""
    return render(request, "loket/start.html", {"maanden": komende_maanden(timezone.localdate())})


@login_not_required
@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (Bestuursdecreet, art. II.16)."""
    return render(request, "loket/toegankelijkheid.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy statement, with the terms of this loket."""
    return render(request, "loket/privacy.html")


class Voorbeeldformulier(forms.Form):
    """Every kind of field once, for the style page."""

    naam = forms.CharField(label=_("Naam"), max_length=80)
    email = forms.EmailField(
        label=_("E-mailadres"), help_text=_("We sturen er alleen nieuws over je vraag naar.")
    )
    waar = forms.ChoiceField(
        label=_("Hoe ver mag het zijn?"),
        required=False,
        choices=[("1", _("1 km")), ("3", _("3 km")), ("5", _("5 km"))],
    )
    start = DatumVeld(
        label=_("Vanaf welke dag?"),
        help_text=_("Bijvoorbeeld 1 9 2027. Een naam van een maand mag ook."),
    )
    rooster = WeekroosterVeld(
        label=_("Welke dagen?"),
        help_text=_("Tik aan wat je nodig hebt. Een hele dag is voormiddag en namiddag."),
    )
    schuif = forms.ChoiceField(
        label=_("Mag er een dag schuiven?"),
        help_text=_("Wie kan schuiven, vindt vaker plaats. Nee is ook een goed antwoord."),
        widget=KaartKeuze,
        choices=[
            (
                "ja",
                Keuze(
                    _("Ja, 1 dag mag anders"), _("Bijvoorbeeld woensdag in plaats van donderdag")
                ),
            ),
            ("nee", Keuze(_("Nee, ik heb precies deze dagen nodig"))),
        ],
    )
    extra = forms.MultipleChoiceField(
        label=_("Ook belangrijk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("ikt", _("Prijs volgens loon")), ("vroeg", _("Open voor 7 uur"))],
    )
    bericht = forms.CharField(label=_("Bericht"), required=False, widget=TekstGebied)
    akkoord = forms.BooleanField(
        label=_("Mijn gegevens kloppen"), help_text=_("Je kunt ze later nog wijzigen.")
    )


def _iconen() -> list[str]:
    """Name the icons of the sprite."""
    pad = finders.find("beeld/iconen.svg")
    assert isinstance(pad, str)
    return re.findall(r'<symbol id="([\w-]+)"', Path(pad).read_text(encoding="utf-8"))


@login_not_required
@require_safe
def stijl(request: HttpRequest) -> HttpResponse:
    """Show every value and component in every state; not part of a real portal."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    nu = timezone.now()
    vandaag = timezone.localdate()
    return render(
        request,
        "loket/stijl.html",
        {
            "rollen": VRIJE_ROLLEN,
            "iconen": _iconen(),
            "bladzijde": Paginator(range(120), 10).get_page(request.GET.get("pagina", 5)),
            "signalen": ("info", "success", "warning", "danger"),
            "formulier": Voorbeeldformulier(auto_id="vb_%s", initial={"rooster": 0b11001111}),
            "fout_formulier": Voorbeeldformulier(
                {"start_dag": "31", "start_maand": "februari", "start_jaar": "2027"},
                auto_id="fout_%s",
            ),
            "nu": nu,
            "vandaag": vandaag,
            "momenten": [nu - dt.timedelta(days=dagen) for dagen in (0, 1, 12, 24, 100)],
            "termijnen": [vandaag + dt.timedelta(days=dagen) for dagen in (-3, -1, 0, 1, 4, 40)],
            "week_gevraagd": 0b11001111,
            "week_vrij": 0b110011,
        },
    )
