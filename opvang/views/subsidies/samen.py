"""One step for many subsidies of a year: compute, approve as the dienst, note the college."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from loket.domain.fouten import Weigering
from opvang.domain.subsidie_berekenen import euro
from opvang.domain.subsidies import samen
from opvang.forms.subsidiestappen import CollegeSamenForm, DienstSamenForm
from opvang.permissions import Actie, eis
from opvang.views.subsidies.hulp import (
    Blad,
    behandel,
    invoer,
    lees_jaar,
    vind_eigen_reglement,
    vind_reglement,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from opvang.models import Subsidiereglement
    from opvang.models.subsidies import SubsidieQuerySet


@require_POST
def berekenen(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix all amounts that are open, in one go."""
    rij, door = vind_eigen_reglement(request, pk)
    jaar = lees_jaar(request.POST.get("jaar"))
    try:
        aantal = samen.bereken_alle(rij, jaar=jaar, door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(
            request,
            ngettext(
                "%(aantal)s dossier berekend. Een collega van de dienst kan het goedkeuren.",
                "%(aantal)s dossiers berekend. Een collega van de dienst kan ze goedkeuren.",
                aantal,
            )
            % {"aantal": aantal},
        )
    return redirect(_terug(rij, jaar))


@require_http_methods(["GET", "HEAD", "POST"])
def dienst(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what colleagues computed, as far as it is ticked."""
    rij = vind_reglement(request, pk)
    door = eis(request.user, Actie.SUBSIDIE_BESLISSEN, rij)
    jaar = lees_jaar(request.GET.get("jaar"))
    rijen = samen.voor_de_dienst(rij, jaar=jaar, door=door)
    form = DienstSamenForm(invoer(request), rijen=rijen)
    return _samen(
        request,
        rij,
        form,
        jaar=jaar,
        rijen=rijen,
        beslis=lambda: samen.keur_goed_dienst_samen(
            rij, form.gezien(), **form.rest(), door=door, nu=timezone.now()
        ),
        titel=_("Keur samen goed als dienst"),
        leeg=_("Er is niets dat een collega berekende en dat jij kunt goedkeuren."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def college(request: HttpRequest, pk: int) -> HttpResponse:
    """Note one decision of the college about all that are ticked."""
    rij = vind_reglement(request, pk)
    door = eis(request.user, Actie.SUBSIDIE_BESLISSEN, rij)
    jaar = lees_jaar(request.GET.get("jaar"))
    rijen = samen.voor_het_college(rij, jaar=jaar)
    form = CollegeSamenForm(invoer(request), rijen=rijen)
    return _samen(
        request,
        rij,
        form,
        jaar=jaar,
        rijen=rijen,
        beslis=lambda: samen.keur_goed_college_samen(
            rij, form.gezien(), **form.rest(), door=door, nu=timezone.now()
        ),
        titel=_("Noteer het besluit van het college"),
        leeg=_("Er wacht niets op het college."),
    )


def _samen(
    request: HttpRequest,
    rij: Subsidiereglement,
    form: DienstSamenForm | CollegeSamenForm,
    *,
    jaar: int,
    rijen: SubsidieQuerySet,
    beslis: Callable[[], int],
    titel: str,
    leeg: str,
) -> HttpResponse:
    def doe() -> str:
        aantal = beslis()
        messages.success(
            request,
            ngettext("%(aantal)s dossier goedgekeurd.", "%(aantal)s dossiers goedgekeurd.", aantal)
            % {"aantal": aantal},
        )
        return _terug(rij, jaar)

    som = _("Alles samen is dat %(som)s.") % {"som": euro(rijen.som())}
    blad = Blad(titel, titel, _terug(rij, jaar), rij.naam, som if form.rijen else "")
    return behandel(request, form, blad, doe=doe, context={"leeg": "" if form.rijen else leeg})


def _terug(rij: Subsidiereglement, jaar: int) -> str:
    return f"{rij.get_absolute_url()}?jaar={jaar}#lijst"
