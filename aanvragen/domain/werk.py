"""Who does a task, until when it waits, and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aanvragen.domain.fouten import Weigering
from aanvragen.domain.werklijst import VRAAGT_BESLUIT, Taak, Taaksoort
from aanvragen.models import Notitie, Opvangvraag, Taakwerk
from aanvragen.workflow import Notitiesoort, Rustreden, Taakuitkomst
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from loket.werkdagen import na_werkdagen

#: Nobody puts a family off for longer than this at once.
MEESTE_UITSTEL_DAGEN = 92
#: If it still holds, a task that was done comes back after so many working days. Kinds that are not
#: here are done for good: about this mail, draft, or message there is nothing more to do.
TERUG_NA_WERKDAGEN = {
    Taaksoort.VERLOOPT: 1,
    Taaksoort.DRINGEND: 3,
    Taaksoort.GEEN_KEUZE: 5,
    Taaksoort.TE_LAAT: 3,
    Taaksoort.KWETSBAAR: 10,
    Taaksoort.START: 5,
    Taaksoort.HULP: 20,
    Taaksoort.BEVESTIGEN: 20,
}
#: Nobody was reached: try again on the next working day.
NIET_BEREIKT_WERKDAGEN = 1


@transaction.atomic
def geef_aan(
    taak: Taak, wie: Gebruiker | None, *, gezien: int | None, door: Gebruiker, nu: dt.datetime
) -> None:
    """Give a task to a colleague, to oneself, or to nobody.

    `gezien` is the pk of who had it on the page. Refuses when somebody else has it meanwhile: two
    people who press "I do this" don't both ring the family. Refuses a colleague who may not open
    the dossier. Causes a line in the logbook.
    """
    vraag = _vraag(taak)
    if wie is not None and not Opvangvraag.objects.voor_balie(wie).filter(pk=vraag.pk).exists():
        raise Weigering(_("%(wie)s kan dit dossier niet openen.") % {"wie": wie})
    rij = _rij(taak, nu=nu)
    if rij.wie_id == (wie.pk if wie else None):
        return
    if rij.wie_id != gezien:
        raise Weigering(
            _("Intussen nam %(wie)s deze taak.") % {"wie": rij.wie}
            if rij.wie
            else _("Intussen liet een collega deze taak los. Kijk opnieuw.")
        )
    rij.wie, rij.gewijzigd_op = wie, nu
    rij.save(update_fields=["wie", "gewijzigd_op"])
    _leg_vast("gegeven", taak, vraag, door=door, nu=nu, aan=wie.pk if wie else None)


@transaction.atomic
def stel_uit(
    taak: Taak, tot: dt.date, *, reden: Rustreden, door: Gebruiker, nu: dt.datetime
) -> None:
    """Let a task wait until a day, with the reason; on that day it comes back by itself.

    Refuses today or earlier, longer than `MEESTE_UITSTEL_DAGEN`, and an offer beyond its last day:
    then the family would lose its place in silence. Causes a line in the logbook.
    """
    vandaag = timezone.localdate(nu)
    if tot <= vandaag:
        raise Weigering(_("Kies een dag na vandaag."))
    if (tot - vandaag).days > MEESTE_UITSTEL_DAGEN:
        raise Weigering(
            _("Stel ten hoogste %(dagen)s dagen uit.") % {"dagen": MEESTE_UITSTEL_DAGEN}
        )
    if taak.soort == Taaksoort.VERLOOPT and tot > taak.termijn:
        raise Weigering(_("Dan is het voorstel al vervallen. Kies een vroegere dag."))
    vraag, rij = _vraag(taak), _rij(taak, nu=nu)
    rij.rust_tot, rij.rust_reden, rij.gewijzigd_op = tot, reden, nu
    rij.gedaan_termijn, rij.uitkomst = None, ""
    rij.save()
    _leg_vast("uitgesteld", taak, vraag, door=door, nu=nu, tot=tot.isoformat(), reden=reden.value)


@transaction.atomic
def haal_terug(taak: Taak, *, door: Gebruiker, nu: dt.datetime) -> None:
    """End the wait of a task: it is due as its rule says. Causes a line in the logbook."""
    vraag, rij = _vraag(taak), _rij(taak, nu=nu)
    if rij.rust_tot is None or rij.gedaan_termijn is not None:
        return
    rij.rust_tot, rij.rust_reden, rij.gewijzigd_op = None, "", nu
    rij.save()
    _leg_vast("teruggehaald", taak, vraag, door=door, nu=nu)


@transaction.atomic
def rond_af(
    taak: Taak,
    *,
    uitkomst: Taakuitkomst,
    door: Gebruiker,
    nu: dt.datetime,
    notitie: str = "",
) -> dt.date | None:
    """Call a task done, with what came of it; give the day on which it comes back, if ever.

    Guarantees that nothing falls through: a rule that still holds brings the task back after
    `TERUG_NA_WERKDAGEN`, the next working day when nobody was reached, and at once when it becomes
    due anew. Refuses what only a decision can end. Causes a line in the logbook, and a note with
    the words (which stay out of the logbook).
    """
    if taak.soort in VRAAGT_BESLUIT:
        raise Weigering(_("Deze taak is pas klaar als de beslissing genomen is."))
    vraag, rij = _vraag(taak), _rij(taak, nu=nu)
    vandaag = timezone.localdate(nu)
    na = TERUG_NA_WERKDAGEN.get(taak.soort)
    if uitkomst == Taakuitkomst.NIET_BEREIKT:
        na = NIET_BEREIKT_WERKDAGEN
    terug = None if na is None else na_werkdagen(vandaag, na)
    rij.gedaan_termijn, rij.uitkomst, rij.gewijzigd_op = taak.termijn, uitkomst, nu
    rij.rust_tot, rij.rust_reden = terug, ""
    if terug is None:
        rij.wie = None
    rij.save()
    if taak.soort == Taaksoort.EIGEN and terug is None:
        Notitie.objects.filter(pk=taak.ding_id).update(gedaan_op=nu)
    if notitie.strip():
        Notitie.objects.create(
            opvangvraag=vraag,
            soort=Notitiesoort.NOTITIE,
            tekst=notitie.strip(),
            door=door,
            op=nu,
        )
    _leg_vast("klaar", taak, vraag, door=door, nu=nu, uitkomst=uitkomst.value)
    return terug


def _vraag(taak: Taak) -> Opvangvraag:
    return Opvangvraag.objects.select_related("loket").get(pk=taak.vraag_id)


def _rij(taak: Taak, *, nu: dt.datetime) -> Taakwerk:
    """Lock the row of this task, made when nobody touched it before."""
    sleutel = {"opvangvraag_id": taak.vraag_id, "soort": str(taak.soort), "ding_id": taak.ding_id}
    rijen = Taakwerk.objects.select_for_update(of=("self",)).select_related("wie")
    rij = rijen.filter(**sleutel).first()
    if rij is None:
        try:
            with transaction.atomic():
                Taakwerk.objects.create(**sleutel, gewijzigd_op=nu)
        except IntegrityError:
            pass  # a colleague was first; its row is what we lock
        rij = rijen.get(**sleutel)
    return rij


def _leg_vast(
    wat: str,
    taak: Taak,
    vraag: Opvangvraag,
    *,
    door: Gebruiker,
    nu: dt.datetime,
    **gegevens: Any,
) -> None:
    leg_vast(
        f"aanvragen.taak.{wat}",
        vraag,
        door=door,
        nu=nu,
        loket=vraag.loket,
        taak=str(taak.soort),
        ding=taak.ding_id,
        **gegevens,
    )
