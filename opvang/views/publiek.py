"""A location's public page: for anybody, without an account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from loket.context import Gezicht
from loket.models import Loket, Rol
from opvang.domain.pagina import standen_van
from opvang.domain.stand import Termijnen, zicht_op
from opvang.domain.vrije_plaatsen import stand_van
from opvang.domain.zoekadres import VAN_EEN_LOCATIE
from opvang.domain.zoeken import Zoekvraag
from opvang.forms import ZoekForm
from opvang.kaartje import BREED, HOOG, absoluut, beschrijving, kaartbeeld, schema_org
from opvang.keuze import gekozen_locaties
from opvang.models import Locatiefoto, Opvanglocatie, Plaatsaanbod
from opvang.talen import taal
from opvang.views.plekkaarten import Kaart, maak_kaarten
from opvang.weekrooster import masker_van_vrij
from opvang.workflow import Aanbodsoort, Fotostatus, Onderwerp, Ruimer, Stand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from opvang.domain.pagina import Onderwerpstand
    from opvang.models import Vergunning

#: The official register of licensed care, with the inspection reports (Opgroeien).
KINDEROPVANGZOEKER = "https://www.kinderopvangzoeker.be"
#: A date comes in one piece from a link, in three from a form.
VAN_DE_ZOEKTOCHT = (*VAN_EEN_LOCATIE, "vanaf_dag", "vanaf_maand", "vanaf_jaar")


@dataclass(frozen=True, slots=True)
class Periode:
    """A line of the table of free places, and how sure it is."""

    aanbod: Plaatsaanbod
    stand: Stand
    minst: int
    meest: int
    masker: int
    is_begonnen: bool

    @property
    def is_oud(self) -> bool:
        return self.stand is Stand.ONBEKEND


@dataclass(frozen=True, slots=True)
class VoorOns:
    """The answer to the question that somebody came with from the search."""

    kaart: Kaart
    vraag: Zoekvraag


@dataclass(frozen=True, slots=True)
class Prijsplaatsen:
    """Licensed places by price: what T2 and T3 give is at inkomenstarief (domein.md §5.3)."""

    inkomenstarief: int
    vaste_prijs: int


@login_not_required
@require_safe
def locatie(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell all about one location; a hidden one only exists for its own provider and for staff."""
    gevonden = vind_locatie(request, slug)
    standen = standen_van(gevonden)
    return toon(
        request,
        gevonden,
        teksten=[(stand.onderwerp, stand.zichtbaar) for stand in standen if stand.zichtbaar],
        fotos=[foto for foto in gevonden.fotos.all() if foto.status == Fotostatus.GEPUBLICEERD],
    )


def voorbeeld(
    request: HttpRequest, gevonden: Opvanglocatie, standen: Sequence[Onderwerpstand]
) -> HttpResponse:
    """Show its provider the page as it would be with what is not public yet."""
    return toon(
        request,
        gevonden,
        teksten=[(stand.onderwerp, stand.vervolg) for stand in standen if stand.vervolg],
        fotos=list(gevonden.fotos.all()),
        standen=standen,
    )


def vind_locatie(request: HttpRequest, slug: str) -> Opvanglocatie:
    return get_object_or_404(
        Opvanglocatie.objects.zichtbaar_voor(request.user).select_related(
            "gemeente", "wijk", "organisator"
        ),
        slug=slug,
    )


def toon(
    request: HttpRequest,
    gevonden: Opvanglocatie,
    *,
    teksten: list[tuple[Onderwerp, str]],
    fotos: list[Locatiefoto],
    standen: Sequence[Onderwerpstand] | None = None,
) -> HttpResponse:
    """Render the page; with `standen` it is the provider's preview."""
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    loket = Loket.objects.voor_gemeente(gevonden.gemeente_id).order_by("pk").first()
    # The frame shows whom to call: the loket of this place.
    request.loket = loket  # type: ignore[attr-defined]  # read by loket/context.py
    termijnen = Termijnen.lees()
    termijn = termijnen.van(gevonden.gemeente_id)
    aanbod = list(gevonden.plaatsaanbod.nog_niet_voorbij(vandaag))
    vergunning = gevonden.vergunningen.geldig_op(vandaag).first()
    sluitingsdagen = list(gevonden.sluitingsdagen.nog_niet_voorbij(vandaag))
    is_openbaar = gevonden.zichtbaar and standen is None
    voor_ons = _voor_ons(request, gevonden, termijnen=termijnen, nu=nu)
    context: dict[str, Any] = {
        "locatie": gevonden,
        "voor_ons": voor_ons,
        "loket": loket,
        "zicht": voor_ons.kaart.zicht
        if voor_ons
        else zicht_op(
            [rij for rij in aanbod if rij.soort == Aanbodsoort.REGULIER], nu=nu, termijn=termijn
        ),
        "periodes": [_periode(rij, nu=nu, vandaag=vandaag, termijn=termijn) for rij in aanbod],
        "vergunning": vergunning,
        "prijsplaatsen": _prijsplaatsen(vergunning),
        "ruimere_uren": [Ruimer(code).label for code in gevonden.ruimere_uren],
        "talen": [taal(code) for code in gevonden.talen],
        "teksten": teksten,
        "fotos": fotos,
        "sluitingsdagen": sluitingsdagen,
        "voorbeeld": standen is not None,
        "is_openbaar": is_openbaar,
        "nakijken": loket is not None and _is_van(loket, request.user),
        "gekozen": gevonden.pk in gekozen_locaties(request),
        "kinderopvangzoeker": KINDEROPVANGZOEKER,
        "zoeken_url": reverse("opvang:zoeken"),
    }
    if is_openbaar:
        context |= {
            "adres": absoluut(gevonden.get_absolute_url()),
            "beschrijving": beschrijving(gevonden),
            "kaartbeeld": absoluut(reverse("opvang:kaartbeeld", args=[gevonden.slug])),
            "kaartmaten": (BREED, HOOG),
            "schema_org": schema_org(
                gevonden, vergunning=vergunning, fotos=fotos, sluitingsdagen=sluitingsdagen
            ),
        }
    return render(request, "opvang/locatie.html", context)


def _is_van(loket: Loket, gebruiker: Any) -> bool:
    return gebruiker.is_authenticated and (loket.pk, Rol.LOKETMEDEWERKER) in gebruiker.rollen


def _voor_ons(
    request: HttpRequest, gevonden: Any, *, termijnen: Termijnen, nu: dt.datetime
) -> VoorOns | None:
    """Say if there is room for the days, start and age of the search that led here.

    What was filled in wrongly asks nothing, as on the page with results.
    """
    gevraagd = QueryDict(mutable=True)
    for naam in VAN_DE_ZOEKTOCHT:
        if naam in request.GET:
            gevraagd.setlist(naam, request.GET.getlist(naam))
    if not gevraagd:
        return None
    form = ZoekForm(gevraagd)
    form.is_valid()
    vraag = form.vraag()
    if vraag == Zoekvraag(gebied=vraag.gebied):
        return None
    gevonden.aanbod_nu = list(
        gevonden.plaatsaanbod.voor_start(
            vraag.start,
            peildatum=timezone.localdate(nu),
            soorten=vraag.soorten,
            leeftijd_maanden=vraag.leeftijd_maanden,
        )
    )
    (kaart,) = maak_kaarten([gevonden], vraag, termijnen=termijnen, nu=nu, met_afstand=False)
    return VoorOns(kaart, vraag)


def _periode(
    rij: Plaatsaanbod, *, nu: dt.datetime, vandaag: dt.date, termijn: tuple[int, int]
) -> Periode:
    vrij = rij.vrij
    iets = [aantal for aantal in vrij if aantal > 0]
    vers_dagen, verborgen_dagen = termijn
    return Periode(
        aanbod=rij,
        stand=stand_van(
            [rij],
            rooster_masker=None,
            nu=nu,
            vers_dagen=vers_dagen,
            verborgen_dagen=verborgen_dagen,
        ),
        minst=min(iets, default=0),
        meest=max(iets, default=0),
        masker=masker_van_vrij(vrij).masker,
        is_begonnen=rij.vanaf <= vandaag,
    )


def _prijsplaatsen(vergunning: Vergunning | None) -> Prijsplaatsen | None:
    """Count both kinds; nothing to say where there is one kind only, or no licence known."""
    if vergunning is None:
        return None
    aantallen = Prijsplaatsen(
        inkomenstarief=vergunning.plaatsen_t2 + vergunning.plaatsen_t3,
        vaste_prijs=vergunning.plaatsen_t0 + vergunning.plaatsen_t1,
    )
    return aantallen if aantallen.inkomenstarief and aantallen.vaste_prijs else None


@login_not_required
@require_safe
def foto(request: HttpRequest, slug: str, pk: int, maat: str = "groot") -> HttpResponse:
    """Give a photo; one that is not approved yet only exists for its provider and for staff.

    Served by us and not from a folder: who may see it depends on its state. The file of a photo
    never changes, so that a browser may keep it for an hour; a photo taken away is gone by then.
    """
    beeld = get_object_or_404(
        Locatiefoto.objects.zichtbaar_voor(request.user),
        pk=pk,
        locatie__slug=slug,
        locatie__in=Opvanglocatie.objects.zichtbaar_voor(request.user),
    )
    merk = f'"{beeld.pk}-{maat}"'
    openbaar = beeld.status == Fotostatus.GEPUBLICEERD and beeld.locatie.zichtbaar
    if openbaar and request.headers.get("If-None-Match") == merk:
        antwoord = HttpResponse(status=304)
    else:
        bestand = beeld.klein if maat == "klein" else beeld.bestand
        try:
            with bestand.open("rb") as inhoud:
                antwoord = HttpResponse(inhoud.read(), content_type="image/jpeg")
        except OSError as fout:
            raise Http404 from fout
    antwoord["ETag"] = merk
    antwoord["Cache-Control"] = "public, max-age=3600" if openbaar else "private, no-store"
    return antwoord


@login_not_required
@require_safe
def kaart_om_te_delen(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the picture that goes with a shared link; a hidden location has none."""
    gevonden = get_object_or_404(Opvanglocatie.objects.publiek(), slug=slug)
    request.loket = Loket.objects.voor_gemeente(gevonden.gemeente_id).order_by("pk").first()  # type: ignore[attr-defined]  # read by loket/context.py
    png, merk = kaartbeeld(
        gevonden, foto=gevonden.fotos.publiek().first(), afzender=Gezicht(request).naam
    )
    antwoord = (
        HttpResponse(status=304)
        if request.headers.get("If-None-Match") == f'"{merk}"'
        else HttpResponse(png, content_type="image/png")
    )
    antwoord["ETag"] = f'"{merk}"'
    antwoord["Cache-Control"] = "public, max-age=86400"
    return antwoord
