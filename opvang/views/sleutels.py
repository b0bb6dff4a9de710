"""The keys with which a provider's own software talks to the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from opvang.domain.api_sleutels import maak_sleutel, trek_sleutel_in
from opvang.forms import SleutelForm
from opvang.models import ApiSleutel, Organisator
from opvang.permissions import Actie, eis
from opvang.querysets import organisator_ids

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sleutels(request: HttpRequest) -> HttpResponse:
    """List the keys, and make one: its secret is shown in this answer and never again.

    No redirect after making one: the secret would have to be kept somewhere in between.
    """
    eis(request.user, Actie.AANBOD_OPENEN)
    organisatoren = list(Organisator.objects.filter(pk__in=organisator_ids(request.user)))
    gegevens = request.POST if request.method == "POST" else None
    form = SleutelForm(gegevens, organisatoren=organisatoren)
    geheim, gemaakt = "", None
    if request.method == "POST" and form.is_valid():
        organisator = next(o for o in organisatoren if o.pk == form.cleaned_data["organisator"])
        gemaakt, geheim = maak_sleutel(
            organisator,
            naam=form.cleaned_data["naam"],
            door=eis(request.user, Actie.SLEUTELS_BEHEREN, organisator),
            nu=timezone.now(),
        )
        form = SleutelForm(organisatoren=organisatoren)
    return render(
        request,
        "opvang/aanbod/sleutels.html",
        {
            "form": form,
            "geheim": geheim,
            "gemaakt": gemaakt,
            "sleutels": ApiSleutel.objects.van_aanbieder(request.user)
            .bruikbaar()
            .select_related("organisator", "aangemaakt_door"),
            "toon_organisator": len(organisatoren) > 1,
        },
        status=422 if form.errors else 200,
    )


@require_POST
def trek_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a key stop working, at once."""
    eis(request.user, Actie.AANBOD_OPENEN)
    sleutel = get_object_or_404(ApiSleutel.objects.van_aanbieder(request.user), pk=pk)
    door = eis(request.user, Actie.SLEUTELS_BEHEREN, sleutel)
    trek_sleutel_in(sleutel, door=door, nu=timezone.now())
    messages.success(request, _("De sleutel %(naam)s werkt niet meer.") % {"naam": sleutel.naam})
    return redirect("aanbod:sleutels")
