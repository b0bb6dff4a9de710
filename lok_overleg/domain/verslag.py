"""The minutes: written until they are published, and then never changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from lok_overleg.domain.fouten import IntussenGewijzigd, Vastgelegd, Weigering
from lok_overleg.domain.status import verander_vergadering, vergrendel
from lok_overleg.domain.uitnodigen import meld_leden
from lok_overleg.models import Agendapunt, Vergadering, Verslag
from lok_overleg.workflow import Vergaderstatus
from loket.domain.logboek import leg_vast
from loket.models import Lidmaatschap

if TYPE_CHECKING:
    from loket.models import Gebruiker

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEFOON = re.compile(r"(?<![\d.,/-])(?:\+32|0032|0)(?:[ ./-]?\d){8,9}(?![\d])")


@transaction.atomic
def bewaar_verslag(
    vergadering: Vergadering,
    *,
    tekst: str,
    per_punt: Mapping[int, str],
    verwachte_versie: int,
    door: Gebruiker,
    nu: dt.datetime,
) -> Verslag:
    """Keep the minutes so far (`per_punt`: id of the agendapunt -> text).

    Refuses when somebody else saved them meanwhile (IntussenGewijzigd) and outside the time between
    the meeting and the publication (Vastgelegd).
    """
    rij = vergrendel(vergadering)
    if rij.status != Vergaderstatus.GEHOUDEN:
        raise Vastgelegd(_("Het verslag schrijf je na de vergadering, tot het gepubliceerd is."))
    verslag = Verslag.objects.filter(vergadering=rij).first()
    if verwachte_versie != (verslag.versie if verslag else 0):
        raise IntussenGewijzigd
    if verslag is None:
        verslag = Verslag(vergadering=rij, versie=0)
    verslag.tekst = tekst.strip()
    verslag.versie += 1
    verslag.gewijzigd_op = nu
    verslag.save()
    punten = list(rij.agendapunten.filter(pk__in=per_punt))
    for punt in punten:
        punt.verslag = per_punt[punt.pk].strip()
    Agendapunt.objects.bulk_update(punten, ["verslag"])
    leg_vast("lok.verslag.bewaard", rij, door=door, nu=nu, loket=rij.loket, versie=verslag.versie)
    return verslag


@transaction.atomic
def publiceer_verslag(
    vergadering: Vergadering, *, verwachte_versie: int, door: Gebruiker, nu: dt.datetime
) -> Verslag:
    """Make the minutes final: the members get them, everybody may read the version without names.

    Refuses an empty text, a stale page (IntussenGewijzigd: what is published is what was read), and
    a second time (OngeldigeOvergang).
    """
    rij = vergrendel(vergadering)
    verslag = Verslag.objects.filter(vergadering=rij).first()
    if verslag is None or not (verslag.tekst or rij.agendapunten.exclude(verslag="").exists()):
        raise Weigering(_("Het verslag is nog leeg. Schrijf eerst wat er gezegd is."))
    if verslag.versie != verwachte_versie:
        raise IntussenGewijzigd
    verander_vergadering(rij, Vergaderstatus.VERSLAG_GEPUBLICEERD, door=door, nu=nu)
    verslag.gepubliceerd_op = nu
    verslag.gepubliceerd_door = door
    verslag.save()
    meld_leden(rij, "lok/verslag", nu=nu)
    return verslag


def namen_van(vergadering: Vergadering) -> set[str]:
    """List the names that do not belong in public: of the members and of the loket's people."""
    leden = vergadering.aanwezigheden.values_list("naam", "lid__naam")
    personeel = Lidmaatschap.objects.filter(loket=vergadering.loket_id)
    return {
        *(naam for namen in leden for naam in namen),
        *personeel.exclude(gebruiker__naam="").values_list("gebruiker__naam", flat=True),
    }


def zonder_namen(tekst: str, namen: Iterable[str]) -> str:
    """Replace full names, e-mail addresses and phone numbers by neutral words. Pure.

    It knows only the names it is given: the writer sees the result before publishing, because no
    program finds every name.
    """
    tekst = _MAIL.sub(_("[e-mailadres]"), tekst)
    tekst = _TELEFOON.sub(_("[telefoonnummer]"), tekst)
    # The longest name first: "An Claessens-Peeters" is not "An Claessens" and a rest.
    for naam in sorted({n.strip() for n in namen if n.strip()}, key=len, reverse=True):
        delen = r"\s+".join(re.escape(deel) for deel in naam.split())
        tekst = re.sub(rf"(?<!\w){delen}(?!\w)", _een_lid, tekst, flags=re.IGNORECASE)
    return tekst


def _een_lid(gevonden: re.Match[str]) -> str:
    """Write "Een lid" where a sentence begins."""
    ervoor = gevonden.string[: gevonden.start()].rstrip()
    woord = _("een lid")
    return woord if ervoor and ervoor[-1] not in ".!?:" else woord.capitalize()
