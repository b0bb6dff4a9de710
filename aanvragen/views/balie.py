"""Loket staff and toeleiders: what to do now, where to find a family, and one dossier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanvragen.beeld import gesprek, hulp, post, voorstellen, werk
from aanvragen.domain import werklijst as regels
from aanvragen.domain.passen import vrij_voor
from aanvragen.domain.werklijst import Taaksoort, Wanneer
from aanvragen.forms.aanvraag import TALEN
from aanvragen.forms.balie import ZoekForm
from aanvragen.models import Aanmelding, Kenmerk, Opvangvraag, Voorstel
from aanvragen.overal import eigen_locaties
from aanvragen.permissions import Actie, eis, mag
from aanvragen.tijdlijn import logboek
from aanvragen.werklijst import Taakregel, cijfers_van_de_dag, in_woorden, taken_voor
from aanvragen.workflow import LOPENDE_VOORSTELLEN, LOPENDE_VRAGEN, Kenmerkcode, Vraagstatus
from loket.domain.logboek import leg_inzage_vast
from loket.models import Gebruiker, Rol
from opvang.models import Plaatsaanbod

PER_BLADZIJDE = 25
#: So many lines of the logbook show at once; the rest is folded.
LOGBOEK_KORT = 8


def medewerker(request: HttpRequest) -> Gebruiker:
    """Give the person, or refuse who works for no loket."""
    gebruiker = request.user
    assert isinstance(gebruiker, Gebruiker)
    if not gebruiker.heeft_rol(Rol.LOKETMEDEWERKER, Rol.TOELEIDER):
        raise PermissionDenied
    return gebruiker


def loketmedewerker(request: HttpRequest) -> Gebruiker:
    """Give the staff member, or refuse: a toeleider speaks with one family at a time."""
    gebruiker = medewerker(request)
    if not gebruiker.heeft_rol(Rol.LOKETMEDEWERKER):
        raise PermissionDenied
    return gebruiker


# The lists


@dataclass(frozen=True, slots=True)
class Groep:
    """The tasks of a page that are due in the same stretch of time, and how many the list has."""

    wanneer: Wanneer
    regels: list[Taakregel]
    aantal: int


@never_cache
@require_safe
def werklijst(request: HttpRequest) -> HttpResponse:
    """Show what to do now: late first, then today, then this week."""
    gebruiker, nu = medewerker(request), timezone.now()
    vandaag = timezone.localdate(nu)
    taken = taken_voor(gebruiker, nu=nu)
    aantallen = regels.tel(taken, peildatum=vandaag)
    lijst, wie = request.GET.get("lijst", regels.NU), request.GET.get("wie", "")
    if lijst not in aantallen:
        lijst = regels.NU
    op_lijst = regels.kies(taken, lijst, peildatum=vandaag)
    gekozen = regels.van_wie(op_lijst, wie, ik=gebruiker.pk)
    pagina = Paginator(gekozen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    per_wanneer = Counter(taak.wanneer(vandaag) for taak in gekozen)
    groepen = [
        Groep(wanneer, list(groep), per_wanneer[wanneer])
        for wanneer, groep in groupby(
            in_woorden(list(pagina.object_list), peildatum=vandaag),
            key=lambda regel: regel.taak.wanneer(vandaag),
        )
    ]
    return render(
        request,
        "balie/werklijst.html",
        {
            "vandaag": vandaag,
            "lijst": lijst,
            "wie": wie if wie in {regels.MIJ, regels.NIEMAND} else "",
            "van_wie": [
                (naam, tekst, len(regels.van_wie(op_lijst, naam, ik=gebruiker.pk)))
                for naam, tekst in (
                    ("", _("Van iedereen")),
                    (regels.MIJ, _("Van mij")),
                    (regels.NIEMAND, _("Van niemand")),
                )
            ],
            "aantallen": aantallen,
            "cijfers": cijfers_van_de_dag(gebruiker, nu=nu),
            "aantal_laat": sum(taak.termijn < vandaag for taak in taken),
            "soorten": [
                (s.value, s.label, aantallen[s.value]) for s in Taaksoort if s.value in aantallen
            ],
            "op_soort": lijst in Taaksoort.values,
            "groepen": groepen,
            "pagina": pagina,
            "zoekform": ZoekForm(),
            "is_loketmedewerker": gebruiker.heeft_rol(Rol.LOKETMEDEWERKER),
            "is_toeleider": gebruiker.heeft_rol(Rol.TOELEIDER),
        },
    )


@never_cache
@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """Find a dossier by name or number."""
    gebruiker = medewerker(request)
    zoekform = ZoekForm(request.GET)
    vragen = Opvangvraag.objects.voor_balie(gebruiker)
    opvang = None
    if slug := request.GET.get("opvang", "").replace("\x00", ""):
        opvang = get_object_or_404(eigen_locaties(gebruiker), slug=slug)
        vragen = vragen.filter(
            status__in=LOPENDE_VRAGEN,
            pk__in=opvang.aanmeldingen.lopend().values("opvangvraag"),
        )
    pagina = Paginator(
        zoekform.zoek_in(vragen).select_related("kind", "aanvrager"), PER_BLADZIJDE
    ).get_page(request.GET.get("pagina"))
    return render(
        request,
        "balie/dossiers.html",
        {"zoekform": zoekform, "pagina": pagina, "opvang": opvang},
    )


# One dossier


@never_cache
@require_safe
def dossier(request: HttpRequest, referentie: str) -> HttpResponse:
    """Show everything about one question: in short, what to do now, and the rest folded."""
    gebruiker = medewerker(request)
    return toon_dossier(request, gebruiker, vraag_van(gebruiker, referentie))


def vraag_van(gebruiker: Gebruiker, referentie: str) -> Opvangvraag:
    """Fetch a question that this person may open, or 404."""
    return get_object_or_404(
        Opvangvraag.objects.voor_balie(gebruiker).select_related(
            "loket",
            "kind__gezin__gemeente",
            "kind__gezin__wijk",
            "aanvrager",
            "ingevoerd_door",
            "mogelijk_dubbel_van__kind__gezin__gemeente",
            "mogelijk_dubbel_van__aanvrager",
        ),
        referentie=referentie,
    )


def toon_dossier(
    request: HttpRequest,
    gebruiker: Gebruiker,
    vraag: Opvangvraag,
    *,
    status: int = 200,
    **extra: object,
) -> HttpResponse:
    """Render the dossier, and record that this person opened it. `extra` is a form that was typed
    in and is not right yet.
    """
    eis(gebruiker, Actie.DOSSIER, vraag)
    nu = timezone.now()
    leg_inzage_vast(vraag, door=gebruiker, nu=nu)
    nakijken = mag(gebruiker, Actie.DUBBEL_BEOORDELEN, vraag)
    dubbel = vraag.mogelijk_dubbel_van if nakijken else None
    if dubbel:
        leg_inzage_vast(dubbel, door=gebruiker, nu=nu, reden="nakijken: hetzelfde kind?")
    vandaag = timezone.localdate(nu)
    taken = in_woorden(taken_voor(gebruiker, nu=nu, vraag=vraag), peildatum=vandaag)
    taak = regels.eerste((regel.taak for regel in taken), peildatum=vandaag)
    plekken = _plekken(gebruiker, vraag)
    kenmerken = _kenmerken(vraag)
    regels_logboek = logboek(vraag)
    gezin = vraag.kind.gezin
    return render(
        request,
        "balie/dossier.html",
        {
            "vraag": vraag,
            "taak": next((regel for regel in taken if regel.taak == taak), None),
            "werk_taken": [regel for regel in taken if regel.taak != taak],
            "plek_nu": next((p for p in plekken if taak and p.hoort_bij(taak)), None),
            "nakijken": nakijken,
            "dubbel": dubbel,
            "plekken": plekken,
            "samen": Counter(str(p.aanmelding.get_status_display()) for p in plekken).items(),
            "kenmerken": kenmerken,
            "aantal_kenmerken": sum(1 for _label, k in kenmerken if k and k.aanwezig),
            "gezin": gezin,
            "taal": dict(TALEN).get(gezin.taal, gezin.taal),
            "ouders": vraag.kind.ouders.order_by("pk"),
            "andere_vragen": Opvangvraag.objects.voor_balie(gebruiker)
            .filter(kind__gezin=gezin)
            .exclude(pk=vraag.pk)
            .select_related("kind"),
            "logboek": regels_logboek,
            "logboek_kort": regels_logboek[:LOGBOEK_KORT],
            "logboek_rest": regels_logboek[LOGBOEK_KORT:],
            "kan_bevestigen": mag(gebruiker, Actie.BEVESTIGEN, vraag),
            "kan_geboorte_melden": mag(gebruiker, Actie.GEBOORTE_MELDEN, vraag),
            "kan_mailen": vraag.status in LOPENDE_VRAGEN | {Vraagstatus.GEPLAATST},
            "kan_toevoegen": mag(gebruiker, Actie.KEUZE_TOEVOEGEN, vraag),
            "kan_wijzigen": mag(gebruiker, Actie.WIJZIGEN, vraag),
            "kan_stoppen": mag(gebruiker, Actie.LATEN_VERVALLEN, vraag),
            **voorstellen.in_dossier(vraag, gebruiker=gebruiker),
            **werk.in_dossier(vraag, gebruiker=gebruiker),
            **gesprek.in_dossier(vraag, gebruiker=gebruiker),
            **hulp.in_dossier(vraag, gebruiker=gebruiker),
            **post.in_dossier(vraag, gebruiker=gebruiker),
            **extra,
        },
        status=status,
    )


@dataclass(frozen=True, slots=True)
class Plek:
    """One chosen location in the dossier: where it stands, and what staff can do there."""

    aanmelding: Aanmelding
    vrij: int | None
    voorstel: Voorstel | None
    kan_antwoord_noteren: bool
    kan_herinneren: bool
    kan_besluit_noteren: bool
    kan_terugzetten: bool

    def hoort_bij(self, taak: regels.Taak) -> bool:
        """Tell whether the task is about this location."""
        if taak.soort == Taaksoort.TE_LAAT:
            return self.aanmelding.pk == taak.ding_id
        if taak.soort == Taaksoort.VERLOOPT:
            return self.voorstel is not None and self.voorstel.pk == taak.ding_id
        return False


def _plekken(gebruiker: Gebruiker, vraag: Opvangvraag) -> list[Plek]:
    aanmeldingen = list(
        vraag.aanmeldingen.select_related("locatie")
        .prefetch_related("voorstellen")
        .order_by("rang")
    )
    per_locatie: dict[int, list[Plaatsaanbod]] = {}
    for aanbod in Plaatsaanbod.objects.filter(locatie__in=[a.locatie_id for a in aanmeldingen]):
        per_locatie.setdefault(aanbod.locatie_id, []).append(aanbod)
    return [_plek(gebruiker, vraag, a, per_locatie.get(a.locatie_id, [])) for a in aanmeldingen]


def _plek(
    gebruiker: Gebruiker, vraag: Opvangvraag, aanmelding: Aanmelding, aanboden: list[Plaatsaanbod]
) -> Plek:
    aanmelding.opvangvraag = vraag
    voorstel = next(iter(aanmelding.voorstellen.all()), None)
    loopt = voorstel is not None and voorstel.status in LOPENDE_VOORSTELLEN
    if voorstel:
        voorstel.aanmelding = aanmelding
    vrij = vrij_voor(vraag, aanboden, peildatum=timezone.localdate())
    return Plek(
        aanmelding=aanmelding,
        vrij=None if vrij is None else vrij.masker,
        voorstel=voorstel,
        kan_antwoord_noteren=mag(gebruiker, Actie.AANMELDING_BEANTWOORDEN, aanmelding),
        kan_herinneren=mag(gebruiker, Actie.AANMELDING_HERINNEREN, aanmelding),
        kan_terugzetten=mag(gebruiker, Actie.AANMELDING_TERUGZETTEN, aanmelding),
        kan_besluit_noteren=loopt and mag(gebruiker, Actie.VOORSTEL_KIEZEN, voorstel),
    )


def _kenmerken(vraag: Opvangvraag) -> list[tuple[str, Kenmerk | None]]:
    """Every trait with what is known of it; None: not asked."""
    bekend = {kenmerk.code: kenmerk for kenmerk in vraag.kenmerken.select_related("door")}
    return [(str(code.label), bekend.get(code)) for code in Kenmerkcode]
