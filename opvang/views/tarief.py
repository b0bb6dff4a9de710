"""What care costs: the estimate of the inkomenstarief, and whoever helps to pay less.

An income is posted, used and forgotten: it comes into no address, log, session or database, and
the page is not kept by a browser or a proxy (`never_cache` says no-store).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from loket import week
from loket.context import Gezicht
from loket.forms import DatumInvoer, DatumVeld
from loket.models import Loket
from opvang.domain.inkomenstarief import (
    Duur,
    Raming,
    deel_van_dag,
    naar_cent,
    per_maand,
    per_week,
    raam,
    telt_tot,
)
from opvang.domain.tariefregels import respijtdagen, vermindering_op
from opvang.domain.tarieven import GeldigTarief, tarief_op
from opvang.forms.tarief import TariefForm
from opvang.models import Kinderopvangtoeslag, Tariefhulp

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

OPGROEIEN = "https://www.opgroeien.be"
GROEIPAKKET = "https://www.groeipakket.be"


@dataclass(frozen=True, slots=True)
class Dagprijs:
    """What a stay of so many hours costs."""

    duur: Duur
    bedrag: Decimal


@dataclass(frozen=True, slots=True)
class Weekprijs:
    """The chosen week, and its mean month; `respijt` are days a year that are not paid."""

    masker: int
    per_week: Decimal
    per_maand: Decimal
    respijt: Decimal | None


@dataclass(frozen=True, slots=True)
class Antwoord:
    """An estimate with all that the page tells about it."""

    raming: Raming
    start: dt.date
    inkomen: Decimal
    maandinkomen: Decimal | None
    telt_tot: int | None
    telt_niet: int
    dagprijzen: list[Dagprijs]
    week: Weekprijs | None


@never_cache
@sensitive_post_parameters()
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def inkomenstarief(request: HttpRequest) -> HttpResponse:
    """Tell what care costs by income, without an account; keep nothing."""
    vandaag = timezone.localdate()
    gevraagd = _gevraagde_dag(request.POST) or vandaag
    geldig = tarief_op(gevraagd)
    form = TariefForm(
        request.POST if request.method == "POST" else None,
        tarief=geldig.tarief if geldig else None,
    )
    antwoord = _reken(form, geldig, start=gevraagd) if form.is_valid() else None
    loket = _loket(request)
    return render(
        request,
        "opvang/tarief/inkomenstarief.html",
        {
            "form": form,
            "geldig": geldig,
            "gevraagd": gevraagd,
            "antwoord": antwoord,
            "toeslag": Kinderopvangtoeslag.objects.geldig_op(vandaag).first(),
            "hulp": _hulp(loket, vandaag),
            "hulploket": loket,
            "lokets": [] if loket else _lokets_met_hulp(vandaag),
            "vermindering": vermindering_op(vandaag),
            "respijt": respijtdagen(Decimal(5), peildatum=vandaag),
            "opgroeien": OPGROEIEN,
            "groeipakket": GROEIPAKKET,
        },
        status=422 if form.errors else 200,
    )


def _gevraagde_dag(gegevens: QueryDict) -> dt.date | None:
    """Read the start before the form: it decides which table, and so what the form asks."""
    ruw = DatumInvoer().value_from_datadict(gegevens, MultiValueDict(), "vanaf")
    try:
        dag = DatumVeld(required=False).clean(ruw)
    except ValidationError:
        return None
    return dag if isinstance(dag, dt.date) else None


@sensitive_variables()
def _reken(form: TariefForm, geldig: GeldigTarief | None, *, start: dt.date) -> Antwoord | None:
    if geldig is None:
        return None
    tarief = geldig.tarief
    gezin = form.gezin(tarief, start=start)
    raming = raam(tarief, gezin)
    return Antwoord(
        raming=raming,
        start=start,
        inkomen=gezin.inkomen,
        maandinkomen=form.cleaned_data["inkomen"] if form.per_maand else None,
        telt_tot=telt_tot(tarief, start),
        telt_niet=sum(form.per_grens.values()) - gezin.andere_kinderen,
        dagprijzen=[
            Dagprijs(duur, naar_cent(deel_van_dag(raming.per_dag, duur.procent)))
            for duur in tarief.duren
        ],
        week=_week(geldig, raming.per_dag, form.cleaned_data["dagen"], start=start),
    )


def _week(
    geldig: GeldigTarief, per_dag: Decimal, masker: int | None, *, start: dt.date
) -> Weekprijs | None:
    if not masker:
        return None
    dagen = week.per_dag(masker)
    heel = dagen.count(week.HELE_DAG)
    half = len(dagen) - dagen.count(0) - heel
    bedrag = per_week(geldig.tarief, per_dag, hele_dagen=heel, halve_dagen=half)
    if bedrag is None:
        return None
    return Weekprijs(
        masker=masker,
        per_week=bedrag,
        per_maand=per_maand(bedrag),
        respijt=respijtdagen(Decimal(heel + half), peildatum=start),
    )


def _loket(request: HttpRequest) -> Loket | None:
    """The loket whose help is shown: the one asked for, else the one of this page."""
    slug = request.GET.get("loket", "")
    if re.fullmatch(r"[-a-zA-Z0-9_]{1,50}", slug):
        gevonden = Loket.objects.filter(slug=slug).first()
        if gevonden is not None:
            request.loket = gevonden  # type: ignore[attr-defined]  # read by loket/context.py
            return gevonden
    return Gezicht(request).loket


def _hulp(loket: Loket | None, peildatum: dt.date) -> list[Tariefhulp]:
    if loket is None:
        return []
    return list(Tariefhulp.objects.geldig_op(peildatum).filter(loket=loket))


def _lokets_met_hulp(peildatum: dt.date) -> list[Loket]:
    met_hulp = Tariefhulp.objects.geldig_op(peildatum).values("loket")
    return list(Loket.objects.filter(pk__in=met_hulp))
