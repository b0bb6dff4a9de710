"""The provider, signed in: the families that ask at its locations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanvragen.beeld.gewijzigd import Wijziging, laatste_wijzigingen
from aanvragen.domain.beantwoorden import markeer_gezien
from aanvragen.domain.fouten import Weigering
from aanvragen.domain.passen import vrij_voor
from aanvragen.domain.ronde import wordt_gevraagd
from aanvragen.domain.volgorde import VOLGORDE
from aanvragen.domain.voorstellen import trek_voorstel_in
from aanvragen.models import Aanmelding, Voorstel
from aanvragen.permissions import Actie, eis
from aanvragen.views.antwoord import neem_antwoord
from aanvragen.workflow import MET_VOORSTEL, WACHT_OP_ANTWOORD, Aanmeldingstatus
from loket.domain.logboek import leg_inzage_vast
from loket.models import Gebruiker
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.querysets import organisator_ids

PER_BLADZIJDE = 20
#: A request that stopped before anybody here looked at it is no work and no history.
ONGEZIEN_GESTOPT = Q(status=Aanmeldingstatus.VERVALLEN, gezien_op=None, beantwoord_op=None)


@dataclass(frozen=True, slots=True)
class Lijst:
    """One list of the queue: which requests stand in it, in which order, and what can be done.

    `samen`: several can be answered at once. `stil`: shown only when something is in it.
    """

    titel: Any
    welke: Q
    volgorde: Sequence[Any] = VOLGORDE
    samen: bool = False
    stil: bool = False


_WACHTLIJST = Q(status=Aanmeldingstatus.WACHTLIJST)
_OPEN = WACHT_OP_ANTWOORD | MET_VOORSTEL | {Aanmeldingstatus.WACHTLIJST}
#: `wacht_op_ander` is annotated by `aanmeldingen_van`.
LIJSTEN = {
    "beantwoorden": Lijst(
        gettext_lazy("Te beantwoorden"),
        Q(status__in=WACHT_OP_ANTWOORD, wacht_op_ander=False),
        samen=True,
    ),
    "afloop": Lijst(
        gettext_lazy("Wacht het gezin nog?"),
        Q(eindstatus_voor__isnull=False, wacht_op_ander=False),
        samen=True,
        stil=True,
    ),
    "opgeschort": Lijst(gettext_lazy("Nog niet aan de beurt"), Q(wacht_op_ander=True), stil=True),
    "voorstellen": Lijst(
        gettext_lazy("Voorgesteld"),
        Q(status__in=MET_VOORSTEL),
        volgorde=("voorstellen__geldig_tot", "pk"),
    ),
    "wachtlijst": Lijst(
        gettext_lazy("Wachtlijst"),
        _WACHTLIJST & Q(wacht_op_ander=False, eindstatus_voor=None),
        samen=True,
    ),
    "klaar": Lijst(gettext_lazy("Klaar"), ~Q(status__in=_OPEN), volgorde=("-gewijzigd_op", "-pk")),
}


@dataclass(frozen=True, slots=True)
class Rij:
    """One request in the list, with the free week that it is held against and its last change."""

    aanmelding: Aanmelding
    vrij: int | None
    voorstel: Voorstel | None
    wijziging: Wijziging | None = None


def aanbieder(request: HttpRequest) -> Gebruiker:
    """Give the person, or refuse who acts for no provider."""
    gebruiker = request.user
    assert isinstance(gebruiker, Gebruiker)
    if not organisator_ids(gebruiker):
        raise PermissionDenied
    return gebruiker


def aanmeldingen_van(gebruiker: Gebruiker) -> QuerySet[Aanmelding]:
    """What was asked of this person's locations, each with whether it waits for another offer."""
    return (
        Aanmelding.objects.van_aanbieder(gebruiker)
        .exclude(ONGEZIEN_GESTOPT)
        .annotate(wacht_op_ander=Exists(Aanmelding.objects.opgeschort().filter(pk=OuterRef("pk"))))
    )


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """List the requests at this person's locations: first what waits for an answer."""
    gebruiker = aanbieder(request)
    keuze = request.GET.get("lijst", "")
    if keuze not in LIJSTEN:
        keuze = "beantwoorden"
    locaties = list(Opvanglocatie.objects.van_aanbieder(gebruiker))
    locatie = next((plek for plek in locaties if plek.slug == request.GET.get("locatie")), None)
    alle = aanmeldingen_van(gebruiker)
    if locatie is not None:
        alle = alle.filter(locatie=locatie)
    aantallen = alle.order_by().aggregate(
        **{naam: Count("pk", filter=een.welke) for naam, een in LIJSTEN.items()}
    )
    getoond = LIJSTEN[keuze]
    rijen = alle.filter(getoond.welke)
    if keuze == "voorstellen":
        rijen = rijen.filter(voorstellen__in=Voorstel.objects.lopend())
    pagina = Paginator(
        rijen.select_related("locatie", "opvangvraag__kind").order_by(*getoond.volgorde),
        PER_BLADZIJDE,
    ).get_page(request.GET.get("pagina"))
    return render(
        request,
        "aanbod/vragen/lijst.html",
        {
            "lijst": keuze,
            "lijsten": [
                (naam, een.titel, aantallen[naam])
                for naam, een in LIJSTEN.items()
                if aantallen[naam] or naam == keuze or not een.stil
            ],
            "titel": getoond.titel,
            "samen": getoond.samen,
            "alles": "alles" in request.GET,
            "locaties": locaties,
            "locatie": locatie,
            "pagina": pagina,
            "rijen": met_week(list(pagina.object_list)),
        },
    )


def met_week(aanmeldingen: Sequence[Aanmelding]) -> list[Rij]:
    """Hold each request against the free places of its location, all fetched at once."""
    vandaag = timezone.localdate()
    per_locatie: dict[int, list[Plaatsaanbod]] = {}
    for aanbod in Plaatsaanbod.objects.filter(
        locatie__in={aanmelding.locatie_id for aanmelding in aanmeldingen}
    ):
        per_locatie.setdefault(aanbod.locatie_id, []).append(aanbod)
    lopend = {
        voorstel.aanmelding_id: voorstel
        for voorstel in Voorstel.objects.lopend().filter(aanmelding__in=aanmeldingen)
    }
    gewijzigd = laatste_wijzigingen(aanmeldingen)
    rijen = []
    for aanmelding in aanmeldingen:
        vrij = vrij_voor(
            aanmelding.opvangvraag, per_locatie.get(aanmelding.locatie_id, []), peildatum=vandaag
        )
        rijen.append(
            Rij(
                aanmelding,
                None if vrij is None else vrij.masker,
                lopend.get(aanmelding.pk),
                gewijzigd.get(aanmelding.pk),
            )
        )
    return rijen


@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one request and take its answer; the family sees that it was read."""
    gebruiker = aanbieder(request)
    aanmelding = _een(gebruiker, uuid)
    eis(gebruiker, Actie.AANMELDING_BEKIJKEN, aanmelding)
    if request.method == "GET":
        markeer_gezien(aanmelding, door=gebruiker, nu=timezone.now())
    beurt = neem_antwoord(request, aanmelding, door=gebruiker)
    if beurt.gedaan:
        messages.success(request, _gedaan(aanmelding))
        return redirect("aanbod_vragen:vraag", uuid=aanmelding.uuid)
    context = beurt.context()
    context["opgeschort"] = aanmelding.wacht_op_ander
    context["aan_zet"] = (
        context["staat_open"] and wordt_gevraagd(aanmelding) and not aanmelding.wacht_op_ander
    )
    if context["contact_zichtbaar"]:
        # Who may know the family is also known to the family.
        leg_inzage_vast(
            aanmelding.opvangvraag,
            door=gebruiker,
            nu=timezone.now(),
            reden="contactgegevens opvang",
        )
    return render(request, "aanbod/vragen/vraag.html", context, status=beurt.status)


def _gedaan(aanmelding: Aanmelding) -> str:
    """Say what happened and what follows."""
    if aanmelding.status == Aanmeldingstatus.WACHTLIJST:
        return _("Het gezin staat op je wachtlijst en krijgt daarvan een mail.")
    if aanmelding.status == Aanmeldingstatus.GEWEIGERD_OPVANG:
        return _("Je antwoord is verstuurd. Het gezin zoekt verder bij zijn andere keuzes.")
    return _("Je voorstel is verstuurd. Je krijgt een mail als het gezin beslist.")


@require_POST
def trek_in(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take back the running offer of this request."""
    gebruiker = aanbieder(request)
    aanmelding = _een(gebruiker, uuid)
    voorstel = aanmelding.voorstellen.lopend().first()
    terug: HttpResponseRedirect = redirect("aanbod_vragen:vraag", uuid=aanmelding.uuid)
    if voorstel is None:
        messages.error(request, _("Er loopt geen voorstel meer voor dit gezin."))
        return terug
    eis(gebruiker, Actie.VOORSTEL_INTREKKEN, voorstel)
    try:
        trek_voorstel_in(voorstel, door=gebruiker, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
        return terug
    messages.success(
        request,
        _(
            "Je voorstel is ingetrokken. "
            "De plaats is weer vrij en het gezin staat op je wachtlijst."
        ),
    )
    return terug


def _een(gebruiker: Gebruiker, uuid: str) -> Any:
    """Fetch a request of this provider, or 404."""
    return get_object_or_404(
        aanmeldingen_van(gebruiker).select_related(
            "locatie", "opvangvraag__loket", "opvangvraag__kind__gezin", "opvangvraag__aanvrager"
        ),
        uuid=uuid,
    )
