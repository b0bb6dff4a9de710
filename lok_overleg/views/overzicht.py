"""The first page of the LOK, and its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lok_overleg.domain.leden import voeg_lid_toe, wijzig_lid
from lok_overleg.forms import LidForm
from lok_overleg.models import Advies, LokLid, Vergadering
from lok_overleg.permissions import Actie, eis, mag
from lok_overleg.querysets import lok_lokets
from lok_overleg.views.beeld import ETIKET_PER_STATUS
from lok_overleg.views.hulp import invoer, toon
from lok_overleg.workflow import Vergaderstatus
from loket.domain.fouten import Weigering
from loket.models import Loket, Rol

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from loket.models import Gebruiker

PER_BLADZIJDE = 20


def lokets_van(gebruiker: Gebruiker) -> QuerySet[Loket]:
    """Find the lokets whose LOK this person chairs."""
    return Loket.objects.filter(pk__in=gebruiker.lokets_als(Rol.VOORZITTER))


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """Show the next meeting, what the college still has to answer, and the meetings so far."""
    gebruiker = eis(request.user, Actie.OVERZICHT)
    nu = timezone.now()
    zichtbaar = Vergadering.objects.zichtbaar_voor(gebruiker)
    komend = list(zichtbaar.komend(nu).met_aantallen().select_related("loket")[:PER_BLADZIJDE])
    andere = (
        zichtbaar.exclude(pk__in=[een.pk for een in komend])
        .select_related("loket")
        .order_by("-begint_op", "-pk")
    )
    bladzijde = Paginator(andere, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leden = LokLid.objects.zichtbaar_voor(gebruiker).geldig_op(timezone.localdate())
    return render(
        request,
        "lok/overzicht.html",
        {
            "volgende": komend[0] if komend else None,
            "agenda": list(komend[0].agendapunten.all()) if komend else [],
            "daarna": [(een, ETIKET_PER_STATUS[Vergaderstatus(een.status)]) for een in komend[1:]],
            "bladzijde": bladzijde,
            "vergaderingen": [
                (een, ETIKET_PER_STATUS[Vergaderstatus(een.status)]) for een in bladzijde
            ],
            "adviezen": Advies.objects.zichtbaar_voor(gebruiker)
            .wacht_op_college()
            .select_related("vergadering__loket")[:PER_BLADZIJDE],
            "leden": leden.count(),
            "stemmers": leden.filter(stemrecht=True).count(),
            "meer_lokets": len(lok_lokets(gebruiker)) > 1,
            "mag_plannen": mag(gebruiker, Actie.PLANNEN),
        },
    )


@require_safe
def leden(request: HttpRequest) -> HttpResponse:
    """List who sits in the LOK today or will soon; addresses only for who invites them."""
    gebruiker = eis(request.user, Actie.OVERZICHT)
    vandaag = timezone.localdate()
    wie = (
        LokLid.objects.zichtbaar_voor(gebruiker)
        .exclude(tot__lte=vandaag)
        .select_related("loket")
        .order_by("loket__naam", "naam", "pk")
    )
    return render(
        request,
        "lok/leden.html",
        {
            "bladzijde": Paginator(wie, 50).get_page(request.GET.get("pagina")),
            "eigen_lokets": gebruiker.lokets_als(Rol.VOORZITTER),
            "meer_lokets": len(lok_lokets(gebruiker)) > 1,
            "mag_plannen": mag(gebruiker, Actie.PLANNEN),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def lid_nieuw(request: HttpRequest) -> HttpResponse:
    door = eis(request.user, Actie.PLANNEN)
    form = LidForm(
        invoer(request),
        lokets=lokets_van(door),
        initial={"vanaf": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            lid = voeg_lid_toe(
                form.gegevens(), loket=form.gekozen_loket, door=door, nu=timezone.now()
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("%(naam)s is nu lid.") % {"naam": lid.naam})
            return redirect("lok:leden")
    return toon(request, "lok/lid.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
def lid(request: HttpRequest, pk: int) -> HttpResponse:
    wie = get_object_or_404(
        LokLid.objects.zichtbaar_voor(request.user).select_related("loket"), pk=pk
    )
    door = eis(request.user, Actie.LEDEN, wie)
    form = LidForm(invoer(request), initial=LidForm.begin(wie))
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_lid(wie, form.gegevens(), door=door, nu=timezone.now())
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("De gegevens zijn bewaard."))
            return redirect("lok:leden")
    return toon(request, "lok/lid.html", form, {"lid": wie})
