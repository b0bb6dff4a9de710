"""Which answers are still owed: to the provider its own, to staff those of every location."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanvragen.domain.antwoordschuld import achterstallig, bereken, gevraagd
from aanvragen.models import Aanmelding
from aanvragen.permissions import Actie, mag
from aanvragen.views.aanbod import aanbieder
from aanvragen.views.balie import loketmedewerker
from opvang.models import Opvanglocatie


@never_cache
@require_safe
def eigen(request: HttpRequest) -> HttpResponse:
    """Tell a provider what families wait for, and how fast it usually answers."""
    gebruiker = aanbieder(request)
    schulden = bereken(
        list(Opvanglocatie.objects.van_aanbieder(gebruiker)),
        Aanmelding.objects.van_aanbieder(gebruiker),
        peildatum=timezone.localdate(),
    )
    return render(
        request,
        "aanbod/vragen/schuld.html",
        {
            "schulden": schulden,
            "te_laat": sum(schuld.te_laat for schuld in schulden),
            "eindstatus": sum(schuld.eindstatus for schuld in schulden),
            "oudste": max((schuld.oudste for schuld in schulden), default=0),
        },
    )


@never_cache
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """List the locations that were asked by families of this loket, the longest overdue first."""
    gebruiker = loketmedewerker(request)
    vragen = Aanmelding.objects.van_loket(gebruiker)
    locaties = list(
        Opvanglocatie.objects.filter(pk__in=vragen.values("locatie")).select_related("organisator")
    )
    schulden = bereken(locaties, vragen, peildatum=timezone.localdate())
    return render(
        request,
        "balie/antwoordschuld/lijst.html",
        {
            "laat": [schuld for schuld in schulden if schuld.achterstand],
            "bij": [schuld for schuld in schulden if not schuld.achterstand],
            "aantal": sum(schuld.achterstand for schuld in schulden),
        },
    )


@never_cache
@require_safe
def locatie(request: HttpRequest, slug: str) -> HttpResponse:
    """List what one location still owes the families of this loket, to go through on the phone."""
    gebruiker = loketmedewerker(request)
    vandaag = timezone.localdate()
    vragen = Aanmelding.objects.van_loket(gebruiker)
    plek = get_object_or_404(
        Opvanglocatie.objects.select_related("organisator"),
        pk__in=vragen.values("locatie"),
        slug=slug,
    )
    rijen = (
        gevraagd(vragen.filter(achterstallig(vandaag), locatie=plek))
        .select_related("opvangvraag__kind", "opvangvraag__aanvrager", "opvangvraag__loket")
        .order_by("antwoord_voor", "pk")
    )
    (schuld,) = bereken([plek], vragen, peildatum=vandaag)
    return render(
        request,
        "balie/antwoordschuld/locatie.html",
        {
            "locatie": plek,
            "schuld": schuld,
            "rijen": [(rij, mag(gebruiker, Actie.AANMELDING_BEANTWOORDEN, rij)) for rij in rijen],
        },
    )
