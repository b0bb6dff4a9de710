"""The parent decides on an offer: accept, hold or decline."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from aanvragen.domain.fouten import (
    AlGeplaatst,
    GeenPlaats,
    OngeldigeOvergang,
    VasthoudenKanNiet,
    VoorstelVerlopen,
)
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders
from aanvragen.domain.opschorten import betere_keuzes, laat_los, trek_lagere_in
from aanvragen.domain.status import verander_aanmelding, verander_voorstel, verander_vraag
from aanvragen.models import Aanmelding, Opvangvraag, Plaatsing, Voorstel
from aanvragen.workflow import (
    LOPENDE_AANMELDINGEN,
    LOPENDE_VOORSTELLEN,
    Aanmeldingstatus,
    BijEinde,
    Ouderreden,
    Voorstelstatus,
    Vraagstatus,
)
from loket.domain.logboek import leg_vast
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
    voorstel: Voorstel,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str,
    vanzelf: bool = False,
) -> Plaatsing | None:
    vraag, lopende, aanbod = _vergrendel(voorstel)
    if vraag.status == Vraagstatus.GEPLAATST:
        raise AlGeplaatst
    if vraag.status != Vraagstatus.ACTIEF or voorstel.status not in LOPENDE_VOORSTELLEN:
        raise OngeldigeOvergang
    if voorstel.geldig_tot <= nu and not vanzelf:
        raise VoorstelVerlopen
    aanmelding = voorstel.aanmelding
    if _plaats_is_weg(voorstel, aanbod):
        verander_voorstel(
            voorstel, Voorstelstatus.INGETROKKEN, door=None, nu=nu, namens="plaats weg"
        )
        verander_aanmelding(
            aanmelding, Aanmeldingstatus.WACHTLIJST, door=None, nu=nu, namens="plaats weg"
        )
        meld_ouders(vraag, "plaats_weg", nu=nu, aanmelding=aanmelding)
        return None
    anderen = _andere_lopende(aanmelding)
    plaatsing = Plaatsing.objects.create(
        opvangvraag=vraag,
        voorstel=voorstel,
        locatie=aanmelding.locatie,
        vanaf=voorstel.start,
        tot=voorstel.einde,
        rooster=voorstel.rooster,
        gemaakt_op=nu,
        verviel={
            "aanmeldingen": {str(a.pk): a.status for a in [aanmelding, *anderen]},
            "voorstellen": {str(v.pk): v.status for v in lopende},
        },
    )
    verander_voorstel(voorstel, Voorstelstatus.AANVAARD, door=door, nu=nu, namens=namens)
    verander_aanmelding(aanmelding, Aanmeldingstatus.AANVAARD, door=door, nu=nu, namens=namens)
    for ander in lopende:
        if ander.pk != voorstel.pk:
            verander_voorstel(ander, Voorstelstatus.INGETROKKEN, door=door, nu=nu, namens=namens)
    for ander_verzoek in anderen:
        verander_aanmelding(
            ander_verzoek, Aanmeldingstatus.VERVALLEN_ELDERS, door=door, nu=nu, namens=namens
        )
        meld_aanbieder(ander_verzoek, "aanbieder_elders", nu=nu)
    verander_vraag(vraag, Vraagstatus.GEPLAATST, door=door, nu=nu, namens=namens)
    meld_ouders(
        vraag,
        "geplaatst",
        nu=nu,
        plaatsing=plaatsing,
        locatie=aanmelding.locatie,
        vanzelf=vanzelf,
    )
    meld_aanbieder(aanmelding, "aanbieder_aanvaard", nu=nu, plaatsing=plaatsing)
    return plaatsing


def neem_aan_het_einde(voorstel: Voorstel, *, nu: dt.datetime) -> None:
    """Take a held place at its deadline, because the family chose so beforehand; in the caller's
    transaction.
    """
    _aanvaard(voorstel, door=None, nu=nu, namens="termijn", vanzelf=True)


@transaction.atomic
def weiger_voorstel(
    voorstel: Voorstel,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    blijf_op_wachtlijst: bool = False,
    reden: Ouderreden = Ouderreden.NIET_GEZEGD,
    namens: str = "",
) -> None:
    """The parent declines, or gives a held place back: the places are free again, the other wishes
    go on, both parents and the provider are told.

    With `blijf_op_wachtlijst` the family stays on this location's list for another place. The
    reason is a code or nothing; the provider doesn't get it. What a hold suspended counts again.
    Refuses an offer that ended (OngeldigeOvergang); one past its deadline is declined as long as
    nobody let it lapse.
    """
    _vergrendel(voorstel)
    aanmelding = voorstel.aanmelding
    laat_los(
        voorstel,
        Voorstelstatus.GEWEIGERD,
        door=door,
        nu=nu,
        namens=namens,
        ouderreden=reden.value,
    )
    naar = Aanmeldingstatus.WACHTLIJST if blijf_op_wachtlijst else Aanmeldingstatus.GEWEIGERD_OUDER
    verander_aanmelding(aanmelding, naar, door=door, nu=nu, namens=namens)
    meld_ouders(
        aanmelding.opvangvraag,
        "voorstel_geweigerd",
        nu=nu,
        aanmelding=aanmelding,
        blijft=blijf_op_wachtlijst,
    )
    meld_aanbieder(aanmelding, "aanbieder_geweigerd", nu=nu)


@transaction.atomic
def hou_vast(
    voorstel: Voorstel,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    bij_einde: BijEinde = BijEinde.VRIJGEVEN,
    namens: str = "",
) -> None:
    """Keep this offer until its deadline while better-ranked wishes stay open; then it is taken or
    freed, as the family chooses here (`bij_einde`).

    Guarantees: a question holds one offer at most. Holding a better one gives the lower one back in
    the same transaction; offers on lower wishes are withdrawn, so that their places move on. Lower
    wishes are suspended until the hold ends (`domain.opschorten`). Refuses: where the loket does
    not allow it, or nothing better is open (VasthoudenKanNiet); an offer that ended or is past its
    deadline; a shared offer whose place has gone (GeenPlaats). Causes: mail to both parents, this
    provider, and the providers that lose an offer.
    """
    vraag, lopende, aanbod = _vergrendel(voorstel)
    aanmelding = voorstel.aanmelding
    if vraag.status != Vraagstatus.ACTIEF or voorstel.status != Voorstelstatus.OPEN:
        raise OngeldigeOvergang
    if voorstel.geldig_tot <= nu:
        raise VoorstelVerlopen
    if not vraag.loket.vasthouden_mag:
        raise VasthoudenKanNiet
    beter = betere_keuzes(vraag, aanmelding)
    if not beter or any(
        v.status == Voorstelstatus.VASTGEHOUDEN and v.aanmelding.rang < aanmelding.rang
        for v in lopende
    ):
        raise VasthoudenKanNiet
    if _plaats_is_weg(voorstel, aanbod):
        raise GeenPlaats
    geraakt = trek_lagere_in(lopende, aanmelding, door=door, nu=nu)
    verander_voorstel(
        voorstel,
        Voorstelstatus.VASTGEHOUDEN,
        door=door,
        nu=nu,
        namens=namens,
        bij_einde=bij_einde,
    )
    meld_ouders(
        vraag,
        "vastgehouden",
        nu=nu,
        voorstel=voorstel,
        locatie=aanmelding.locatie,
        beter=[a.locatie.naam for a in beter],
        ingetrokken=[a.locatie.naam for a in geraakt],
    )
    meld_aanbieder(aanmelding, "aanbieder_vastgehouden", nu=nu, voorstel=voorstel)


@transaction.atomic
def kies_bij_einde(
    voorstel: Voorstel,
    bij_einde: BijEinde,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> None:
    """Change what happens with a held offer at its deadline; refused once that has passed."""
    Opvangvraag.objects.vergrendeld().get(pk=voorstel.aanmelding.opvangvraag_id)
    voorstel.refresh_from_db()
    if voorstel.status != Voorstelstatus.VASTGEHOUDEN:
        raise OngeldigeOvergang
    if voorstel.geldig_tot <= nu:
        raise VoorstelVerlopen
    if voorstel.bij_einde == bij_einde:
        return
    Voorstel.objects.filter(pk=voorstel.pk).update(bij_einde=bij_einde)
    voorstel.refresh_from_db()
    vraag = voorstel.aanmelding.opvangvraag
    leg_vast(
        "aanvragen.voorstel.bij_einde",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        voorstel=voorstel.pk,
        locatie=voorstel.aanmelding.locatie.naam,
        bij_einde=bij_einde.value,
    )
    meld_ouders(vraag, "bij_einde", nu=nu, voorstel=voorstel, locatie=voorstel.aanmelding.locatie)


def _plaats_is_weg(voorstel: Voorstel, aanbod: dict[int, Plaatsaanbod]) -> bool:
    """Tell whether a shared offer has lost its place to another family."""
    return not voorstel.neemt_plaats and not voorstel.week.past_in(
        aanbod[voorstel.plaatsaanbod_id].vrij
    )


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
