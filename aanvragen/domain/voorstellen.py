"""The provider offers a place: what is offered is really there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import OngeldigeOvergang, Opgeschort, Weigering
from aanvragen.domain.kiezen import neem_aan_het_einde
from aanvragen.domain.meldingen import meld_aanbieder, meld_ouders, meld_voorstel
from aanvragen.domain.opschorten import kan_vasthouden, laat_los
from aanvragen.domain.status import verander_aanmelding
from aanvragen.models import Aanmelding, Opvangvraag, Voorstel
from aanvragen.workflow import Aanmeldingstatus, BijEinde, Voorstelstatus, Vraagstatus
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from loket.werkdagen import begin_van
from opvang.domain.keuren import Aanbodgegevens
from opvang.domain.vrije_plaatsen import meld_vrij
from opvang.models import Plaatsaanbod
from opvang.weekrooster import Weekrooster


class NietVrij(Weigering):
    """The chosen free places don't cover the offered days."""

    def __init__(self, ontbrekend: Weekrooster) -> None:
        super().__init__(
            _("Op deze dagen is er geen vrije plaats meer: %(dagen)s.") % {"dagen": ontbrekend}
        )
        self.ontbrekend = ontbrekend


@transaction.atomic
def doe_voorstel(
    aanmelding: Aanmelding,
    plaatsaanbod: Plaatsaanbod,
    *,
    start: dt.date,
    rooster: Weekrooster,
    door: Gebruiker | None,
    nu: dt.datetime,
    einde: dt.date | None = None,
    reserveert: bool = True,
    toelichting: str = "",
    geldig_tot: dt.datetime | None = None,
    namens: str = "",
) -> Voorstel:
    """Offer places out of `plaatsaanbod` from `start`; the parent has until `geldig_tot` (else the
    loket's term).

    Guarantees: the places were free when offered, and stay the family's while the offer runs unless
    `reserveert` is off. An offer with another start (beyond the family's flexibility) or other days
    than asked is a deviating one (afwijkend). Refuses: places that are not there (NietVrij),
    another location's places, a request that no longer waits, a wish that is suspended because the
    family holds a better-ranked place (Opgeschort). Causes: a mail to the parents.
    """
    vraag = Opvangvraag.objects.vergrendeld().get(pk=aanmelding.opvangvraag_id)
    aanmelding.refresh_from_db()
    if vraag.status != Vraagstatus.ACTIEF:
        raise OngeldigeOvergang
    if vraag.aanmeldingen.opgeschort().filter(pk=aanmelding.pk).exists():
        raise Opgeschort
    if plaatsaanbod.locatie_id != aanmelding.locatie_id:
        raise Weigering(_("Deze vrije plaats hoort bij een andere opvang."))
    # Lock first, count after: the count then sees every place given away before us.
    aanbod = Plaatsaanbod.objects.vergrendeld().get(pk=plaatsaanbod.pk)
    if start < aanbod.vanaf or (aanbod.tot and start >= aanbod.tot):
        raise Weigering(_("Op die dag is deze plaats nog niet of niet meer vrij."))
    if not rooster.past_in(aanbod.vrij):
        raise NietVrij(rooster.ontbrekend_in(aanbod.vrij))
    naar = (
        Aanmeldingstatus.AFWIJKEND
        if is_afwijkend(vraag, start=start, rooster=rooster)
        else Aanmeldingstatus.VOORGESTELD
    )
    verander_aanmelding(aanmelding, naar, door=door, nu=nu, toelichting=toelichting, namens=namens)
    voorstel = Voorstel.objects.create(
        aanmelding=aanmelding,
        plaatsaanbod=aanbod,
        start=start,
        einde=einde,
        rooster=rooster.masker,
        reserveert=reserveert,
        toelichting=toelichting,
        geldig_tot=geldig_tot or einde_van_de_dag(nu, vraag.loket.voorsteltermijn),
        gedaan_door=door,
        gedaan_op=nu,
    )
    leg_vast(
        "aanvragen.voorstel.gedaan",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        voorstel=voorstel.pk,
        locatie=aanmelding.locatie.naam,
        start=start.isoformat(),
        rooster=rooster.masker,
    )
    meld_voorstel(voorstel, nu=nu, kan_vasthouden=kan_vasthouden(voorstel))
    return voorstel


@transaction.atomic
def doe_voorstel_met_nieuwe_plaats(
    aanmelding: Aanmelding,
    *,
    start: dt.date,
    rooster: Weekrooster,
    door: Gebruiker | None,
    nu: dt.datetime,
    einde: dt.date | None = None,
    reserveert: bool = True,
    toelichting: str = "",
    geldig_tot: dt.datetime | None = None,
    namens: str = "",
) -> Voorstel:
    """Announce one place for exactly these days and offer it at once: for a provider that never
    said it was free.

    Guarantees: the place and the offer, or neither. Refuses and causes what `doe_voorstel` does.
    """
    aanbod = meld_vrij(
        aanmelding.locatie,
        Aanbodgegevens(vanaf=start, tot=einde, vrij=rooster.vector),
        door=door,
        nu=nu,
        namens=namens,
    )
    return doe_voorstel(
        aanmelding,
        aanbod,
        start=start,
        rooster=rooster,
        einde=einde,
        reserveert=reserveert,
        toelichting=toelichting,
        geldig_tot=geldig_tot,
        door=door,
        nu=nu,
        namens=namens,
    )


def is_afwijkend(vraag: Opvangvraag, *, start: dt.date, rooster: Weekrooster) -> bool:
    """Tell whether an offer has other days than asked, or a start too far off."""
    speling = dt.timedelta(weeks=vraag.flexibel_weken)
    op_tijd = vraag.gewenste_start - speling <= start <= vraag.gewenste_start + speling
    return not op_tijd or rooster != vraag.week_samen


@transaction.atomic
def trek_voorstel_in(
    voorstel: Voorstel, *, door: Gebruiker | None, nu: dt.datetime, namens: str = ""
) -> None:
    """The provider takes an unanswered offer back: its places are free again, the family returns to
    the waiting list and is told. What a hold of it suspended counts again.

    Refuses an offer that was accepted or ended (OngeldigeOvergang).
    """
    Opvangvraag.objects.vergrendeld().get(pk=voorstel.aanmelding.opvangvraag_id)
    voorstel.refresh_from_db()
    if voorstel.status == Voorstelstatus.AANVAARD:
        raise OngeldigeOvergang
    laat_los(voorstel, Voorstelstatus.INGETROKKEN, door=door, nu=nu, namens=namens)
    verander_aanmelding(
        voorstel.aanmelding, Aanmeldingstatus.WACHTLIJST, door=door, nu=nu, namens=namens
    )
    meld_ouders(
        voorstel.aanmelding.opvangvraag,
        "voorstel_ingetrokken",
        nu=nu,
        aanmelding=voorstel.aanmelding,
    )


@transaction.atomic
def laat_verlopen(voorstel: Voorstel, *, nu: dt.datetime) -> bool:
    """The deadline passed. An open offer lapses; a held one is taken or freed, as the family chose.

    Guarantees: never before the deadline; the places are free again or the child's. A family that
    chose to free its place stays on the list, and what the hold suspended counts again. Both
    parents and the provider are told. False when it was decided meanwhile.
    """
    Opvangvraag.objects.vergrendeld().get(pk=voorstel.aanmelding.opvangvraag_id)
    voorstel.refresh_from_db()
    if not Voorstel.objects.verstreken(nu).filter(pk=voorstel.pk).exists():
        return False
    aanmelding = voorstel.aanmelding
    vanzelf: dict[str, Any] = {"door": None, "nu": nu, "namens": "termijn"}
    if voorstel.status == Voorstelstatus.OPEN:
        laat_los(voorstel, Voorstelstatus.VERLOPEN, **vanzelf)
        verander_aanmelding(aanmelding, Aanmeldingstatus.VERLOPEN, **vanzelf)
        meld_ouders(aanmelding.opvangvraag, "voorstel_verlopen", nu=nu, aanmelding=aanmelding)
        meld_aanbieder(aanmelding, "aanbieder_voorstel_verlopen", nu=nu)
    elif voorstel.bij_einde == BijEinde.NEMEN:
        neem_aan_het_einde(voorstel, nu=nu)
    else:
        laat_los(voorstel, Voorstelstatus.VERLOPEN, **vanzelf)
        verander_aanmelding(aanmelding, Aanmeldingstatus.WACHTLIJST, **vanzelf)
        meld_ouders(aanmelding.opvangvraag, "voorstel_vrijgegeven", nu=nu, aanmelding=aanmelding)
        meld_aanbieder(aanmelding, "aanbieder_vrijgegeven", nu=nu)
    return True


def einde_van_de_dag(nu: dt.datetime, dagen: int) -> dt.datetime:
    """Midnight after the last full day of the term, in local time: a parent has the whole day that
    the mail names.
    """
    return begin_van(timezone.localdate(nu) + dt.timedelta(days=dagen + 1))
