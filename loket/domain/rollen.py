"""Give somebody a role for a loket, or change it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Lidmaatschap, Rol


@transaction.atomic
def bewaar_rol(lidmaatschap: Lidmaatschap, *, door: Gebruiker | None, nu: dt.datetime) -> None:
    """Write a new or changed role, and who gave it.

    Whether this person may enter the admin follows from the roles alone: the flag on the account
    is kept for the menu and for the library, and nobody sets it by hand.
    """
    nieuw = lidmaatschap.pk is None
    lidmaatschap.save()
    gebruiker = lidmaatschap.gebruiker
    vandaag = timezone.localdate(nu)
    gebruiker.is_staff = (
        Lidmaatschap.objects.filter(gebruiker=gebruiker, rol=Rol.BEHEERDER)
        .exclude(tot__lte=vandaag)
        .exists()
    )
    gebruiker.save(update_fields=["is_staff"])
    leg_vast(
        "toegang.rol_gegeven" if nieuw else "toegang.rol_gewijzigd",
        lidmaatschap,
        door=door,
        nu=nu,
        loket=lidmaatschap.loket,
        rol=lidmaatschap.rol,
        vanaf=lidmaatschap.vanaf.isoformat(),
        tot=lidmaatschap.tot.isoformat() if lidmaatschap.tot else None,
    )
