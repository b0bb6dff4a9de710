"""A question typed for a family: the parent's own questions, all on one page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aanvragen.domain.concept import MAX_LOCATIES, TOESTEMMING_VERSIE, verstuur
from aanvragen.domain.fouten import DubbeleVraag, Weigering
from aanvragen.domain.indienen import dien_in
from aanvragen.domain.overnemen import open_concept, zoek_concepten
from aanvragen.forms.aanvraag import KinderForm, OpvangForm, ZoekForm
from aanvragen.forms.balie import InvoerForm
from aanvragen.forms.hulp import ConceptZoekForm
from aanvragen.forms.stap import Kader, Stapformulier, als_querydict
from aanvragen.forms.vragenlijst import VRAGEN, Vragenlijst
from aanvragen.models import Concept, Opvangvraag, Ouder
from aanvragen.views.balie import medewerker
from aanvragen.workflow import Hulpomvang
from loket.domain.aanmelden import vind_of_maak
from loket.models import Gebruiker, Loket, Rol
from loket.rem import te_vaak

ONVERWERKBAAR = 422
#: Somebody of the counter looks for the drafts of people who are there, not for drafts.
UUR, ZOEK_PER_UUR = dt.timedelta(hours=1), 30
#: A found draft is typed on at once.
TOKEN_GELDIG = dt.timedelta(hours=8)
_ZOUT = "aanvragen.balie.concept"
BIJNA_ALTIJD: Mapping[str, Mapping[str, str]] = {
    "wie": {"relatie": "ouder"},
    "wanneer": {"flexibel": "0"},
    "dagen": {"wisselend": "nee", "schuiven": "nee"},
    "opvang": {"keuze": "zelf"},
}
_KNOP = re.compile(r"(zoek|nog-een|kind-weg|voeg-toe|omhoog|weg)(?:-([0-9]{1,12}))?")


@dataclass(slots=True)
class Blad:
    """The forms of the page together, bound or not."""

    stappen: dict[str, Stapformulier]
    invoer: InvoerForm
    zoek: ZoekForm
    dubbel: str = ""
    concept: str = ""

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
    if gegevens.get("actie") == "verder":
        return _verder_met(request, kader, gebruiker)
    if knop := _KNOP.fullmatch(gegevens.get("actie", "")):
        _druk(gegevens, kader, knop[1], int(knop[2] or 0))
        lijst, blad = _gevuld(gegevens, kader, gebruiker)
        return _toon(request, _onbeoordeeld(blad, gegevens), status=200)
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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verder(request: HttpRequest) -> HttpResponse:
    """Look for the half-filled request of a family that is here: it says two things of itself."""
    gebruiker, nu = medewerker(request), timezone.now()
    form = ConceptZoekForm(request.POST or None)
    gevonden: list[Concept] | None = None
    if request.method == "POST" and form.is_valid():
        if te_vaak("concept-zoeken", str(gebruiker.pk), keer=ZOEK_PER_UUR, per=UUR, nu=nu):
            form.add_error(None, _("Je zocht al heel vaak. Probeer het over een uur opnieuw."))
        else:
            gevonden = zoek_concepten(
                contact=form.cleaned_data["contact"],
                familienaam=form.cleaned_data["familienaam"],
                lokets=_lokets(gebruiker),
            )
    return render(
        request,
        "hulp/verder.html",
        {
            "form": form,
            "gezocht": gevonden is not None,
            "gevonden": [(een, _token(een, gebruiker)) for een in gevonden or []],
        },
        status=ONVERWERKBAAR if request.method == "POST" and gevonden is None else 200,
    )


def _token(concept: Concept, gebruiker: Gebruiker) -> str:
    """Only who found this draft a moment ago may open it."""
    return signing.dumps([concept.pk, gebruiker.pk], salt=_ZOUT)


def _concept(token: str, gebruiker: Gebruiker) -> Concept | None:
    """The unsent draft behind a token of this very person; None when there is none any more."""
    try:
        pk, voor = signing.loads(token, salt=_ZOUT, max_age=TOKEN_GELDIG)
    except signing.BadSignature:
        return None
    if voor != gebruiker.pk:
        return None
    return Concept.objects.filter(
        pk=pk, afgerond_op=None, ingevoerd_door=None, loket__in=_lokets(gebruiker)
    ).first()


def _verder_met(request: HttpRequest, kader: Kader, gebruiker: Gebruiker) -> HttpResponse:
    """Fill the page in with what the family typed online."""
    token = request.POST.get("concept", "")
    concept = _concept(token, gebruiker)
    if concept is None:
        messages.error(request, _("Deze aanvraag is er niet meer. Zoek opnieuw."))
        return redirect("balie:nieuw_verder")
    gegevens = als_querydict(open_concept(concept, door=gebruiker, nu=timezone.now()))
    for velden in BIJNA_ALTIJD.values():
        for naam, waarde in velden.items():
            gegevens.setdefault(naam, waarde)
    _lijst, blad = _gevuld(gegevens, kader, gebruiker)
    blad = _onbeoordeeld(blad, gegevens)
    blad.concept = token
    return _toon(request, blad, status=200)


def _onbeoordeeld(blad: Blad, gegevens: QueryDict) -> Blad:
    """The page as typed, without a word on what is wrong: it is not sent yet."""
    for form in blad.stappen.values():
        form.verzwijg_fouten()
    blad.invoer = InvoerForm(initial=gegevens.dict(), als_toeleider=blad.invoer.als_toeleider)
    return blad


def _lokets(gebruiker: Gebruiker) -> list[Loket]:
    ids = gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.TOELEIDER)
    return list(Loket.objects.filter(pk__in=ids).order_by("pk"))


def _als_toeleider(gebruiker: Gebruiker) -> bool:
    return not gebruiker.heeft_rol(Rol.LOKETMEDEWERKER)


def _leeg(kader: Kader, gebruiker: Gebruiker) -> Blad:
    """Give the empty page, with what is nearly always so filled in."""
    begin = {stap.slug: dict(BIJNA_ALTIJD.get(stap.slug, {})) for stap in VRAGEN}
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
        concept=gegevens.get("concept", ""),
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
    gegevens = replace(gegevens, toestemming_dagen=blad.invoer.toestemming_dagen)
    wie: dict[str, Any] = {
        "loket": loket,
        "nu": timezone.now(),
        "door": gebruiker,
        "ouder_gebruiker": _account(
            gegevens.ouder.email, door=gebruiker, als_toeleider=blad.invoer.als_toeleider
        ),
    }
    try:
        if not blad.concept:
            return dien_in(gegevens, **wie)
        if concept := _concept(blad.concept, gebruiker):
            return verstuur(concept, gegevens, **wie)
        blad.invoer.add_error(None, _("Deze aanvraag is intussen verstuurd of weggegooid."))
    except DubbeleVraag as dubbel:
        blad.dubbel = dubbel.referentie
        blad.invoer.add_error(None, _("Dit gezin heeft voor dit kind al een lopende vraag."))
    except Weigering as nee:
        blad.invoer.add_error(None, str(nee))
    return []


def _account(email: str, *, door: Gebruiker, als_toeleider: bool) -> Gebruiker | None:
    """Give the account with which the parent can follow the question.

    A toeleider never reaches an existing family by typing its address, unless that family lets it
    ask: else it gets a question of its own, and the loket judges whether it is the same child.
    """
    if not email:
        return None
    if als_toeleider:
        van_adres = Ouder.objects.filter(gebruiker__email__iexact=email)
        toegestaan = door.toestemmingen.geldig_op(timezone.localdate()).reikt(Hulpomvang.AANVRAGEN)
        if van_adres.exclude(gezin__in=toegestaan.values("gezin")).exists():
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
            "concept": blad.concept,
        },
        status=status,
    )
