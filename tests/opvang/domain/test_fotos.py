"""Photos: made anew without anything but pixels; what is no photo is refused in Dutch."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from loket.domain.fouten import IntussenGewijzigd, Weigering
from opvang.domain import fotos
from opvang.domain.fotos import (
    GROOT,
    KLEIN,
    MEESTE_BYTES,
    MEESTE_FOTOS,
    OngeldigeFoto,
    beschrijf_foto,
    haal_foto_weg,
    lees_foto,
    zet_vooraan,
)
from opvang.domain.nakijken import keur_goed, stuur_terug
from opvang.models import Locatiefoto
from opvang.workflow import Fotostatus
from tests.fabrieken import NU
from tests.opvang.fabrieken_pagina import maak_beeld, maak_foto

KAPOT = "Dit bestand is geen foto die we kunnen tonen. Kies een JPG, PNG of WebP."


def lees(inhoud: bytes, omvang: int | None = None):
    return lees_foto(io.BytesIO(inhoud), omvang=len(inhoud) if omvang is None else omvang)


def open_(inhoud: bytes) -> Image.Image:
    return Image.open(io.BytesIO(inhoud))


# Reading


@pytest.mark.parametrize("soort", ["JPEG", "PNG", "WEBP"])
def test_photo_is_kept_in_two_sizes_as_jpeg(soort):
    beeld = lees(maak_beeld((2400, 1200), soort=soort))

    assert (beeld.breedte, beeld.hoogte) == (GROOT, 800)
    assert (open_(beeld.groot).format, open_(beeld.groot).size) == ("JPEG", (GROOT, 800))
    assert open_(beeld.klein).size == (KLEIN, 360)


def test_small_photo_is_not_blown_up():
    beeld = lees(maak_beeld((400, 500)))

    assert open_(beeld.groot).size == open_(beeld.klein).size == (400, 500)


def test_place_of_the_shot_goes_and_the_photo_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Telefoon van Amina"
    exif.get_ifd(0x8825)[2] = (50.0, 58.0, 0.0)
    ruw = maak_beeld((800, 600), exif=exif, comment=b"thuis")

    beeld = lees(ruw)

    assert b"Amina" in ruw
    assert (beeld.breedte, beeld.hoogte) == (600, 800)
    for inhoud in (beeld.groot, beeld.klein):
        assert dict(open_(inhoud).getexif()) == {}
        assert b"Amina" not in inhoud
        assert b"thuis" not in inhoud


def test_transparency_becomes_white():
    uit = io.BytesIO()
    Image.new("RGBA", (400, 400), (255, 0, 0, 0)).save(uit, "PNG")

    assert open_(lees(uit.getvalue()).groot).getpixel((200, 200)) == (255, 255, 255)


def test_grey_and_palette_are_fine():
    for modus in ("L", "P", "CMYK", "1", "I;16"):
        uit = io.BytesIO()
        Image.new(modus, (400, 400)).save(uit, "JPEG" if modus == "CMYK" else "PNG")
        assert lees(uit.getvalue()).breedte == 400


def _bom(breed: int, hoog: int) -> bytes:
    """A PNG of some bytes that says it is huge."""

    def blok(soort: bytes, inhoud: bytes) -> bytes:
        crc = zlib.crc32(soort + inhoud)
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", crc)

    kop = struct.pack(">IIBBBBB", breed, hoog, 8, 2, 0, 0, 0)
    inhoud = blok(b"IHDR", kop) + blok(b"IDAT", zlib.compress(b"")) + blok(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + inhoud


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", KAPOT),
        (b"geen foto", KAPOT),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", KAPOT),
        (maak_beeld(soort="GIF"), KAPOT),
        (maak_beeld(soort="TIFF"), KAPOT),
        (maak_beeld(soort="BMP"), KAPOT),
        (maak_beeld()[:2000], KAPOT),
        (maak_beeld(soort="PNG")[:60], KAPOT),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, KAPOT),
        (b"\xff\xd8\xff\xe0" + b"\xff" * 500, KAPOT),
        (
            maak_beeld((299, 900)),
            "Deze foto is te klein om goed te tonen. Kies er een van minstens 300 pixels.",
        ),
        (
            _bom(9000, 9000),
            "Deze foto is te groot: meer dan 60 megapixel. Kies een kleinere.",
        ),
        (_bom(60_000, 60_000), KAPOT),
    ],
)
def test_what_is_no_good_photo_is_refused_in_words(inhoud, zin):
    with pytest.raises(OngeldigeFoto) as nee:
        lees(inhoud)

    assert str(nee.value) == zin


def test_too_heavy_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(fotos.Image, "open", lambda *_a, **_k: pytest.fail("opened"))

    with pytest.raises(OngeldigeFoto) as nee:
        lees(b"x", omvang=MEESTE_BYTES + 1)

    assert str(nee.value) == "Deze foto is te zwaar. Kies er een van hoogstens 12 MB."


def test_huge_one_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(fotos.Image.Image, "load", lambda _s: pytest.fail("unpacked"))

    with pytest.raises(OngeldigeFoto):
        lees(_bom(9000, 9000))


@settings(max_examples=30)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_damage_is_refused_or_read_and_never_breaks(rommel, plaats):
    heel = maak_beeld((320, 320), soort="PNG")

    try:
        beeld = lees(heel[:plaats] + rommel + heel[plaats + len(rommel) :])
    except OngeldigeFoto:
        return
    assert open_(beeld.groot).format == "JPEG"


# On the page


@pytest.fixture
def streng(spelers):
    spelers.loket.teksten_nakijken = True
    spelers.loket.save()
    return spelers


@pytest.mark.django_db
def test_photos_are_public_at_once_where_nobody_looks(spelers):
    een, twee = (
        maak_foto(spelers.egeltjes, door=spelers.farid, alt=alt) for alt in ("Tuin", "Slaapkamer")
    )

    assert [foto.status for foto in (een, twee)] == [Fotostatus.GEPUBLICEERD] * 2
    zet_vooraan(twee, door=spelers.farid, nu=NU)
    assert [foto.alt for foto in spelers.egeltjes.fotos.all()] == ["Slaapkamer", "Tuin"]
    assert een.bestand.name.startswith(f"locaties/{spelers.egeltjes.pk}/")


@pytest.mark.django_db
def test_so_many_and_no_more(spelers):
    for _ in range(MEESTE_FOTOS):
        maak_foto(spelers.egeltjes, door=spelers.farid)

    with pytest.raises(Weigering) as nee:
        maak_foto(spelers.egeltjes, door=spelers.farid)
    assert str(nee.value) == "Er staan al 8 foto's. Haal er eerst een weg."
    assert maak_foto(spelers.zonnetje, door=spelers.greet).volgorde == 0


@pytest.mark.django_db
def test_loket_looks_at_a_photo_and_again_when_its_words_change(streng):
    foto = maak_foto(streng.egeltjes, door=streng.farid)
    assert foto.status == Fotostatus.WACHT

    stuur_terug(foto, verwachte_versie=1, reden="Dit kind is herkenbaar.", door=streng.carla, nu=NU)
    foto.refresh_from_db()
    assert (foto.status, foto.opmerking) == (Fotostatus.TERUG, "Dit kind is herkenbaar.")
    # The same words change nothing.
    beschrijf_foto(foto, alt=foto.alt, verwachte_versie=1, door=streng.farid, nu=NU)
    foto.refresh_from_db()
    assert foto.status == Fotostatus.TERUG

    beschrijf_foto(foto, alt="De lege tuin", verwachte_versie=1, door=streng.farid, nu=NU)
    foto.refresh_from_db()
    assert (foto.status, foto.versie, foto.opmerking) == (Fotostatus.WACHT, 2, "")
    with pytest.raises(IntussenGewijzigd):
        keur_goed(foto, verwachte_versie=1, door=streng.carla, nu=NU)
    keur_goed(foto, verwachte_versie=2, door=streng.carla, nu=NU)

    beschrijf_foto(foto, alt="De tuin in mei", verwachte_versie=2, door=streng.farid, nu=NU)
    foto.refresh_from_db()
    assert (foto.status, foto.alt) == (Fotostatus.WACHT, "De tuin in mei")
    with pytest.raises(IntussenGewijzigd):
        beschrijf_foto(foto, alt="Oud blad", verwachte_versie=2, door=streng.farid, nu=NU)


@pytest.mark.django_db
def test_files_go_with_the_photo(spelers, django_capture_on_commit_callbacks):
    foto = maak_foto(spelers.egeltjes, door=spelers.farid)
    opslag, namen = foto.bestand.storage, [foto.bestand.name, foto.klein.name]
    assert all(opslag.exists(naam) for naam in namen)

    with django_capture_on_commit_callbacks(execute=True):
        haal_foto_weg(foto, door=spelers.farid, nu=NU)
        assert all(opslag.exists(naam) for naam in namen)  # not before it is certain

    assert not any(opslag.exists(naam) for naam in namen)
    assert Locatiefoto.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "velden", [{"alt": ""}, {"status": "onzin"}, {"status": "terug", "opmerking": ""}]
)
def test_database_refuses_what_must_never_be(spelers, velden):
    goed = {"alt": "x", "status": "wacht", "breedte": 1, "hoogte": 1, "geplaatst_op": NU}

    with pytest.raises(IntegrityError), transaction.atomic():
        Locatiefoto.objects.create(locatie=spelers.egeltjes, **(goed | velden))
