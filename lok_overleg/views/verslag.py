"""The minutes: write, publish, download; and the version that everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lok_overleg.domain.verslag import bewaar_verslag, publiceer_verslag
from lok_overleg.forms import PublicatieForm, VerslagForm
from lok_overleg.models import Vergadering, Verslag
from lok_overleg.permissions import Actie, mag
from lok_overleg.views.hulp import invoer, toon, vind_eigen, vind_vergadering
from lok_overleg.views.notulen import stel_op
from lok_overleg.workflow import Vergaderstatus
from loket.domain.fouten import Weigering
from loket.pdf import maak_pdf

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

PER_BLADZIJDE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def verslag(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write the minutes; below stands what everybody will read."""
    rij, door = vind_eigen(request, uuid)
    if rij.status == Vergaderstatus.VERSLAG_GEPUBLICEERD:
        return redirect(rij)
    punten = list(rij.agendapunten.all())
    bestaand = Verslag.objects.filter(vergadering=rij).first()
    form = VerslagForm(
        invoer(request),
        punten=punten,
        initial={
            "versie": bestaand.versie if bestaand else 0,
            "tekst": bestaand.tekst if bestaand else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            bewaar_verslag(
                rij,
                tekst=form.cleaned_data["tekst"],
                per_punt=form.per_punt(),
                verwachte_versie=form.cleaned_data["versie"],
                door=door,
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(
                request, _("Het verslag is bewaard. Kijk hieronder na wat openbaar wordt.")
            )
            return redirect("lok:verslag", uuid)
    return toon(
        request,
        "lok/verslag.html",
        form,
        {
            "vergadering": rij,
            "bestaand": bestaand,
            "notulen": stel_op(rij, openbaar=True) if bestaand else None,
            "kan": rij.status == Vergaderstatus.GEHOUDEN,
            "adviezen_zonder_stemming": rij.adviezen.filter(gestemd_op=None),
        },
    )


@require_POST
def publiceren(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rij, door = vind_eigen(request, uuid)
    form = PublicatieForm(request.POST)
    try:
        publiceer_verslag(
            rij,
            verwachte_versie=form.cleaned_data["versie"] if form.is_valid() else 0,
            door=door,
            nu=timezone.now(),
        )
    except Weigering as nee:
        messages.error(request, str(nee))
        return redirect("lok:verslag", uuid)
    messages.success(request, _("Het verslag is gepubliceerd. De leden krijgen een mail."))
    return redirect(rij)


@require_safe
def verslag_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the minutes with names; a draft only to who writes it."""
    rij = vind_vergadering(request, uuid)
    gepubliceerd = rij.status == Vergaderstatus.VERSLAG_GEPUBLICEERD
    if not gepubliceerd and not mag(request.user, Actie.BEHEREN, rij):
        raise Http404
    return pdf_antwoord(rij, openbaar=False)


@login_not_required
@require_safe
def openbaar(request: HttpRequest) -> HttpResponse:
    """List the published minutes, the newest first."""
    rijen = Vergadering.objects.openbaar().select_related("loket").order_by("-begint_op", "-pk")
    return render(
        request,
        "lok/openbaar.html",
        {"bladzijde": Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))},
    )


@login_not_required
@require_safe
def openbaar_verslag(request: HttpRequest, uuid: UUID) -> HttpResponse:
    rij = _openbaar(request, uuid)
    return render(
        request,
        "lok/openbaar_verslag.html",
        {"vergadering": rij, "notulen": stel_op(rij, openbaar=True)},
    )


@login_not_required
@require_safe
def openbaar_pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return pdf_antwoord(_openbaar(request, uuid), openbaar=True)


def pdf_antwoord(vergadering: Vergadering, *, openbaar: bool) -> HttpResponse:
    """Answer with the minutes as a tagged PDF."""
    notulen = stel_op(vergadering, openbaar=openbaar)
    if notulen is None:
        raise Http404
    pdf = maak_pdf(
        "lok/verslag_pdf.html",
        {"vergadering": vergadering, "loket": vergadering.loket, "notulen": notulen},
        titel=notulen.titel,
    )
    naam = f"verslag-{vergadering.dag.isoformat()}{'-openbaar' if openbaar else ''}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{naam}"'},
    )


def _openbaar(request: HttpRequest, uuid: UUID) -> Vergadering:
    rij = get_object_or_404(Vergadering.objects.openbaar().select_related("loket"), uuid=uuid)
    request.loket = rij.loket  # type: ignore[attr-defined]  # read by loket.context
    return rij
