"""What the pages about subsidies share: find the thing, read the year, answer a form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.domain.fouten import Weigering
from opvang.domain.subsidie_berekenen import euro
from opvang.forms.subsidiestappen import DienstForm
from opvang.models import Subsidie, Subsidieregel, Subsidiereglement
from opvang.models.subsidies import EERSTE_JAAR, LAATSTE_JAAR
from opvang.permissions import Actie, eis
from opvang.workflow import Subsidiestatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse, QueryDict

    from loket.models import Gebruiker

#: The class of the label of each state.
KLEUR = {
    Subsidiestatus.VOORGESTELD: "",
    Subsidiestatus.AANGEVRAAGD: "wacht",
    Subsidiestatus.BEREKEND: "wacht",
    Subsidiestatus.DIENST: "info",
    Subsidiestatus.COLLEGE: "ja",
    Subsidiestatus.BETAALD: "ja",
    Subsidiestatus.GEWEIGERD: "nee",
    Subsidiestatus.INGETROKKEN: "",
    Subsidiestatus.VERVALLEN: "",
}


@dataclass(frozen=True, slots=True)
class Blad:
    """The words around a form on a page of its own."""

    titel: str
    knop: str
    terug: str
    terug_tekst: str
    inleiding: str = ""
    gevaar: bool = False


def vind_reglement(request: HttpRequest, pk: int) -> Subsidiereglement:
    """Find it among those that this person may read; somebody else's does not exist."""
    eis(request.user, Actie.SUBSIDIES_OPENEN)
    reglement = get_object_or_404(
        Subsidiereglement.objects.zichtbaar_voor(request.user).select_related("loket", "gemeente"),
        pk=pk,
    )
    request.loket = reglement.loket  # type: ignore[attr-defined]  # read by loket.context
    return reglement


def vind_eigen_reglement(request: HttpRequest, pk: int) -> tuple[Subsidiereglement, Gebruiker]:
    reglement = vind_reglement(request, pk)
    return reglement, eis(request.user, Actie.SUBSIDIES_BEHEREN, reglement)


def vind_regel(request: HttpRequest, pk: int) -> tuple[Subsidieregel, Gebruiker]:
    eis(request.user, Actie.SUBSIDIES_OPENEN)
    regel = get_object_or_404(
        Subsidieregel.objects.zichtbaar_voor(request.user).select_related("reglement__loket"), pk=pk
    )
    request.loket = regel.reglement.loket  # type: ignore[attr-defined]  # read by loket.context
    return regel, eis(request.user, Actie.SUBSIDIES_BEHEREN, regel)


def vind_subsidie(request: HttpRequest, pk: int) -> Subsidie:
    eis(request.user, Actie.SUBSIDIES_OPENEN)
    subsidie = get_object_or_404(
        Subsidie.objects.zichtbaar_voor(request.user).select_related(
            "regel__reglement__loket",
            "locatie__organisator",
            "berekend_door",
            "goedgekeurd_door",
        ),
        pk=pk,
    )
    request.loket = subsidie.regel.reglement.loket  # type: ignore[attr-defined]  # loket.context
    return subsidie


def lees_jaar(ruw: str | None) -> int:
    """Read a year out of an address; anything else is this year."""
    if ruw and re.fullmatch(r"[0-9]{4}", ruw) and EERSTE_JAAR <= int(ruw) <= LAATSTE_JAAR:
        return int(ruw)
    return timezone.localdate().year


def kies_jaren(jaar: int) -> list[int]:
    """The years to choose from: around this one, and the one that is shown."""
    dit = timezone.localdate().year
    return sorted({dit - 2, dit - 1, dit, dit + 1, jaar})


def invoer(request: HttpRequest) -> QueryDict | None:
    """Give what was sent, also when that is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def behandel(
    request: HttpRequest,
    form: BaseForm,
    blad: Blad,
    *,
    doe: Callable[[], str],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; when it is right, `doe` it and go where that says. A refusal comes back as 422
    with all that was typed.
    """
    if form.is_bound and form.is_valid():
        try:
            return redirect(doe())
        except Weigering as nee:
            form.add_error(None, str(nee))
            if isinstance(form, DienstForm):
                form.verfris()
    return render(
        request,
        "opvang/subsidies/formulier.html",
        {"form": form, "blad": blad, **(context or {})},
        status=422 if form.is_bound else 200,
    )


def bedrag_of_niets(bedrag: Decimal | None) -> str:
    return _("niet ingevuld") if bedrag is None else euro(bedrag)
