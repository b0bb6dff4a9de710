"""What is stored of a family, and who opened it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanvragen.forms.aanvraag import TALEN
from aanvragen.models import (
    Aanmelding,
    Kenmerk,
    Opvangvraag,
    Ouder,
)
from aanvragen.views.ouder_vinden import (
    ouder_van,
    zet_loket,
)
from aanvragen.workflow import (
    Vervalreden,
)
from loket.models import Gebruiker, Inzage, Lidmaatschap

PER_BLAD = 20


@never_cache
@require_safe
def gegevens(request: HttpRequest) -> HttpResponse:
    """Show a parent what is stored of the family, and who opened it."""
    gebruiker, talen = ouder_van(request), dict(TALEN)
    zichtbaar = Opvangvraag.objects.exclude(vervalreden=Vervalreden.DROEVIG)
    ouders = list(
        # Where a merge put this parent is the other parent's address.
        Ouder.objects.thuis()
        .filter(gebruiker=gebruiker)
        .select_related("gezin__gemeente", "gezin__wijk", "gezin__loket")
        .prefetch_related("gezin__ouders")
        .order_by("pk")
    )
    vragen = list(
        zichtbaar.van_ouder(gebruiker)
        .select_related("kind", "loket")
        .prefetch_related(
            Prefetch("kenmerken", queryset=Kenmerk.objects.filter(aanwezig=True).order_by("code"))
        )
        .order_by("-aangemaakt_op", "-pk")
    )
    inzagen = (
        _inzagen(gebruiker)
        .select_related("gebruiker")
        .prefetch_related(
            Prefetch(
                "gebruiker__lidmaatschappen",
                queryset=Lidmaatschap.objects.geldig_op(timezone.localdate()).select_related(
                    "loket"
                ),
            ),
            "gebruiker__organisaties__organisator",
        )
    )
    if ouders:
        zet_loket(request, ouders[0].gezin.loket)
    pagina = Paginator(inzagen, PER_BLAD).get_page(request.GET.get("pagina"))
    return render(
        request,
        "mijn/gegevens.html",
        {
            "ouders": [(ouder, talen.get(ouder.gezin.taal, "")) for ouder in ouders],
            "vragen": vragen,
            "stille": Opvangvraag.objects.van_ouder(gebruiker)
            .filter(vervalreden=Vervalreden.DROEVIG)
            .count(),
            "pagina": pagina,
            "inzagen": [Blik.van(inzage) for inzage in pagina],
        },
    )


@dataclass(frozen=True, slots=True)
class Blik:
    """Somebody who opened a question: the name, for whom that person works, when and why."""

    wie: str
    namens: str
    op: dt.datetime
    reden: str

    @classmethod
    def van(cls, inzage: Inzage) -> Blik:
        """Tell who it was without an e-mail address: that is theirs."""
        rollen = [
            f"{lid.get_rol_display()}, {lid.loket}"
            for lid in inzage.gebruiker.lidmaatschappen.all()
        ]
        opvang = [lid.organisator.naam for lid in inzage.gebruiker.organisaties.all()]
        return cls(
            wie=inzage.gebruiker.naam or _("Een medewerker"),
            namens=" · ".join(rollen + opvang),
            op=inzage.op,
            reden=inzage.reden,
        )


def _inzagen(gebruiker: Gebruiker) -> QuerySet[Inzage]:
    """List who opened a question of this family, or a request that came of it; newest first."""
    vragen = Opvangvraag.objects.van_ouder(gebruiker).exclude(vervalreden=Vervalreden.DROEVIG)
    aanmeldingen = Aanmelding.objects.filter(opvangvraag__in=vragen.values("pk"))
    return (
        Inzage.objects.filter(
            Q(onderwerp_soort=Opvangvraag._meta.label_lower, onderwerp_id__in=vragen.values("pk"))
            | Q(
                onderwerp_soort=Aanmelding._meta.label_lower,
                onderwerp_id__in=aanmeldingen.values("pk"),
            )
        )
        .exclude(gebruiker=gebruiker)
        .order_by("-op", "-pk")
    )
