from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.indicatoren.rekenen import dagen, per_honderd, rond


@pytest.mark.parametrize(
    ("teller", "noemer", "cijfers", "verwacht"),
    [
        pytest.param(16771, 33062, 1, "50.7", id="statistiek-vlaanderen"),
        pytest.param(16771, 33062, 0, "51", id="statistiek-vlaanderen-gepubliceerd"),
        pytest.param(26355, 71268, 2, "36.98", id="sv852"),
        pytest.param(26355, 71268, 0, "37", id="sv852-gepubliceerd"),
        pytest.param(79271, 92819, 1, "85.4", id="opgroeien-2025-ikt"),
        pytest.param(74485, 93035, 1, "80.1", id="opgroeien-2023-ikt"),
        pytest.param(218, 311, 1, "70.1", id="odisee-ikt"),
        pytest.param(1, 200, 0, "1", id="half-naar-boven"),
        pytest.param(1, 8, 1, "12.5", id="exact"),
        pytest.param(0, 7, 1, "0.0", id="nul-is-een-cijfer"),
    ],
)
def test_per_honderd_rounds_once_and_half_up(teller, noemer, cijfers, verwacht):
    assert str(per_honderd(teller, noemer, cijfers=cijfers)) == verwacht


@pytest.mark.parametrize(("teller", "noemer"), [(None, 10), (10, None), (10, 0), (None, None)])
def test_per_honderd_gives_no_figure_without_both_numbers(teller, noemer):
    assert per_honderd(teller, noemer) is None


def test_rond_does_not_round_a_rounded_value():
    # 50.45 would become 50.5 and then 51; the exact value is below the half.
    assert rond(Fraction("50.45")) == Decimal(50)


def test_rond_refuses_a_negative_figure():
    with pytest.raises(ValueError, match="niet negatief"):
        rond(Fraction(-1, 3))


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 4))
def test_rond_is_what_decimal_says_of_the_exact_value(teller, noemer, cijfers):
    breuk = Fraction(teller, noemer)

    uitkomst = rond(breuk, cijfers)

    assert abs(Fraction(uitkomst) - breuk) <= Fraction(1, 2 * 10**cijfers)
    schaal = Decimal(1).scaleb(-cijfers)
    assert uitkomst == uitkomst.quantize(schaal)
    if (breuk * 10**cijfers * 2).denominator == 1:  # exact in decimals: then Decimal can check it
        exact = Decimal((breuk * 10**cijfers * 2).numerator) / 2
        assert uitkomst == exact.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-cijfers)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_part_is_at_most_a_hundred_percent(deel, rest):
    aandeel = per_honderd(deel, deel + rest)

    assert aandeel is not None
    assert 0 <= aandeel <= 100


def test_dagen_keeps_quarters():
    assert [str(dagen(kwart)) for kwart in (0, 1, 2, 4, 5)] == ["0", "0.25", "0.5", "1", "1.25"]
