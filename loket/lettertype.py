"""The typeface Manrope, made from its package: a small web font, static weights for the PDF.

The web font is no file of the project. The finder below makes it when static files are collected
or served.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import font_manrope
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.core.checks import CheckMessage
    from django.core.files.storage import Storage

BRON = Path(font_manrope.font_directory) / "Manrope-VariableFont_wght.ttf"
BESTAND = Path("lettertype") / "manrope.woff2"
MERKTEKEN = ".gemaakt-van"

# Dutch and the languages that share its letters: Western and Central European, Turkish, Romanian.
TEKENS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), 0x2BC, 0x2C6, 0x2C7,
    *range(0x2D8, 0x2DE), 0x1E9E, *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2022,
    0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122,
    *range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265,
)  # fmt: skip
DUNST, DIKST = 400, 800
GEWICHTEN = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}


def maak(map_: Path) -> tuple[Path, bool]:
    """Write the web font below `map_`; returns its path and whether it had to be made anew.

    Causes nothing when the file is there and was made from the same source with the same letters.
    """
    doel = map_ / BESTAND
    merk = doel.parent / MERKTEKEN
    herkomst = _herkomst()
    if doel.exists() and merk.exists() and merk.read_text(encoding="utf-8") == herkomst:
        return doel, False

    doel.parent.mkdir(parents=True, exist_ok=True)
    lettertype = TTFont(BRON)
    keuzes = subset.Options(
        layout_features=["*"], notdef_outline=True, hinting=False, desubroutinize=True
    )
    snijder = subset.Subsetter(keuzes)
    snijder.populate(unicodes=TEKENS)
    snijder.subset(lettertype)
    lettertype = instancer.instantiateVariableFont(lettertype, {"wght": (DUNST, DIKST)})
    lettertype.flavor = "woff2"
    # Two at the same time: each writes a file of its own, the last rename wins, none is seen half.
    with tempfile.NamedTemporaryFile(dir=doel.parent, suffix=".half", delete=False) as tijdelijk:
        lettertype.save(tijdelijk)
    Path(tijdelijk.name).chmod(0o644)
    Path(tijdelijk.name).replace(doel)
    merk.write_text(herkomst, encoding="utf-8")
    return doel, True


def _herkomst() -> str:
    """Name the source and the choices; a change of either makes the font anew."""
    wat = f"{BRON.stat().st_size} {TEKENS} {DUNST} {DIKST}"
    return hashlib.sha256(wat.encode()).hexdigest()


def css_voor_pdf() -> str:
    """Write the @font-face rules for WeasyPrint, which reads the static weights from disk."""
    map_ = Path(font_manrope.font_directory)
    return "\n".join(
        f"@font-face {{ font-family: Manrope; font-weight: {gewicht}; "
        f'src: url("{(map_ / f"Manrope-{naam}.ttf").as_uri()}") }}'
        for gewicht, naam in GEWICHTEN.items()
    )


def map_van_de_site() -> Path:
    """Where the made font lives on this machine."""
    return Path(settings.VAR) / "lettertype"


class Vinder(BaseFinder):
    """Finds the web font among the static files, and makes it the first time."""

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's signature
        alles = find_all or kwargs.get("all", False)
        gevonden = [str(maak(map_van_de_site())[0])] if Path(path) == BESTAND else []
        return gevonden if alles else next(iter(gevonden), [])

    def list(
        self,
        ignore_patterns: Iterable[str] | None,  # noqa: ARG002 -- Django's signature
    ) -> Iterator[tuple[str, Storage]]:
        maak(map_van_de_site())
        yield BESTAND.as_posix(), FileSystemStorage(location=map_van_de_site())
