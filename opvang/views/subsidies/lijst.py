"""The list of a year as a spreadsheet, with the figures of its budget."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opvang.domain.subsidies import cijfers
from opvang.models import Subsidie, Subsidiereglement
from opvang.views.subsidies.hulp import lees_jaar, vind_reglement

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How a spreadsheet starts a formula; such text gets an apostrophe in front, so it stays text.
FORMULETEKENS = ("=", "+", "-", "@", "\t", "\r", "\n")


@require_safe
def als_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a year with the figures of its budget, as spreadsheets here read it."""
    rij = vind_reglement(request, pk)
    jaar = lees_jaar(request.GET.get("jaar"))
    return HttpResponse(
        lijst_als_csv(rij, jaar=jaar),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="subsidies-{pk}-{jaar}.csv"'},
    )


def lijst_als_csv(rij: Subsidiereglement, *, jaar: int) -> str:
    stand = cijfers.budgetstanden([rij], jaar=jaar)[rij.pk]
    subsidies = Subsidie.objects.filter(regel__reglement=rij, jaar=jaar).select_related(
        "locatie__organisator", "regel"
    )
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(
        ("soort", "kenmerk", "jaar", "organisator", "opvanglocatie", "regel", "stand", "besluit",
         "nieuwe plaatsen", "bedrag")
    )  # fmt: skip
    for een in subsidies:
        cellen = (
            "subsidie",
            een.kenmerk,
            str(jaar),
            een.locatie.organisator.naam,
            een.locatie.naam,
            een.regel.naam,
            str(een.get_status_display()),
            een.besluit_op.isoformat() if een.besluit_op else "",
            "" if een.nieuwe_plaatsen is None else str(een.nieuwe_plaatsen),
            _kommagetal(een.bedrag),
        )
        schrijver.writerow([f"'{c}" if c.startswith(FORMULETEKENS) else c for c in cellen])
    for naam, bedrag in (
        (_("Budget"), stand.budget),
        (_("Goedgekeurd, nog niet betaald"), stand.goedgekeurd),
        (_("Betaald"), stand.betaald),
        (_("Nog over"), stand.over),
        (_("Voorstellen en aanvragen"), stand.open),
    ):
        schrijver.writerow(
            (
                "budget",
                "",
                jaar,
                "",
                "",
                "",
                naam,
                "",
                "",
                "" if bedrag is None else _kommagetal(bedrag),
            )
        )
    return "\ufeff" + uit.getvalue()


def _kommagetal(bedrag: Decimal) -> str:
    return f"{bedrag:.2f}".replace(".", ",")
