"""A child whose place falls away asks again, without a form for the family."""

from __future__ import annotations

import datetime as dt

from aanvragen.domain.status import verander_aanmelding, verander_voorstel, verander_vraag
from aanvragen.models import Kenmerk, Opvangvraag, Plaatsing
from aanvragen.workflow import (
    LOPENDE_VRAGEN,
    Aanmeldingstatus,
    DringendeReden,
    Kanaal,
    Voorstelstatus,
    Vraagstatus,
)
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Sluiting


def heropen(
    plaatsing: Plaatsing, sluiting: Sluiting, *, door: Gebruiker | None, nu: dt.datetime
) -> Opvangvraag:
    """Give the question that goes on for this child; the caller holds the locks, and marked the
    old question as one whose care stops.

    The care that was running stays what it was: its question stays answered, its place ends on the
    day of the closing (a suspension only interrupts it), and a *new* question asks for another
    (R4: care stops, later a new question; domein.md §1.4). A place that was accepted but would
    begin after a closing for good is undone: its question was never answered, so that one goes on.
    Both become urgent with the reason WegvallenOpvang (FO-RE-28). Asked twice it gives the same
    question. Causes no mail: the family hears of it from a person (`berichten`, `bellen`).
    """
    if sluiting.is_blijvend and plaatsing.vanaf >= sluiting.vanaf:
        return _maak_ongedaan(plaatsing, door=door, nu=nu)
    oud = plaatsing.opvangvraag
    lopend = _lopende_vraag(oud, sluiting)
    nieuw = lopend or _vraag_opnieuw(plaatsing, sluiting, door=door, nu=nu)
    if sluiting.is_blijvend:
        Plaatsing.objects.filter(pk=plaatsing.pk).update(tot=sluiting.vanaf)
    leg_vast(
        "aanvragen.noodplan.heropend",
        nieuw,
        door=door,
        nu=nu,
        loket=nieuw.loket,
        locatie=sluiting.locatie.naam,
        vorige=oud.pk,
    )
    return nieuw


def _lopende_vraag(oud: Opvangvraag, sluiting: Sluiting) -> Opvangvraag | None:
    """Find the question that an earlier closing opened for this child; it lasts as long as this
    one.
    """
    lopend = (
        Opvangvraag.objects.filter(kind=oud.kind_id)
        .filter(status__in=[*LOPENDE_VRAGEN, Vraagstatus.GEPLAATST], opvang_stopt_op=None)
        .exclude(pk=oud.pk)
        .first()
    )
    if lopend is not None and lopend.gewenst_einde and sluiting.is_blijvend:
        Opvangvraag.objects.filter(pk=lopend.pk).update(gewenst_einde=None)
        lopend.gewenst_einde = None
    return lopend


def _maak_ongedaan(plaatsing: Plaatsing, *, door: Gebruiker | None, nu: dt.datetime) -> Opvangvraag:
    vraag, voorstel = plaatsing.opvangvraag, plaatsing.voorstel
    Plaatsing.objects.filter(pk=plaatsing.pk).update(beeindigd_op=nu)
    verander_voorstel(voorstel, Voorstelstatus.INGETROKKEN, door=door, nu=nu)
    verander_aanmelding(voorstel.aanmelding, Aanmeldingstatus.VERVALLEN, door=door, nu=nu)
    verander_vraag(vraag, Vraagstatus.ACTIEF, door=door, nu=nu)
    Opvangvraag.objects.filter(pk=vraag.pk).update(
        dringende_reden=DringendeReden.WEGVALLEN, opvang_stopt_op=None
    )
    vraag.refresh_from_db()
    return vraag


def _vraag_opnieuw(
    plaatsing: Plaatsing, sluiting: Sluiting, *, door: Gebruiker | None, nu: dt.datetime
) -> Opvangvraag:
    """Ask what the family had: its days, its traits, its consent; from the day that it stops."""
    oud = plaatsing.opvangvraag
    start = max(sluiting.vanaf, plaatsing.vanaf)
    zelfde_week = plaatsing.rooster == oud.week_samen.masker
    nieuw = Opvangvraag.objects.create(
        loket=oud.loket,
        kind=oud.kind,
        aanvrager=oud.aanvrager,
        ingevoerd_door=door,
        kanaal=Kanaal.BALIE,
        gewenste_start=start,
        gewenst_einde=_einde(start, plaatsing.tot, sluiting.tot),
        rooster=oud.rooster if zelfde_week else plaatsing.rooster,
        rooster_wissel=oud.rooster_wissel if zelfde_week else None,
        flexibel_weken=oud.flexibel_weken,
        flexibel_dagen=oud.flexibel_dagen,
        vormwens=oud.vormwens,
        prijswens=oud.prijswens,
        dringende_reden=DringendeReden.WEGVALLEN,
        ruimere_uren=oud.ruimere_uren,
        zorgbehoefte=oud.zorgbehoefte,
        toestemming_op=oud.toestemming_op,
        toestemming_versie=oud.toestemming_versie,
        aangemaakt_op=nu,
        laatst_bevestigd=nu,
    )
    Kenmerk.objects.bulk_create(
        Kenmerk(
            opvangvraag=nieuw,
            code=kenmerk.code,
            aanwezig=kenmerk.aanwezig,
            stand=kenmerk.stand,
            door_id=kenmerk.door_id,
            op=kenmerk.op,
        )
        for kenmerk in oud.kenmerken.all()
    )
    for status in (Vraagstatus.INGEDIEND, Vraagstatus.ACTIEF):
        verander_vraag(nieuw, status, door=door, nu=nu)
    return nieuw


def _einde(start: dt.date, *einden: dt.date | None) -> dt.date | None:
    """The first of the ends that lies after the start."""
    return min((einde for einde in einden if einde is not None and einde > start), default=None)
