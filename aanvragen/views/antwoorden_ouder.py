"""What a parent answers or tells: about an offer, a birth, a new address, and how to stop."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aanvragen.beeld import rust
from aanvragen.domain.bijwerken import bevestig, meld_geboorte
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.stoppen import laat_vervallen, trek_in
from aanvragen.domain.verhuizen import verhuis
from aanvragen.forms.mijn import GeboorteForm, StopForm, VerhuisForm
from aanvragen.models import (
    Opvangvraag,
    Voorstel,
)
from aanvragen.permissions import Actie, mag
from aanvragen.views.ouder_vinden import (
    ouder_van,
    vraag_van_ouder,
)
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    LOPENDE_VRAGEN,
    Vervalreden,
    Vraagstatus,
)
from loket.domain.fouten import Weigering
from loket.models import Gebruiker


@never_cache
@require_POST
def antwoord(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Accept an offer: the one answer that its card takes by itself. Holding and declining have
    pages of their own (`views.voorstellen`).
    """
    mijn_vraag = vraag_van_ouder(request, referentie)
    voorstel = get_object_or_404(
        Voorstel.objects.voor_ouder(request.user).select_related(
            "aanmelding__locatie__organisator", "aanmelding__opvangvraag__loket"
        ),
        pk=pk,
        aanmelding__opvangvraag=mijn_vraag,
    )
    if request.POST.get("antwoord") != "ja":
        messages.error(request, _("Kies een antwoord bij het voorstel."))
        return redirect(mijn_vraag)
    try:
        aanvaard(voorstel, door=ouder_van(request), nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(
            request,
            _("De plaats bij %(opvang)s is voor jullie. De opvang neemt contact met je op.")
            % {"opvang": voorstel.aanmelding.locatie.naam},
        )
    return redirect(mijn_vraag)


@never_cache
@require_POST
def bevestigen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Note that the family still needs care."""
    mijn_vraag = vraag_van_ouder(request, referentie)
    try:
        bevestig(mijn_vraag, door=ouder_van(request), nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(request, _("Dank je. We weten dat je vraag nog klopt."))
    return redirect(mijn_vraag)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def geboorte(request: HttpRequest, referentie: str) -> HttpResponse:
    """Ask the name and the day when the baby is here."""
    mijn_vraag = vraag_van_ouder(request, referentie)
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
                door=ouder_van(request),
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
    mijn_vraag = vraag_van_ouder(request, referentie)
    if mijn_vraag.status in AFGESLOTEN_VRAGEN:
        return redirect(mijn_vraag)
    heeft_plaats = mijn_vraag.status == Vraagstatus.GEPLAATST
    form = StopForm(
        request.POST if request.method == "POST" else None, kind_heeft_plaats=heeft_plaats
    )
    if request.method == "POST" and form.is_valid():
        wie: dict[str, Any] = {"door": ouder_van(request), "nu": timezone.now()}
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
            "kan_verhuizen": woont_mee(mijn_vraag, ouder_van(request)),
        },
        status=422 if form.errors else 200,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verhuizen(request: HttpRequest, referentie: str) -> HttpResponse:
    """Take the new address of the family; no question stops by it."""
    mijn_vraag, gebruiker = vraag_van_ouder(request, referentie), ouder_van(request)
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
    return mijn_vraag.kind.gezin.ouders.thuis().filter(gebruiker=gebruiker).exists()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def droevig_nieuws(request: HttpRequest, referentie: str) -> HttpResponse:
    """Stop after sad news: one button, no question, silence from then on (R5)."""
    mijn_vraag = vraag_van_ouder(request, referentie)
    if request.method == "POST":
        try:
            laat_vervallen(
                mijn_vraag, reden=Vervalreden.DROEVIG, door=ouder_van(request), nu=timezone.now()
            )
        except Weigering as nee:
            messages.error(request, str(nee))
        return redirect(mijn_vraag)
    if mijn_vraag.status in AFGESLOTEN_VRAGEN:
        return redirect(mijn_vraag)
    return render(request, "mijn/droevig.html", rust.bij_droevig_nieuws(mijn_vraag))
