"""A question typed for a family: the parent's own questions, all on one page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aanvragen.domain.concept import MAX_LOCATIES, TOESTEMMING_VERSIE
from aanvragen.domain.fouten import DubbeleVraag, Weigering
from aanvragen.domain.indienen import dien_in
from aanvragen.forms.aanvraag import KinderForm, OpvangForm, ZoekForm
from aanvragen.forms.balie import InvoerForm
from aanvragen.forms.stap import Kader, Stapformulier
from aanvragen.forms.vragenlijst import VRAGEN, Vragenlijst
from aanvragen.models import Opvangvraag, Ouder
from aanvragen.views.balie import medewerker
from loket.domain.aanmelden import vind_of_maak
from loket.models import Gebruiker, Loket, Rol

ONVERWERKBAAR = 422
_KNOP = re.compile(r"(zoek|nog-een|kind-weg|voeg-toe|omhoog|weg)(?:-([0-9]{1,12}))?")


@dataclass(slots=True)
class Blad:
    """The forms of the page together, bound or not."""

    stappen: dict[str, Stapformulier]
    invoer: InvoerForm
    zoek: ZoekForm
    dubbel: str = ""

    @property
    def alle(self) -> list[Stapformulier | InvoerForm]:
        return [*self.stappen.values(), self.invoer]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Enter a question on behalf of a family, with the same rights as one that came in online."""
    gebruiker = medewerker(request)
    kader = Kader(vandaag=timezone.localdate(), loket=_lokets(gebruiker)[0], aan_balie=True)
    if request.method != "POST":
        return _toon(request, _leeg(kader, gebruiker), status=200)
    gegevens = request.POST.copy()
    if knop := _KNOP.fullmatch(gegevens.get("actie", "")):
        _druk(gegevens, kader, knop[1], int(knop[2] or 0))
        lijst, blad = _gevuld(gegevens, kader, gebruiker)
        for form in blad.stappen.values():
            form.verzwijg_fouten()
        blad.invoer = InvoerForm(initial=gegevens.dict(), als_toeleider=blad.invoer.als_toeleider)
        return _toon(request, blad, status=200)
    lijst, blad = _gevuld(gegevens, kader, gebruiker)
    vragen = _dien_in(lijst, blad, gebruiker)
    if not vragen:
        return _toon(request, blad, status=ONVERWERKBAAR)
    messages.success(
        request,
        ngettext(
            "De vraag is ingevoerd. Geef het gezin dit nummer: %(nummers)s.",
            "De vragen zijn ingevoerd. Geef het gezin deze nummers: %(nummers)s.",
            len(vragen),
        )
        % {"nummers": ", ".join(vraag.referentie for vraag in vragen)},
    )
    return redirect("balie:dossier", vragen[0].referentie)


def _lokets(gebruiker: Gebruiker) -> list[Loket]:
    ids = gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.TOELEIDER)
    return list(Loket.objects.filter(pk__in=ids).order_by("pk"))


def _als_toeleider(gebruiker: Gebruiker) -> bool:
    return not gebruiker.heeft_rol(Rol.LOKETMEDEWERKER)


def _leeg(kader: Kader, gebruiker: Gebruiker) -> Blad:
    """Give the empty page, with what is nearly always so filled in."""
    begin: dict[str, dict[str, str]] = {
        "wie": {"relatie": "ouder"},
        "kind": {},
        "wanneer": {"flexibel": "0"},
        "dagen": {"wisselend": "nee", "schuiven": "nee"},
        "opvang": {"keuze": "zelf"},
        "situatie": {},
    }
    gemeenten = list(kader.loket.gemeenten.all()[:2])
    if len(gemeenten) == 1:
        begin["wie"]["gemeente"] = str(gemeenten[0].pk)
    return Blad(
        {stap.slug: stap.formulier(kader=kader, initial=begin[stap.slug]) for stap in VRAGEN},
        InvoerForm(als_toeleider=_als_toeleider(gebruiker)),
        ZoekForm(),
    )


def _gevuld(gegevens: QueryDict, kader: Kader, gebruiker: Gebruiker) -> tuple[Vragenlijst, Blad]:
    alles = dict(gegevens.lists())
    lijst = Vragenlijst({stap.slug: alles for stap in VRAGEN}, kader=kader)
    blad = Blad(
        {stap.slug: lijst.formulier(stap.slug) for stap in VRAGEN},
        InvoerForm(gegevens, als_toeleider=_als_toeleider(gebruiker)),
        ZoekForm(gegevens),
    )
    return lijst, blad


def _druk(gegevens: QueryDict, kader: Kader, knop: str, nummer: int) -> None:
    """Change the answers as a button says: a child or a location more, less, or higher."""
    if knop in {"nog-een", "kind-weg"}:
        form = KinderForm(gegevens, kader=kader)
        invoer = form.invoer_met_een_erbij() if knop == "nog-een" else form.invoer_zonder(nummer)
        for naam in form.invoer():
            del gegevens[naam]
        for naam, waarden in invoer.items():
            gegevens.setlist(naam, waarden)
        return
    if knop == "zoek":
        return
    gekozen = [pk for pk in gegevens.getlist("locatie") if pk and pk != str(nummer)]
    if knop == "voeg-toe":
        gekozen = [*gekozen, str(nummer)][:MAX_LOCATIES]
        gegevens["zoek"] = ""
    elif knop == "omhoog" and str(nummer) in gegevens.getlist("locatie"):
        plaats = gegevens.getlist("locatie").index(str(nummer))
        gekozen.insert(max(plaats - 1, 0), str(nummer))
    gegevens.setlist("locatie", gekozen)


def _dien_in(lijst: Vragenlijst, blad: Blad, gebruiker: Gebruiker) -> list[Opvangvraag]:
    """Hand the request in; none when something has to be put right first."""
    # Every form is asked, also after one that said no: all errors show at once.
    if False in {form.is_valid() for form in blad.alle}:
        return []
    loket = lijst.loket()
    if loket not in _lokets(gebruiker):
        lijst.wie.add_error(
            "gemeente", _("Hier helpt een ander loket: %(loket)s.") % {"loket": loket.naam}
        )
        return []
    gegevens = lijst.naar_gegevens(
        toestemming_versie=TOESTEMMING_VERSIE, kanaal=blad.invoer.gekozen_kanaal
    )
    try:
        return dien_in(
            gegevens,
            loket=loket,
            nu=timezone.now(),
            door=gebruiker,
            ouder_gebruiker=_account(gegevens.ouder.email, als_toeleider=blad.invoer.als_toeleider),
        )
    except DubbeleVraag as dubbel:
        blad.dubbel = dubbel.referentie
        blad.invoer.add_error(None, _("Dit gezin heeft voor dit kind al een lopende vraag."))
    except Weigering as nee:
        blad.invoer.add_error(None, str(nee))
    return []


def _account(email: str, *, als_toeleider: bool) -> Gebruiker | None:
    """Give the account with which the parent can follow the question.

    A toeleider never reaches an existing family by typing its address: it gets a question of its
    own, and the loket judges whether it is the same child.
    """
    if not email:
        return None
    if als_toeleider and Ouder.objects.filter(gebruiker__email__iexact=email).exists():
        return None
    return vind_of_maak(email)


def _toon(request: HttpRequest, blad: Blad, *, status: int) -> HttpResponse:
    opvang = blad.stappen["opvang"]
    assert isinstance(opvang, OpvangForm)
    gekozen = opvang.gekozen()
    return render(
        request,
        "balie/nieuw.html",
        {
            **blad.stappen,
            "invoer": blad.invoer,
            "zoekform": blad.zoek,
            "gekozen": gekozen,
            "gezocht": blad.zoek.is_bound
            and blad.zoek.is_valid()
            and blad.zoek.cleaned_data["zoek"],
            "treffers": blad.zoek.treffers(behalve=gekozen) if blad.zoek.is_bound else [],
            "dubbel": blad.dubbel,
        },
        status=status,
    )
