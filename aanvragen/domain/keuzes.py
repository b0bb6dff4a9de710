"""One more location while a question runs, asked for by the family."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import OngeldigeOvergang, Weigering
from aanvragen.domain.meldingen import meld_aanbieder
from aanvragen.domain.ronde import antwoord_voor
from aanvragen.domain.terugdraaien import vraag_opnieuw
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import Aanmeldingstatus, Vraagstatus
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.models import Opvanglocatie


@transaction.atomic
def voeg_keuze_toe(
    vraag: Opvangvraag, locatie: Opvanglocatie, *, door: Gebruiker | None, nu: dt.datetime
) -> Aanmelding:
    """Send a running question to one more location, as its last wish.

    Guarantees: a location is asked once; its answer term starts now. Refuses: a question that is
    not with the providers (OngeldigeOvergang), a location that parents can't find, one that was
    chosen before; but one that lapsed for a place elsewhere that fell through is asked again, at
    its old rank. Causes: the same mail to the provider as for every new question.
    """
    vraag = Opvangvraag.objects.vergrendeld().select_related("loket", "kind").get(pk=vraag.pk)
    if vraag.status != Vraagstatus.ACTIEF:
        raise OngeldigeOvergang
    if not Opvanglocatie.objects.publiek().filter(pk=locatie.pk).exists():
        raise Weigering(_("Deze opvang is niet te vinden voor ouders."))
    eerder = vraag.aanmeldingen.filter(locatie=locatie).first()
    if eerder is not None and eerder.status == Aanmeldingstatus.VERVALLEN_ELDERS:
        vraag_opnieuw(eerder, door=door, nu=nu)
        return eerder
    if eerder is not None:
        raise Weigering(_("Deze opvang staat al bij de keuzes van het gezin."))
    aanmelding = maak_aanmelding(vraag, locatie, door=door, nu=nu)
    meld_aanbieder(aanmelding, "nieuwe_vraag", nu=nu)
    return aanmelding


def maak_aanmelding(
    vraag: Opvangvraag,
    locatie: Opvanglocatie,
    *,
    door: Gebruiker | None,
    nu: dt.datetime,
    namens: str = "",
    buiten_keuze: bool = False,
) -> Aanmelding:
    """Add a request below all others, with a fresh answer term, and log it; mails nobody.

    For the callers, who hold the lock on the question and checked the location.
    """
    laatste = vraag.aanmeldingen.aggregate(rang=Max("rang"))["rang"] or 0
    aanmelding = Aanmelding.objects.create(
        opvangvraag=vraag,
        locatie=locatie,
        rang=laatste + 1,
        buiten_keuze=buiten_keuze,
        verzonden_op=nu,
        antwoord_voor=antwoord_voor(vraag.loket, nu=nu),
        gewijzigd_op=nu,
    )
    leg_vast(
        f"aanvragen.aanmelding.{'buiten_keuze' if buiten_keuze else 'toegevoegd'}",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        namens=namens,
        aanmelding=aanmelding.pk,
        locatie=locatie.naam,
    )
    return aanmelding
