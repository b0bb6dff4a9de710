"""Charts as our own SVG: one function for page and PDF, the palette makes the difference.

A browser gives var() its value; WeasyPrint reads neither classes nor var() inside SVG and gets
plain colours and sizes. Every chart begins with a `<title>` that says what it shows, and stands
beside a table with the same figures. Bars start at zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rapportage.getallen import getal

BREED = 400
REGEL = 46
#: How much longer than the line to compare with the axis is at least.
RUIMTE = Decimal("1.08")


@dataclass(frozen=True, slots=True)
class Palet:
    """Colours by role, and whether letters must be named (paper) or come from the sheet (web)."""

    inkt: str
    stil: str
    lijn: str
    leeg: str
    hoofd: str
    zacht: str
    accent: str
    op_papier: bool


WEB = Palet(
    inkt="var(--lok-ink)",
    stil="var(--lok-muted)",
    lijn="var(--lok-line)",
    leeg="var(--lok-sunken)",
    hoofd="var(--lok-primary)",
    zacht="var(--lok-primary-soft)",
    accent="var(--lok-accent)",
    op_papier=False,
)
PAPIER = Palet(
    inkt="#17292b",
    stil="#51646a",
    lijn="#dfd8cb",
    leeg="#f2ede4",
    hoofd="#0b5156",
    zacht="#dcebe8",
    accent="#e9643f",
    op_papier=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staaf:
    """One bar; without a value `tekst` says why there is none. `deel` is the coral part of it."""

    naam: str
    waarde: Decimal | int | None
    tekst: str = ""
    deel: Decimal | int | None = None
    nadruk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Streep:
    """A line to hold the bars against, such as the figure of the Vlaams Gewest."""

    waarde: Decimal
    naam: str


def staven(
    rijen: Sequence[Staaf],
    *,
    titel: str,
    palet: Palet,
    streep: Streep | None = None,
    cijfers: int | None = None,
) -> SafeString:
    """Lying bars, one per row, in the order given; the longest value fills the width."""
    if not rijen:
        return SafeString("")
    hoogste = max(Decimal(rij.waarde or 0) for rij in rijen)
    if streep:
        hoogste = max(hoogste, streep.waarde * RUIMTE)
    schaal = BREED / hoogste if hoogste else Decimal(0)
    delen = [
        _staafrij(nr, rij, schaal=schaal, palet=palet, cijfers=cijfers)
        for nr, rij in enumerate(rijen)
    ]
    hoog = len(rijen) * REGEL
    if streep:
        x = streep.waarde * schaal
        # Beside the bars only, so that it crosses no figure.
        stukken = " ".join(f"M{_plek(x)} {nr * REGEL + 18}v19" for nr in range(len(rijen)))
        delen.append(
            format_html('<path stroke="{}" stroke-width="2" d="{}"/>', palet.inkt, stukken)
        )
        delen.append(
            _tekst(
                _plek(x),
                hoog + 12,
                f"{streep.naam} {getal(streep.waarde, 1)}",
                palet,
                klassen=["as"],
                waar="end" if x > BREED / 2 else "start",
            )
        )
    return _svg(delen, titel=titel, hoog=hoog + (18 if streep else 0), palet=palet)


def _staafrij(
    nr: int, rij: Staaf, *, schaal: Decimal, palet: Palet, cijfers: int | None
) -> SafeString:
    y = nr * REGEL
    waarde = rij.tekst or getal(rij.waarde, cijfers)
    kleur = palet.accent if rij.nadruk else palet.hoofd
    balken = [_balk(0, y + 21, BREED, palet.leeg)]
    if rij.waarde:
        balken.append(_balk(0, y + 21, max(Decimal(2), Decimal(rij.waarde) * schaal), kleur))
    if rij.deel:
        balken.append(_balk(0, y + 21, max(Decimal(2), Decimal(rij.deel) * schaal), palet.accent))
    return format_html(
        "{}{}{}",
        _tekst(0, y + 14, rij.naam, palet),
        _tekst(BREED, y + 14, waarde, palet, waar="end", vet=rij.waarde is not None),
        SafeString("".join(balken)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kolom:
    """One standing bar, of a month; without a value it is hidden or not known."""

    naam: str
    kort: str
    waarde: Decimal | None
    nadruk: bool = False


KOLOM_HOOG, KOLOM_RAND = 150, 40
#: Above a bar of hundreds a decimal says nothing and touches its neighbour; the table has it.
RONDE_CIJFERS_VANAF = 100


def kolommen(rijen: Sequence[Kolom], *, titel: str, palet: Palet, verborgen: str) -> SafeString:
    """Standing bars on a scale that starts at zero; `verborgen` stands where there is no value."""
    waarden = [rij.waarde for rij in rijen if rij.waarde is not None]
    if not waarden:
        return SafeString("")
    top, stap = _schaal(max(waarden))
    uitgelicht = next((nr for nr, rij in enumerate(rijen) if rij.nadruk), 0)
    delen = [_aslijn(lijn, top=top, palet=palet) for lijn in range(0, top + 1, stap)]
    for nr, rij in enumerate(rijen):
        delen += _kolom(
            rij,
            plek=(nr, len(rijen)),
            top=top,
            palet=palet,
            verborgen=verborgen,
            # On a phone there is room for every other label; the table has them all.
            smal=("om",) if (nr - uitgelicht) % 2 else (),
            cijfers=0 if top >= RONDE_CIJFERS_VANAF else None,
        )
    return _svg(delen, titel=titel, hoog=KOLOM_HOOG + 42, palet=palet)


def _aslijn(waarde: int, *, top: int, palet: Palet) -> SafeString:
    y = _hoogte(waarde, top)
    return format_html(
        '<path stroke="{}" d="M{} {}H{}"/>{}',
        palet.lijn,
        KOLOM_RAND,
        _plek(y),
        BREED,
        _tekst(KOLOM_RAND - 8, int(y) + 4, getal(waarde), palet, klassen=["as"], waar="end"),
    )


def _kolom(
    rij: Kolom,
    *,
    plek: tuple[int, int],
    top: int,
    palet: Palet,
    verborgen: str,
    smal: Sequence[str],
    cijfers: int | None,
) -> list[SafeString]:
    nr, aantal = plek
    breed = Decimal(BREED - KOLOM_RAND) / aantal
    midden = KOLOM_RAND + breed * nr + breed / 2
    as_ = ["as", *smal]
    naam = _tekst(_plek(midden), KOLOM_HOOG + 34, rij.kort, palet, klassen=as_, waar="middle")
    if rij.waarde is None:
        y = KOLOM_HOOG + 12
        return [naam, _tekst(_plek(midden), y, verborgen, palet, klassen=["as"], waar="middle")]
    boven = _hoogte(rij.waarde, top)
    staaf = format_html(
        '<rect fill="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        palet.accent if rij.nadruk else palet.hoofd,
        _plek(midden - breed * Decimal("0.32")),
        _plek(boven),
        _plek(breed * Decimal("0.64")),
        _plek(KOLOM_HOOG + 16 - boven),
    )
    cijfer = _tekst(
        _plek(midden),
        int(boven) - 5,
        getal(rij.waarde, cijfers),
        palet,
        waar="middle",
        vet=rij.nadruk,
        klassen=["klein", *smal],
    )
    return [naam, staaf, cijfer]


def _hoogte(waarde: Decimal | int, top: int) -> Decimal:
    return KOLOM_HOOG + 16 - Decimal(waarde) * KOLOM_HOOG / top


def _schaal(hoogste: Decimal) -> tuple[int, int]:
    """The top of the axis and the distance between its lines: round numbers, at most five lines."""
    macht = 1
    while True:
        for veelvoud in (1, 2, 5):
            stap = veelvoud * macht
            if stap * 4 >= hoogste:
                return (ceil(hoogste / stap) or 1) * stap, stap
        macht *= 10


def _svg(delen: Sequence[SafeString], *, titel: str, hoog: int, palet: Palet) -> SafeString:
    # The title is the first child: screen readers and WeasyPrint (as Alt) take it from there.
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img"{}><title>{}</title>{}</svg>',
        BREED,
        hoog,
        SafeString("") if palet.op_papier else format_html(' aria-label="{}"', titel),
        titel,
        SafeString("".join(delen)),
    )


def _balk(x: int, y: int, breed: Decimal | int, kleur: str) -> SafeString:
    return format_html(
        '<rect fill="{}" x="{}" y="{}" width="{}" height="13" rx="3"/>', kleur, x, y, _plek(breed)
    )


def _tekst(
    x: int | str,
    y: int,
    tekst: str,
    palet: Palet,
    *,
    waar: str = "start",
    vet: bool = False,
    klassen: Sequence[str] = (),
) -> SafeString:
    """A text; on paper its class `as` (axis) or `klein` becomes a size and a colour."""
    kenmerken: list[tuple[str, str]] = [("x", str(x)), ("y", str(y))]
    if waar != "start":
        kenmerken.append(("text-anchor", waar))
    if vet:
        kenmerken.append(("font-weight", "700"))
    if palet.op_papier:
        kenmerken += [
            ("font-family", "Manrope"),
            ("font-size", "11" if {"as", "klein"} & set(klassen) else "13"),
            ("fill", palet.stil if "as" in klassen else palet.inkt),
        ]
    elif klassen:
        kenmerken.append(("class", " ".join(klassen)))
    return format_html("<text{}>{}</text>", format_html_join("", ' {}="{}"', kenmerken), tekst)


def _plek(waarde: Decimal | int) -> str:
    """A coordinate with at most one decimal, and a point whatever the language."""
    return f"{Decimal(waarde):.1f}".removesuffix(".0")
