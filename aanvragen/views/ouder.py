"""The parent's own pages: what is my turn, what happens, and how to stop."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanvragen.beeld import gesprek, hulp, post, rust, wijzigen
from aanvragen.domain.bijwerken import bevestig, meld_geboorte
from aanvragen.domain.concept import MAX_CONCEPTEN, vervalt_op
from aanvragen.domain.kiezen import aanvaard, hou_vast, weiger_voorstel
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.domain.verhuizen import verhuis
from aanvragen.forms.aanvraag import TALEN
from aanvragen.forms.mijn import AntwoordForm, GeboorteForm, StopForm, VerhuisForm
from aanvragen.models import (
    Aanmelding,
    Concept,
    Kenmerk,
    Opvangvraag,
    Ouder,
    Plaatsing,
    Voorstel,
)
from aanvragen.permissions import Actie, mag
from aanvragen.views.verhaal import (
    Bod,
    Kern,
    kern,
    komt_nog,
    stand_bij_locatie,
    verloop,
)
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    LOPENDE_VRAGEN,
    Vervalreden,
    Vraagstatus,
)
from loket.domain.fouten import Weigering
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Gebruiker, Inzage, Lidmaatschap, Loket
from loket.week import opsomming
from loket.workflow import Berichtstatus
from opvang.workflow import Ruimer

PER_BLAD = 20
SESSIE_CONCEPTEN = "concepten"


@never_cache
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """List the family's questions, running ones first, and the requests that are not finished."""
    gebruiker = _ouder(request)
    vragen = (
        Opvangvraag.objects.van_ouder(gebruiker)
        .exclude(vervalreden=Vervalreden.DROEVIG)
        .annotate(
            volgorde=Case(When(status__in=AFGESLOTEN_VRAGEN, then=Value(1)), default=Value(0))
        )
        .select_related("kind", "loket")
        .prefetch_related(*_met_locaties(), *_met_plaats())
        .order_by("volgorde", "-aangemaakt_op", "-pk")
    )
    pagina = Paginator(vragen, PER_BLAD).get_page(request.GET.get("pagina"))
    sleutels = request.session.get(SESSIE_CONCEPTEN, [])
    concepten = list(
        Concept.objects.zichtbaar_voor(gebruiker, sleutels if isinstance(sleutels, list) else [])
        .filter(ingevoerd_door=None)
        .select_related("loket")[:MAX_CONCEPTEN]
    )
    lokets = [bekend.loket for bekend in pagina] + [bekend.loket for bekend in concepten]
    if lokets:
        _zet_loket(request, lokets[0])
    return render(
        request,
        "mijn/overzicht.html",
        {
            "pagina": pagina,
            "vragen": [(vraag, kern(vraag)) for vraag in pagina],
            "concepten": [(concept, vervalt_op(concept)) for concept in concepten],
        },
    )


@never_cache
@require_safe
def vraag(request: HttpRequest, referentie: str) -> HttpResponse:
    """Show one question: whose turn it is, each location, what happened and what comes."""
    mijn_vraag = _vraag(request, referentie)
    if mijn_vraag.vervalreden == Vervalreden.DROEVIG:
        return render(request, "mijn/stil.html", {"vraag": mijn_vraag})
    gebruiker, vandaag = _ouder(request), timezone.localdate()
    aanmeldingen = list(mijn_vraag.aanmeldingen.all())
    boden = [
        Bod.van(voorstel, aanmelding, aanmeldingen, nu=timezone.now())
        for aanmelding in aanmeldingen
        for voorstel in aanmelding.voorstellen.all()
    ]
    kern_nu = kern(mijn_vraag)
    boden.sort(key=lambda bod: bod.voorstel.geldig_tot)
    termijn = dt.timedelta(days=mijn_vraag.loket.bevestigingstermijn)
    return render(
        request,
        "mijn/vraag.html",
        {
            "vraag": mijn_vraag,
            "kern": kern_nu,
            "kop": _aanspreking(kern_nu, _voornaam(mijn_vraag, gebruiker) if boden else ""),
            "boden": boden,
            "plaatsing": next(iter(mijn_vraag.plaatsingen.all()), None),
            "locaties": [
                stand_bij_locatie(aanmelding, mijn_vraag, peildatum=vandaag)
                for aanmelding in aanmeldingen
            ],
            "verloop": verloop(list(gebeurtenissen_van(mijn_vraag))),
            "straks": komt_nog(mijn_vraag, aanmeldingen, peildatum=vandaag),
            "berichten": _berichten(mijn_vraag, gebruiker),
            "loopt": mijn_vraag.status in LOPENDE_VRAGEN,
            "vraag_na": mijn_vraag.status in LOPENDE_VRAGEN
            and mijn_vraag.laatst_bevestigd + termijn <= timezone.now(),
            "kan_geboorte_melden": not mijn_vraag.kind.geboren
            and mijn_vraag.status not in AFGESLOTEN_VRAGEN,
            "kan_stoppen": mijn_vraag.status not in AFGESLOTEN_VRAGEN,
            "ruimere_uren": opsomming(
                [str(Ruimer(code).label).lower() for code in mijn_vraag.ruimere_uren]
            ),
            **wijzigen.op_mijn(mijn_vraag, gebruiker=gebruiker),
            **gesprek.op_mijn(mijn_vraag, gebruiker=gebruiker),
            **hulp.op_mijn(mijn_vraag, gebruiker=gebruiker),
            **post.op_mijn(mijn_vraag, gebruiker=gebruiker),
        },
    )


@never_cache
@require_POST
def antwoord(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Accept an offer, keep it until its deadline, or decline it."""
    mijn_vraag = _vraag(request, referentie)
    voorstel = get_object_or_404(
        Voorstel.objects.voor_ouder(request.user).select_related(
            "aanmelding__locatie__organisator", "aanmelding__opvangvraag__loket"
        ),
        pk=pk,
        aanmelding__opvangvraag=mijn_vraag,
    )
    formulier = AntwoordForm(request.POST)
    if not formulier.is_valid():
        messages.error(request, _("Kies een van de drie antwoorden."))
        return redirect(mijn_vraag)
    opvang, nu = voorstel.aanmelding.locatie.naam, timezone.now()
    try:
        match formulier.cleaned_data["antwoord"]:
            case "ja":
                aanvaard(voorstel, door=_ouder(request), nu=nu)
                bericht = _(
                    "De plaats bij %(opvang)s is voor jullie. De opvang neemt contact met je op."
                )
            case "vast":
                hou_vast(voorstel, door=_ouder(request), nu=nu)
                bericht = _(
                    "Je houdt de plaats bij %(opvang)s vast. Je andere vragen lopen verder."
                )
            case _ander:
                blijf = formulier.cleaned_data["blijf"]
                weiger_voorstel(voorstel, door=_ouder(request), blijf_op_wachtlijst=blijf, nu=nu)
                bericht = (
                    _("Je nam deze plaats niet. Je blijft op de wachtlijst van %(opvang)s.")
                    if blijf
                    else _(
                        "Je nam de plaats bij %(opvang)s niet. "
                        "Dat heeft geen gevolgen voor je andere vragen."
                    )
                )
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(request, bericht % {"opvang": opvang})
    return redirect(mijn_vraag)


@never_cache
@require_POST
def bevestigen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Note that the family still needs care."""
    mijn_vraag = _vraag(request, referentie)
    try:
        bevestig(mijn_vraag, door=_ouder(request), nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(request, _("Dank je. We weten dat je vraag nog klopt."))
    return redirect(mijn_vraag)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def geboorte(request: HttpRequest, referentie: str) -> HttpResponse:
    """Ask the name and the day when the baby is here."""
    mijn_vraag = _vraag(request, referentie)
    if (
        not mag(request.user, Actie.GEBOORTE_MELDEN, mijn_vraag)
        or mijn_vraag.status in AFGESLOTEN_VRAGEN
    ):
        return redirect(mijn_vraag)
    formulier = GeboorteForm(
        request.POST if request.method == "POST" else None,
        kind=mijn_vraag.kind,
        vandaag=timezone.localdate(),
        initial={"voornaam": mijn_vraag.kind.voornaam},
    )
    if request.method == "POST" and formulier.is_valid():
        try:
            meld_geboorte(
                mijn_vraag,
                geboortedatum=formulier.cleaned_data["geboortedatum"],
                voornaam=formulier.cleaned_data["voornaam"],
                door=_ouder(request),
                nu=timezone.now(),
            )
        except Weigering as nee:
            messages.error(request, str(nee))
        else:
            messages.success(
                request,
                _("Proficiat met %(naam)s! We hebben de geboortedatum genoteerd.")
                % {"naam": mijn_vraag.kind.voornaam},
            )
        return redirect(mijn_vraag)
    return render(
        request,
        "mijn/geboorte.html",
        {"vraag": mijn_vraag, "form": formulier},
        status=422 if formulier.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Stop asking, without a reason. A family that has a place gives it back."""
    mijn_vraag = _vraag(request, referentie)
    if mijn_vraag.status in AFGESLOTEN_VRAGEN:
        return redirect(mijn_vraag)
    heeft_plaats = mijn_vraag.status == Vraagstatus.GEPLAATST
    form = StopForm(
        request.POST if request.method == "POST" else None, kind_heeft_plaats=heeft_plaats
    )
    if request.method == "POST" and form.is_valid():
        wie: dict[str, Any] = {"door": _ouder(request), "nu": timezone.now()}
        reden = form.cleaned_data["reden"]
        try:
            if reden or heeft_plaats:
                laat_vervallen(
                    mijn_vraag, reden=Vervalreden(reden or Vervalreden.NIET_MEER_NODIG), **wie
                )
            else:
                trek_in(mijn_vraag, **wie)
        except Weigering as nee:
            messages.error(request, str(nee))
        else:
            messages.success(
                request, _("Je vraag is gestopt. Je krijgt er geen berichten meer over.")
            )
        return redirect(mijn_vraag)
    return render(
        request,
        "mijn/stop.html",
        {
            "vraag": mijn_vraag,
            "form": form,
            "plaatsing": next(iter(mijn_vraag.plaatsingen.all()), None) if heeft_plaats else None,
            "kan_wijzigen": mijn_vraag.status in LOPENDE_VRAGEN,
            "kan_verhuizen": woont_mee(mijn_vraag, _ouder(request)),
        },
        status=422 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verhuizen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Take the new address of the family; no question stops by it."""
    mijn_vraag, gebruiker = _vraag(request, referentie), _ouder(request)
    if mijn_vraag.status in AFGESLOTEN_VRAGEN:
        return redirect(mijn_vraag)
    if not woont_mee(mijn_vraag, gebruiker):
        raise Http404
    form = VerhuisForm(
        request.POST if request.method == "POST" else None,
        gezin=mijn_vraag.kind.gezin,
        loket=mijn_vraag.loket,
        vandaag=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        try:
            ander = verhuis(
                mijn_vraag,
                straat=schoon["straat"],
                huisnummer=schoon["huisnummer"],
                postcode=schoon["postcode"],
                gemeente=schoon["gemeente"],
                wijk_id=int(schoon.get("wijk") or 0) or None,
                door=gebruiker,
                nu=timezone.now(),
            )
        except Weigering as nee:
            messages.error(request, str(nee))
            return redirect(mijn_vraag)
        messages.success(request, _("Je nieuwe adres is bewaard. Je vraag loopt gewoon verder."))
        if ander is not None:
            messages.info(
                request,
                _(
                    "In %(gemeente)s helpt %(loket)s je. Wil je daar ook opvang zoeken? Doe dan "
                    "daar een nieuwe vraag. Deze vraag blijft lopen tot jij ze stopt."
                )
                % {"gemeente": schoon["gemeente"].naam, "loket": ander.naam},
            )
        return redirect(mijn_vraag)
    return render(
        request,
        "mijn/verhuizen.html",
        {"vraag": mijn_vraag, "form": form},
        status=422 if form.errors else 200,
    )


def woont_mee(mijn_vraag: Opvangvraag, gebruiker: Gebruiker) -> bool:
    """Tell whether the address of the child's family is this parent's own: not after a merge."""
    ouders = mijn_vraag.kind.gezin.ouders
    return ouders.filter(gebruiker=gebruiker, samenvoegingen=None).exists()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def droevig_nieuws(request: HttpRequest, referentie: str) -> HttpResponse:
    """Stop after sad news: one button, no question, silence from then on (R5)."""
    mijn_vraag = _vraag(request, referentie)
    if request.method == "POST":
        try:
            laat_vervallen(
                mijn_vraag, reden=Vervalreden.DROEVIG, door=_ouder(request), nu=timezone.now()
            )
        except Weigering as nee:
            messages.error(request, str(nee))
        return redirect(mijn_vraag)
    if mijn_vraag.status in AFGESLOTEN_VRAGEN:
        return redirect(mijn_vraag)
    return render(request, "mijn/droevig.html", rust.bij_droevig_nieuws(mijn_vraag))


@never_cache
@require_safe
def gegevens(request: HttpRequest) -> HttpResponse:
    """Show a parent what is stored of the family, and who opened it."""
    gebruiker, talen = _ouder(request), dict(TALEN)
    zichtbaar = Opvangvraag.objects.exclude(vervalreden=Vervalreden.DROEVIG)
    ouders = list(
        # Where a merge put this parent is the other parent's address.
        Ouder.objects.filter(gebruiker=gebruiker, samenvoegingen=None)
        .select_related("gezin__gemeente", "gezin__wijk", "gezin__loket")
        .prefetch_related("gezin__ouders")
        .order_by("pk")
    )
    vragen = list(
        zichtbaar.van_ouder(gebruiker)
        .select_related("kind", "loket")
        .prefetch_related(
            Prefetch("kenmerken", queryset=Kenmerk.objects.filter(aanwezig=True).order_by("code"))
        )
        .order_by("-aangemaakt_op", "-pk")
    )
    inzagen = (
        _inzagen(gebruiker)
        .select_related("gebruiker")
        .prefetch_related(
            Prefetch(
                "gebruiker__lidmaatschappen",
                queryset=Lidmaatschap.objects.geldig_op(timezone.localdate()).select_related(
                    "loket"
                ),
            ),
            "gebruiker__organisaties__organisator",
        )
    )
    if ouders:
        _zet_loket(request, ouders[0].gezin.loket)
    pagina = Paginator(inzagen, PER_BLAD).get_page(request.GET.get("pagina"))
    return render(
        request,
        "mijn/gegevens.html",
        {
            "ouders": [(ouder, talen.get(ouder.gezin.taal, "")) for ouder in ouders],
            "vragen": vragen,
            "stille": Opvangvraag.objects.van_ouder(gebruiker)
            .filter(vervalreden=Vervalreden.DROEVIG)
            .count(),
            "pagina": pagina,
            "inzagen": [Blik.van(inzage) for inzage in pagina],
        },
    )


@dataclass(frozen=True, slots=True)
class Blik:
    """Somebody who opened a question: the name, for whom that person works, when and why."""

    wie: str
    namens: str
    op: dt.datetime
    reden: str

    @classmethod
    def van(cls, inzage: Inzage) -> Blik:
        """Tell who it was without an e-mail address: that is theirs."""
        rollen = [
            f"{lid.get_rol_display()}, {lid.loket}"
            for lid in inzage.gebruiker.lidmaatschappen.all()
        ]
        opvang = [lid.organisator.naam for lid in inzage.gebruiker.organisaties.all()]
        return cls(
            wie=inzage.gebruiker.naam or _("Een medewerker"),
            namens=" · ".join(rollen + opvang),
            op=inzage.op,
            reden=inzage.reden,
        )


def _ouder(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user


def _vraag(request: HttpRequest, referentie: str) -> Opvangvraag:
    """Find a question of this person's own family; anybody else's does not exist."""
    if "\x00" in referentie:
        raise Http404
    mijn_vraag = (
        Opvangvraag.objects.van_ouder(request.user)
        .select_related("loket", "kind__gezin__gemeente")
        .prefetch_related(*_met_locaties(), *_met_plaats(), "kenmerken", "gebied")
        .filter(referentie=referentie.upper()[:9])
        .first()
    )
    if mijn_vraag is None:
        raise Http404
    _zet_loket(request, mijn_vraag.loket)
    return mijn_vraag


def _zet_loket(request: HttpRequest, loket: Loket) -> None:
    """Let the frame of the page show this loket (loket/context.py)."""
    vars(request)["loket"] = loket


def _met_locaties() -> list[Prefetch[Any]]:
    return [
        Prefetch(
            "aanmeldingen", queryset=Aanmelding.objects.select_related("locatie").order_by("rang")
        ),
        Prefetch("aanmeldingen__voorstellen", queryset=Voorstel.objects.lopend()),
    ]


def _met_plaats() -> list[Prefetch[Any]]:
    return [
        Prefetch(
            "plaatsingen",
            queryset=Plaatsing.objects.filter(beeindigd_op=None).select_related("locatie"),
        )
    ]


def _voornaam(mijn_vraag: Opvangvraag, gebruiker: Gebruiker) -> str:
    eigen = mijn_vraag.kind.gezin.ouders.filter(gebruiker=gebruiker).first()
    return eigen.voornaam if eigen else ""


def _aanspreking(kern_nu: Kern, voornaam: str) -> str:
    """Write the heading, to the parent by name when there is something to answer."""
    if not (kern_nu.beurt and voornaam):
        return kern_nu.kop
    kop = kern_nu.kop[0].lower() + kern_nu.kop[1:]
    return _("Dag %(naam)s, %(kop)s") % {"naam": voornaam, "kop": kop}


def _berichten(mijn_vraag: Opvangvraag, gebruiker: Gebruiker) -> list[Bericht]:
    """List the mails to this very person about this question, newest first."""
    return list(
        Bericht.objects.over(mijn_vraag)
        .filter(Q(ontvanger=gebruiker) | Q(aan__iexact=gebruiker.email), gevoelig=False)
        .exclude(status=Berichtstatus.INGETROKKEN)
        .order_by("-aangemaakt_op", "-pk")[:PER_BLAD]
    )


def _inzagen(gebruiker: Gebruiker) -> QuerySet[Inzage]:
    """List who opened a question of this family, or a request that came of it; newest first."""
    vragen = Opvangvraag.objects.van_ouder(gebruiker).exclude(vervalreden=Vervalreden.DROEVIG)
    aanmeldingen = Aanmelding.objects.filter(opvangvraag__in=vragen.values("pk"))
    return (
        Inzage.objects.filter(
            Q(onderwerp_soort=Opvangvraag._meta.label_lower, onderwerp_id__in=vragen.values("pk"))
            | Q(
                onderwerp_soort=Aanmelding._meta.label_lower,
                onderwerp_id__in=aanmeldingen.values("pk"),
            )
        )
        .exclude(gebruiker=gebruiker)
        .order_by("-op", "-pk")
    )
