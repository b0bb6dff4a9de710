from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.werkdagen import is_werkdag, na_werkdagen, voor_werkdagen, werkdagen_tussen

dagen = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
aantallen = st.integers(0, 40)


@pytest.mark.parametrize(
    ("dag", "aantal", "verwacht"),
    [
        pytest.param(dt.date(2026, 3, 2), 10, dt.date(2026, 3, 16), id="twee gewone weken"),
        pytest.param(
            dt.date(2026, 4, 2),
            1,
            dt.date(2026, 4, 3),
            id="witte donderdag: goede vrijdag is geen feestdag",
        ),
        pytest.param(dt.date(2026, 4, 3), 1, dt.date(2026, 4, 7), id="over paasmaandag"),
        pytest.param(
            dt.date(2026, 12, 24), 1, dt.date(2026, 12, 28), id="over kerstmis en het weekend"
        ),
        pytest.param(
            dt.date(2026, 12, 31), 1, dt.date(2027, 1, 4), id="over nieuwjaar en het weekend"
        ),
        pytest.param(dt.date(2026, 7, 20), 1, dt.date(2026, 7, 22), id="over 21 juli"),
        pytest.param(
            dt.date(2026, 8, 14),
            1,
            dt.date(2026, 8, 17),
            id="15 augustus op zaterdag geeft niets terug",
        ),
        pytest.param(dt.date(2026, 3, 7), 0, dt.date(2026, 3, 9), id="nul op zaterdag is maandag"),
        pytest.param(dt.date(2026, 3, 7), 1, dt.date(2026, 3, 9), id="een op zaterdag is maandag"),
    ],
)
def test_na_werkdagen(dag, aantal, verwacht):
    assert na_werkdagen(dag, aantal) == verwacht


@pytest.mark.parametrize(
    ("dag", "aantal", "verwacht"),
    [
        (dt.date(2026, 4, 7), 1, dt.date(2026, 4, 3)),
        (dt.date(2027, 1, 4), 2, dt.date(2026, 12, 30)),
        (dt.date(2026, 3, 8), 0, dt.date(2026, 3, 6)),
    ],
)
def test_voor_werkdagen(dag, aantal, verwacht):
    assert voor_werkdagen(dag, aantal) == verwacht


@given(dagen, aantallen)
def test_count_and_step_agree(dag, aantal):
    einde = na_werkdagen(dag, aantal)

    assert is_werkdag(einde)
    # Zero steps from a day off land on the first working day: that is one day counted.
    assert werkdagen_tussen(dag, einde) == (aantal or int(not is_werkdag(dag)))


@given(dagen, dagen)
def test_counting_back_is_the_opposite(een, ander):
    assert werkdagen_tussen(een, ander) == -werkdagen_tussen(ander, een)


@given(dagen, aantallen)
def test_back_and_forth_from_a_working_day(dag, aantal):
    begin = na_werkdagen(dag, 0)

    assert voor_werkdagen(na_werkdagen(begin, aantal), aantal) == begin
