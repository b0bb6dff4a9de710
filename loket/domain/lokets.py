"""Open a loket: the one thing that no screen can do, because nobody manages it yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from loket.domain.aanmelden import vind_of_maak
from loket.domain.fouten import Weigering
from loket.domain.logboek import leg_vast
from loket.domain.rollen import bewaar_rol
from loket.models import Gemeente, Lidmaatschap, Loket, Rol


@transaction.atomic
def open_loket(
    *, naam: str, nis: Collection[str], beheerder: str, nu: dt.datetime, slug: str = ""
) -> Loket:
    """Make a loket for the municipalities with these NIS codes, and give it its first manager.

    The manager signs in with a code by mail and does the rest in the admin. Refuses a code that is
    no municipality, a municipality that has a loket already, and a name that is taken.
    """
    gemeenten = {gemeente.nis: gemeente for gemeente in Gemeente.objects.filter(nis__in=nis)}
    if onbekend := sorted(set(nis) - set(gemeenten)):
        raise Weigering(f"Geen gemeente met NIS-code {', '.join(onbekend)}.")
    if bezet := sorted(g.naam for g in gemeenten.values() if g.lokets.exists()):
        raise Weigering(f"Er is al een loket voor {', '.join(bezet)}.")
    loket, nieuw = Loket.objects.get_or_create(
        slug=slugify(slug or naam)[:50], defaults={"naam": naam}
    )
    if not nieuw:
        raise Weigering(f"Er is al een loket met de naam {loket.naam}.")
    loket.gemeenten.set(gemeenten.values())
    leg_vast("loket.geopend", loket, door=None, namens="opdrachtregel", nu=nu, loket=loket)
    bewaar_rol(
        Lidmaatschap(
            gebruiker=vind_of_maak(beheerder),
            loket=loket,
            rol=Rol.BEHEERDER,
            vanaf=timezone.localdate(nu),
        ),
        door=None,
        nu=nu,
    )
    return loket
