"""An advice: write it, vote on it, and note what the college did with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lok_overleg.domain.adviseren import (
    noteer_opvolging,
    noteer_stemming,
    schrijf_advies,
    wijzig_advies,
)
from lok_overleg.forms import AdviesForm, OpvolgingForm, StemmingForm
from lok_overleg.permissions import Actie
from lok_overleg.views.hulp import invoer, toon, vind_advies, vind_eigen
from lok_overleg.workflow import Beslissing, Vergaderstatus
from loket.domain.fouten import Weigering

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rij, door = vind_eigen(request, uuid)
    form = AdviesForm(invoer(request), vergadering=rij)
    if request.method == "POST" and form.is_valid():
        try:
            schrijf_advies(rij, **form.cleaned_data, door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Het ontwerp van advies is bewaard."))
            return redirect(rij)
    return toon(request, "lok/advies.html", form, {"vergadering": rij})


@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    advies, door = vind_advies(request, pk, Actie.BEHEREN)
    form = AdviesForm(
        invoer(request), vergadering=advies.vergadering, initial=AdviesForm.begin(advies)
    )
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_advies(advies, **form.cleaned_data, door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Het ontwerp van advies is bewaard."))
            return redirect(advies.vergadering)
    return toon(
        request, "lok/advies.html", form, {"vergadering": advies.vergadering, "advies": advies}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stemming(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the vote of each member who was there and may vote."""
    advies, door = vind_advies(request, pk, Actie.BEHEREN)
    vergadering = advies.vergadering
    form = StemmingForm(
        invoer(request),
        wie=vergadering.aanwezigheden.stemgerechtigd().select_related("lid"),
        gestemd=dict(advies.stemmen.values_list("aanwezigheid_id", "keuze")),
    )
    if request.method == "POST" and form.is_valid():
        try:
            uitslag = noteer_stemming(advies, form.stemmen(), door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request,
                _("De stemming is genoteerd. %(uitslag)s.") % {"uitslag": uitslag.label},
            )
            return redirect(vergadering)
    return toon(
        request,
        "lok/stemming.html",
        form,
        {
            "vergadering": vergadering,
            "advies": advies,
            "kan": vergadering.status == Vergaderstatus.GEHOUDEN and not _beslist(advies),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def opvolging(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the college decided; the voorzitter does so, or the schepen."""
    advies, door = vind_advies(request, pk, Actie.OPVOLGEN)
    form = OpvolgingForm(invoer(request))
    if request.method == "POST" and form.is_valid():
        try:
            noteer_opvolging(
                advies,
                beslissing=Beslissing(form.cleaned_data["beslissing"]),
                datum=form.cleaned_data["datum"],
                motivering=form.cleaned_data["motivering"],
                door=door,
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Het antwoord van het college is genoteerd."))
            return redirect(advies.vergadering)
    return toon(
        request,
        "lok/opvolging.html",
        form,
        {
            "vergadering": advies.vergadering,
            "advies": advies,
            "kan": advies.antwoord_voor is not None and not _beslist(advies),
        },
    )


def _beslist(advies: object) -> bool:
    return getattr(advies, "opvolging", None) is not None
