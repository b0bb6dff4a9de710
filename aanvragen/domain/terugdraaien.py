"""Staff undo an acceptance: a family that pressed the wrong button loses nothing still there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import NietMeerTerug, OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.ronde import begin_ronde
from aanvragen.domain.status import verander_aanmelding, verander_voorstel, verander_vraag
from aanvragen.domain.voorstellen import einde_van_de_dag
from aanvragen.models import Aanmelding, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import (
    MET_VOORSTEL,
    WACHT_OP_ANTWOORD,
    Aanmeldingstatus,
    Voorstelstatus,
    Vraagstatus,
)
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Plaatsaanbod

NAMENS = "teruggedraaid"
#: So many whole days a family has at least to decide about an offer that came back.
MINSTENS_DAGEN = 2


@dataclass(slots=True)
class Herstel:
    """What came back; `weg` had an offer whose places went to others: that wish is on the list."""

    eigen: Voorstel | None = None
    terug: list[Aanmelding] = field(default_factory=list)
    weg: list[Aanmelding] = field(default_factory=list)


def terug_tot(plaatsing: Plaatsing) -> dt.datetime:
    """Give the moment until which staff may undo this placement."""
    uren = plaatsing.opvangvraag.loket.terugdraaien_uren
    return plaatsing.gemaakt_op + dt.timedelta(hours=uren)


def kan_terug(plaatsing: Plaatsing, *, nu: dt.datetime) -> bool:
    """Tell whether this placement holds, and is young enough to be undone. Pure."""
    vraag = plaatsing.opvangvraag
    return (
        plaatsing.beeindigd_op is None
        and vraag.status == Vraagstatus.GEPLAATST
        and vraag.opvang_stopt_op is None
        and nu < terug_tot(plaatsing)
    )


@dataclass(frozen=True, slots=True)
class Vooruitblik:
    """One request as it stands after the undo, and the offer that is made again with it.

    `weg`: it had an offer, and the places of that went to another family.
    """

    aanmelding: Aanmelding
    naar: Aanmeldingstatus
    voorstel: Voorstel | None = None
    voorstelstatus: Voorstelstatus = Voorstelstatus.OPEN
    weg: bool = False


def blik_vooruit(plaatsing: Plaatsing) -> list[Vooruitblik]:
    """Tell what comes back, as it looks now; the accepted one first. Exact under the locks of
    `draai_terug`, which carries it out.
    """
    eerder = {int(pk): status for pk, status in plaatsing.verviel.get("aanmeldingen", {}).items()}
    liep = {int(pk): status for pk, status in plaatsing.verviel.get("voorstellen", {}).items()}
    voorstel = plaatsing.voorstel
    eigen = voorstel.aanmelding
    naar = Aanmeldingstatus(eerder.get(eigen.pk, Aanmeldingstatus.VOORGESTELD))
    per_aanmelding = {
        ander.aanmelding_id: ander
        for ander in Voorstel.objects.filter(pk__in=liep)
        .exclude(pk=voorstel.pk)
        .select_related("plaatsaanbod")
    }
    return [
        # A choice to make again, also when it was held before; its places stay the family's.
        Vooruitblik(eigen, naar, voorstel),
        *(
            _blik(aanmelding, eerder[aanmelding.pk], per_aanmelding.get(aanmelding.pk), liep)
            for aanmelding in _vervallen(plaatsing.opvangvraag, eerder)
        ),
    ]


def _blik(
    aanmelding: Aanmelding, eerder: str, voorstel: Voorstel | None, liep: dict[int, str]
) -> Vooruitblik:
    was = Aanmeldingstatus(eerder)
    if was not in MET_VOORSTEL:
        return Vooruitblik(aanmelding, was)
    if voorstel is None or not _nog_vrij(voorstel, liep):
        return Vooruitblik(aanmelding, Aanmeldingstatus.WACHTLIJST, weg=True)
    return Vooruitblik(aanmelding, was, voorstel, Voorstelstatus(liep[voorstel.pk]))


@transaction.atomic
def draai_terug(plaatsing: Plaatsing, *, door: Gebruiker | None, nu: dt.datetime) -> Herstel:
    """Undo an acceptance: the question runs again, and what lapsed with it comes back as it stood.

    Guarantees: the accepted offer is open again, with at least two whole days to decide; wishes
    that lapsed wait again, with a fresh answer term; an offer that was withdrawn comes back when
    its places are still free, else that wish is on the waiting list. The date of asking stays.
    Refuses: too late (NietMeerTerug), a placement that ended. Causes: one mail to each parent and
    to each provider.
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=plaatsing.opvangvraag_id)
    plaatsing.refresh_from_db()
    if plaatsing.beeindigd_op is not None or vraag.status != Vraagstatus.GEPLAATST:
        raise OngeldigeOvergang
    if not kan_terug(plaatsing, nu=nu):
        raise NietMeerTerug
    voorstellen = [*plaatsing.verviel.get("voorstellen", {}), plaatsing.voorstel_id]
    # All at once and before anything is freed: nobody takes a place between going and coming back.
    list(
        Plaatsaanbod.objects.vergrendeld().filter(
            pk__in=Voorstel.objects.filter(pk__in=voorstellen).values("plaatsaanbod")
        )
    )
    Plaatsing.objects.filter(pk=plaatsing.pk).update(beeindigd_op=nu)
    verander_vraag(vraag, Vraagstatus.ACTIEF, door=door, nu=nu, namens=NAMENS)
    leg_vast(
        "aanvragen.plaatsing.teruggedraaid",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        plaatsing=plaatsing.pk,
        locatie=plaatsing.locatie.naam,
    )
    eigen, *anderen = blik_vooruit(plaatsing)
    verander_voorstel(
        plaatsing.voorstel, Voorstelstatus.INGETROKKEN, door=door, nu=nu, namens=NAMENS
    )
    herstel = Herstel(eigen=_zet_terug(eigen, door=door, nu=nu))
    for beeld in anderen:
        _zet_terug(beeld, door=door, nu=nu)
        (herstel.weg if beeld.weg else herstel.terug).append(beeld.aanmelding)
    _meld(vraag, plaatsing, herstel, nu=nu)
    return herstel


@transaction.atomic
def vraag_opnieuw(aanmelding: Aanmelding, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Ask a location again whose request lapsed because the family had a place elsewhere.

    For a placement that was undone later than `draai_terug` allows, e.g. by a closing. Refuses a
    question that does not run, and a request that ended otherwise. Causes: the mail of a new
    question, with a fresh term.
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=aanmelding.opvangvraag_id)
    aanmelding.refresh_from_db()
    if vraag.status != Vraagstatus.ACTIEF:
        raise OngeldigeOvergang
    if aanmelding.status != Aanmeldingstatus.VERVALLEN_ELDERS:
        raise Weigering(_("Deze opvang staat al bij de keuzes van het gezin."))
    verander_aanmelding(aanmelding, Aanmeldingstatus.VERZONDEN, door=door, nu=nu)
    _nieuwe_termijn(aanmelding, nu=nu)
    meld_aanbieder(aanmelding, "nieuwe_vraag", nu=nu)


def _vervallen(vraag: Opvangvraag, eerder: dict[int, str]) -> list[Aanmelding]:
    return list(
        Aanmelding.objects.filter(
            opvangvraag=vraag, pk__in=eerder, status=Aanmeldingstatus.VERVALLEN_ELDERS
        )
        .select_related("locatie__organisator", "opvangvraag__loket", "opvangvraag__kind")
        .order_by("rang")
    )


def _zet_terug(beeld: Vooruitblik, *, door: Gebruiker | None, nu: dt.datetime) -> Voorstel | None:
    """Put one request back as it was seen; gives the offer that was made again."""
    verander_aanmelding(beeld.aanmelding, beeld.naar, door=door, nu=nu, namens=NAMENS, herstel=True)
    if beeld.voorstel is not None:
        return _opnieuw(beeld.voorstel, beeld.voorstelstatus, door=door, nu=nu)
    if beeld.naar in WACHT_OP_ANTWOORD:
        _nieuwe_termijn(beeld.aanmelding, nu=nu)
    return None


def _nog_vrij(voorstel: Voorstel, liep: dict[int, str]) -> bool:
    """Tell whether the places of a withdrawn offer are still there."""
    nam_plaats = voorstel.reserveert or liep.get(voorstel.pk) == Voorstelstatus.VASTGEHOUDEN
    return not nam_plaats or voorstel.week.past_in(voorstel.plaatsaanbod.vrij)


def _opnieuw(
    voorstel: Voorstel, status: Voorstelstatus, *, door: Gebruiker | None, nu: dt.datetime
) -> Voorstel:
    """Make the same offer again, as a row of its own: what was withdrawn stays in the history."""
    nieuw = Voorstel.objects.create(
        aanmelding_id=voorstel.aanmelding_id,
        plaatsaanbod_id=voorstel.plaatsaanbod_id,
        status=status,
        start=voorstel.start,
        einde=voorstel.einde,
        rooster=voorstel.rooster,
        reserveert=voorstel.reserveert,
        toelichting=voorstel.toelichting,
        geldig_tot=max(voorstel.geldig_tot, einde_van_de_dag(nu, MINSTENS_DAGEN)),
        bij_einde=voorstel.bij_einde,
        gedaan_door=voorstel.gedaan_door,
        gedaan_op=nu,
    )
    vraag = voorstel.aanmelding.opvangvraag
    leg_vast(
        "aanvragen.voorstel.hersteld",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=NAMENS,
        voorstel=nieuw.pk,
        vorige=voorstel.pk,
        status=status.value,
        locatie=voorstel.aanmelding.locatie.naam,
    )
    return nieuw


def _nieuwe_termijn(aanmelding: Aanmelding, *, nu: dt.datetime) -> None:
    begin_ronde(
        Aanmelding.objects.filter(pk=aanmelding.pk), loket=aanmelding.opvangvraag.loket, nu=nu
    )
    aanmelding.refresh_from_db()


def _meld(vraag: Opvangvraag, plaatsing: Plaatsing, herstel: Herstel, *, nu: dt.datetime) -> None:
    meld_ouders(
        vraag,
        "teruggedraaid",
        nu=nu,
        locatie=plaatsing.locatie,
        eigen=herstel.eigen,
        terug=[a.locatie.naam for a in herstel.terug],
        weg=[a.locatie.naam for a in herstel.weg],
    )
    eigen = plaatsing.voorstel.aanmelding
    for aanmelding in [eigen, *herstel.terug, *herstel.weg]:
        meld_aanbieder(
            aanmelding,
            "aanbieder_teruggedraaid",
            nu=nu,
            voorstel=aanmelding.voorstellen.lopend().first(),
            wacht_op_antwoord=aanmelding.status in WACHT_OP_ANTWOORD,
        )
