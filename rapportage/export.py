"""A report as a flat table: one line per figure, each with its source, day and n."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from opvang.weekrooster import DAGEN
from rapportage.indicatoren.basis import Toelichting
from rapportage.indicatoren.opvangvragen import Afloop, Vraagrij
from rapportage.indicatoren.tekort import Tekortcel
from rapportage.rapport import Rapportgegevens

Waarde = int | Decimal | None

KOLOMMEN = ("onderwerp", "rij", "cijfer", "waarde", "status", "peildatum", "bron", "n")
#: How a spreadsheet starts a formula; such text gets an apostrophe in front, so that it stays text.
FORMULETEKENS = ("=", "+", "-", "@", "\t", "\r", "\n")
VERBORGEN, NIET_GEKEND = "verborgen", "niet gekend"


def als_csv(rapport: Rapportgegevens) -> str:
    """Write the report as spreadsheets here read it: semicolons, decimal commas, a byte order mark.

    A figure that is hidden or not known has an empty value and says so in its own column: never a
    zero. Text that would be read as a formula is disarmed.
    """
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(KOLOMMEN)
    for regel in _regels(rapport):
        schrijver.writerow([veilig(cel) for cel in regel])
    return "\ufeff" + uit.getvalue()


def veilig(cel: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{cel}" if cel.startswith(FORMULETEKENS) else cel


def _regels(rapport: Rapportgegevens) -> Iterator[tuple[str, ...]]:
    yield from _capaciteit(rapport)
    yield from _dekking(rapport)
    yield from _vragen(rapport)
    yield from _vrij(rapport)
    yield from _tekort(rapport)
    yield from _wijken(rapport)


def _regel(
    onderwerp: str,
    rij: str,
    cijfer: str,
    waarde: Waarde,
    bij: Toelichting,
    *,
    leeg: str = NIET_GEKEND,
) -> tuple[str, ...]:
    return (
        onderwerp,
        rij,
        cijfer,
        ""
        if waarde is None
        else f"{waarde:f}".replace(".", ",")
        if isinstance(waarde, Decimal)
        else str(waarde),
        leeg if waarde is None else "",
        bij.peildatum.isoformat(),
        bij.bron,
        "" if bij.n is None else str(bij.n),
    )


def _capaciteit(rapport: Rapportgegevens) -> Iterator[tuple[str, ...]]:
    cap = rapport.capaciteit
    for rij in (*cap.rijen, cap.totaal):
        for cijfer, waarde in (
            (_("Opvanglocaties"), rij.locaties),
            (_("Vergunde plaatsen"), rij.vergund),
            (_("Feitelijk open plaatsen"), rij.operationeel),
            (_("Plaatsen trap 0"), rij.t0),
            (_("Plaatsen trap 1"), rij.t1),
            (_("Plaatsen trap 2"), rij.t2),
            (_("Plaatsen trap 3"), rij.t3),
            (_("Plaatsen met prijs volgens inkomen"), rij.ikt),
            (_("Plaatsen met vaste prijs"), rij.vrije_prijs),
            (_("Locaties met beide prijzen"), rij.gemengd),
        ):
            yield _regel(_("Plaatsen"), rij.naam, cijfer, waarde, cap.toelichting)


def _dekking(rapport: Rapportgegevens) -> Iterator[tuple[str, ...]]:
    dek, onderwerp = rapport.dekking, _("Plaatsen per 100 kinderen")
    for naam, plaatsen, kinderen, per_100 in (
        *((rij.gemeente, rij.plaatsen, rij.kinderen, rij.per_100) for rij in dek.rijen),
        (_("Samen"), dek.plaatsen, dek.kinderen, dek.per_100),
    ):
        yield _regel(onderwerp, naam, _("Vergunde plaatsen"), plaatsen, dek.toelichting)
        yield _regel(onderwerp, naam, _("Kinderen jonger dan 3 jaar"), kinderen, dek.toelichting)
        yield _regel(onderwerp, naam, _("Plaatsen per 100 kinderen"), per_100, dek.toelichting)


def _vragen(rapport: Rapportgegevens) -> Iterator[tuple[str, ...]]:
    onderwerp = _("Opvangvragen %(jaar)s") % {"jaar": rapport.vragen.jaar}
    for rij in (rapport.vragen.totaal, *rapport.vragen.rijen):
        yield from _vraagrij(onderwerp, rij.naam, rij, rapport.vragen.toelichting)


def _vraagrij(
    onderwerp: str, naam: str, rij: Vraagrij, bij: Toelichting
) -> Iterator[tuple[str, ...]]:
    for cijfer, waarde in (
        (_("Totaal"), rij.totaal),
        (str(Afloop.GEPLAATST.label), rij.geplaatst),
        (str(Afloop.ONBEANTWOORD.label), rij.onbeantwoord),
        (str(Afloop.OPEN.label), rij.open),
        (str(Afloop.GESTOPT.label), rij.gestopt),
    ):
        yield _regel(onderwerp, naam, cijfer, waarde, bij, leeg=VERBORGEN)


def _vrij(rapport: Rapportgegevens) -> Iterator[tuple[str, ...]]:
    vrij, onderwerp = rapport.vrij, _("Vrije plaatsen")
    for cijfer, waarde in (
        (_("Opvanglocaties"), vrij.locaties),
        (_("Zeker"), vrij.zeker),
        (_("Minder zeker"), vrij.ouder),
        (_("Niet gekend"), vrij.niet_gekend),
    ):
        yield _regel(onderwerp, _("Locaties"), cijfer, waarde, vrij.toelichting)
    per_dag: tuple[Decimal | None, ...] = vrij.per_weekdag or (None,) * 5
    for dag, aantal in zip(DAGEN[:5], per_dag, strict=True):
        yield _regel(onderwerp, str(dag), _("Vrije plaatsen"), aantal, vrij.toelichting)
    yield _regel(onderwerp, _("Gemiddeld"), _("Vrije plaatsen"), vrij.gemiddeld, vrij.toelichting)


def _tekort(rapport: Rapportgegevens) -> Iterator[tuple[str, ...]]:
    for maand in rapport.tekort.maanden:
        onderwerp = _("Tekort %(maand)s") % {"maand": f"{maand.maand:%Y-%m}"}
        for dag, cel in zip(DAGEN[:5], maand.cellen, strict=True):
            yield from _tekortcel(onderwerp, str(dag), cel, rapport.tekort.toelichting)
        yield from _tekortcel(
            onderwerp, _("maandag tot en met vrijdag"), maand.totaal, rapport.tekort.toelichting
        )


def _tekortcel(
    onderwerp: str, dag: str, cel: Tekortcel, bij: Toelichting
) -> Iterator[tuple[str, ...]]:
    yield _regel(onderwerp, dag, _("Gevraagd"), cel.gevraagd, bij, leeg=VERBORGEN)
    yield _regel(onderwerp, dag, _("Vrij"), cel.vrij, bij)
    yield _regel(
        onderwerp,
        dag,
        _("Tekort"),
        cel.tekort,
        bij,
        leeg=NIET_GEKEND if cel.vrij is None else VERBORGEN,
    )


def _wijken(rapport: Rapportgegevens) -> Iterator[tuple[str, ...]]:
    onderwerp, bij = _("Per wijk"), rapport.wijken.toelichting
    for rij in (*rapport.wijken.rijen, rapport.wijken.totaal):
        naam = (
            f"{rij.gemeente}, {rij.wijk}" if rij.wijk and rij.gemeente not in rij.wijk else rij.naam
        )
        yield _regel(onderwerp, naam, _("Opvanglocaties"), rij.locaties, bij)
        yield _regel(onderwerp, naam, _("Vergunde plaatsen"), rij.plaatsen, bij)
        yield from _vraagrij(onderwerp, naam, rij.vragen, bij)
