"""Who acts for an organisator: colleagues, invitations, and the page behind an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from loket.domain.aanmelden import begin_met_code
from loket.domain.fouten import Weigering
from loket.models import Gebruiker
from opvang.domain.uitnodigen import (
    aanvaard_uitnodiging,
    haal_collega_weg,
    nodig_collega_uit,
    trek_uitnodiging_in,
    vind_uitnodiging,
)
from opvang.forms.pagina import CollegaForm
from opvang.models import Collegauitnodiging, Organisator, OrganisatorLid
from opvang.permissions import Actie, eis
from opvang.querysets import organisator_ids

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _organisatoren(request: HttpRequest) -> list[Organisator]:
    """Those I act for, with their people of today and their open invitations; three queries."""
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    leden = (
        OrganisatorLid.objects.filter(Q(tot=None) | Q(tot__gt=vandaag), vanaf__lte=vandaag)
        .select_related("gebruiker")
        .order_by("gebruiker__naam", "gebruiker__email")
    )
    return list(
        Organisator.objects.filter(pk__in=organisator_ids(request.user)).prefetch_related(
            Prefetch("leden", queryset=leden, to_attr="collegas"),
            Prefetch(
                "collegauitnodigingen",
                queryset=Collegauitnodiging.objects.open(nu),
                to_attr="open_uitnodigingen",
            ),
        )
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def collegas(request: HttpRequest) -> HttpResponse:
    """List who works here too, and invite somebody."""
    eis(request.user, Actie.AANBOD_OPENEN)
    organisatoren = _organisatoren(request)
    gegevens = request.POST if request.method == "POST" else None
    form = CollegaForm(gegevens, organisatoren=organisatoren)
    if request.method == "POST" and form.is_valid():
        organisator = next(o for o in organisatoren if o.pk == form.cleaned_data["organisator"])
        try:
            uitnodiging = nodig_collega_uit(
                organisator,
                email=form.cleaned_data["email"],
                door=eis(request.user, Actie.COLLEGAS_BEHEREN, organisator),
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error("email", str(nee))
        else:
            messages.success(
                request,
                _("We stuurden een uitnodiging naar %(email)s.") % {"email": uitnodiging.email},
            )
            return redirect("aanbod:collegas")
    return render(
        request,
        "opvang/pagina/collegas.html",
        {"form": form, "organisatoren": organisatoren, "toon_naam": len(organisatoren) > 1},
        status=422 if form.errors else 200,
    )


@require_POST
def collega_weg(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a colleague go; or oneself."""
    eis(request.user, Actie.AANBOD_OPENEN)
    lid = get_object_or_404(
        OrganisatorLid.objects.filter(
            organisator_id__in=organisator_ids(request.user)
        ).select_related("organisator", "gebruiker"),
        pk=pk,
    )
    door = eis(request.user, Actie.COLLEGAS_BEHEREN, lid.organisator)
    try:
        haal_collega_weg(lid, door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
        return redirect("aanbod:collegas")
    messages.success(
        request,
        _("%(naam)s werkt niet meer mee voor %(organisator)s.")
        % {"naam": lid.gebruiker, "organisator": lid.organisator},
    )
    return redirect("na_aanmelden" if lid.gebruiker_id == door.pk else "aanbod:collegas")


@require_POST
def uitnodiging_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link of an invitation stop to work."""
    eis(request.user, Actie.AANBOD_OPENEN)
    uitnodiging = get_object_or_404(
        Collegauitnodiging.objects.van_aanbieder(request.user).select_related("organisator"), pk=pk
    )
    door = eis(request.user, Actie.COLLEGAS_BEHEREN, uitnodiging.organisator)
    try:
        trek_uitnodiging_in(uitnodiging, door=door, nu=timezone.now())
    except Weigering as nee:
        messages.error(request, str(nee))
    else:
        messages.success(
            request,
            _("De uitnodiging voor %(email)s werkt niet meer.") % {"email": uitnodiging.email},
        )
    return redirect("aanbod:collegas")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """One button: sign in at the invited address, then join. Opening changes nothing."""
    nu = timezone.now()
    gevonden = vind_uitnodiging(token, nu=nu)
    if gevonden is None:
        return render(request, "opvang/pagina/uitnodiging_ongeldig.html", status=404)
    gebruiker = request.user if isinstance(request.user, Gebruiker) else None
    fout = ""
    if request.method == "POST":
        try:
            if gebruiker is None:
                return redirect(
                    begin_met_code(request, email=gevonden.email, volgende=request.path, nu=nu)
                )
            aanvaard_uitnodiging(gevonden, door=gebruiker, nu=nu)
        except Weigering as nee:
            fout = str(nee)
        else:
            messages.success(
                request,
                _("Welkom. Je werkt nu mee voor %(naam)s.") % {"naam": gevonden.organisator},
            )
            return redirect("aanbod:overzicht")
    return render(
        request,
        "opvang/pagina/uitnodiging.html",
        {
            "uitnodiging": gevonden,
            "fout": fout,
            "ander": gebruiker is not None and gebruiker.email.lower() != gevonden.email.lower(),
        },
        status=422 if fout else 200,
    )
