"""The database refuses on its own: a finished report never changes, a state is what it says."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction

from rapportage.models import CapaciteitsRapport, Kinderaantal
from tests.fabrieken import NU, VANDAAG, maak_gemeente, maak_loket
from tests.rapportage.fabrieken import bewaar_voorbeeld, maak_kinderaantal, maak_rapport

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "veld",
    [
        {"gegevens": {}},
        {"pdf": b"anders"},
        {"checksum": "0" * 64},
        {"peildatum": "2020-01-01"},
        {"status": "mislukt"},
    ],
    ids=lambda veld: next(iter(veld)),
)
def test_a_finished_report_can_not_be_changed(veld):
    rapport = bewaar_voorbeeld(maak_loket())

    with pytest.raises(DatabaseError, match="verandert niet meer: UPDATE"), transaction.atomic():
        CapaciteitsRapport.objects.filter(pk=rapport.pk).update(**veld)

    assert CapaciteitsRapport.objects.get(pk=rapport.pk).checksum == rapport.checksum


def test_a_finished_report_can_not_be_removed_even_with_raw_sql():
    rapport = bewaar_voorbeeld(maak_loket())

    with (
        pytest.raises(DatabaseError, match="verandert niet meer: DELETE"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM rapportage_capaciteitsrapport WHERE id = %s", [rapport.pk])

    assert CapaciteitsRapport.objects.filter(pk=rapport.pk).exists()


def test_an_unfinished_report_may_be_removed():
    rapport = maak_rapport(maak_loket())

    rapport.delete()

    assert not CapaciteitsRapport.objects.exists()


@pytest.mark.parametrize(
    ("velden", "grens"),
    [
        ({"status": "onzin"}, "rapport_status_bestaat"),
        ({"stap": "onzin"}, "rapport_stap_bestaat"),
        ({"voortgang": 101}, "rapport_voortgang_is_procent"),
        ({"status": "bezig"}, "rapport_bezig_heeft_een_maker"),
        ({"status": "klaar"}, "rapport_klaar_is_volledig"),
        ({"pdf": b"%PDF"}, "rapport_klaar_is_volledig"),
    ],
)
def test_constraints(velden, grens):
    rapport = maak_rapport(maak_loket())

    with pytest.raises(IntegrityError, match=grens), transaction.atomic():
        CapaciteitsRapport.objects.filter(pk=rapport.pk).update(**velden)


def test_one_day_is_counted_once_at_a_time():
    rapport = maak_rapport(maak_loket())

    with pytest.raises(IntegrityError, match="rapport_een_lopend_per_dag"), transaction.atomic():
        CapaciteitsRapport.objects.create(loket=rapport.loket, peildatum=VANDAAG, aangevraagd_op=NU)


def test_a_population_has_a_source_and_one_number_per_day():
    gemeente = maak_gemeente()
    maak_kinderaantal(gemeente, 991)

    with pytest.raises(IntegrityError, match="kinderaantal_een_per_dag"), transaction.atomic():
        maak_kinderaantal(gemeente, 992)
    with pytest.raises(IntegrityError, match="kinderaantal_heeft_een_bron"), transaction.atomic():
        maak_kinderaantal(maak_gemeente(), 1, bron="")
    assert str(Kinderaantal.objects.get()) == f"{gemeente} 2026-01-01: 991"


def test_names():
    rapport = bewaar_voorbeeld(maak_loket("Loket Wilgenrade", slug="wilgenrade"))

    assert str(rapport) == "Loket Wilgenrade op 2026-03-02"
    assert rapport.bestandsnaam == "capaciteit-wilgenrade-2026-03-02"
    assert rapport.get_absolute_url() == f"/rapporten/{rapport.pk}/"


def test_a_visitor_sees_no_report():
    bewaar_voorbeeld(maak_loket())

    assert not CapaciteitsRapport.objects.zichtbaar_voor(AnonymousUser()).exists()
