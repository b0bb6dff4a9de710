"""Who writes to whom, and a family that asked for calm: invented people."""

from __future__ import annotations

import datetime as dt

from aanvragen.domain.gesprek import schrijf
from aanvragen.domain.stoppen import breng_tot_rust
from aanvragen.domain.voorstellen import doe_voorstel_met_nieuwe_plaats
from aanvragen.models import Aanmelding, Opvangvraag
from aanvragen.workflow import LOPENDE_AANMELDINGEN, Partij, Vraagstatus
from loket.models import Gebruiker, Loket
from rapportage.demodata.verhalen import Accounts

_DAG = dt.timedelta(days=1)
_UUR = dt.timedelta(hours=1)


def praat(loket: Loket, accounts: Accounts, *, nu: dt.datetime) -> None:
    """Amina talks with the loket and with De Egeltjes; one family asked for calm, and the provider
    whose place is free must still be called.
    """
    ouder, staf = accounts.mensen["ouder"], accounts.mensen["loket"]
    vraag = (
        Opvangvraag.objects.van_ouder(ouder)
        .filter(status=Vraagstatus.ACTIEF, aanmeldingen__locatie=accounts.locatie)
        .first()
    )
    if vraag is not None:
        bij_ons = vraag.aanmeldingen.get(locatie=accounts.locatie)
        _gesprek(vraag, None, zinnen=_met_loket(ouder, staf), nu=nu - 3 * _DAG)
        _gesprek(
            vraag, bij_ons, zinnen=_met_opvang(ouder, accounts.mensen["opvang"]), nu=nu - 1 * _DAG
        )
    _rust(loket, accounts, nu=nu)


def _met_loket(ouder: Gebruiker, staf: Gebruiker) -> tuple[tuple[Partij, Gebruiker, str], ...]:
    return (
        (
            Partij.GEZIN,
            ouder,
            "Dag! Ik begin misschien pas in maart te werken. Moet ik dan iets wijzigen?",
        ),
        (
            Partij.LOKET,
            staf,
            "Dag Amina, dat wijzig je zelf op je pagina. Je houdt je plaats op de lijsten.",
        ),
        (Partij.GEZIN, ouder, "Dank je! En mag ik eens komen kijken bij de opvang?"),
    )


def _met_opvang(ouder: Gebruiker, opvang: Gebruiker) -> tuple[tuple[Partij, Gebruiker, str], ...]:
    return (
        (Partij.GEZIN, ouder, "Hebben jullie een tuin waar de kinderen buiten spelen?"),
        (Partij.OPVANG, opvang, "Ja, elke dag. Kom gerust eens kijken op woensdag om 14 uur."),
        (Partij.GEZIN, ouder, "Graag! Tot woensdag."),
    )


def _gesprek(
    vraag: Opvangvraag,
    aanmelding: Aanmelding | None,
    *,
    zinnen: tuple[tuple[Partij, Gebruiker, str], ...],
    nu: dt.datetime,
) -> None:
    for uur, (partij, door, tekst) in enumerate(zinnen):
        schrijf(vraag, aanmelding, partij=partij, tekst=tekst, door=door, nu=nu + uur * _UUR)


def _rust(loket: Loket, accounts: Accounts, *, nu: dt.datetime) -> None:
    vraag = (
        Opvangvraag.objects.filter(
            loket=loket,
            status=Vraagstatus.ACTIEF,
            aanmeldingen__locatie=accounts.locatie,
            aanmeldingen__status__in=LOPENDE_AANMELDINGEN,
        )
        .exclude(kind__gezin__ouders__gebruiker__isnull=False)
        .exclude(aanmeldingen__voorstellen__isnull=False)
        .exclude(kind__familienaam__in=("Tweeling", "Dringend", "Begeleid", "Samen"))
        .order_by("pk")
        .first()
    )
    if vraag is None:
        return
    doe_voorstel_met_nieuwe_plaats(
        vraag.aanmeldingen.get(locatie=accounts.locatie),
        start=vraag.gewenste_start,
        rooster=vraag.week_samen,
        door=accounts.mensen["opvang"],
        nu=nu - 2 * _DAG,
    )
    breng_tot_rust(vraag, door=accounts.mensen["loket"], nu=nu - 5 * _UUR)
