"""On paper: forms to fill in, what a family asked, and the letters that wait to be posted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aanvragen.domain.papier import STROKEN, handel_af
from aanvragen.domain.rust import zwijgt_over
from aanvragen.models import Opvangvraag, Papierpost
from aanvragen.models.post import Poststand
from aanvragen.permissions import Actie, eis
from aanvragen.views.balie import loketmedewerker, medewerker, vraag_van
from aanvragen.workflow import WACHT_OP_ANTWOORD, Hulpomvang, Kenmerkcode, Vraagstatus
from loket import week
from loket.domain.logboek import leg_inzage_vast
from loket.forms import lees_ids
from loket.models import Loket, Rol
from loket.pdf import maak_pdf

PER_BLADZIJDE = 25
#: So many letters in one file: about a second per ten pages.
MEESTE_BRIEVEN = 50


@never_cache
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """List the letters that wait, oldest first, and what was posted lately."""
    gebruiker = loketmedewerker(request)
    mijn = Papierpost.objects.voor_balie(gebruiker).select_related("vraag__kind", "gezin__gemeente")
    pagina = Paginator(
        mijn.mag_weg().prefetch_related("ouders").order_by("aangemaakt_op", "pk"), PER_BLADZIJDE
    ).get_page(request.GET.get("pagina"))
    gedaan = (
        mijn.exclude(stand=Poststand.KLAAR)
        .select_related("vraag__kind", "afgehandeld_door")
        .order_by("-afgehandeld_op", "-pk")[:10]
    )
    return render(
        request,
        "balie/post/lijst.html",
        {"pagina": pagina, "gedaan": gedaan, "nu": timezone.now()},
    )


@never_cache
@require_safe
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one letter as the family will read it, with the text message beside it."""
    gebruiker = loketmedewerker(request)
    een = get_object_or_404(
        Papierpost.objects.voor_balie(gebruiker).mag_weg().select_related("vraag__loket", "gezin"),
        pk=pk,
    )
    return render(request, "balie/post/brief.html", {"brief": een, "vraag": een.vraag})


@never_cache
@require_safe
def brieven(request: HttpRequest) -> HttpResponse:
    """Give the chosen letters, or all that wait, as one PDF; nothing is noted as posted by that."""
    gebruiker = loketmedewerker(request)
    klaar = Papierpost.objects.voor_balie(gebruiker).mag_weg()
    if gekozen := request.GET.getlist("brief"):
        klaar = klaar.filter(pk__in=lees_ids(gekozen))
    rijen = list(
        klaar.select_related("vraag__loket", "gezin__gemeente")
        .prefetch_related("ouders")
        .order_by("vraag__loket", "aangemaakt_op", "pk")[:MEESTE_BRIEVEN]
    )
    if not rijen:
        raise Http404
    loket = rijen[0].vraag.loket
    return _pdf(
        "papier/brieven.html",
        {
            "loket": loket,
            # One sender per file: another loket of the same person is a next file.
            "brieven": [_als_brief(rij) for rij in rijen if rij.vraag.loket_id == loket.pk],
            "vasthouden": loket.vasthouden_mag,
        },
        titel=_("Brieven van %(loket)s") % {"loket": loket.naam},
        naam="brieven",
    )


@require_POST
def afhandelen(request: HttpRequest) -> HttpResponse:
    """Note that the chosen letters were posted, or that nobody needs them any more."""
    gebruiker = loketmedewerker(request)
    stand = {"verstuurd": Poststand.VERSTUURD, "niet_nodig": Poststand.NIET_NODIG}.get(
        request.POST.get("wat", "")
    )
    rijen = list(
        Papierpost.objects.voor_balie(gebruiker)
        .mag_weg()
        .filter(pk__in=lees_ids(request.POST.getlist("brief")))
        .select_related("vraag__loket")
    )
    if stand is None or not rijen:
        messages.error(request, _("Vink aan over welke brieven het gaat."))
        return redirect("balie:post")
    aantal = handel_af(rijen, stand=stand, door=gebruiker, nu=timezone.now())
    messages.success(
        request,
        ngettext("%(aantal)s brief afgehandeld.", "%(aantal)s brieven afgehandeld.", aantal)
        % {"aantal": aantal},
    )
    return redirect("balie:post")


@never_cache
@require_safe
def aanvraagformulier(request: HttpRequest) -> HttpResponse:
    """Give the form to fill in with a pen, of the loket that this person works for."""
    gebruiker = medewerker(request)
    loket = Loket.objects.filter(
        pk__in=gebruiker.lokets_als(Rol.LOKETMEDEWERKER, Rol.TOELEIDER)
    ).order_by("naam")[0]
    return _pdf(
        "papier/aanvraagformulier.html",
        {
            "loket": loket,
            "begin_url": settings.SITE_URL + reverse("aanvragen:begin"),
            **_dagen(None),
            "kenmerken": [str(code.label) for code in Kenmerkcode],
        },
        titel=_("Ik vraag kinderopvang"),
        naam="aanvraagformulier",
    )


@never_cache
@require_safe
def vraag_op_papier(request: HttpRequest, referentie: str) -> HttpResponse:
    """Print what a family asked, for staff and a toeleider; records who looked, as the dossier."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.DOSSIER, vraag)
    leg_inzage_vast(vraag, door=gebruiker, nu=timezone.now())
    return _vraag_pdf(vraag)


@never_cache
@require_safe
def mijn_vraag_op_papier(request: HttpRequest, referentie: str) -> HttpResponse:
    """Print what you asked."""
    vraag = get_object_or_404(
        Opvangvraag.objects.van_ouder(request.user).select_related("loket", "kind__gezin"),
        referentie=referentie,
    )
    return _vraag_pdf(vraag)


@never_cache
@require_safe
def toestemming_op_papier(request: HttpRequest, referentie: str) -> HttpResponse:
    """Give the form on which a family lets somebody help, to sign with a pen."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.DOSSIER, vraag)
    if zwijgt_over(vraag):
        raise Http404
    return _pdf(
        "papier/toestemming.html",
        {
            "loket": vraag.loket,
            "vraag": vraag,
            "omvangen": Hulpomvang.choices,
            "url": _adres(vraag),
        },
        titel=_("Iemand helpt mij met mijn vraag"),
        naam=f"toestemming-{vraag.referentie}",
    )


def _vraag_pdf(vraag: Opvangvraag) -> HttpResponse:
    if zwijgt_over(vraag):
        raise Http404
    aanmeldingen = list(vraag.aanmeldingen.select_related("locatie").order_by("rang"))
    wachtend = [a.antwoord_voor for a in aanmeldingen if a.status in WACHT_OP_ANTWOORD]
    return _pdf(
        "papier/vraag.html",
        {
            "loket": vraag.loket,
            "vraag": vraag,
            "aanmeldingen": aanmeldingen,
            "antwoord_voor": max(wachtend, default=None),
            "nagekeken": vraag.status == Vraagstatus.INGEDIEND,
            **_dagen(vraag.rooster),
            "vandaag": timezone.localdate(),
            "url": _adres(vraag),
        },
        titel=_("Vraag %(referentie)s") % {"referentie": vraag.referentie},
        naam=f"vraag-{vraag.referentie}",
    )


def _dagen(rooster: int | None) -> dict[str, Any]:
    """The boxes of a week: True or False, or None to fill in with a pen."""
    return {
        "dagen": [kort for kort, _dag in week.DAGEN],
        "rooster": [
            (
                naam,
                [
                    None if rooster is None else bool(rooster & week.CODES[f"{dag}-{deel}"])
                    for dag, _naam in week.DAGEN
                ],
            )
            for deel, naam in week.DAGDELEN
        ],
    }


def _als_brief(post: Papierpost) -> dict[str, Any]:
    return {"post": post, "strook": STROKEN.get(post.sjabloon, ""), "url": _adres(post.vraag)}


def _adres(vraag: Opvangvraag) -> str:
    return settings.SITE_URL + reverse("mijn:vraag", args=[vraag.referentie])


def _pdf(sjabloon: str, context: dict[str, Any], *, titel: str, naam: str) -> HttpResponse:
    antwoord = HttpResponse(
        maak_pdf(sjabloon, context, titel=titel), content_type="application/pdf"
    )
    antwoord["Content-Disposition"] = f'inline; filename="{naam}.pdf"'
    return antwoord
