"""The last page of a request: look everything over, agree, send once, and read what comes next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aanvragen.domain.antwoorddag import antwoorddag
from aanvragen.domain.concept import (
    TOESTEMMING_VERSIE,
    AlVerstuurd,
    bewaar_stap,
    heeft_toestemming,
    referenties_van,
    verstuur,
)
from aanvragen.domain.fouten import DubbeleVraag, GeenLocaties
from aanvragen.domain.ronde import antwoord_voor
from aanvragen.forms.aanvraag import ToestemmingForm
from aanvragen.forms.samenvatting import samenvatting
from aanvragen.forms.vragenlijst import LAATSTE, Stand, Stap, Vragenlijst
from aanvragen.models import Concept, Opvangvraag
from aanvragen.views.concepten import (
    GEKOZEN,
    OVERGENOMEN,
    TE_VERSTUREN,
    aangemeld,
    actie_van,
    al_verstuurd,
    bewaard,
    legt_uit_wat_weg_is,
    paginagegevens,
    url_van,
    vergeet,
    vind_concept,
    vragenlijst,
    zet_loket,
)
from aanvragen.workflow import Kanaal, Vervalreden, Vraagstatus
from loket.domain.aanmelden import begin_met_code
from loket.domain.fouten import Weigering


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@legt_uit_wat_weg_is
def controleer(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Show all answers, ask for consent, and send; a visitor confirms the e-mail first."""
    concept = vind_concept(request, sleutel)
    if concept.afgerond_op:
        return al_verstuurd(request, concept)
    lijst = vragenlijst(request, concept)
    if open_stap := lijst.eerste_open():
        return _eerst_nog(request, concept, lijst, open_stap)
    formulier = ToestemmingForm(
        request.POST if request.method == "POST" else None, kader=lijst.kader
    )
    if request.method == "POST":
        if actie_van(request)[0] == "bewaar":
            return bewaard(request, concept)
        if formulier.is_valid():
            try:
                return _verstuur_of_vraag_code(request, concept, lijst, formulier)
            except AlVerstuurd:
                return redirect("aanvragen:verstuurd", concept.sleutel)
            except Weigering as nee:
                formulier.add_error(None, str(nee))
    return render(
        request,
        "aanvragen/controleer.html",
        {
            **paginagegevens(concept, lijst, LAATSTE),
            "form": formulier,
            "blokken": samenvatting(
                lijst, email=lijst.kader.email or lijst.wie.cleaned_data.get("email", "")
            ),
            "aangemeld": aangemeld(request),
            "aantal_plekken": len(lijst.opvang.locatie_ids()),
            "antwoord_voor": antwoord_voor(lijst.loket(), nu=timezone.now()),
        },
        status=422 if formulier.errors else 200,
    )


@login_not_required
@never_cache
@require_safe
@legt_uit_wat_weg_is
def versturen(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Finish what the last page began, for a visitor who comes back with a confirmed address.

    The decision was a POST; this page only carries it out, for the draft that this very session
    meant, and only once.
    """
    concept = vind_concept(request, sleutel)
    if concept.afgerond_op:
        return redirect("aanvragen:verstuurd", concept.sleutel)
    if aangemeld(request) is None or request.session.get(TE_VERSTUREN) != str(concept.sleutel):
        return redirect("aanvragen:controleer", concept.sleutel)
    return _verstuur(request, concept)


@never_cache
@require_safe
def verstuurd(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Say that the request was sent, under which references, and what happens when."""
    concept = get_object_or_404(
        Concept.objects.filter(gebruiker=aangemeld(request)).exclude(afgerond_op=None),
        sleutel=str(sleutel),
    )
    vragen = list(
        Opvangvraag.objects.van_ouder(request.user)
        .filter(referentie__in=referenties_van(concept))
        .exclude(vervalreden=Vervalreden.DROEVIG)
        .select_related("kind", "loket")
        .prefetch_related("aanmeldingen__locatie")
        .order_by("pk")
    )
    if not vragen:
        raise Http404
    zet_loket(request, vragen[0].loket)
    return render(
        request,
        "aanvragen/verstuurd.html",
        {
            "vragen": vragen,
            "wordt_nagekeken": any(vraag.status == Vraagstatus.INGEDIEND for vraag in vragen),
            "aanmeldingen": vragen[0].aanmeldingen.all(),
            "antwoorddag": antwoorddag(
                vragen[0], list(vragen[0].aanmeldingen.prefetch_related("voorstellen"))
            ),
        },
    )


def _verstuur_of_vraag_code(
    request: HttpRequest, concept: Concept, lijst: Vragenlijst, formulier: ToestemmingForm
) -> HttpResponse:
    """Note the consent, then send; who is not signed in gets a code first and comes back."""
    nu = timezone.now()
    bewaar_stap(concept, LAATSTE.slug, formulier.invoer(), nu=nu)
    if aangemeld(request):
        return _verstuur(request, concept)
    naar = begin_met_code(
        request,
        email=lijst.wie.cleaned_data["email"],
        volgende=reverse("aanvragen:versturen", args=[concept.sleutel]),
        nu=nu,
    )
    request.session[TE_VERSTUREN] = str(concept.sleutel)
    return redirect(naar)


def _verstuur(request: HttpRequest, concept: Concept) -> HttpResponse:
    """Send the request of who is signed in, once, and show what became of it."""
    ouder = aangemeld(request)
    assert ouder is not None
    lijst = vragenlijst(request, concept)
    if open_stap := lijst.eerste_open():
        return _eerst_nog(request, concept, lijst, open_stap)
    if not heeft_toestemming(concept):
        return redirect("aanvragen:controleer", concept.sleutel)
    try:
        verstuur(
            concept,
            lijst.naar_gegevens(toestemming_versie=TOESTEMMING_VERSIE, kanaal=Kanaal.ONLINE),
            loket=lijst.loket(),
            door=ouder,
            ouder_gebruiker=ouder,
            nu=timezone.now(),
        )
    except AlVerstuurd:
        return redirect("aanvragen:verstuurd", concept.sleutel)
    except DubbeleVraag as nee:
        messages.error(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                _("Je hebt voor dit kind al een opvangvraag. We hebben daarom niets verstuurd."),
                reverse("mijn:vraag", args=[nee.referentie]),
                _("Bekijk je vraag"),
            ),
        )
        return redirect("aanvragen:controleer", concept.sleutel)
    except GeenLocaties as nee:
        messages.error(request, str(nee))
        return redirect("aanvragen:stap", concept.sleutel, "opvang")
    for sleutel in (TE_VERSTUREN, GEKOZEN, OVERGENOMEN):
        request.session.pop(sleutel, None)
    vergeet(request, concept)
    return redirect("aanvragen:verstuurd", concept.sleutel)


def _eerst_nog(
    request: HttpRequest, concept: Concept, lijst: Vragenlijst, vraag: Stap
) -> HttpResponse:
    """Lead to the page that is not right yet, and say why."""
    messages.info(request, _("Eerst nog dit: %(vraag)s") % {"vraag": vraag.vraag})
    extra = {"terug": "controleer"}
    if lijst.stand(vraag.slug) == Stand.BEZIG:
        extra["nakijken"] = "1"
    return redirect(f"{url_van(concept, vraag)}?{urlencode(extra)}")
