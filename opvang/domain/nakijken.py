"""Staff of the loket look at what a location wants on its page: approve it, or send it back."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loket.domain.berichten import leg_klaar
from loket.domain.fouten import IntussenGewijzigd, OngeldigeOvergang, Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker, Loket
from opvang.domain.pagina import publiceer, verander_tekst, vergrendel
from opvang.models import Locatiefoto, Opvanglocatie, Paginatekst
from opvang.workflow import FOTOOVERGANGEN, Fotostatus, Tekststatus


class ZonderReden(Weigering):
    standaard = _("Schrijf in een zin wat de opvang kan veranderen.")


@transaction.atomic
def keur_goed(
    ding: Paginatekst | Locatiefoto, *, verwachte_versie: int, door: Gebruiker, nu: dt.datetime
) -> None:
    """Let parents see it; refuses when it changed since it was looked at."""
    vergrendel(ding.locatie)
    _zelfde_versie(ding, verwachte_versie)
    if isinstance(ding, Paginatekst):
        if ding.status != Tekststatus.WACHT:
            raise OngeldigeOvergang
        Paginatekst.objects.filter(pk=ding.pk).update(nagekeken_door=door)
        publiceer(ding, door=door, nu=nu)
        return
    verander_foto(ding, Fotostatus.GEPUBLICEERD, opmerking="", nagekeken_door=door)
    leg_vast("opvang.foto.gepubliceerd", ding.locatie, door=door, nu=nu, foto=ding.pk)


@transaction.atomic
def stuur_terug(
    ding: Paginatekst | Locatiefoto,
    *,
    verwachte_versie: int,
    reden: str,
    door: Gebruiker,
    nu: dt.datetime,
) -> None:
    """Ask the location to change it, with a sentence that says what; it gets that by mail.

    What waited stays a draft, and what was on the page before stays there. What is public leaves
    the page: a child that can be recognised, a sentence that hurts. Where the location already
    works on another version of that text, it goes on with that one.
    """
    if not reden:
        raise ZonderReden
    vergrendel(ding.locatie)
    _zelfde_versie(ding, verwachte_versie)
    was_openbaar = ding.status in {Tekststatus.GEPUBLICEERD, Fotostatus.GEPUBLICEERD}
    if isinstance(ding, Paginatekst):
        zelfde = Paginatekst.objects.filter(locatie=ding.locatie_id, onderwerp=ding.onderwerp)
        in_werk = was_openbaar and zelfde.werkversies().exists()
        naar = Tekststatus.VERVANGEN if in_werk else Tekststatus.TERUG
        verander_tekst(ding, naar, opmerking=reden, nagekeken_door=door)
        wie, plaats = ding.geschreven_door, "aanbod:pagina"
    else:
        verander_foto(ding, Fotostatus.TERUG, opmerking=reden, nagekeken_door=door)
        wie, plaats = ding.geplaatst_door, "aanbod:fotos"
    locatie = ding.locatie
    leg_vast("opvang.pagina.teruggestuurd", locatie, door=door, nu=nu, wat=type(ding).__name__)
    leg_klaar(
        "opvang/teruggestuurd",
        aan=wie.email if wie else locatie.organisator.email,
        nu=nu,
        context={
            "locatie": locatie,
            "tekst": ding if isinstance(ding, Paginatekst) else None,
            "foto": ding if isinstance(ding, Locatiefoto) else None,
            "reden": reden,
            "was_openbaar": was_openbaar,
            "url": settings.SITE_URL + reverse(plaats, args=[locatie.slug]),
        },
        loket=_loket_van(locatie, door),
        onderwerp=locatie,
        ontvanger=wie,
    )


def verander_foto(foto: Locatiefoto, naar: Fotostatus, **velden: object) -> None:
    """Move a photo along an edge of `FOTOOVERGANGEN`; the second of two callers is refused."""
    van = Fotostatus(foto.status)
    if naar not in FOTOOVERGANGEN[van]:
        raise OngeldigeOvergang
    zelfde = Locatiefoto.objects.filter(pk=foto.pk, status=van, versie=foto.versie)
    if not zelfde.update(status=naar, **velden):
        raise IntussenGewijzigd
    foto.status = naar


def _zelfde_versie(ding: Paginatekst | Locatiefoto, verwacht: int) -> None:
    if ding.versie != verwacht:
        raise IntussenGewijzigd


def _loket_van(locatie: Opvanglocatie, door: Gebruiker) -> Loket | None:
    eigen = {loket_id for loket_id, _rol in door.rollen}
    return Loket.objects.voor_gemeente(locatie.gemeente_id).filter(pk__in=eigen).first()
