"""One meeting: plan it, fill its agenda, invite, note who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lok_overleg.domain.aanwezig import noteer_aanwezigheid
from lok_overleg.domain.agenda import verplaats_punt, verwijder_punt, voeg_punt_toe, wijzig_punt
from lok_overleg.domain.plannen import las_af, plan, wijzig
from lok_overleg.domain.uitnodigen import nodig_uit, te_nodigen
from lok_overleg.forms import AanwezigheidForm, AfgelastForm, PuntForm, VergaderForm
from lok_overleg.permissions import Actie, eis, mag
from lok_overleg.views.beeld import (
    ETIKET_PER_STATUS,
    Adviesbeeld,
    Opkomst,
    agenda_met_uren,
    tijdlijn,
)
from lok_overleg.views.hulp import invoer, toon, vind_eigen, vind_punt, vind_vergadering
from lok_overleg.views.overzicht import lokets_van
from lok_overleg.workflow import KOMEND, OPEN_VOOR_ADVIES, VOORBIJ, Vergaderstatus
from loket.domain.fouten import Weigering

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    door = eis(request.user, Actie.PLANNEN)
    form = VergaderForm(invoer(request), lokets=lokets_van(door))
    if request.method == "POST" and form.is_valid():
        vergadering = plan(form.gegevens(), loket=form.gekozen_loket, door=door, nu=timezone.now())
        messages.success(request, _("De vergadering is gepland. Zet nu de agenda op."))
        return redirect("lok:agenda", vergadering.uuid)
    return toon(request, "lok/vergadering_formulier.html", form)


@require_safe
def vergadering(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show everything about one meeting, and the one thing to do now."""
    rij = vind_vergadering(request, uuid)
    status = Vergaderstatus(rij.status)
    punten = list(rij.agendapunten.all())
    adviezen = rij.adviezen.met_totalen().select_related("vergadering", "opvolging").order_by("pk")
    return render(
        request,
        "lok/vergadering.html",
        {
            "vergadering": rij,
            "status": status,
            "etiket": ETIKET_PER_STATUS[status],
            "agenda": agenda_met_uren(rij, punten),
            "adviezen": [Adviesbeeld.van(advies) for advies in adviezen],
            "opkomst": Opkomst(
                list(rij.aanwezigheden.select_related("lid")), voorbij=status in VOORBIJ
            ),
            "verslag": getattr(rij, "verslag", None),
            "tijdlijn": tijdlijn(rij),
            "komend": status in KOMEND,
            "begonnen": rij.begint_op <= timezone.now(),
            "open_voor_advies": status in OPEN_VOOR_ADVIES,
            "mag_beheren": mag(request.user, Actie.BEHEREN, rij),
            "mag_opvolgen": mag(request.user, Actie.OPVOLGEN, rij),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rij, door = vind_eigen(request, uuid)
    form = VergaderForm(invoer(request), initial=VergaderForm.begin(rij))
    if request.method == "POST" and form.is_valid():
        try:
            gemeld = wijzig(rij, form.gegevens(), door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request,
                _("De wijziging is bewaard. Alle leden krijgen een mail.")
                if gemeld
                else _("De wijziging is bewaard."),
            )
            return redirect(rij)
    return toon(request, "lok/vergadering_formulier.html", form, {"vergadering": rij})


@require_http_methods(["GET", "HEAD", "POST"])
def afgelasten(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rij, door = vind_eigen(request, uuid)
    form = AfgelastForm(invoer(request))
    if request.method == "POST" and form.is_valid():
        try:
            las_af(rij, reden=form.cleaned_data["reden"], door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("De vergadering is afgelast."))
            return redirect(rij)
    return toon(request, "lok/afgelasten.html", form, {"vergadering": rij})


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the agenda with its order, and add a point."""
    rij, door = vind_eigen(request, uuid)
    form = PuntForm(invoer(request))
    if request.method == "POST" and form.is_valid():
        try:
            voeg_punt_toe(rij, form.gegevens(), door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Het punt staat op de agenda."))
            return redirect("lok:agenda", uuid)
    regels = agenda_met_uren(rij, list(rij.agendapunten.all()))
    return toon(
        request,
        "lok/agenda.html",
        form,
        {
            "vergadering": rij,
            "agenda": regels,
            "komend": rij.status in KOMEND,
            "uitgenodigd": rij.status == Vergaderstatus.UITGENODIGD,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def punt(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    een, door = vind_punt(request, uuid, pk)
    form = PuntForm(invoer(request), initial=PuntForm.begin(een))
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_punt(een, form.gegevens(), door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Het punt is bewaard."))
            return redirect("lok:agenda", uuid)
    return toon(request, "lok/punt.html", form, {"vergadering": een.vergadering, "punt": een})


@require_POST
def punt_verplaatsen(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    een, door = vind_punt(request, uuid, pk)
    omhoog = request.POST.get("richting") == "omhoog"
    try:
        verplaats_punt(een, "omhoog" if omhoog else "omlaag", door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    return redirect("lok:agenda", uuid)


@require_POST
def punt_verwijderen(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    een, door = vind_punt(request, uuid, pk)
    try:
        verwijder_punt(een, door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(request, _("Het punt is van de agenda geschrapt."))
    return redirect("lok:agenda", uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def uitnodigen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who gets which mail, and send it."""
    rij, door = vind_eigen(request, uuid)
    if request.method == "POST":
        try:
            aantal = nodig_uit(rij, door=door, nu=timezone.now())
        except Weigering as nee:
            messages.error(request, str(nee))
            return redirect("lok:uitnodigen", uuid)
        messages.success(
            request,
            ngettext(
                "De uitnodiging vertrekt naar %(aantal)s lid.",
                "De uitnodiging vertrekt naar %(aantal)s leden.",
                aantal,
            )
            % {"aantal": aantal},
        )
        return redirect(rij)
    leden = list(te_nodigen(rij))
    return render(
        request,
        "lok/uitnodigen.html",
        {
            "vergadering": rij,
            "agenda": agenda_met_uren(rij, list(rij.agendapunten.all())),
            "met_mail": [lid for lid in leden if lid.email],
            "zonder_mail": [lid for lid in leden if not lid.email],
            "opnieuw": rij.status == Vergaderstatus.UITGENODIGD,
            "kan": rij.status in KOMEND and rij.begint_op > timezone.now(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def aanwezigheid(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Note who was there; what the members answered is filled in."""
    rij, door = vind_eigen(request, uuid)
    wie = list(rij.aanwezigheden.select_related("lid"))
    form = AanwezigheidForm(invoer(request), wie=wie)
    if request.method == "POST" and form.is_valid():
        try:
            noteer_aanwezigheid(rij, form.standen(), door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Genoteerd wie er was."))
            return redirect(rij)
    return toon(
        request,
        "lok/aanwezigheid.html",
        form,
        {"vergadering": rij, "begonnen": rij.begint_op <= timezone.now()},
    )
