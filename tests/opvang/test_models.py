"""What the database refuses on its own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from opvang.models import Opvanglocatie, Plaatsaanbod, Vergunning
from tests.fabrieken import maak_aanbod, maak_locatie, maak_vergunning

pytestmark = pytest.mark.django_db

JAN, JUL = dt.date(2026, 1, 1), dt.date(2026, 7, 1)


def test_vergunning_that_overlaps_is_refused():
    locatie = maak_locatie()
    maak_vergunning(locatie, 18, vanaf=JAN)

    with pytest.raises(IntegrityError, match="vergunning_overlapt_niet"):
        maak_vergunning(locatie, 20, vanaf=JUL)


def test_vergunning_that_overlaps_is_refused_in_raw_sql_too():
    locatie = maak_locatie()
    maak_vergunning(locatie, 18, vanaf=JAN, tot=JUL)

    with pytest.raises(IntegrityError, match="vergunning_overlapt_niet"), connection.cursor() as c:
        c.execute(
            "INSERT INTO opvang_vergunning (locatie_id, vanaf, tot, vergunde_plaatsen,"
            " operationele_plaatsen, plaatsen_t0, plaatsen_t1, plaatsen_t2, plaatsen_t3,"
            " alleen_schoolkinderen, bron)"
            " VALUES (%s, '2026-06-30', NULL, 5, 5, 5, 0, 0, 0, false, '')",
            [locatie.pk],
        )


def test_vergunning_may_follow_the_day_the_former_ends():
    locatie = maak_locatie()
    maak_vergunning(locatie, 18, vanaf=JAN, tot=JUL)
    maak_vergunning(locatie, 20, vanaf=JUL)
    maak_vergunning(maak_locatie(), 9, vanaf=JAN)

    geldig = Vergunning.objects.filter(locatie=locatie)

    assert [v.vergunde_plaatsen for v in geldig.geldig_op(dt.date(2026, 6, 30))] == [18]
    assert [v.vergunde_plaatsen for v in geldig.geldig_op(JUL)] == [20]
    assert not geldig.geldig_op(dt.date(2025, 12, 31)).exists()


@pytest.mark.parametrize(
    ("naam", "velden"),
    [
        ("vergunning_begint_voor_ze_eindigt", {"vanaf": JUL, "tot": JUL}),
        ("vergunning_operationeel_binnen_vergund", {"operationele_plaatsen": 19}),
        ("vergunning_trappen_tellen_op", {"plaatsen_t2": 10, "plaatsen_t1": 9}),
    ],
)
def test_vergunning_that_contradicts_itself_is_refused(naam, velden):
    with pytest.raises((IntegrityError, DataError)) as nee, transaction.atomic():
        maak_vergunning(maak_locatie(), 18, **velden)
    assert naam in str(nee.value) or "range lower bound" in str(nee.value)


def test_places_per_price_follow_from_the_tiers():
    vergunning = maak_vergunning(
        maak_locatie(), 20, plaatsen_t0=2, plaatsen_t1=3, plaatsen_t2=9, plaatsen_t3=6
    )

    assert (vergunning.plaatsen_ikt, vergunning.plaatsen_vrije_prijs) == (15, 5)


@pytest.mark.parametrize(
    ("naam", "velden"),
    [
        ("locatie_opvangvorm_bestaat", {"opvangvorm": "crèche"}),
        ("locatie_prijssysteem_bestaat", {"prijssysteem": "gratis"}),
        ("locatie_coordinaten_samen_en_op_aarde", {"breedtegraad": 91.0, "lengtegraad": 4.0}),
        ("locatie_coordinaten_samen_en_op_aarde", {"breedtegraad": 51.0}),
        ("locatie_openingsdagen_zijn_een_weekrooster", {"openingsdagen": 16384}),
    ],
)
def test_locatie_that_cannot_be_is_refused(naam, velden):
    with pytest.raises(IntegrityError, match=naam):
        maak_locatie(**velden)


def test_locatie_shares_no_dossiernummer():
    maak_locatie(dossiernummer="123456789")
    maak_locatie(dossiernummer=None)
    maak_locatie(dossiernummer=None)

    with pytest.raises(IntegrityError, match="dossiernummer"):
        maak_locatie(dossiernummer="123456789")


@pytest.mark.parametrize(
    ("naam", "velden"),
    [
        ("aanbod_soort_bestaat", {"soort": "altijd"}),
        ("aanbod_begint_voor_het_eindigt", {"vanaf": JUL, "tot": JUL}),
        ("aanbod_leeftijden_oplopend", {"leeftijd_vanaf": 12, "leeftijd_tot": 12}),
        ("aanbod_heeft_veertien_dagdelen", {"plaatsen": [1] * 13}),
        (
            "aanbod_niet_meer_ingenomen_dan_er_is",
            {"plaatsen": [0] * 14, "ingenomen": [1] + [0] * 13},
        ),
        (
            "aanbod_niet_meer_ingenomen_dan_er_is",
            {"plaatsen": [1] * 14, "ingenomen": [-1] + [0] * 13},
        ),
    ],
)
def test_aanbod_that_cannot_be_is_refused(naam, velden):
    with pytest.raises(IntegrityError, match=naam):
        maak_aanbod(maak_locatie(), velden.pop("plaatsen", 1), **velden)


def test_free_places_are_what_is_not_taken():
    aanbod = maak_aanbod(maak_locatie(), [3] * 14, ingenomen=[1, 0] * 7)

    assert aanbod.vrij == [2, 3] * 7


def test_taking_more_than_there_is_fails_in_raw_sql():
    aanbod = maak_aanbod(maak_locatie(), 1)

    with (
        pytest.raises(IntegrityError, match="aanbod_niet_meer_ingenomen"),
        connection.cursor() as c,
    ):
        c.execute("UPDATE opvang_plaatsaanbod SET ingenomen[1] = 2 WHERE id = %s", [aanbod.pk])


def test_address_on_one_line():
    locatie = maak_locatie(straat="Kerkstraat", huisnummer="", postcode="9001", plaats="Wilgenrade")

    assert locatie.adres == "Kerkstraat, 9001 Wilgenrade"
    assert locatie.get_absolute_url() == f"/opvang/{locatie.slug}/"
    assert list(Opvanglocatie.objects.filter(pk=locatie.pk)) == [locatie]
    assert not Plaatsaanbod.objects.filter(locatie=locatie).exists()
