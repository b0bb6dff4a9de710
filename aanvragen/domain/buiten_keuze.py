"""Staff found a place at a location that the family never asked: an offer that costs nothing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import OngeldigeOvergang, Opgeschort, Weigering
from aanvragen.domain.keuzes import maak_aanmelding
from aanvragen.domain.passen import passende_periodes
from aanvragen.domain.voorstellen import doe_voorstel
from aanvragen.models import Opvangvraag, Voorstel
from aanvragen.workflow import Voorstelstatus, Vraagstatus
from loket.models import Gebruiker
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.weekrooster import Weekrooster

#: More places than anybody reads are no help.
MEESTE = 20


@transaction.atomic
def stel_buiten_keuze_voor(
    vraag: Opvangvraag,
    plaatsaanbod: Plaatsaanbod,
    *,
    start: dt.date,
    rooster: Weekrooster,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
) -> Voorstel:
    """Offer a place that the provider gives, at a location outside the family's wishes.

    Guarantees: it stands below every wish, so it suspends nothing and stays out of the ranking; a
    no or silence ends only this. Refuses: a question that doesn't run; a location that was asked
    before; a family that holds a place (Opgeschort); what `doe_voorstel` refuses. Causes: the mail
    of an offer to the parents. Source: domein.md §12, rule 4 (the provider decides, the parent
    chooses).
    """
    vraag = Opvangvraag.objects.vergrendeld().select_related("loket", "kind").get(pk=vraag.pk)
    if vraag.status != Vraagstatus.ACTIEF:
        raise OngeldigeOvergang
    if not Opvanglocatie.objects.publiek().filter(pk=plaatsaanbod.locatie_id).exists():
        raise Weigering(_("Deze opvang is niet te vinden voor ouders."))
    if vraag.aanmeldingen.filter(locatie=plaatsaanbod.locatie_id).exists():
        raise Weigering(_("Deze opvang staat al bij de keuzes van het gezin."))
    if vraag.aanmeldingen.filter(voorstellen__status=Voorstelstatus.VASTGEHOUDEN).exists():
        raise Opgeschort(_("Dit gezin houdt nu een plaats vast. Een ander voorstel kan daarna."))
    aanmelding = maak_aanmelding(
        vraag, plaatsaanbod.locatie, door=door, nu=nu, namens=namens, buiten_keuze=True
    )
    return doe_voorstel(
        aanmelding,
        plaatsaanbod,
        start=start,
        rooster=rooster,
        door=door,
        nu=nu,
        namens=namens,
    )


def plaatsen_buiten_keuze(vraag: Opvangvraag, *, peildatum: dt.date) -> list[Plaatsaanbod]:
    """List free places at other locations of the loket that cover the whole asked week, best first.

    A location that keeps its free places hidden, or that the family asked, is not in it.
    """
    start = max(vraag.gewenste_start, peildatum)
    gevraagd = vraag.aanmeldingen.values("locatie")
    aanboden = (
        Plaatsaanbod.objects.filter(
            locatie__in=Opvanglocatie.objects.publiek().filter(
                gemeente__in=vraag.loket.gemeenten.all()
            )
        )
        .exclude(locatie__in=gevraagd)
        .select_related("locatie__gemeente")
    )
    leeftijd = vraag.kind.leeftijd_in_maanden(start)
    passend = [
        aanbod
        for aanbod in passende_periodes(vraag, aanboden, peildatum=peildatum)
        if aanbod.vanaf <= start
        and aanbod.leeftijd_vanaf <= leeftijd < aanbod.leeftijd_tot
        and vraag.week_samen.past_in(aanbod.vrij)
    ]
    per_locatie: dict[int, Plaatsaanbod] = {}
    for aanbod in passend:
        per_locatie.setdefault(aanbod.locatie_id, aanbod)
    return list(per_locatie.values())[:MEESTE]
