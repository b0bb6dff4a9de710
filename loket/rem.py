"""A brake on guessing and flooding, counted in the cache that all web processes share.

Without the cache it lets through: the loss of Redis costs speed, never a page. What must hold even
then is counted in the database by who asks.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.cache import cache


def te_vaak(wat: str, wie: str, *, keer: int, per: dt.timedelta, nu: dt.datetime) -> bool:
    """Count one more `wat` by `wie`; True when that is more than `keer` in this window of `per`.

    `wie` (an address, an IP) is hashed: the cache holds no personal data.
    """
    venster = int(nu.timestamp() // per.total_seconds())
    kenmerk = hashlib.sha256(wie.encode()).hexdigest()
    sleutel = f"rem:{wat}:{venster}:{kenmerk}"
    if cache.add(sleutel, 0, timeout=int(per.total_seconds())) is None:
        return False  # nobody answers; don't wait for it twice
    try:
        aantal = cache.incr(sleutel)
    except ValueError:  # it ran out between the two lines
        return False
    return aantal is not None and aantal > keer
