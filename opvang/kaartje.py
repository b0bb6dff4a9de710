"""A location as machines and messengers read it: schema.org data, and a picture to share."""

from __future__ import annotations

import hashlib
import io
import json
from functools import cache as onthoud
from typing import TYPE_CHECKING, Any

import font_manrope
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from opvang.models import Locatiefoto, Opvanglocatie, Sluitingsdag, Vergunning

_DAGEN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: What could end a script element or start a comment in it, and what old readers take as a new
#: line. The same as Django's `json_script`, which can't set this type.
_VEILIG = {ord(teken): f"\\u{ord(teken):04X}" for teken in "<>&\u2028\u2029"}

BREED, HOOG = 1200, 630
#: The light palette of static/tokens.css.
_PAPIER, _INKT, _GROEN, _ZACHT = "#faf8f4", "#17292b", "#0b5156", "#51646a"
_EEN_DAG = 24 * 3600
_FONT = f"{font_manrope.font_directory}/Manrope-VariableFont_wght.ttf"


def absoluut(pad: str) -> str:
    return settings.SITE_URL + pad


def foto_url(foto: Locatiefoto, slug: str) -> str:
    return reverse("opvang:foto", args=[slug, foto.pk])


def beschrijving(locatie: Opvanglocatie) -> str:
    """One line about a location, for who shares it or finds it."""
    return _("%(vorm)s in %(plaats)s. %(prijs)s. Kijk of er plaats is en vraag opvang aan.") % {
        "vorm": locatie.get_opvangvorm_display(),
        "plaats": locatie.plaats,
        "prijs": locatie.get_prijssysteem_display(),
    }


def schema_org(
    locatie: Opvanglocatie,
    *,
    vergunning: Vergunning | None,
    fotos: Iterable[Locatiefoto],
    sluitingsdagen: Iterable[Sluitingsdag],
) -> SafeString:
    """Describe the location as a schema.org `ChildCare`, safe to stand in a script element.

    Only what the page shows too; how many places are free is left out: it is old by tomorrow.
    """
    gegevens = {
        "@context": "https://schema.org",
        "@type": "ChildCare",
        "@id": absoluut(locatie.get_absolute_url()),
        "url": absoluut(locatie.get_absolute_url()),
        "name": locatie.naam,
        "description": beschrijving(locatie),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{locatie.straat} {locatie.huisnummer}".strip(),
            "postalCode": locatie.postcode,
            "addressLocality": locatie.plaats,
            "addressCountry": "BE",
        },
        "geo": _punt(locatie),
        "telephone": locatie.telefoon,
        "email": locatie.email,
        "sameAs": locatie.website,
        "priceRange": locatie.get_prijssysteem_display(),
        "knowsLanguage": locatie.talen,
        "parentOrganization": {"@type": "Organization", "name": locatie.organisator.naam},
        "maximumAttendeeCapacity": vergunning.vergunde_plaatsen if vergunning else None,
        "openingHoursSpecification": _uren(locatie),
        "specialOpeningHoursSpecification": [_dicht(dag) for dag in sluitingsdagen],
        "image": [absoluut(foto_url(foto, locatie.slug)) for foto in fotos]
        or absoluut(reverse("opvang:kaartbeeld", args=[locatie.slug])),
    }
    gevuld = {sleutel: waarde for sleutel, waarde in gegevens.items() if waarde}
    tekst = json.dumps(gevuld, ensure_ascii=False).translate(_VEILIG)
    return mark_safe(tekst)  # noqa: S308 -- escaped just above


def _punt(locatie: Opvanglocatie) -> dict[str, Any] | None:
    if locatie.breedtegraad is None:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": locatie.breedtegraad,
        "longitude": locatie.lengtegraad,
    }


def _uren(locatie: Opvanglocatie) -> dict[str, Any] | None:
    dagen = [dag for i, dag in enumerate(_DAGEN) if locatie.openingsdagen >> (2 * i) & 0b11]
    if not (dagen and locatie.opening_van and locatie.opening_tot):
        return None
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": dagen,
        "opens": f"{locatie.opening_van:%H:%M}",
        "closes": f"{locatie.opening_tot:%H:%M}",
    }


def _dicht(dag: Sluitingsdag) -> dict[str, Any]:
    """Closed all day, as schema.org says it: from midnight to midnight."""
    return {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": dag.vanaf.isoformat(),
        "validThrough": dag.laatste_dag.isoformat(),
    }


# The picture


def kaartbeeld(
    locatie: Opvanglocatie, *, foto: Locatiefoto | None, afzender: str
) -> tuple[bytes, str]:
    """Draw the picture that a messenger shows beside the link, as PNG; and a sign of its content.

    It says nothing about free places: messengers keep it for months. Kept in the cache; losing
    that costs a tenth of a second.
    """
    regels = (
        locatie.get_opvangvorm_display(),
        locatie.plaats,
        locatie.get_prijssysteem_display(),
    )
    herkomst = "\n".join((afzender, locatie.naam, *regels, str(foto and foto.pk)))
    merk = hashlib.sha256(herkomst.encode()).hexdigest()[:32]
    sleutel = f"kaartbeeld:{merk}"
    png = cache.get(sleutel)
    if not isinstance(png, bytes):
        png = _teken(afzender, locatie.naam, regels, foto)
        cache.set(sleutel, png, _EEN_DAG)
    return png, merk


@onthoud
def _letter(grootte: int, gewicht: int) -> ImageFont.FreeTypeFont:
    letter = ImageFont.truetype(_FONT, grootte)
    letter.set_variation_by_axes([gewicht])
    return letter


def _teken(afzender: str, naam: str, regels: Iterable[str], foto: Locatiefoto | None) -> bytes:
    blad = Image.new("RGB", (BREED, HOOG), _PAPIER)
    pen = ImageDraw.Draw(blad)
    tekstbreed = 620 if foto and _plak_foto(blad, foto) else 1040
    pen.rectangle((0, 0, BREED, 18), fill=_GROEN)
    y = 70
    for tekst, letter, kleur, hoogte, meeste, erna in (
        (afzender, _letter(30, 700), _GROEN, 40, 1, 60),
        (naam, _letter(68, 800), _INKT, 80, 3, 24),
        *((regel, _letter(36, 500), _ZACHT, 52, 1, 0) for regel in regels),
    ):
        for regel in _breek(tekst, letter, tekstbreed, meeste=meeste):
            pen.text((80, y), regel, font=letter, fill=kleur)
            y += hoogte
        y += erna
    uit = io.BytesIO()
    blad.save(uit, "PNG", optimize=True)
    return uit.getvalue()


def _plak_foto(blad: Image.Image, foto: Locatiefoto) -> bool:
    """Put the photo at the right, cut to size; False when its file is gone."""
    breed = 440
    try:
        with foto.klein.open("rb") as bestand, Image.open(bestand, formats=["JPEG"]) as beeld:
            schaal = max(breed / beeld.width, HOOG / beeld.height)
            maten = (round(beeld.width * schaal), round(beeld.height * schaal))
            groot = beeld.convert("RGB").resize(maten, Image.Resampling.LANCZOS)
    except OSError:
        return False
    links, boven = (groot.width - breed) // 2, (groot.height - HOOG) // 2
    blad.paste(groot.crop((links, boven, links + breed, boven + HOOG)), (BREED - breed, 0))
    return True


def _breek(tekst: str, letter: ImageFont.FreeTypeFont, breed: int, *, meeste: int) -> Sequence[str]:
    """Break a text in lines that fit; what is too long ends in an ellipsis."""
    regels: list[str] = []
    for woord in tekst.split():
        samen = f"{regels[-1]} {woord}" if regels else woord
        if regels and letter.getlength(samen) <= breed:
            regels[-1] = samen
        else:
            regels.append(woord)
    if len(regels) > meeste:
        regels = [*regels[: meeste - 1], " ".join(regels[meeste - 1 :])]
    return [_knip(regel, letter, breed) for regel in regels]


def _knip(regel: str, letter: ImageFont.FreeTypeFont, breed: int) -> str:
    if letter.getlength(regel) <= breed:
        return regel
    while regel and letter.getlength(f"{regel}…") > breed:
        regel = regel[:-1]
    return f"{regel.rstrip()}…"
