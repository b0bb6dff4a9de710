"""The parent decides on an offer: accept, hold or decline."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from aanvragen.domain.fouten import (
    AlGeplaatst,
    GeenPlaats,
    OngeldigeOvergang,
    VoorstelVerlopen,
)
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.status import verander_aanmelding, verander_voorstel, verander_vraag
from aanvragen.models import Aanmelding, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    LOPENDE_VOORSTELLEN,
    Aanmeldingstatus,
    Voorstelstatus,
    Vraagstatus,
)
from loket.models import Gebruiker
from opvang.models import Plaatsaanbod


def aanvaard(
    voorstel: Voorstel, *, door: Gebruiker | None, nu: dt.datetime, namens: str = ""
) -> Plaatsing:
    """Take the offered place: the question is placed and all its other aanmeldingen lapse, in one
    transaction.

    Guarantees: at most one Plaatsing that holds per question, never more places than there are
    (lock, and a trigger under it). Refuses: a question placed already (AlGeplaatst), an offer that
    ended (OngeldigeOvergang) or is past its deadline (VoorstelVerlopen), and a shared offer whose
    place has just gone (GeenPlaats): then the family is back on the waiting list, and that is
    stored. Causes: mail to the parents, to this provider, and to the providers whose request lapsed
    (domein.md §12, rule 9).
    """
    with transaction.atomic():
        plaatsing = _aanvaard(voorstel, door=door, nu=nu, namens=namens)
    if plaatsing is None:
        raise GeenPlaats
    return plaatsing


def _aanvaard(
    voorstel: Voorstel, *, door: Gebruiker | None, nu: dt.datetime, namens: str
) -> Plaatsing | None:
    vraag, lopende, aanbod = _vergrendel(voorstel)
    if vraag.status == Vraagstatus.GEPLAATST:
        raise AlGeplaatst
    if vraag.status != Vraagstatus.ACTIEF or voorstel.status not in LOPENDE_VOORSTELLEN:
        raise OngeldigeOvergang
    if voorstel.geldig_tot <= nu:
        raise VoorstelVerlopen
    aanmelding = voorstel.aanmelding
    if not voorstel.neemt_plaats and not voorstel.week.past_in(
        aanbod[voorstel.plaatsaanbod_id].vrij
    ):
        verander_voorstel(
            voorstel, Voorstelstatus.INGETROKKEN, door=None, nu=nu, namens="plaats weg"
        )
        verander_aanmelding(
            aanmelding, Aanmeldingstatus.WACHTLIJST, door=None, nu=nu, namens="plaats weg"
        )
        meld_ouders(vraag, "plaats_weg", nu=nu, aanmelding=aanmelding)
        return None
    verander_voorstel(voorstel, Voorstelstatus.AANVAARD, door=door, nu=nu, namens=namens)
    verander_aanmelding(aanmelding, Aanmeldingstatus.AANVAARD, door=door, nu=nu, namens=namens)
    plaatsing = Plaatsing.objects.create(
        opvangvraag=vraag,
        voorstel=voorstel,
        locatie=aanmelding.locatie,
        vanaf=voorstel.start,
        tot=voorstel.einde,
        rooster=voorstel.rooster,
        gemaakt_op=nu,
    )
    for ander in lopende:
        if ander.pk != voorstel.pk:
            verander_voorstel(ander, Voorstelstatus.INGETROKKEN, door=door, nu=nu, namens=namens)
    for ander_verzoek in _andere_lopende(aanmelding):
        verander_aanmelding(
            ander_verzoek, Aanmeldingstatus.VERVALLEN_ELDERS, door=door, nu=nu, namens=namens
        )
        meld_aanbieder(ander_verzoek, "aanbieder_elders", nu=nu)
    verander_vraag(vraag, Vraagstatus.GEPLAATST, door=door, nu=nu, namens=namens)
    meld_ouders(vraag, "geplaatst", nu=nu, plaatsing=plaatsing, locatie=aanmelding.locatie)
    meld_aanbieder(aanmelding, "aanbieder_aanvaard", nu=nu, plaatsing=plaatsing)
    return plaatsing


@transaction.atomic
def weiger_voorstel(
    voorstel: Voorstel,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    blijf_op_wachtlijst: bool = False,
    namens: str = "",
) -> None:
    """The parent declines: the places are free again, the other wishes go on, the provider is told.

    With `blijf_op_wachtlijst` the family stays on this location's list for another place.
    """
    _vergrendel(voorstel)
    aanmelding = voorstel.aanmelding
    verander_voorstel(voorstel, Voorstelstatus.GEWEIGERD, door=door, nu=nu, namens=namens)
    naar = Aanmeldingstatus.WACHTLIJST if blijf_op_wachtlijst else Aanmeldingstatus.GEWEIGERD_OUDER
    verander_aanmelding(aanmelding, naar, door=door, nu=nu, namens=namens)
    meld_aanbieder(aanmelding, "aanbieder_geweigerd", nu=nu)


@transaction.atomic
def hou_vast(
    voorstel: Voorstel, *, door: Gebruiker | None, nu: dt.datetime, namens: str = ""
) -> None:
    """Keep this offer until its deadline while better-ranked wishes stay open; the places are the
    family's meanwhile.

    Refuses a shared offer whose place has gone (GeenPlaats).
    """
    vraag, _lopende, aanbod = _vergrendel(voorstel)
    if vraag.status != Vraagstatus.ACTIEF or voorstel.status != Voorstelstatus.OPEN:
        raise OngeldigeOvergang
    if voorstel.geldig_tot <= nu:
        raise VoorstelVerlopen
    if not voorstel.neemt_plaats and not voorstel.week.past_in(
        aanbod[voorstel.plaatsaanbod_id].vrij
    ):
        raise GeenPlaats
    verander_voorstel(voorstel, Voorstelstatus.VASTGEHOUDEN, door=door, nu=nu, namens=namens)
    meld_aanbieder(voorstel.aanmelding, "aanbieder_vastgehouden", nu=nu)


def _andere_lopende(aanmelding: Aanmelding) -> list[Aanmelding]:
    """Requests of the same question at other locations that still live, an expired one included."""
    return list(
        Aanmelding.objects.filter(
            opvangvraag=aanmelding.opvangvraag_id,
            status__in=[*LOPENDE_AANMELDINGEN, Aanmeldingstatus.VERLOPEN],
        )
        .exclude(pk=aanmelding.pk)
        .select_related("locatie__organisator", "opvangvraag__loket", "opvangvraag__kind")
    )


def _vergrendel(voorstel: Voorstel) -> tuple[Opvangvraag, list[Voorstel], dict[int, Plaatsaanbod]]:
    """Lock the question, then every Plaatsaanbod of its running offers in one call
    (docs/gelijktijdigheid.md).
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=voorstel.aanmelding.opvangvraag_id)
    lopende = list(
        Voorstel.objects.lopend()
        .filter(aanmelding__opvangvraag=vraag)
        .select_related("aanmelding__locatie__organisator", "aanmelding__opvangvraag__loket")
    )
    ids = {v.plaatsaanbod_id for v in lopende} | {voorstel.plaatsaanbod_id}
    aanbod = {a.pk: a for a in Plaatsaanbod.objects.vergrendeld().filter(pk__in=ids)}
    voorstel.refresh_from_db()
    return vraag, lopende, aanbod
