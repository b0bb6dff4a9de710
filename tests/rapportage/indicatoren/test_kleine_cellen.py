"""Small cells: hidden, and not to be found by subtraction; checked by trying all other tables."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportage.indicatoren.kleine_cellen import Cel, als_rij, als_tabel, is_te_herleiden, verberg


def andere_waarden(cellen: dict, verborgen: frozenset) -> dict:
    """Every value near the true one that a hidden cell may have beside the same visible cells.

    Brute force over all tables: the independent judge of what the code does with paths.
    """
    knopen = {knoop for cel in cellen.values() for knoop in (cel.van, cel.naar)}
    sleutels = list(verborgen)
    gevonden = {sleutel: set() for sleutel in sleutels}
    for stap in itertools.product((-1, 0, 1), repeat=len(sleutels)):
        waarden = {s: cellen[s].waarde + d for s, d in zip(sleutels, stap, strict=True)}
        if min(waarden.values(), default=1) < 1:
            continue  # everybody knows that zeros are not hidden
        balans = dict.fromkeys(knopen, 0)
        for sleutel, cel in cellen.items():
            waarde = waarden.get(sleutel, cel.waarde)
            balans[cel.van] -= waarde
            balans[cel.naar] += waarde
        if not any(balans.values()):
            for sleutel, waarde in waarden.items():
                gevonden[sleutel].add(waarde)
    return gevonden


def test_one_small_part_takes_another_with_it():
    rij = als_rij({"a": 3, "b": 10, "c": 0, "d": 7}, totaal="totaal")

    assert verberg(rij, grens=5) == {"a", "d"}


def test_two_ones_that_add_up_to_two_are_not_safe_yet():
    # Hidden cells are at least 1, so 1 + 1 = 2 gives both away.
    rij = als_rij({"a": 1, "b": 1, "c": 0, "d": 7}, totaal="totaal")

    assert verberg(rij, grens=5) == {"a", "b", "d"}


def test_a_small_total_is_hidden_with_its_parts():
    assert verberg(als_rij({"a": 3, "b": 0}, totaal="totaal"), grens=5) == {"a", "totaal"}


def test_zero_and_large_cells_stay_visible():
    assert verberg(als_rij({"a": 0, "b": 5, "c": 12}, totaal="totaal"), grens=5) == frozenset()


@pytest.mark.parametrize("grens", [0, 1])
def test_a_loket_that_hides_nothing_sees_everything(grens):
    assert verberg(als_tabel({("x", "a"): 1, ("y", "a"): 2}), grens=grens) == frozenset()


def test_a_table_hides_four_cells_for_one():
    tabel = als_tabel(
        {
            ("w1", "x"): 3,
            ("w1", "y"): 10,
            ("w2", "x"): 8,
            ("w2", "y"): 20,
            ("w3", "x"): 6,
            ("w3", "y"): 30,
        }
    )

    assert verberg(tabel, grens=5) == {("w1", "x"), ("w1", "y"), ("w2", "x"), ("w2", "y")}


def test_without_the_complement_the_hidden_cell_could_be_worked_out():
    """The control: primary suppression alone leaves exactly one possible table."""
    tabel = als_tabel({("w1", "x"): 3, ("w1", "y"): 10, ("w2", "x"): 8, ("w2", "y"): 20})
    alleen_klein = frozenset({("w1", "x")})

    assert is_te_herleiden(("w1", "x"), tabel, alleen_klein)
    assert andere_waarden(tabel, alleen_klein) == {("w1", "x"): {3}}


def test_what_is_sensitive_may_be_said_apart_from_the_number():
    # 12 days, asked by 2 families.
    rij = als_rij({0: 12, 1: 40, 2: 30}, totaal=-1)

    assert verberg(rij, grens=5, gevoelig=[0]) == {0, 2}
    assert verberg(rij, grens=5, gevoelig=[]) == frozenset()


waarden = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 20])


@settings(max_examples=150)
@given(st.lists(waarden, min_size=1, max_size=6), st.integers(2, 6))
def test_a_row_keeps_its_secrets(getallen, grens):
    cellen = als_rij(dict(enumerate(getallen)), totaal="totaal")

    _bewaart_geheimen(cellen, verberg(cellen, grens=grens), grens=grens)


@settings(max_examples=150)
@given(st.integers(1, 3), st.integers(1, 3), st.data(), st.integers(2, 6))
def test_a_table_keeps_its_secrets(rijen, kolommen, data, grens):
    vakken = [(f"r{r}", f"k{k}") for r in range(rijen) for k in range(kolommen)]
    cellen = als_tabel({vak: data.draw(waarden) for vak in vakken})

    _bewaart_geheimen(cellen, verberg(cellen, grens=grens), grens=grens)


def _bewaart_geheimen(cellen: dict[object, Cel], verborgen: frozenset, *, grens: int) -> None:
    zichtbaar = {s: cel.waarde for s, cel in cellen.items() if s not in verborgen}
    assert not [waarde for waarde in zichtbaar.values() if 0 < waarde < grens]
    assert not [s for s in verborgen if cellen[s].waarde == 0]
    if len(verborgen) <= 8:  # 3 ** 8 tables are as many as a test has patience for
        assert {
            s for s, mogelijk in andere_waarden(cellen, verborgen).items() if len(mogelijk) < 2
        } == set()
