"""Closing days: never two at once for one location, for one or for all of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from loket.domain.fouten import Weigering
from opvang.domain.sluitingsdagen import haal_sluitingsdag_weg, sluit
from opvang.models import Sluitingsdag
from opvang.workflow import Sluitingsreden
from tests.fabrieken import NU, VANDAAG, maak_locatie

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)


def dicht(spelers, vanaf, tot, *, locaties=None):
    return sluit(
        locaties or [spelers.egeltjes],
        vanaf=vanaf,
        tot=tot,
        reden=Sluitingsreden.VAKANTIE,
        door=spelers.farid,
        nu=NU,
    )


def test_days_are_an_interval_and_go_again(spelers):
    (dag,) = dicht(spelers, VANDAAG + DAG, VANDAAG + 8 * DAG)

    assert (dag.vanaf, dag.laatste_dag) == (VANDAAG + DAG, VANDAAG + 7 * DAG)
    assert list(Sluitingsdag.objects.nog_niet_voorbij(VANDAAG + 7 * DAG)) == [dag]
    assert list(Sluitingsdag.objects.nog_niet_voorbij(VANDAAG + 8 * DAG)) == []
    dicht(spelers, VANDAAG + 8 * DAG, VANDAAG + 9 * DAG)  # the next day is free
    haal_sluitingsdag_weg(dag, door=spelers.farid, nu=NU)
    dicht(spelers, VANDAAG + 3 * DAG, VANDAAG + 4 * DAG)


def test_overlap_is_refused_in_words_and_nothing_is_written(spelers):
    dicht(spelers, dt.date(2026, 7, 13), dt.date(2026, 7, 25))
    andere = maak_locatie("Nest", organisator=spelers.egeltjes.organisator)

    with pytest.raises(Weigering) as nee:
        dicht(
            spelers,
            dt.date(2026, 7, 24),
            dt.date(2026, 7, 31),
            locaties=[andere, spelers.egeltjes],
        )

    assert str(nee.value) == (
        "De Egeltjes is al dicht van 13 juli 2026 tot en met 24 juli 2026. Haal dat eerst weg."
    )
    assert andere.sluitingsdagen.count() == 0


@pytest.mark.parametrize(
    ("vanaf", "tot", "zin"),
    [
        (VANDAAG - DAG, VANDAAG, "Deze dagen zijn al voorbij."),
        (
            VANDAAG,
            VANDAAG + 93 * DAG,
            "Meer dan drie maanden dicht? Bel het loket: dan gaat het om een sluiting.",
        ),
        (
            dt.date(2199, 1, 1),
            dt.date(2199, 1, 2),
            "Dat is nog te ver weg. Kijk het jaar na.",
        ),
    ],
)
def test_what_can_not_be(spelers, vanaf, tot, zin):
    with pytest.raises(Weigering) as nee:
        dicht(spelers, vanaf, tot)

    assert str(nee.value) == zin
    assert Sluitingsdag.objects.count() == 0


@pytest.mark.parametrize(
    ("vanaf", "tot", "reden"),
    [
        ("2026-07-14", "2026-07-15", "vakantie"),  # inside the other
        ("2026-07-01", "2026-07-14", "vakantie"),  # over its first day
        ("2026-09-01", "2026-09-01", "vakantie"),  # no day at all
        ("2026-09-01", "2026-09-02", "onzin"),
    ],
)
def test_database_refuses_what_must_never_be(spelers, vanaf, tot, reden):
    dicht(spelers, dt.date(2026, 7, 13), dt.date(2026, 7, 25))

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO opvang_sluitingsdag (locatie_id, vanaf, tot, reden)"
            " VALUES (%s, %s, %s, %s)",
            [spelers.egeltjes.pk, vanaf, tot, reden],
        )
