"""What the pages of the LOK share: find the meeting, and answer a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render

from lok_overleg.models import Advies, Agendapunt, Vergadering
from lok_overleg.permissions import Actie, eis

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse, QueryDict

    from loket.models import Gebruiker


def vind_vergadering(request: HttpRequest, uuid: UUID) -> Vergadering:
    """Find the meeting among those that this person may see; the page takes the loket's theme."""
    vergadering = get_object_or_404(
        Vergadering.objects.zichtbaar_voor(request.user).select_related("loket"), uuid=uuid
    )
    request.loket = vergadering.loket  # type: ignore[attr-defined]  # read by loket.context
    return vergadering


def vind_eigen(request: HttpRequest, uuid: UUID) -> tuple[Vergadering, Gebruiker]:
    """Find a meeting that this person runs."""
    vergadering = vind_vergadering(request, uuid)
    return vergadering, eis(request.user, Actie.BEHEREN, vergadering)


def vind_punt(request: HttpRequest, uuid: UUID, pk: int) -> tuple[Agendapunt, Gebruiker]:
    vergadering, door = vind_eigen(request, uuid)
    punt = get_object_or_404(vergadering.agendapunten.select_related("vergadering"), pk=pk)
    return punt, door


def vind_advies(request: HttpRequest, pk: int, actie: Actie) -> tuple[Advies, Gebruiker]:
    advies = get_object_or_404(
        Advies.objects.zichtbaar_voor(request.user).select_related(
            "vergadering__loket", "opvolging"
        ),
        pk=pk,
    )
    request.loket = advies.vergadering.loket  # type: ignore[attr-defined]  # read by loket.context
    return advies, eis(request.user, actie, advies)


def invoer(request: HttpRequest) -> QueryDict | None:
    """Give what was sent, also when that is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def toon(
    request: HttpRequest, sjabloon: str, form: BaseForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Show the form; with errors it comes back as it was typed, as a 422."""
    fout = form.is_bound and bool(form.errors)
    return render(request, sjabloon, {"form": form, **(context or {})}, status=422 if fout else 200)
