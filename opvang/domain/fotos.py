"""Photos of a location: read what was sent, make it anew, and keep them in order.

What came in is never shown: the pixels are drawn again in two sizes as JPEG, turned upright, so
that nothing else of the file (place and hour of the shot, a hidden script) goes along.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
from dataclasses import dataclass
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from loket.domain.fouten import IntussenGewijzigd, Weigering
from loket.domain.logboek import leg_vast
from loket.models import Gebruiker
from opvang.domain.nakijken import verander_foto
from opvang.domain.pagina import meld_aan_loket, vergrendel, wordt_nagekeken
from opvang.models import Locatiefoto, Opvanglocatie
from opvang.workflow import Fotostatus

MEESTE_FOTOS = 8
MEESTE_BYTES = 12 * 1024 * 1024
#: What a telephone makes at its best; more is no photo for a page.
MEESTE_PIXELS = 60_000_000
KLEINSTE_ZIJDE = 300
#: The longest side of what we keep: a wide screen, and a phone.
GROOT, KLEIN = 1600, 720
SOORTEN = ("JPEG", "PNG", "WEBP")
_KAPOT = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class OngeldigeFoto(Weigering):
    """What was sent is no photo that we can show; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Beeld:
    """A photo made anew, in two sizes; `breedte` and `hoogte` are those of the large one."""

    groot: bytes
    klein: bytes
    breedte: int
    hoogte: int


def lees_foto(bestand: IO[bytes], *, omvang: int) -> Beeld:
    """Make a photo anew, or refuse it with `OngeldigeFoto`. Pure: nothing is kept.

    The size in bytes and in pixels is checked before anything is unpacked, so that a small file
    that unpacks to gigabytes does no harm.
    """
    if omvang > MEESTE_BYTES:
        raise OngeldigeFoto(
            _("Deze foto is te zwaar. Kies er een van hoogstens %(mb)s MB.")
            % {"mb": MEESTE_BYTES // 1024 // 1024}
        )
    # WeasyPrint lets the whole process take half a file for a photo; we don't.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(bestand, formats=SOORTEN) as beeld:
            _keur_maten(beeld.size)
            beeld.draft("RGB", (GROOT, GROOT))  # a JPEG is unpacked no larger than needed
            rechtop = _op_wit(ImageOps.exif_transpose(beeld))
    except _KAPOT as fout:
        raise OngeldigeFoto(
            _("Dit bestand is geen foto die we kunnen tonen. Kies een JPG, PNG of WebP.")
        ) from fout
    groot, klein = (_verklein(rechtop, zijde) for zijde in (GROOT, KLEIN))
    return Beeld(_jpeg(groot), _jpeg(klein), *groot.size)


def _keur_maten(maten: tuple[int, int]) -> None:
    breed, hoog = maten
    if breed * hoog > MEESTE_PIXELS:
        raise OngeldigeFoto(
            _("Deze foto is te groot: meer dan %(mp)s megapixel. Kies een kleinere.")
            % {"mp": MEESTE_PIXELS // 1_000_000}
        )
    if min(maten) < KLEINSTE_ZIJDE:
        raise OngeldigeFoto(
            _("Deze foto is te klein om goed te tonen. Kies er een van minstens %(px)s pixels.")
            % {"px": KLEINSTE_ZIJDE}
        )


def _op_wit(beeld: Image.Image) -> Image.Image:
    """Lay it on white, without anything but its pixels."""
    blad = Image.new("RGB", beeld.size, "white")
    if beeld.has_transparency_data:
        doorzichtig = beeld.convert("RGBA")
        blad.paste(doorzichtig, mask=doorzichtig)
    else:
        blad.paste(beeld.convert("RGB"))
    return blad


def _verklein(beeld: Image.Image, zijde: int) -> Image.Image:
    kopie = beeld.copy()
    kopie.thumbnail((zijde, zijde), Image.Resampling.LANCZOS)
    return kopie


def _jpeg(beeld: Image.Image) -> bytes:
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", quality=82, optimize=True, progressive=True)
    return uit.getvalue()


@transaction.atomic
def plaats_foto(
    locatie: Opvanglocatie, beeld: Beeld, *, alt: str, door: Gebruiker, nu: dt.datetime
) -> Locatiefoto:
    """Add a photo at the end; parents see it at once, or after a look by the loket."""
    vergrendel(locatie)
    volgordes = list(locatie.fotos.values_list("volgorde", flat=True))
    if len(volgordes) >= MEESTE_FOTOS:
        raise Weigering(
            _("Er staan al %(aantal)s foto's. Haal er eerst een weg.") % {"aantal": MEESTE_FOTOS}
        )
    kijkt = wordt_nagekeken(locatie)
    foto = Locatiefoto(
        locatie=locatie,
        breedte=beeld.breedte,
        hoogte=beeld.hoogte,
        alt=alt,
        volgorde=max(volgordes, default=-1) + 1,
        status=Fotostatus.WACHT if kijkt else Fotostatus.GEPUBLICEERD,
        geplaatst_door=door,
        geplaatst_op=nu,
    )
    foto.bestand.save("foto.jpg", ContentFile(beeld.groot), save=False)
    foto.klein.save("klein.jpg", ContentFile(beeld.klein), save=False)
    foto.save()
    leg_vast("opvang.foto.geplaatst", locatie, door=door, nu=nu, foto=foto.pk)
    if kijkt:
        meld_aan_loket(locatie, nu=nu)
    return foto


@transaction.atomic
def beschrijf_foto(
    foto: Locatiefoto, *, alt: str, door: Gebruiker, nu: dt.datetime, verwachte_versie: int
) -> None:
    """Say anew what is on a photo; the loket looks at it again where it wants to look.

    Saying the same changes nothing, except that a photo that was sent back is offered again only
    with other words.
    """
    vergrendel(foto.locatie)
    if foto.versie != verwachte_versie:
        raise IntussenGewijzigd
    if alt == foto.alt:
        return
    naar = Fotostatus.WACHT if wordt_nagekeken(foto.locatie) else Fotostatus.GEPUBLICEERD
    velden = {"alt": alt, "versie": foto.versie + 1, "opmerking": ""}
    if foto.status == naar:
        zelfde = Locatiefoto.objects.filter(pk=foto.pk, status=naar, versie=foto.versie)
        if not zelfde.update(**velden):
            raise IntussenGewijzigd
    else:
        verander_foto(foto, naar, **velden)
    leg_vast("opvang.foto.beschreven", foto.locatie, door=door, nu=nu, foto=foto.pk)
    if naar == Fotostatus.WACHT:
        meld_aan_loket(foto.locatie, nu=nu)


@transaction.atomic
def zet_vooraan(foto: Locatiefoto, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Make it the first, and so the one at the top of the page."""
    vergrendel(foto.locatie)
    rest = foto.locatie.fotos.exclude(pk=foto.pk).order_by("volgorde", "pk")
    for plaats, pk in enumerate([foto.pk, *rest.values_list("pk", flat=True)]):
        Locatiefoto.objects.filter(pk=pk).update(volgorde=plaats)
    leg_vast("opvang.foto.vooraan", foto.locatie, door=door, nu=nu, foto=foto.pk)


@transaction.atomic
def haal_foto_weg(foto: Locatiefoto, *, door: Gebruiker, nu: dt.datetime) -> None:
    """Take a photo away for good: the files go once that is certain."""
    bestanden = [(veld.storage, veld.name) for veld in (foto.bestand, foto.klein)]
    leg_vast("opvang.foto.weggehaald", foto.locatie, door=door, nu=nu, foto=foto.pk)
    foto.delete()

    def ruim_op() -> None:
        for opslag, naam in bestanden:
            if naam:
                opslag.delete(naam)

    transaction.on_commit(ruim_op, robust=True)
