"""The parent's own pages: all questions, and where one stands."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import Case, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanvragen.beeld import gesprek, hulp, post, wijzigen
from aanvragen.domain.antwoorddag import antwoorddag
from aanvragen.domain.concept import MAX_CONCEPTEN, vervalt_op
from aanvragen.models import (
    Concept,
    Opvangvraag,
)
from aanvragen.views.ouder_vinden import (
    met_locaties,
    met_plaats,
    ouder_van,
    vraag_van_ouder,
    zet_loket,
)
from aanvragen.views.verhaal import (
    Bod,
    Kern,
    kern,
    komt_nog,
    stand_bij_locatie,
    verloop,
)
from aanvragen.workflow import (
    AFGESLOTEN_VRAGEN,
    LOPENDE_VRAGEN,
    Vervalreden,
)
from loket.domain.logboek import gebeurtenissen_van
from loket.models import Bericht, Gebruiker
from loket.week import opsomming
from loket.workflow import Berichtstatus
from opvang.workflow import Ruimer

PER_BLAD = 20
SESSIE_CONCEPTEN = "concepten"


@never_cache
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """List the family's questions, running ones first, and the requests that are not finished."""
    gebruiker = ouder_van(request)
    vragen = (
        Opvangvraag.objects.van_ouder(gebruiker)
        .exclude(vervalreden=Vervalreden.DROEVIG)
        .annotate(
            volgorde=Case(When(status__in=AFGESLOTEN_VRAGEN, then=Value(1)), default=Value(0))
        )
        .select_related("kind", "loket")
        .prefetch_related(*met_locaties(), *met_plaats())
        .order_by("volgorde", "-aangemaakt_op", "-pk")
    )
    pagina = Paginator(vragen, PER_BLAD).get_page(request.GET.get("pagina"))
    sleutels = request.session.get(SESSIE_CONCEPTEN, [])
    concepten = list(
        Concept.objects.zichtbaar_voor(gebruiker, sleutels if isinstance(sleutels, list) else [])
        .filter(ingevoerd_door=None)
        .select_related("loket")[:MAX_CONCEPTEN]
    )
    lokets = [bekend.loket for bekend in pagina] + [bekend.loket for bekend in concepten]
    if lokets:
        zet_loket(request, lokets[0])
    return render(
        request,
        "mijn/overzicht.html",
        {
            "pagina": pagina,
            "vragen": [(vraag, kern(vraag)) for vraag in pagina],
            "concepten": [(concept, vervalt_op(concept)) for concept in concepten],
        },
    )


@never_cache
@require_safe
def vraag(request: HttpRequest, referentie: str) -> HttpResponse:
    """Show one question: whose turn it is, each location, what happened and what comes."""
    mijn_vraag = vraag_van_ouder(request, referentie)
    if mijn_vraag.vervalreden == Vervalreden.DROEVIG:
        return render(request, "mijn/stil.html", {"vraag": mijn_vraag})
    gebruiker, vandaag = ouder_van(request), timezone.localdate()
    aanmeldingen = list(mijn_vraag.aanmeldingen.all())
    boden = [
        Bod.van(voorstel, aanmelding, aanmeldingen, nu=timezone.now())
        for aanmelding in aanmeldingen
        for voorstel in aanmelding.voorstellen.all()
    ]
    kern_nu = kern(mijn_vraag)
    boden.sort(key=lambda bod: bod.voorstel.geldig_tot)
    termijn = dt.timedelta(days=mijn_vraag.loket.bevestigingstermijn)
    return render(
        request,
        "mijn/vraag.html",
        {
            "vraag": mijn_vraag,
            "kern": kern_nu,
            "kop": _aanspreking(kern_nu, _voornaam(mijn_vraag, gebruiker) if boden else ""),
            "boden": boden,
            "plaatsing": next(iter(mijn_vraag.plaatsingen.all()), None),
            "locaties": [
                stand_bij_locatie(aanmelding, mijn_vraag, peildatum=vandaag)
                for aanmelding in aanmeldingen
            ],
            "verloop": verloop(list(gebeurtenissen_van(mijn_vraag))),
            "straks": komt_nog(mijn_vraag, aanmeldingen, peildatum=vandaag),
            "antwoorddag": antwoorddag(mijn_vraag, aanmeldingen),
            "berichten": _berichten(mijn_vraag, gebruiker),
            "loopt": mijn_vraag.status in LOPENDE_VRAGEN,
            "vraag_na": mijn_vraag.status in LOPENDE_VRAGEN
            and mijn_vraag.laatst_bevestigd + termijn <= timezone.now(),
            "kan_geboorte_melden": not mijn_vraag.kind.geboren
            and mijn_vraag.status not in AFGESLOTEN_VRAGEN,
            "kan_stoppen": mijn_vraag.status not in AFGESLOTEN_VRAGEN,
            "ruimere_uren": opsomming(
                [str(Ruimer(code).label).lower() for code in mijn_vraag.ruimere_uren]
            ),
            **wijzigen.op_mijn(mijn_vraag, gebruiker=gebruiker),
            **gesprek.op_mijn(mijn_vraag, gebruiker=gebruiker),
            **hulp.op_mijn(mijn_vraag, gebruiker=gebruiker),
            **post.op_mijn(mijn_vraag, gebruiker=gebruiker),
        },
    )


def _voornaam(mijn_vraag: Opvangvraag, gebruiker: Gebruiker) -> str:
    eigen = mijn_vraag.kind.gezin.ouders.filter(gebruiker=gebruiker).first()
    return eigen.voornaam if eigen else ""


def _aanspreking(kern_nu: Kern, voornaam: str) -> str:
    """Write the heading, to the parent by name when there is something to answer."""
    if not (kern_nu.beurt and voornaam):
        return kern_nu.kop
    kop = kern_nu.kop[0].lower() + kern_nu.kop[1:]
    return _("Dag %(naam)s, %(kop)s") % {"naam": voornaam, "kop": kop}


def _berichten(mijn_vraag: Opvangvraag, gebruiker: Gebruiker) -> list[Bericht]:
    """List the mails to this very person about this question, newest first."""
    return list(
        Bericht.objects.over(mijn_vraag)
        .filter(Q(ontvanger=gebruiker) | Q(aan__iexact=gebruiker.email), gevoelig=False)
        .exclude(status=Berichtstatus.INGETROKKEN)
        .order_by("-aangemaakt_op", "-pk")[:PER_BLAD]
    )
