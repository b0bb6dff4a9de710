"""The theme of a loket: a dozen values for light and dark, kept as JSON, checked before use.

    {"licht": {"primary": "#27408b", "hero": "#1d2f6b", ...}, "donker": {...}, "hoek": ".375rem"}

Colours are the roles of static/tokens.css without `--lok-`. What a theme leaves out keeps the value
of tokens.css, so the check always runs over the whole palette. Only hex colours and lengths pass:
nothing else reaches the sheet.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

Palet: TypeAlias = Mapping[str, str]

TOKENS = Path(__file__).resolve().parent.parent / "static" / "tokens.css"
LICHT, DONKER = "licht", "donker"
KLEUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
LENGTE = re.compile(r"\d{0,2}(?:\.\d{1,4})?rem")
HOEKEN = ("hoek-s", "hoek", "hoek-l")
TEKST, VORM = 4.5, 3.0

# A theme may give these roles. Signal colours (info, success, warning, danger) mean the same in
# every municipality.
VRIJE_ROLLEN = (
    "page", "surface", "raised", "sunken", "line", "edge", "ink", "muted", "link",
    "primary", "primary-hover", "primary-soft", "primary-ink",
    "accent", "accent-ink", "accent-text", "accent-soft",
    "hero", "hero-ink", "hero-muted", "focus", "halo", "raam", "licht",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Eis:
    """A role must stand out from these backgrounds by this ratio (WCAG 2.2, 1.4.3 and 1.4.11)."""

    rol: str
    op: tuple[str, ...]
    minstens: float


_VLAKKEN = ("page", "surface", "raised", "sunken")
EISEN: tuple[Eis, ...] = (
    Eis("ink", (*_VLAKKEN, "primary-soft", "accent-soft"), TEKST),
    Eis("muted", (*_VLAKKEN, "primary-soft", "accent-soft"), TEKST),
    Eis("link", ("page", "surface", "sunken"), TEKST),
    Eis("primary-ink", ("primary", "primary-hover"), TEKST),
    Eis("primary", ("primary-soft",), TEKST),
    Eis("accent-ink", ("accent",), TEKST),
    Eis("accent-text", ("page", "surface", "accent-soft"), TEKST),
    Eis("accent", ("surface", "page"), VORM),
    Eis("hero-ink", ("hero",), TEKST),
    Eis("hero-muted", ("hero",), TEKST),
    Eis("edge", _VLAKKEN, VORM),
    Eis("primary", ("surface", "page", "sunken"), VORM),
    Eis("focus", ("page", "surface"), VORM),
    *(
        eis
        for soort in ("info", "success", "warning", "danger")
        for eis in (
            Eis(f"{soort}-ink", (f"{soort}-bg", "surface", "page"), TEKST),
            Eis(f"{soort}-line", (f"{soort}-bg", "surface"), VORM),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Tekort:
    """A pair of colours that is too hard to tell apart."""

    kleurstelling: str
    rol: str
    op: str
    verhouding: float
    minstens: float

    def __str__(self) -> str:
        return _(
            "%(kleurstelling)s: %(rol)s op %(op)s haalt %(verhouding)s, nodig is %(minstens)s."
        ) % {
            "kleurstelling": self.kleurstelling,
            "rol": self.rol,
            "op": self.op,
            "verhouding": f"{self.verhouding:.1f}".replace(".", ","),
            "minstens": f"{self.minstens:.1f}".replace(".", ","),
        }


def helderheid(kleur: str) -> float:
    """Relative luminance of a hex colour, as WCAG 2.2 defines it."""
    cijfers = kleur.removeprefix("#")
    if len(cijfers) == 3:  # noqa: PLR2004 -- #abc is short for #aabbcc
        cijfers = "".join(cijfer * 2 for cijfer in cijfers)
    kanalen = (int(cijfers[plek : plek + 2], 16) / 255 for plek in (0, 2, 4))
    rood, groen, blauw = (
        waarde / 12.92 if waarde <= 0.04045 else ((waarde + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for waarde in kanalen
    )
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def contrast(een: str, ander: str) -> float:
    """Contrast ratio of two hex colours, from 1 to 21."""
    donkerste, lichtste = sorted((helderheid(een), helderheid(ander)))
    return (lichtste + 0.05) / (donkerste + 0.05)


def lees_blok(css: str, kiezer: str) -> dict[str, str]:
    """Read the `--lok-*` values of the block with this selector."""
    begin = css.index(f"{kiezer} {{") + len(kiezer) + 2
    blok = css[begin : css.index("}", begin)]
    return {
        naam: waarde.strip() for naam, waarde in re.findall(r"--lok-([\w-]+):\s*([^;}]+)", blok)
    }


@cache
def basispaletten() -> Mapping[str, Palet]:
    """Read the colours of tokens.css, light and dark; dark keeps what it does not change."""
    css = TOKENS.read_text(encoding="utf-8")
    licht = lees_blok(css, ':root, [data-thema="licht"]')
    donker = licht | lees_blok(css, '\n[data-thema="donker"]')
    return {LICHT: licht, DONKER: donker}


def palet(huisstijl: Mapping[str, object], kleurstelling: str) -> dict[str, str]:
    """Lay the theme over tokens.css, as the sheets do."""
    samen = dict(basispaletten()[kleurstelling])
    eigen = huisstijl.get(kleurstelling)
    if isinstance(eigen, Mapping):
        samen |= {str(rol): str(kleur) for rol, kleur in eigen.items()}
    return samen


def tekorten(huisstijl: Mapping[str, object]) -> list[Tekort]:
    """List every pair of colours of the theme that misses the required contrast."""
    gevonden = []
    for kleurstelling in (LICHT, DONKER):
        kleuren = palet(huisstijl, kleurstelling)
        for eis in EISEN:
            for vlak in eis.op:
                verhouding = contrast(kleuren[eis.rol], kleuren[vlak])
                if verhouding < eis.minstens:
                    gevonden.append(Tekort(kleurstelling, eis.rol, vlak, verhouding, eis.minstens))
    return gevonden


def _vormfouten(huisstijl: Mapping[str, object]) -> Iterable[str]:
    for sleutel, waarde in huisstijl.items():
        if sleutel in HOEKEN:
            if not (isinstance(waarde, str) and LENGTE.fullmatch(waarde)):
                yield _("%(naam)s is geen lengte in rem, zoals .375rem.") % {"naam": sleutel}
        elif sleutel in {LICHT, DONKER}:
            if not isinstance(waarde, Mapping):
                yield _("%(naam)s moet een lijst van rollen met een kleur zijn.") % {
                    "naam": sleutel
                }
                continue
            for rol, kleur in waarde.items():
                if rol not in VRIJE_ROLLEN:
                    yield _("%(rol)s is geen rol die je mag kiezen.") % {"rol": rol}
                elif not (isinstance(kleur, str) and KLEUR.fullmatch(kleur)):
                    yield _("%(rol)s is geen kleur zoals #27408b.") % {"rol": rol}
        else:
            yield _("%(naam)s hoort niet in een huisstijl.") % {"naam": sleutel}


def valideer_huisstijl(huisstijl: object) -> None:
    """Refuse a theme that is malformed or hard to read; the validator of `Loket.huisstijl`."""
    if not isinstance(huisstijl, Mapping):
        raise ValidationError(
            _("Een huisstijl is een lijst van rollen met een kleur."), code="vorm"
        )
    fouten = list(_vormfouten(huisstijl))
    if fouten:
        raise ValidationError(fouten, code="vorm")
    te_zwak = tekorten(huisstijl)
    if te_zwak:
        raise ValidationError([str(tekort) for tekort in te_zwak], code="contrast")


def _regels(palet: object) -> str:
    if not isinstance(palet, Mapping):
        return ""
    return "".join(f"--lok-{rol}:{kleur};" for rol, kleur in palet.items())


def als_css(huisstijl: Mapping[str, object]) -> str:
    """Write the theme as a sheet that stands outside the layers and so wins over tokens.css.

    Refuses what `valideer_huisstijl` refuses: a theme that got into the database another way is
    not served.
    """
    valideer_huisstijl(huisstijl)
    hoeken = "".join(f"--lok-{naam}:{huisstijl[naam]};" for naam in HOEKEN if naam in huisstijl)
    # Dark names every role that light changed: outside the layers, light would win in dark too.
    anders = set(_sleutels(huisstijl, LICHT)) | set(_sleutels(huisstijl, DONKER))
    volledig = palet(huisstijl, DONKER)
    donker = _regels({rol: volledig[rol] for rol in VRIJE_ROLLEN if rol in anders})
    return (
        f':root,[data-thema="licht"]{{{hoeken}{_regels(huisstijl.get(LICHT))}}}\n'
        f"@media (prefers-color-scheme:dark){{:root:not([data-thema]){{{donker}}}}}\n"
        f'[data-thema="donker"]{{{donker}}}\n'
    )


def _sleutels(huisstijl: Mapping[str, object], kleurstelling: str) -> Iterable[str]:
    palet = huisstijl.get(kleurstelling)
    return palet.keys() if isinstance(palet, Mapping) else ()


def vingerafdruk(huisstijl: Mapping[str, object]) -> str:
    """Short name of this exact theme, so that a changed theme gets a new address."""
    vast = json.dumps(huisstijl, sort_keys=True).encode()
    return hashlib.sha256(vast).hexdigest()[:10]
