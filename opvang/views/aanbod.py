"""What a provider does with its vacancies: look, confirm with one tap, change, announce."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket import week
from loket.domain.fouten import IntussenGewijzigd, Weigering
from opvang.domain.stand import Termijnen, Zicht, zicht_op
from opvang.domain.vrije_plaatsen import (
    bevestig_ongewijzigd,
    haal_periode_weg,
    meld_vrij,
    pas_vrij_aan,
    wijzig_periode,
)
from opvang.forms import NieuwePeriodeForm, PeriodeForm, VrijForm, begin_van
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.permissions import Actie, eis
from opvang.weekrooster import masker_van_vrij
from opvang.workflow import Aanbodsoort

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

PER_BLADZIJDE = 20
_GEZIEN = re.compile(r"(\d{1,18}):(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Verschil:
    """One dagdeel that somebody else changed meanwhile: what the page showed, what stands now."""

    wanneer: str
    was: int
    nu: int
    jij: int

    @property
    def botst(self) -> bool:
        """Whether both changed it, to something else."""
        return self.jij not in {self.was, self.nu}


@dataclass(frozen=True, slots=True)
class Botsing:
    """What a stale page is told."""

    verschillen: list[Verschil]
    door: str
    op: dt.datetime
    door_gezin: bool


@dataclass(frozen=True, slots=True)
class Blok:
    """One period on the page, with its own form."""

    aanbod: Plaatsaanbod
    form: VrijForm
    botsing: Botsing | None = None


@dataclass(frozen=True, slots=True)
class Toestand:
    """One location: its periods, and what parents see now."""

    locatie: Opvanglocatie
    periodes: list[Plaatsaanbod]
    zicht: Zicht

    @property
    def gezien(self) -> str:
        """The versions on this page, so that a confirmation says what was confirmed."""
        return ",".join(f"{rij.pk}:{rij.versie}" for rij in self.periodes)

    @property
    def regels(self) -> list[tuple[Plaatsaanbod, int]]:
        """Each period with the mask of what is free in it."""
        return [(rij, masker_van_vrij(rij.vrij).masker) for rij in self.periodes]

    @property
    def oudste(self) -> dt.datetime | None:
        return min((rij.laatst_bevestigd for rij in self.periodes), default=None)


def _locaties(request: HttpRequest) -> list[Toestand]:
    """The provider's locations with their periods that have not ended, in three queries."""
    nu = timezone.now()
    aanbod = Plaatsaanbod.objects.nog_niet_voorbij(timezone.localdate(nu))
    termijnen = Termijnen.lees()
    return [
        _toestand(locatie, list(locatie.plaatsaanbod.all()), termijnen=termijnen, nu=nu)
        for locatie in Opvanglocatie.objects.van_aanbieder(request.user)
        .order_by("naam", "pk")
        .prefetch_related(Prefetch("plaatsaanbod", queryset=aanbod))
    ]


def _toestand(
    locatie: Opvanglocatie, periodes: list[Plaatsaanbod], *, termijnen: Termijnen, nu: dt.datetime
) -> Toestand:
    regulier = [rij for rij in periodes if rij.soort == Aanbodsoort.REGULIER]
    zicht = zicht_op(regulier, nu=nu, termijn=termijnen.van(locatie.gemeente_id))
    return Toestand(locatie, periodes, zicht)


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """All my locations; with one, at once what can be done there."""
    eis(request.user, Actie.AANBOD_OPENEN)
    toestanden = _locaties(request)
    if len(toestanden) == 1:
        return _toon_locatie(request, toestanden[0])
    pagina = Paginator(toestanden, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "opvang/aanbod/overzicht.html", {"pagina": pagina})


def _mijn_locatie(request: HttpRequest, slug: str) -> Opvanglocatie:
    """A location that I act for; somebody else's does not exist for me."""
    eis(request.user, Actie.AANBOD_OPENEN)
    locatie = get_object_or_404(Opvanglocatie.objects.van_aanbieder(request.user), slug=slug)
    eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, locatie)
    return locatie


def _mijn_periode(request: HttpRequest, pk: int) -> Plaatsaanbod:
    eis(request.user, Actie.AANBOD_OPENEN)
    aanbod = get_object_or_404(
        Plaatsaanbod.objects.van_aanbieder(request.user).select_related(
            "locatie", "bevestigd_door"
        ),
        pk=pk,
    )
    eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, aanbod)
    return aanbod


@require_safe
def locatie(request: HttpRequest, slug: str) -> HttpResponse:
    """One location with its periods x days."""
    return _toon_locatie(request, _lees_toestand(_mijn_locatie(request, slug)))


def _lees_toestand(locatie: Opvanglocatie) -> Toestand:
    nu = timezone.now()
    periodes = list(
        locatie.plaatsaanbod.nog_niet_voorbij(timezone.localdate(nu)).select_related("locatie")
    )
    return _toestand(locatie, periodes, termijnen=Termijnen.lees(), nu=nu)


def _toon_locatie(
    request: HttpRequest,
    toestand: Toestand,
    *,
    blok: Blok | None = None,
    fout: str = "",
    status: int = 200,
) -> HttpResponse:
    blokken = [
        blok if blok and blok.aanbod.pk == rij.pk else Blok(rij, VrijForm.van(rij))
        for rij in toestand.periodes
    ]
    return render(
        request,
        "opvang/aanbod/locatie.html",
        {
            "toestand": toestand,
            "locatie": toestand.locatie,
            "blokken": blokken,
            "fout": fout,
            "fout_form": blok.form if blok else None,
            "botsing": blok.botsing if blok else None,
        },
        status=status,
    )


@require_POST
def bewaar(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the numbers of one period: as typed, or one more or less where a button was pressed."""
    aanbod = _mijn_periode(request, pk)
    form = VrijForm(request.POST, auto_id=f"p{pk}_%s")
    if not form.is_valid():
        return _toon_locatie(
            request, _lees_toestand(aanbod.locatie), blok=Blok(aanbod, form), status=422
        )
    try:
        pas_vrij_aan(
            aanbod,
            vrij=form.met_stap(),
            verwachte_versie=form.cleaned_data["versie"],
            gezien_vrij=form.gezien,
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, aanbod),
            nu=timezone.now(),
        )
    except IntussenGewijzigd:
        return _toon_botsing(request, aanbod.pk, form)
    except Weigering as nee:
        return _toon_locatie(
            request,
            _lees_toestand(aanbod.locatie),
            blok=Blok(aanbod, form),
            fout=str(nee),
            status=422,
        )
    if not form.is_stap:
        messages.success(request, _("Bewaard. Ouders zien dit nu."))
    return redirect(f"{_url(aanbod.locatie)}#periode-{pk}")


def _url(locatie: Opvanglocatie) -> str:
    return redirect("aanbod:locatie", locatie.slug).url


def _toon_botsing(request: HttpRequest, pk: int, form: VrijForm) -> HttpResponse:
    """Tell what changed meanwhile; keep what this person changed, take over the rest."""
    aanbod = _mijn_periode(request, pk)
    nieuw = aanbod.vrij
    was = form.gezien or tuple(nieuw)
    jij = form.met_stap()
    verschillen = [
        Verschil(_wanneer(code), oud, nu, eigen)
        for code, oud, nu, eigen in zip(week.CODES, was, nieuw, jij, strict=True)
        if oud != nu
    ]
    samen = {
        code: eigen if eigen != oud else nu
        for code, oud, nu, eigen in zip(week.CODES, was, nieuw, jij, strict=True)
    }
    botsing = Botsing(
        verschillen,
        door=str(aanbod.bevestigd_door or ""),
        op=aanbod.laatst_bevestigd,
        # Nobody at the provider changed it: then a family took a place, or gave one back.
        door_gezin=form.cleaned_data["versie"] == aanbod.versie,
    )
    verder = VrijForm(initial={**begin_van(aanbod), **samen}, auto_id=f"p{pk}_%s")
    return _toon_locatie(
        request, _lees_toestand(aanbod.locatie), blok=Blok(aanbod, verder, botsing), status=422
    )


def _wanneer(code: str) -> str:
    dag, deel = code.split("-")
    return f"{dict(week.DAGEN)[dag]} {dict(week.DAGDELEN)[deel]}"


@require_POST
def bevestig(request: HttpRequest, slug: str) -> HttpResponse:
    """Say with one tap that all of it still holds."""
    locatie = _mijn_locatie(request, slug)
    try:
        aantal = bevestig_ongewijzigd(
            locatie,
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, locatie),
            nu=timezone.now(),
            gezien=_lees_gezien(request.POST.get("gezien")),
        )
    except IntussenGewijzigd:
        return _toon_locatie(
            request,
            _lees_toestand(locatie),
            fout=_("Iemand wijzigde net je vrije plaatsen. Kijk even of het nog klopt."),
            status=422,
        )
    messages.success(
        request,
        ngettext(
            "Bedankt. %(aantal)s periode van %(naam)s is bevestigd.",
            "Bedankt. %(aantal)s periodes van %(naam)s zijn bevestigd.",
            aantal,
        )
        % {"aantal": aantal, "naam": locatie.naam},
    )
    return redirect("aanbod:overzicht" if request.POST.get("terug") else _url(locatie))


def _lees_gezien(ruw: str | None) -> Mapping[int, int] | None:
    """Read "12:3,14:1" back; without it nothing is known of what was on the page."""
    if ruw is None:
        return None
    return {int(pk): int(versie) for pk, versie in _GEZIEN.findall(ruw)}


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce free places for a period."""
    locatie = _mijn_locatie(request, slug)
    form = NieuwePeriodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            aanbod = meld_vrij(
                locatie,
                form.gegevens(),
                door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, locatie),
                nu=timezone.now(),
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("De nieuwe periode staat erbij."))
            return redirect(f"{_url(locatie)}#periode-{aanbod.pk}")
    return render(
        request,
        "opvang/aanbod/periode.html",
        {"form": form, "locatie": locatie},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the dates, ages or kind of a period."""
    aanbod = _mijn_periode(request, pk)
    form = PeriodeForm(request.POST) if request.method == "POST" else PeriodeForm.van(aanbod)
    if request.method == "POST" and form.is_valid():
        try:
            wijzig_periode(
                aanbod,
                form.gegevens(),
                verwachte_versie=form.cleaned_data["versie"],
                gezien_vrij=form.gezien,
                door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, aanbod),
                nu=timezone.now(),
            )
        except IntussenGewijzigd:
            nieuw = _mijn_periode(request, pk)
            typte = request.POST.copy()
            typte.update({naam: str(begin_van(nieuw)[naam]) for naam in ("versie", "was")})
            form = PeriodeForm(typte)
            form.add_error(
                None,
                _(
                    "Iemand anders wijzigde deze periode net. Nu staat er: %(week)s. "
                    "Wat jij invulde staat hieronder. Klopt het? Bewaar dan opnieuw."
                )
                % {"week": _in_cijfers(nieuw)},
            )
        except Weigering as nee:
            form.add_error(None, str(nee))
        else:
            messages.success(request, _("Bewaard. Ouders zien dit nu."))
            return redirect(f"{_url(aanbod.locatie)}#periode-{pk}")
    return render(
        request,
        "opvang/aanbod/periode.html",
        {"form": form, "locatie": aanbod.locatie, "aanbod": aanbod},
        status=422 if form.errors else 200,
    )


def _in_cijfers(aanbod: Plaatsaanbod) -> str:
    """Say the free places in words: "maandag voormiddag 2, maandag namiddag 2"."""
    delen = [
        f"{_wanneer(code)} {aantal}"
        for code, aantal in zip(week.CODES, aanbod.vrij, strict=True)
        if aantal
    ]
    return ", ".join(delen) or _("niets vrij")


@require_POST
def weg(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a period back."""
    aanbod = _mijn_periode(request, pk)
    ruw = request.POST.get("versie", "")
    try:
        haal_periode_weg(
            aanbod,
            verwachte_versie=int(ruw) if re.fullmatch(r"[0-9]{1,9}", ruw) else -1,
            door=eis(request.user, Actie.VRIJE_PLAATSEN_WIJZIGEN, aanbod),
            nu=timezone.now(),
        )
    except IntussenGewijzigd as nee:
        return _toon_locatie(request, _lees_toestand(aanbod.locatie), fout=str(nee), status=422)
    messages.success(request, _("De periode is weg. Ouders zien ze niet meer."))
    return redirect(_url(aanbod.locatie))
