"""The pages of the conversation: for a parent, a provider, and the counter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanvragen.beeld.gesprek import regels, van_vraag
from aanvragen.domain import gesprek as domein
from aanvragen.domain.fouten import Weigering
from aanvragen.domain.gespreklink import lees_token
from aanvragen.domain.passen import contact_zichtbaar
from aanvragen.forms.gesprek import BerichtForm
from aanvragen.models import Aanmelding, Gesprek, Opvangvraag, Vrijmelding
from aanvragen.permissions import Actie, eis, is_loketmedewerker, mag
from aanvragen.views.balie import medewerker, vraag_van
from aanvragen.workflow import Partij, Vervalreden
from loket.domain.logboek import leg_inzage_vast
from loket.models import Gebruiker
from opvang.querysets import organisator_ids

PER_BLADZIJDE = 20
METHODEN = ["GET", "HEAD", "POST"]
NAMENS_LINK = "link in mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kant:
    """From which side somebody reads and writes, on which page."""

    partij: Partij
    door: Gebruiker | None
    sjabloon: str
    hint: str
    mag_schrijven: bool
    namens: str = ""
    #: A mail scanner that opens a link has read nothing.
    leest: bool = True


def _gesprek(
    request: HttpRequest, vraag: Opvangvraag, aanmelding: Aanmelding | None, kant: Kant
) -> HttpResponse:
    """Show one thread, and take a message."""
    if request.method == "POST" and not kant.mag_schrijven:
        messages.error(request, str(domein.GesprekGesloten()))
        return redirect(request.path)
    form = BerichtForm(request.POST if request.method == "POST" else None, hint=kant.hint)
    if request.method == "POST" and form.is_valid():
        try:
            domein.schrijf(
                vraag,
                aanmelding,
                partij=kant.partij,
                tekst=form.cleaned_data["tekst"],
                door=kant.door,
                nu=timezone.now(),
                namens=kant.namens,
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Je bericht is verstuurd."))
            return redirect(request.path)
    gesprek = van_vraag(vraag, aanmelding)
    lijst = regels(gesprek, voor=kant.partij, lezer=kant.door)
    if gesprek and kant.leest and request.method == "GET":
        domein.markeer_gelezen(gesprek, partij=kant.partij, door=kant.door, tot=gesprek.laatste_op)
    return render(
        request,
        kant.sjabloon,
        {
            "vraag": vraag,
            "aanmelding": aanmelding,
            "gesprek": gesprek,
            "regels": lijst,
            "form": form if kant.mag_schrijven else None,
            "mag_schrijven": kant.mag_schrijven,
        },
        status=422 if form.errors else 200,
    )


# The parent


@never_cache
@require_http_methods(METHODEN)
def mijn(request: HttpRequest, referentie: str, uuid: UUID | None = None) -> HttpResponse:
    """Talk with the loket, or with the provider of one request."""
    gebruiker = _persoon(request)
    vraag = (
        Opvangvraag.objects.van_ouder(gebruiker)
        .select_related("loket", "kind__gezin")
        .filter(referentie=_schoon(referentie))
        .exclude(vervalreden=Vervalreden.DROEVIG)
        .first()
    )
    if vraag is None:
        raise Http404
    vars(request)["loket"] = vraag.loket
    aanmelding = _bij(vraag, uuid)
    hint = (
        _("Alleen het loket leest dit bericht.")
        if aanmelding is None
        else _("De opvang leest dit bericht. Het loket kan meelezen om je te helpen.")
    )
    kant = Kant(
        partij=Partij.GEZIN,
        door=gebruiker,
        sjabloon="gesprek/mijn.html",
        hint=hint,
        mag_schrijven=mag(gebruiker, Actie.GESPREK_SCHRIJVEN, vraag)
        and domein.is_open(vraag, aanmelding),
    )
    if aanmelding and not kant.mag_schrijven and van_vraag(vraag, aanmelding) is None:
        raise Http404
    return _gesprek(request, vraag, aanmelding, kant)


# The counter


@never_cache
@require_http_methods(METHODEN)
def balie(request: HttpRequest, referentie: str, uuid: UUID | None = None) -> HttpResponse:
    """Staff answer a family; what it wrote with a provider they only read."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    aanmelding = _bij(vraag, uuid)
    leg_inzage_vast(vraag, door=gebruiker, nu=timezone.now(), reden="berichten")
    staf = is_loketmedewerker(gebruiker, vraag)
    return _gesprek(
        request,
        vraag,
        aanmelding,
        Kant(
            partij=Partij.LOKET if staf else Partij.TOELEIDER,
            door=gebruiker,
            sjabloon="gesprek/balie.html",
            hint=_("Het gezin leest dit, met je voornaam erbij. Ook een toeleider kan het lezen.")
            if staf
            else _("Je schrijft namens het gezin. Het gezin en het loket lezen dit."),
            mag_schrijven=aanmelding is None
            and domein.is_open(vraag, None)
            and mag(gebruiker, Actie.GESPREK_SCHRIJVEN, vraag),
            leest=aanmelding is None,
        ),
    )


@require_POST
def klaar(request: HttpRequest, referentie: str) -> HttpResponse:
    """Say that what the family wrote needs no answer."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.GESPREK_AFHANDELEN, vraag)
    gesprek = van_vraag(vraag, None)
    tot = _moment(request.POST.get("tot", ""))
    if gesprek is not None and tot is not None:
        domein.handel_af(
            gesprek, tot=min(tot, gesprek.laatste_op), door=gebruiker, nu=timezone.now()
        )
        messages.success(request, _("Genoteerd: dit bericht heeft geen antwoord nodig."))
    return redirect("balie:dossier", vraag.referentie)


@require_POST
def vrij_gebeld(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Note that the provider heard on the phone that its place is free again."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.VRIJ_MELDEN, vraag)
    melding = get_object_or_404(
        Vrijmelding.objects.select_related("aanmelding__locatie", "aanmelding__opvangvraag__loket"),
        pk=pk,
        aanmelding__opvangvraag=vraag,
    )
    if domein.meld_vrijgekomen(melding, door=gebruiker, nu=timezone.now()):
        messages.success(
            request,
            _("Genoteerd: %(opvang)s weet dat de plaats vrij is.")
            % {"opvang": melding.aanmelding.locatie.naam},
        )
    else:
        messages.info(request, _("Een collega belde deze opvang al."))
    return redirect("balie:dossier", vraag.referentie)


# The provider


@never_cache
@require_safe
def gesprekken(request: HttpRequest) -> HttpResponse:
    """List the conversations of this person's locations, what is new first."""
    gebruiker = _aanbieder(request)
    draden = (
        Gesprek.objects.open()
        .filter(aanmelding__locatie__organisator_id__in=organisator_ids(gebruiker))
        .nieuws_eerst(Partij.OPVANG)
        .select_related("aanmelding__locatie", "opvangvraag__kind")
    )
    pagina = Paginator(draden, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "gesprek/lijst.html", {"pagina": pagina})


@never_cache
@require_http_methods(METHODEN)
def aanbod(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A provider, signed in, talks with one family."""
    gebruiker = _aanbieder(request)
    aanmelding = get_object_or_404(
        Aanmelding.objects.van_aanbieder(gebruiker).select_related(
            "locatie__organisator", "opvangvraag__loket", "opvangvraag__kind__gezin"
        ),
        uuid=uuid,
    )
    eis(gebruiker, Actie.AANMELDING_BEKIJKEN, aanmelding)
    if contact_zichtbaar(aanmelding):
        leg_inzage_vast(
            aanmelding.opvangvraag, door=gebruiker, nu=timezone.now(), reden="berichten"
        )
    return _bij_opvang(request, aanmelding, door=gebruiker)


@login_not_required
@never_cache
@require_http_methods(METHODEN)
def aanbod_link(request: HttpRequest, token: str) -> HttpResponse:
    """A provider talks with one family through the link in a mail, without signing in."""
    aanmelding = lees_token(token)
    if aanmelding is None:
        return render(request, "gesprek/dood.html", status=404)
    vars(request)["loket"] = aanmelding.opvangvraag.loket
    antwoord = _bij_opvang(request, aanmelding, door=None)
    antwoord["Referrer-Policy"] = "no-referrer"
    antwoord["X-Robots-Tag"] = "noindex"
    return antwoord


def _bij_opvang(
    request: HttpRequest, aanmelding: Aanmelding, *, door: Gebruiker | None
) -> HttpResponse:
    """Nothing of a request that ended is shown, whatever the reason was."""
    if not domein.opvang_mag_lezen(aanmelding):
        return render(request, "gesprek/gesloten.html", {"aanmelding": aanmelding, "door": door})
    return _gesprek(
        request,
        aanmelding.opvangvraag,
        aanmelding,
        Kant(
            partij=Partij.OPVANG,
            door=door,
            sjabloon="gesprek/aanbod.html",
            hint=_("Alleen het gezin leest dit bericht. Het loket kan meelezen om te helpen."),
            mag_schrijven=domein.opvang_mag_schrijven(aanmelding),
            namens="" if door else NAMENS_LINK,
            leest=door is not None,
        ),
    )


def _persoon(request: HttpRequest) -> Gebruiker:
    assert isinstance(request.user, Gebruiker)
    return request.user


def _aanbieder(request: HttpRequest) -> Gebruiker:
    gebruiker = _persoon(request)
    if not organisator_ids(gebruiker):
        raise PermissionDenied
    return gebruiker


def _schoon(referentie: str) -> str:
    if "\x00" in referentie:
        raise Http404
    return referentie.upper()[:9]


def _bij(vraag: Opvangvraag, uuid: UUID | None) -> Aanmelding | None:
    if uuid is None:
        return None
    aanmelding = get_object_or_404(
        vraag.aanmeldingen.select_related("locatie__organisator"), uuid=uuid
    )
    aanmelding.opvangvraag = vraag
    return aanmelding


def _moment(tekst: str) -> dt.datetime | None:
    try:
        return parse_datetime(tekst)
    except ValueError:
        return None
