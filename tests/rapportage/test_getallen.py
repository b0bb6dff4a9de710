from __future__ import annotations

from decimal import Decimal

import pytest

from rapportage.getallen import getal


@pytest.mark.parametrize(
    ("waarde", "cijfers", "verwacht"),
    [
        (0, None, "0"),
        (12, None, "12"),
        (1304, None, "1\u00a0304"),
        (71268, None, "71\u00a0268"),
        (Decimal("38.3"), None, "38,3"),
        (Decimal("12.0"), None, "12"),
        (Decimal(10), None, "10"),
        (Decimal("12.50"), None, "12,5"),
        (Decimal("1234.25"), None, "1\u00a0234,25"),
        (Decimal("46.07"), 1, "46,1"),
        (Decimal(38), 1, "38,0"),
        (38, 1, "38,0"),
        (None, None, "verborgen"),
    ],
)
def test_getal(waarde, cijfers, verwacht):
    assert getal(waarde, cijfers) == verwacht
