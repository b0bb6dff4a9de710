"""The week as a value, and its counterpart in SQL."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from opvang.weekrooster import (
    AANTAL_DAGDELEN,
    VOL_MASKER,
    Weekrooster,
    masker_van_vrij,
    tel_op,
    trek_af,
)

roosters = st.integers(0, VOL_MASKER).map(Weekrooster)
vectoren = st.lists(st.integers(0, 3), min_size=14, max_size=14)


def test_bits_follow_the_week():
    assert Weekrooster.van_dagdelen([(0, 0)]).masker == 1
    assert Weekrooster.van_dagdelen([(0, 1)]).masker == 2
    assert Weekrooster.van_dagdelen([(2, 0)]).masker == 16
    assert Weekrooster.van_dagdelen([(6, 1)]).masker == 8192
    assert Weekrooster.van_dagen(0, 4, 4).masker == 0b11_0000_0011
    assert VOL_MASKER == 16383


@pytest.mark.parametrize("masker", [-1, 16384, 1 << 40])
def test_mask_outside_the_week_is_refused(masker):
    with pytest.raises(ValueError, match="0 tot 16383"):
        Weekrooster(masker)


@pytest.mark.parametrize(
    ("rooster", "woorden"),
    [
        (Weekrooster(), "geen dagen"),
        (Weekrooster.van_dagen(2), "woensdag"),
        (Weekrooster.van_dagdelen([(4, 0)]), "vrijdag voormiddag"),
        (
            Weekrooster.van_dagen(0, 1) | Weekrooster.van_dagdelen([(6, 1)]),
            "maandag, dinsdag en zondag namiddag",
        ),
    ],
)
def test_week_in_words(rooster, woorden):
    assert str(rooster) == woorden


def test_days_say_which_part():
    rooster = Weekrooster.van_dagen(0) | Weekrooster.van_dagdelen([(1, 0), (3, 1)])

    assert rooster.dagen() == [(0, "heel"), (1, "vm"), (3, "nm")]


@given(roosters, roosters)
def test_set_algebra(a, b):
    assert (a - b) | (a & b) == a
    assert (a - b) & b == Weekrooster()
    assert a.zit_in(a | b)
    assert a.zit_in(b) == (a | b == b)
    assert (a | b).aantal == a.aantal + b.aantal - (a & b).aantal


@given(roosters)
def test_vector_and_mask_are_the_same_week(rooster):
    assert masker_van_vrij(rooster.vector) == rooster
    assert list(rooster) == [i for i in range(14) if rooster.vector[i]]
    assert sum(rooster.vector) == rooster.aantal
    assert all((i in rooster) == bool(rooster.vector[i]) for i in range(AANTAL_DAGDELEN))


@given(roosters, vectoren)
def test_fits_exactly_when_nothing_is_missing(rooster, plaatsen):
    ontbreekt = rooster.ontbrekend_in(plaatsen)

    assert ontbreekt.zit_in(rooster)
    assert rooster.past_in(plaatsen) == (bool(rooster) and not ontbreekt)
    assert rooster - ontbreekt == rooster & masker_van_vrij(plaatsen)


def test_an_empty_week_fits_nowhere():
    assert not Weekrooster().past_in([5] * 14)


@given(vectoren, vectoren)
def test_vectors_add_and_subtract(a, b):
    assert trek_af(tel_op(a, b), b) == a


def test_vectors_of_another_length_are_refused():
    with pytest.raises(ValueError, match="zip"):
        tel_op([1] * 14, [1] * 13)


PLAATSEN = (
    [0] * 14,
    [1] * 14,
    [1, 0] * 7,
    [0, 0, 2, 2, 0, 3, 1, 1, 0, 0, 0, 0, 0, 9],
)


@pytest.mark.django_db
def test_sql_knows_the_same_vector_for_all_masks():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(weekrooster_vector(m) ORDER BY m) FROM generate_series(0, 16383) m"
        )
        (in_sql,) = cursor.fetchone()

    assert [tuple(vector) for vector in in_sql] == [Weekrooster(m).vector for m in range(16384)]


@pytest.mark.django_db
@pytest.mark.parametrize("plaatsen", PLAATSEN)
def test_sql_fits_and_misses_the_same_for_all_masks(plaatsen):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(weekrooster_past_in(m, %(p)s::smallint[]) ORDER BY m),"
            " array_agg(weekrooster_ontbrekend_in(m, %(p)s::smallint[]) ORDER BY m)"
            " FROM generate_series(0, 16383) m",
            {"p": plaatsen},
        )
        past, ontbreekt = cursor.fetchone()

    assert past == [Weekrooster(m).past_in(plaatsen) for m in range(16384)]
    assert ontbreekt == [Weekrooster(m).ontbrekend_in(plaatsen).masker for m in range(16384)]


@pytest.mark.django_db
def test_sql_adds_and_compares_vectors():
    a, b = [2, 0, 1] + [4] * 11, [1, 0, 1] + [5] * 11
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vector_tel_op(%(a)s::smallint[], %(b)s::smallint[], -1),"
            " vector_binnen(%(a)s::smallint[], %(b)s::smallint[]),"
            " vector_binnen(%(b)s::smallint[], vector_tel_op(%(a)s::smallint[], %(b)s::smallint[], 1))",
            {"a": a, "b": b},
        )
        verschil, binnen, past = cursor.fetchone()

    assert verschil == trek_af(a, b)
    assert binnen is False
    assert past is True
