"""A location closes: record it, and put every child whose place falls away on one list."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.meldingen import meld_ouders
from aanvragen.domain.noodplan.heropenen import heropen
from aanvragen.domain.noodplan.rust import gezinnen_met_rust, vergrendel_gezinnen
from aanvragen.domain.opschorten import laat_los
from aanvragen.domain.status import verander_aanmelding
from aanvragen.models import Aanmelding, Noodplan, Noodplanregel, Opvangvraag, Plaatsing
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    MET_VOORSTEL,
    Aanmeldingstatus,
    Voorstelstatus,
    Vraagstatus,
    Weigerreden,
)
from loket.domain.berichten import leg_klaar
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket
from opvang.domain.sluiten import Sluitinggegevens, meld_sluiting, vergrendel_locatie
from opvang.models import Opvanglocatie, Plaatsaanbod, Sluiting

#: Months: after the third birthday a child goes to school (domein.md §5.1).
NAAR_SCHOOL = 36
#: How the log names who acted: nobody at the provider said this.
NAMENS = "noodplan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plangegevens:
    """How the plan looks for places, and how many children there are that the loket doesn't
    know.
    """

    dagen: int = 14
    straal_km: int = 10
    onbekende_kinderen: int = 0


@dataclass(frozen=True, slots=True)
class Gevolgen:
    """What a closing would touch, to show before it is recorded."""

    kinderen: int
    nog_niet_begonnen: int
    stil: int
    wachtenden: int


@transaction.atomic
def start_noodplan(
    locatie: Opvanglocatie,
    sluiting: Sluitinggegevens,
    plan: Plangegevens,
    *,
    loket: Loket,
    door: Gebruiker | None,
    nu: dt.datetime,
) -> Noodplan:
    """Record the closing and start its plan: one, also when two people do it at once.

    Guarantees: every child with a place there on or after the day is on the list and asks again
    with urgency (`heropen`), except where the family asked for calm: that child is only counted.
    Open requests and offers at the location that run into the closing end with the code "stopt".
    Refuses a location outside the werkingsgebied, and a second closing (AlGemeld). Causes: the
    usual mail to families that were only waiting there, one mail to each other loket whose
    families are touched. The families on the list are *not* mailed: that is a button of its own.
    """
    if not loket.gemeenten.filter(pk=locatie.gemeente_id).exists():
        raise Weigering(_("Deze opvang ligt niet in het werkingsgebied van je loket."))
    vergrendel_locatie(locatie)
    _vergrendel(locatie)
    rij = meld_sluiting(locatie, sluiting, loket=loket, door=door, nu=nu)
    noodplan = Noodplan.objects.create(
        sluiting=rij,
        loket=loket,
        dagen=plan.dagen,
        straal_km=plan.straal_km,
        onbekende_kinderen=plan.onbekende_kinderen,
        gestart_door=door,
        gestart_op=nu,
    )
    aantal = _vul_aan(noodplan, door=door, nu=nu)
    leg_vast("aanvragen.noodplan.gestart", noodplan, door=door, nu=nu, loket=loket, kinderen=aantal)
    return noodplan


@transaction.atomic
def werk_bij(noodplan: Noodplan, *, door: Gebruiker | None, nu: dt.datetime) -> int:
    """Look again: children that got a place there since, and new requests. Gives how many came."""
    locatie = vergrendel_locatie(noodplan.sluiting.locatie)
    _vergrendel(locatie)
    list(Plaatsaanbod.objects.vergrendeld().filter(locatie=locatie))
    return _vul_aan(noodplan, door=door, nu=nu)


def voorzie(locatie: Opvanglocatie, sluiting: Sluiting) -> Gevolgen:
    """Count what this closing would touch. Reads only."""
    plaatsingen = _geraakte_plaatsingen(sluiting, locatie)
    gezinnen = [een.opvangvraag.kind.gezin_id for een in plaatsingen]
    met_rust = gezinnen_met_rust(gezinnen)
    return Gevolgen(
        kinderen=len(plaatsingen),
        nog_niet_begonnen=sum(een.vanaf >= sluiting.vanaf for een in plaatsingen),
        stil=sum(gezin in met_rust for gezin in gezinnen),
        wachtenden=len(_geraakte_aanmeldingen(sluiting, locatie)),
    )


def _vergrendel(locatie: Opvanglocatie) -> None:
    """Lock the families and their questions, so that nobody accepts, offers or asks for calm
    meanwhile. What was decided while we waited is seen afterwards.
    """
    geplaatst = Plaatsing.objects.filter(locatie=locatie, beeindigd_op=None)
    lopend = Aanmelding.objects.filter(locatie=locatie, status__in=LOPENDE_AANMELDINGEN)
    paren = {
        *geplaatst.values_list("opvangvraag__kind__gezin", "opvangvraag"),
        *lopend.values_list("opvangvraag__kind__gezin", "opvangvraag"),
    }
    vergrendel_gezinnen(gezin for gezin, _vraag in paren)
    list(Opvangvraag.objects.vergrendeld().filter(pk__in=[vraag for _gezin, vraag in paren]))


def _vul_aan(noodplan: Noodplan, *, door: Gebruiker | None, nu: dt.datetime) -> int:
    sluiting = noodplan.sluiting
    bekend = set(noodplan.regels.values_list("plaatsing", flat=True))
    plaatsingen = [een for een in _geraakte_plaatsingen(sluiting) if een.pk not in bekend]
    aanmeldingen = _geraakte_aanmeldingen(sluiting)
    vragen = [een.opvangvraag for een in plaatsingen]
    vragen += [een.opvangvraag for een in aanmeldingen]
    stil = gezinnen_met_rust(vraag.kind.gezin_id for vraag in vragen)
    # Also of who wants calm: its parents may ask anew when they like.
    Opvangvraag.objects.filter(plaatsingen__in=plaatsingen).update(opvang_stopt_op=sluiting.vanaf)
    for plaatsing in plaatsingen:
        rust = plaatsing.opvangvraag.kind.gezin_id in stil
        Noodplanregel.objects.create(
            noodplan=noodplan,
            plaatsing=plaatsing,
            tot_voordien=plaatsing.tot,
            heropend=None if rust else heropen(plaatsing, sluiting, door=door, nu=nu),
            bel_op=timezone.localdate(nu),
            aangemaakt_op=nu,
        )
    for aanmelding in aanmeldingen:
        rust = aanmelding.opvangvraag.kind.gezin_id in stil
        _beeindig(aanmelding, stil=rust, door=door, nu=nu)
    _verwittig_andere_lokets(noodplan, plaatsingen, nu=nu)
    return len(plaatsingen)


def _geraakte_plaatsingen(
    sluiting: Sluiting, locatie: Opvanglocatie | None = None
) -> list[Plaatsing]:
    """Places that run into the closing, also those that were accepted and begin later.

    A place without an end ends by itself when the child is three and goes to school.
    """
    plaatsingen = Plaatsing.objects.filter(
        locatie=locatie or sluiting.locatie,
        beeindigd_op=None,
        opvangvraag__status=Vraagstatus.GEPLAATST,
    ).select_related(
        "opvangvraag__kind",
        "opvangvraag__loket",
        "opvangvraag__aanvrager",
        "voorstel__aanmelding__locatie",
        "voorstel__aanmelding__opvangvraag__loket",
    )
    return [
        plaatsing
        for plaatsing in plaatsingen
        if sluiting.raakt(plaatsing.vanaf, plaatsing.tot)
        and plaatsing.opvangvraag.kind.leeftijd_in_maanden(sluiting.vanaf) < NAAR_SCHOOL
    ]


def _geraakte_aanmeldingen(
    sluiting: Sluiting, locatie: Opvanglocatie | None = None
) -> list[Aanmelding]:
    """Requests and offers whose care would run into the closing."""
    return [
        aanmelding
        for aanmelding in Aanmelding.objects.filter(
            locatie=locatie or sluiting.locatie, status__in=LOPENDE_AANMELDINGEN
        )
        .exclude(opvangvraag__status=Vraagstatus.CONCEPT)
        .select_related("opvangvraag__kind__gezin", "opvangvraag__loket", "locatie__organisator")
        .order_by("opvangvraag", "pk")
        if sluiting.raakt(
            aanmelding.opvangvraag.gewenste_start, aanmelding.opvangvraag.gewenst_einde
        )
    ]


def _beeindig(
    aanmelding: Aanmelding, *, stil: bool, door: Gebruiker | None, nu: dt.datetime
) -> None:
    """End a request at the closing location: its offer is withdrawn, the code is "stopt".

    What the family suspended by holding that offer counts again.
    """
    for voorstel in aanmelding.voorstellen.lopend():
        laat_los(voorstel, Voorstelstatus.INGETROKKEN, door=door, nu=nu, namens=NAMENS)
    if aanmelding.status in MET_VOORSTEL:
        verander_aanmelding(
            aanmelding, Aanmeldingstatus.WACHTLIJST, door=door, nu=nu, namens=NAMENS
        )
    verander_aanmelding(
        aanmelding,
        Aanmeldingstatus.GEWEIGERD_OPVANG,
        door=door,
        nu=nu,
        namens=NAMENS,
        weigerreden=Weigerreden.STOPT.value,
    )
    if not stil:
        meld_ouders(aanmelding.opvangvraag, "geen_plaats", nu=nu, aanmelding=aanmelding)


def _verwittig_andere_lokets(
    noodplan: Noodplan, plaatsingen: Sequence[Plaatsing], *, nu: dt.datetime
) -> None:
    """One mail to each other loket with families here: their contact data is theirs, not ours."""
    per_loket = Counter(
        een.opvangvraag.loket
        for een in plaatsingen
        if een.opvangvraag.loket_id != noodplan.loket_id
    )
    for loket, aantal in per_loket.items():
        leg_klaar(
            "aanvragen/noodplan_ander_loket",
            aan=loket.email,
            nu=nu,
            loket=noodplan.loket,
            onderwerp=noodplan,
            context={"sluiting": noodplan.sluiting, "aantal": aantal},
        )
