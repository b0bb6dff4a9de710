"""Ask for another child of the family: nothing is typed twice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from aanvragen.domain.concept import MAX_CONCEPTEN, begin_concept
from aanvragen.forms.hergebruik import neem_over_van
from aanvragen.models import Opvangvraag, Ouder
from aanvragen.views.concepten import aangemeld, gekozen_ids, mijn_concepten, onthoud
from aanvragen.workflow import Vervalreden
from loket.domain.fouten import Weigering

#: So many earlier children are offered to begin from.
MEESTE = 3


def eerder_gevraagd(request: HttpRequest) -> list[Opvangvraag]:
    """Give this parent's last question for each child; never one that ended in sadness, nor
    one that a merge lets this parent follow: its answers are those of another household.
    """
    vragen = (
        Opvangvraag.objects.van_ouder(request.user)
        .filter(
            kind__gezin__in=Ouder.objects.thuis()
            .filter(gebruiker=aangemeld(request))
            .values("gezin")
        )
        .exclude(kind__opvangvragen__vervalreden=Vervalreden.DROEVIG)
        .exclude(vervalreden=Vervalreden.DUBBEL)
        .select_related("kind")
        .order_by("kind_id", "-pk")
        .distinct("kind_id")
    )
    return sorted(vragen, key=lambda vraag: -vraag.pk)[:MEESTE]


@never_cache
@require_POST
def zoals(request: HttpRequest, referentie: str) -> HttpResponse:
    """Begin a request with the answers of an earlier question of this parent, and ask the child."""
    vraag = get_object_or_404(
        Opvangvraag.objects.van_ouder(request.user)
        .exclude(kind__opvangvragen__vervalreden=Vervalreden.DROEVIG)
        .select_related("kind__gezin", "loket"),
        referentie=referentie,
    )
    gebruiker, nu = aangemeld(request), timezone.now()
    # Where a merge put this parent is the other parent's address.
    ouder = get_object_or_404(
        vraag.kind.gezin.ouders.thuis().select_related("gezin"), gebruiker=gebruiker
    )
    try:
        concept = begin_concept(
            loket=vraag.loket,
            gebruiker=gebruiker,
            eigen=mijn_concepten(request)[: MAX_CONCEPTEN + 1].count(),
            locatie_ids=gekozen_ids(request),
            nu=nu,
            overgenomen=neem_over_van(
                vraag,
                ouder=ouder,
                vandaag=timezone.localdate(nu),
                tweeling="tweeling" in request.POST,
            ),
        )
    except Weigering as nee:
        messages.error(request, str(nee))
        return redirect("aanvragen:begin")
    onthoud(request, concept)
    kind = reverse("aanvragen:stap", args=[concept.sleutel, "kind"])
    return redirect(f"{kind}?terug=controleer")
