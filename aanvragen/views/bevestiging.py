"""What the family keeps of its question: on paper, and in its calendar."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanvragen.domain.antwoorddag import antwoorddag, maak_kalenderdag
from aanvragen.models import Opvangvraag
from aanvragen.workflow import Vervalreden
from loket.pdf import maak_pdf


@never_cache
@require_safe
def pdf(request: HttpRequest, referentie: str) -> HttpResponse:
    """Give the confirmation as a PDF: the number, what was asked, and what happens when."""
    vraag = _vraag(request, referentie)
    aanmeldingen = list(vraag.aanmeldingen.all())
    inhoud = maak_pdf(
        "aanvragen/bevestiging_pdf.html",
        {
            "vraag": vraag,
            "loket": vraag.loket,
            "aanmeldingen": aanmeldingen,
            "antwoorddag": antwoorddag(vraag, aanmeldingen),
            "vandaag": timezone.localdate(),
            "url": _adres(vraag),
        },
        titel=_("Bevestiging van je opvangvraag %(nummer)s") % {"nummer": vraag.referentie},
    )
    return _bestand(inhoud, "application/pdf", f"opvangvraag-{vraag.referentie}.pdf")


@never_cache
@require_safe
def kalender(request: HttpRequest, referentie: str) -> HttpResponse:
    """Give the day before which the answers are due, for the calendar of the family."""
    vraag = _vraag(request, referentie)
    dag = antwoorddag(vraag, list(vraag.aanmeldingen.all()))
    if dag is None:
        raise Http404
    inhoud = maak_kalenderdag(
        vraag,
        dag,
        titel=_("Antwoord op mijn vraag %(nummer)s") % {"nummer": vraag.referentie},
        uitleg=_(
            "Ten laatste vandaag antwoordt elke opvang. Hoor je niets? Het loket vraagt het na."
        ),
        url=_adres(vraag),
        nu=timezone.now(),
    )
    return _bestand(inhoud, "text/calendar; charset=utf-8", "antwoord.ics")


def _vraag(request: HttpRequest, referentie: str) -> Opvangvraag:
    return get_object_or_404(
        Opvangvraag.objects.van_ouder(request.user)
        .exclude(vervalreden=Vervalreden.DROEVIG)
        .select_related("kind", "loket")
        .prefetch_related("aanmeldingen__locatie", "aanmeldingen__voorstellen"),
        referentie=referentie,
    )


def _adres(vraag: Opvangvraag) -> str:
    return settings.SITE_URL + reverse("mijn:vraag", args=[vraag.referentie])


def _bestand(inhoud: bytes, soort: str, naam: str) -> HttpResponse:
    kop = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return HttpResponse(inhoud, content_type=soort, headers=kop)
