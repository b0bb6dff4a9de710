"""Ask for a place on behalf of a family, or note at once that both sides said yes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import AlGeplaatst, OngeldigeOvergang, Weigering
from aanvragen.domain.keuzes import voeg_keuze_toe
from aanvragen.domain.kiezen import aanvaard
from aanvragen.domain.noodplan.rust import eis_geen_rust
from aanvragen.domain.voorstellen import doe_voorstel
from aanvragen.models import Aanmelding, Noodplanregel, Opvangvraag, Plaatsing
from aanvragen.workflow import LOPENDE_AANMELDINGEN, Vraagstatus
from loket.models import Bericht, Gebruiker
from loket.workflow import Berichtstatus
from opvang.models import Opvanglocatie, Plaatsaanbod

NAMENS = "opvang en gezin aan de telefoon"
#: What these would tell is told by the mail about the place itself.
_OVERBODIG = ("aanvragen/nieuwe_vraag", "aanvragen/voorstel")


@transaction.atomic
def vraag_daar(
    regel: Noodplanregel, locatie: Opvanglocatie, *, door: Gebruiker, nu: dt.datetime
) -> Aanmelding:
    """Send the child's question to one more location, on behalf of the family.

    Refuses a family that wants calm (WilRust), and what `voeg_keuze_toe` refuses. Causes: the
    usual mail to that provider, none to the family.
    """
    eis_geen_rust(regel)
    return voeg_keuze_toe(_vraag_van(regel), locatie, door=door, nu=nu)


@transaction.atomic
def plaats_meteen(
    regel: Noodplanregel,
    aanbod: Plaatsaanbod,
    *,
    start: dt.date,
    door: Gebruiker,
    nu: dt.datetime,
) -> Plaatsing:
    """The provider and the family both said yes on the phone: ask, offer and accept in one go.

    The provider decides and the family decides (domein.md §12, rule 4); this only writes it down.
    Guarantees: what `doe_voorstel` and `aanvaard` guarantee; two people who place the same child
    at once place it once. Refuses: a family that wants calm (WilRust), a child that has a place
    (AlGeplaatst), a place that is not there. Causes: one mail to the family and one to the
    provider, about the place.
    """
    eis_geen_rust(regel)
    vraag = Opvangvraag.objects.vergrendeld().get(pk=_vraag_van(regel).pk)
    if vraag.status == Vraagstatus.GEPLAATST:
        raise AlGeplaatst(_("Dit kind heeft al een nieuwe plaats."))
    aanmelding = vraag.aanmeldingen.filter(
        locatie=aanbod.locatie_id, status__in=LOPENDE_AANMELDINGEN
    ).first() or voeg_keuze_toe(vraag, aanbod.locatie, door=door, nu=nu)
    voorstel = aanmelding.voorstellen.lopend().first() or doe_voorstel(
        aanmelding,
        aanbod,
        start=start,
        rooster=vraag.week_samen,
        einde=_einde(vraag, aanbod, start),
        door=door,
        nu=nu,
        namens=NAMENS,
    )
    plaatsing = aanvaard(voorstel, door=door, nu=nu, namens=NAMENS)
    # Written in this very transaction, so nobody can have sent them.
    Bericht.objects.over(vraag).filter(
        sjabloon__in=_OVERBODIG, aangemaakt_op=nu, status=Berichtstatus.WACHT
    ).delete()
    return plaatsing


def _vraag_van(regel: Noodplanregel) -> Opvangvraag:
    if regel.heropend is None:
        raise OngeldigeOvergang
    return regel.heropend


def _einde(vraag: Opvangvraag, aanbod: Plaatsaanbod, start: dt.date) -> dt.date | None:
    """Care ends when the family wants, or when the (temporary) places do."""
    einden = [einde for einde in (vraag.gewenst_einde, aanbod.tot) if einde is not None]
    if any(einde <= start for einde in einden):
        raise Weigering(_("Op die dag is deze plaats nog niet of niet meer vrij."))
    return min(einden, default=None)
