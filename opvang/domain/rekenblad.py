"""Free places as a spreadsheet: one row per period, for those who live in Excel. The way out."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import xlsxwriter
from django.utils.translation import gettext as _

from loket import week
from opvang.models import Opvanglocatie, Plaatsaanbod
from opvang.workflow import Aanbodsoort

Waarde: TypeAlias = str | int | dt.date | None

DAGDELEN = tuple(code.replace("-", " ") for code in week.CODES)
#: The first row of the file. The names are part of the format: they are not translated.
KOLOMMEN = (
    "locatie",
    "dossiernummer",
    "naam",
    "periode",
    "versie",
    "soort",
    "vanaf",
    "tot en met",
    "leeftijd vanaf",
    "leeftijd tot",
    *DAGDELEN,
    "weghalen",
)
BLAD = "Vrije plaatsen"
_BREEDTE = {"locatie": 24, "naam": 28, "dossiernummer": 14, "vanaf": 12, "tot en met": 12}
# What a spreadsheet program would take for a formula.
_FORMULETEKENS = ("=", "+", "-", "@", "\t", "\r")


def rijen_van(locaties: Sequence[Opvanglocatie]) -> Iterator[list[Waarde]]:
    """Give a row per period that has not ended, and one to fill in for a location without any.

    The locations come with their periods prefetched.
    """
    for locatie in locaties:
        periodes = list(locatie.plaatsaanbod.all())
        for rij in periodes:
            yield [*_locatie(locatie), *_periode(rij)]
        if not periodes:
            leeg: list[Waarde] = [None] * (len(KOLOMMEN) - len(_locatie(locatie)))
            yield [*_locatie(locatie), *leeg]


def _locatie(locatie: Opvanglocatie) -> list[Waarde]:
    return [locatie.slug, locatie.dossiernummer or None, locatie.naam]


def _periode(rij: Plaatsaanbod) -> list[Waarde]:
    return [
        rij.pk,
        rij.versie,
        str(rij.soort),
        rij.vanaf,
        rij.tot and rij.tot - dt.timedelta(days=1),
        rij.leeftijd_vanaf,
        rij.leeftijd_tot,
        *rij.vrij,
        None,
    ]


def als_xlsx(locaties: Sequence[Opvanglocatie]) -> bytes:
    """Write a workbook: the list, and a sheet that explains it."""
    uit = io.BytesIO()
    with xlsxwriter.Workbook(
        uit, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as boek:
        kop = boek.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        dag = boek.add_format({"num_format": "dd/mm/yyyy"})
        grijs = boek.add_format({"font_color": "#51646a"})
        blad = boek.add_worksheet(BLAD)
        blad.freeze_panes(1, 3)
        for kolom, naam in enumerate(KOLOMMEN):
            blad.write_string(0, kolom, naam, kop)
            blad.set_column(kolom, kolom, _BREEDTE.get(naam, 7 if naam in DAGDELEN else 10))
        aantal = 0
        for aantal, rij in enumerate(rijen_van(locaties), start=1):
            for kolom, waarde in enumerate(rij):
                vast = KOLOMMEN[kolom] in {"naam", "periode", "versie"}
                if isinstance(waarde, dt.date):
                    blad.write_datetime(aantal, kolom, dt.datetime.combine(waarde, dt.time()), dag)
                elif waarde is not None:
                    blad.write(aantal, kolom, waarde, grijs if vast else None)
        blad.data_validation(
            1,
            KOLOMMEN.index("soort"),
            aantal + 200,
            KOLOMMEN.index("soort"),
            {"validate": "list", "source": list(Aanbodsoort.values), "ignore_blank": True},
        )
        uitleg = boek.add_worksheet("Uitleg")
        uitleg.set_column(0, 0, 100)
        for nummer, zin in enumerate(uitleg_zinnen()):
            uitleg.write_string(nummer, 0, zin, kop if nummer == 0 else None)
    return uit.getvalue()


def als_csv(locaties: Sequence[Opvanglocatie]) -> bytes:
    """Write the same list as a semicolon file in UTF-8, as a Belgian Excel opens it by itself."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow(KOLOMMEN)
    for rij in rijen_van(locaties):
        schrijver.writerow([_cel(waarde) for waarde in rij])
    return uit.getvalue().encode("utf-8-sig")


def _cel(waarde: Waarde) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, dt.date):
        return waarde.strftime("%d/%m/%Y")
    tekst = str(waarde)
    return f"'{tekst}" if tekst.startswith(_FORMULETEKENS) else tekst


def uitleg_zinnen() -> list[str]:
    """Say how the list works."""
    return [
        _("Zo werkt deze lijst"),
        _("Elke rij is één periode met vrije plaatsen bij één locatie."),
        _("Vrij is wat je nu nog kunt geven. Wat al voorgesteld of gegeven is, telt niet mee."),
        _("Pas de aantallen aan in de kolommen ma vm tot zo nm (voormiddag en namiddag)."),
        _("Nul betekent volzet. Geen enkele periode betekent: niet doorgegeven."),
        _(
            "Laat de kolommen periode en versie staan. "
            "Daaraan zien we of iemand intussen iets wijzigde."
        ),
        _("Nieuwe periode? Vul een rij in met de locatie, en laat periode en versie leeg."),
        _("Periode weg? Schrijf ja in de kolom weghalen. Een rij wissen verandert niets."),
        _("Soort is een van deze: %(soorten)s.") % {"soorten": ", ".join(Aanbodsoort.values)},
        _("Leeftijden zijn in maanden. Geen einddatum gekend? Laat tot en met leeg."),
        _("Gebruik geen formules. Bewaar als xlsx of csv en laad het bestand op in het loket."),
    ]
