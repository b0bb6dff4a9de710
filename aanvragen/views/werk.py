"""What people do with a task of the work list, and what they note in a dossier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.notities import noteer, wis
from aanvragen.domain.toestemming import collegas_van
from aanvragen.domain.werk import geef_aan, haal_terug, rond_af, stel_uit
from aanvragen.domain.werklijst import Taak
from aanvragen.forms.werk import KlaarForm, LaterForm, NotitieForm, WieForm
from aanvragen.models import Notitie, Opvangvraag
from aanvragen.permissions import Actie, eis, is_loketmedewerker
from aanvragen.views.balie import medewerker, toon_dossier, vraag_van
from aanvragen.werklijst import Taakregel, in_woorden, taken_voor
from aanvragen.workflow import Notitiesoort, Taakuitkomst
from loket.models import Gebruiker

ONVERWERKBAAR = 422


def _taak(gebruiker: Gebruiker, vraag: Opvangvraag, soort: str, ding: int) -> Taak | None:
    """Find the task as it stands now; None when the rule no longer asks for it."""
    sleutel = (vraag.pk, soort, ding)
    alle = taken_voor(gebruiker, nu=timezone.now(), vraag=vraag)
    return next((taak for taak in alle if taak.sleutel == sleutel), None)


def _weg(request: HttpRequest, vraag: Opvangvraag) -> HttpResponseRedirect:
    messages.info(request, _("Deze taak is er niet meer: ze is gedaan of niet meer nodig."))
    return redirect("balie:dossier", vraag.referentie)


def _terug(request: HttpRequest, vraag: Opvangvraag) -> HttpResponseRedirect:
    """Go on where somebody was: the work list with its filters, or the dossier."""
    if naar := _lijst_of_niets(request.POST.get("terug", "")):
        return HttpResponseRedirect(naar)
    return redirect("balie:dossier", vraag.referentie)


def _lijst_of_niets(adres: str) -> str:
    """The address when it is that of the work list; what else a page names is not followed."""
    lijst = reverse("balie:werklijst")
    return adres if adres == lijst or adres.startswith(f"{lijst}?") else ""


@never_cache
@require_safe
def taak(request: HttpRequest, referentie: str, soort: str, ding: int) -> HttpResponse:
    """Show one task with what can be done with it: give it, let it wait, call it done."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    gevonden = _taak(gebruiker, vraag, soort, ding)
    if gevonden is None:
        return _weg(request, vraag)
    return _toon(request, gebruiker, vraag, gevonden)


def _toon(
    request: HttpRequest,
    gebruiker: Gebruiker,
    vraag: Opvangvraag,
    taak: Taak,
    *,
    status: int = 200,
    **formulieren: Any,
) -> HttpResponse:
    vandaag = timezone.localdate()
    regels: list[Taakregel] = in_woorden([taak], peildatum=vandaag)
    if not regels:
        return _weg(request, vraag)
    terug = request.POST.get("terug", "") or request.GET.get("terug", "")
    forms = {
        "wieform": _wieform(None, gebruiker, vraag, taak),
        "laterform": LaterForm(vandaag=vandaag),
        "klaarform": KlaarForm(met_notitie=is_loketmedewerker(gebruiker, vraag)),
    }
    return render(
        request,
        "balie/taak.html",
        {
            "vraag": vraag,
            "regel": regels[0],
            "rust": taak.rust(vandaag),
            "terug": _lijst_of_niets(terug),
            **forms,
            **formulieren,
        },
        status=status,
    )


def _wieform(data: Any, gebruiker: Gebruiker, vraag: Opvangvraag, taak: Taak) -> WieForm:
    vandaag = timezone.localdate()
    return WieForm(
        data,
        ik=gebruiker,
        collegas=list(collegas_van(vraag, peildatum=vandaag)),
        initial={"wie": str(taak.wie) if taak.wie else str(gebruiker.pk), "gezien": taak.wie},
    )


def _doe(
    request: HttpRequest,
    referentie: str,
    soort: str,
    ding: int,
    *,
    formulier: Callable[[Gebruiker, Opvangvraag, Taak], tuple[str, Any]],
    doe: Callable[[Gebruiker, Taak, Any], str],
) -> HttpResponse:
    """Find the task, read the form, do it; with an error the page comes back as it was typed."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.DOSSIER, vraag)
    gevonden = _taak(gebruiker, vraag, soort, ding)
    if gevonden is None:
        return _weg(request, vraag)
    naam, form = formulier(gebruiker, vraag, gevonden)
    if form.is_valid():
        try:
            messages.success(request, doe(gebruiker, gevonden, form))
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            return _terug(request, vraag)
    return _toon(request, gebruiker, vraag, gevonden, status=ONVERWERKBAAR, **{naam: form})


@require_POST
def wie(request: HttpRequest, referentie: str, soort: str, ding: int) -> HttpResponse:
    """Give a task to a colleague, to oneself or to nobody."""

    def doe(gebruiker: Gebruiker, gevonden: Taak, form: WieForm) -> str:
        naar = form.gekozen
        geef_aan(
            gevonden, naar, gezien=form.cleaned_data["gezien"], door=gebruiker, nu=timezone.now()
        )
        if naar is None:
            return _("Deze taak is nu van niemand.")
        if naar == gebruiker:
            return _("Deze taak is nu van jou.")
        return _("Deze taak is nu van %(wie)s.") % {"wie": naar}

    return _doe(
        request,
        referentie,
        soort,
        ding,
        formulier=lambda gebruiker, vraag, gevonden: (
            "wieform",
            _wieform(request.POST, gebruiker, vraag, gevonden),
        ),
        doe=doe,
    )


@require_POST
def later(request: HttpRequest, referentie: str, soort: str, ding: int) -> HttpResponse:
    """Let a task wait until a day, with the reason."""

    def doe(gebruiker: Gebruiker, gevonden: Taak, form: LaterForm) -> str:
        stel_uit(gevonden, form.tot, reden=form.rustreden, door=gebruiker, nu=timezone.now())
        return _("Deze taak komt terug op %(dag)s.") % {"dag": date_format(form.tot, "l j F")}

    return _doe(
        request,
        referentie,
        soort,
        ding,
        formulier=lambda _gebruiker, _vraag, _gevonden: (
            "laterform",
            LaterForm(request.POST, vandaag=timezone.localdate()),
        ),
        doe=doe,
    )


@require_POST
def klaar(request: HttpRequest, referentie: str, soort: str, ding: int) -> HttpResponse:
    """Call a task done, with what came of it."""

    def doe(gebruiker: Gebruiker, gevonden: Taak, form: KlaarForm) -> str:
        terug = rond_af(
            gevonden,
            uitkomst=Taakuitkomst(form.cleaned_data["uitkomst"]),
            notitie=form.cleaned_data.get("notitie", ""),
            door=gebruiker,
            nu=timezone.now(),
        )
        if terug is None:
            return _("Genoteerd. Deze taak is klaar.")
        return _("Genoteerd. Is er dan nog iets te doen, dan komt de taak terug op %(dag)s.") % {
            "dag": date_format(terug, "l j F")
        }

    return _doe(
        request,
        referentie,
        soort,
        ding,
        formulier=lambda gebruiker, vraag, _gevonden: (
            "klaarform",
            KlaarForm(request.POST, met_notitie=is_loketmedewerker(gebruiker, vraag)),
        ),
        doe=doe,
    )


@require_POST
def nu_wel(request: HttpRequest, referentie: str, soort: str, ding: int) -> HttpResponse:
    """End the wait of a task."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.DOSSIER, vraag)
    gevonden = _taak(gebruiker, vraag, soort, ding)
    if gevonden is None:
        return _weg(request, vraag)
    haal_terug(gevonden, door=gebruiker, nu=timezone.now())
    messages.success(request, _("Deze taak wacht niet meer."))
    return _terug(request, vraag)


@require_POST
def notitie(request: HttpRequest, referentie: str) -> HttpResponse:
    """Keep a note, a call or a task in a dossier."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.NOTITIE_SCHRIJVEN, vraag)
    form = NotitieForm(request.POST)
    if form.is_valid():
        try:
            noteer(
                vraag,
                Notitiesoort(form.cleaned_data["soort"]),
                form.cleaned_data["tekst"],
                wanneer=form.cleaned_data["wanneer"],
                door=gebruiker,
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error("wanneer", str(nee))
        else:
            messages.success(request, _("Genoteerd in dit dossier."))
            return redirect("balie:dossier", vraag.referentie)
    return toon_dossier(request, gebruiker, vraag, status=ONVERWERKBAAR, werk_notitieform=form)


@require_POST
def notitie_wissen(request: HttpRequest, referentie: str, pk: int) -> HttpResponse:
    """Delete a note for good."""
    gebruiker = medewerker(request)
    vraag = vraag_van(gebruiker, referentie)
    eis(gebruiker, Actie.NOTITIE_SCHRIJVEN, vraag)
    weg = get_object_or_404(Notitie.objects.voor_balie(gebruiker), pk=pk, opvangvraag=vraag)
    wis(weg, door=gebruiker, nu=timezone.now())
    messages.success(request, _("De notitie is gewist."))
    return redirect("balie:dossier", vraag.referentie)
